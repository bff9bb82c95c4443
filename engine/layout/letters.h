// The characters of paragraphs with the faces that draw them; inside this room only.
#pragma once

#include <array>
#include <set>
#include <string_view>
#include <vector>

#include "base/character_table.h"
#include "base/diagnostic.h"
#include "document/document.h"
#include "font/faces.h"
#include "font/report.h"

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
  Lettering(const font::Faces& faces, Place where, Diagnostics& findings)
      : faces_(faces), fall_backs_(faces), where_(std::move(where)), findings_(findings) {}

  // The letters point into the paragraph.
  std::vector<Letter> letters(const document::Paragraph& paragraph);
  bool is_complete() const { return reported_.empty(); }
  void report_fall_backs() { fall_backs_.report("", where_, findings_); }

 private:
  struct Found {
    bool is_known = false;
    const font::Face* face = nullptr;
    char32_t drawn = 0;
    double em = 0;
  };
  static constexpr size_t kFaces = 5;
  const Found& find(document::Face role, char32_t character);
  void report(char32_t character, const document::Paragraph& paragraph);

  const font::Faces& faces_;
  font::FallBacks fall_backs_;
  Place where_;
  Diagnostics& findings_;
  std::array<CharacterTable<Found>, kFaces> found_;
  std::set<char32_t> reported_;
};

}  // namespace wenshu::layout
