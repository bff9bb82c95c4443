// Lists that are numbered by a style alone (标题 1 as 一、二、三): written out in the paragraphs, so that they can begin anew for
// each record like other lists.
#pragma once

#include <map>
#include <string>

#include "docx/place_tags.h"
#include "package/archive.h"
#include "xml/tree.h"

namespace wenshu::docx {

struct StyleNumber {
  std::string number;  // w:numId
  std::string level;   // w:ilvl
  std::string indent;  // finished w:ind that goes before the list's own, or ""
};
using StyleNumbers = std::map<std::string, StyleNumber>;  // by style id

StyleNumbers read_style_numbers(const package::Archive& archive);

// Behind place_tags(), before the marks. Nothing is changed where no section repeats such a paragraph.
void write_out_style_numbers(pugi::xml_node root, const StyleNumbers& styles, const PlacedTags& placed);

}  // namespace wenshu::docx
