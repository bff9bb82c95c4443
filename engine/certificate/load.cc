#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "base/text.h"
#include "certificate/proof.h"
#include "certificate/sheet.h"
#include "data/schema.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Need;
using data::Value;

data::Shape box_shape() {
  return data::map({{"x", data::decimal(), Need::required},
                    {"y", data::decimal(), Need::required},
                    {"width", data::decimal(), Need::required},
                    {"height", data::decimal(), Need::required}});
}

const data::Shape& texts_shape() {
  static const data::Shape face = data::choice({"fangsong", "kaiti", "heiti", "xiaobiaosong", "songti"});
  static const data::Shape run = data::map({{"text", data::text(), Need::required},
                                            {"face", face},
                                            {"size", data::decimal()},
                                            {"spacing", data::decimal()},
                                            {"colour", data::text()},
                                            {"underline", data::boolean()}});
  static const data::Shape box = box_shape();
  static const data::Shape shape =
      data::list(data::map({{"box", box, Need::required},
                            {"face", face, Need::required},
                            {"size", data::decimal(), Need::required},
                            {"spacing", data::decimal()},
                            {"colour", data::text()},
                            {"underline", data::boolean()},
                            {"align", data::choice({"left", "centre", "right", "justify"})},
                            {"stand", data::choice({"top", "middle", "bottom"})},
                            {"direction", data::choice({"across", "down"})},
                            {"pitch", data::decimal()},
                            {"indent", data::decimal()},
                            {"one-line", data::boolean()},
                            {"least", data::decimal()},
                            {"text", data::text()},
                            {"runs", data::list(run, 1)}}),
                 1);
  return shape;
}

// What stands on one side.
std::vector<data::Field> side_fields(Need texts) {
  const data::Shape number = data::decimal(), picture = data::identifier();
  return {
      {"border",
       data::map({{"style", data::choice({"none", "double", "classic", "guilloche", "fine"}), Need::required},
                  {"inset", number},
                  {"colour", data::text()},
                  {"accent", data::text()}})},
      {"background", picture},
      {"boxes", data::list(data::map({{"box", box_shape(), Need::required},
                                      {"fill", data::text()},
                                      {"line", data::text()},
                                      {"width", number}}))},
      {"texts", texts_shape(), texts},
      {"photo", data::map({{"picture", picture, Need::required}, {"box", box_shape(), Need::required}})},
      {"qr", data::map({{"x", number, Need::required},
                        {"y", number, Need::required},
                        {"side", number, Need::required},
                        {"text", data::text()},
                        {"address", data::text()},
                        {"certifies", data::list(data::identifier(), 1)}})},
      {"seal", data::map({{"picture", picture, Need::required},
                          {"x", number, Need::required},
                          {"y", number, Need::required},
                          {"side", number, Need::required}})},
  };
}

const data::Shape& sheet_shape() {
  static const data::Shape type = data::choice({"text", "code", "integer", "decimal", "date", "picture"});
  static const data::Shape column = data::map({{"title", data::text(), Need::required},
                                               {"type", type},
                                               {"required", data::boolean()},
                                               {"sample", data::text()}});
  static const data::Shape number = data::decimal();
  static const data::Shape shape = [] {
    std::vector<data::Field> fields = {
        {"certificate", data::identifier(), Need::required},
        {"title", data::text(), Need::required},
        {"series", data::identifier(), Need::required},
        {"number", data::map_of(data::identifier())},
        {"register", data::identifier(), Need::required},
        {"row", data::map_of(data::text(), 1), Need::required},
        {"person", data::identifier(), Need::required},
        {"holder", data::identifier(), Need::required},
        {"columns", data::map_of(column, 1), Need::required},
        {"data", data::map_of(column), Need::required},
        {"rules", data::list(data::map({{"require", data::text(), Need::required},
                                        {"reason", data::text(), Need::required},
                                        {"fix", data::text(), Need::required}}))},
        {"page", data::map({{"width", number, Need::required}, {"height", number, Need::required}}),
         Need::required},
        {"sides", data::list(data::map(side_fields(Need::required)), 1)},
        {"many", data::map({{"columns", data::integer(1, 20), Need::required},
                            {"rows", data::integer(1, 40), Need::required},
                            {"x", number},
                            {"y", number},
                            {"gap-x", number},
                            {"gap-y", number},
                            {"width", number},
                            {"height", number}})},
    };
    for (data::Field& field : side_fields(Need::optional)) fields.push_back(std::move(field));
    return data::map(std::move(fields));
  }();
  return shape;
}

