#include "xlsx/workbook.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "base/text.h"
#include "xml/pull.h"
#include "xml/source.h"
#include "xml/tree.h"

namespace wenshu::xlsx {
namespace {

constexpr const char* kSaveAgain = "请用 Excel 或 WPS 打开后另存一份 .xlsx";

std::string_view local_name(const char* name) {
  const std::string_view whole = name;
  const size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

// Makers differ in prefixes (x:sheet), so elements and attributes are found by their local names.
pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node node : parent.children())
    if (local_name(node.name()) == name) return node;
  return {};
}

std::string attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute one : node.attributes())
    if (local_name(one.name()) == name) return one.value();
  return {};
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

int to_int(std::string_view text) {
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Relation {
  std::string kind;    // the last word of its type: worksheet, sharedStrings
  std::string target;  // a part of the container; "" outside of it
};
using Relations = std::map<std::string, Relation>;  // by id

// "xl/workbook.xml" and "../x.xml" give "x.xml"; "" when the target climbs out.
std::string resolve(std::string_view from, std::string_view target) {
  std::vector<std::string> path;
  if (!target.starts_with('/')) {
    path = split(from, "/");
    path.pop_back();
  }
  for (const std::string& step : split(target, "/")) {
    if (step == "..") {
      if (path.empty()) return {};
      path.pop_back();
    } else if (!step.empty() && step != ".") {
      path.push_back(step);
    }
  }
  return join(path, "/");
}

std::string relations_part(std::string_view part) {
  const size_t slash = part.rfind('/');
  const size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return fmt::format("{}_rels/{}.rels", part.substr(0, name), part.substr(name));
}

class Loader {
 public:
  Loader(const package::Archive& archive, std::string_view file, Diagnostics& findings)
      : archive_(archive), file_(file), findings_(findings) {}

  void load(Workbook& book) {
    const std::string workbook = find_kind(relations_of(""), "officeDocument");
    if (workbook.empty() || !archive_.has(workbook)) {
      error("not-a-workbook", {}, "这不是 .xlsx 工作簿", kSaveAgain);
      return;
    }
    const Relations relations = relations_of(workbook);
    load_sheets(workbook, relations, book);
    load_strings(find_kind(relations, "sharedStrings"), book.strings);
    load_formats(find_kind(relations, "styles"), book.formats);
  }

 private:
  void error(std::string code, std::string_view part, std::string message, std::string hint) {
    findings_.error(std::move(code), {std::string(file_), 0, 0, std::string(part)}, std::move(message),
                    std::move(hint));
  }

  std::optional<pugi::xml_document> parse(const std::string& part) {
    return xml::parse_part(archive_.read(part), file_, part, findings_);
  }

  Relations relations_of(const std::string& part) {
    Relations relations;
    const std::string name = relations_part(part);
    const auto document = archive_.has(name) ? parse(name) : std::nullopt;
    if (!document) return relations;
    for (const pugi::xml_node node : document->document_element().children()) {
      const std::string type = attribute(node, "Type");
      const bool outside = attribute(node, "TargetMode") == "External";
      relations[attribute(node, "Id")] = {type.substr(type.rfind('/') + 1),
                                          outside ? "" : resolve(part, attribute(node, "Target"))};
    }
    return relations;
  }

  static std::string find_kind(const Relations& relations, std::string_view kind) {
    for (const auto& [id, relation] : relations)
      if (relation.kind == kind) return relation.target;
    return {};
  }

  void load_sheets(const std::string& part, const Relations& relations, Workbook& book) {
    const auto document = parse(part);
    if (!document) return;
    const pugi::xml_node root = document->document_element();
    if (local_name(root.name()) != "workbook") {
      error("not-a-workbook", part, "这不是 .xlsx 工作簿", kSaveAgain);
      return;
    }
    if (is_true(attribute(child(root, "workbookPr"), "date1904"))) book.epoch = Epoch::from_1904;
    for (const pugi::xml_node node : child(root, "sheets").children()) {
      if (local_name(node.name()) != "sheet") continue;
      const auto relation = relations.find(attribute(node, "id"));
      if (relation != relations.end() && relation->second.kind != "worksheet") continue;
      const std::string state = attribute(node, "state");
      SheetPart sheet{attribute(node, "name"), {}, state == "hidden" || state == "veryHidden"};
      if (relation != relations.end() && archive_.has(relation->second.target))
        sheet.part = relation->second.target;
      book.sheets.push_back(std::move(sheet));
    }
    if (book.sheets.empty()) error("not-a-workbook", part, "工作簿里没有工作表", kSaveAgain);
  }

  void load_strings(const std::string& part, std::vector<std::string>& strings) {
    if (part.empty()) return;
    if (!archive_.has(part)) {
      error("missing-part", part, fmt::format("工作簿里缺少 {}", part), kSaveAgain);
      return;
    }
    const std::string& bytes = archive_.read(part);
    if (!xml::check_source(bytes, file_, part, findings_)) return;
    xml::Pull pull(bytes);
    while (pull.next() != xml::Pull::Event::end) {
      if (pull.opens("si") && pull.depth() == 1) {
        strings.emplace_back();
      } else if (pull.opens("rPh")) {
        pull.skip();  // how the word is read aloud
      } else if (pull.opens("t") && !strings.empty()) {
        strings.back() += pull.take_text();
      } else if (pull.closes("si") && !strings.empty()) {
        strings.back() = resolve_escapes(std::move(strings.back()));
      }
    }
    pull.check(file_, part, findings_);
  }

  void load_formats(const std::string& part, std::vector<NumberFormat>& formats) {
    if (part.empty()) return;
    if (!archive_.has(part)) {
      error("missing-part", part, fmt::format("工作簿里缺少 {}", part), kSaveAgain);
      return;
    }
    const auto document = parse(part);
    if (!document) return;
    const pugi::xml_node root = document->document_element();
    std::map<int, NumberFormat> custom;
    for (const pugi::xml_node node : child(root, "numFmts").children())
      if (local_name(node.name()) == "numFmt")
        custom[to_int(attribute(node, "numFmtId"))] = parse_format(attribute(node, "formatCode"));
    for (const pugi::xml_node node : child(root, "cellXfs").children()) {
      if (local_name(node.name()) != "xf") continue;
      const int id = to_int(attribute(node, "numFmtId"));
      const auto found = custom.find(id);
      formats.push_back(found != custom.end() ? found->second : builtin_format(id));
    }
  }

  const package::Archive& archive_;
  std::string_view file_;
  Diagnostics& findings_;
};

}  // namespace

std::string resolve_escapes(std::string text) {
  constexpr size_t kLength = 7;  // _x000D_
  for (size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (at + kLength > text.size() || text[at + kLength - 1] != '_') continue;
    unsigned code = 0;
    const char* first = text.data() + at + 2;
    const auto [end, error] = std::from_chars(first, first + 4, code, 16);
    if (error != std::errc() || end != first + 4) continue;
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (!surrogate) text.replace(at, kLength, to_utf8(static_cast<char32_t>(code)));
  }
  // Old programs leave the carriage return of a line break behind.
  if (text.find('\r') == std::string::npos) return text;
  return replace_all(replace_all(std::move(text), "\r\n", "\n"), "\r", "\n");
}

std::optional<Workbook> load_workbook(const package::Archive& archive, std::string_view file,
                                      Diagnostics& findings) {
  Diagnostics found;
  Workbook book;
  Loader(archive, file, found).load(book);
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  return book;
}

}  // namespace wenshu::xlsx
