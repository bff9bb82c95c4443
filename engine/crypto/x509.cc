#include "crypto/x509.h"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <array>

#include "base/error.h"

namespace wenshu::crypto {

std::string common_name(const X509* certificate) {
  std::array<char, 256> name{};
  const auto size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                                              static_cast<int>(name.size()));
  return size > 0 ? std::string(name.data(), static_cast<size_t>(size)) : "";
}

std::string fingerprint(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
    throw Failure("无法计算数字证书的指纹");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace wenshu::crypto
