// The fields of a Word part: simple ones (w:fldSimple) and complex ones (w:fldChar begin … separate … end), with
// the fields that stand inside them.
#pragma once

#include <string>
#include <vector>

#include "xml/tree.h"

namespace wenshu::docx {

struct Field;

// A piece of an instruction: text, or a field in its place.
struct InstructionPart {
  std::string text;
  std::vector<Field> field;  // one, or none
};

struct Field {
  std::vector<InstructionPart> instruction;  //  MERGEFIELD 姓名 \* MERGEFORMAT
  std::vector<Field> result;                 // fields in what it shows
  pugi::xml_node first, last;                // from w:r to w:r, or the one w:fldSimple
  pugi::xml_node shown;                      // the first run of what it shows; may be null
  pugi::xml_node paragraph;

  bool in_one_place() const { return first.parent() == last.parent(); }
};

// The fields below `root` that are in no other field, in order. Runs that hold parts of fields are split so that
// each holds one; unfinished fields are left out, deleted text is not looked at.
std::vector<Field> collect_fields(pugi::xml_node root);

}  // namespace wenshu::docx
