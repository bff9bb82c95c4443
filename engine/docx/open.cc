#include "docx/open.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "docx/relations.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kRelations = ".rels";

struct Usual {
  std::string_view type, name;  // the last word of the relationship's type
};
constexpr std::array<Usual, 3> kOfPackage = {{{"core-properties", "docProps/core.xml"},
                                              {"extended-properties", "docProps/app.xml"},
                                              {"custom-properties", "docProps/custom.xml"}}};
constexpr std::array<Usual, 6> kOfMain = {{{"footnotes", "word/footnotes.xml"},
                                           {"endnotes", "word/endnotes.xml"},
                                           {"comments", "word/comments.xml"},
                                           {"styles", "word/styles.xml"},
                                           {"numbering", "word/numbering.xml"},
                                           {"settings", "word/settings.xml"}}};
constexpr const char* kMain = "word/document.xml";

// word/document.xml → word/_rels/document.xml.rels
std::string relations_name(const std::string& part) {
  const size_t name = part.rfind('/') + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + kRelations;
}

// word/_rels/document.xml.rels → word/document.xml; "" for _rels/.rels and what holds no relationships.
std::string owner_of(const std::string& relations) {
  const size_t name = relations.rfind('/') + 1;
  const std::string folder = relations.substr(0, name);
  if (!folder.ends_with("_rels/") || !relations.ends_with(kRelations)) return {};
  const size_t length = relations.size() - name - std::string_view(kRelations).size();
  return length == 0 ? std::string() : folder.substr(0, folder.size() - 6) + relations.substr(name, length);
}

// Which parts stand under other names than the usual ones, and what they are to be called.
class Renaming {
 public:
  explicit Renaming(const package::Archive& archive) : archive_(archive) {
    if (!archive.has(kContentTypes)) return;
    const auto of_package = read_relations(archive, "");
    const auto main = std::find_if(of_package.begin(), of_package.end(), [&](const auto& each) {
      return each.second.type == "officeDocument" && leads_to_part(each.second);
    });
    if (main == of_package.end()) return;
    rename(main->second.target, kMain);
    for (const auto& [id, relation] : of_package) rename_usual(relation, kOfPackage);
    for (const auto& [id, relation] : read_relations(archive, main->second.target)) {
      rename_usual(relation, kOfMain);
      for (const char* kind : {"header", "footer"})
        if (relation.type == kind && leads_to_part(relation)) rename_numbered(relation.target, kind);
    }
  }

  bool empty() const { return names_.empty(); }

  std::string apply() const {
    package::ArchiveWriter writer;
    for (const std::string& name : archive_.names()) {
      const std::string owner = owner_of(name);
      const std::string now = owner.empty() ? renamed(name) : relations_name(renamed(owner));
      if (is_stray(owner)) continue;
      if (name == kContentTypes)
        writer.add(name, content_types());
      else if (name.ends_with(kRelations))
        writer.add(now, relations(name, owner));
      else
        writer.add(now, archive_.packed(name));
    }
    return writer.finish();
  }

 private:
  bool leads_to_part(const Relation& relation) const {
    return !relation.external && archive_.has(relation.target);
  }

  const std::string& renamed(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? name : found->second;
  }

  bool is_taken(const std::string& name) const {
    return archive_.has(name) ||
           std::any_of(names_.begin(), names_.end(), [&](const auto& each) { return each.second == name; });
  }

  // Relationships of a part that is not there, under a name that another part gets.
  bool is_stray(const std::string& owner) const {
    return !owner.empty() && !archive_.has(owner) && is_taken(owner);
  }

  std::string free_name(std::string_view stem) const {
    for (int n = 1;; ++n)
      if (std::string name = fmt::format("{}{}.xml", stem, n); !is_taken(name)) return name;
  }

  // What bears the name without being meant gives way.
  void rename(const std::string& from, const std::string& to) {
    if (from == to || names_.count(from) > 0) return;
    if (archive_.has(to)) names_.emplace(to, free_name("word/unrelated"));
    names_.emplace(from, to);
  }

  template <size_t kCount>
  void rename_usual(const Relation& relation, const std::array<Usual, kCount>& usual) {
    for (const Usual& each : usual)
      if (relation.type == each.type && leads_to_part(relation))
        rename(relation.target, std::string(each.name));
  }

  void rename_numbered(const std::string& from, const std::string& kind) {
    const bool is_usual = from.starts_with("word/" + kind) && from.ends_with(".xml") &&
                          from.find('/', std::string_view("word/").size()) == std::string::npos;
    if (!is_usual && names_.count(from) == 0) names_.emplace(from, free_name("word/" + kind));
  }

  std::string content_types() const {
    Diagnostics unheard;
    auto tree = xml::parse_part(archive_.read(kContentTypes), "", kContentTypes, unheard);
    if (!tree) return archive_.read(kContentTypes);
    pugi::xml_node root = tree->document_element();
    std::map<std::string, std::string> by_extension, missing = names_;
    for (pugi::xml_node each : root.children()) {
      if (const auto extension = each.attribute("Extension"))
        by_extension[extension.value()] = each.attribute("ContentType").value();
      auto part = each.attribute("PartName");
      const std::string name = *part.value() == '/' ? part.value() + 1 : part.value();
      if (names_.count(name) == 0) continue;
      part.set_value(("/" + renamed(name)).c_str());
      missing.erase(name);
    }
    for (const auto& [from, to] : missing) {  // its type hung on the end of its name
      pugi::xml_node one = root.append_child("Override");
      one.append_attribute("PartName").set_value(("/" + to).c_str());
      one.append_attribute("ContentType").set_value(by_extension[from.substr(from.rfind('.') + 1)].c_str());
    }
    return xml::to_bytes(*tree);
  }

  std::string relations(const std::string& name, const std::string& owner) const {
    Diagnostics unheard;
    auto tree = xml::parse_part(archive_.read(name), "", name, unheard);
    if (!tree) return archive_.read(name);
    for (pugi::xml_node each : tree->document_element().children("Relationship")) {
      if (std::string_view(each.attribute("TargetMode").value()) == "External") continue;
      const std::string target = resolve_target(owner, each.attribute("Target").value());
      if (archive_.has(target)) each.attribute("Target").set_value(("/" + renamed(target)).c_str());
    }
    return xml::to_bytes(*tree);
  }

  const package::Archive& archive_;
  std::map<std::string, std::string> names_;
};

}  // namespace

std::optional<package::Archive> open_word(std::string_view bytes, std::string_view file,
                                          Diagnostics& findings) {
  auto archive = package::open_archive(bytes, file, findings);
  if (!archive) return archive;
  const Renaming renaming(*archive);
  return renaming.empty() ? std::move(archive) : package::open_archive(renaming.apply(), file, findings);
}

}  // namespace wenshu::docx
