#include "notice/lint/draft.h"

#include <algorithm>

#include "base/text.h"
#include "chinese/numeral.h"
#include "notice/normalise_line.h"
#include "notice/notice.h"

namespace wenshu::notice {
namespace {

constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百";

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_numeral(char32_t c) { return kNumerals.find(c) != kNumerals.npos; }

struct Marker {
  int level = 0;
  long long number = 0;
  size_t length = 0;
};

// The number at the head of a line, whatever mark follows it.
Marker find_marker(std::u32string_view line) {
  if (line.empty()) return {};
  if (line[0] >= U'①' && line[0] <= U'⑳') return {5, line[0] - U'①' + 1, 1};
  const size_t begin = line[0] == U'（' ? 1 : 0;
  size_t end = begin;
  const bool numeral = begin < line.size() && is_numeral(line[begin]);
  while (end < line.size() && (numeral ? is_numeral(line[end]) : is_digit(line[end]))) ++end;
  if (end == begin || end - begin > 3 || end == line.size()) return {};
  const std::string figure = to_utf8(line.substr(begin, end - begin));
  const auto value = numeral ? chinese::parse_numeral(figure) : std::optional<long long>(std::stoll(figure));
  const char32_t mark = line[end], next = end + 1 < line.size() ? line[end + 1] : U'\0';
  if (!value) return {};
  if (begin == 1) {
    if (mark != U'）' && mark != U')') return {};
    const size_t extra = next == U'、' || next == U'.' || next == U'．' ? 1 : 0;
    return {numeral ? 2 : 4, *value, end + 1 + extra};
  }
  const bool wrong = mark == U'.' || mark == U'．' || mark == U'）' || mark == U')';
  if (numeral) return mark == U'、' || wrong ? Marker{1, *value, end + 1} : Marker{};
  if (mark != U'、' && !wrong) return {};
  return is_digit(next) ? Marker{} : Marker{3, *value, end + 1};
}

}  // namespace

const std::u32string& Text::characters() const {
  if (decoded.empty()) decoded = to_characters(text);
  return decoded;
}

Place Text::at(size_t character) const {
  Place there = place;
  if (character < columns.size()) there.column = static_cast<int>(columns[character]);
  return there;
}

Text Text::part(size_t begin, size_t end) const {
  const std::u32string all = to_characters(text);
  end = std::min(end, all.size());
  begin = std::min(begin, end);
  Text piece{to_utf8(std::u32string_view(all).substr(begin, end - begin)), at(begin), {}};
  if (!columns.empty()) piece.columns.assign(columns.begin() + begin, columns.begin() + end);
  return piece;
}

Paragraph read_paragraph(Text line) {
  Paragraph paragraph;
  const std::u32string text = to_characters(line.text);
  const Marker marker = find_marker(text);
  paragraph.level = marker.level;
  paragraph.number = marker.number;
  paragraph.marker = to_utf8(std::u32string_view(text).substr(0, marker.length));
  size_t end = marker.length;
  while (end < text.size() && is_chinese(text[end])) ++end;
  const size_t length = end - marker.length;
  if (length >= 2 && length <= 10 && end + 1 < text.size() && text[end] == U'：')
    paragraph.label = to_utf8(std::u32string_view(text).substr(marker.length, length));
  paragraph.all = std::move(line);
  return paragraph;
}

std::string kind_of_title(std::string_view title) {
  std::string text(trim(title));
  if (text.ends_with("）"))
    if (const size_t open = text.rfind("（"); open != text.npos) text.resize(open);
  if (text.ends_with("命令") || text.ends_with("令")) return "命令（令）";
  for (const std::string& kind : kind_names())
    if (text.ends_with(kind)) return kind;
  return "";
}

}  // namespace wenshu::notice
