#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.h"
#include "certificate/border.h"
#include "certificate/sheet.h"
#include "data/schema.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Need;
using data::Value;

const data::Shape& texts_shape() {
  static const data::Shape face = data::choice({"fangsong", "kaiti", "heiti", "xiaobiaosong", "songti"});
  static const data::Shape run = data::map({{"text", data::text(), Need::required},
                                            {"face", face},
                                            {"size", data::decimal()},
                                            {"spacing", data::decimal()},
                                            {"colour", data::text()},
                                            {"underline", data::boolean()}});
  static const data::Shape box = data::map({{"x", data::decimal(), Need::required},
                                            {"y", data::decimal(), Need::required},
                                            {"width", data::decimal(), Need::required},
                                            {"height", data::decimal(), Need::required}});
  static const data::Shape shape =
      data::list(data::map({{"box", box, Need::required},
                            {"face", face, Need::required},
                            {"size", data::decimal(), Need::required},
                            {"spacing", data::decimal()},
                            {"colour", data::text()},
                            {"underline", data::boolean()},
                            {"align", data::choice({"left", "centre", "right", "justify"})},
                            {"stand", data::choice({"top", "middle", "bottom"})},
                            {"pitch", data::decimal()},
                            {"indent", data::decimal()},
                            {"one-line", data::boolean()},
                            {"least", data::decimal()},
                            {"text", data::text()},
                            {"runs", data::list(run, 1)}}),
                 1);
  return shape;
}

const data::Shape& sheet_shape() {
  static const data::Shape column =
      data::map({{"title", data::text(), Need::required}, {"required", data::boolean()}});
  static const data::Shape field =
      data::map({{"title", data::text(), Need::required},
                 {"type", data::choice({"text", "code", "integer", "decimal", "date", "picture"})},
                 {"required", data::boolean()}});
  static const data::Shape number = data::decimal();
  static const data::Shape shape = data::map({
      {"certificate", data::identifier(), Need::required},
      {"title", data::text(), Need::required},
      {"series", data::identifier(), Need::required},
      {"number", data::map_of(data::identifier())},
      {"register", data::identifier(), Need::required},
      {"row", data::map_of(data::text(), 1), Need::required},
      {"person", data::identifier(), Need::required},
      {"holder", data::identifier(), Need::required},
      {"columns", data::map_of(column, 1), Need::required},
      {"data", data::map_of(field), Need::required},
      {"page", data::map({{"width", number, Need::required}, {"height", number, Need::required}}),
       Need::required},
      {"border", data::map({{"style", data::choice({"none", "double", "classic"}), Need::required},
                            {"inset", number},
                            {"colour", data::text()},
                            {"accent", data::text()}})},
      {"texts", texts_shape(), Need::required},
      {"qr", data::map({{"x", number, Need::required},
                        {"y", number, Need::required},
                        {"side", number, Need::required},
                        {"text", data::text(), Need::required}})},
      {"seal", data::map({{"picture", data::identifier(), Need::required},
                          {"x", number, Need::required},
                          {"y", number, Need::required},
                          {"side", number, Need::required}})},
  });
  return shape;
}

class Loader {
 public:
  Loader(const Value& source, Diagnostics& findings) : source_(source), findings_(findings) {}
  Sheet load();

 private:
  double number(const Value& value, double absent, double least, double most);
  document::Rgb colour(const Value& value, document::Rgb absent);
  Template text(const Value& value);
  Box box(const Value& value);
  void page();
  void columns();
  void number_parameters();
  void texts();
  TextRun run(const Value& value, const TextRun& defaults);
  void qr();
  void seal();
  void check_inside(const Value& value, const Box& box);
  void check_known(const Value& value, const std::vector<std::string>& known, std::string_view code,
                   std::string_view what) {
    if (std::find(known.begin(), known.end(), value.text()) == known.end())
      data::report_unknown(value, code, what, known, findings_);
  }

  const Value& source_;
  Diagnostics& findings_;
  Sheet sheet_;
  std::vector<std::string> names_;  // what texts may speak of
};

double Loader::number(const Value& value, double absent, double least, double most) {
  const auto decimal = data::to_decimal(value);
  if (!decimal) return absent;
  const double number = std::strtod(decimal->to_text().c_str(), nullptr);
  if (number < least || number > most)
    findings_.error("out-of-range", value.place(),
                    fmt::format("数值 {} 不在 {} 到 {} 之间", decimal->to_text(), least, most));
  return number;
}

