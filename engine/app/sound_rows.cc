#include "app/sound_rows.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "data/load.h"

namespace wenshu::app {
namespace {

// Is it the fault of one row alone? Past twenty of a kind they are only counted.
bool is_of_a_row(const Diagnostic& fault) {
  constexpr std::string_view kCodes[] = {"cell-error", "formula-without-value", "bad-cell",
                                         "bad-date",   "number-too-long",       "too-many-cells"};
  return fault.where.line > 0 && !fault.message.starts_with("同样的问题") &&
         std::find(std::begin(kCodes), std::end(kCodes), fault.code) != std::end(kCodes);
}

}  // namespace

std::optional<data::Value> load_sound_rows(const std::filesystem::path& path, const TableChoice& choice,
                                           Diagnostics& findings, Aside& aside) {
  auto rows = data::Value::list();
  Diagnostics here;
  const auto table = load_table_file(path, here, choice, [&](const data::Value& row) { rows.add(row); });
  std::set<int> lines;
  Diagnostics others;
  for (const Diagnostic& finding : here) {
    const bool of_a_row = finding.severity == Severity::error && is_of_a_row(finding);
    if (of_a_row) lines.insert(finding.where.line);
    (of_a_row ? aside.faults : others).add(finding);
  }
  if (others.has_errors()) {
    findings.append(here);
    return std::nullopt;
  }
  findings.append(others);
  auto sound = data::Value::list();
  sound.set_place(table ? Place(table->place()) : Place{data::display_name(path)});
  for (const data::Value& row : rows.items())
    if (!lines.contains(row.place().line())) sound.add(row);
  aside.rows = rows.size() - sound.size();
  auto tree = data::Value::map();
  tree.set_place(sound.place());
  tree.set("rows", std::move(sound));
  return tree;
}

bool is_table(const std::filesystem::path& path) {
  const auto extension = data::extension_of(path);
  return extension == ".xlsx" || extension == ".csv";
}

}  // namespace wenshu::app
