// A part with tags, compiled: finished XML text, and between it the steps that depend on the data.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "template/scope.h"
#include "template/tag.h"

namespace wenshu::docx {

struct Step {
  enum class Kind {
    xml,          // `text` as it is
    value,        // the value of `tag`, inside a w:t
    section,      // `body` once for each round of `tag`
    drawing_id,   // a number no other drawing has; `text` is the one of the template
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

// Finds the tags of one part and compiles it; a part without tags gives an empty `tags`. `findings` gets
// every fault of its tags and sections, then nothing is returned. `part` is its name in the container, `file`
// the container's.
std::optional<Part> compile_part(std::string_view bytes, const std::string& file, const std::string& part,
                                 UsedIds& used, Diagnostics& findings);

// Runs programs against one scope; ids stay unique over all parts that one renderer makes.
class Renderer {
 public:
  Renderer(templates::Scope& scope, const UsedIds& used) : scope_(scope), used_(used) {}
  std::string render(const Part& part);

 private:
  enum class Family { drawing, control, bookmark };
  void run(const Part& part, const Program& program);
  void put_value(const std::string& text);
  std::string fresh_id(Family family, const std::string& original);

  templates::Scope& scope_;
  const UsedIds& used_;
  std::string out_;
  std::vector<size_t> tables_;  // where the open tables begin in out_
  std::set<std::pair<Family, std::string>> taken_;
  std::map<Family, long long> last_;
  std::map<std::string, std::string> bookmarks_;  // number in the template -> number now
  std::set<std::string> bookmark_names_;
};

}  // namespace wenshu::docx
