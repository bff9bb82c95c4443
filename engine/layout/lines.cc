#include "layout/lines.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "chinese/line_break.h"
#include "font/outline.h"

namespace wenshu::layout {
namespace {

using document::Align;
using document::Paragraph;

// Of an ideograph's em square 0.88 stand above the baseline and 0.12 below.
constexpr double kAscent = 0.88;
constexpr double kMiddle = 0.38;
constexpr double kDefaultTab = 21 * kMillimetres;  // 420 twips, as the Word file says
constexpr double kAirless = 1.2;                   // pitches up to this many em have no air
constexpr double kFullWidth = 0.9;                 // of the em: what a mark with a white half is wide
constexpr double kTolerance = 1e-6;

struct Span {
  size_t begin = 0, end = 0;  // letters; blanks at the end and the line feed left out
  bool first = false;         // of the paragraph
  bool closes = false;        // ends the paragraph, or is broken by hand
  bool squeezed = false;      // takes the white of its marks
};

bool is_blank(char32_t c) { return c == U' ' || c == U'\t'; }

// May the gap between two neighbours grow when a line is spread? Latin words, —— and …… stay as they are.
bool may_spread(char32_t before, char32_t after) {
  if (before == after && (before == U'—' || before == U'…')) return false;
  return before == U' ' || chinese::is_wide(before) || chinese::is_wide(after);
}

class Setter {
 public:
  Setter(const Paragraph& paragraph, const std::vector<Letter>& letters, const Measure& measure)
      : paragraph_(paragraph), letters_(letters), measure_(measure), size_(size_of(paragraph)) {}

  std::vector<Line> lines() const {
    std::vector<Line> lines;
    const Line empty = empty_line();
    for (const Span& span : spans()) set(span, lines.emplace_back(empty));
    if (!paragraph_.floating.empty()) lines.front().floating = &paragraph_.floating;
    return lines;
  }

 private:
  std::vector<Span> spans() const;
  double indent(bool first, double unit) const {
    const double indent =
        paragraph_.left_indent + (first ? paragraph_.first_line_indent : paragraph_.hanging_indent);
    return indent * unit;
  }
  Line empty_line() const;
  double top_of_ink() const;
  void set(const Span& span, Line& line) const;
  double cells(size_t begin, size_t end) const {
    double sum = 0;
    for (size_t i = begin; i < end; ++i) sum += letters_[i].cell;
    return sum;
  }
  bool has_tab(const Span& span) const {
    return std::any_of(letters_.begin() + static_cast<std::ptrdiff_t>(span.begin),
                       letters_.begin() + static_cast<std::ptrdiff_t>(span.end),
                       [](const Letter& letter) { return letter.character == U'\t'; });
  }
  double after_tab(size_t tab, const Span& span, double x) const;
  // The white that the letter before and the letter itself give up between them in a squeezed line; mm.
  double white_before(size_t i) const;
  size_t squeeze(size_t begin, size_t fits, size_t feed, double over,
                 const std::vector<size_t>& breaks) const;
  std::vector<double> squeezed_gaps(const Span& span, double rest) const;
  // How much wider the gap after each letter gets, so that the line has its width.
  std::vector<double> gaps(const Span& span, double rest) const;

