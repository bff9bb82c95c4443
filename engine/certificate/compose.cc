#include "certificate/compose.h"

#include <algorithm>
#include <cmath>

#include "chinese/line_break.h"

namespace wenshu::certificate {
namespace {

constexpr double kMillimetres = 25.4 / 72;  // of a point
// Of an ideograph's em square 0.88 stand above the baseline and 0.12 below (all faces of fonts.yaml within
// 0.08), so its middle is 0.38 em above.
constexpr double kMiddle = 0.38, kAscent = 0.88;
constexpr double kStep = 0.02;       // of the size, each time a text shrinks
constexpr double kWidestGap = 0.25;  // of the em: a line that would need more to be full stays ragged
constexpr double kTolerance = 1e-6;

struct Line {
  size_t begin = 0, end = 0;  // letters; blanks and the line feed at its end left out
  bool last = false;          // of its paragraph
};

// Measures at full size; a text that is shrunk has so much more room instead.
class Setting {
 public:
  Setting(const Text& text, const std::vector<Letter>& letters) : text_(text), letters_(letters) {
    std::u32string characters;
    characters.reserve(letters.size());
    sums_.reserve(letters.size() + 1);
    sums_.push_back(0);
    double largest = 0;
    for (const Letter& letter : letters) {
      characters += letter.character;
      sums_.push_back(sums_.back() + advance(letter));
      largest = std::max(largest, letter.run->size_pt);
    }
    // A run larger than the text itself still clears its neighbours.
    pitch_ = std::max(text_.pitch * text_.size_pt, 1.15 * largest) * kMillimetres;
    breaks_ = chinese::find_breaks(characters);
  }

  bool runs_down() const { return text_.direction == Direction::down; }
  double advance(const Letter& letter) const {
    if (letter.character == U'\n') return 0;
    return ((runs_down() ? 1 : letter.em) + letter.run->spacing) * letter.run->size_pt * kMillimetres;
  }
  // Without the spacing after the last letter.
  double width(size_t begin, size_t end) const {
    if (begin == end) return 0;
    const TextRun& run = *letters_[end - 1].run;
    return sums_[end] - sums_[begin] - run.spacing * run.size_pt * kMillimetres;
  }
  double indent(size_t begin) const {
    const bool first = begin == 0 || letters_[begin - 1].character == U'\n';
    return first ? text_.indent * text_.size_pt * kMillimetres : 0;
  }
  double pitch() const { return pitch_; }
  const Text& text() const { return text_; }
  const std::vector<Letter>& letters() const { return letters_; }

  // Into `lines`; false when one is too long for the room all the same.
  bool break_lines(double room, std::vector<Line>& lines) const;

 private:
  bool is_blank(size_t i) const { return letters_[i].character == U' ' || letters_[i].character == U'\n'; }
  size_t end_of_line(size_t begin, size_t stop, double room) const;

  const Text& text_;
  const std::vector<Letter>& letters_;
  std::vector<double> sums_;  // of the advances before each letter
  std::vector<size_t> breaks_;
  double pitch_ = 0;
};

// The last place at or before the edge where a line may end; the edge itself when there is none.
size_t Setting::end_of_line(size_t begin, size_t stop, double room) const {
  const double left = room - indent(begin) + kTolerance;
  size_t fits = begin;
  for (size_t end = begin + 1; end <= stop; ++end)
    if (!is_blank(end - 1)) {
      if (width(begin, end) > left) break;
      fits = end;
    } else if (fits == end - 1) {
      fits = end;  // blanks hang
    }
  if (fits == stop) return stop;
  return chinese::find_line_end(breaks_, begin, fits);
}

bool Setting::break_lines(double room, std::vector<Line>& lines) const {
  lines.clear();
  bool inside = true;
  for (size_t begin = 0; begin < letters_.size();) {
    size_t stop = begin;  // past the paragraph's line feed
    while (stop < letters_.size() && letters_[stop].character != U'\n') ++stop;
    if (stop < letters_.size()) ++stop;
    while (begin < stop) {
      const size_t next = end_of_line(begin, stop, room);
      size_t end = next;
      while (end > begin && is_blank(end - 1)) --end;
      lines.push_back({begin, end, next == stop});
      inside = inside && indent(begin) + width(begin, end) <= room + kTolerance;
      begin = next;
    }
  }
  return inside;
}

class Placer {
 public:
  Placer(const Setting& setting, double scale, document::PlacedPage& page)
      : setting_(setting), scale_(scale), page_(page) {}
  void place(const std::vector<Line>& lines);

 private:
  // Where a line begins, and what its letters stand further apart.
  struct Start {
    double at = 0, gap = 0;
  };
  Start start(const Line& line, double room) const;
  void place_across(const Line& line, double baseline);
  void place_down(const Line& line, double middle);
  void underline(const Line& line, const std::vector<double>& starts, double baseline);

