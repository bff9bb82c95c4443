// {{#课表 | timetable 节次 星期}}: records of period, day and class as the grid that a school hangs on the wall. The template has
// two rows, the head and one period; the last cell of each stands for a day:
//
//   |   节次    | {{#课表 | timetable 节次 星期}}{{星期}} |
//   | {{节次}}  | {{课程}} {{教师}}{{/课表}}              |
//
// Days and periods that are numbered (星期三, 第2节) come in their order, others (午休) where the data have them first. The
// third and fourth word of the mark may name lists of the data that give periods and days, empty ones too. The same class in
// periods that follow each other is one cell (连堂); a record without a day stands for all days (午休) and keeps its
// row; an empty slot shows —.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "docx/cell_xml.h"
#include "docx/escape.h"
#include "docx/table_grid.h"

namespace wenshu::docx {
namespace {

using data::Value;

constexpr const char* kEmpty = "—";
constexpr size_t kMostDays = 60, kMostPeriods = 200;

struct Names {
  std::string period, day;              // fields of a record
  std::string periods_list, days_list;  // lists of the data, or ""
};

// What one table shows.
struct Plan {
  std::vector<std::string> periods, days;
  templates::Rounds period_rounds, day_rounds, records;
  std::map<std::pair<size_t, size_t>, size_t> slots;  // period and day → record
  std::map<size_t, size_t> whole_rows;                // period → record for all days
  size_t period = 0;                                  // being written
  std::vector<std::string> above;                     // what each day said in the period before
  bool listed = false;                                // the data give the periods: none is left out
};

// 星期三 → 3, 第12节 → 12, 三 → 3; nothing for 午休.
std::optional<int> order_of(const std::string& key) {
  static const std::u32string kNumerals = U"〇一二三四五六七八九十";
  const std::u32string text = to_characters(key);
  std::optional<int> number;
  for (const char32_t c : text) {
    if (c >= U'0' && c <= U'9') {
      number = number.value_or(0) * 10 + static_cast<int>(c - U'0');
      if (*number > 9999) return std::nullopt;
    } else if (number) {
      return number;
    }
  }
  if (number) return number;
  const bool is_day = key.starts_with("星期") || key.starts_with("周") || key.starts_with("礼拜");
  if (is_day && (text.back() == U'日' || text.back() == U'天')) return 7;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t digit = kNumerals.find(text[i]);
    if (digit == std::u32string::npos) continue;
    if (digit < 10) return static_cast<int>(digit);
    const size_t next = i + 1 < text.size() ? kNumerals.find(text[i + 1]) : std::u32string::npos;  // 十一
    return next < 10 ? static_cast<int>(10 + next) : 10;
  }
  return std::nullopt;
}

// 第4节 and 第10节: periods that are counted and do not follow each other, though nothing stands between them. Others
// (午休, 8:00, 上午第4节) follow as they stand.
bool leaves_gap(const std::string& before, const std::string& after) {
  const auto is_counted = [](const std::string& key) {
    const std::string bare =
        key.ends_with("节") ? key.substr(0, key.size() - std::string_view("节").size()) : key;
    const std::string number = bare.starts_with("第") ? bare.substr(std::string_view("第").size()) : bare;
    return !number.empty() && number.find_first_not_of(static_cast<unsigned char>(number[0]) >= 0x80
                                                           ? "〇一二三四五六七八九十"
                                                           : "0123456789") == std::string::npos;
  };
  const auto one = order_of(before), other = order_of(after);
  return one && other && is_counted(before) && is_counted(after) && *other != *one + 1;
}

// A period or day, and the one of the record before the first that names it.
struct Key {
  std::string name, before;
};

// Numbered keys by their number, each other one behind the key of the record before it. Keys of one number (上午第1节,
// 下午第1节) say that numbers do not order them.
std::vector<std::string> in_order(const std::vector<Key>& keys) {
  std::vector<std::pair<std::pair<int, size_t>, std::string>> placed;
  std::set<int> numbers;
  bool ordered = true;
  for (const Key& key : keys)
    if (const auto number = order_of(key.name)) ordered = numbers.insert(*number).second && ordered;
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto number = order_of(keys[i].name);
    const int place = number ? *number : order_of(keys[i].before).value_or(i == 0 ? -1 : 9999);
    placed.push_back({{ordered ? place : 0, number && ordered ? 0 : i + 1}, keys[i].name});
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> sorted;
  for (auto& each : placed) sorted.push_back(std::move(each.second));
  return sorted;
}

std::string field_of(const Value& record, const std::string& name) {
  const Value* value = record.find(name);
  return value && value->is_scalar() ? value->text() : "";
}

size_t index_of(const std::vector<std::string>& keys, const std::string& key) {
  return static_cast<size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
}

class Planner {
 public:
  // A look ahead, as the grid takes one, reports nothing: the section will.
  enum class Reports { yes, no };
  Planner(const templates::Tag& tag, const Place& place, const Names& names, Reports reports = Reports::yes)
      : tag_(tag), place_(place), names_(names), reports_(reports) {}

