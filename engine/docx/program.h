// A part with tags, compiled: finished XML text, and between it the steps that
// depend on the data.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "template/tag.h"

namespace wenshu::docx {

class Hook;         // mark.h
class SectionHook;  // mark.h

struct Step {
  enum class Kind {
    xml,          // `text` as it is
    value,        // the value of `tag`, inside a w:t
    plain_value,  // the same in an attribute or a text that knows no line ends
    section,      // `body` once for each round of `tag`
    hook,         // what a mark does at this place, with `body`
    drawing_id,   // a number no other drawing has; `text` is the one of the
                  // template
    control_id,   // the same of content controls
    bookmark_id,  // begins a bookmark: number and, in the next step, name
    bookmark_name,
    bookmark_end,  // the number its beginning got
    table_begin,   // a table left without rows is taken out again
    table_end,
    container_end,  // a cell must end in a paragraph
  };
  Kind kind = Kind::xml;
  std::string text;
  size_t tag = 0;
  std::vector<Step> body;
  std::shared_ptr<const Hook> hook = {};
  std::vector<std::shared_ptr<const SectionHook>> section_hooks = {};  // of marks, as written in the tag
};
using Program = std::vector<Step>;

struct Part {
  std::string name;  // word/document.xml
  std::vector<templates::Tag> tags;
  std::vector<Place> places;  // parallel to tags
  Program program;
};

// The numbers used in the template, over all its parts.
struct UsedIds {
  std::set<long long> drawings, controls, bookmarks;
  std::set<std::string> bookmark_names;
};

// Finds the tags of one part and compiles it; a part without tags gives an
// empty `tags`. `findings` gets every fault of its tags and sections, then
// nothing is returned. `part` is its name in the container, `file` the
// container's.
std::optional<Part> compile_part(std::string_view bytes, const std::string& file, const std::string& part,
                                 const templates::Delimiters& delimiters, UsedIds& used,
                                 Diagnostics& findings);

}  // namespace wenshu::docx
