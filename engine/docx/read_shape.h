// Pictures, lines and text boxes that float (DrawingML and VML); for read.cc.
#pragma once

#include "document/observed.h"
#include "xml/tree.h"

namespace wenshu::docx {

// Of w:drawing or w:pict on a page of this section. One that stands in the text like a character has neither
// place nor side.
document::ObservedShape read_shape(const pugi::xml_node& drawing, const document::ObservedSection& section);
// Of w:framePr, which makes a box of its paragraph.
document::ObservedShape read_frame(const pugi::xml_node& frame, const document::ObservedSection& section);

// w:txbxContent below, null when there is none.
pugi::xml_node find_box(const pugi::xml_node& drawing);

}  // namespace wenshu::docx