  Plan plan(Renderer& renderer, const std::vector<const Value*>& items) const {
    Plan plan;
    plan.periods = listed(renderer, names_.periods_list);
    plan.days = listed(renderer, names_.days_list);
    plan.listed = !plan.periods.empty();
    if (plan.periods.empty()) plan.periods = named(items, names_.period);
    if (plan.days.empty()) plan.days = named(items, names_.day);
    check_size(renderer, plan);
    fill_slots(renderer, items, plan);
    plan.period_rounds = rounds_of(renderer, names_.period, plan.periods);
    plan.day_rounds = rounds_of(renderer, names_.day, plan.days);
    return plan;
  }

 private:
  static std::vector<std::string> named(const std::vector<const Value*>& items, const std::string& field) {
    std::vector<Key> keys;
    std::set<std::string> known;
    std::string before;
    for (const Value* item : items) {
      const std::string name = item ? field_of(*item, field) : "";
      if (name.empty()) continue;
      if (known.insert(name).second) keys.push_back({name, before});
      before = name;
    }
    return in_order(keys);
  }

  void report(Renderer& renderer, const char* code, const std::string& message,
              const std::string& hint) const {
    if (reports_ == Reports::yes) renderer.scope().report_value(tag_, place_, code, message, hint);
  }

  std::vector<std::string> listed(Renderer& renderer, const std::string& path) const {
    std::vector<std::string> keys;
    if (path.empty()) return keys;
    const Value* list = renderer.scope().find_value({templates::Tag::Kind::value, path, {}});
    if (!list || !list->is_list()) {
      report(renderer, "no-such-list", fmt::format("数据里没有列表“{}”", path), "补上它，或从标签里删去");
      return keys;
    }
    for (const Value& item : list->items())
      if (item.is_scalar() && !item.text().empty()) keys.push_back(item.text());
    return keys;
  }

  void check_size(Renderer& renderer, Plan& plan) const {
    if (plan.days.size() > kMostDays || plan.periods.size() > kMostPeriods) {
      report(renderer, "timetable-too-large",
             fmt::format("有{}列{}行，课程表放不下", plan.days.size(), plan.periods.size()),
             fmt::format("核对“{}”和“{}”两栏，是否写反了", names_.period, names_.day));
      plan.days.resize(std::min(plan.days.size(), kMostDays));
      plan.periods.resize(std::min(plan.periods.size(), kMostPeriods));
    }
  }

  void fill_slots(Renderer& renderer, const std::vector<const Value*>& items, Plan& plan) const {
    plan.records.list = true;
    plan.records.path = tag_.path;
    plan.records.items = items;
    std::set<std::string> keys;
    for (const Value* item : items)
      if (item)
        for (const Value::Entry& entry : item->entries()) keys.insert(entry.key);
    for (size_t i = 0; i < items.size(); ++i) {
      if (!items[i]) continue;
      const std::string period = field_of(*items[i], names_.period), day = field_of(*items[i], names_.day);
      const size_t row = index_of(plan.periods, period), column = index_of(plan.days, day);
      if (period.empty()) {
        report(renderer, "no-period", fmt::format("第{}项没有“{}”，排不进课程表", i + 1, names_.period),
               "补上这一栏");
      } else if (row == plan.periods.size()) {
        report(renderer, "no-period",
               fmt::format("第{}项的“{}”不在列表“{}”里", i + 1, period, names_.periods_list),
               near_name_hint(period, plan.periods));
      } else if (day.empty()) {
        if (!plan.whole_rows.emplace(row, i).second) clash(renderer, period, "", i);
        plan.records.items[i] = renderer.scope().keep(without_gaps(*items[i], keys));
      } else if (column == plan.days.size()) {
        report(renderer, "no-day", fmt::format("第{}项的“{}”不在列表“{}”里", i + 1, day, names_.days_list),
               near_name_hint(day, plan.days));
      } else if (!plan.slots.emplace(std::pair(row, column), i).second) {
        clash(renderer, period, day, i);
      }
    }
    for (const auto& [row, record] : plan.whole_rows) {
      const auto lesson = plan.slots.lower_bound({row, 0});
      if (lesson == plan.slots.end() || lesson->first.first != row) continue;
      report(renderer, "no-day",
             fmt::format("第{}项没有“{}”，要占{}整行，而{}这一节第{}项已有课", record + 1, names_.day,
                         plan.periods[row], plan.days[lesson->first.second], lesson->second + 1),
             fmt::format("补上“{}”；整行的（如午休）这一节不排别的课", names_.day));
    }
  }

