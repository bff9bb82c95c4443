#include "certificate/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "data/schema.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Need;
using data::Value;

data::Shape shape_of(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return data::integer();
    case FieldType::decimal:
      return data::decimal();
    case FieldType::date:
      return data::date();
    case FieldType::text:
    case FieldType::code:
    case FieldType::picture:
      break;
  }
  return data::text();
}

data::Shape values_shape(const Sheet& sheet) {
  std::vector<data::Field> fields;
  for (const Field& field : sheet.fields)
    fields.push_back({field.id, shape_of(field.type), field.required ? Need::required : Need::optional});
  return data::map(std::move(fields));
}

bool is_code(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

bool is_private_use(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

// Joiners, directions, variation selectors: on paper nothing of them is seen, in a comparison everything.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0000 && c <= 0xE01EF);
}

// What programs and people leave in a name in the place of a character that their encoding does not know.
bool is_stand_in(char32_t c) {
  return c == U'?' || c == U'？' || c == U'□' || c == U'■' || c == U'〓' || c == U'█';
}

void report_lost(const std::string& title, const Place& where, const std::string& text, char32_t mark,
                 Diagnostics& findings) {
  findings.error(
      "lost-character", where,
      fmt::format("“{}”里的“{}”多半是转存时丢了的生僻字：{}", title, to_utf8(std::u32string(1, mark)), text),
      "补上这个字，另存为 UTF-8");
}

// A text that goes onto certificates: every character must be seen, and be the same on every machine.
bool check_characters(const std::string& title, const Place& where, const std::string& text,
                      Diagnostics& findings) {
  if (find_forbidden_character(text)) {
    findings.error("control-character", where, fmt::format("“{}”里有控制字符", title), "删去后重新填写");
    return false;
  }
  for (const char32_t c : to_characters(text)) {
    if (c == 0xFFFD) {
      report_lost(title, where, text, c, findings);
    } else if (is_invisible(c)) {
      findings.error("invisible-character", where,
                     fmt::format("“{}”里有看不见的字符 {}", title, code_point_name(c)), "全部删去，重新键入");
    } else if (is_private_use(c)) {
      // U+E863 is where GBK-time systems kept 䶮.
      findings.error("private-use-character", where,
                     fmt::format("“{}”里有自造字 {}，别的电脑上显示不出来", title, code_point_name(c)),
                     c == 0xE863 ? "改用正式编码的“䶮”（U+4DAE）" : "改用这个字的正式编码");
    } else {
      continue;
    }
    return false;
  }
  return true;
}

// Marks that people type for the separator of names, which is U+00B7 (民委发〔2016〕33号).
bool is_false_separator(char32_t c) {
  return c == U'•' || c == U'・' || c == U'‧' || c == U'∙' || c == U'･' || c == U'．' || c == U'.';
}

class Roster {
 public:
  Roster(const Sheet& sheet, Diagnostics& findings) : sheet_(sheet), findings_(findings) {}

  std::vector<Person> read(const Value& rows);

 private:
  bool check_header(const Value& rows);
  std::optional<Person> read_row(const Value& row);
  bool check_cell(const Column& column, const Value& cell, const std::string& text);
  bool check_type(const Column& column, const Value& cell, const std::string& text);
  void check_name(const Value& cell, const std::string& name);
  void check_twins(const std::vector<Person>& people);
  const Column* find_column(std::string_view header) const;

  const Sheet& sheet_;
  Diagnostics& findings_;
};

// By id or by title; clerks' own rosters have Chinese heads.
const Column* Roster::find_column(std::string_view header) const {
  for (const Column& column : sheet_.columns)
    if (column.id == header || column.title == header) return &column;
  return nullptr;
}

// The union of all rows' keys: the rows of a JSON roster need not be alike.
bool Roster::check_header(const Value& rows) {
  bool good = true;
  std::vector<std::string> known;
  for (const Column& column : sheet_.columns) known.insert(known.end(), {column.id, column.title});
  std::set<std::string> seen;
  std::set<const Column*> found;
  for (const Value& row : rows.items())
    for (const auto& [key, place, cell] : row.entries()) {
      if (!seen.insert(key).second) continue;
      const Column* column = find_column(key);
      if (!column) {
        Value name(key);
        name.set_place(place);
        data::report_unknown(name, "unknown-column", "列", known, findings_);
        good = false;
      } else if (!found.insert(column).second) {
        findings_.error("repeated-column", place,
                        fmt::format("列 \"{}\"（{}）出现两次", column->id, column->title), "只留一列");
        good = false;
      }
    }
  for (const Column& column : sheet_.columns)
    if (column.required && !found.contains(&column)) {
      findings_.error("missing-column", rows.place(),
                      fmt::format("花名册没有“{}”这一列（{}）", column.title, column.id),
                      fmt::format("在第一行加上 {} 或 {}", column.id, column.title));
      good = false;
    }
  return good;
}

bool Roster::check_cell(const Column& column, const Value& cell, const std::string& text) {
  if (text.empty()) {
    if (column.required)
      findings_.error("empty-cell", cell.place(), fmt::format("这一行没有填“{}”", column.title),
                      fmt::format("补上{}，或删去这一行", column.title));
    return !column.required;
  }
  if (text.find_first_of("\t\r\n") != std::string::npos) {
    findings_.error("control-character", cell.place(), fmt::format("“{}”里有制表符或换行", column.title),
                    "删去后重新填写");
    return false;
  }
  if (!check_characters(column.title, cell.place(), text, findings_)) return false;
  if (!check_type(column, cell, text)) return false;
  const auto characters = to_characters(text);
  const auto lost = std::find_if(characters.begin(), characters.end(), is_stand_in);
  if (column.id != sheet_.holder || lost == characters.end()) return true;
  report_lost(column.title, cell.place(), text, *lost, findings_);
  return false;
}

bool Roster::check_type(const Column& column, const Value& cell, const std::string& text) {
  Value typed(text);
  typed.set_place(cell.place());
  if (column.type == FieldType::code && !is_code(text)) {
    findings_.error("bad-code", cell.place(),
                    fmt::format("“{}”只能用数字和大写字母，现在是 \"{}\"", column.title, text), "例如 ZX01");
    return false;
  }
  return data::check_shape(typed, shape_of(column.type), findings_);
}

void Roster::check_name(const Value& cell, const std::string& name) {
  for (const char32_t c : to_characters(name)) {
    if (is_false_separator(c))
      findings_.warning("name-separator", cell.place(),
                        fmt::format("姓名“{}”的间隔号是 {}", name, code_point_name(c)),
                        "间隔号应为 ·（U+00B7）");
    if (c == U' ' || c == U'\u3000' || c == U'\u00A0')
      findings_.warning("blank-in-name", cell.place(), fmt::format("姓名“{}”中有空格，会照样印出", name),
                        "删去空格");
  }
}

std::optional<Person> Roster::read_row(const Value& row) {
  if (!row.is_map()) {
    findings_.error("wrong-type", row.place(), "花名册的每一项应是一行（列名: 内容）");
    return std::nullopt;
  }
  Person person;
  person.place = row.place();
  person.row = Value::map();
  bool good = true;
  for (const Column& column : sheet_.columns) {
    const Value* cell = nullptr;
    for (const auto& [key, place, value] : row.entries())
      if (find_column(key) == &column && !cell) cell = &value;
    const Value nothing;
    if (cell && !cell->is_scalar() && !cell->is_null()) {
      findings_.error("wrong-type", cell->place(), fmt::format("“{}”应是一段文字", column.title));
      good = false;
      continue;
    }
    const std::string text = cell ? std::string(trim(cell->text())) : "";
    Value place_of_cell;
    place_of_cell.set_place(cell ? cell->place() : row.place());
    good = check_cell(column, place_of_cell, text) && good;
    person.row.set(column.id, text.empty() ? Value() : Value(text));
    if (column.id == sheet_.person) person.id = text;
    if (column.id == sheet_.holder) {
      person.name = text;
      check_name(place_of_cell, text);
    }
  }
  if (!good) return std::nullopt;
  return person;
}

// The same id twice, or one name twice where an id does not tell the two apart.
void Roster::check_twins(const std::vector<Person>& people) {
  std::map<std::string, const Person*> ids, names;
  for (const Person& person : people) {
    const Person*& first = ids[person.id];
    if (!person.id.empty() && first)
      findings_.error("repeated-id", person.place,
                      fmt::format("{}的编号 {} 与{}（第 {} 行）相同", person.name, person.id, first->name,
                                  first->place.line),
                      "核对两人的编号；同一人只留一行");
    if (!first) first = &person;
    const Person*& namesake = names[person.name];
    if (namesake && (person.id.empty() || namesake->id.empty()))
      findings_.error("same-name-without-id", person.place,
                      fmt::format("有两行姓名都是“{}”（另一行是第 {} 行），分不清是否同一人", person.name,
                                  namesake->place.line),
                      fmt::format("在“{}”列给两人填上不同的编号；若是同一人，删去一行",
                                  sheet_.find_column(sheet_.person)->title));
    if (!namesake) namesake = &person;
  }
}

std::vector<Person> Roster::read(const Value& rows) {
  std::vector<Person> people;
  if (!check_header(rows)) return people;
  for (const Value& row : rows.items())
    if (auto person = read_row(row)) people.push_back(std::move(*person));
  check_twins(people);
  for (Person& person : people)
    if (person.id.empty()) person.id = person.name;
  return people;
}

}  // namespace

