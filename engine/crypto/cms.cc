#include "crypto/cms.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "crypto/handles.h"
#include "crypto/hash.h"
#include "crypto/x509.h"

namespace wenshu::crypto {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// ---- DER (X.690)

constexpr unsigned char kSequence = 0x30, kSet = 0x31, kOctets = 0x04, kContext0 = 0xa0, kContext1 = 0xa1;
const std::string kVersion1{"\x02\x01\x01", 3}, kNull{"\x05\x00", 2};

std::string tlv(unsigned char tag, std::string_view content) {
  std::string der(1, static_cast<char>(tag));
  if (content.size() < 128) {
    der += static_cast<char>(content.size());
  } else {
    std::string size;
    for (size_t rest = content.size(); rest > 0; rest >>= 8)
      size.insert(size.begin(), static_cast<char>(rest & 255));
    der += static_cast<char>(0x80 | size.size());
    der += size;
  }
  return der += content;
}

template <class T, class Write>
std::string encode(Write write, T* object) {
  unsigned char* out = nullptr;
  const int size = write(object, &out);
  if (size <= 0) throw Failure("无法签名（OpenSSL 写不出 DER）");
  std::string der(reinterpret_cast<const char*>(out), static_cast<size_t>(size));
  OPENSSL_free(out);
  return der;
}

std::string object(int nid) { return encode(i2d_ASN1_OBJECT, OBJ_nid2obj(nid)); }
std::string attribute(int nid, const std::string& value) {
  return tlv(kSequence, object(nid) + tlv(kSet, value));
}
std::string sha256_algorithm() { return tlv(kSequence, object(NID_sha256)); }

}  // namespace

struct IdentityHandle {
  Key key;
  Certificate certificate;
  std::vector<Certificate> chain;
  // What every signature says alike.
  std::string certificates, issuer_and_serial, signing_certificate, algorithm;
};

namespace {

void prepare(IdentityHandle& identity) {
  const auto own = encode(i2d_X509, identity.certificate.get());
  identity.certificates = own;
  for (const auto& one : identity.chain) identity.certificates += encode(i2d_X509, one.get());
  identity.issuer_and_serial =
      tlv(kSequence, encode(i2d_X509_NAME, X509_get_issuer_name(identity.certificate.get())) +
                         encode(i2d_ASN1_INTEGER, X509_get_serialNumber(identity.certificate.get())));
  // SigningCertificateV2 (RFC 5035): the digest of the certificate, SHA-256 being the default.
  identity.signing_certificate =
      attribute(NID_id_smime_aa_signingCertificateV2,
                tlv(kSequence, tlv(kSequence, tlv(kSequence, tlv(kOctets, sha256(own))))));
  identity.algorithm = EVP_PKEY_is_a(identity.key.get(), "RSA")
                           ? tlv(kSequence, object(NID_sha256WithRSAEncryption) + kNull)
                           : tlv(kSequence, object(NID_ecdsa_with_SHA256));
}

bool is_fit(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) return EVP_PKEY_get_bits(key) >= 2048;
  std::array<char, 64> curve{};
  size_t size = 0;
  if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &size) != 1)
    return false;
  const std::string_view name(curve.data(), size);
  return name == "prime256v1" || name == "secp384r1" || name == "secp521r1";
}

int give_password(char* buffer, int size, int, void* password) {
  const auto& text = *static_cast<const std::string*>(password);
  if (text.size() > static_cast<size_t>(size)) return -1;
  std::copy(text.begin(), text.end(), buffer);
  return static_cast<int>(text.size());
}

void read_pkcs12(PKCS12* box, const std::string& password, IdentityHandle& identity, Identity::Fault& fault) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  if (PKCS12_parse(box, password.c_str(), &key, &certificate, &others) != 1) {
    fault = Identity::Fault::wrong_password;
    return;
  }
  identity.key.reset(key);
  identity.certificate.reset(certificate);
  while (others && sk_X509_num(others) > 0) identity.chain.emplace_back(sk_X509_shift(others));
  sk_X509_free(others);
}

void read_pem(std::string_view pem, std::string password, IdentityHandle& identity, Identity::Fault& fault) {
  const auto open = [&] { return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); };
  identity.key.reset(PEM_read_bio_PrivateKey(open().get(), nullptr, give_password, &password));
  if (!identity.key && pem.find("ENCRYPTED") != std::string_view::npos)
    fault = Identity::Fault::wrong_password;
  const auto certificates = open();
  while (X509* one = PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)) {
    if (identity.certificate)
      identity.chain.emplace_back(one);
    else
      identity.certificate.reset(one);
  }
}

}  // namespace

