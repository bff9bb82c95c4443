// A page's content stream (ISO 32000-1, 8 and 9); inside this room only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "document/placed.h"
#include "pdf/fonts.h"

namespace wenshu::pdf {

struct Names {
  const Fonts& fonts;
  std::function<const std::string&(const picture::Pixels*)> picture;
  std::function<const std::string&(const document::PlacedPage*)> ground;
};

// The graphics state in which pictures with transparency are drawn: like ink, a seal lets the words under it
// show.
constexpr std::string_view kInk = "Ink";

std::string make_content(const document::PlacedPage& page, const Names& names);

}  // namespace wenshu::pdf
