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

// Radicals, and the compatibility ideographs but for the twelve that are characters of their own (Unicode 15, 18.1).
bool is_look_alike(char32_t c) {
  constexpr std::u32string_view kUnified =
      U"\uFA0E\uFA0F\uFA11\uFA13\uFA14\uFA1F\uFA21\uFA23\uFA24\uFA27\uFA28\uFA29";
  if (c >= 0xF900 && c <= 0xFAFF) return kUnified.find(c) == kUnified.npos;
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x2F800 && c <= 0x2FA1F);
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
    if (is_look_alike(c)) {
      findings.error("look-alike-character", where,
                     fmt::format("“{}”里的“{}”（{}）是部首或兼容字形，不是正式的字，今后按姓名查不到", title,
                                 to_utf8(std::u32string(1, c)), code_point_name(c)),
                     "多半是从 PDF 复制来的：删去，重新键入这个字");
    } else if (c >= 0x300 && c <= 0x36F) {
      findings.error("look-alike-character", where,
                     fmt::format("“{}”里的字母和附加符号是分开的（{}）", title, code_point_name(c)),
                     "删去，改用一个字符的字母，如 é");
    } else if (c == 0xFFFD) {
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
