#include "notice/source_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "base/text.h"
#include "chinese/date.h"
#include "data/file_name.h"
#include "data/schema.h"
#include "notice/source_shape.h"
#include "template/text.h"

namespace wenshu::notice {
namespace {

using data::Value;

bool is_private_use(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

// By the first bytes of U+E000 to F8FF and of U+F0000 and more in UTF-8: a look that costs less than reading the characters.
bool may_hold_private_use(std::string_view utf8) {
  for (size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0xEE) continue;
    const bool is_of_plane_0 =
        byte == 0xEF && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) >= 0xA4;
    if (!is_of_plane_0) return true;
  }
  return false;
}

// Characters that another computer shows as something else, or not at all.
void check_characters(const SourceCheck& check, const Value& value) {
  if (!may_hold_private_use(value.text())) return;
  const std::u32string all = to_characters(value.text());
  for (size_t i = 0; i < all.size(); ++i)
    if (is_private_use(all[i]))  // U+E863 is where GBK-time systems kept 䶮
      check.findings.error("private-use-character",
                           check.written ? check.written->places.place_of(value, i) : value.place(),
                           fmt::format("文中有自造字 {}，别的电脑上显示不出来", code_point_name(all[i])),
                           all[i] == 0xE863 ? "改用正式编码的“䶮”（U+4DAE）" : "改用这个字的正式编码");
}

void check_all_characters(const SourceCheck& check, const Value& value) {
  for (const Value& item : value.items()) check_all_characters(check, item);
  for (const auto& entry : value.entries()) check_all_characters(check, entry.value);
  if (value.is_scalar()) check_characters(check, value);
}

void check_texts(const SourceCheck& check, const Value& value) {
  for (const Value& item : value.items()) check_texts(check, item);
  for (const auto& entry : value.entries()) check_texts(check, entry.value);
  if (!value.is_scalar()) return;
  if (check.tagged)
    templates::check_text(value.text(), value.place(), check.findings);
  else if (has_tag(value.text()))
    check.error("unfilled-tag", value, "文中还有没有填入数据的标签", "请用 --data 给出数据");
}

void check_source(const SourceCheck& check) {
  data::check_shape(check.source, source_shape(), check.findings);
  if (!check.source.is_map()) return;
  check_all_characters(check, check.written ? check.written->source : check.source);
  check_texts(check, check.source);
  data::check_file_name(check.source["notice"], check.findings);
  check_wanted(check);
  check_elements(check);
  check_annexes(check);
}

}  // namespace

bool has_tag(const std::string& text) {
  return text.find("{{") != std::string::npos || text.find("｛｛") != std::string::npos;
}

std::string trimmed(const Value& value) {
  return value.is_scalar() ? std::string(trim(value.text())) : std::string();
}

// std::regex goes down a step a character: what is long has no form.
bool has_form(const std::string& text, const char* pattern) {
  return text.size() <= 100 && std::regex_match(text, std::regex(pattern));
}

std::optional<Date> day_of(const Value& value) {
  return value.is_scalar() ? parse_day(value.text()) : std::nullopt;
}

std::optional<Date> parse_day(std::string_view written) {
  const std::string text(trim(written));
  if (const auto date = chinese::parse_date_text(text)) return date;
  for (const char mark : {'-', '/', '.'}) {
    const auto parts = split(text, std::string(1, mark));
    const auto figures = [](const std::string& part) {
      return part.find_first_not_of("0123456789") == part.npos;
    };
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), figures)) continue;
    if (parts[0].size() == 4)
      return parse_date(fmt::format("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]));
  }
  return std::nullopt;
}

std::vector<const Value*> each_of(const Value& value) {
  std::vector<const Value*> all;
  for (const Value& item : value.items()) all.push_back(&item);
  if (!value.is_list() && !value.is_null()) all.push_back(&value);
  return all;
}

const std::string* SourceCheck::known(const Value& value) const {
  return value.is_scalar() && !has_tag(value.text()) ? &value.text() : nullptr;
}

std::string SourceCheck::kind() const { return known("kind") ? trimmed(source["kind"]) : std::string(); }

Format format_of(const Value& source) {
  const std::string format = trimmed(source["format"]), kind = trimmed(source["kind"]);
  if (format == "letter") return Format::letter;
  if (format == "command" || (format.empty() && kind == "命令（令）")) return Format::command;
  if (format == "minutes" || (format.empty() && kind == "纪要")) return Format::minutes;
  return Format::ordinary;
}

bool goes_up(const std::string& kind) { return kind == "请示" || kind == "报告"; }

void check_notice(const Value& source, Diagnostics& findings, const Written* written) {
  check_source({source, true, findings, written});
}

bool check_filled(const Value& source, Diagnostics& findings, const Written* written) {
  Diagnostics own;
  check_source({source, false, own, written});
  findings.append(own);
  return !own.has_errors();
}

}  // namespace wenshu::notice
