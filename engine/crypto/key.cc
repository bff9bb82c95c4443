#include "crypto/key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>

#include "base/error.h"
#include "crypto/handles.h"
#include "crypto/hash.h"

namespace wenshu::crypto {

struct KeyHandle {
  explicit KeyHandle(EVP_PKEY* given) : key(given) {}
  ~KeyHandle() { EVP_PKEY_free(key); }
  KeyHandle(const KeyHandle&) = delete;
  KeyHandle& operator=(const KeyHandle&) = delete;
  EVP_PKEY* key;
};

namespace {

using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

constexpr std::string_view kIdentity = "1234567812345678";  // GM/T 0009-2012, 10
constexpr int kRounds = 600'000;
constexpr size_t kCoordinate = 32;  // bytes of a coordinate, of r and of s

[[noreturn]] void fail(const char* what) {
  ERR_clear_error();
  throw Failure(std::string("无法") + what + "（OpenSSL 出错）");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::shared_ptr<const KeyHandle> hold(EVP_PKEY* key, const char* what) {
  if (!key) fail(what);
  return std::make_shared<const KeyHandle>(key);
}

std::string take(BIO* bio) {
  const char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<size_t>(size)};
}

std::optional<Algorithm> algorithm_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519")) return Algorithm::ed25519;
  if (EVP_PKEY_is_a(key, "SM2")) return Algorithm::sm2;
  return std::nullopt;
}

std::string raw_public(const EVP_PKEY* key, Algorithm algorithm) {
  std::array<unsigned char, 80> raw{};
  size_t size = raw.size();
  const bool ed25519 = algorithm == Algorithm::ed25519;
  if (ed25519
          ? EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1
          : EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, raw.data(), raw.size(), &size) != 1)
    fail("读取公钥");
  if (ed25519) return {reinterpret_cast<const char*>(raw.data()), size};
  if (raw[0] != 4 || size != 1 + 2 * kCoordinate) fail("读取公钥");
  return {reinterpret_cast<const char*>(raw.data()) + 1,
          size - 1};  // without the 04 of the uncompressed form
}

std::string spki_of(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) fail("写出公钥");
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

// OpenSSL would ask the terminal.
int no_password(char*, int, int, void*) { return -1; }

// An SM2 key of its point and, if given, its secret number.
EVP_PKEY* make_sm2(const std::string& point, const BIGNUM* secret) {
  const std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
  OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  if (secret) OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret);
  const std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>> parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || !parameters || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                        parameters.get()) != 1)
    ERR_clear_error();
  return key;
}

EVP_PKEY* make_sm2_from_seed(std::string_view seed) {
  const std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>> group(EC_GROUP_new_by_curve_name(NID_sm2));
  const std::unique_ptr<BN_CTX, Free<BN_CTX_free>> scratch(BN_CTX_new());
  const Number secret(BN_bin2bn(bytes_of(seed), static_cast<int>(seed.size()), nullptr)), limit(BN_new());
  // 1 to n-2 (GB/T 32918.1, 6.1).
  if (!group || !scratch || !secret || !limit ||
      EC_GROUP_get_order(group.get(), limit.get(), scratch.get()) != 1 || BN_sub_word(limit.get(), 2) != 1 ||
      BN_nnmod(secret.get(), secret.get(), limit.get(), scratch.get()) != 1 ||
      BN_add_word(secret.get(), 1) != 1)
    fail("生成密钥");
  const std::unique_ptr<EC_POINT, Free<EC_POINT_free>> point(EC_POINT_new(group.get()));
  std::string encoded(1 + 2 * kCoordinate, '\0');
  if (EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, scratch.get()) != 1 ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(encoded),
                         encoded.size(), scratch.get()) != encoded.size())
    fail("生成密钥");
  return make_sm2(encoded, secret.get());
}

// SEQUENCE of two INTEGERs <-> 64 bytes.
std::string from_der_signature(const std::string& der) {
  const unsigned char* at = bytes_of(std::string_view(der));
  const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> parts(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  std::string raw(kSignatureSize, '\0');
  if (!parts ||
      BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), bytes_of(raw), static_cast<int>(kCoordinate)) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), bytes_of(raw) + kCoordinate,
                   static_cast<int>(kCoordinate)) < 0)
    fail("签名");
  return raw;
}

std::string to_der_signature(std::string_view raw) {
  const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> parts(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(bytes_of(raw), static_cast<int>(kCoordinate), nullptr);
  BIGNUM* s = BN_bin2bn(bytes_of(raw) + kCoordinate, static_cast<int>(kCoordinate), nullptr);
  if (!parts || ECDSA_SIG_set0(parts.get(), r, s) != 1) fail("核对签名");
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(parts.get(), &der);
  std::string bytes(reinterpret_cast<const char*>(der), size > 0 ? static_cast<size_t>(size) : 0);
  OPENSSL_free(der);
  return bytes;
}

// A digest context ready for EVP_DigestSign or Verify; SM2 hashes the signer's identity first.
class Signing {
 public:
  Signing(EVP_PKEY* key, Algorithm algorithm, bool verify) : digest_(EVP_MD_CTX_new()) {
    const EVP_MD* hash = nullptr;
    if (algorithm == Algorithm::sm2) {
      hash = EVP_sm3();
      key_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
      if (!key_ || !digest_) fail("签名");
      EVP_MD_CTX_set_pkey_ctx(digest_.get(), key_.get());
    }
    const auto start = verify ? EVP_DigestVerifyInit : EVP_DigestSignInit;
    if (!digest_ || start(digest_.get(), nullptr, hash, nullptr, key) != 1) fail("签名");
    if (key_ && EVP_PKEY_CTX_set1_id(key_.get(), kIdentity.data(), kIdentity.size()) != 1) fail("签名");
  }
  EVP_MD_CTX* get() { return digest_.get(); }

 private:
  KeyContext key_;  // outlives the digest
  DigestContext digest_;
};

}  // namespace

