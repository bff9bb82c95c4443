#include "docx/additions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "docx/write_parts.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kRelationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char* kNoRelations =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

std::string relations_of(const std::string& owner) {
  const size_t slash = owner.rfind('/') + 1;
  return owner.substr(0, slash) + "_rels/" + owner.substr(slash) + ".rels";
}

std::string escape(const std::string& text) {
  return replace_all(replace_all(replace_all(text, "&", "&amp;"), "\"", "&quot;"), "<", "&lt;");
}

// Before the end of the root, which may be written short.
std::string insert_at_end(std::string xml, const std::string& root, const std::string& element) {
  const size_t end = xml.rfind("</" + root);
  if (end != std::string::npos) return xml.insert(end, element);
  const size_t close = xml.rfind("/>");
  if (close == std::string::npos) throw Failure("部件的写法认不出：" + root);
  return xml.replace(close, 2, ">" + element + "</" + root + ">");
}

}  // namespace

std::string resolve_target(const std::string& owner, std::string target) {
  if (target.starts_with("/")) return target.substr(1);
  std::string folder = owner.substr(0, owner.rfind('/') + 1);
  while (target.starts_with("../")) {
    target.erase(0, 3);
    if (!folder.empty()) folder.pop_back();
    folder.resize(folder.rfind('/') + 1);
  }
  return folder + target;
}

const std::string* Additions::find(const std::string& name) const {
  const std::string* changed = find_changed(name);
  return changed ? changed : archive_.find(name);
}

const std::string* Additions::find_changed(const std::string& name) const {
  const auto found = changed_.find(name);
  return found == changed_.end() ? nullptr : &found->second;
}

void Additions::put(const std::string& name, std::string bytes) {
  if (!find(name)) added_.push_back(name);
  changed_[name] = std::move(bytes);
}

std::string Additions::add_picture(const std::string& owner, const std::string& extension,
                                   const std::string& bytes) {
  std::string& name = pictures_[bytes];
  if (name.empty()) {
    name = free_name("media/image", extension);
    put(name, bytes);
    add_type(fmt::format("<Default Extension=\"{0}\" ContentType=\"image/{0}\"/>", extension),
             fmt::format("Extension=\"{}\"", extension));
  }
  return relate(owner, "image", name);
}

std::string Additions::add_xml(const std::string& owner, const std::string& kind, std::string bytes) {
  const std::string name = "word/" + kind + ".xml";
  put(name, std::move(bytes));
  add_type(fmt::format("<Override PartName=\"/{}\" ContentType=\"{}{}+xml\"/>", name, kWordPart, kind),
           fmt::format("PartName=\"/{}\"", name));
  return relate(owner, kind, name);
}

std::string Additions::add_part(const std::string& stem, const std::string& extension,
                                const std::string& content_type, std::string bytes) {
  std::string name = free_name(stem, extension);
  put(name, std::move(bytes));
  add_type(fmt::format("<Override PartName=\"/{}\" ContentType=\"{}\"/>", name, content_type),
           fmt::format("PartName=\"/{}\"", name));
  return name;
}

std::string Additions::add_link(const std::string& owner, const std::string& address) {
  return add_relation(owner, "hyperlink", address, true);
}

std::string Additions::relate(const std::string& owner, const std::string& kind, const std::string& name) {
  return add_relation(owner, kind, "/" + name, false);
}

std::string Additions::add_relation(const std::string& owner, const std::string& type,
                                    const std::string& target, bool external) {
  std::string& id = known_[{owner, target}];
  if (!id.empty()) return id;
  const std::string* present = archive_.find(relations_of(owner));
  for (size_t n = known_.size();; ++n) {
    id = fmt::format("rIdW{}", n);
    if (!present || present->find("\"" + id + "\"") == std::string::npos) break;
  }
  relations_[owner] +=
      fmt::format("<Relationship Id=\"{}\" Type=\"{}{}\" Target=\"{}\"{}/>", id, kRelationTypes, type,
                  escape(target), external ? " TargetMode=\"External\"" : "");
  return id;
}

void Additions::add_type(std::string element, const std::string& key) {
  if (archive_.read(kContentTypes).find(key) == std::string::npos) types_.emplace(key, std::move(element));
}

void Additions::finish() {
  for (const auto& [owner, elements] : relations_) {
    const std::string name = relations_of(owner);
    const std::string* present = find(name);
    put(name, insert_at_end(present ? *present : kNoRelations, "Relationships", elements));
  }
  std::string elements;
  for (const auto& [key, element] : types_) elements += element;
  if (!elements.empty()) put(kContentTypes, insert_at_end(archive_.read(kContentTypes), "Types", elements));
}

std::string Additions::free_name(const std::string& stem, const std::string& extension) const {
  for (size_t n = 1;; ++n) {
    std::string name = fmt::format("word/{}{}.{}", stem, n, extension);
    if (!find(name)) return name;
  }
}

std::string Additions::find_related(const std::string& owner, std::string_view kind) const {
  const std::string name = relations_of(owner);
  const std::string* bytes = find(name);
  Diagnostics unheard;
  const auto tree = bytes ? xml::parse_part(*bytes, "", name, unheard) : std::nullopt;
  if (!tree) return {};
  for (const pugi::xml_node& each : tree->document_element().children("Relationship")) {
    const std::string_view type = each.attribute("Type").value();
    if (type.substr(type.rfind('/') + 1) == kind)
      return resolve_target(owner, each.attribute("Target").value());
  }
  return {};
}

}  // namespace wenshu::docx
