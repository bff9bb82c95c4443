// What a blank holds for its pens; inside this room only.
#pragma once

#include <memory>
#include <vector>

#include "certificate/blank.h"
#include "certificate/words.h"

namespace wenshu::certificate {

struct Blank::Inside {
  const Sheet& sheet;
  data::Value values;
  const font::Faces& faces;
  Pictures pictures;
  std::vector<std::shared_ptr<const document::PlacedPage>> grounds;  // by side
  font::Characters fixed;

  struct PersonalText {  // a text that differs from person to person
    const Text* text = nullptr;
    std::vector<Words> runs;  // parallel to text->runs
  };
  struct PersonalSide {
    std::vector<PersonalText> texts;
    std::optional<Words> qr;
    std::vector<document::PlacedPicture> under, over;  // of the data: background, seal
  };
  std::vector<PersonalSide> sides;
};

// A picture as large as the box allows, in its middle.
document::PlacedPicture place_picture(std::shared_ptr<const picture::Pixels> pixels, const Box& box);

// As text that runs down wants it: brackets and marks in their upright forms.
char32_t upright(char32_t character);

}  // namespace wenshu::certificate