  // A break has no teacher and no room, and need not say so.
  static Value without_gaps(Value record, const std::set<std::string>& keys) {
    for (const std::string& key : keys)
      if (!record.find(key)) record.set(key, Value());
    return record;
  }

  void clash(Renderer& renderer, const std::string& period, const std::string& day, size_t record) const {
    report(renderer, "timetable-clash",
           fmt::format("{}{}已经有课，第{}项又排了一次", day, period, record + 1),
           "改正其中一项；单双周写在同一项里");
  }

  templates::Rounds rounds_of(Renderer& renderer, const std::string& name,
                              const std::vector<std::string>& keys) const {
    templates::Rounds rounds;
    rounds.list = true;
    rounds.path = name;
    for (const std::string& key : keys) {
      Value item = Value::map();
      item.set(name, key);
      rounds.items.push_back(renderer.scope().keep(std::move(item)));
    }
    return rounds;
  }

  const templates::Tag tag_;
  const Place place_;
  Names names_;
  Reports reports_;
};

// The section itself makes one round, in which the hooks below write the rows.
class TableHook : public SectionHook {
 public:
  TableHook(const MarkSite& site, const Names& names) : planner_(site.tag, site.place, names) {}

  void begin(Renderer& renderer, templates::Rounds& rounds) const override {
    renderer.state<Plan>(this) = planner_.plan(renderer, rounds.items);
    rounds.items.assign(rounds.items.empty() ? 0 : 1, nullptr);
    rounds.list = false;
  }

 private:
  Planner planner_;
};

class HeadCell : public Hook {
 public:
  explicit HeadCell(const TableHook* table) : table_(table) {}
  void run(Renderer& renderer, const Program& cell) const override {
    Plan& plan = renderer.state<Plan>(table_);
    for (size_t day = 0; day < plan.days.size(); ++day) {
      renderer.scope().enter(plan.day_rounds, day);
      renderer.run(cell);
      renderer.scope().leave();
    }
  }

 private:
  const TableHook* table_;
};

class PeriodRow : public Hook {
 public:
  explicit PeriodRow(const TableHook* table) : table_(table) {}
  void run(Renderer& renderer, const Program& row) const override {
    Plan& plan = renderer.state<Plan>(table_);
    plan.above.assign(plan.days.size(), "");
    for (plan.period = 0; plan.period < plan.periods.size(); ++plan.period) {
      if (!plan.listed && plan.period > 0 &&
          leaves_gap(plan.periods[plan.period - 1], plan.periods[plan.period]))
        plan.above.assign(plan.days.size(), "");
      renderer.scope().enter(plan.period_rounds, plan.period);
      renderer.run(row);
      renderer.scope().leave();
    }
  }

 private:
  const TableHook* table_;
};

class SlotCell : public Hook {
 public:
  SlotCell(const TableHook* table, std::string empty) : table_(table), empty_(std::move(empty)) {}

  void run(Renderer& renderer, const Program& cell) const override {
    const Renderer::Hold hold(renderer);
    Plan& plan = renderer.state<Plan>(table_);
    const auto whole = plan.whole_rows.find(plan.period);
    if (whole != plan.whole_rows.end()) {
      const std::string xml = cell_of(renderer, cell, plan, whole->second);
      CellShape shape = shape_of(xml);
      shape.width *= static_cast<long long>(std::max<size_t>(plan.days.size(), 1));
      shape.span *= std::max<size_t>(plan.days.size(), 1);
      renderer.out() += reshaped(xml, shape, Merge::none);
      plan.above.assign(plan.days.size(), "");
      return;
    }
    for (size_t day = 0; day < plan.days.size(); ++day) put_slot(renderer, cell, plan, day);
  }

 private:
  void put_slot(Renderer& renderer, const Program& cell, Plan& plan, size_t day) const {
    const auto slot = plan.slots.find({plan.period, day});
    if (slot == plan.slots.end()) {
      renderer.out() += empty_of(renderer, cell, plan, day);
      plan.above[day].clear();
      return;
    }
    const std::string xml = cell_of(renderer, cell, plan, slot->second);
    const std::string text = text_of(xml);
    const bool goes_on = !text.empty() && plan.above[day] == text;
    renderer.out() += reshaped(xml, shape_of(xml), goes_on ? Merge::goes_on : Merge::begins);
    plan.above[day] = text;
  }

  static std::string cell_of(Renderer& renderer, const Program& cell, Plan& plan, size_t record) {
    const size_t begin = renderer.out().size();
    renderer.scope().enter(plan.records, record);
    renderer.run(cell);
    renderer.scope().leave();
    std::string xml = renderer.out().substr(begin);
    renderer.out().resize(begin);
    drop_blank_paragraphs(xml);
    return xml;
  }