FieldType type_of(const Value& value) {
  static const std::vector<std::string> kTypes = {"text", "code", "integer", "decimal", "date", "picture"};
  const auto type = std::find(kTypes.begin(), kTypes.end(), value.text());
  return type == kTypes.end() ? FieldType::text : static_cast<FieldType>(type - kTypes.begin());
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
  Border border(const Value& value);
  Side side(const Value& value);
  std::vector<Text> texts(const Value& values);
  TextRun run(const Value& value, const TextRun& defaults);
  Qr qr(const Value& value);
  void check_free(const Side& side, const Place& where);
  Seal seal(const Value& value);
  void check_says(const std::string& id, const std::string& code, const std::string& what);
  void rules();
  void many();
  std::vector<std::string> pictures(const std::string& kind) const;
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
                number(value["width"], 0, 0.05, 2000), number(value["height"], 0, 0.05, 2000)};
  check_inside(value, box);
  return box;
}

void Loader::page() {
  sheet_.width_mm = number(source_["page"]["width"], 297, 50, 1200);
  sheet_.height_mm = number(source_["page"]["height"], 210, 50, 1200);
}

Border Loader::border(const Value& value) {
  Border border;
  if (value.is_null()) return border;
  static const std::map<std::string, BorderStyle> kStyles = {{"none", BorderStyle::none},
                                                             {"double", BorderStyle::double_line},
                                                             {"classic", BorderStyle::classic},
                                                             {"guilloche", BorderStyle::guilloche},
                                                             {"fine", BorderStyle::fine}};
  border.style = kStyles.at(value["style"].text());
  border.inset = number(value["inset"], 8, 0, 60);
  border.colour = colour(value["colour"], {0.56, 0.11, 0.12});
  border.accent = colour(value["accent"], {0.72, 0.55, 0.25});
  return border;
}

