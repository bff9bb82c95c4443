// Detached signatures for PDF: CMS (RFC 5652) with the signed attributes that PAdES baseline B-B asks for and no others
// (ETSI EN 319 142-1: content-type, message-digest, signing-certificate-v2; signing-time is forbidden there, which is why OpenSSL's
// own CMS_sign is not used: it always adds it). SHA-256 with RSA (PKCS #1 v1.5) or ECDSA.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::crypto {

struct IdentityHandle;

// A private key with the X.509 certificate that an authority gave for it, and the chain above it.
class Identity {
 public:
  enum class Fault { none, unreadable, wrong_password, no_key, no_certificate, not_a_pair, unfit_key };
  // PKCS #12, or PEM with the key (encrypted or not) and the certificates in one text. Nothing when there is a fault; a key is fit when it
  // is RSA of 2,048 bits at least or on a NIST curve.
  static std::optional<Identity> open(std::string_view bytes, const std::string& password, Fault& fault);

  std::string name() const;         // common name of the certificate
  std::string fingerprint() const;  // SHA-256 of the certificate, 32 bytes
  // Room that a signature takes, in bytes of DER, without a time stamp.
  size_t signature_room() const;

  // Gives the token (DER) over the signature value, "" for none.
  using TimeStamper = std::function<std::string(std::string_view signature)>;
  // DER of the ContentInfo. Const use from several threads is safe.
  std::string sign(std::string_view covered, const TimeStamper& stamp = {}) const;

 private:
  explicit Identity(std::shared_ptr<const IdentityHandle> handle) : handle_(std::move(handle)) {}
  std::shared_ptr<const IdentityHandle> handle_;
};

// RFC 3161: the request that a time-stamp authority takes, and the token inside its answer. Nothing when the answer is none, refuses, or is
// about other bytes.
std::string make_timestamp_request(std::string_view signature);
std::optional<std::string> read_timestamp(std::string_view response, std::string_view signature);

}  // namespace wenshu::crypto