std::string_view to_text(Algorithm algorithm) { return algorithm == Algorithm::ed25519 ? "ed25519" : "sm2"; }

std::optional<Algorithm> parse_algorithm(std::string_view text) {
  if (text == "ed25519") return Algorithm::ed25519;
  if (text == "sm2") return Algorithm::sm2;
  return std::nullopt;
}

PublicKey::PublicKey(Algorithm algorithm, std::shared_ptr<const KeyHandle> handle)
    : algorithm_(algorithm), handle_(std::move(handle)), raw_(raw_public(handle_->key, algorithm)) {
  id_ = sha256_hex(spki_of(handle_->key)).substr(0, 8);
}

std::optional<PublicKey> PublicKey::from_raw(Algorithm algorithm, std::string_view raw) {
  EVP_PKEY* key = nullptr;
  if (algorithm == Algorithm::ed25519 && raw.size() == 32)
    key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size());
  else if (algorithm == Algorithm::sm2 && raw.size() == 2 * kCoordinate)
    key = make_sm2("\x04" + std::string(raw), nullptr);
  ERR_clear_error();
  if (!key) return std::nullopt;
  return PublicKey(algorithm, std::make_shared<const KeyHandle>(key));
}

std::optional<PublicKey> PublicKey::from_pem(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  EVP_PKEY* key = PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr);
  ERR_clear_error();
  if (!key) return std::nullopt;
  auto handle = std::make_shared<const KeyHandle>(key);
  const auto algorithm = algorithm_of(key);
  if (!algorithm) return std::nullopt;
  return PublicKey(*algorithm, std::move(handle));
}

std::string PublicKey::to_pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_PUBKEY(bio.get(), handle_->key) != 1) fail("写出公钥");
  return take(bio.get());
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureSize) return false;
  Signing signing(handle_->key, algorithm_, true);
  const std::string der = algorithm_ == Algorithm::sm2 ? to_der_signature(signature) : std::string(signature);
  const bool good = EVP_DigestVerify(signing.get(), bytes_of(std::string_view(der)), der.size(),
                                     bytes_of(message), message.size()) == 1;
  ERR_clear_error();
  return good;
}

PrivateKey::PrivateKey(Algorithm algorithm, std::shared_ptr<const KeyHandle> handle)
    : handle_(handle), public_key_(algorithm, std::move(handle)) {}

PrivateKey PrivateKey::make(Algorithm algorithm) {
  EVP_PKEY* key = algorithm == Algorithm::ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                                  : EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
  return {algorithm, hold(key, "生成密钥")};
}

PrivateKey PrivateKey::from_seed(Algorithm algorithm, std::string_view seed) {
  EVP_PKEY* key = algorithm == Algorithm::ed25519
                      ? EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size())
                      : make_sm2_from_seed(seed);
  return {algorithm, hold(key, "生成密钥")};
}

std::optional<PrivateKey> PrivateKey::open(std::string_view pem, std::string_view password) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<X509_SIG, Free<X509_SIG_free>> sealed(
      PEM_read_bio_PKCS8(bio.get(), nullptr, nullptr, nullptr));
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>> plain(
      sealed ? PKCS8_decrypt(sealed.get(), password.data(), static_cast<int>(password.size())) : nullptr);
  EVP_PKEY* key = plain ? EVP_PKCS82PKEY(plain.get()) : nullptr;
  ERR_clear_error();
  if (!key) return std::nullopt;
  auto handle = std::make_shared<const KeyHandle>(key);
  const auto algorithm = algorithm_of(key);
  if (!algorithm) return std::nullopt;
  return PrivateKey(*algorithm, std::move(handle));
}

std::string PrivateKey::sign(std::string_view message) const {
  Signing signing(handle_->key, public_key_.algorithm(), false);
  std::string signature(128, '\0');
  size_t size = signature.size();
  if (EVP_DigestSign(signing.get(), bytes_of(signature), &size, bytes_of(message), message.size()) != 1)
    fail("签名");
  signature.resize(size);
  return public_key_.algorithm() == Algorithm::sm2 ? from_der_signature(signature) : signature;
}

std::string PrivateKey::encrypt(std::string_view password) const {
  std::array<unsigned char, 16> salt{};
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>> plain(
      EVP_PKEY2PKCS8(handle_->key));
  if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1 || !plain) fail("加密密钥");
  X509_ALGOR* scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), kRounds, salt.data(),
                                         static_cast<int>(salt.size()), nullptr, NID_hmacWithSHA256);
  if (!scheme) fail("加密密钥");
  const std::unique_ptr<X509_SIG, Free<X509_SIG_free>> sealed(
      PKCS8_set0_pbe(password.data(), static_cast<int>(password.size()), plain.get(), scheme));
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!sealed || !bio || PEM_write_bio_PKCS8(bio.get(), sealed.get()) != 1) fail("加密密钥");
  return take(bio.get());
}

}  // namespace wenshu::crypto