void Loader::columns() {
  names_ = {"number", "mark"};
  const auto add_name = [&](const std::string& name, const Place& place) {
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      findings_.error("repeated-name", place, fmt::format("名称 \"{}\" 已有别的用处", name),
                      "花名册的列、数据的字段和 number、mark 不能同名");
    names_.push_back(name);
  };
  for (const auto& [id, place, column] : source_["columns"].entries()) {
    add_name(id, place);
    sheet_.columns.push_back({id, column["title"].text(), type_of(column["type"]),
                              data::to_boolean(column["required"]).value_or(false), column["sample"].text()});
  }
  for (const auto& [id, place, field] : source_["data"].entries()) {
    add_name(id, place);
    sheet_.fields.push_back({id, field["title"].text(), type_of(field["type"]),
                             data::to_boolean(field["required"]).value_or(true), field["sample"].text()});
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

std::vector<Text> Loader::texts(const Value& values) {
  std::vector<Text> texts;
  for (const Value& value : values.items()) {
    Text& text = texts.emplace_back();
    text.box = box(value["box"]);
    const std::string& align = value["align"].text();
    text.align = align == "centre"    ? Align::centre
                 : align == "right"   ? Align::right
                 : align == "justify" ? Align::justify
                                      : Align::left;
    const std::string& stand = value["stand"].text();
    text.stand = stand == "middle" ? Stand::middle : stand == "bottom" ? Stand::bottom : Stand::top;
    text.direction = value["direction"].text() == "down" ? Direction::down : Direction::across;
    text.pitch = number(value["pitch"], 1.5, 0.8, 5);
    text.indent = number(value["indent"], 0, 0, 20);
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
  return texts;
}

Qr Loader::qr(const Value& value) {
  // Below 12 mm a phone cannot read what the sheets print into it.
  Qr qr{number(value["x"], 0, 0, 2000),
        number(value["y"], 0, 0, 2000),
        number(value["side"], 22, 12, 200),
        text(value["text"]),
        value["address"].text(),
        {}};
  check_inside(value, {qr.x, qr.y, qr.side, qr.side});
  if (value["text"].is_null() && value["certifies"].is_null())
    findings_.error("text-or-certifies", value.place(),
                    "二维码要写 certifies（用单位密钥签名证明的各项），或 text（不带签名的文字）",
                    "例如 certifies: [number, name]");
  if (!value["address"].is_null()) check_address(qr.address, value["address"].place(), findings_);
  if (!value["address"].is_null() && value["certifies"].is_null())
    findings_.error("text-or-certifies", value.place(),
                    "写了 address（核验网址），还要写 certifies（签名证明的各项）");
  bool numbered = value["certifies"].is_null();
  for (const Value& name : value["certifies"].items()) {
    check_known(name, names_, "unknown-name", "名称");
    numbered = numbered || name.text() == "number";
    if (std::find(qr.certifies.begin(), qr.certifies.end(), name.text()) != qr.certifies.end())
      findings_.error("repeated-name", name.place(), fmt::format("certifies 里 {} 写了两次", name.text()),
                      "只留一个");
    qr.certifies.push_back(name.text());
  }
  if (qr.is_signed() &&
      std::find(qr.certifies.begin(), qr.certifies.end(), sheet_.holder) == qr.certifies.end())
    findings_.error("holder-not-certified", value["certifies"].place(),
                    fmt::format("certifies 里没有 {}（姓名）", sheet_.holder),
                    fmt::format("加上 {}：不写是谁的，印到别人的证书上也核验为真", sheet_.holder));
  if (!numbered)
    findings_.error("number-not-certified", value["certifies"].place(), "certifies 里没有 number（证书编号）",
                    "加上 number：查验时凭编号核对是否作废");
  return qr;
}

Seal Loader::seal(const Value& value) {
  Seal seal{value["picture"].text(), number(value["x"], 0, 0, 2000), number(value["y"], 0, 0, 2000),
            number(value["side"], 42, 5, 200)};
  check_known(value["picture"], pictures("data"), "unknown-field", "图片字段");
  check_inside(value, {seal.x, seal.y, seal.side, seal.side});
  return seal;
}

std::vector<std::string> Loader::pictures(const std::string& kind) const {
  std::vector<std::string> ids;
  if (kind == "data") {
    for (const Field& field : sheet_.fields)
      if (field.type == FieldType::picture) ids.push_back(field.id);
  } else {
    for (const Column& column : sheet_.columns)
      if (column.type == FieldType::picture) ids.push_back(column.id);
  }
  return ids;
}

Side Loader::side(const Value& value) {
  Side side;
  side.border = border(value["border"]);
  if (const Value& background = value["background"]; !background.is_null()) {
    check_known(background, pictures("data"), "unknown-field", "图片字段");
    side.background = Picture{background.text(), {0, 0, sheet_.width_mm, sheet_.height_mm}};
  }
  for (const Value& part : value["boxes"].items()) {
    Rectangle& rectangle = side.boxes.emplace_back();
    rectangle.box = box(part["box"]);
    if (!part["fill"].is_null()) rectangle.fill = colour(part["fill"], {});
    if (!part["line"].is_null()) rectangle.line = colour(part["line"], {});
    rectangle.line_pt = number(part["width"], 0.5, 0.05, 20);
  }
  side.texts = texts(value["texts"]);
  if (const Value& photo = value["photo"]; !photo.is_null()) {
    check_known(photo["picture"], pictures("columns"), "unknown-column", "图片列");
    side.photo = Picture{photo["picture"].text(), box(photo["box"])};
  }
  if (!value["qr"].is_null()) side.qr = qr(value["qr"]);
  if (!value["seal"].is_null()) side.seal = seal(value["seal"]);
  if (side.qr) check_free(side, value["qr"].place());
  return side;
}

// A code that something lies on is read by no phone; a text's box may be wider than its text.
void Loader::check_free(const Side& side, const Place& where) {
  constexpr double kReadable = 20;  // mm, of a signed code: a third of a millimetre a module
  const Qr& qr = *side.qr;
  const auto overlaps = [&](const Box& box) {
    return box.x < qr.x + qr.side && qr.x < box.x + box.width && box.y < qr.y + qr.side &&
           qr.y < box.y + box.height;
  };
  const auto refuse = [&](const std::string& what) {
    findings_.error("qr-covered", where, fmt::format("{}压着二维码，手机扫不出来", what),
                    "挪开二维码，或挪开压着它的");
  };
  if (side.photo && overlaps(side.photo->box)) refuse("照片");
  if (side.seal) {  // round
    const double radius = side.seal->side / 2, x = side.seal->x + radius, y = side.seal->y + radius;
    if (std::hypot(x - std::clamp(x, qr.x, qr.x + qr.side), y - std::clamp(y, qr.y, qr.y + qr.side)) < radius)
      refuse("印章");
  }
  for (const Text& text : side.texts)
    if (overlaps(text.box))
      findings_.warning("qr-covered", where,
                        fmt::format("有一段文字的框（{}）和二维码重叠，文字压上时手机扫不出来",
                                    to_text(text.runs.empty() ? where : text.runs.front().text.place)),
                        "挪开二维码，或把那一框改小");
  if (qr.is_signed() && qr.side < kReadable)
    findings_.warning("qr-small", where,
                      fmt::format("带签名的二维码只有 {} 毫米见方，印在纸上多半扫不出来", qr.side),
                      fmt::format("side 写 {} 以上", kReadable));
}

expression::Type type_of(FieldType type, bool required) {
  using expression::Type;
  const Type found = type == FieldType::integer   ? Type::integer()
                     : type == FieldType::decimal ? Type::number()
                     : type == FieldType::date    ? Type::date()
                                                  : Type::text();
  return required ? found : found.or_empty();
}

void Loader::rules() {
  expression::Type::Fields fields;
  for (const Column& column : sheet_.columns)
    fields.emplace_back(column.id, type_of(column.type, column.required));
  for (const Field& field : sheet_.fields) fields.emplace_back(field.id, type_of(field.type, field.required));
  sheet_.type = expression::Type::record(std::move(fields));
  for (const Value& rule : source_["rules"].items()) {
    const Value& require = rule["require"];
    const auto guard = expression::parse_guard(require.text(), require.place(), findings_);
    const Template reason = text(rule["reason"]);
    if (guard && expression::check_condition(*guard, sheet_.type, findings_))
      sheet_.rules.push_back({*guard, reason, rule["fix"].text()});
  }
}

void Loader::many() {
  const Value& value = source_["many"];
  if (value.is_null()) return;
  Many many{static_cast<int>(data::to_integer(value["columns"]).value_or(1)),
            static_cast<int>(data::to_integer(value["rows"]).value_or(1)),
            number(value["x"], 0, 0, 1200),
            number(value["y"], 0, 0, 1200),
            number(value["gap-x"], 0, 0, 200),
            number(value["gap-y"], 0, 0, 200),
            number(value["width"], 210, 50, 1200),
            number(value["height"], 297, 50, 1200)};
  const double right = many.x + many.columns * (sheet_.width_mm + many.gap_x) - many.gap_x,
               bottom = many.y + many.rows * (sheet_.height_mm + many.gap_y) - many.gap_y;
  if (right > many.width_mm + 0.01 || bottom > many.height_mm + 0.01)
    findings_.error("outside-page", value.place(),
                    fmt::format("{}×{} 张排开要 {}×{} 毫米，超出了 {}×{} 毫米的纸", many.columns, many.rows,
                                right, bottom, many.width_mm, many.height_mm),
                    "减少行列，或改小间距");
  if (sheet_.sides.size() > 1) findings_.error("many-sides", value.place(), "多人拼一页时只能有一面");
  sheet_.many = many;
}

// A certificate says whose it is and which one.
void Loader::check_says(const std::string& id, const std::string& code, const std::string& what) {
  for (const Side& side : sheet_.sides)
    for (const Text& one : side.texts)
      for (const TextRun& run : one.runs)
        for (size_t at = 0; (at = run.text.text.find("{{", at)) != std::string::npos;) {
          at = run.text.text.find_first_not_of("{# ", at);
          if (at == std::string::npos) break;
          if (run.text.text.compare(at, id.size(), id) == 0) return;
        }
  findings_.warning(code, source_.place(), fmt::format("版面上没有印{}（{{{{{}}}}}）", what, id),
                    fmt::format("在 texts 里加上 {{{{{}}}}}", id));
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
  if (source_["sides"].is_null()) {
    if (source_["texts"].is_null())
      findings_.error("missing-field", source_.place(), "缺少 texts（版面上的文字），或 sides（各面）");
    sheet_.sides.push_back(side(source_));
  } else {
    for (const char* key : {"border", "background", "boxes", "texts", "photo", "qr", "seal"})
      if (!source_[key].is_null())
        findings_.error("sides-and-side", source_[key].place(),
                        fmt::format("有 sides 时，{} 应写在各面里", key));
    for (const Value& one : source_["sides"].items()) sheet_.sides.push_back(side(one));
  }
  rules();
  many();
  if (!findings_.has_errors()) {
    check_says(sheet_.holder, "nobody-named", "持有人的姓名");
    check_says("number", "no-number", "证书编号");
  }
  return std::move(sheet_);
}

}  // namespace

const Qr* Sheet::find_qr() const {
  for (const Side& side : sides)
    if (side.qr) return &*side.qr;
  return nullptr;
}

const Seal* Sheet::find_seal() const {
  for (const Side& side : sides)
    if (side.seal) return &*side.seal;
  return nullptr;
}

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
