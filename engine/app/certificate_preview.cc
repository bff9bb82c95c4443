#include "app/certificate_preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/certificate_batch.h"
#include "app/certificate_files.h"
#include "app/certificates.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "certificate/impose.h"
#include "certificate/roster.h"
#include "data/load.h"
#include "pdf/document.h"
#include "pdf/prepared.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;
using certificate::Box;
using document::PlacedPage;

// What a column or field may look like: its sample, or what fits its type.
std::string sample_of(const std::string& title, certificate::FieldType type, const std::string& sample) {
  if (!sample.empty()) return sample;
  switch (type) {
    case certificate::FieldType::code:
      return "A01";
    case certificate::FieldType::integer:
    case certificate::FieldType::decimal:
      return "36";
    case certificate::FieldType::date:
      return "2024-06-30";
    case certificate::FieldType::picture:
      return "";
    case certificate::FieldType::text:
      break;
  }
  return title;
}

data::Value sample_rows(const certificate::Sheet& sheet) {
  auto row = data::Value::map();
  for (const auto& column : sheet.columns)
    if (const auto text = sample_of(column.title, column.type, column.sample); !text.empty())
      row.set(column.id, text);
  auto rows = data::Value::list();
  rows.add(std::move(row));
  return rows;
}

data::Value sample_values(const certificate::Sheet& sheet) {
  auto values = data::Value::map();
  for (const auto& field : sheet.fields)
    if (const auto text = sample_of(field.title, field.type, field.sample); !text.empty())
      values.set(field.id, text);
  return values;
}

constexpr const char* kUsualAddress = "https://cert.example.edu.cn/v";  // where the key's own is not known

constexpr document::Rgb kGuide{0.1, 0.45, 0.85}, kFaint{0.8, 0.88, 0.96};

void add_guide(const Box& box, PlacedPage& page) {
  page.rectangles.push_back({box.x, box.y, box.width, box.height, 0.4, false, kGuide});
}

// The grid over backgrounds and borders and under the words; the edges of boxes over all.
void add_guides(const certificate::Side& side, PlacedPage& page) {
  std::vector<document::PlacedRule> grid;
  for (double x = 10; x < page.width_mm; x += 10) grid.push_back({x, 0, x, page.height_mm, 0.2, kFaint});
  for (double y = 10; y < page.height_mm; y += 10) grid.push_back({0, y, page.width_mm, y, 0.2, kFaint});
  auto ground = std::make_shared<PlacedPage>(*page.ground);
  ground->rules.insert(ground->rules.begin(), grid.begin(), grid.end());
  page.ground = std::move(ground);
  for (const auto& text : side.texts) add_guide(text.box, page);
  if (side.photo) add_guide(side.photo->box, page);
  if (side.qr) add_guide({side.qr->x, side.qr->y, side.qr->side, side.qr->side}, page);
  if (side.seal) add_guide({side.seal->x, side.seal->y, side.seal->side, side.seal->side}, page);
}

// Where the sheet will bear a seal whose picture the data does not give: a ring and a star in faint red, no words, so that it is
// nobody's seal.
std::shared_ptr<const picture::Pixels> sample_seal() {
  constexpr int kSide = 360;
  constexpr double kOuter = 172, kInner = 162, kStar = 58, kPi = std::numbers::pi;
  picture::Pixels seal{kSide, kSide, {}, {}};
  for (int row = 0; row < kSide; ++row)
    for (int column = 0; column < kSide; ++column) {
      const double x = column + 0.5 - kSide / 2.0, y = row + 0.5 - kSide / 2.0, away = std::hypot(x, y);
      // A star of five points: its edge runs straight from a point to the notch beside it.
      constexpr double kNotch = 0.382, kHalf = kPi / 5;
      const double turn = std::abs(std::remainder(std::atan2(x, -y), 2 * kHalf));
      const double edge =
          kStar * kNotch * std::sin(kHalf) / (kNotch * std::sin(kHalf - turn) + std::sin(turn));
      const bool is_ink = away < edge || (away < kOuter && away > kInner);
      seal.rgb.insert(seal.rgb.end(), {0xC8, 0x1E, 0x1E});
      seal.alpha.push_back(is_ink ? 0x78 : 0);
    }
  return std::make_shared<const picture::Pixels>(std::move(seal));
}

