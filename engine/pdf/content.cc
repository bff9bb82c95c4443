#include "pdf/content.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr double kPoints = 72 / 25.4;  // of a millimetre

// Readers of text take a gap of a tenth of the em for a blank; letter-spaced words say their text themselves
// before that.
constexpr double kWideGap = 40;  // thousandths of the em
constexpr double kNoGap = 0.01;

constexpr size_t kUsualSize = 1 << 12;

class Writer {
 public:
  Writer(double height_mm, const Names& names) : height_(height_mm), names_(names) {
    out_.reserve(kUsualSize);
  }

  void form(const std::string& name) {
    out_ += '/';
    out_ += name;
    out_ += " Do\n";
  }
  void path(const document::PlacedPath& path);
  void rectangle(const document::PlacedRectangle& box);
  void rule(const document::PlacedRule& rule);
  void text(const document::PlacedText& text);
  void modules(const document::PlacedModules& code);
  void picture(const document::PlacedPicture& picture);
  std::string take() { return std::move(out_); }

 private:
  void number(double value) {
    append_number(out_, value);
    out_ += ' ';
  }
  void point(double x_mm, double y_mm) {
    number(x_mm * kPoints);
    number((height_ - y_mm) * kPoints);
  }
  void colour(const document::Rgb& rgb, const char* operation) {
    for (const double part : {rgb.red, rgb.green, rgb.blue}) number(part);
    out_ += operation;
  }
  void paint(bool filled, double line_pt, const document::Rgb& rgb);
  void glyphs(const document::PlacedText& text, bool spaced);

  double height_;
  const Names& names_;
  std::string out_;
  long long spacing_ = 0;     // between characters, in thousandths of a point
  std::vector<Shown> shown_;  // of the text being written, and what follows each glyph
  std::vector<double> gaps_;
};

// Colours and line width must stand before the path.
void Writer::paint(bool filled, double line_pt, const document::Rgb& rgb) {
  if (filled) colour(rgb, "rg ");
  if (line_pt > 0) {
    colour(rgb, "RG ");
    number(line_pt);
    out_ += "w ";
  }
}

const char* painting(bool filled, double line_pt) { return filled ? (line_pt > 0 ? "B\n" : "f\n") : "S\n"; }

void Writer::path(const document::PlacedPath& path) {
  if (!path.filled && path.line_pt <= 0) return;
  paint(path.filled, path.line_pt, path.colour);
  size_t next = 0;
  const auto points = [&](int count) {
    for (; count > 0; --count, ++next) point(path.points.at(next).first, path.points.at(next).second);
  };
  for (const auto step : path.steps) {
    using Step = document::PlacedPath::Step;
    if (step == Step::move) points(1), out_ += "m ";
    if (step == Step::line) points(1), out_ += "l ";
    if (step == Step::curve) points(3), out_ += "c ";
    if (step == Step::close) out_ += "h ";
  }
  out_ += painting(path.filled, path.line_pt);
}

void Writer::rectangle(const document::PlacedRectangle& box) {
  if (!box.filled && box.line_pt <= 0) return;
  paint(box.filled, box.line_pt, box.colour);
  point(box.x_mm, box.y_mm + box.height_mm);
  number(box.width_mm * kPoints);
  number(box.height_mm * kPoints);
  out_ += "re ";
  out_ += painting(box.filled, box.line_pt);
}

void Writer::rule(const document::PlacedRule& rule) {
  paint(false, rule.width_pt, rule.colour);
  point(rule.x1_mm, rule.y1_mm);
  out_ += "m ";
  point(rule.x2_mm, rule.y2_mm);
  out_ += "l S\n";
}

// One string for each stretch in one font: letters that all stand further apart by the same say so once
// (`spaced`), others each for themselves, in thousandths of the em behind their glyph.
void Writer::glyphs(const document::PlacedText& text, bool spaced) {
  const std::string* font = nullptr;
  const char* end = spaced ? ") Tj\n" : ")] TJ\n";
  for (size_t i = 0; i < shown_.size(); ++i) {
    if (!font || *shown_[i].resource != *font) {
      if (font) out_ += end;
      font = shown_[i].resource;
      out_ += '/';
      out_ += *font;
      out_ += ' ';
      number(text.size_pt);
      out_ += spaced ? "Tf (" : "Tf [(";
    }
    append_literal(out_, shown_[i].glyph->code);
    if (spaced || std::fabs(gaps_[i]) < kNoGap) continue;
    out_ += ')';
    append_number(out_, -gaps_[i]);
    out_ += '(';
  }
  out_ += end;
}

