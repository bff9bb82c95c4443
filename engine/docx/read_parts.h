// The parts of a Word file that its reader wants, found by their relations; for read.cc and amend.cc.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "package/archive.h"
#include "xml/tree.h"

namespace wenshu::docx {

class Parts {
 public:
  const package::Archive& archive() const { return archive_; }
  const std::string& main_name() const { return main_name_; }  // word/document.xml
  pugi::xml_document& main() { return *trees_.at(main_name_); }
  pugi::xml_node main_root() const { return root_of(main_name_); }
  pugi::xml_node body() const { return main_root().child("w:body"); }
  // Null where the file has no such part.
  pugi::xml_node styles() const { return root_by_type("styles"); }
  pugi::xml_node numbering() const { return root_by_type("numbering"); }
  pugi::xml_node settings() const { return root_by_type("settings"); }
  pugi::xml_node theme() const { return root_by_type("theme"); }
  // Name and root element of the part with this id among the relations of the body.
  std::pair<std::string, pugi::xml_node> related(const std::string& id) const;

 private:
  friend std::optional<Parts> open_parts(std::string_view, std::string_view, Diagnostics&);
  friend class PartsOpener;
  struct Relation {
    std::string type, target;  // the last word of the type; a name in the container
  };
  pugi::xml_node root_of(const std::string& name) const;
  pugi::xml_node root_by_type(std::string_view type) const;

  package::Archive archive_;
  std::string main_name_;
  std::map<std::string, Relation> relations_;
  std::map<std::string, std::unique_ptr<pugi::xml_document>> trees_;
};

// The elements w:sectPr below, in the order of the file: each stands in the last paragraph of its section, the last
// one in the body.
std::vector<pugi::xml_node> find_sections(const pugi::xml_node& body);

// Codes: see read.h.
std::optional<Parts> open_parts(std::string_view bytes, std::string_view file, Diagnostics& findings);

}  // namespace wenshu::docx
