// The body of a notice as a clerk pastes it, one paragraph a line, and its levels (GB/T 9704 7.3.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wenshu::notice {

// level 1 一、 2 （一） 3 1. 4 （1）, 0 for none. `heading` holds the number and the heading sentence with
// its 。, `text` what follows it in the same paragraph. A paragraph of level 0 has text alone, and so has one of level 1
// or 2 that is a single long sentence; one with a colon before them is headed by what stands before it. Where one
// is text its neighbours of the same level are, too.
struct BodyParagraph {
  int level = 0;
  std::string heading;
  std::string text;
};

// Blank lines separate nothing and are left out, blanks at both ends of a line too. Half-width (一) and 1．
// are recognised. Numbers stay as written: they may run on across headings of a higher level.
std::vector<BodyParagraph> parse_body(std::string_view body);

}  // namespace wenshu::notice
