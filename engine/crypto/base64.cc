#include "crypto/base64.h"

#include <openssl/evp.h>

#include <algorithm>

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

}  // namespace wenshu::crypto
