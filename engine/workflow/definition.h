// A workflow as written: documents, steps, seats, actions, branches, guards, effects. Every key is told in
// workflows/README.md, which a test holds against the loader (shape.h).
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/symbol.h"
#include "data/value.h"
#include "directory/directory.h"
#include "expression/guard.h"
#include "form/form.h"
#include "register/register.h"

namespace wenshu::workflow {

// A name written in the file that leads elsewhere.
struct Reference {
  std::string name;
  Place place;
};

struct Document {
  enum class Kind { notice, word_template };
  std::string id;
  std::string title;
  Kind kind = Kind::notice;
  Reference path;  // under templates/
};

// Takes the next number of a series, once for a case: a case that comes by again keeps its number.
struct NumberEffect {
  Reference series;
  Reference into;                 // text field of the form
  std::optional<Reference> date;  // date field that gets the day on which the number was taken
};
struct RenderEffect {
  std::vector<Reference> documents;
};
// Rows for a register: one for each row of a table (also nested: all rows below), one for a group.
// A column is filled by the field of its name in the row, else in the records around it, else by one of
// kBuiltInSources.
struct AppendEffect {
  Reference target;  // register
  Reference rows;    // path of a table or group
};
using Effect = std::variant<NumberEffect, RenderEffect, AppendEffect>;

// What a register column may take besides fields: the case's id, the day of the act (2020-07-27), the name of
// the person who acts.
inline const std::vector<std::string> kBuiltInSources = {"case", "date", "person"};

// Action names are a closed vocabulary, so that a typing error is found; each has a kind and a usual title.
enum class ActionKind {
  forward,  // 送审 同意 签发 …: a decision for
  reject,   // 不同意: a decision against
  abstain,  // 弃权: takes part in a vote, for nothing
  back,     // 退回 撤回: closes the round at once
};
struct ActionWord {
  std::string_view name;
  std::string_view title;
  ActionKind kind;
};
const std::vector<ActionWord>& action_words();

// How a case that was sent back comes on again.
enum class Resubmit {
  walk,    // 逐级: through all steps again
  direct,  // 直达: straight to the step that sent it back
  choose,  // as whoever sends it back says
};

// Where `to` leads besides a step that it names.
enum class Target {
  step,
  previous,  // 上一步: the step before this one on the way that the case took
  any,       // 任一步: an earlier step that whoever acts names
};

struct Action {
  Symbol name;  // submit agree return …
  std::string title;
  ActionKind kind = ActionKind::forward;
  Target target = Target::step;
  Reference to;  // empty for abstain and for the other targets
  std::optional<expression::Guard> when;
  bool opinion_required = false;
  Resubmit resubmit = Resubmit::walk;
  std::vector<Effect> effects;
  Place place;
};

// How one of several candidates is chosen.
enum class Pick { none, least_loaded, in_turn };

struct SeatRule {
  enum class Kind { initiator, post, person, head, superior, role, field, chosen };
  Kind kind = Kind::initiator;
  Reference post;
  std::optional<Reference> of;  // a department; nothing = whoever holds the post anywhere
  bool of_initiator = false;    // of: initiator.department
  Reference person;
  int level = 1;               // of the superior: 1 is the head of one's department
  Reference role;              // a group of people of the directory
  Reference field;             // of the form, of type person
  bool by_previous = false;    // chosen by whoever sent the case here, else by the initiator
  std::vector<SeatRule> from;  // whom the chooser may choose; empty: anybody
  Pick pick = Pick::none;
  int weight = 1;  // in a vote
  Place place;
};

enum class DecideRule { one, all, in_order, votes };
enum class OnReject { veto, count, note_only };

// `threshold` of a vote: so many votes, or so great a part of all votes (2/3).
struct Decide {
  DecideRule rule = DecideRule::all;
  OnReject on_reject = OnReject::veto;
  int threshold = 0;
  int of_all = 0;     // 0: threshold counts votes; else it is a fraction's numerator and this its denominator
  int quorum = 0;     // votes that must have been cast
  bool early = true;  // ends when the result can no longer change
  Place place;
};

struct Due {
  enum class Unit { hours, workhours, days, workdays };
  int amount = 0;
  Unit unit = Unit::workdays;
  Place place;
};
enum class Overdue { nothing, remind, escalate, pass, reject, transfer };

// One field of a form, and what goes into it.
struct Mapping {
  Reference into;
  expression::Guard from;
};

// 子流程: a case of another workflow that a step begins.
struct SubWorkflow {
  Reference workflow;
  std::vector<Mapping> data;     // into the other form, out of this case's data
  std::vector<Mapping> results;  // into this form, out of the other case's data and `child` (child_type())
  bool wait = true;              // the step is left when the other case has ended
  Place place;
};
// What a result may say of the case that ended: child.case, child.end (the step), child.status.
expression::Type child_type();
// A case that begins a case that begins a case …: no deeper than this.
inline constexpr int kDeepestChild = 5;
// The two ways out of a step that waits for another case; no person can take them.
inline constexpr std::string_view kChildEnded = "@ended", kChildFailed = "@failed";

struct Branch {
  Reference to;
  std::optional<expression::Guard> when;  // nothing: the default of `one` and `each`, always of `all`
  Place place;
  std::string title = {};  // for pictures: 要会签; "" where the condition says it
};
enum class Route { none, one, all, each };

// Whether a seat whose only holder has agreed already is asked again: in the step just before, in any step of
// this round. It stays visible as agreed by itself; a step that binds documents always asks.
enum class SamePerson { ask, adjacent, earlier };
enum class Recall { unacted, unread, never };

enum class StepKind { human, automatic, split, end, child };  // child: waits for a case that it began

struct Step {
  Symbol id;
  std::string title;
  StepKind kind = StepKind::human;
  Place place;

