// What filling does to the tree of a part besides tags in its text and their marks.
#pragma once

#include <set>
#include <string>

#include "docx/mark.h"
#include "docx/place_tags.h"
#include "docx/style_numbers.h"
#include "xml/tree.h"

namespace wenshu::docx {

// A picture whose alternative text is one tag, {{照片}}: the file that the data name takes its place, in its frame. First
// find, behind place_tags(), then, when all is well, mark.
void find_alt_pictures(pugi::xml_node root, PlacedTags& placed);
void mark_alt_pictures(pugi::xml_node root, const PlacedTags& placed, Marking& marking);

// A check box of Word (a content control) with one tag inside: its box and its state follow the value.
void mark_check_boxes(pugi::xml_node root, const PlacedTags& placed, Marking& marking);

// `dangling-relationship` for each id that the part uses and that is none of `known`; `part` is its file and name.
void check_relations(const pugi::xml_node& root, const std::string& prefix,
                     const std::set<std::string>& known, const Place& part, Diagnostics& findings);

// Puts a section over the data's `rows` around all that stands in the body: {{#rows | new-section}}, where the template
// has lists with `restart`. A template with a section `rows` of its own is refused (`already-repeats`).
void repeat_body(pugi::xml_node root, const Place& place, const StyleNumbers& styles, PlacedTags& placed,
                 Diagnostics& findings);

// Stands in place of the w:vMerge of a cell.
class MergesDown : public Hook {};

// Rows that come and go never leave a cell that goes on (w:vMerge) without one that begins. Before marks are looked at.
void keep_vertical_merges(pugi::xml_node root, Marking& marking);

// Cross-references and links inside a record lead to the record's own bookmarks, whose names differ. Behind all marks.
void follow_bookmarks(const pugi::xml_node& root, PlacedTags& placed, Marking& marking);

// Fields of Word (a link, a page number) that a section would tear apart: `section-spans`. Behind place_tags().
void check_fields(const pugi::xml_node& root, const PlacedTags& placed, Diagnostics& findings);

// Tables of contents and other fields that count pages are told to be worked out anew when Word opens the file, and so are
// those (but links) whose code holds a tag: what they show is the template's.
void mark_stale_fields(pugi::xml_node root, const PlacedTags& placed);

}  // namespace wenshu::docx
