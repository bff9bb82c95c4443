// 发文机关署名, 印章, 签发人签名章 and 成文日期 (GB/T 9704-2012 7.3.5).
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "chinese/date.h"
#include "notice/compose_parts.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Face;
using document::Floating;
using document::Paragraph;

constexpr double kBodyMm = kSize3 / kPointsPerMm;  // height of a character of 3号
constexpr double kWordPitchMm = kPitch / kPointsPerMm;
constexpr double kDateRight = 4;          // characters
constexpr double kSealGapMm = 1;          // between seals, and above the first: they never touch (7.3.5.1)
constexpr double kSealRowGapMm = 2;       // … from row to row
constexpr double kNameGapMm = 2.5;        // between names
constexpr double kCloseTracking = -1.25;  // pt, of names that have no room otherwise: characters nearly touch
constexpr double kSealRaiseMm = 2.5;      // name and date stand a little below the middle of the seal
constexpr double kNameMiddleMm = kBodyMm / 2;
constexpr double kPairMiddleMm = (kGridPitchMm + kBodyMm) / 2;  // of a name and the date below it
// From the text to the top of the first seal at most: one line, less what Word's lines stand lower (7.3.5.1).
constexpr double kSealDropMm = kWordPitchMm - 0.7;

double height_of(const Picture& picture) {
  return picture.pixels ? picture.width_mm * picture.pixels->height / picture.pixels->width
                        : picture.width_mm;
}

Floating floating(const Picture& picture, double x, double y, std::string description) {
  return {picture.pixels, picture.width_mm, height_of(picture), x, y, std::move(description)};
}

// A seal, or the room that one of the county's would take.
Picture seal_of(const Organ& organ) {
  return organ.seal && organ.seal->pixels ? *organ.seal : Picture{"", kSealWidthMm, {}, nullptr};
}

// Where the first seals of a signature stand: `lines` blank lines above the names, the middles of the seals `middle`
// below the top of the names.
struct SealPlace {
  int lines = 0;
  double middle = 0;
};

// Name and date a little below the middle, the top of the seal within one line of the text.
SealPlace place_seal(double height, double wanted, int spared) {
  const auto gap = [&](int lines, double middle) {
    return (lines + 1) * kGridPitchMm - kBodyMm + middle - height / 2;
  };
  SealPlace place{0, wanted};
  while (gap(place.lines, place.middle) < kSealGapMm) ++place.lines;
  place.lines = std::max(0, place.lines - spared);
  place.middle -= std::max(0.0, gap(place.lines, place.middle) - kSealDropMm);
  place.middle += std::max(0.0, kSealGapMm - gap(place.lines, place.middle));
  return place;
}

Paragraph& add_right(const char* style, const std::string& text, double right, Blocks& blocks) {
  Paragraph& made = add(blocks, paragraph(style, run(text)));
  made.align = Align::right;
  made.right_indent = right;
  return made;
}

SealReach reach_of(double centre, double middle, const Picture& seal) {
  return {centre - seal.width_mm / 2, middle + height_of(seal) / 2 + kSealGapMm - 2 * kGridPitchMm};
}

// One organ with its seal: the date 4 characters from the right, the name centred on it.
SealReach add_sealed(const Organ& organ, const std::string& day, bool tight, Blocks& blocks) {
  const double name_width = width_of(organ.name), day_width = width_of(day);
  const double name_right = std::max(0.0, kDateRight + (day_width - name_width) / 2);
  const double day_right = name_right + (name_width - day_width) / 2;
  const Picture seal = seal_of(organ);
  const SealPlace place = place_seal(height_of(seal), kPairMiddleMm - kSealRaiseMm, tight ? 1 : 0);
  Paragraph& name = add_right("署名", organ.name, name_right, blocks);
  name.space_before_pt = place.lines * kPitch;
  name.keep_with_next = true;
  const double centre = kTextWidthMm - (day_right + day_width / 2) * kCellMm;
  if (seal.pixels) name.floating.push_back(floating(seal, centre, place.middle, organ.name + "印章"));
  add_right("成文日期", day, day_right, blocks);
  return reach_of(centre, place.middle, seal);
}

// One organ or several without seals: the longest name 2 characters from the right, the others under its first
// character, the date 2 characters right of that; a longer date stands 2 from the right itself (7.3.5.2).
void add_unsealed(const Notice& notice, const std::string& day, Blocks& blocks) {
  double widest = 0;
  for (const Organ& organ : notice.organ) widest = std::max(widest, width_of(organ.name));
  const double day_width = width_of(day);
  const double begin = day_width > widest ? 4 + day_width : 2 + widest;  // from the right edge
  for (const Organ& organ : notice.organ) {
    Paragraph& name = add_right("署名", organ.name, begin - width_of(organ.name), blocks);
    if (&organ == &notice.organ.front()) name.space_before_pt = kPitch;
    name.keep_with_next = true;
  }
  add_right("成文日期", day, begin - 2 - day_width, blocks);
}

