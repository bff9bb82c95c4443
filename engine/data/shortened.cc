#include "data/shortened.h"

#include <algorithm>

namespace wenshu::data {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// "\x01" and the like in double quotes.
bool may_escape_to_stretch(std::string_view text) {
  for (const std::string_view escape : {"\\x01", "\\u0001", "\\U00000001"})
    if (text.find(escape) != std::string_view::npos) return true;
  return false;
}

}  // namespace

Shortened::Shortened(std::string_view original) : original_(original) {
  if (may_escape_to_stretch(original)) {
    text_ = original;
    return;
  }
  text_.reserve(original.size() / 2);
  for (size_t at = 0; at < original.size();) {
    const auto begin = original.begin() + static_cast<std::ptrdiff_t>(at);
    const bool plain = is_ascii(*begin);
    const auto end = std::find_if(begin, original.end(), [&](char c) { return is_ascii(c) != plain; });
    const auto length = static_cast<size_t>(end - begin);
    if (plain) {
      text_.append(original, at, length);
    } else {
      stretches_.push_back(
          {static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(at), static_cast<uint32_t>(length)});
      text_ += kStretch;
    }
    at += length;
  }
}

size_t Shortened::to_original(size_t offset) const {
  const auto after = std::partition_point(stretches_.begin(), stretches_.end(),
                                          [&](const Stretch& stretch) { return stretch.at < offset; });
  if (after == stretches_.begin()) return std::min(offset, original_.size());
  const Stretch& before = *(after - 1);
  return std::min<size_t>(before.begin + before.length + (offset - before.at - 1), original_.size());
}

std::string Shortened::restore(std::string_view made, size_t from) const {
  if (stretches_.empty()) return std::string(made);
  auto next = std::partition_point(stretches_.begin(), stretches_.end(),
                                   [&](const Stretch& stretch) { return stretch.at < from; });
  std::string restored;
  for (size_t at = 0; at < made.size();) {
    const size_t stretch = std::min(made.find(kStretch, at), made.size());
    restored.append(made, at, stretch - at);
    if (stretch < made.size() && next != stretches_.end()) {
      restored.append(original_, next->begin, next->length);
      ++next;
    }
    at = stretch + 1;
  }
  return restored;
}

}  // namespace wenshu::data