document::Rgb Loader::colour(const Value& value, document::Rgb absent) {
  if (value.is_null()) return absent;
  const std::string& text = value.text();
  if (text.size() != 7 || text[0] != '#' ||
      text.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos) {
    findings_.error("bad-colour", value.place(), fmt::format("\"{}\" 不是颜色", text),
                    "例如 \"#9B1B1E\"，要加引号");
    return absent;
  }
  const auto part = [&](size_t at) {
    return static_cast<double>(std::stoi(text.substr(at, 2), nullptr, 16)) / 255;
  };
  return {part(1), part(3), part(5)};
}

// Every tag must name a column, a field of the data, or `number`.
Template Loader::text(const Value& value) {
  Template text{value.text(), value.place()};
  if (value.is_null() || !templates::check_text(text.text, text.place, findings_)) return text;
  for (const auto& tag : templates::list_tags(text.text, text.place)) {
    Value name(tag.path);
    name.set_place(tag.place);
    if (name.text().front() != '@' && name.text() != ".") check_known(name, names_, "unknown-name", "名称");
  }
  return text;
}

void Loader::check_inside(const Value& value, const Box& box) {
  if (box.x < 0 || box.y < 0 || box.x + box.width > sheet_.width_mm || box.y + box.height > sheet_.height_mm)
    findings_.error("outside-page", value.place(),
                    fmt::format("这一块伸出了 {}×{} 毫米的页面", sheet_.width_mm, sheet_.height_mm));
}

Box Loader::box(const Value& value) {
  const Box box{number(value["x"], 0, 0, 2000), number(value["y"], 0, 0, 2000),
                number(value["width"], 0, 1, 2000), number(value["height"], 0, 1, 2000)};
  check_inside(value, box);
  return box;
}

void Loader::page() {
  sheet_.width_mm = number(source_["page"]["width"], 297, 50, 1200);
  sheet_.height_mm = number(source_["page"]["height"], 210, 50, 1200);
  const Value& border = source_["border"];
  if (border.is_null()) return;
  const std::string& style = border["style"].text();
  sheet_.border.style = style == "classic"  ? BorderStyle::classic
                        : style == "double" ? BorderStyle::double_line
                                            : BorderStyle::none;
  sheet_.border.inset = number(border["inset"], 8, 0, 60);
  sheet_.border.colour = colour(border["colour"], {0.56, 0.11, 0.12});
  sheet_.border.accent = colour(border["accent"], {0.72, 0.55, 0.25});
}

void Loader::columns() {
  names_ = {"number"};
  const auto add_name = [&](const std::string& name, const Place& place) {
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      findings_.error("repeated-name", place, fmt::format("名称 \"{}\" 已有别的用处", name),
                      "花名册的列、数据的字段和 number 不能同名");
    names_.push_back(name);
  };
  for (const auto& [id, place, column] : source_["columns"].entries()) {
    add_name(id, place);
    sheet_.columns.push_back(
        {id, column["title"].text(), data::to_boolean(column["required"]).value_or(false)});
  }
  static const std::vector<std::string> kTypes = {"text", "code", "integer", "decimal", "date", "picture"};
  for (const auto& [id, place, field] : source_["data"].entries()) {
    add_name(id, place);
    const auto type = std::find(kTypes.begin(), kTypes.end(), field["type"].text());
    sheet_.fields.push_back(
        {id, field["title"].text(),
         type == kTypes.end() ? FieldType::text : static_cast<FieldType>(type - kTypes.begin()),
         data::to_boolean(field["required"]).value_or(true)});
  }
  std::vector<std::string> ids;
  for (const Column& column : sheet_.columns) ids.push_back(column.id);
  for (const char* key : {"person", "holder"}) check_known(source_[key], ids, "unknown-column", "列");
  const Column* holder = sheet_.find_column(sheet_.holder);
  if (holder && !holder->required)
    findings_.error("holder-not-required", source_["holder"].place(),
                    fmt::format("姓名所在的列 \"{}\" 必须是必填列", holder->id), "在这一列写 required: true");
}

void Loader::number_parameters() {
  std::vector<std::string> ids;
  for (const Field& field : sheet_.fields) ids.push_back(field.id);
  for (const auto& [name, place, field] : source_["number"].entries()) {
    check_known(field, ids, "unknown-field", "数据字段");
    const Field* found = sheet_.find_field(field.text());
    if (found && found->type == FieldType::picture)
      findings_.error("wrong-type", field.place(),
                      fmt::format("字段 \"{}\" 是图片，不能编入证书编号", found->id));
    if (found && !found->required)
      findings_.error("optional-field", field.place(),
                      fmt::format("字段 \"{}\" 编入证书编号，必须是必填的", found->id),
                      "删去 required: false");
    sheet_.number.push_back({name, field.text(), place});
  }
}