// Joint organs side by side: every row stands under the same columns, the last one of which is that of the date.
struct SealGrid {
  std::vector<double> centres;  // mm from the left edge
  double tracking_pt = kTracking;
};

double name_mm(const Organ& organ, double tracking_pt) {
  return width_of(organ.name) * (kCellMm + (tracking_pt - kTracking) / kPointsPerMm);
}

// Half of what an organ takes.
double room_of(const Organ& organ, double tracking_pt) {
  return std::max(name_mm(organ, tracking_pt) + kNameGapMm, seal_of(organ).width_mm + kSealGapMm) / 2;
}

// The full rows stand above, the last one ends under the last column.
size_t column_of(size_t index, size_t count, size_t columns) {
  const size_t rows = (count + columns - 1) / columns, in_last = count - (rows - 1) * columns;
  const size_t row = index / columns;
  return index % columns + (row + 1 == rows ? columns - in_last : 0);
}

bool touches(const Notice& notice, const SealGrid& grid) {
  const size_t columns = grid.centres.size();
  for (size_t i = 1; i < notice.organ.size(); ++i) {
    const size_t column = column_of(i, notice.organ.size(), columns);
    if (i % columns == 0) continue;  // begins a row
    const double apart = grid.centres[column] - grid.centres[column - 1];
    if (apart < room_of(notice.organ[i - 1], grid.tracking_pt) + room_of(notice.organ[i], grid.tracking_pt))
      return true;
  }
  return false;
}

// Nothing when names or seals would touch or leave the 版心.
std::optional<SealGrid> find_grid(const Notice& notice, size_t columns, double tracking_pt,
                                  double day_width) {
  const size_t count = notice.organ.size();
  double front = 0, back = 0;  // what the outer columns need
  for (size_t i = 0; i < count; ++i) {
    const size_t column = column_of(i, count, columns);
    const double room = room_of(notice.organ[i], tracking_pt);
    if (column == 0) front = std::max(front, room);
    if (column + 1 == columns) back = std::max(back, room);
  }
  const double last = kTextWidthMm - std::max((kDateRight + day_width / 2) * kCellMm, back);
  SealGrid grid{{last}, tracking_pt};
  if (columns == 1) return grid;
  // Two stand alike on both sides where they can.
  for (const double first : {columns == 2 ? std::max(front, kTextWidthMm - last) : front, front}) {
    const double step = (last - first) / static_cast<double>(columns - 1);
    grid.centres.clear();
    for (size_t i = 0; i < columns; ++i) grid.centres.push_back(first + step * static_cast<double>(i));
    if (!touches(notice, grid)) return grid;
  }
  return std::nullopt;
}

// As few rows as can be; long names stand a little closer (7.3.5.4) before each takes a row of its own.
SealGrid choose_grid(const Notice& notice, double day_width) {
  const size_t count = notice.organ.size();
  for (size_t most = 3; most > 1; --most) {
    const size_t rows = (count + most - 1) / most, columns = (count + rows - 1) / rows;
    for (const double tracking : {kTracking, most == 2 ? kCloseTracking : kTracking})
      if (auto grid = find_grid(notice, columns, tracking, day_width)) return *grid;
  }
  return *find_grid(notice, 1, kTracking, day_width);
}

Paragraph& add_tabbed(const char* style, const std::vector<double>& centres, Blocks& blocks) {
  Paragraph& made = add(blocks, Paragraph{});
  made.style = style;
  made.align = Align::left;
  made.centre_tabs_mm = centres;
  made.keep_with_next = true;
  return made;
}

// Joint organs in rows, each under its own seal; the last seal covers the date as well.
class JointSignature {
 public:
  JointSignature(const Notice& notice, const std::string& day, Blocks& blocks)
      : notice_(notice), day_(day), blocks_(blocks), grid_(choose_grid(notice, width_of(day))) {
    for (const Organ& organ : notice.organ) height_ = std::max(height_, height_of(seal_of(organ)));
  }

  SealReach add() {
    const size_t columns = grid_.centres.size(), rows = (notice_.organ.size() + columns - 1) / columns;
    // With two lines of the body above them.
    over_pages_ = static_cast<double>(rows) * (height_ + kSealRowGapMm) + 2 * kGridPitchMm > kTextHeightMm;
    double middle = 0;
    for (size_t row = 0; row < rows; ++row) middle = add_row(row, row + 1 == rows, middle);
    Paragraph& date = add_tabbed("成文日期", {grid_.centres.back()}, blocks_);
    date.runs.push_back(run("\t" + day_));
    date.keep_with_next = false;
    const size_t first = (rows - 1) * columns;
    SealReach reach = reach_of(grid_.centres[column_of(first, notice_.organ.size(), columns)], middle,
                               seal_of(notice_.organ[first]));
    reach.over_pages = over_pages_;
    return reach;
  }