  const Paragraph& paragraph_;
  const std::vector<Letter>& letters_;
  const Measure& measure_;
  double size_;
};

std::vector<Span> Setter::spans() const {
  std::u32string text(letters_.size(), U'\0');
  for (size_t i = 0; i < text.size(); ++i) text[i] = letters_[i].character;
  const std::vector<size_t> breaks =
      chinese::find_breaks(text, measure_.squeezes ? chinese::Keep::quantities : chinese::Keep::words);
  std::vector<Span> spans;
  size_t begin = 0;
  do {
    const size_t feed = std::min(text.find(U'\n', begin), text.size());
    do {
      const bool first = spans.empty();
      const double unit = unit_of(paragraph_);
      const double room = measure_.width - indent(first, unit) - paragraph_.right_indent * unit + kTolerance;
      size_t fits = begin;
      double width = 0;
      for (; fits < feed; ++fits) {
        width += letters_[fits].advance;
        if (width > room && !is_blank(text[fits])) break;
      }
      size_t end = fits == feed ? feed : chinese::find_line_end(breaks, begin, fits);
      bool squeezed = false;
      if (measure_.squeezes && end < fits) {
        const size_t further = squeeze(begin, fits, feed, width - room, breaks);
        squeezed = further > fits;
        if (squeezed) end = further;
      }
      Span span{begin, end, first, end == feed, squeezed};
      while (span.end > begin && is_blank(text[span.end - 1])) --span.end;
      spans.push_back(span);
      begin = end;
    } while (begin < feed);
    ++begin;  // past the line feed; one at the very end opens an empty line
  } while (begin <= text.size());
  return spans;
}

// Half a character is white after 。 and before （, where the face gives them a whole one.
double Setter::white_before(size_t i) const {
  const auto half = [](const Letter& letter, bool white) {
    const double size = letter.run->size_pt * kMillimetres;
    return white && letter.advance > kFullWidth * size ? size / 2 : 0;
  };
  const Letter &before = letters_[i - 1], &after = letters_[i];
  return half(before, chinese::is_white_after(before.character)) +
         half(after, chinese::is_white_before(after.character));
}

// The end of a line that takes in what letter `fits` is too much for by `over`; `fits` when it cannot.
size_t Setter::squeeze(size_t begin, size_t fits, size_t feed, double over,
                       const std::vector<size_t>& breaks) const {
  const auto next = std::upper_bound(breaks.begin(), breaks.end(), fits);
  const size_t end = next == breaks.end() ? feed : std::min(*next, feed);
  for (size_t i = fits + 1; i < end; ++i) over += letters_[i].advance;
  double white = 0;
  for (size_t i = begin + 1; i < end && white < over; ++i) white += white_before(i);
  // A mark at the end of a line is half a character wide where it helps (GB/T 15834-2011 5.1.10).
  const Letter& last = letters_[end - 1];
  if (chinese::is_white_after(last.character)) white += last.run->size_pt * kMillimetres / 2;
  return white + kTolerance >= over ? end : fits;
}

std::vector<double> Setter::squeezed_gaps(const Span& span, double rest) const {
  std::vector<double> gaps(span.end - span.begin, 0);
  const Letter& last = letters_[span.end - 1];
  if (chinese::is_white_after(last.character)) rest += last.run->size_pt * kMillimetres / 2;
  double white = 0;
  for (size_t i = span.begin + 1; i < span.end; ++i) white += white_before(i);
  if (rest >= 0 || white <= 0) return gaps;
  for (size_t i = span.begin + 1; i < span.end; ++i)
    gaps[i - span.begin - 1] = white_before(i) * rest / white;
  return gaps;
}

// Characters of display size show the air between their ink and their box, so their lines begin at the ink.
double Setter::top_of_ink() const {
  double top = 0;
  for (const Letter& letter : letters_)
    if (letter.face)
      top = std::max(top, font::ink_of(*letter.face, letter.drawn).top * letter.run->size_pt * kMillimetres);
  return top > 0 ? top : kAscent * size_;
}

Line Setter::empty_line() const {
  Line line;
  const bool airy = is_airy(paragraph_);
  const double top = airy ? kAscent * size_ : top_of_ink();
  line.height = paragraph_.line_pitch_pt * kMillimetres * (airy ? measure_.stretch : 1);
  line.depth = airy && !measure_.centred ? size_ : line.height;
  if (measure_.centred)
    line.baseline = line.height / 2 + kMiddle * size_;
  else
    line.baseline = top;
  line.top = line.baseline - top;
  return line;
}

double Setter::after_tab(size_t tab, const Span& span, double x) const {
  size_t end = tab + 1;
  while (end < span.end && letters_[end].character != U'\t') ++end;
  const double width = cells(tab + 1, end);
  const auto& centres = paragraph_.centre_tabs_mm;
  if (const auto centre = std::upper_bound(centres.begin(), centres.end(), x); centre != centres.end())
    return std::max(x, *centre - width / 2);
  const double start = centres.empty() ? paragraph_.right_tab_mm - width : 0;
  if (start > x) return start;
  return (std::floor(x / kDefaultTab + kTolerance) + 1) * kDefaultTab;
}

std::vector<double> Setter::gaps(const Span& span, double rest) const {
  if (span.squeezed) return squeezed_gaps(span, rest);
  const size_t count = span.end - span.begin;
  std::vector<double> gaps(count, 0);
  const bool distributes = paragraph_.align == Align::distribute && rest > 0;
  const bool spreads = paragraph_.align == Align::justify && !span.closes && rest > 0;
  if (count < 2 || (!spreads && !distributes && rest >= 0)) return gaps;
  const auto may_grow = [&](size_t i) {
    return !spreads || may_spread(letters_[span.begin + i].character, letters_[span.begin + i + 1].character);
  };
  size_t places = 0;
  for (size_t i = 0; i + 1 < count; ++i) places += may_grow(i) ? 1 : 0;
  const double gap = places == 0 ? 0 : rest / static_cast<double>(places);
  if (distributes || gap <= document::kWidestGap * size_)
    for (size_t i = 0; i + 1 < count; ++i)
      if (may_grow(i)) gaps[i] = gap;
  return gaps;
}

void Setter::set(const Span& span, Line& line) const {
  const double unit = grid_unit_of(paragraph_);
  const bool hangs = !span.first && paragraph_.hanging_from > 0;
  double x = hangs ? indent(true, unit) + cells(0, std::min(paragraph_.hanging_from, letters_.size()))
                   : indent(span.first, unit);
  const double rest = measure_.width - x - paragraph_.right_indent * unit - cells(span.begin, span.end);
  const bool tabs = has_tab(span);
  if (!tabs && paragraph_.align == Align::centre) x += rest / 2;
  if (!tabs && paragraph_.align == Align::right) x += rest;
  const std::vector<double> gap = tabs ? std::vector<double>(span.end - span.begin, 0) : gaps(span, rest);
  const Letter* before = nullptr;
  for (size_t i = span.begin; i < span.end; ++i) {
    const Letter& letter = letters_[i];
    if (!letter.face) {
      x = after_tab(i, span, x);
      before = nullptr;
      continue;
    }
    if (!before || before->face != letter.face || before->run != letter.run) {
      document::PlacedText& text = line.texts.emplace_back();
      text.characters.reserve(span.end - i);  // most lines are of one face
      text.advances_mm.reserve(span.end - i);
      text.x_mm = x;
      text.baseline_mm = line.baseline;
      text.face_file = letter.face->id();
      text.size_pt = letter.run->size_pt;
      if (letter.run->colour == document::Colour::red) text.colour = {1, 0, 0};
    }
    const double advance = letter.cell + gap[i - span.begin];
    line.texts.back().characters += letter.drawn;
    line.texts.back().advances_mm.push_back(advance);
    before = &letter;
    x += advance;
  }
}

}  // namespace

bool is_airy(const Paragraph& paragraph) {
  return paragraph.line_pitch_pt * kMillimetres > kAirless * size_of(paragraph);
}

std::vector<Line> set_lines(const Paragraph& paragraph, const std::vector<Letter>& letters,
                            const Measure& measure) {
  return Setter(paragraph, letters, measure).lines();
}

void put_line(const Line& line, double x, double y, double left, document::PlacedPage& page) {
  for (document::PlacedText text : line.texts) {
    text.x_mm += x;
    text.baseline_mm += y;
    page.texts.push_back(std::move(text));
  }
  if (!line.floating) return;
  for (const document::Floating& picture : *line.floating)
    page.pictures.push_back({left + picture.centre_x_mm - picture.width_mm / 2,
                             y + picture.centre_y_mm - picture.height_mm / 2, picture.width_mm,
                             picture.height_mm, picture.pixels});
}

}  // namespace wenshu::layout
