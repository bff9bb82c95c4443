#include "template/formatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "template/formatter_functions.h"

namespace wenshu::templates {
namespace {

using data::Value;

// What may stand behind the name.
enum class Takes { nothing, text, some_text, places, digits, length, pattern };

struct Entry {
  const char* name;
  Takes takes;
  const char* does;
  // An example, proved by the tests: the data as JSON, the argument, what is printed.
  const char* data;
  const char* argument;
  const char* result;
  Apply apply;
};

// A new formatter is one function (formatter_functions.h), one line here, and
// `wenshu tags --formatters > engine/template/FORMATTERS.md`.
constexpr std::array kFormatters = {
    Entry{"date", Takes::pattern,
          "日期；可给格式，与 Word 的日期域相同（yyyy M MM d dd，dddd 星期四，ddd 周四）", R"("2024-06-06")",
          "", "2024年6月6日", as_date},
    Entry{"date-cn", Takes::nothing, "汉字日期，用于证书", R"("2024-06-06")", "", "二〇二四年六月六日",
          as_numeral_date},
    Entry{"date-bill", Takes::nothing, "票据的大写日期", R"("2024-10-20")", "", "贰零贰肆年零壹拾月零贰拾日",
          as_bill_date},
    Entry{"weekday", Takes::text, "星期几；“周”写成周四", R"("2024-06-06")", "", "星期四", as_weekday},
    Entry{"chinese", Takes::nothing, "汉字数字", "105", "", "一百零五", as_numeral},
    Entry{"chinese-capital", Takes::nothing, "大写数字", "105", "", "壹佰零伍", as_capital},
    Entry{"chinese-digits", Takes::nothing, "逐位的汉字数字", "2024", "", "二〇二四", as_digits},
    Entry{"ChineseNum1", Takes::nothing, "Word 的同名格式：一百以下同 chinese，以上逐位", "105", "", "一〇五",
          as_counting},
    Entry{"ChineseNum2", Takes::nothing, "Word 的同名格式：同 chinese-capital", "11", "", "壹拾壹",
          as_capital},
    Entry{"ChineseNum3", Takes::nothing, "Word 的同名格式：同 chinese", "11", "", "十一", as_numeral},
    Entry{"money-cn", Takes::text, "大写金额；“plain”不写人民币三字", R"("107000.53")", "",
          "人民币壹拾万柒仟元零伍角叁分", as_money},
    Entry{"decimals", Takes::places, "四舍五入到几位小数（不给时 2 位）", "36.005", "2", "36.01",
          as_decimals},
    Entry{"thousands", Takes::places, "千分位；可给小数位数", "1234567.5", "2", "1,234,567.50", as_thousands},
    Entry{"percent", Takes::places, "百分比；可给小数位数", "0.955", "", "95.5%", as_percent},
    Entry{"pad", Takes::digits, "前面补 0 到几位", "7", "3", "007", as_padded},
    Entry{"sum", Takes::nothing, "合计：数字精确相加，人数按“约501人（另有3项人数未定）”", "[0.1, 0.2, 30]",
          "", "30.3", sum},
    Entry{"min", Takes::nothing, "最小的数", "[3, 1.5, 2]", "", "1.5", least},
    Entry{"max", Takes::nothing, "最大的数", "[3, 1.5, 2]", "", "3", most},
    Entry{"count", Takes::nothing, "有几项", R"(["甲", "乙"])", "", "2", count},
    Entry{"join", Takes::text, "各项连成一句（不给时用顿号）", R"(["甲", null, "乙"])", "；", "甲；乙",
          join_items},
    Entry{"unique", Takes::nothing, "去掉重复的项", R"(["甲", "乙", "甲"])", "", "甲、乙", unique},
    Entry{"first", Takes::nothing, "第一项", R"(["甲", "乙"])", "", "甲", first},
    Entry{"last", Takes::nothing, "最后一项", R"(["甲", "乙"])", "", "乙", last},
    Entry{"default", Takes::text, "没有内容时写什么", "null", "待定", "待定", or_default},
    Entry{"line", Takes::length, "没有内容时留一道线手填（不给时 8 位）", "null", "6", "______", or_line},
    Entry{"before", Takes::some_text, "有内容时，在前面写什么", R"("见名单")", "附件：", "附件：见名单",
          with_prefix},
    Entry{"after", Takes::some_text, "有内容时，在后面写什么", "36", "学时", "36学时", with_suffix},
    Entry{"yes-no", Takes::nothing, "是或否", "true", "", "是", as_yes_no},
    Entry{"check", Takes::text, "☑ 或 ☐；给了文字时，内容与它相同才打勾", R"("男")", "男", "☑", as_check},
    Entry{"mask-id", Takes::nothing, "身份证号隐去出生日期", R"("110101199001011230")", "",
          "110101********1230", masked_identity},
    Entry{"mask-phone", Takes::nothing, "电话号码隐去中间四位", R"("13800138000")", "", "138****8000",
          masked_telephone},
    Entry{"mask-name", Takes::nothing, "姓名只留首尾", R"("欧阳小明")", "", "欧**明", masked_name},
    Entry{"full-width", Takes::nothing, "数字、字母和标点写成全角", R"("A-2024")", "", "Ａ－２０２４",
          full_width},
    Entry{"half-width", Takes::nothing, "数字和字母写成半角", R"("Ａ２０２４")", "", "A2024", half_width},
    Entry{"spread", Takes::digits, "用全角空格撑开到几个字，姓名对齐用", R"("王芳")", "3", "王　芳",
          spread_out},
};

// Word's help writes CHINESENUM1, people write Date: capitals do not count.
bool is_name(std::string_view name, std::string_view written) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(name.begin(), name.end(), written.begin(), written.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

const Entry& find_entry(std::string_view name) {
  return *std::find_if(kFormatters.begin(), kFormatters.end(),
                       [name](const Entry& entry) { return is_name(entry.name, name); });
}

const char* argument_word(Takes takes) {
  switch (takes) {
    case Takes::nothing:
      return "";
    case Takes::text:
      return "[文字]";
    case Takes::some_text:
      return "文字";
    case Takes::places:
    case Takes::length:
      return "[位数]";
    case Takes::digits:
      return "位数";
    case Takes::pattern:
      return "[格式]";
  }
  return "";
}

bool is_number(const std::string& text, int least, int most) {
  if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != std::string::npos)
    return false;
  const int number = std::stoi(text);
  return number >= least && number <= most;
}

std::string tag_of(const Entry& entry) {
  return fmt::format("{{{{x | {}{}{}}}}}", entry.name, *entry.argument ? " " : "", entry.argument);
}

}  // namespace

const std::vector<std::string>& formatter_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Entry& entry : kFormatters) names.emplace_back(entry.name);
    return names;
  }();
  return kNames;
}

