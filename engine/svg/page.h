// Placed pages as SVG pictures, which look the same in every browser: characters are drawn as their outlines, and
// their words lie invisibly over them for searching and copying.
#pragma once

#include <string>

#include "document/placed.h"
#include "font/faces.h"

namespace wenshu::svg {

// One page; `title` names it. REQUIRES: the page's characters are in its faces; no pictures and no ground (what
// layout/ places has none).
std::string draw_page(const document::PlacedPage& page, const font::Faces& faces, const std::string& title);

}  // namespace wenshu::svg
