// The characters of one paragraph of a Word file in order, and the elements that hold them: what the reader for
// the lint and the amender must see alike.
#pragma once

#include <string>
#include <vector>

#include "xml/tree.h"

namespace wenshu::docx {

struct Inline {
  enum class Kind { text, tab, line_break, page_break, drawing } kind = Kind::text;
  pugi::xml_node run;   // w:r
  pugi::xml_node node;  // w:t, w:tab, w:br, w:drawing, w:pict …
  std::string text;  // as it counts: "\t" for a tab, "\n" for a line break, "" for drawings and page breaks
  bool page_number = false;  // shown by a PAGE field
};

// Deleted text of tracked changes, field codes and text boxes are left out.
std::vector<Inline> read_inline(const pugi::xml_node& paragraph);

// All w:p below `root` in the order of the file; their index is ObservedParagraph::number.
std::vector<pugi::xml_node> all_paragraphs(const pugi::xml_node& root);

}  // namespace wenshu::docx