void add_sample_seals(const certificate::Sheet& sheet, certificate::Pictures& pictures) {
  for (const auto& side : sheet.sides)
    if (side.seal && !pictures.contains(side.seal->field)) pictures[side.seal->field] = sample_seal();
}

// Of the roster's row, as the batch would show it.
std::shared_ptr<const picture::Pixels> photo_of(const certificate::Sheet& sheet,
                                                const certificate::Person& person, const fs::path& roster) {
  for (const auto& side : sheet.sides)
    if (side.photo && !person.row[side.photo->name].text().empty())
      return load_photo(roster.parent_path() / person.row[side.photo->name].text(), person.place);
  return nullptr;
}

// The sheet with the registers of the office's folder, or of the program's: for a number of the right form.
Definitions load_around(const Context& context, const fs::path& sheet, Diagnostics& findings) {
  Diagnostics ignored;
  const auto known = load_definitions({context.home / "workflows"}, context.home, ignored);
  return load_definitions({sheet}, context.home, findings, &known);
}

// Of the serial 0, which nobody ever gets: a sheet that is shown about must not say the number of a certificate.
std::string sample_number(const Context& context, const certificate::Sheet& sheet,
                          const data::Value& values) {
  Diagnostics ignored;
  const auto known = load_definitions({context.home / "workflows"}, context.home, ignored);
  const auto target = known.registers.find(sheet.register_name);
  const auto* series =
      target == known.registers.end() ? nullptr : target->second.object.find_series(sheet.series);
  const auto number = series ? registers::format_number(
                                   *series, certificate::number_parameters(sheet, values), 0, {}, ignored)
                             : std::nullopt;
  return number.value_or("样本0001");
}

}  // namespace

void preview_certificate(const Context& context, const PreviewRequest& request) {
  const auto faces = load_office_faces(context.home);
  Diagnostics findings;
  auto definitions = load_around(context, request.sheet, findings);
  if (definitions.sheets.empty() && !findings.has_errors())
    findings.error("not-a-sheet", {data::display_name(request.sheet)}, "这不是证书版面");
  if (findings.has_errors()) give_up(std::move(findings));
  const certificate::Sheet sheet = std::move(definitions.sheets.begin()->second.object);
  auto values = sample_values(sheet);
  if (!request.data.empty()) {
    const auto file = load_table_file(request.data, findings);
    const auto given = file ? certificate::load_batch_data(sheet, *file, findings) : std::nullopt;
    if (!given || findings.has_errors()) give_up(std::move(findings));
    values = *given;
  }
  auto rows = sample_rows(sheet);
  if (!request.roster.empty()) {
    const auto file = load_table_file(request.roster, findings);
    if (!file || findings.has_errors()) give_up(std::move(findings));
    rows = *file;
  }
  const auto people = certificate::read_people(sheet, rows, findings);
  if (people.empty() || findings.has_errors()) give_up(std::move(findings));
  const fs::path near = request.data.empty() ? request.sheet : request.data;
  auto pictures = load_pictures(sheet, values, near, findings);
  if (request.data.empty()) add_sample_seals(sheet, pictures);
  const certificate::Blank blank(sheet, values, faces, pictures, "", {data::display_name(near)}, findings);

  certificate::Pen pen(blank);
  std::vector<PlacedPage> pages;
  const certificate::Person person = people.front();
  certificate::Entry entry{person, sample_number(context, sheet, values)};
  if (const auto* qr = sheet.find_qr(); qr && qr->is_signed())
    entry.proof = certificate::sample_proof(
        qr->address.empty() ? kUsualAddress : qr->address,
        certificate::certified_fields(sheet, certificate::merge(sheet, values, person, entry.number)));
  if (!request.roster.empty()) entry.photo = photo_of(sheet, person, request.roster);
  const bool drawn = pen.draw(entry, pages, findings);
  if (!drawn || findings.has_errors()) give_up(std::move(findings));
  for (size_t i = 0; request.guides && i < pages.size(); ++i) add_guides(sheet.sides[i], pages[i]);

  const pdf::Prepared prepared(faces, pen.characters(), pen.characters(),
                               {blank.pictures(), blank.grounds()});
  const auto date = certificate::date_of(sheet, values);
  pdf::Document document({sheet.title + "（样张）", "", "", date ? *parse_time(to_text(*date)) : Time{}},
                         prepared);
  for (auto& page : pages) document.add_page(std::move(page));
  write_file(request.out, document.finish(), Durability::later);
}

}  // namespace wenshu::app
