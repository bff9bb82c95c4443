#include "docx/read_parts.h"

#include <algorithm>

#include "docx/relations.h"

namespace wenshu::docx {
namespace {

constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // MS-CFB
constexpr const char* kWanted[] = {"styles", "numbering", "settings", "theme", "header", "footer"};

std::string last_word(std::string_view type) { return std::string(type.substr(type.rfind('/') + 1)); }

void add_sections(const pugi::xml_node& node, std::vector<pugi::xml_node>& found) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:p") {
      if (const auto section = child.child("w:pPr").child("w:sectPr")) found.push_back(section);
    } else if (name == "w:sdt" || name == "w:sdtContent") {
      add_sections(child, found);
    } else if (name == "w:sectPr") {
      found.push_back(child);
    }
  }
}

}  // namespace

std::vector<pugi::xml_node> find_sections(const pugi::xml_node& body) {
  std::vector<pugi::xml_node> found;
  add_sections(body, found);
  return found;
}

class PartsOpener {
 public:
  PartsOpener(std::string_view file, Diagnostics& findings) : file_(file), findings_(findings) {}

  std::optional<Parts> open(std::string_view bytes) {
    if (bytes.substr(0, kCompoundFile.size()) == kCompoundFile) {
      error("word-locked-or-old", "文件加了打开密码，或者是旧的 .doc 格式，读不了",
            "用 Word 或 WPS 去掉密码，另存为 .docx");
      return std::nullopt;
    }
    auto archive = package::open_archive(bytes, file_, findings_);
    if (!archive) return std::nullopt;
    parts_.archive_ = std::move(*archive);
    parts_.main_name_ = find_main();
    if (!parts_.archive_.has(parts_.main_name_) || !parse(parts_.main_name_)) return refuse();
    if (!parts_.body()) return refuse();
    read_relations();
    for (const auto& [id, relation] : parts_.relations_)
      if (std::find(std::begin(kWanted), std::end(kWanted), relation.type) != std::end(kWanted))
        parse(relation.target);
    warn_of_macros();
    if (findings_.has_errors()) return std::nullopt;
    return std::move(parts_);
  }

 private:
  void error(const char* code, std::string message, std::string hint) {
    findings_.error(code, {file_}, std::move(message), std::move(hint));
  }

  std::optional<Parts> refuse() {
    if (!findings_.has_errors())
      error("not-a-docx", "这不是 Word 文件（里面没有 word/document.xml）", "用 Word 或 WPS 另存为 .docx");
    return std::nullopt;
  }

  // False when the part has a finding; a part that is not there is none.
  bool parse(const std::string& name) {
    const std::string* bytes = parts_.archive_.find(name);
    if (!bytes || parts_.trees_.count(name) > 0) return true;
    auto tree = xml::parse_part(*bytes, file_, name, findings_);
    if (!tree) return false;
    parts_.trees_.emplace(name, std::make_unique<pugi::xml_document>(std::move(*tree)));
    return true;
  }

  std::string find_main() {
    constexpr const char* kRelations = "_rels/.rels";
    if (!parts_.archive_.has(kRelations) || !parse(kRelations)) return "word/document.xml";
    const auto root = parts_.root_of(kRelations);
    for (const pugi::xml_node& each : root.children("Relationship"))
      if (last_word(each.attribute("Type").value()) == "officeDocument")
        return resolve_target("", each.attribute("Target").value());
    return "word/document.xml";
  }

  void read_relations() {
    const size_t slash = parts_.main_name_.rfind('/') + 1;
    const std::string name =
        parts_.main_name_.substr(0, slash) + "_rels/" + parts_.main_name_.substr(slash) + ".rels";
    if (!parse(name)) return;
    for (const pugi::xml_node& each : parts_.root_of(name).children("Relationship"))
      if (std::string_view(each.attribute("TargetMode").value()) != "External")
        parts_.relations_[each.attribute("Id").value()] = {
            last_word(each.attribute("Type").value()),
            resolve_target(parts_.main_name_, each.attribute("Target").value())};
  }

  void warn_of_macros() {
    const auto& names = parts_.archive_.names();
    if (std::any_of(names.begin(), names.end(),
                    [](const std::string& each) { return each.ends_with("vbaProject.bin"); }))
      findings_.warning("has-macros", {file_}, "文件里有宏，公文不应带宏", "用 Word 另存为不带宏的 .docx");
  }

  std::string file_;
  Diagnostics& findings_;
  Parts parts_;
};

pugi::xml_node Parts::root_of(const std::string& name) const {
  const auto tree = trees_.find(name);
  return tree == trees_.end() ? pugi::xml_node() : tree->second->document_element();
}

pugi::xml_node Parts::root_by_type(std::string_view type) const {
  for (const auto& [id, relation] : relations_)
    if (relation.type == type) return root_of(relation.target);
  return {};
}

std::pair<std::string, pugi::xml_node> Parts::related(const std::string& id) const {
  const auto found = relations_.find(id);
  if (found == relations_.end()) return {};
  return {found->second.target, root_of(found->second.target)};
}

std::optional<Parts> open_parts(std::string_view bytes, std::string_view file, Diagnostics& findings) {
  return PartsOpener(file, findings).open(bytes);
}

}  // namespace wenshu::docx