void Writer::text(const document::PlacedText& text) {
  if (text.characters.empty()) return;
  const Fonts::Face& face = names_.fonts.face(text.face_file);
  shown_.clear();
  gaps_.clear();
  bool wide = false, even = true;
  for (size_t i = 0; i < text.characters.size(); ++i) {
    shown_.push_back(face.show(text.characters[i]));
    const double wanted = text.advances_mm.at(i) * kPoints / text.size_pt * 1000;
    const bool last = i + 1 == text.characters.size();
    gaps_.push_back(last ? 0 : wanted - shown_.back().glyph->width);
    wide = wide || gaps_.back() > kWideGap;
    even = even && (last || std::fabs(gaps_.back() - gaps_.front()) < kNoGap);
  }
  if (wide) {
    out_ += "/Span << /ActualText <FEFF";
    for (const char32_t c : text.characters) append_utf16_hex(out_, c);
    out_ += "> >> BDC\n";
  }
  out_ += "BT ";
  colour(text.colour, text.turned ? "rg 0 -1 1 0 " : "rg 1 0 0 1 ");
  point(text.x_mm, text.baseline_mm);
  out_ += "Tm\n";
  // Character spacing (9.3.2) outlives the text: it is set where it differs from the text before.
  const double spacing = even && std::fabs(gaps_.front()) >= kNoGap ? gaps_.front() * text.size_pt / 1000 : 0;
  if (std::llround(spacing * 1000) != spacing_) {
    spacing_ = std::llround(spacing * 1000);
    number(spacing);
    out_ += "Tc ";
  }
  glyphs(text, even);
  out_ += wide ? "ET EMC\n" : "ET\n";
}

// An inline image mask, as hexadecimal so that no reader has to guess where its bytes end. A set bit is dark.
void Writer::modules(const document::PlacedModules& code) {
  const int side = code.modules.side;
  if (side <= 0) return;
  out_ += "q 0 0 0 rg ";
  const double points = code.side_mm * kPoints;
  number(points);
  out_ += "0 0 ";
  number(points);
  point(code.x_mm, code.y_mm + code.side_mm);
  out_ += "cm\nBI /W " + std::to_string(side) + " /H " + std::to_string(side) +
          " /IM true /BPC 1 /D [1 0] /F /AHx ID\n";
  const size_t digits = out_.size();
  out_.resize(digits + code.modules.rows.size() * 2);
  char* to = out_.data() + digits;
  for (const uint8_t byte : code.modules.rows) to = put_hex_byte(to, byte);
  out_ += ">\nEI Q\n";
}

void Writer::picture(const document::PlacedPicture& picture) {
  if (!picture.pixels) return;
  out_ += picture.pixels->alpha.empty() ? "q " : "q /" + std::string(kInk) + " gs ";
  number(picture.width_mm * kPoints);
  out_ += "0 0 ";
  number(picture.height_mm * kPoints);
  point(picture.x_mm, picture.y_mm + picture.height_mm);
  out_ += "cm /" + names_.picture(picture.pixels.get()) + " Do Q\n";
}

}  // namespace

std::string make_content(const document::PlacedPage& page, const Names& names) {
  Writer writer(page.height_mm, names);
  for (const auto& picture : page.under) writer.picture(picture);
  if (page.ground) writer.form(names.ground(page.ground.get()));
  for (const auto& path : page.paths) writer.path(path);
  for (const auto& box : page.rectangles) writer.rectangle(box);
  for (const auto& rule : page.rules) writer.rule(rule);
  for (const auto& text : page.texts) writer.text(text);
  for (const auto& code : page.modules) writer.modules(code);
  for (const auto& picture : page.pictures) writer.picture(picture);
  return writer.take();
}

}  // namespace wenshu::pdf
