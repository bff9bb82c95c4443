// What a part of a Word file refers to by ids.
#pragma once

#include <map>
#include <string>

#include "package/archive.h"

namespace wenshu::docx {

struct Relation {
  std::string type;       // the last word of the type's address: image, hyperlink
  std::string full_type;  // the whole
  std::string target;     // a name in the container, or an address when `external`
  bool external = false;
};

// By id; empty for a part without relations, or with ones that cannot be read.
std::map<std::string, Relation> read_relations(const package::Archive& archive, const std::string& part);

// "/word/media/a.png", "media/a.png", "./a.png", "../a.png" as a relation of `part` has them: the name in the container.
std::string resolve_target(const std::string& part, const std::string& target);

}  // namespace wenshu::docx
