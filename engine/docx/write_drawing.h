// Pictures, rules and turned texts that stand at places of their own (DrawingML): floating over the text, in
// front of it, moving none of it.
#pragma once

#include <string>

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

// From which edges the place counts.
enum class Anchor { paragraph, page };  // text area and paragraph, or the paper

struct Box {
  double x_mm = 0, y_mm = 0;  // of the upper left corner
  double width_mm = 0, height_mm = 0;
  Anchor anchor = Anchor::page;
};

// Gives each drawing of a document, headers included, a number of its own: Word calls a file with two of one
// number unreadable.
class Drawings {
 public:
  // All add a <w:r> to the paragraph. `relation` is the id of the picture's part.
  void add_picture(pugi::xml_node paragraph, const Box& box, const std::string& relation,
                   const std::string& description);
  void add_filled(pugi::xml_node paragraph, const Box& box, document::Colour colour);
  // A text box whose lines run down the page; returns its <w:txbxContent>.
  pugi::xml_node add_turned_text(pugi::xml_node paragraph, const Box& box);

 private:
  pugi::xml_node add_anchor(pugi::xml_node run, const Box& box, const char* name,
                            const std::string& description);
  int count_ = 0;
};

// Says on a part's root what the names of its elements mean.
void declare_drawing_names(pugi::xml_node root);

}  // namespace wenshu::docx
