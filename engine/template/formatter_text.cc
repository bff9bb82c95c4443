#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "chinese/mask.h"
#include "chinese/width.h"
#include "template/formatter_functions.h"

namespace wenshu::templates {
namespace {

using data::Value;

constexpr std::string_view kYes[] = {"true", "TRUE", "是", "有", "√", "1", "yes"};
constexpr std::string_view kNo[] = {"false", "FALSE", "否", "无", "×", "0", "no"};

bool is_one_of(std::string_view text, const auto& words) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

// Text functions take scalars alone.
template <class Print>
Value format_text(const Value& value, std::string& fault, Print print) {
  if (is_blank(value)) return {};
  if (value.is_scalar()) return print(value.text());
  fault = "列表或分组不能用这种格式，先用 join 连成文字，或逐项写出";
  return {};
}

Value mask(const Value& value, std::string& fault, std::optional<std::string> (*hide)(std::string_view),
           const char* what) {
  return format_text(value, fault, [&](const std::string& text) {
    auto hidden = hide(text);
    if (!hidden) fault = fmt::format("“{}”不是{}，不能隐去", shown(value), what);
    return hidden ? Value(std::move(*hidden)) : Value();
  });
}

}  // namespace

bool is_blank(const Value& value) {
  if (value.is_null()) return true;
  if (value.is_scalar()) return value.text().empty();
  return value.size() == 0;
}

std::string shown(const Value& value) {
  constexpr size_t kMostShown = 20;
  if (!value.is_scalar()) return "列表或分组";
  const std::u32string characters = to_characters(value.text());
  return characters.size() <= kMostShown ? value.text() : to_utf8(characters.substr(0, kMostShown)) + "…";
}

Value or_default(const Value& value, const std::string& text, std::string&) {
  return is_blank(value) ? Value(text) : value;
}

Value or_line(const Value& value, const std::string& length, std::string&) {
  size_t places = 8;  // room for a name or a date by hand
  std::from_chars(length.data(), length.data() + length.size(), places);
  return is_blank(value) ? Value(std::string(places, '_')) : value;
}

Value with_prefix(const Value& value, const std::string& text, std::string& fault) {
  return format_text(value, fault, [&](const std::string& inside) { return Value(text + inside); });
}

Value with_suffix(const Value& value, const std::string& text, std::string& fault) {
  return format_text(value, fault, [&](const std::string& inside) { return Value(inside + text); });
}

Value as_yes_no(const Value& value, const std::string&, std::string& fault) {
  return format_text(value, fault, [&](const std::string& text) {
    if (is_one_of(text, kYes)) return Value("是");
    if (is_one_of(text, kNo)) return Value("否");
    fault = fmt::format("“{}”不是 true 或 false，也不是“是”或“否”", shown(value));
    return Value();
  });
}

// Nothing to tick is not ticked. With a word it is a choice among several; a list holds those chosen.
Value as_check(const Value& value, const std::string& wanted, std::string& fault) {
  constexpr const char *kTicked = "☑", *kOpen = "☐";
  if (is_blank(value)) return kOpen;
  if (!wanted.empty()) {
    const auto is_wanted = [&](const Value& item) { return item.is_scalar() && trim(item.text()) == wanted; };
    const bool ticked = value.is_list() ? std::any_of(value.items().begin(), value.items().end(), is_wanted)
                                        : is_wanted(value);
    return ticked ? kTicked : kOpen;
  }
  const Value answer = as_yes_no(value, "", fault);
  return answer.is_null() ? Value() : Value(answer.text() == "是" ? kTicked : kOpen);
}

Value masked_identity(const Value& value, const std::string&, std::string& fault) {
  return mask(value, fault, chinese::mask_identity, "身份证号");
}

Value masked_telephone(const Value& value, const std::string&, std::string& fault) {
  return mask(value, fault, chinese::mask_telephone, "电话号码");
}

Value masked_name(const Value& value, const std::string&, std::string& fault) {
  return format_text(value, fault, [](const std::string& text) { return Value(chinese::mask_name(text)); });
}

Value full_width(const Value& value, const std::string&, std::string& fault) {
  return format_text(value, fault,
                     [](const std::string& text) { return Value(chinese::to_full_width(text)); });
}

Value half_width(const Value& value, const std::string&, std::string& fault) {
  return format_text(value, fault,
                     [](const std::string& text) { return Value(chinese::to_half_width(text)); });
}

Value spread_out(const Value& value, const std::string& characters, std::string& fault) {
  size_t wanted = 0;
  std::from_chars(characters.data(), characters.data() + characters.size(), wanted);
  return format_text(value, fault,
                     [&](const std::string& text) { return Value(chinese::spread(text, wanted)); });
}

}  // namespace wenshu::templates
