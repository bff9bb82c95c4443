#include "register/register.h"

#include <algorithm>

#include "data/schema.h"
#include "register/number_template.h"

namespace wenshu::registers {
namespace {

using data::Need;
using data::Value;

constexpr long long kMaxWidth = 12;  // a serial of 12 digits outlives every office

const data::Shape& shape() {
  static const data::Shape kColumn = data::map({
      {"title", data::text(), Need::required},
      {"by_hand", data::boolean()},
  });
  static const data::Shape kSeries = data::map({
      {"title", data::text(), Need::required},
      {"number", data::text(), Need::required},
      {"per", data::list(data::identifier())},
      {"width", data::integer(0, kMaxWidth)},
      {"check", data::choice({"mod-11-2", "mod-37-36"})},
  });
  static const data::Shape kShape = data::map({
      {"register", data::identifier(), Need::required},
      {"title", data::text(), Need::required},
      {"columns", data::map_of(kColumn, 1), Need::required},
      {"series", data::map_of(kSeries, 1)},
  });
  return kShape;
}

Column read_column(const Value::Entry& entry) {
  return {entry.key, entry.value["title"].text(), data::to_boolean(entry.value["by_hand"]).value_or(false),
          entry.key_place};
}

Series read_series(const Value::Entry& entry) {
  Series series;
  series.name = entry.key;
  series.title = entry.value["title"].text();
  series.number = entry.value["number"].text();
  for (const Value& name : entry.value["per"].items()) series.per.push_back(name.text());
  series.width = static_cast<int>(data::to_integer(entry.value["width"]).value_or(0));
  if (const Value* check = entry.value.find("check")) series.check = parse_check_system(check->text());
  series.place = entry.key_place;
  return series;
}

}  // namespace

std::optional<Register> load_register(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  if (data::check_shape(source, shape(), own)) {
    for (const Value::Entry& entry : source["series"].entries()) {
      check_number_template(read_series(entry), entry.value, own);
    }
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;

  Register result{source["register"].text(), source["title"].text(), {}, {}};
  for (const Value::Entry& entry : source["columns"].entries()) result.columns.push_back(read_column(entry));
  for (const Value::Entry& entry : source["series"].entries()) result.series.push_back(read_series(entry));
  return result;
}

const Series* Register::find_series(std::string_view series_name) const {
  auto found =
      std::find_if(series.begin(), series.end(), [&](const Series& s) { return s.name == series_name; });
  return found == series.end() ? nullptr : &*found;
}

const Column* Register::find_column(std::string_view key) const {
  auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.key == key; });
  return found == columns.end() ? nullptr : &*found;
}

void check_columns(const Register& target, const std::vector<std::string>& sources, const Place& where,
                   Diagnostics& findings) {
  for (const Column& column : target.columns) {
    if (column.by_hand || std::find(sources.begin(), sources.end(), column.key) != sources.end()) continue;
    std::string hint = near_name_hint(column.key, sources);
    if (hint.empty()) hint = "改用有来源的列名，或写 by_hand: true 留待手填";
    findings.error(
        "column-without-source", where,
        "台账 " + target.name + " 的列 “" + column.key + "” 没有来源（" + to_text(column.place) + "）",
        std::move(hint));
  }
}

}  // namespace wenshu::registers