  std::vector<SeatRule> seats;  // one for `seat`
  Decide decide;
  // Fields of the form: that may be written here, that must be filled before a case goes forward, that are not
  // shown to those who sit here. All others can be read.
  std::vector<Reference> edit, require, hide;
  std::optional<Due> due, remind;
  std::optional<Due> remind_again;  // overdue: how long until the next reminder
  int remind_most = 0;              // how many of these at most; 0: until it is done
  Overdue overdue = Overdue::nothing;
  std::vector<SeatRule> overdue_to;  // whom `escalate` and `transfer` bring in; the superior when empty
  std::vector<Reference> binds;
  std::vector<Reference> covers;     // fields that a signature here judges; empty: all that no effect writes
  std::string box;                   // 意见分栏: the sheet's box that opinions of this step go to
  std::vector<std::string> phrases;  // 常用语
  std::vector<SeatRule> copy_to, circulate_to;
  std::vector<Reference> allow;  // acts of acts.h that whoever holds a seat may do here
  SamePerson same_person = SamePerson::ask;
  bool not_initiator = false;  // 本人不审本人
  Recall recall = Recall::unacted;
  bool bulk = false;  // may be agreed to together with others
  std::vector<Action> actions;

  Route route = Route::none;  // of a split
  std::vector<Branch> branches;
  std::optional<Reference> join;     // the split whose branches meet here
  Reference to;                      // of an automatic step
  std::vector<Effect> effects;       // of an automatic step
  std::optional<SubWorkflow> start;  // of an automatic step, or one that waits

  bool end() const { return kind == StepKind::end; }
  const Action* find_action(std::string_view name) const;
  template <std::same_as<Symbol> Name>  // by identity: no text is compared
  const Action* find_action(Name name) const {
    for (const Action& action : actions) {
      if (action.name == name) return &action;
    }
    return nullptr;
  }
};

// Inside which branch of which splits a step stands, from the outside in. Filled by find_scopes().
struct ScopeLevel {
  size_t split = 0;
  size_t branch = 0;
  friend bool operator==(const ScopeLevel&, const ScopeLevel&) = default;
};
using Scope = std::vector<ScopeLevel>;

struct Definition {
  std::string name;
  std::string title;
  int version = 1;
  Reference form;
  std::vector<Document> documents;
  std::vector<SeatRule> managers;  // who may stop, move and reopen cases
  std::vector<Step> steps;         // in the order written; the first is the start
  std::vector<Scope> scopes;       // one for each step

  const Step* find_step(std::string_view id) const;
  const Document* find_document(std::string_view id) const;
  size_t index_of(std::string_view step) const;  // steps.size() when there is none
  template <std::same_as<Symbol> Id>             // by identity: no text is compared
  size_t index_of(Id step) const {
    size_t at = 0;
    while (at < steps.size() && steps[at].id != step) ++at;
    return at;
  }
  template <std::same_as<Symbol> Id>
  const Step* find_step(Id id) const {
    const size_t at = index_of(id);
    return at == steps.size() ? nullptr : &steps[at];
  }
};

// Every fault that the file alone shows: unknown keys, steps, documents, actions; a declared document that
// nothing renders or binds; guards that do not parse. That a case always comes to an end is proved by
// check/check.h.
std::optional<Definition> load_workflow(const data::Value& source, Diagnostics& findings);

// What references may lead to. Without a directory posts, departments and persons are not checked.
struct Known {
  std::map<std::string, const form::Form*> forms;
  std::map<std::string, const registers::Register*> registers;
  const directory::Directory* directory = nullptr;
  std::map<std::string, const Definition*> workflows = {};  // that a step may begin
};

// Every reference that leads out of the file: form, guard types, `edit`, `into` and `rows` paths, series,
// registers and their columns, posts, departments, persons; `nobody-can-act` for a seat that no one holds;
// sub-workflows: unknown-workflow, their forms' fields, sub-workflow-circle.
void check_references(const Definition& definition, const Known& known, Diagnostics& findings);

}  // namespace wenshu::workflow
