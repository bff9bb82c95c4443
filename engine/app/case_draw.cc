#include "app/case_draw.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/case_record.h"
#include "app/ledgers.h"
#include "base/error.h"
#include "base/text.h"
#include "workflow/acts.h"
#include "workflow/dump/draw.h"
#include "workflow/forecast.h"

namespace wenshu::app {

namespace {

// 07-28
std::string day_of(const std::string& utc) {
  const auto at = parse_time(utc);
  return at ? wenshu::to_text(china_date(*at)).substr(5) : "";
}

std::string names_of(const directory::Directory& office, const std::vector<std::string>& people) {
  constexpr size_t kMost = 2;  // that fit under a title
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(kMost, people.size()); ++i) names.push_back(office.name_of(people[i]));
  return join(names, "、") + (people.size() > kMost ? fmt::format(" 等{}人", people.size()) : "");
}

void add_past(const CaseRecord& record, const std::vector<HistoryLine>& history,
              workflow::dump::Progress& progress) {
  for (const HistoryLine& line : history) {
    const auto* step = record.published->definition.find_step(line.step);
    const bool of_step = step && (step->find_action(line.action) || line.automatic);
    if (!of_step || record.marking.find(line.step)) continue;
    progress.done.insert(line.step);
    progress.notes[line.step] = line.person_name + " " + day_of(line.at);  // the last one stays
  }
  if (record.marking.status == workflow::Status::ended) progress.done.insert(record.marking.step());
}

}  // namespace

std::string draw_case(const Context& context, const std::string& id, const std::string& format) {
  const auto wanted = workflow::dump::parse_format(format);
  if (!wanted) {
    Diagnostics findings;
    findings.error("unknown-format", {"--format"}, "不会画 " + format, "可用: svg、dot、mermaid");
    throw FaultyInput(std::move(findings));
  }
  store::Store store = open_store(context);
  store::Tx tx(store.db(), store::Access::read);
  const CaseRecord record = load_case(tx, id);
  const directory::Directory office = load_office(tx);
  workflow::dump::Progress progress;
  progress.office = &office;
  progress.form = &record.published->form;
  add_past(record, history_of(tx, id, office), progress);
  if (record.marking.is_open()) {
    for (const auto& token : record.marking.tokens) {
      progress.current.insert(token.step);
      std::vector<std::string> people;
      std::string due;
      for (const auto& seat : token.seats) {
        if (!seat.is_open()) continue;
        people.insert(people.end(), seat.candidates.begin(), seat.candidates.end());
        if (due.empty()) due = seat.more->clock->due;
      }
      progress.notes[token.step] = !token.child.empty()
                                       ? token.child
                                       : names_of(office, people) + (due.empty() ? "" : " 限 " + day_of(due));
    }
    workflow::Rules rules = record.rules(office);
    const StoreLedgers ledgers(tx);
    rules.ledgers = &ledgers;
    const std::string today = wenshu::to_text(china_date(context.clock->now()));
    for (const auto& next : workflow::forecast(rules, record.marking, record.data, today).steps) {
      progress.forecast.insert(next.step);
      progress.notes[next.step] = "预计 " + names_of(office, next.people);
    }
  }
  return workflow::dump::draw(record.published->definition, *wanted, progress);
}

}  // namespace wenshu::app
