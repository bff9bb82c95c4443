#include "certificate/draw.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "certificate/compose.h"
#include "font/report.h"
#include "picture/qr.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Value;

class Drawing {
 public:
  Drawing(const Sheet& sheet, const Value& merged, const font::Faces& faces, const Place& where,
          Diagnostics& findings)
      : sheet_(sheet), merged_(merged), faces_(faces), where_(where), findings_(findings) {}

  void draw(std::shared_ptr<const picture::Pixels> seal, document::PlacedPage& page);

 private:
  std::string holder() const { return merged_[sheet_.holder].text(); }
  std::vector<Letter> letters(const Text& text);
  void report_uncovered(char32_t character);

  const Sheet& sheet_;
  const Value& merged_;
  const font::Faces& faces_;
  const Place& where_;
  Diagnostics& findings_;
  std::set<char32_t> reported_;
  font::FallBacks fall_backs_{faces_};
};

void Drawing::report_uncovered(char32_t character) {
  if (!reported_.insert(character).second) return;
  findings_.error("uncovered-character", where_,
                  fmt::format("{}的证书上有一个字所有字体都没有：“{}”（{}）", holder(), to_utf8(character),
                              code_point_name(character)),
                  "核对这个字；若无误，安装含有它的字体并写进 fonts/fonts.yaml（wenshu fonts 可查）");
}

std::vector<Letter> Drawing::letters(const Text& text) {
  std::vector<Letter> letters;
  for (const TextRun& run : text.runs) {
    const auto filled = templates::fill_text(run.text.text, merged_, run.text.place, findings_);
    if (!filled) continue;
    for (const char32_t c : to_characters(*filled)) {
      const font::Face* face = c == U'\n' ? nullptr : faces_.find_face(run.role, c);
      if (face) fall_backs_.note(run.role, c, *face);
      if (face || c == U'\n')
        letters.push_back({c, face, &run, face ? face->advance(c) : 0});
      else
        report_uncovered(c);
    }
  }
  return letters;
}

void Drawing::draw(std::shared_ptr<const picture::Pixels> seal, document::PlacedPage& page) {
  page.width_mm = sheet_.width_mm;
  page.height_mm = sheet_.height_mm;
  page.ground = sheet_.ground;
  for (const Text& text : sheet_.texts)
    if (!compose(text, letters(text), page))
      findings_.error("text-too-long", where_,
                      fmt::format("{}的证书上有一段文字太长，缩到最小也放不下", holder()),
                      fmt::format("缩短文字，或在 {} 加大这一块", to_text(text.runs.front().text.place)));
  fall_backs_.report(holder() + "的证书上", where_, findings_);
  if (sheet_.qr) {
    const Template& text = sheet_.qr->text;
    const auto said = templates::fill_text(text.text, merged_, text.place, findings_);
    auto modules = said ? picture::make_qr(*said) : std::nullopt;
    if (said && !modules)
      findings_.error("qr-too-long", where_,
                      fmt::format("{}的二维码内容为空，或长得放不进一个二维码", holder()),
                      fmt::format("改 {} 的文字", to_text(text.place)));
    if (modules) page.modules.push_back({sheet_.qr->x, sheet_.qr->y, sheet_.qr->side, std::move(*modules)});
  }
  if (sheet_.seal && seal) {
    // The picture keeps its shape inside the sheet's square.
    const double longest = std::max(seal->width, seal->height);
    const double width = sheet_.seal->side * seal->width / longest,
                 height = sheet_.seal->side * seal->height / longest;
    page.pictures.push_back({sheet_.seal->x + (sheet_.seal->side - width) / 2,
                             sheet_.seal->y + (sheet_.seal->side - height) / 2, width, height,
                             std::move(seal)});
  }
}

void collect(const Sheet& sheet, const Value& merged, const font::Faces& faces,
             font::Characters& characters) {
  for (const Text& text : sheet.texts)
    for (const TextRun& run : text.runs) {
      Diagnostics ignored;
      const auto filled = templates::fill_text(run.text.text, merged, run.text.place, ignored);
      for (const char32_t c : to_characters(filled.value_or("")))
        if (const font::Face* face = c == U'\n' ? nullptr : faces.find_face(run.role, c))
          characters[face->id()].insert(c);
    }
}

}  // namespace

std::optional<document::PlacedPage> draw(const Sheet& sheet, const Value& merged, const font::Faces& faces,
                                         std::shared_ptr<const picture::Pixels> seal, const Place& where,
                                         Diagnostics& findings) {
  Diagnostics own;
  document::PlacedPage page;
  Drawing(sheet, merged, faces, where, own).draw(std::move(seal), page);
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return page;
}

font::Characters fixed_characters(const Sheet& sheet, const Value& values, const std::string& sample_number,
                                  const font::Faces& faces) {
  Person nobody;
  nobody.row = Value::map();
  // The number takes any digit and capital letter; all of them belong to every certificate's subset.
  const std::string number = sample_number + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  font::Characters characters;
  collect(sheet, merge(sheet, values, nobody, number), faces, characters);
  return characters;
}

font::Characters batch_characters(const Sheet& sheet, const Value& values, const std::vector<Person>& people,
                                  const std::string& sample_number, const font::Faces& faces) {
  font::Characters characters = fixed_characters(sheet, values, sample_number, faces);
  for (const Person& person : people)
    collect(sheet, merge(sheet, values, person, sample_number), faces, characters);
  return characters;
}

}  // namespace wenshu::certificate
