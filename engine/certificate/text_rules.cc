#include "certificate/text_rules.h"

#include <fmt/format.h>

#include "base/text.h"

namespace wenshu::certificate {
namespace {

bool is_private_use(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

// Joiners, directions, variation selectors: on paper nothing of them is seen, in a comparison everything.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0000 && c <= 0xE01EF);
}

}  // namespace

data::Shape shape_of(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return data::integer();
    case FieldType::decimal:
      return data::decimal();
    case FieldType::date:
      return data::date();
    case FieldType::text:
    case FieldType::code:
    case FieldType::picture:
      break;
  }
  return data::text();
}

bool is_code(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

void report_lost(const std::string& title, const Place& where, const std::string& text, char32_t mark,
                 Diagnostics& findings) {
  findings.error(
      "lost-character", where,
      fmt::format("“{}”里的“{}”多半是转存时丢了的生僻字：{}", title, to_utf8(std::u32string(1, mark)), text),
      "补上这个字，另存为 UTF-8");
}

bool check_characters(const std::string& title, const Place& where, const std::string& text,
                      Diagnostics& findings) {
  if (find_forbidden_character(text)) {
    findings.error("control-character", where, fmt::format("“{}”里有控制字符", title), "删去后重新填写");
    return false;
  }
  for (const char32_t c : to_characters(text)) {
    if (c == 0xFFFD) {
      report_lost(title, where, text, c, findings);
    } else if (is_invisible(c)) {
      findings.error("invisible-character", where,
                     fmt::format("“{}”里有看不见的字符 {}", title, code_point_name(c)), "全部删去，重新键入");
    } else if (is_private_use(c)) {
      // U+E863 is where GBK-time systems kept 䶮.
      findings.error("private-use-character", where,
                     fmt::format("“{}”里有自造字 {}，别的电脑上显示不出来", title, code_point_name(c)),
                     c == 0xE863 ? "改用正式编码的“䶮”（U+4DAE）" : "改用这个字的正式编码");
    } else {
      continue;
    }
    return false;
  }
  return true;
}

}  // namespace wenshu::certificate
