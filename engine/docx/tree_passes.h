// What filling does to the tree of a part besides tags in its text and their marks.
#pragma once

#include <string>

#include "docx/mark.h"
#include "docx/place_tags.h"
#include "xml/tree.h"

namespace wenshu::docx {

// A picture whose alternative text is one tag, {{照片}}: the file that the data name takes its place, in its frame. The tags are
// added to `placed`. First find, then, when all is well, mark.
void find_alt_pictures(pugi::xml_node root, const std::string& prefix, const std::string& file,
                       const templates::Delimiters& delimiters, PlacedTags& placed);
void mark_alt_pictures(pugi::xml_node root, const PlacedTags& placed, Marking& marking);

// A check box of Word (a content control) with one tag inside: its box and its state follow the value.
void mark_check_boxes(pugi::xml_node root, const PlacedTags& placed, Marking& marking);

// Tables of contents and other fields that count pages are told to be counted anew when Word opens the file.
void mark_stale_fields(pugi::xml_node root);

}  // namespace wenshu::docx
