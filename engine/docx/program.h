// A part with tags, compiled: finished XML text, and between it the steps that
// depend on the data.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "docx/style_numbers.h"
#include "template/tag.h"

namespace wenshu::docx {

class Hook;         // mark.h
class SectionHook;  // mark.h

// What must differ everywhere in a package: drawings (wp:docPr), content controls, and what a text is annotated with.
enum class Family { drawing, control, bookmark, permission, revision };

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
    range_id,     // begins a range of `family`: bookmark or permission
    range_end,    // the number its beginning got
    bookmark_name,
    revision_id,  // of a tracked change
    once,         // `text` where it is come upon first: a comment hangs on one place only
    table_begin,  // a table left without rows is taken out again
    table_end,
    table_apart,     // a table behind a table would become one with it: an empty paragraph comes between
    container_end,   // a cell must end in a paragraph
    note,            // a footnote or endnote, `body`; `text` is note_name() of the template's number
    note_id,         // the number that the note being written gets
    note_reference,  // `text` as of `note`; in a repeated place each round gets a note of its own
  };
  Kind kind = Kind::xml;
  std::string text;
  size_t tag = 0;
  std::vector<Step> body;
  std::shared_ptr<const Hook> hook = {};
  std::vector<std::shared_ptr<const SectionHook>> section_hooks = {};  // of marks, as written in the tag
  Family family = Family::bookmark;                                    // of range_id and range_end
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
  std::set<long long> drawings, controls;
  std::set<long long> annotations;  // bookmarks, permissions, tracked changes: Word counts them together
  std::set<std::string> bookmark_names;
  std::set<std::string> repeated_notes;  // note_name() of those that a repeated place refers to
};

// "footnote 2": a note of the template. `element`: w:footnote, w:footnoteReference, w:endnote …
std::string note_name(std::string_view element, std::string_view id);

// The notes of all parts, for those that are written once for each round.
struct Note {
  const Part* part = nullptr;
  const Step* step = nullptr;
};
using Notes = std::map<std::string, Note>;
Notes find_notes(const std::vector<Part>& parts);

// Finds the tags of one part and compiles it; a part without tags gives an
// empty `tags`. `findings` gets every fault of its tags and sections, then
// nothing is returned. `part` is its name in the container, `file` the
// container's.
struct PartReading {
  templates::Delimiters delimiters = {};
  bool for_each_row = false;             // all of the body is a section over `rows`
  std::set<std::string> relations = {};  // ids of the part whose targets are there
  StyleNumbers styles = {};
};
std::optional<Part> compile_part(std::string_view bytes, const std::string& file, const std::string& part,
                                 const PartReading& reading, UsedIds& used, Diagnostics& findings);

}  // namespace wenshu::docx
