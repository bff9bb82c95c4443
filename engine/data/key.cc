#include "data/key.h"

namespace wenshu::data {

Key::Key(std::string_view text) {
  const auto kept = Symbol::find_or_keep_few(text);
  bits_ = kept ? reinterpret_cast<std::uintptr_t>(&kept->text()) : copy_of(text);
}

std::uintptr_t Key::copy_of(std::string_view text) {
  return reinterpret_cast<std::uintptr_t>(new std::string(text)) | kOwn;
}

}  // namespace wenshu::data
