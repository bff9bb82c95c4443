#include "xml/tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "xml/source.h"

namespace wenshu::xml {
namespace {

// One look at the tags before pugixml builds anything: declares the part a DOCTYPE, how deep does it go?
class Scan {
 public:
  explicit Scan(std::string_view bytes) : bytes_(bytes) {}

  bool has_doctype = false;
  bool is_too_deep = false;
  size_t at = 0;  // of the fault

  bool run() {
    for (size_t i = bytes_.find('<'); i != std::string_view::npos; i = bytes_.find('<', i)) {
      at = i;
      std::string_view rest = bytes_.substr(i);
      if (rest.starts_with("<!--")) {
        i = behind("-->", i + 4);
      } else if (rest.starts_with("<![CDATA[")) {
        i = behind("]]>", i + 9);
      } else if (rest.starts_with("<?")) {
        i = behind("?>", i + 2);
      } else if (rest.starts_with("<!")) {
        return !(has_doctype = true);
      } else {
        i = behind_tag(i);
        if (depth_ > kMaxDepth) return !(is_too_deep = true);
      }
    }
    return true;
  }

 private:
  size_t behind(std::string_view end, size_t from) const {
    size_t found = bytes_.find(end, from);
    return found == std::string_view::npos ? bytes_.size() : found + end.size();
  }

  // Quotes may hold ">". Malformed tags are pugixml's to refuse.
  size_t behind_tag(size_t i) {
    bool closes = i + 1 < bytes_.size() && bytes_[i + 1] == '/';
    char quote = '\0';
    size_t end = i + 1;
    for (; end < bytes_.size() && (quote != '\0' || bytes_[end] != '>'); ++end) {
      char c = bytes_[end];
      if (quote == '\0' && (c == '"' || c == '\'') && !closes) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      }
    }
    if (closes) {
      --depth_;
    } else if (bytes_[end - 1] != '/') {
      ++depth_;
    }
    return std::min(end + 1, bytes_.size());
  }

  std::string_view bytes_;
  int depth_ = 0;
};

std::string_view chinese(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_unrecognized_tag:
      return "标签写法不对";
    case pugi::status_bad_pi:
      return "处理指令写法不对";
    case pugi::status_bad_comment:
      return "注释没有结束";
    case pugi::status_bad_cdata:
      return "CDATA 没有结束";
    case pugi::status_bad_pcdata:
      return "文字没有结束";
    case pugi::status_bad_start_element:
      return "开始标签写法不对";
    case pugi::status_bad_attribute:
      return "属性写法不对";
    case pugi::status_bad_end_element:
      return "结束标签写法不对";
    case pugi::status_end_element_mismatch:
      return "开始标签与结束标签不配对";
    case pugi::status_no_document_element:
      return "没有内容";
    default:
      return "写法不对";
  }
}

struct StringWriter : pugi::xml_writer {
  std::string bytes;
  void write(const void* data, size_t size) override { bytes.append(static_cast<const char*>(data), size); }
};

// Sizes, encoding, tags: everything that must hold before pugixml may see the bytes.
bool check_bytes(std::string_view bytes, std::string_view file, std::string_view part,
                 Diagnostics& findings) {
  if (!check_source(bytes, file, part, findings)) return false;
  Scan scan(bytes);
  if (scan.run()) return true;
  report_fault(scan.has_doctype ? "xml-doctype" : "xml-too-deep", {}, bytes, scan.at, file, part, findings);
  return false;
}

// Entities stay as they are (there is no DOCTYPE to define any but the five), text of blanks is text, and
// line ends become "\n" as XML demands.
constexpr unsigned kParseFlags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute |
                                 pugi::parse_eol | pugi::parse_ws_pcdata | pugi::parse_comments |
                                 pugi::parse_pi | pugi::parse_declaration;
constexpr unsigned kFormatFlags = pugi::format_raw | pugi::format_no_declaration;

}  // namespace

std::optional<pugi::xml_document> parse_part(std::string_view bytes, std::string_view file,
                                             std::string_view part, Diagnostics& findings) {
  bytes = without_mark(bytes);
  if (!check_bytes(bytes, file, part, findings)) return std::nullopt;
  std::optional<pugi::xml_document> document(std::in_place);
  pugi::xml_parse_result result =
      document->load_buffer(bytes.data(), bytes.size(), kParseFlags, pugi::encoding_utf8);
  if (result) return document;
  report_fault("bad-xml", fmt::format("{}（{}）", chinese(result.status), result.description()), bytes,
               static_cast<size_t>(result.offset), file, part, findings);
  return std::nullopt;
}

std::string to_bytes(const pugi::xml_document& document) {
  StringWriter writer;
  writer.bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  for (pugi::xml_node child : document.children()) {
    if (child.type() == pugi::node_declaration) continue;
    bool is_blank = child.type() == pugi::node_pcdata;  // white space around the root says nothing
    if (!is_blank) child.print(writer, "", kFormatFlags, pugi::encoding_utf8);
  }
  return std::move(writer.bytes);
}

std::string to_bytes(const pugi::xml_node& node) {
  StringWriter writer;
  node.print(writer, "", kFormatFlags, pugi::encoding_utf8);
  return std::move(writer.bytes);
}

}  // namespace wenshu::xml
