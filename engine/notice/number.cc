#include "notice/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "notice/source_check.h"

namespace wenshu::notice {
namespace {

constexpr std::u32string_view kOpening = U"〔[［【(（﹝", kClosing = U"〕]］】)）﹞";

struct Parts {
  std::u32string word, year, serial;
  char32_t open, close;
  std::u32string tail;  // after the serial: 号
};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::optional<Parts> parse(const std::u32string& text) {
  const size_t open = text.find_first_of(kOpening);
  if (open == std::u32string::npos || open == 0) return std::nullopt;
  const size_t close = text.find_first_of(kClosing, open);
  if (close == std::u32string::npos) return std::nullopt;
  Parts parts{
      text.substr(0, open), text.substr(open + 1, close - open - 1), U"", text[open], text[close], U""};
  size_t at = close + 1;
  if (at < text.size() && text[at] == U'第') ++at;
  const size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  parts.serial = text.substr(begin, at - begin);
  parts.tail = text.substr(at);
  return parts;
}

bool all_digits(const std::u32string& text) {
  for (const char32_t c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

}  // namespace

bool check_number(const std::string& number, const Place& place, Diagnostics& findings) {
  const std::u32string text = to_characters(number);
  const auto parts = parse(text);
  if (!parts || parts->year.size() != 4 || !all_digits(parts->year) || parts->serial.empty() ||
      parts->tail != U"号" || parts->serial.find_first_not_of(U'0') == std::u32string::npos) {
    findings.error("number-form", place, fmt::format("发文字号 \"{}\" 不合格式", number),
                   "应为代字、年份、序号，如 清教〔2020〕18号");
    return false;
  }
  std::u32string serial = parts->serial;
  serial.erase(0, std::min(serial.find_first_not_of(U'0'), serial.size() - 1));
  const std::u32string right = parts->word + U"〔" + parts->year + U"〕" + serial + U"号";
  if (right == text) return true;
  const bool brackets = parts->open != U'〔' || parts->close != U'〕';
  findings.error(brackets ? "number-brackets" : "number-form", place,
                 brackets ? fmt::format("发文字号 \"{}\" 的年份应当用六角括号〔〕", number)
                          : fmt::format("发文字号 \"{}\" 的序号不加“第”，不编虚位", number),
                 fmt::format("应为 \"{}\"", to_utf8(right)));
  return false;
}

bool check_command_number(const std::string& number, const Place& place, Diagnostics& findings) {
  if (has_form(number, "第[1-9][0-9]*号")) return true;
  findings.error("number-form", place, fmt::format("令号 \"{}\" 不合格式", number), "例如 第3号，不编虚位");
  return false;
}

bool check_announcement_number(const std::string& number, const Place& place, Diagnostics& findings) {
  return has_form(number, "([0-9]{4}年)?第[1-9][0-9]*号") || check_number(number, place, findings);
}

bool check_minutes_number(const std::string& number, const Place& place, Diagnostics& findings) {
  constexpr const char* kForms =
      "([0-9]{4}年)?第[1-9][0-9]*(期|号|次)|（([0-9]{4}年)?第[1-9][0-9]*(期|号|次)）|〔[0-9]{4}〕(第)?[1-9]["
      "0-9]*(期|号)";
  if (has_form(number, kForms)) return true;
  return check_number(number, place, findings);
}

}  // namespace wenshu::notice
