// A document onto pages: lines, tables and page numbers at their places in millimetres (GB/T 9704-2012). Breaks
// lines and pages by the widths and pitches that the Word file carries too, so that both agree; what is placed
// then stands on the standard's own grid: 28 characters fill 156 mm, and the first and the last character of 22
// lines touch the edges of 225 mm, where Word leaves air above the first.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "document/document.h"
#include "document/placed.h"
#include "font/faces.h"

namespace wenshu::layout {

struct Layout {
  std::vector<document::PlacedPage> pages;  // texts in reading order
  std::vector<document::OutlineEntry> outline;
  bool foot_alone = false;  // 版记 has the last page for itself
};

// Where a character of a paragraph, of which it gets the text, was written.
using Locate = std::function<Place(char32_t character, const std::string& paragraph)>;

// A hint `fallback-face` tells each character that a face of the chain draws in place of the role's own. Nothing when
// a character stands in no font: a finding `uncovered-character` names each of them. Both at the first place.
// `bold` is left to the faces: a role has one weight.
std::optional<Layout> place(const document::Document& document, const font::Faces& faces,
                            const Locate& locate, Diagnostics& findings);
std::optional<Layout> place(const document::Document& document, const font::Faces& faces, const Place& where,
                            Diagnostics& findings);

}  // namespace wenshu::layout
