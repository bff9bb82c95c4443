#include "certificate/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>

#include "base/crew.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

using data::Value;

constexpr size_t kMostAlike = 20;  // findings of one kind; one more line counts the rest

// What differs in nothing but the person's name, at the head of a message, is one fault: of the data, say.
class Alike {
 public:
  explicit Alike(Diagnostics& findings) : findings_(findings) {}

  void add(const Person& person, const Diagnostics& own) {
    for (const Diagnostic& finding : own) {
      const bool named = finding.message.starts_with(person.name);
      auto& same =
          alike_[{finding.severity, finding.code, finding.message.substr(named ? person.name.size() : 0)}];
      same.push_back(person.place);
      if (same.size() <= kMostAlike) findings_.add(finding);
    }
  }
  void report_rest() {
    for (const auto& [fault, same] : alike_) {
      const auto& [severity, code, message] = fault;
      if (same.size() > kMostAlike)
        findings_.add({severity, code, same[kMostAlike],
                       fmt::format("从这一行起还有{}人{}", same.size() - kMostAlike, message), ""});
    }
  }

 private:
  Diagnostics& findings_;
  std::map<std::tuple<Severity, std::string, std::string>, std::vector<data::StoredPlace>> alike_;
};

constexpr size_t kSlice = 4096;  // people whose findings wait for their turn

// Several, each with a pen that goes on learning from slice to slice.
class Checkers {
 public:
  Checkers(const Blank& blank, const std::string& sample_number, size_t workers)
      : blank_(blank), sample_number_(sample_number) {
    for (size_t i = 0; i < std::max<size_t>(1, workers); ++i) pens_.emplace_back(blank);
  }
  std::vector<Diagnostics> check(const People& people, size_t begin, size_t count) {
    std::vector<Diagnostics> found(count);
    std::atomic<size_t> taken = 0;
    Crew(count).run(pens_.size(), [&] {
      return [&, &pen = pens_[taken++], pages = std::vector<document::PlacedPage>()](size_t i) mutable {
        check(people[begin + i], pen, pages, found[i]);
      };
    });
    return found;
  }
  void add_characters(font::Characters& all) const {
    for (const Pen& pen : pens_)
      for (const auto& [face, characters] : pen.characters())
        all[face].insert(characters.begin(), characters.end());
  }

 private:
  void check(const Person& person, Pen& pen, std::vector<document::PlacedPage>& pages,
             Diagnostics& findings) const {
    Entry entry{person, sample_number_};
    if (const Qr* qr = blank_.sheet().find_qr(); qr && qr->is_signed()) {
      const auto fields =
          certified_fields(blank_.sheet(), merge(blank_.sheet(), blank_.values(), person, sample_number_));
      if (check_fields(fields, person.place, findings)) entry.proof = sample_proof(qr->address, fields);
    }
    if (!findings.has_errors()) pen.draw(entry, pages, findings);
  }

  const Blank& blank_;
  const std::string& sample_number_;
  std::vector<Pen> pens_;
};

}  // namespace

Verdicts check_certificates(const Blank& blank, const People& people, const std::string& sample_number,
                            size_t workers, font::Characters& characters, Diagnostics& findings) {
  Verdicts verdicts;
  Alike alike(findings);
  Checkers checkers(blank, sample_number, workers);
  for (size_t begin = 0; begin < people.size(); begin += kSlice) {
    const size_t count = std::min(kSlice, people.size() - begin);
    const auto found = checkers.check(people, begin, count);
    for (size_t i = 0; i < count; ++i) {
      verdicts.push_back(!found[i].has_errors());
      if (!found[i].empty()) alike.add(people[begin + i], found[i]);
    }
  }
  alike.report_rest();
  checkers.add_characters(characters);
  return verdicts;
}

namespace {

// The columns of a rule that the roster has: an empty cell of theirs meets no rule, whatever the rule says of a roster without them.
std::vector<const Column*> columns_of(const Sheet& sheet, const Rule& rule, const People& people) {
  std::vector<const Column*> columns;
  for (const std::string& path : expression::paths_read(rule.require))
    if (const Column* column = sheet.find_column(path); column && people.has_column(column->id))
      columns.push_back(column);
  return columns;
}

}  // namespace

Verdicts check_rules(const Sheet& sheet, const Value& values, const People& people, Diagnostics& findings) {
  Verdicts verdicts(people.size(), true);
  if (sheet.rules.empty()) return verdicts;
  std::vector<std::vector<const Column*>> columns;
  for (const Rule& rule : sheet.rules) columns.push_back(columns_of(sheet, rule, people));
  for (size_t i = 0; i < people.size(); ++i) {
    const Person person = people[i];
    const Value merged = merge(sheet, values, person, "");
    for (size_t k = 0; k < sheet.rules.size(); ++k) {
      const Rule& rule = sheet.rules[k];
      const auto blank = std::find_if(columns[k].begin(), columns[k].end(),
                                      [&](const Column* column) { return person.row[column->id].is_null(); });
      const bool is_blank = blank != columns[k].end();
      // What cannot be told is not met.
      if (!is_blank && expression::holds(rule.require, merged, sheet.type).value_or(false)) continue;
      verdicts[i] = false;
      const std::string reason =
          is_blank ? fmt::format("没有填“{}”", (*blank)->title)
                   : templates::fill_text(rule.reason.text, merged, rule.reason.place, findings)
                         .value_or(rule.reason.text);
      findings.warning("not-entitled", person.place, fmt::format("{}：{}", person.name, reason), rule.fix);
    }
  }
  return verdicts;
}

}  // namespace wenshu::certificate