  const Setting& setting_;
  double scale_;
  document::PlacedPage& page_;
};

void Placer::place(const std::vector<Line>& lines) {
  const Text& text = setting_.text();
  const bool down = setting_.runs_down();
  const double pitch = setting_.pitch() * scale_, all = pitch * static_cast<double>(lines.size());
  const double room = down ? text.box.width : text.box.height;
  double before = 0;
  if (text.stand == Stand::middle) before = (room - all) / 2;
  if (text.stand == Stand::bottom) before = room - all;
  const double middle = kMiddle * text.size_pt * scale_ * kMillimetres;
  for (size_t i = 0; i < lines.size(); ++i) {
    const double centre = before + pitch * (static_cast<double>(i) + 0.5);
    if (down)
      place_down(lines[i], text.box.x + text.box.width - centre);
    else
      place_across(lines[i], text.box.y + centre + middle);
  }
}

Placer::Start Placer::start(const Line& line, double room) const {
  const Text& text = setting_.text();
  const double indent = setting_.indent(line.begin) * scale_;
  const double rest = room - indent - setting_.width(line.begin, line.end) * scale_;
  Start start{indent, 0};
  if (text.align == Align::centre) start.at += rest / 2;
  if (text.align == Align::right) start.at += rest;
  const size_t count = line.end - line.begin;
  if (text.align == Align::justify && !line.last && count > 1) {
    start.gap = rest / static_cast<double>(count - 1);
    if (start.gap > kWidestGap * text.size_pt * kMillimetres) start.gap = 0;
  }
  return start;
}

void Placer::place_across(const Line& line, double baseline) {
  const Start start = this->start(line, setting_.text().box.width);
  double x = setting_.text().box.x + start.at;
  std::vector<double> starts;
  starts.reserve(line.end - line.begin + 1);
  const Letter* before = nullptr;
  document::PlacedText* piece = nullptr;
  for (size_t i = line.begin; i < line.end; ++i) {
    const Letter& letter = setting_.letters()[i];
    starts.push_back(x);
    if (!before || before->face != letter.face || before->run != letter.run) {
      piece = &page_.texts.emplace_back();
      piece->x_mm = x;
      piece->baseline_mm = baseline;
      piece->face_file = letter.face->id();
      piece->size_pt = letter.run->size_pt * scale_;
      piece->colour = letter.run->colour;
      piece->characters.reserve(line.end - i);
      piece->advances_mm.reserve(line.end - i);
    }
    const double advance = setting_.advance(letter) * scale_ + start.gap;
    piece->characters += letter.character;
    piece->advances_mm.push_back(advance);
    before = &letter;
    x += advance;
  }
  starts.push_back(x);
  underline(line, starts, baseline);
}

// Each letter for itself, in the middle of its line.
void Placer::place_down(const Line& line, double middle) {
  const Start start = this->start(line, setting_.text().box.height);
  double y = setting_.text().box.y + start.at;
  for (size_t i = line.begin; i < line.end; ++i) {
    const Letter& letter = setting_.letters()[i];
    const double size = letter.run->size_pt * scale_ * kMillimetres;
    document::PlacedText& piece = page_.texts.emplace_back();
    piece.x_mm = middle - letter.em * size / 2;
    piece.baseline_mm = y + kAscent * size;
    piece.face_file = letter.face->id();
    piece.size_pt = letter.run->size_pt * scale_;
    piece.colour = letter.run->colour;
    piece.characters = letter.character;
    piece.advances_mm = {letter.em * size};
    y += setting_.advance(letter) * scale_ + start.gap;
  }
}

// One rule under each stretch of underlined letters.
void Placer::underline(const Line& line, const std::vector<double>& starts, double baseline) {
  for (size_t i = line.begin; i < line.end;) {
    const TextRun* run = setting_.letters()[i].run;
    size_t end = i;
    while (end < line.end && setting_.letters()[end].run == run) ++end;
    if (run->underline) {
      const double y = baseline + 0.2 * run->size_pt * scale_ * kMillimetres;
      page_.rules.push_back({starts[i - line.begin], y, starts[end - line.begin], y, 0.8, run->colour});
    }
    i = end;
  }
}

}  // namespace

bool compose(const Text& text, const std::vector<Letter>& letters, document::PlacedPage& page) {
  if (letters.empty()) return true;
  const Setting setting(text, letters);
  const bool down = setting.runs_down();
  const double along = down ? text.box.height : text.box.width,
               across = down ? text.box.width : text.box.height;
  std::vector<Line> lines;
  const auto try_scale = [&](double scale, bool single) {
    if (!setting.break_lines(along / scale, lines)) return false;
    const double height = setting.pitch() * scale * static_cast<double>(lines.size());
    if (lines.size() > 1 && (single || height > across + kTolerance)) return false;
    Placer(setting, scale, page).place(lines);
    return true;
  };
  const int steps = static_cast<int>(std::floor((1 - text.least) / kStep + kTolerance));
  for (const bool single : {true, false}) {
    if (single && !text.one_line) continue;
    for (int i = 0; i <= steps; ++i)
      if (try_scale(1 - kStep * i, single)) return true;
  }
  return false;
}

}  // namespace wenshu::certificate
