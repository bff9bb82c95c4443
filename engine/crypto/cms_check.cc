#include "crypto/cms_check.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "crypto/handles.h"
#include "crypto/x509.h"

namespace wenshu::crypto {
namespace {

using Content = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;

Content parse(std::string_view der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  const auto* at = begin;
  Content content(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!content) return nullptr;
  const auto rest = der.substr(static_cast<size_t>(at - begin));
  return rest.find_first_not_of('\0') == std::string_view::npos ? std::move(content) : nullptr;
}

CmsCheck check(CMS_ContentInfo* content, std::string_view covered) {
  const int type = OBJ_obj2nid(CMS_get0_type(content));
  if (type == NID_undef) return {CmsState::foreign, ""};
  if (type != NID_pkcs7_signed) return {CmsState::unreadable, ""};
  const Bio bytes(BIO_new_mem_buf(covered.data(), static_cast<int>(covered.size())));
  constexpr unsigned kFlags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
  if (CMS_verify(content, nullptr, nullptr, bytes.get(), nullptr, kFlags) != 1) return {CmsState::bad, ""};
  CmsCheck answer{CmsState::good, ""};
  STACK_OF(X509)* signers = CMS_get0_signers(content);
  if (signers && sk_X509_num(signers) > 0) {
    answer.signer = common_name(sk_X509_value(signers, 0));
    answer.fingerprint = fingerprint(sk_X509_value(signers, 0));
  }
  sk_X509_free(signers);
  return answer;
}

}  // namespace

CmsCheck check_cms(std::string_view der, std::string_view covered) {
  const auto content = parse(der);
  const auto answer = content ? check(content.get(), covered) : CmsCheck{};
  ERR_clear_error();
  return answer;
}

std::optional<std::string> find_fingerprint(std::string_view certificate) {
  const Bio bytes(BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())));
  const auto* at = reinterpret_cast<const unsigned char*>(certificate.data());
  const bool is_text = certificate.find("-----BEGIN") != std::string_view::npos;
  const std::unique_ptr<X509, Free<X509_free>> read(
      is_text ? PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr)
              : d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  ERR_clear_error();
  return read ? std::optional(fingerprint(read.get())) : std::nullopt;
}

}  // namespace wenshu::crypto