bool is_formatter(std::string_view name) {
  return std::any_of(kFormatters.begin(), kFormatters.end(),
                     [name](const Entry& entry) { return is_name(entry.name, name); });
}

std::string check_argument(const Formatter& formatter) {
  constexpr int kMostPlaces = 9, kMostDigits = 30;
  const Takes takes = find_entry(formatter.name).takes;
  const std::string& argument = formatter.argument;
  switch (takes) {
    case Takes::nothing:
      return argument.empty() ? "" : fmt::format("格式 {} 后面不写别的", formatter.name);
    case Takes::some_text:
      return argument.empty() ? fmt::format("格式 {} 后面要写文字", formatter.name) : "";
    case Takes::places:
      return argument.empty() || is_number(argument, 0, kMostPlaces)
                 ? ""
                 : fmt::format("格式 {} 后面写小数位数，0 到 {}", formatter.name, kMostPlaces);
    case Takes::length:
      if (argument.empty()) return "";
      [[fallthrough]];
    case Takes::digits:
      return is_number(argument, 1, kMostDigits)
                 ? ""
                 : fmt::format("格式 {} 后面要写位数，1 到 {}", formatter.name, kMostDigits);
    case Takes::pattern:
      return check_date_pattern(argument);
    case Takes::text:
      break;
  }
  return "";
}

Value format(const Value& value, const Formatter& formatter, std::string& fault) {
  try {
    return find_entry(formatter.name).apply(value, formatter.argument, fault);
  } catch (const Failure&) {  // Decimal: 18 digits do not hold the result
    fault = "数字太大，超出 18 位";
    return {};
  }
}

std::optional<std::string> print(const Value& value) {
  if (value.is_null()) return "";
  if (value.is_scalar()) return value.text();
  if (value.is_map()) return std::nullopt;
  std::vector<std::string> parts;
  for (const Value& item : value.items()) {
    if (!item.is_null() && !item.is_scalar()) return std::nullopt;
    if (!is_blank(item)) parts.push_back(item.text());
  }
  return join(parts, "、");
}

std::string formatters_page() {
  std::string page =
      "# 标签的格式\n\n"
      "`wenshu tags --formatters` 由程序里的格式表生成本页，不要手改。格式写在竖线之后：`{{日期 | "
      "date-cn}}`，"
      "可以接连写几个：`{{学时 | sum | chinese}}`；\n"
      "方括号里的可以不写，文字里有空格时用引号括起来。没有内容的，除 default、sum、count 和 check "
      "外都留空。\n`| missing error`（或 "
      "blank、keep、line）不是格式，它说这一个标签没有内容时怎么办：算错、空着、留下标签、留线手填；不管 "
      "`fill --missing` 怎么说。\n\n"
      "| 格式 | 后面写 | 作用 | 标签 | 数据 | 结果 |\n|---|---|---|---|---|---|\n";
  for (const Entry& entry : kFormatters)
    page += fmt::format("| `{}` | {} | {} | `{}` | `{}` | {} |\n", entry.name, argument_word(entry.takes),
                        entry.does, replace_all(tag_of(entry), "|", "\\|"), entry.data, entry.result);
  return page;
}

Value formatters_value() {
  Value list = Value::list();
  for (const Entry& entry : kFormatters) {
    Value& item = list.add(Value::map());
    item.set("name", entry.name);
    item.set("argument", argument_word(entry.takes));
    item.set("does", entry.does);
    item.set("tag", tag_of(entry));
    item.set("data", entry.data);
    item.set("result", entry.result);
  }
  return list;
}

}  // namespace wenshu::templates
