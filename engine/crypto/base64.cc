#include "crypto/base64.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace wenshu::crypto {

std::string to_base64(std::string_view bytes) {
  constexpr size_t kStep = 3 << 20;  // EVP counts in int
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4 + 1);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kStep, bytes.size()))) {
    const size_t count = std::min(kStep, bytes.size()), before = text.size();
    text.resize(before + (count + 2) / 3 * 4 + 1);  // a zero byte at the end
    const int written =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + before),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(count));
    text.resize(before + static_cast<size_t>(written));
  }
  return text;
}

std::string to_base64url(std::string_view bytes) {
  std::string text = to_base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  static const auto values = [] {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<int, 256> table{};
    table.fill(-1);
    for (size_t i = 0; i < kDigits.size(); ++i)
      table[static_cast<unsigned char>(kDigits[i])] = static_cast<int>(i);
    return table;
  }();
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    held = held << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 255);
    held &= (1u << bits) - 1;
  }
  if (bits == 6 || held != 0)
    return std::nullopt;  // a digit too many, or one text of several for the same bytes
  return bytes;
}

}  // namespace wenshu::crypto
