// Lines that need no cleaning, or none but to go: a look at each character, which most lines of a sound text get and no more.
#include <cstdint>
#include <string>

#include "notice/line_signs.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {

bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\u1680' || (c >= 0x2000 && c <= 0x200A) ||
         c == U'\u202F' || c == U'\u205F' || c == U'\u3000';
}

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
         c == 0xFEFF || c == 0xAD;
}

bool is_chinese(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD) ||
         c == U'〇' || (c >= 0x2460 && c <= 0x2473);
}

namespace {

enum class Look : uint8_t { plain, mark, opening, closing, bracket, zero, doubtful };

// What a character may be a sign of. Doubtful are all blanks, the marks of Latin text, dashes and full-width letters.
Look look_at(char32_t c) {
  if (is_word_of(c)) return c == U'0' ? Look::zero : Look::plain;
  if (c < 0x80) return c == U'%' || c == U'+' ? Look::plain : Look::doubtful;
  if (holds(U"，、；：。", c)) return Look::mark;
  if (holds(U"“‘", c)) return Look::opening;
  if (holds(U"”’", c)) return Look::closing;
  if (holds(U"（【〔﹝［", c)) return Look::bracket;
  if (holds(U"！？）】〕《》〈〉「」『』①②③④⑤⑥⑦⑧⑨⑩", c)) return Look::plain;
  return is_chinese(c) ? Look::plain : Look::doubtful;
}

const std::vector<Look>& looks() {
  static const std::vector<Look> kLooks = [] {
    std::vector<Look> all(0x10000);
    for (char32_t c = 0; c < all.size(); ++c) all[c] = look_at(c);
    return all;
  }();
  return kLooks;
}

// What a kind of character that needs a look at its neighbours does not settle.
bool is_doubtful(std::u32string_view line, size_t i, Look look) {
  const char32_t left = i > 0 ? line[i - 1] : U'\0', right = i + 1 < line.size() ? line[i + 1] : U'\0';
  if (look == Look::mark) return left == line[i] || (line[i] == U'：' && is_digit(left) && is_digit(right));
  if (look == Look::bracket) return is_digit(right);
  if (look == Look::zero) return !is_digit(left) && is_digit(right);
  return look == Look::doubtful;
}

}  // namespace

bool is_surely_clean(std::u32string_view line) {
  constexpr size_t kLongestMarker = 5;
  const size_t closed = line.substr(0, kLongestMarker + 1).find(U'、');
  if (closed != line.npos && closed > 0 &&
      (line[closed - 1] == U'）' || (line[0] >= U'①' && line[0] <= U'⑳')))
    return false;
  const size_t comma = line.substr(0, kLongestMarker).find(U'，');
  if (comma != line.npos && comma > 0 && holds(kNumerals, line[comma - 1])) return false;
  const std::vector<Look>& known = looks();
  int inner = 0, outer = 0;  // open quotes
  for (size_t i = 0; i < line.size(); ++i) {
    const char32_t c = line[i];
    const Look look = c < known.size() ? known[c] : Look::doubtful;
    if (look == Look::plain) continue;
    if (look == Look::opening || look == Look::closing) {
      int& depth = c == U'“' || c == U'”' ? outer : inner;
      depth += look == Look::opening ? 1 : -1;
      if (depth < 0) return false;
    } else if (is_doubtful(line, i, look)) {
      return false;
    }
  }
  const bool is_label = line.starts_with(U"Tag");  // of a web page
  return inner == 0 && outer == 0 && !is_label;
}

}  // namespace wenshu::notice
