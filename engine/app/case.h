// What a person sees of a case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "base/error.h"
#include "data/value.h"

namespace wenshu::app {

struct OpenSeat {  // who may act now
  std::string step, step_title;
  std::string person, person_name;
  std::string due;  // UTC; "" without a deadline
};

// A consent to what a step binds, and whether it still holds.
struct SignatureView {
  std::string step, step_title, person, person_name, date, hash, state;  // valid voided renewed
};

struct CaseFile {
  std::string name;  // notice.docx
  std::string hash;  // SHA-256
  int64_t size = 0;
};

struct CaseView {
  std::string id;  // annual-plan-1
  std::string workflow, workflow_title;
  long long version = 0;
  std::string title;  // of the case: its data's first title, else the workflow's
  std::string initiator, initiator_name, department;
  bool open = true;
  std::string status, status_title;    // running, 办理中: workflow/marking.h
  std::string started_at, changed_at;  // UTC
  std::vector<OpenSeat> seats;
  std::vector<CaseFile> files;
  std::vector<CaseFile> attachments;  // as they stand in the data now
  std::vector<SignatureView> signatures;
  std::string parent;                 // the case whose step began this one
  std::vector<std::string> children;  // cases that this one began
  data::Value data;                   // empty in lists
};

struct HistoryLine {
  int64_t seq = 0;  // of the event
  std::string at;   // UTC
  std::string person, person_name;
  std::string step, step_title;
  std::string action, action_title;
  std::string opinion;
  std::vector<std::string> facts;    // in words: 周敏（人事科负责人）同意 …
  std::vector<std::string> effects;  // in words: 编号 清教〔2020〕1号, 生成 notice.docx …
  std::vector<std::string> changes;  // of the data: 标题：甲 → 乙
  std::string box;                   // 意见分栏
  int round = 1;
  bool automatic = false;  // by a clock, or because of another case
};

// Throws NotFound.
CaseView show_case(const Context& context, const std::string& id);
std::vector<CaseView> list_cases(const Context& context);  // by start
std::vector<HistoryLine> case_history(const Context& context, const std::string& id);

struct ActionView {
  std::string action, action_title;
  bool opinion_required = false;
  std::vector<Blocker> blockers;  // empty: the person may
};
// One question that people ask of a case: stuck (why does it stand still), not-me (why can I not act), next (who gets
// it), reject (what happens if I say no), of one action may or may-not. Each answer names the line of the definition or
// the event that says so.
struct WhyAnswer {
  std::string question, text;
  std::string rule;         // workflow/annual-plan:31; "" when an event says so
  int64_t event = 0;        // 0 when a rule says so
  std::string action = {};  // next, reject: by which
};
struct WhyView {
  std::vector<WhyAnswer> answers;
  std::vector<std::string>
      sentences;  // who holds the case, why it is not this person's turn, what is open to them
  std::vector<ActionView> actions;  // of the present step
};
// What context.person may do on the case, and why not the rest. `action`: of this one alone, which may also be an act that
// every workflow knows. Throws NotFound; Refused `unknown-action`.
WhyView why(const Context& context, const std::string& id, const std::string& action = {});

data::Value to_value(const CaseView& view);
data::Value to_value(const std::vector<HistoryLine>& lines);
data::Value to_value(const WhyView& view);

}  // namespace wenshu::app
