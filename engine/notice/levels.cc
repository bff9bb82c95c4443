#include "notice/levels.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace wenshu::notice {
namespace {

constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百";

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_numeral(char32_t c) { return kNumerals.find(c) != std::u32string_view::npos; }

template <class Test>
size_t skip(std::u32string_view text, size_t at, Test test) {
  while (at < text.size() && test(text[at])) ++at;
  return at;
}

struct Marker {
  int level;
  size_t length;
};

// （一） or （1）, half-width brackets too.
std::optional<Marker> find_bracketed(std::u32string_view line) {
  if (line.empty() || (line[0] != U'（' && line[0] != U'(')) return std::nullopt;
  size_t numeral = skip(line, 1, is_numeral), digit = skip(line, 1, is_digit);
  size_t end = std::max(numeral, digit);
  if (end == 1 || end == line.size() || (line[end] != U'）' && line[end] != U')')) return std::nullopt;
  return Marker{numeral > 1 ? 2 : 4, end + 1};
}

std::optional<Marker> find_marker(std::u32string_view line) {
  if (auto bracketed = find_bracketed(line)) return bracketed;
  if (size_t end = skip(line, 0, is_numeral); end > 0)
    return end < line.size() && line[end] == U'、' ? std::optional(Marker{1, end + 1}) : std::nullopt;
  size_t end = skip(line, 0, is_digit);
  if (end == 0 || end > 3 || end == line.size()) return std::nullopt;
  if (line[end] != U'.' && line[end] != U'．' && line[end] != U'、') return std::nullopt;
  if (end + 1 < line.size() && is_digit(line[end + 1])) return std::nullopt;  // 1.5 is a number
  return Marker{3, end + 1};
}

constexpr size_t kMarkerBytes = 120;  // more than any marker has
constexpr std::string_view kStop = "。";

// One sentence that says something is text, whatever its number: 一、会议传达学习了…精神，研究了…。 Of 一、放假时间：1月18日—2月16日。
// what stands before the colon heads it. Returns where the heading ends.
size_t end_of_heading(std::string_view sentence, size_t behind) {
  constexpr std::string_view kColon = "：", kComma = "，", kSemicolon = "；";
  constexpr size_t kShortest = 22 * 3, kLongestHeading = 25 * 3;  // bytes
  const size_t comma = std::min(sentence.find(kComma, behind), sentence.find(kSemicolon, behind));
  const size_t colon = sentence.find(kColon, behind);
  const size_t length = sentence.size() - behind;
  if (colon < comma && colon - behind <= kLongestHeading) return colon + kColon.size();
  const bool says = comma != sentence.npos && length >= kShortest;
  return says || length > kLongestHeading ? 0 : sentence.size();
}

BodyParagraph parse_line(std::string_view utf8) {
  const std::u32string begin = to_characters(utf8.substr(0, kMarkerBytes));
  const auto marker = find_marker(begin);
  if (!marker) return {0, "", std::string(utf8)};
  const size_t behind = to_utf8(std::u32string_view(begin).substr(0, marker->length)).size();
  const size_t stop = utf8.find(kStop, behind);
  size_t end = stop == utf8.npos ? utf8.size() : stop + kStop.size();
  if (stop != utf8.npos && end == utf8.size() && marker->level <= 2) end = end_of_heading(utf8, behind);
  return {marker->level, std::string(utf8.substr(0, end)), std::string(utf8.substr(end))};
}

// Where one of its kind is text, all are: 一、 in 黑体 beside 二、 in 仿宋 would look like chance. Headings that stand alone
// stay what they are.
void make_even(std::vector<BodyParagraph>& paragraphs, int level) {
  for (size_t begin = 0; begin < paragraphs.size();) {
    size_t end = begin;
    bool plain = false;
    for (; end < paragraphs.size() &&
           (end == begin || paragraphs[end].level == 0 || paragraphs[end].level >= level);
         ++end)
      plain = plain || (paragraphs[end].level == level && paragraphs[end].heading.empty());
    for (size_t i = begin; plain && i < end; ++i) {
      BodyParagraph& each = paragraphs[i];
      if (each.level != level || (each.text.empty() && !each.heading.ends_with(kStop))) continue;
      each.text = std::exchange(each.heading, "") + each.text;
    }
    begin = end;
  }
}

}  // namespace

std::vector<BodyParagraph> parse_body(std::string_view body) {
  std::vector<BodyParagraph> paragraphs;
  for (const std::string& line : split(body, "\n"))
    if (const std::string_view text = trim(line); !text.empty()) paragraphs.push_back(parse_line(text));
  for (const int level : {1, 2}) make_even(paragraphs, level);
  return paragraphs;
}

}  // namespace wenshu::notice
