// 发文机关署名, 印章, 签发人签名章 and 成文日期 (GB/T 9704-2012 7.3.5).
#include <algorithm>
#include <cmath>

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
constexpr double kDateRight = 4;      // characters
constexpr double kSealGapMm = 1;      // between seals, and above the first: they never touch (7.3.5.1)
constexpr double kSealRaiseMm = 2.5;  // name and date stand a little below the middle of the seal
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

struct SealRow {
  size_t first = 0, count = 0;
  std::vector<double> centres;  // mm from the left edge
  double height = 0;            // of the highest seal
};

// Rows of at most `most` organs whose last one stands over the date; nothing when names or seals would touch or
// leave the 版心.
std::vector<SealRow> seal_rows(const Notice& notice, size_t most, double day_width) {
  const size_t count = notice.organ.size(), rows = (count + most - 1) / most;
  std::vector<SealRow> made;
  for (size_t i = 0, first = 0; i < rows; ++i) {
    SealRow row{first, count / rows + (i < count % rows ? 1 : 0), {}, 0};
    double before = -1, room_before = 0;
    std::vector<double> rooms;  // half of what an organ takes
    for (size_t k = first; k < first + row.count; ++k) {
      const Picture seal = seal_of(notice.organ[k]);
      row.height = std::max(row.height, height_of(seal));
      rooms.push_back(std::max((width_of(notice.organ[k].name) + 0.5) * kCellMm, seal.width_mm + kSealGapMm) /
                      2);
    }
    const double last =
        std::min(kTextWidthMm - (kDateRight + day_width / 2) * kCellMm, kTextWidthMm - rooms.back());
    const double begin = std::max(rooms.front(), row.count == 2 ? kTextWidthMm - last : 0);
    const double step = row.count > 1 ? (last - begin) / static_cast<double>(row.count - 1) : 0;
    for (size_t k = 0; k < row.count; ++k) {
      const double centre = row.count == 1 ? last : begin + step * static_cast<double>(k);
      if (before >= 0 && centre - before < rooms[k] + room_before) return {};
      row.centres.push_back(before = centre);
      room_before = rooms[k];
    }
    first += row.count;
    made.push_back(std::move(row));
  }
  return made;
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
SealReach add_joint_sealed(const Notice& notice, const std::string& day, Blocks& blocks) {
  std::vector<SealRow> rows;
  for (size_t most = 3; rows.empty() && most > 0; --most) rows = seal_rows(notice, most, width_of(day));
  double middle = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const SealRow& row = rows[i];
    const double wanted = i + 1 < rows.size() ? kNameMiddleMm : kPairMiddleMm - kSealRaiseMm;
    double lines = 0;
    if (i == 0) {
      const SealPlace place = place_seal(row.height, wanted, 0);
      lines = place.lines, middle = place.middle;
    } else {
      const double least = middle + rows[i - 1].height / 2 + kSealGapMm + row.height / 2 - wanted;
      lines = std::ceil(least / kWordPitchMm) - 1;
      middle = wanted;
    }
    Paragraph& names = add_tabbed("署名", row.centres, blocks);
    names.space_before_pt = lines * kPitch;
    for (size_t k = 0; k < row.count; ++k) {
      const Organ& organ = notice.organ[row.first + k];
      names.runs.push_back(run("\t" + organ.name));
      if (const Picture seal = seal_of(organ); seal.pixels)
        names.floating.push_back(floating(seal, row.centres[k], middle, organ.name + "印章"));
    }
  }
  Paragraph& date = add_tabbed("成文日期", {rows.back().centres.back()}, blocks);
  date.runs.push_back(run("\t" + day));
  date.keep_with_next = false;
  return reach_of(rows.back().centres.front(), middle, seal_of(notice.organ[rows.back().first]));
}

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
    return notice.organ.size() > 1 ? add_joint_sealed(notice, day, blocks)
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
  if ((2 + width_of(text)) * kCellMm > reach.left_mm)
    note.space_before_pt = std::ceil(reach.below_mm / kGridPitchMm) * kPitch;
}

}  // namespace wenshu::notice
