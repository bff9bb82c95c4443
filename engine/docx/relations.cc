#include "docx/relations.h"

#include "xml/tree.h"

namespace wenshu::docx {

std::string resolve_target(const std::string& part, std::string target) {
  if (target.starts_with("/")) return target.substr(1);
  std::string folder = part.substr(0, part.rfind('/') + 1);
  while (target.starts_with("../")) {
    target.erase(0, 3);
    if (!folder.empty()) folder.pop_back();
    folder.resize(folder.rfind('/') + 1);
  }
  return folder + target;
}

std::map<std::string, Relation> read_relations(const package::Archive& archive, const std::string& part) {
  std::map<std::string, Relation> relations;
  const size_t slash = part.rfind('/') + 1;
  const std::string name = part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
  const std::string* bytes = archive.find(name);
  Diagnostics unheard;
  const auto tree = bytes ? xml::parse_part(*bytes, "", name, unheard) : std::nullopt;
  if (!tree) return relations;
  for (const pugi::xml_node& each : tree->document_element().children("Relationship")) {
    Relation relation;
    relation.full_type = each.attribute("Type").value();
    relation.type = relation.full_type.substr(relation.full_type.rfind('/') + 1);
    relation.external = std::string_view(each.attribute("TargetMode").value()) == "External";
    const std::string target = each.attribute("Target").value();
    relation.target = relation.external ? target : resolve_target(part, target);
    relations[each.attribute("Id").value()] = std::move(relation);
  }
  return relations;
}

}  // namespace wenshu::docx
