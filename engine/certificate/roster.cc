#include "certificate/roster.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "certificate/text_rules.h"
#include "data/schema.h"

namespace wenshu::certificate {

using data::Value;

namespace {

// What programs and people leave in a name in the place of a character that their encoding does not know.
bool is_stand_in(char32_t c) {
  return c == U'?' || c == U'？' || c == U'□' || c == U'■' || c == U'〓' || c == U'█';
}

// Marks that people type for the separator of names, which is U+00B7 (民委发〔2016〕33号).
bool is_false_separator(char32_t c) {
  return c == U'•' || c == U'・' || c == U'‧' || c == U'∙' || c == U'･' || c == U'．' || c == U'.';
}

constexpr char32_t kFirstWide = 0x2E80;

// Figures, what formulas, tags and paths are written with, pictures: the cell holds something else, or another column's.
bool is_no_part_of_a_name(char32_t c) {
  if (c < 0x80)
    return std::string_view("0123456789=#{}<>@|\\/+*$%^&~[]\"_!;:,").find(static_cast<char>(c)) !=
           std::string_view::npos;
  constexpr std::u32string_view kBetweenPeople = U"、，；：。／＼＝＃〃々…—";
  if (kBetweenPeople.find(c) != kBetweenPeople.npos) return true;
  return (c >= U'０' && c <= U'９') || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

// What is written where nobody is: a certificate would bear it.
bool says_nobody(std::string_view name) {
  static constexpr std::string_view kWords[] = {"无",   "同上", "待定", "暂无", "未定", "空",
                                                "空缺", "缺",   "合计", "小计", "总计", "姓名",
                                                "某某", "未知", "略",   "以上"};
  return std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

bool is_letter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
         (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000) || (c >= 0x3040 && c < 0x3100) ||
         (c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) ||
         c >= 0x20000;
}

// Columns that every roster has for the office itself.
bool is_of_no_sheet(std::string_view name) {
  static constexpr std::string_view kNames[] = {"序号",     "备注",     "签名",   "签字",    "手机",
                                                "手机号",   "手机号码", "电话",   "邮箱",    "微信",
                                                "联系电话", "联系方式", "领取人", "领取签字"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// A formula or a fault of a spreadsheet, or a tag: what should stand here was never put in.
bool is_unfilled(std::string_view text) {
  static constexpr std::string_view kFaults[] = {"#REF!",   "#N/A",  "#VALUE!", "#NAME?",
                                                 "#DIV/0!", "#NUM!", "#NULL!"};
  return text.starts_with('=') || text.find("{{") != std::string_view::npos ||
         std::any_of(std::begin(kFaults), std::end(kFaults),
                     [&](auto fault) { return text.starts_with(fault); });
}

// Of four characters at the least: no name of a person ends so.
bool ends_as_school(std::string_view text) {
  static constexpr std::string_view kEnds[] = {"学校",   "小学", "中学", "高中",  "初中",
                                               "幼儿园", "学院", "大学", "教学点"};
  constexpr size_t kShortest = 4 * 3;  // bytes
  return text.size() >= kShortest && std::any_of(std::begin(kEnds), std::end(kEnds),
                                                 [&](std::string_view end) { return text.ends_with(end); });
}

// Two to four Chinese characters, and no school (县一中, 实小).
bool looks_like_name(std::string_view text) {
  const auto characters = to_characters(text);
  return characters.size() >= 2 && characters.size() <= 4 && !ends_as_school(text) &&
         characters.back() != U'中' && characters.back() != U'小' &&
         std::all_of(characters.begin(), characters.end(), [](char32_t c) { return c >= kFirstWide; });
}

std::string shortened(const std::string& text) {
  constexpr size_t kShown = 20;
  const auto characters = to_characters(text);
  return characters.size() <= kShown ? text : to_utf8(characters.substr(0, kShown)) + "…";
}

// Who was the first with a text: a table of places, as a map of a county's names would be larger than the names.
class Firsts {
 public:
  explicit Firsts(size_t count) {
    size_t size = 16;
    while (size < 2 * count) size *= 2;
    slots_.resize(size);
  }
  // The first that has this text: `index` itself when there was none.
  template <class TextOf>
  size_t first(size_t index, const TextOf& text_of) {
    const std::string_view text = text_of(index);
    for (size_t at = std::hash<std::string_view>()(text);; ++at) {
      uint32_t& slot = slots_[at & (slots_.size() - 1)];
      if (slot == 0) slot = static_cast<uint32_t>(index + 1);
      if (slot == index + 1 || text_of(slot - 1) == text) return slot - 1;
    }
  }

 private:
  std::vector<uint32_t> slots_;  // index + 1; 0 where nobody is
};

}  // namespace

Roster::Roster(const Sheet& sheet, const Place& table, Diagnostics& findings)
    : sheet_(sheet), table_(table), findings_(findings), people_(sheet) {}

// By id or by title; clerks' own rosters have Chinese heads.
const Column* Roster::find_column(std::string_view header) const {
  for (const Column& column : sheet_.columns)
    if (column.id == header || column.title == header) return &column;
  return nullptr;
}

void Roster::see_columns(const Value& row) {
  for (const auto& [key, place, cell] : row.entries()) {
    if (!seen_.insert(key).second) continue;
    const Column* column = find_column(key);
    if (!column) {
      if (is_of_no_sheet(key)) continue;
      std::vector<std::string> known;
      for (const Column& one : sheet_.columns) known.insert(known.end(), {one.id, one.title});
      if (near_name(key.text(), known).empty()) {
        findings_.warning("unused-column", place, fmt::format("版面不用“{}”这一列，没有读它", key),
                          "若是要印的，把列名改成版面里的列名");
        continue;
      }
      Value name(key);
      name.set_place(place);
      data::report_unknown(name, "unknown-column", "列", known, findings_);
      good_ = false;
    } else if (!found_.insert(column).second) {
      findings_.error("repeated-column", place,
                      fmt::format("列 \"{}\"（{}）出现两次", column->id, column->title), "只留一列");
      good_ = false;
    }
  }
}

// Those that the roster has, by their turn in the sheet.
std::vector<bool> Roster::given_columns() const {
  std::vector<bool> given;
  for (const Column& column : sheet_.columns) given.push_back(found_.contains(&column));
  return given;
}

void Roster::check_columns() {
  for (const Column& column : sheet_.columns)
    if (column.required && !found_.contains(&column)) {
      findings_.error("missing-column", table_,
                      fmt::format("花名册没有“{}”这一列（{}）", column.title, column.id),
                      fmt::format("在第一行加上 {} 或 {}", column.id, column.title));
      good_ = false;
    }
}

bool Roster::check_cell(const Column& column, const Value& cell, const std::string& text) {
  // Findings say whose they are, so what is no name must not come there (the longest of Xinjiang are half as long).
  constexpr size_t kLongestName = 100;
  if (const size_t length = count_characters(text); column.id == sheet_.holder && length > kLongestName) {
    findings_.error("name-too-long", cell.place(),
                    fmt::format("“{}”有{}个字，最多{}个", column.title, length, kLongestName),
                    "核对这一格：是否粘进了别的内容");
    return false;
  }
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
  if (column.id != sheet_.holder && is_unfilled(text)) {
    findings_.error("unfilled-cell", cell.place(),
                    fmt::format("“{}”里是公式、标签或出错的结果：{}", column.title, shortened(text)),
                    "在原表里把这一列选择性粘贴为数值，再导出");
    return false;
  }
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

bool Roster::check_name(const Value& cell, const std::string& name) {
  const auto characters = to_characters(name);
  const auto refuse = [&](const std::string& why) {
    findings_.error("not-a-name", cell.place(), fmt::format("“{}”不像姓名：{}", shortened(name), why),
                    "核对这一格：一行写一个人；没有人的行删去");
    return false;
  };
  if (!name.empty() && std::none_of(characters.begin(), characters.end(), is_letter))
    return refuse("里面没有字");
  if (says_nobody(name)) return refuse("这是没有人的意思");
  if (!name.empty() && (characters.front() == U'·' || characters.back() == U'·'))
    return refuse("间隔号在头上或末尾");
  if (name.find("（") != std::string::npos || name.find('(') != std::string::npos)
    findings_.warning("remark-in-name", cell.place(),
                      fmt::format("姓名“{}”里有括号，会照样印出", shortened(name)), "不是姓名的话删去");
  for (size_t i = 0; i < characters.size(); ++i) {
    const char32_t c = characters[i];
    if (is_no_part_of_a_name(c)) {
      findings_.error("not-a-name", cell.place(),
                      fmt::format("“{}”不像姓名：里面有“{}”", shortened(name), to_utf8(c)),
                      "核对这一格：是否串列，是否公式、标签或表情");
      return false;
    }
    if (is_false_separator(c)) {
      const bool between = i > 0 && i + 1 < characters.size() && characters[i - 1] >= kFirstWide &&
                           characters[i + 1] >= kFirstWide;
      const auto message = fmt::format("姓名“{}”的间隔号是 {}", name, code_point_name(c));
      if (between) {
        findings_.error("name-separator", cell.place(), message, "间隔号应为 ·（U+00B7），全部替换后再发");
        return false;
      }
      findings_.warning("name-separator", cell.place(), message, "间隔号应为 ·（U+00B7）");
    }
    const bool among_latin = c == U' ' && i > 0 && i + 1 < characters.size() &&
                             characters[i - 1] < kFirstWide && characters[i + 1] < kFirstWide;
    if (!among_latin && (c == U' ' || c == U'\u3000' || c == U'\u00A0'))
      findings_.warning("blank-in-name", cell.place(), fmt::format("姓名“{}”中有空格，会照样印出", name),
                        "删去空格");
  }
  return true;
}

// What a spreadsheet makes of a long number that it takes for an amount: 3.30101E+17.
bool Roster::check_id(const Value& cell, const std::string& id) {
  const size_t e = id.find_first_of("Ee");
  const std::string_view digits = std::string_view(id).substr(0, e);
  if (e == std::string::npos || e + 2 >= id.size() || id[e + 1] != '+' || digits.empty() ||
      digits.find_first_not_of("0123456789.") != std::string_view::npos ||
      id.find_first_not_of("0123456789", e + 2) != std::string::npos)
    return true;
  findings_.error("ruined-number", cell.place(),
                  fmt::format("“{}”是被表格软件改成科学记数的长号码，后面几位已经丢了", id),
                  "在原表里把这一列设为文本格式，重新填写后再导出");
  return false;
}

// Of the columns that say who it is, each row has its own.
bool Roster::check_own_cell(const Column& column, const Value& row, const Value& cell) {
  if (cell.is_null() || cell.place().line() == row.place().line()) return true;
  const Place own = cell.place(), whole = row.place();
  if (own.spot.empty()) return true;  // a list in JSON, say
  findings_.error("merged-cell", whole,
                  fmt::format("这一行的“{}”是从 {} 合并下来的，成了同一个人", column.title, own.spot),
                  "取消合并单元格，逐行填写");
  return false;
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
    if (column.id != sheet_.person && column.id != sheet_.holder) continue;
    if (cell) good = check_own_cell(column, row, *cell) && good;
    if (column.id == sheet_.person) {
      person.id = text;
      good = check_id(place_of_cell, text) && good;
    }
    if (column.id == sheet_.holder) {
      person.name = text;
      good = check_name(place_of_cell, text) && good;
    }
  }
  if (!good) return std::nullopt;
  return person;
}

void Roster::take(const Value& row) {
  ++taken_;
  if (!checked_) {
    if (seen_.empty()) see_columns(row);
    check_columns();
    checked_ = true;
  }
  if (!good_) return;
  if (const auto person = read_row(row)) people_.add(*person);
}

// The same id twice, or one name twice where an id does not tell the two apart.
void Roster::check_twins() {
  const auto id_of = [&](size_t i) { return people_.given_id(i); };
  const auto name_of = [&](size_t i) { return people_.name(i); };
  Firsts ids(people_.size()), names(people_.size());
  for (size_t i = 0; i < people_.size(); ++i) {
    const std::string_view id = id_of(i), name = name_of(i);
    if (const size_t first = ids.first(i, id_of); first != i && !id.empty())
      findings_.error("repeated-id", people_.place(i),
                      fmt::format("{}的编号 {} 与{}（第 {} 行）相同", name, id, name_of(first),
                                  people_.place(first).line()),
                      "核对两人的编号；同一人只留一行");
    const size_t namesake = names.first(i, name_of);
    if (namesake != i && (id.empty() || id_of(namesake).empty()))
      findings_.error("same-name-without-id", people_.place(i),
                      fmt::format("有两行姓名都是“{}”（另一行是第 {} 行），分不清是否同一人", name,
                                  people_.place(namesake).line()),
                      fmt::format("在“{}”列给两人填上不同的编号；若是同一人，删去一行",
                                  sheet_.find_column(sheet_.person)->title));
  }
}

// Ids that differ in case or in the width of their characters alone are one person's, written twice.
void Roster::check_similar_ids() {
  PackedTexts plain;
  std::string text;
  for (size_t i = 0; i < people_.size(); ++i) {
    text.clear();
    for (char32_t c : to_characters(people_.given_id(i))) {
      if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - 0x21;
      if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
      if (c != U' ') text += to_utf8(c);
    }
    plain.add(text);
  }
  const auto text_of = [&](size_t i) { return plain[i]; };
  Firsts firsts(people_.size());
  for (size_t i = 0; i < people_.size(); ++i) {
    const size_t first = firsts.first(i, text_of);
    if (first == i || plain[i].empty() || people_.given_id(i) == people_.given_id(first)) continue;
    findings_.warning("similar-id", people_.place(i),
                      fmt::format("{}的编号 {} 与{}（第 {} 行）的 {} 只差大小写、全半角或空格",
                                  people_.name(i), people_.given_id(i), people_.name(first),
                                  people_.place(first).line(), people_.given_id(first)),
                      "核对是否同一人");
  }
}

// The heads of two columns over one another's cells: schools where names should be, names where schools should be.
void Roster::check_swapped_columns() {
  constexpr size_t kLooked = 500;  // rows: heads are wrong for all or none
  const size_t rows = std::min(people_.size(), kLooked);
  const auto count = [&](const auto& fits) {
    size_t fitting = 0;
    for (size_t i = 0; i < rows; ++i) fitting += fits(i) ? 1 : 0;
    return fitting;
  };
  if (2 * count([&](size_t i) { return ends_as_school(people_.name(i)); }) <= rows) return;
  for (const Column& column : sheet_.columns) {
    if (column.id == sheet_.holder || column.id == sheet_.person || column.type != FieldType::text) continue;
    if (2 * count([&](size_t i) { return looks_like_name(people_[i].row[column.id].text()); }) <= rows)
      continue;
    const Column& holder = *sheet_.find_column(sheet_.holder);
    findings_.error(
        "swapped-columns", people_.place(0),
        fmt::format("“{}”列里多是学校（{}），“{}”列里多是姓名（{}），两列的名称像是写反了", holder.title,
                    people_.name(0), column.title, people_.front().row[column.id].text()),
        fmt::format("把第一行的“{}”和“{}”对调", holder.title, column.title));
    return;
  }
}

People Roster::finish() {
  if (taken_ == 0) findings_.error("empty-roster", table_, "花名册里没有人");
  check_twins();
  check_similar_ids();
  check_swapped_columns();
  people_.set_given(given_columns());
  return std::move(people_);
}

People read_people(const Sheet& sheet, const Value& rows, Diagnostics& findings) {
  if (!rows.is_list()) {
    findings.error("wrong-type", rows.place(), "花名册应是一张表（CSV）或一个列表（JSON）");
    return People(sheet);
  }
  Roster roster(sheet, rows.place(), findings);
  for (const Value& row : rows.items()) roster.see_columns(row);
  for (const Value& row : rows.items()) roster.take(row);
  return roster.finish();
}

std::optional<People> load_roster(const Sheet& sheet, const Value& rows, Diagnostics& findings) {
  Diagnostics own;
  auto people = read_people(sheet, rows, own);
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return people;
}

}  // namespace wenshu::certificate
