#include "docx/mail_merge_source.h"

#include <algorithm>
#include <optional>

#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kSettings = "word/settings.xml";
constexpr const char* kRelations = "word/_rels/settings.xml.rels";
constexpr const char* kContentTypes = "[Content_Types].xml";

bool serves_merging(std::string_view type) {
  for (const std::string_view word : {"/mailMergeSource", "/mailMergeHeaderSource", "/recipientData"})
    if (type.ends_with(word)) return true;
  return false;
}

void drop_relations(pugi::xml_node root, std::vector<std::string>& dropped) {
  for (pugi::xml_node relation = root.first_child(); relation;) {
    const pugi::xml_node next = relation.next_sibling();
    if (serves_merging(relation.attribute("Type").value())) {
      const std::string target = relation.attribute("Target").value();
      if (std::string_view(relation.attribute("TargetMode").value()) != "External")
        dropped.push_back(target.starts_with("/") ? target.substr(1) : "word/" + target);
      root.remove_child(relation);
    }
    relation = next;
  }
}

void drop_types(pugi::xml_node root, const std::vector<std::string>& dropped) {
  for (pugi::xml_node type = root.first_child(); type;) {
    const pugi::xml_node next = type.next_sibling();
    const std::string name = type.attribute("PartName").value();
    if (std::any_of(dropped.begin(), dropped.end(),
                    [&](const std::string& part) { return name == "/" + part; }))
      root.remove_child(type);
    type = next;
  }
}

}  // namespace

MergeSource cut_source(const package::Archive& archive, std::string_view display_name, Diagnostics& findings,
                       std::map<std::string, std::string>& changed) {
  MergeSource source;
  const auto edit = [&](const char* name, const auto& change) {
    const std::string* bytes = archive.find(name);
    auto part = bytes ? xml::parse_part(*bytes, display_name, name, findings) : std::nullopt;
    if (part && change(part->document_element())) changed[name] = xml::to_bytes(*part);
  };
  edit(kSettings, [&](pugi::xml_node root) {
    const pugi::xml_node merge = root.child("w:mailMerge");
    source.is_directory =
        std::string_view(merge.child("w:mainDocumentType").attribute("w:val").value()) == "catalog";
    return root.remove_child(merge);
  });
  edit(kRelations, [&](pugi::xml_node root) {
    drop_relations(root, source.dropped);
    return true;
  });
  edit(kContentTypes, [&](pugi::xml_node root) {
    drop_types(root, source.dropped);
    return !source.dropped.empty();
  });
  return source;
}

}  // namespace wenshu::docx