TextRun Loader::run(const Value& value, const TextRun& defaults) {
  TextRun run = defaults;
  if (!value["face"].is_null()) run.role = value["face"].text();
  run.size_pt = number(value["size"], defaults.size_pt, 4, 200);
  run.spacing = number(value["spacing"], defaults.spacing, -0.2, 10);
  run.colour = colour(value["colour"], defaults.colour);
  run.underline = data::to_boolean(value["underline"]).value_or(defaults.underline);
  run.text = text(value["text"]);
  return run;
}

void Loader::texts() {
  for (const Value& value : source_["texts"].items()) {
    Text& text = sheet_.texts.emplace_back();
    text.box = box(value["box"]);
    const std::string& align = value["align"].text();
    text.align = align == "centre"    ? Align::centre
                 : align == "right"   ? Align::right
                 : align == "justify" ? Align::justify
                                      : Align::left;
    const std::string& stand = value["stand"].text();
    text.stand = stand == "middle" ? Stand::middle : stand == "bottom" ? Stand::bottom : Stand::top;
    text.pitch = number(value["pitch"], 1.5, 0.8, 10);
    text.indent = number(value["indent"], 0, 0, 40);
    text.one_line = data::to_boolean(value["one-line"]).value_or(false);
    text.least = number(value["least"], 0.6, 0.2, 1);
    const bool single = !value["text"].is_null();
    if (single == !value["runs"].is_null())
      findings_.error("text-or-runs", value.place(),
                      single ? "text 和 runs 只能写一个" : "缺少 text 或 runs");
    const TextRun whole = run(value, {});
    text.size_pt = whole.size_pt;
    if (single) text.runs.push_back(whole);
    for (const Value& part : value["runs"].items()) text.runs.push_back(run(part, whole));
  }
}

void Loader::qr() {
  const Value& value = source_["qr"];
  if (value.is_null()) return;
  // Below 12 mm a phone cannot read what the sheets print into it.
  sheet_.qr = Qr{number(value["x"], 0, 0, 2000), number(value["y"], 0, 0, 2000),
                 number(value["side"], 22, 12, 200), text(value["text"])};
  check_inside(value, {sheet_.qr->x, sheet_.qr->y, sheet_.qr->side, sheet_.qr->side});
}

void Loader::seal() {
  const Value& value = source_["seal"];
  if (value.is_null()) return;
  sheet_.seal = Seal{value["picture"].text(), number(value["x"], 0, 0, 2000), number(value["y"], 0, 0, 2000),
                     number(value["side"], 42, 5, 200)};
  std::vector<std::string> pictures;
  for (const Field& field : sheet_.fields)
    if (field.type == FieldType::picture) pictures.push_back(field.id);
  check_known(value["picture"], pictures, "unknown-field", "图片字段");
  check_inside(value, {sheet_.seal->x, sheet_.seal->y, sheet_.seal->side, sheet_.seal->side});
}

Sheet Loader::load() {
  sheet_.name = source_["certificate"].text();
  sheet_.title = source_["title"].text();
  sheet_.series = source_["series"].text();
  sheet_.register_name = source_["register"].text();
  sheet_.person = source_["person"].text();
  sheet_.holder = source_["holder"].text();
  sheet_.place = source_.place();
  sheet_.series_place = source_["series"].place();
  sheet_.register_place = source_["register"].place();
  page();
  columns();
  number_parameters();
  for (const auto& [column, place, value] : source_["row"].entries())
    sheet_.row.push_back({column, text(value), place});
  texts();
  qr();
  seal();
  document::PlacedPage ground;
  ground.width_mm = sheet_.width_mm;
  ground.height_mm = sheet_.height_mm;
  draw_border(sheet_.border, ground);
  sheet_.ground = std::make_shared<const document::PlacedPage>(std::move(ground));
  return std::move(sheet_);
}

}  // namespace

const Field* Sheet::find_field(std::string_view id) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

const Column* Sheet::find_column(std::string_view id) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.id == id; });
  return found == columns.end() ? nullptr : &*found;
}

std::optional<Sheet> load_sheet(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  std::optional<Sheet> sheet;
  if (data::check_shape(source, sheet_shape(), own)) sheet = Loader(source, own).load();
  if (own.has_errors()) sheet.reset();
  findings.append(own);
  return sheet;
}

}  // namespace wenshu::certificate
