#include "chinese/reading.h"

#include "base/text.h"
#include "chinese/numeral.h"

namespace wenshu::chinese {
namespace {

bool is_dash(char32_t c) {
  return c == U'-' || c == U'—' || c == U'–' || c == U'－' || c == U'~' || c == U'～' || c == U'―' ||
         c == U'至' || c == U'到';
}

bool is_numeral(char32_t c) {
  return std::u32string_view(U"零〇○一二三四五六七八九十百千万两").find(c) != std::u32string_view::npos;
}

}  // namespace

std::optional<std::u32string> normalise(std::string_view text) {
  if (find_malformed_utf8(text) || text.size() > kLongestValue * 4) return std::nullopt;
  std::u32string result;
  for (char32_t c : to_characters(text)) {
    if (c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000' || c == U'\u00A0') continue;
    if (c >= U'０' && c <= U'９') c = c - U'０' + U'0';
    if (c == U'＋') c = U'+';
    if (c == U'；') c = U';';
    if (c == U'，') c = U',';
    if (c == U'（') c = U'(';
    if (c == U'）') c = U')';
    if (is_dash(c)) {
      if (!result.empty() && result.back() == U'—') continue;  // —— is one dash
      c = U'—';
    }
    result += c;
  }
  if (result.size() > kLongestValue) return std::nullopt;
  return result;
}

bool Reading::take(std::u32string_view word) {
  if (rest_.substr(0, word.size()) != word) return false;
  rest_.remove_prefix(word.size());
  return true;
}

std::optional<long long> Reading::take_number(int most_digits) {
  size_t length = 0;
  long long n = 0;
  while (length < rest_.size() && rest_[length] >= U'0' && rest_[length] <= U'9') {
    if (length == static_cast<size_t>(most_digits)) return std::nullopt;
    n = n * 10 + static_cast<long long>(rest_[length++] - U'0');
  }
  if (length > 0) {
    rest_.remove_prefix(length);
    return n;
  }
  while (length < rest_.size() && is_numeral(rest_[length])) ++length;
  const auto numeral = parse_numeral(to_utf8(rest_.substr(0, length)));
  if (numeral) rest_.remove_prefix(length);
  return numeral;
}

}  // namespace wenshu::chinese
