#include "crypto/hash.h"

#include <openssl/evp.h>

#include <array>

#include "base/error.h"

namespace wenshu::crypto {

namespace {

std::string digest(const EVP_MD* algorithm, const char* name, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, algorithm, nullptr) != 1)
    throw Failure(std::string("无法计算 ") + name + "（OpenSSL 不提供这种算法）");
  return {reinterpret_cast<const char*>(digest.data()), length};
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[c & 15];
  }
  return hex;
}

std::string sha256(std::string_view bytes) { return digest(EVP_sha256(), "SHA-256", bytes); }
std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }
std::string sm3_hex(std::string_view bytes) { return to_hex(digest(EVP_sm3(), "SM3", bytes)); }

}  // namespace wenshu::crypto
