// The characters of paragraphs with the faces that draw them; inside this room only.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/character_table.h"
#include "base/diagnostic.h"
#include "document/document.h"
#include "font/faces.h"
#include "layout/place.h"

namespace wenshu::layout {

constexpr double kMillimetres = 25.4 / 72;  // of a point

struct Letter {
  char32_t character = 0;            // '\n' ends a line, '\t' is a tab: neither is drawn
  char32_t drawn = 0;                // a plain blank for blanks that no face has
  const font::Face* face = nullptr;  // null for '\n' and '\t'
  const document::Run* run = nullptr;
  double advance = 0;  // mm, as Word counts: decides where lines break
  double cell = 0;     // mm, on the grid of the standard: how far the next letter stands
};

// Where Word counts 15.75 points for a character of 3号 (it knows twentieths of a point), the standard's line
// of 28 has 156/28 mm: what a run's characters stand further apart on the grid.
double grid_excess(const document::Run& run);
// One character of the paragraph's first run, which indents count in.
double unit_of(const document::Paragraph& paragraph);       // mm, as Word counts
double grid_unit_of(const document::Paragraph& paragraph);  // mm, on the grid
double size_of(const document::Paragraph& paragraph);       // mm, of its largest run

std::string_view role_of(document::Face face);

class Lettering {
 public:
  Lettering(const font::Faces& faces, const Locate& locate, Diagnostics& findings)
      : faces_(faces), locate_(locate), findings_(findings) {}

  // The letters point into the paragraph.
  std::vector<Letter> letters(const document::Paragraph& paragraph);
  bool is_complete() const { return reported_.empty(); }
  void report_fall_backs() const;

 private:
  struct Found {
    bool is_known = false;
    const font::Face* face = nullptr;
    char32_t drawn = 0;
    double em = 0;
  };
  static constexpr size_t kFaces = 5;
  const Found& find(document::Face role, char32_t character, const document::Paragraph& paragraph);
  void report(char32_t character, const document::Paragraph& paragraph);

  // A character that another face than the role's own draws, in the paragraph that was the first to have it.
  struct FallBack {
    document::Face role;
    char32_t character;
    const font::Face* face;
    std::string paragraph;
  };

  const font::Faces& faces_;
  std::vector<FallBack> fall_backs_;
  const Locate& locate_;
  Diagnostics& findings_;
  std::array<CharacterTable<Found>, kFaces> found_;
  std::set<char32_t> reported_;
};

}  // namespace wenshu::layout
