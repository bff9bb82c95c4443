#include "chinese/width.h"

#include "base/text.h"

namespace wenshu::chinese {
namespace {

constexpr char32_t kOffset = U'！' - U'!';
constexpr char32_t kWideBlank = U'\u3000';

// Figures, letters and the signs of numbers: （，：；！？ are Chinese punctuation of their own.
bool is_figure_or_letter(char32_t half) {
  return (half >= U'0' && half <= U'9') || (half >= U'A' && half <= U'Z') || (half >= U'a' && half <= U'z') ||
         std::u32string_view(U"#%&+-./=@_*").find(half) != std::u32string_view::npos;
}

}  // namespace

std::string to_full_width(std::string_view text) {
  std::u32string result = to_characters(text);
  for (char32_t& c : result) {
    if (c == U' ') c = kWideBlank;
    if (c > U' ' && c < 0x7F) c += kOffset;
  }
  return to_utf8(result);
}

std::string to_half_width(std::string_view text) {
  std::u32string result = to_characters(text);
  for (char32_t& c : result) {
    if (c == kWideBlank) c = U' ';
    if (c >= U'！' && c <= U'～' && is_figure_or_letter(c - kOffset)) c -= kOffset;
  }
  return to_utf8(result);
}

std::string spread(std::string_view text, size_t characters) {
  const std::u32string from = to_characters(text);
  if (from.size() < 2 || from.size() >= characters) return std::string(text);
  const size_t gaps = from.size() - 1, blanks = characters - from.size();
  std::u32string result;
  for (size_t i = 0; i < from.size(); ++i) {
    result += from[i];
    if (i < gaps) result.append(blanks / gaps + (i < blanks % gaps ? 1 : 0), kWideBlank);
  }
  return to_utf8(result);
}

}  // namespace wenshu::chinese
