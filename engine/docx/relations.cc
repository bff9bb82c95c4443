#include "docx/relations.h"

#include <algorithm>
#include <string_view>

#include "xml/tree.h"

namespace wenshu::docx {

std::string resolve_target(const std::string& part, const std::string& target) {
  std::string name = target.starts_with("/") ? "" : part.substr(0, part.rfind('/') + 1);
  for (std::string_view rest = target; !rest.empty();) {
    const std::string_view step = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(step.size() + 1, rest.size()));
    if (step == "..") {
      if (!name.empty()) name.pop_back();
      name.resize(name.rfind('/') + 1);
    } else if (!step.empty() && step != ".") {
      name += step;
      if (!rest.empty()) name += '/';
    }
  }
  return name;
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