std::optional<Identity> Identity::open(std::string_view bytes, const std::string& password, Fault& fault) {
  fault = Fault::none;
  auto identity = std::make_shared<IdentityHandle>();
  const unsigned char* at = bytes_of(bytes);
  const std::unique_ptr<PKCS12, Free<PKCS12_free>> box(
      d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  if (box)
    read_pkcs12(box.get(), password, *identity, fault);
  else if (bytes.find("-----BEGIN ") != std::string_view::npos)
    read_pem(bytes, password, *identity, fault);
  else
    fault = Fault::unreadable;
  if (fault == Fault::none) {
    if (!identity->key)
      fault = Fault::no_key;
    else if (!identity->certificate)
      fault = Fault::no_certificate;
    else if (X509_check_private_key(identity->certificate.get(), identity->key.get()) != 1)
      fault = Fault::not_a_pair;
    else if (!is_fit(identity->key.get()))
      fault = Fault::unfit_key;
  }
  ERR_clear_error();
  if (fault != Fault::none) return std::nullopt;
  prepare(*identity);
  return Identity(std::move(identity));
}

std::string Identity::name() const { return common_name(handle_->certificate.get()); }

std::string Identity::fingerprint() const { return crypto::fingerprint(handle_->certificate.get()); }

size_t Identity::signature_room() const {
  constexpr size_t kFrame = 512;  // attributes, identifiers, lengths
  return handle_->certificates.size() + handle_->issuer_and_serial.size() + kFrame +
         static_cast<size_t>(EVP_PKEY_get_size(handle_->key.get()));
}

std::string Identity::sign(std::string_view covered, const TimeStamper& stamp) const {
  std::vector<std::string> attributes = {attribute(NID_pkcs9_contentType, object(NID_pkcs7_data)),
                                         attribute(NID_pkcs9_messageDigest, tlv(kOctets, sha256(covered))),
                                         handle_->signing_certificate};
  std::sort(attributes.begin(), attributes.end());  // DER orders a SET OF by its encodings
  std::string signed_attributes;
  for (const auto& one : attributes) signed_attributes += one;

  const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  const auto message = tlv(kSet, signed_attributes);
  std::string signature(static_cast<size_t>(EVP_PKEY_get_size(handle_->key.get())), '\0');
  size_t size = signature.size();
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, handle_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     bytes_of(message), message.size()) != 1) {
    ERR_clear_error();
    throw Failure("无法签名（OpenSSL 出错）");
  }
  signature.resize(size);

  std::string signer = kVersion1 + handle_->issuer_and_serial + sha256_algorithm() +
                       tlv(kContext0, signed_attributes) + handle_->algorithm + tlv(kOctets, signature);
  if (const auto token = stamp ? stamp(signature) : ""; !token.empty())
    signer += tlv(kContext1, attribute(NID_id_smime_aa_timeStampToken, token));
  const auto signed_data =
      tlv(kSequence, kVersion1 + tlv(kSet, sha256_algorithm()) + tlv(kSequence, object(NID_pkcs7_data)) +
                         tlv(kContext0, handle_->certificates) + tlv(kSet, tlv(kSequence, signer)));
  return tlv(kSequence, object(NID_pkcs7_signed) + tlv(kContext0, signed_data));
}

std::string make_timestamp_request(std::string_view signature) {
  const std::string want_certificate{"\x01\x01\xff", 3};
  const auto imprint =
      tlv(kSequence, tlv(kSequence, object(NID_sha256) + kNull) + tlv(kOctets, sha256(signature)));
  return tlv(kSequence, kVersion1 + imprint + want_certificate);
}

std::optional<std::string> read_timestamp(std::string_view response, std::string_view signature) {
  const unsigned char* at = bytes_of(response);
  const std::unique_ptr<TS_RESP, Free<TS_RESP_free>> answer(
      d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
  ERR_clear_error();
  if (!answer || !TS_RESP_get_token(answer.get()) || !TS_RESP_get_tst_info(answer.get())) return std::nullopt;
  const auto* imprint =
      TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(answer.get())));
  const std::string stamped(reinterpret_cast<const char*>(ASN1_STRING_get0_data(imprint)),
                            static_cast<size_t>(ASN1_STRING_length(imprint)));
  if (stamped != sha256(signature)) return std::nullopt;
  return encode(i2d_PKCS7, TS_RESP_get_token(answer.get()));
}

}  // namespace wenshu::crypto