std::optional<Value> load_batch_data(const Sheet& sheet, const Value& file, Diagnostics& findings) {
  static const data::Shape shape = data::map({{"data", data::identifier(), Need::required},
                                              {"certificate", data::identifier(), Need::required},
                                              {"roster", data::text()},  // which people: checked with them
                                              {"values", data::map_of(data::any()), Need::required}});
  if (!data::check_shape(file, shape, findings)) return std::nullopt;
  if (file["certificate"].text() != sheet.name) {
    data::report_unknown(file["certificate"], "unknown-certificate", "证书", {sheet.name}, findings);
    return std::nullopt;
  }
  if (!check_values(sheet, file["values"], findings)) return std::nullopt;
  return file["values"];
}

bool check_values(const Sheet& sheet, const Value& values, Diagnostics& findings) {
  if (!data::check_shape(values, values_shape(sheet), findings)) return false;
  bool good = true;
  for (const Field& field : sheet.fields) {
    const Value& value = values[field.id];
    if (value.is_null()) continue;
    good = check_characters(field.title, value.place(), value.text(), findings) && good;
    if (field.type != FieldType::code || is_code(value.text())) continue;
    findings.error("bad-code", value.place(),
                   fmt::format("{}只能用数字和大写字母，现在是 \"{}\"", field.title, value.text()),
                   "例如 ZX01");
    good = false;
  }
  return good;
}

