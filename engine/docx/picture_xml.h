// Pictures of a filled document as DrawingML: in the text like a character, or floating. Lengths are EMU
// (picture/measure.h).
#pragma once

#include <string>

#include "docx/render.h"

namespace wenshu::docx {

struct PictureBox {
  long long width = 0, height = 0;
};

// As much of `box` as the picture fills without being stretched; a side of 0 follows from the other one, of two the picture's
// own size counts.
PictureBox fit_into(const PictureBox& picture, const PictureBox& box);

// Finished runs. `target` comes from PackageEdit::add_media; `format` is the finished w:rPr.
std::string inline_picture(Renderer& renderer, const std::string& target, const PictureBox& box,
                           const std::string& description, const std::string& format);

struct FloatingPlace {
  const char* across_from = "column";  // ST_RelFromH
  long long across = 0;
  const char* down_from = "paragraph";  // ST_RelFromV
  long long down = 0;
  bool behind = false;  // the text
};
std::string floating_picture(Renderer& renderer, const std::string& target, const PictureBox& box,
                             const FloatingPlace& place, const std::string& description);

}  // namespace wenshu::docx
