#include "data/source.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/text.h"

namespace wenshu::data {

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

Place place_at(std::string_view file, Position position) {
  return {std::string(file), position.line, position.column, {}};
}

std::string size_text(size_t bytes) { return fmt::format("{} MiB", bytes >> 20); }

void report_forbidden(std::string_view text, size_t offset, Place place, Diagnostics& findings) {
  char32_t character = to_characters(text.substr(offset, 4)).front();
  findings.error("forbidden-character", std::move(place),
                 fmt::format("有不可用的控制字符 {}", code_point_name(character)), "请删去这个字符");
}

bool check_utf8_source(std::string_view text, size_t limit, std::string_view file, Diagnostics& findings) {
  if (text.size() > limit) {
    findings.error("file-too-large", {std::string(file), 0, 0, {}},
                   fmt::format("文件过大，上限为 {}", size_text(limit)), "请拆成几个文件");
    return false;
  }
  if (!find_forbidden_character(text)) return true;  // nor malformed bytes
  if (auto offset = find_malformed_utf8(text)) {
    bool is_gb18030 = decode_text(text).has_value();
    findings.error("not-utf8", place_at(file, Lines(text).at(*offset)), "文件不是 UTF-8 编码",
                   is_gb18030 ? "文件像是 GB18030（GBK）编码，请另存为 UTF-8" : "请另存为 UTF-8");
    return false;
  }
  // Each one is shown, but a binary file would show thousands.
  constexpr int kMostShown = 20;
  int shown = 0;
  for (size_t begin = 0; shown < kMostShown; ++shown) {
    auto found = find_forbidden_character(text.substr(begin));
    if (!found) break;
    size_t offset = begin + *found;
    report_forbidden(text, offset, place_at(file, Lines(text).at(offset)), findings);
    begin = offset + 1;
    while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0u) == 0x80u) ++begin;
  }
  return shown == 0;
}

}  // namespace wenshu::data
