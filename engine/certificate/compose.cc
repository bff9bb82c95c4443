#include "certificate/compose.h"

#include <algorithm>
#include <cmath>

#include "chinese/line_break.h"

namespace wenshu::certificate {
namespace {

constexpr double kMillimetres = 25.4 / 72;  // of a point
// Of an ideograph's em square 0.88 stand above the baseline and 0.12 below (all faces of fonts.yaml within
// 0.08), so its middle is 0.38 em above.
constexpr double kMiddle = 0.38;
constexpr double kStep = 0.02;       // of the size, each time a text shrinks
constexpr double kWidestGap = 0.25;  // of the em: a line that would need more to be full stays ragged
constexpr double kTolerance = 1e-6;

struct Line {
  size_t begin = 0, end = 0;  // letters; blanks and the line feed at its end left out
  bool last = false;          // of its paragraph
};

// Advances and lines at one scale of the text's sizes.
class Setting {
 public:
  Setting(const Text& text, const std::vector<Letter>& letters, double scale)
      : text_(text), letters_(letters), scale_(scale) {
    std::u32string characters;
    for (const Letter& letter : letters) characters += letter.character;
    breaks_ = chinese::find_breaks(characters);
  }

  double advance(size_t i) const {
    const Letter& letter = letters_[i];
    if (letter.character == U'\n') return 0;
    return (letter.em + letter.run->spacing) * letter.run->size_pt * scale_ * kMillimetres;
  }
  // Without the spacing after the last letter.
  double width(const Line& line) const {
    double sum = 0;
    for (size_t i = line.begin; i < line.end; ++i) sum += advance(i);
    if (line.end > line.begin) {
      const TextRun& run = *letters_[line.end - 1].run;
      sum -= run.spacing * run.size_pt * scale_ * kMillimetres;
    }
    return sum;
  }
  double indent(const Line& line) const {
    const bool first = line.begin == 0 || letters_[line.begin - 1].character == U'\n';
    return first ? text_.indent * text_.size_pt * scale_ * kMillimetres : 0;
  }
  double line_height() const {
    double largest = 0;
    for (const Letter& letter : letters_) largest = std::max(largest, letter.run->size_pt);
    // A run larger than the text itself still clears its neighbours.
    return std::max(text_.pitch * text_.size_pt, 1.15 * largest) * scale_ * kMillimetres;
  }

  std::vector<Line> lines(double room) const;

  const Text& text_;
  const std::vector<Letter>& letters_;
  double scale_;

 private:
  size_t end_of_line(size_t begin, size_t stop, double room) const;
  Line trimmed(size_t begin, size_t end, bool last) const {
    while (end > begin && (letters_[end - 1].character == U' ' || letters_[end - 1].character == U'\n'))
      --end;
    return {begin, end, last};
  }
  std::vector<size_t> breaks_;
};

// The last place at or before the edge where a line may end; the edge itself when there is none.
size_t Setting::end_of_line(size_t begin, size_t stop, double room) const {
  size_t fits = begin;
  for (size_t end = begin + 1; end <= stop; ++end) {
    const Line line = trimmed(begin, end, false);
    if (indent(line) + width(line) > room + kTolerance) break;
    fits = end;
  }
  if (fits == stop) return stop;
  return chinese::find_line_end(breaks_, begin, fits);
}

std::vector<Line> Setting::lines(double room) const {
  std::vector<Line> lines;
  for (size_t begin = 0; begin < letters_.size();) {
    size_t stop = begin;  // past the paragraph's line feed
    while (stop < letters_.size() && letters_[stop].character != U'\n') ++stop;
    if (stop < letters_.size()) ++stop;
    while (begin < stop) {
      const size_t end = end_of_line(begin, stop, room);
      lines.push_back(trimmed(begin, end, end == stop));
      begin = end;
    }
  }
  return lines;
}

class Placer {
 public:
  Placer(const Setting& setting, document::PlacedPage& page) : setting_(setting), page_(page) {}
  void place(const std::vector<Line>& lines);

 private:
  void place_line(const Line& line, double baseline);
  void underline(const Line& line, const std::vector<double>& starts, double baseline);
  const Setting& setting_;
  document::PlacedPage& page_;
};

void Placer::place(const std::vector<Line>& lines) {
  const Text& text = setting_.text_;
  const double pitch = setting_.line_height(), height = pitch * static_cast<double>(lines.size());
  double top = text.box.y;
  if (text.stand == Stand::middle) top += (text.box.height - height) / 2;
  if (text.stand == Stand::bottom) top += text.box.height - height;
  const double middle = kMiddle * text.size_pt * setting_.scale_ * kMillimetres;
  for (size_t i = 0; i < lines.size(); ++i)
    place_line(lines[i], top + pitch * (static_cast<double>(i) + 0.5) + middle);
}

void Placer::place_line(const Line& line, double baseline) {
  const Text& text = setting_.text_;
  const double rest = text.box.width - setting_.indent(line) - setting_.width(line);
  double x = text.box.x + setting_.indent(line), gap = 0;
  if (text.align == Align::centre) x += rest / 2;
  if (text.align == Align::right) x += rest;
  const size_t count = line.end - line.begin;
  if (text.align == Align::justify && !line.last && count > 1) {
    gap = rest / static_cast<double>(count - 1);
    if (gap > kWidestGap * text.size_pt * kMillimetres) gap = 0;
  }
  std::vector<double> starts;
  const Letter* before = nullptr;
  for (size_t i = line.begin; i < line.end; ++i) {
    const Letter& letter = setting_.letters_[i];
    starts.push_back(x);
    if (!before || before->face != letter.face || before->run != letter.run) {
      document::PlacedText& piece = page_.texts.emplace_back();
      piece.x_mm = x;
      piece.baseline_mm = baseline;
      piece.face_file = letter.face->id();
      piece.size_pt = letter.run->size_pt * setting_.scale_;
      piece.colour = letter.run->colour;
    }
    const double advance = setting_.advance(i) + gap;
    page_.texts.back().characters += letter.character;
    page_.texts.back().advances_mm.push_back(advance);
    before = &letter;
    x += advance;
  }
  starts.push_back(x);
  underline(line, starts, baseline);
}

// One rule under each stretch of underlined letters.
void Placer::underline(const Line& line, const std::vector<double>& starts, double baseline) {
  for (size_t i = line.begin; i < line.end;) {
    const TextRun* run = setting_.letters_[i].run;
    size_t end = i;
    while (end < line.end && setting_.letters_[end].run == run) ++end;
    if (run->underline) {
      const double y = baseline + 0.2 * run->size_pt * setting_.scale_ * kMillimetres;
      page_.rules.push_back({starts[i - line.begin], y, starts[end - line.begin], y, 0.8, run->colour});
    }
    i = end;
  }
}

}  // namespace

bool compose(const Text& text, const std::vector<Letter>& letters, document::PlacedPage& page) {
  if (letters.empty()) return true;
  const auto try_scale = [&](double scale, bool single) {
    const Setting setting(text, letters, scale);
    const auto lines = setting.lines(text.box.width);
    const double height = setting.line_height() * static_cast<double>(lines.size());
    if ((single && lines.size() > 1) || (lines.size() > 1 && height > text.box.height + kTolerance))
      return false;
    const bool inside = std::all_of(lines.begin(), lines.end(), [&](const Line& line) {
      return setting.indent(line) + setting.width(line) <= text.box.width + kTolerance;
    });
    if (inside) Placer(setting, page).place(lines);
    return inside;
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
