#include "app/case_reading.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "app/office.h"
#include "workflow/reading.h"

namespace wenshu::app {

using data::Value;

namespace {

// A field that is hidden from the person is not there at all, also in each row of a table.
void remove_path(Value& record, std::string_view path) {
  const auto dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  for (Value& row : record.items()) remove_path(row, path);
  if (dot == std::string_view::npos) {
    std::erase_if(record.entries(), [&](const Value::Entry& entry) { return entry.key == key; });
  } else if (Value* below = record.find(key)) {
    remove_path(*below, path.substr(dot + 1));
  }
}

// Steps at which the person has decided.
std::vector<std::string> steps_acted_at(const CaseRecord& record, const std::vector<HistoryLine>& history,
                                        const std::string& person) {
  std::vector<std::string> steps;
  for (const HistoryLine& line : history) {
    const auto* step = record.published->definition.find_step(line.step);
    if (line.person == person && !line.automatic && step && step->find_action(line.action))
      steps.push_back(line.step);
  }
  return steps;
}

// "第 2 行 金额：1 → 2" is a change of 金额.
bool is_change_of(std::string_view change, const std::string& title) {
  constexpr std::string_view kRow = "第 ", kRowEnd = " 行 ";
  while (change.starts_with(kRow) && change.find(kRowEnd) != std::string_view::npos)
    change.remove_prefix(change.find(kRowEnd) + kRowEnd.size());
  return change.starts_with(title + "：");
}

}  // namespace

void leave_out_hidden(const Context& context, const directory::Directory& office, CaseRecord& record,
                      std::vector<HistoryLine>& history) {
  const auto& steps = record.published->definition.steps;
  if (std::all_of(steps.begin(), steps.end(), [](const auto& step) { return step.hide.empty(); })) return;
  const std::string person = context.person.empty() ? "" : resolve_person(context, office);
  const auto acted_at = steps_acted_at(record, history, person);
  const form::Form& form = record.published->form;
  for (const std::string& hidden :
       workflow::hidden_from(record.rules(office), record.marking, person, acted_at)) {
    remove_path(record.data, hidden);
    for (const std::string& path : form.paths()) {
      if (path != hidden && !path.starts_with(hidden + ".")) continue;
      for (HistoryLine& line : history)
        std::erase_if(line.changes,
                      [&](const std::string& change) { return is_change_of(change, form.title_of(path)); });
    }
  }
}

}  // namespace wenshu::app
