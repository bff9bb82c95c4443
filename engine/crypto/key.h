// Keys that sign what is certified: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918, with the default identity
// 1234567812345678). Signatures have 64 bytes with both.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wenshu::crypto {

enum class Algorithm { ed25519, sm2 };

std::string_view to_text(Algorithm algorithm);  // ed25519, sm2
std::optional<Algorithm> parse_algorithm(std::string_view text);

constexpr size_t kSignatureSize = 64;  // bytes; of SM2 r and s, 32 each

struct KeyHandle;  // OpenSSL's key; const use from several threads is safe

class PublicKey {
 public:
  // Nothing when the bytes are no key of that kind.
  static std::optional<PublicKey> from_raw(Algorithm algorithm, std::string_view raw);
  static std::optional<PublicKey> from_pem(std::string_view pem);  // SubjectPublicKeyInfo

  Algorithm algorithm() const { return algorithm_; }
  const std::string& raw() const { return raw_; }  // Ed25519: 32 bytes; SM2: x and y, 64 bytes
  // The first 8 hexadecimal digits of SHA-256 over SubjectPublicKeyInfo: tells keys apart, proves nothing.
  const std::string& id() const { return id_; }
  std::string to_pem() const;
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  friend class PrivateKey;
  PublicKey(Algorithm algorithm, std::shared_ptr<const KeyHandle> handle);

  Algorithm algorithm_;
  std::shared_ptr<const KeyHandle> handle_;
  std::string raw_, id_;
};

class PrivateKey {
 public:
  static PrivateKey make(Algorithm algorithm);
  // The same key each time, for tests and rehearsals. REQUIRES: 32 bytes.
  static PrivateKey from_seed(Algorithm algorithm, std::string_view seed);
  // Encrypted PKCS#8. Nothing when the password is wrong or the text is no such key.
  static std::optional<PrivateKey> open(std::string_view pem, std::string_view password);

  const PublicKey& public_key() const { return public_key_; }
  std::string sign(std::string_view message) const;  // 64 bytes; of Ed25519 always the same
  // PKCS#8 under AES-256-CBC, the key by PBKDF2 with HMAC-SHA-256 in 600,000 rounds (OWASP 2023): `openssl pkcs8`
  // reads it.
  std::string encrypt(std::string_view password) const;

 private:
  PrivateKey(Algorithm algorithm, std::shared_ptr<const KeyHandle> handle);

  std::shared_ptr<const KeyHandle> handle_;
  PublicKey public_key_;
};

}  // namespace wenshu::crypto