 private:
  // Returns how far below the top of the names the middles of the seals stand; `above`: in the row above.
  double add_row(size_t row, bool is_last, double above) {
    double middle = is_last ? kPairMiddleMm - kSealRaiseMm : kNameMiddleMm, space = 0;  // pt
    if (row == 0) {
      const SealPlace place = place_seal(height_, middle, 0);
      space = place.lines * kPitch, middle = place.middle;
    } else {
      space = (above + height_ + kSealRowGapMm - middle) * kPointsPerMm - kPitch;
      // Space is dropped where a row begins a page, and its seals would stand above the page.
      if (over_pages_)
        notice::add(blocks_, paragraph("正文", run(""))).line_pitch_pt = std::exchange(space, 0);
    }
    const size_t columns = grid_.centres.size(), count = notice_.organ.size();
    const size_t first = row * columns, end = std::min(first + columns, count);
    const std::vector<double> centres(
        grid_.centres.begin() + static_cast<std::ptrdiff_t>(column_of(first, count, columns)),
        grid_.centres.end());
    if (over_pages_ && row > 0) last(blocks_).keep_with_next = true;
    Paragraph& names = add_tabbed("署名", centres, blocks_);
    names.space_before_pt = space;
    names.keep_with_next = is_last || !over_pages_;
    for (size_t i = first; i < end; ++i) {
      const Organ& organ = notice_.organ[i];
      names.runs.push_back(run("\t" + organ.name));
      names.runs.back().tracking_pt = grid_.tracking_pt;
      if (const Picture seal = seal_of(organ); seal.pixels)
        names.floating.push_back(floating(seal, centres[i - first], middle, organ.name + "印章"));
    }
    return middle;
  }

  const Notice& notice_;
  const std::string& day_;
  Blocks& blocks_;
  SealGrid grid_;
  double height_ = 0;  // mm, of the highest seal
  bool over_pages_ = false;
};

// A signer a line, host first: his post in full, two characters, his stamp 4 from the right; stamps below one another.
void add_stamps(const Notice& notice, const std::string& day, Blocks& blocks) {
  double room = 0;  // of the widest stamp or name, in characters
  for (const Signature& signer : notice.signature)
    room = std::max(room, signer.stamp ? signer.stamp->width_mm / kCellMm : width_of(signer.name));
  double below = 0;  // half of what the stamp above is higher than a line, pt
  for (const Signature& signer : notice.signature) {
    const bool first = &signer == &notice.signature.front();
    const bool drawn = signer.stamp && signer.stamp->pixels;
    const double half = drawn ? std::max(0.0, (height_of(*signer.stamp) - kBodyMm) / 2 * kPointsPerMm) : 0;
    Paragraph& line = add_right("签发人职务", signer.post, kDateRight + room + 2, blocks);
    line.space_before_pt = (first ? 2 * kPitch : 0) + below + half;
    line.keep_with_next = true;
    below = half;
    if (drawn) {
      const double x = kTextWidthMm - (kDateRight + room / 2) * kCellMm;
      line.floating.push_back(floating(*signer.stamp, x, kNameMiddleMm, signer.name + "签名章"));
    } else {
      line.right_indent = kDateRight + room - width_of(signer.name);
      line.runs.push_back(run("　　"));
      line.runs.push_back(run(signer.name, Face::kaiti));
    }
  }
  add_right("成文日期", day, kDateRight, blocks).space_before_pt = kPitch + below;
}

}  // namespace

SealReach add_signature(const Notice& notice, bool tight, Blocks& blocks) {
  const std::string day = chinese::to_date_text(notice.date);
  if (notice.signature.empty() && notice.seal)
    return notice.organ.size() > 1 ? JointSignature(notice, day, blocks).add()
                                   : add_sealed(notice.organ[0], day, tight, blocks);
  if (notice.signature.empty())
    add_unsealed(notice, day, blocks);
  else
    add_stamps(notice, day, blocks);
  return {};
}

void add_note(const Notice& notice, const SealReach& reach, Blocks& blocks) {
  if (notice.note.empty()) return;
  last(blocks).keep_with_next = true;
  const std::string text = "（" + notice.note + "）";
  Paragraph& note = add(blocks, paragraph("附注", run(text)));
  note.first_line_indent = 2;
  mind_gaps(note);
  if ((2 + width_of(text)) * kCellMm > reach.left_mm)
    note.space_before_pt = std::ceil(reach.below_mm / kGridPitchMm) * kPitch;
}

}  // namespace wenshu::notice
