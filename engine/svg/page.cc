#include "svg/page.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "font/outline.h"
#include "picture/encode.h"

namespace wenshu::svg {
namespace {

using document::PlacedText;

constexpr double kMillimetres = 25.4 / 72;  // of a point
constexpr double kEm = 1000;                // units that outlines are drawn in

// At most three decimals, no trailing zeros.
std::string number(double value) {
  const long long thousandths = std::llround(value * 1000);
  std::string text = fmt::format("{}{}", thousandths < 0 ? "-" : "", std::llabs(thousandths) / 1000);
  const long long rest = std::llabs(thousandths) % 1000;
  if (rest == 0) return text;
  text += fmt::format(".{:03}", rest);
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string colour(const document::Rgb& rgb) {
  const auto part = [](double value) { return static_cast<int>(std::lround(value * 255)); };
  return fmt::format("#{:02x}{:02x}{:02x}", part(rgb.red), part(rgb.green), part(rgb.blue));
}

std::string escape(std::string text) {
  return replace_all(replace_all(replace_all(std::move(text), "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

std::string path_of(const font::Outline& outline) {
  using Step = font::Outline::Step;
  static const std::map<Step, std::pair<char, int>> kSteps = {{Step::move, {'M', 1}},
                                                              {Step::line, {'L', 1}},
                                                              {Step::quadratic, {'Q', 2}},
                                                              {Step::cubic, {'C', 3}},
                                                              {Step::close, {'Z', 0}}};
  std::string path;
  size_t at = 0;
  for (const Step step : outline.steps) {
    const auto& [letter, count] = kSteps.at(step);
    path += letter;
    for (int i = 0; i < count; ++i, ++at)
      path += fmt::format("{}{} {}", i > 0 ? " " : "", std::lround(outline.points[at].first * kEm),
                          std::lround(-outline.points[at].second * kEm));
  }
  return path;
}

class Drawing {
 public:
  Drawing(const document::PlacedPage& page, const font::Faces& faces) : page_(page), faces_(faces) {}

  std::string draw(const std::string& title) {
    std::string shapes, words;
    for (const auto& box : page_.rectangles) shapes += rectangle(box);
    for (const auto& rule : page_.rules) shapes += rule_of(rule);
    for (const PlacedText& text : page_.texts) {
      shapes += glyphs(text);
      words += words_of(text);
    }
    for (const auto& picture : page_.pictures) shapes += picture_of(picture);
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}mm\" height=\"{1}mm\" viewBox=\"0 0 {0} {1}\" "
        "xml:lang=\"zh-CN\">\n<title>{2}</title>\n<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n"
        "<defs>\n{3}</defs>\n<g aria-hidden=\"true\">\n{4}</g>\n"
        "<g fill-opacity=\"0\" font-family=\"serif\" xml:space=\"preserve\">\n{5}</g>\n</svg>\n",
        number(page_.width_mm), number(page_.height_mm), escape(title), definitions_, shapes, words);
  }

 private:
  static std::string rectangle(const document::PlacedRectangle& box) {
    return fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"{}\" "
        "stroke-width=\"{}\"/>\n",
        number(box.x_mm), number(box.y_mm), number(box.width_mm), number(box.height_mm),
        box.filled ? colour(box.colour) : "none", box.line_pt > 0 ? colour(box.colour) : "none",
        number(box.line_pt * kMillimetres));
  }

  static std::string rule_of(const document::PlacedRule& rule) {
    return fmt::format("<path d=\"M{} {}L{} {}\" stroke=\"{}\" stroke-width=\"{}\"/>\n", number(rule.x1_mm),
                       number(rule.y1_mm), number(rule.x2_mm), number(rule.y2_mm), colour(rule.colour),
                       number(rule.width_pt * kMillimetres));
  }

  // Above the text, as ink: what is dark under a seal stays dark.
  static std::string picture_of(const document::PlacedPicture& picture) {
    if (!picture.pixels) return "";
    return fmt::format(
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
        "style=\"mix-blend-mode:multiply\" href=\"data:image/png;base64,{}\"/>\n",
        number(picture.x_mm), number(picture.y_mm), number(picture.width_mm), number(picture.height_mm),
        crypto::to_base64(picture::encode_png(*picture.pixels)));
  }

  static std::string turn_of(const PlacedText& text) {
    if (!text.turned) return "";
    return fmt::format(" transform=\"rotate(90 {} {})\"", number(text.x_mm), number(text.baseline_mm));
  }

  // The id of the outline, drawn once a page; "" for what has none.
  const std::string& glyph(const std::string& face, char32_t character) {
    const auto [entry, added] = glyphs_.try_emplace({face, character});
    if (!added) return entry->second;
    const font::Face* found = faces_.find(face);
    if (!found) throw Failure(fmt::format("无法画出 SVG（没有字体 {}）", face));
    const std::string path = path_of(font::outline_of(*found, character));
    if (path.empty()) return entry->second;
    entry->second = fmt::format("g{}", glyphs_.size());
    definitions_ += fmt::format("<path id=\"{}\" d=\"{}\"/>\n", entry->second, path);
    return entry->second;
  }

  std::string glyphs(const PlacedText& text) {
    const double scale = text.size_pt * kMillimetres / kEm;
    std::string uses;
    double x = 0;
    for (size_t i = 0; i < text.characters.size(); ++i) {
      const std::string& id = glyph(text.face_file, text.characters[i]);
      if (!id.empty()) uses += fmt::format("<use href=\"#{}\" x=\"{}\"/>", id, std::lround(x / scale));
      x += text.advances_mm[i];
    }
    return fmt::format("<g fill=\"{}\" transform=\"translate({} {}){} scale({:.6f})\">{}</g>\n",
                       colour(text.colour), number(text.x_mm), number(text.baseline_mm),
                       text.turned ? " rotate(90)" : "", scale, uses);
  }

  static std::string words_of(const PlacedText& text) {
    std::string places;
    double x = text.x_mm;
    for (const double advance : text.advances_mm) {
      places += (places.empty() ? "" : " ") + number(x);
      x += advance;
    }
    return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}>{}</text>\n", places,
                       number(text.baseline_mm), number(text.size_pt * kMillimetres), turn_of(text),
                       escape(to_utf8(text.characters)));
  }

  const document::PlacedPage& page_;
  const font::Faces& faces_;
  std::map<std::pair<std::string, char32_t>, std::string> glyphs_;  // ids
  std::string definitions_;
};

}  // namespace

std::string draw_page(const document::PlacedPage& page, const font::Faces& faces, const std::string& title) {
  if (!page.paths.empty() || !page.modules.empty() || page.ground)
    throw Failure("无法画出 SVG（页面上有底纹或二维码）");
  return Drawing(page, faces).draw(title);
}

}  // namespace wenshu::svg