std::vector<Person> read_people(const Sheet& sheet, const Value& rows, Diagnostics& findings) {
  if (!rows.is_list())
    findings.error("wrong-type", rows.place(), "花名册应是一张表（CSV）或一个列表（JSON）");
  else if (rows.size() == 0)
    findings.error("empty-roster", rows.place(), "花名册里没有人");
  else
    return Roster(sheet, findings).read(rows);
  return {};
}

std::optional<std::vector<Person>> load_roster(const Sheet& sheet, const Value& rows, Diagnostics& findings) {
  Diagnostics own;
  auto people = read_people(sheet, rows, own);
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return people;
}

std::map<std::string, std::string> number_parameters(const Sheet& sheet, const Value& values) {
  std::map<std::string, std::string> parameters;
  for (const Parameter& parameter : sheet.number) {
    const Field* field = sheet.find_field(parameter.field);
    const Value& value = values[parameter.field];
    const auto date = field && field->type == FieldType::date ? data::to_date(value) : std::nullopt;
    parameters[parameter.name] = date ? fmt::format("{}", static_cast<int>(date->year())) : value.text();
  }
  return parameters;
}

std::optional<Date> date_of(const Sheet& sheet, const Value& values) {
  for (const Field& field : sheet.fields)
    if (field.type == FieldType::date)
      if (const auto date = data::to_date(values[field.id])) return date;
  return std::nullopt;
}

std::string seal_path(const Sheet& sheet, const Value& values) {
  const Seal* seal = sheet.find_seal();
  return seal ? values[seal->field].text() : "";
}

CertifiedFields certified_fields(const Sheet& sheet, const Value& merged) {
  // The kind of certificate is no column or field, and half of what it certifies.
  CertifiedFields fields{{"证书名称", sheet.title}};
  for (const std::string& name : sheet.find_qr()->certifies) {
    const Column* column = sheet.find_column(name);
    const Field* field = sheet.find_field(name);
    fields.push_back({column ? column->title : field ? field->title : kNumberLabel, merged[name].text()});
  }
  return fields;
}

Value merge(const Sheet& sheet, const Value& values, const Person& person, const std::string& number,
            const std::string& mark) {
  Value merged = Value::map();
  for (const Field& field : sheet.fields) merged.set(field.id, values[field.id]);
  for (const Column& column : sheet.columns) merged.set(column.id, person.row[column.id]);
  merged.set("number", number);
  merged.set("mark", mark);
  return merged;
}

std::vector<std::pair<std::string, std::string>> register_row(const Sheet& sheet, const Value& merged) {
  std::vector<std::pair<std::string, std::string>> row;
  for (const RowCell& cell : sheet.row) {
    Diagnostics findings;  // the batch was checked: a text that cannot be filled stays empty
    row.emplace_back(cell.column,
                     templates::fill_text(cell.text.text, merged, cell.text.place, findings).value_or(""));
  }
  return row;
}

}  // namespace wenshu::certificate
