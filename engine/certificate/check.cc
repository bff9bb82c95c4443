#include "certificate/check.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

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
      same.push_back(&person);
      if (same.size() <= kMostAlike) findings_.add(finding);
    }
  }
  void report_rest() {
    for (const auto& [fault, same] : alike_) {
      const auto& [severity, code, message] = fault;
      if (same.size() > kMostAlike)
        findings_.add({severity, code, same[kMostAlike]->place,
                       fmt::format("从这一行起还有{}人{}", same.size() - kMostAlike, message), ""});
    }
  }

 private:
  Diagnostics& findings_;
  std::map<std::tuple<Severity, std::string, std::string>, std::vector<const Person*>> alike_;
};

}  // namespace

Verdicts check_certificates(const Blank& blank, const std::vector<Person>& people,
                            const std::string& sample_number, Pen& pen, Diagnostics& findings) {
  Verdicts verdicts;
  Alike alike(findings);
  std::vector<document::PlacedPage> pages;
  const Qr* qr = blank.sheet().find_qr();
  for (const Person& person : people) {
    Diagnostics own;
    Entry entry{person, sample_number};
    if (qr && !qr->address.empty()) {
      const auto fields =
          certified_fields(blank.sheet(), merge(blank.sheet(), blank.values(), person, sample_number));
      if (check_fields(fields, person.place, own)) entry.proof = sample_proof(qr->address, fields);
    }
    if (!own.has_errors()) pen.draw(entry, pages, own);
    verdicts.push_back(!own.has_errors());
    alike.add(person, own);
  }
  alike.report_rest();
  return verdicts;
}

Verdicts check_rules(const Sheet& sheet, const Value& values, const std::vector<Person>& people,
                     Diagnostics& findings) {
  Verdicts verdicts(people.size(), true);
  if (sheet.rules.empty()) return verdicts;
  for (size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    const Value merged = merge(sheet, values, person, "");
    for (const Rule& rule : sheet.rules) {
      // What cannot be told (an empty cell, say) is not met.
      if (expression::holds(rule.require, merged, sheet.type).value_or(false)) continue;
      verdicts[i] = false;
      const auto reason = templates::fill_text(rule.reason.text, merged, rule.reason.place, findings);
      findings.warning("not-entitled", person.place,
                       fmt::format("{}：{}", person.name, reason.value_or(rule.reason.text)), rule.fix);
    }
  }
  return verdicts;
}

}  // namespace wenshu::certificate
