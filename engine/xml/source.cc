#include "xml/source.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "xml/tree.h"

namespace wenshu::xml {
namespace {

Place place_at(std::string_view bytes, size_t offset, std::string_view file, std::string_view part) {
  std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
  size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  size_t column = count_characters(before.substr(line_start)) + 1;
  return {std::string(file), static_cast<int>(line), static_cast<int>(column), std::string(part)};
}

bool has_declared_other_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return false;
  std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return false;
  size_t open = declaration.find_first_of("\"'", at);
  if (open == std::string_view::npos) return false;
  std::string name(declaration.substr(open + 1, 5));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name != "UTF-8" && !name.starts_with("ASCII") && !name.starts_with("US-AS");
}

}  // namespace

std::string_view without_mark(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

bool check_source(std::string_view bytes, std::string_view file, std::string_view part,
                  Diagnostics& findings) {
  if (bytes.size() > kMaxBytes) {
    findings.error("xml-too-large", {std::string(file), 0, 0, std::string(part)},
                   fmt::format("内部文件过大，上限为 {} MiB", kMaxBytes >> 20));
    return false;
  }
  if (auto offset = find_malformed_utf8(bytes); offset || has_declared_other_encoding(bytes)) {
    findings.error("not-utf8", place_at(bytes, offset.value_or(0), file, part), "内部文件不是 UTF-8 编码",
                   "请用 Word 或 WPS 另存一份");
    return false;
  }
  if (auto offset = find_forbidden_character(bytes)) {
    findings.error("forbidden-character", place_at(bytes, *offset, file, part), "内部文件有不可用的控制字符",
                   "请用 Word 或 WPS 另存一份");
    return false;
  }
  return true;
}

void report_fault(std::string_view code, std::string_view detail, std::string_view bytes, size_t offset,
                  std::string_view file, std::string_view part, Diagnostics& findings) {
  const Place where = place_at(bytes, offset, file, part);
  if (code == "xml-doctype") {
    findings.error("xml-doctype", where, "内部文件含有 DOCTYPE，可能不安全", "请用 Word 或 WPS 另存一份");
  } else if (code == "xml-too-deep") {
    findings.error("xml-too-deep", where, fmt::format("内部文件嵌套过深，上限为 {} 层", kMaxDepth));
  } else {
    findings.error("bad-xml", where, fmt::format("内部文件的 XML {}", detail), "请用 Word 或 WPS 另存一份");
  }
}

}  // namespace wenshu::xml