  // A line without teacher or room does not stand as a blank one.
  static void drop_blank_paragraphs(std::string& cell) {
    constexpr std::string_view kClose = "</w:p>";
    for (size_t at = cell.find("<w:p>"); at != std::string::npos;) {
      const size_t end = cell.find(kClose, at) + kClose.size();
      const bool alone = cell.find("<w:p>") == cell.rfind("<w:p>");
      const std::string_view paragraph = std::string_view(cell).substr(at, end - at);
      if (!alone && text_of(paragraph).empty() && paragraph.find("<w:drawing") == paragraph.npos) {
        cell.erase(at, end - at);
        at = cell.find("<w:p>", at);
      } else {
        at = cell.find("<w:p>", end);
      }
    }
  }

  // A cell of the same shape whose tags say nothing.
  std::string empty_of(Renderer& renderer, const Program& cell, Plan& plan, size_t) const {
    templates::Rounds blank;
    blank.list = true;
    blank.items.push_back(nullptr);
    const size_t begin = renderer.out().size();
    renderer.scope().enter(blank, 0);
    renderer.run(cell);
    renderer.scope().leave();
    std::string xml = renderer.out().substr(begin);
    renderer.out().resize(begin);
    const size_t properties = xml.find("</w:tcPr>");
    const size_t content = properties == std::string::npos ? xml.find('>') + 1 : properties + 9;
    (void)plan;
    return xml.substr(0, content) + empty_ + "</w:tc>";
  }

  const TableHook* table_;
  std::string empty_;  // a finished paragraph
};

std::optional<Names> names_of(const std::string& argument) {
  std::vector<std::string> words;
  for (const std::string& word : split(replace_all(argument, "　", " "), " "))
    if (!word.empty()) words.push_back(word);
  if (words.size() < 2 || words.size() > 4) return std::nullopt;
  words.resize(4);
  return Names{words[0], words[1], words[2], words[3]};
}

void repeat_as_head(pugi::xml_node row) {
  pugi::xml_node properties = row.child("w:trPr");
  if (!properties) {
    const pugi::xml_node exceptions = row.child("w:tblPrEx");
    properties = exceptions ? row.insert_child_after("w:trPr", exceptions) : row.prepend_child("w:trPr");
  }
  if (!properties.child("w:tblHeader")) properties.append_child("w:tblHeader");
}

std::string empty_paragraph(const pugi::xml_node& cell) {
  const pugi::xml_node paragraph = cell.child("w:p");
  const pugi::xml_node run = paragraph.child("w:r");
  return "<w:p>" + to_xml(paragraph.child("w:pPr")) + "<w:r>" + to_xml(run.child("w:rPr")) + "<w:t>" +
         kEmpty + "</w:t></w:r></w:p>";
}

}  // namespace

void mark_timetable(const MarkSite& site, Marking& marking) {
  const auto names = names_of(site.mark.argument);
  if (!names)
    return marking.refuse(site, "课程表后面写节次、星期两栏的名称", "如 {{#课表 | timetable 节次 星期}}");
  std::vector<pugi::xml_node> rows;
  for (pugi::xml_node node = site.slot.next_sibling(); node && node != site.end_slot;
       node = node.next_sibling())
    if (std::string_view(node.name()) == "w:tr") rows.push_back(node);
  if (rows.size() != 2 || std::string_view(site.slot.parent().name()) != "w:tbl")
    return marking.refuse(site, "课程表的模板是表格里的两行：表头一行，节次一行",
                          "开头标签写在表头最后一格，结束标签写在下一行最后一格");
  const std::vector<GridCell> head = grid_cells(rows[0]), body = grid_cells(rows[1]);
  if (head.size() < 2 || body.size() < 2 || head.back().begin != body.back().begin ||
      head.back().end != body.back().end)
    return marking.refuse(site, "两行的最后一格要上下对齐，左边至少还有一格", "最后一格代表一天");
  const auto table = std::make_shared<TableHook>(site, *names);
  const pugi::xml_node day = head.back().cell, slot = body.back().cell;
  const Planner ahead(site.tag, site.place, *names, Planner::Reports::no);
  const auto grid = TableGrid::build(
      site,
      {{head.back().begin, head.back().end,
        [tag = site.tag, place = site.place, ahead](Renderer& renderer) {
          const templates::Rounds rounds = renderer.scope().rounds(tag, place);
          return ahead.plan(renderer, rounds.items).days.size();
        }}},
      [&](const pugi::xml_node& cell) { return cell == day || cell == slot; }, marking);
  if (!grid) return;
  repeat_as_head(rows[0]);
  marking.on_section(site, table);
  marking.wrap(day, day, std::make_shared<HeadCell>(table.get()));
  marking.wrap(slot, slot, std::make_shared<SlotCell>(table.get(), empty_paragraph(slot)));
  marking.wrap(rows[1], rows[1], std::make_shared<PeriodRow>(table.get()));
}

}  // namespace wenshu::docx
