// How a body is parted between its pages, so that the signature never stands on one without text of it (GB/T 9704-2012
// 7.3.5.4); inside this room only.
#pragma once

#include <optional>

namespace wenshu::notice {

// Everything in lines, as far as their number can be told without the fonts.
struct BodyLines {
  int room = 0;   // page 1 has for the body
  int all = 0;    // of the body
  int least = 1;  // stay on page 1: headings and what they head
  int after = 0;  // taken by all that follows the body up to the signature and its note
};

struct Parting {
  bool is_possible = true;
  // Lines that pages 1 and 2 are to keep of the body; nothing: as many as they have room for.
  std::optional<int> on_first = {}, on_second = {};
  // The signature finds room behind the last line of the body without any of this.
  bool fits = false;
};

// REQUIRES: body and signature together have no room on page 1. At least one line of the body, two where it has them,
// goes to the page of the signature.
Parting find_parting(const BodyLines& body);

}  // namespace wenshu::notice
