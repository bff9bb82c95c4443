// Where a case stands: at which steps, who sits there, what was decided, who reads.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/rare.h"
#include "base/symbol.h"
#include "data/value.h"

namespace wenshu::workflow {

// draft: stands at the first step. The last four are ends; only `ended` was reached by the way of the workflow.
enum class Status { draft, running, suspended, ended, terminated, voided, withdrawn };
std::string_view to_text(Status status);  // draft running suspended ended terminated voided withdrawn
std::optional<Status> parse_status(std::string_view text);
std::string_view to_chinese(Status status);  // 草拟 办理中 已挂起 已办结 已终止 已作废 已撤销

// 期限: when a seat is reminded and overdue, as UTC times (2020-07-27T01:00:00Z). "" where there is none, and for
// `due` also while the year is in no calendar or the case is suspended.
struct SeatClock {
  std::string since, due, remind;
  bool reminded = false, expired = false;  // what has been done about it
  std::string again = {};                  // overdue: when it is reminded next
  int times = 0;                           // how often it was reminded since it was overdue
  friend bool operator==(const SeatClock&, const SeatClock&) = default;
};

// Who may act on a seat: ids of people. Copies share one list until one of them is changed; lists of one person, which
// most are, are shared as well.
class People {
 public:
  People() = default;
  People(std::initializer_list<Symbol> people) : People(std::vector<Symbol>(people)) {}
  People(std::vector<Symbol> people) {  // NOLINT: it is its list
    if (people.size() == 1)
      list_ = one(people.front());
    else if (!people.empty())
      list_ = std::make_shared<const std::vector<Symbol>>(std::move(people));
  }
  People(const std::vector<std::string>& people)  // NOLINT
      : People(std::vector<Symbol>(people.begin(), people.end())) {}

  static People only(Symbol person) {
    People people;
    people.list_ = one(person);
    return people;
  }

  const std::vector<Symbol>& list() const { return list_ ? *list_ : none(); }
  auto begin() const { return list().begin(); }
  auto end() const { return list().end(); }
  size_t size() const { return list_ ? list_->size() : 0; }
  bool empty() const { return !list_; }
  Symbol front() const { return list_->front(); }  // REQUIRES: not empty
  bool contains(Symbol person) const;
  void add(const std::vector<std::string>& people);
  void erase(Symbol person);
  void replace(Symbol person, Symbol by);
  friend bool operator==(const People& a, const People& b) {
    return a.list_ == b.list_ || a.list() == b.list();
  }

 private:
  static const std::vector<Symbol>& none();
  static std::shared_ptr<const std::vector<Symbol>> one(Symbol person);
  std::shared_ptr<const std::vector<Symbol>> list_;
};

// What most seats have nothing of.
struct SeatMore {
  std::string opinion = {};
  Symbol for_whom = {};   // 代: id of the person for whom the seat was decided
  Symbol claimed = {};    // 认领: id of the one candidate who has taken it
  Symbol principal = {};  // 委派: id of the person who decides when the helper has answered
  Symbol added_by = {};   // 加签: id of the person who added it
  Symbol before = {};     // 前加签: key of the seat that waits for this one
  Symbol after = {};      // 后加签: key of the seat after which this one opens
  Symbol read_by = {};    // id of the person who has opened the case here first
  Rare<SeatClock> clock = {};
  Rare<data::Value> kept = {};  // 暂存: {by, opinion, data} not sent yet
  friend bool operator==(const SeatMore&, const SeatMore&) = default;
};

struct Seat {
  Symbol key = {};         // "1", "2", …: its place in the step's `seats`; more for added ones
  Symbol title = {};       // 人事科负责人
  People candidates = {};  // any of them may act
  Symbol decision = {};    // "" while open, the action's name, or one of the words below
  Symbol by = {};          // id of the person who decided
  Rare<SeatMore> more = {};
  int weight = 1;
  bool by_itself = false;  // agreed because the same person had agreed already
  bool automatic = false;  // decided by its clock

  bool is_open() const { return decision.empty(); }
  // Others sit here now: nobody has claimed or read it.
  void forget_holder();
  friend bool operator==(const Seat&, const Seat&) = default;
};
inline constexpr std::string_view kCancelled = "cancelled";   // 因退回而取消
inline constexpr std::string_view kNotNeeded = "not-needed";  // another seat decided for all
inline constexpr std::string_view kWaiting = "waiting";       // for its turn, or for seats added before it
inline constexpr std::string_view kDropped = "dropped";       // 减签

// A case is at several steps at once while branches run side by side.
struct Token {
  Symbol step;
  std::vector<Seat> seats = {};
  std::vector<Symbol> way = {};  // steps of people on the way to this one, each once
  Symbol sender = {};            // id of the person whose act brought the case here
  Symbol back_to = {};           // 直达: the step that sent it back and gets it next
  std::string child = {};        // 子流程: id of the case that the step waits for
  friend bool operator==(const Token&, const Token&) = default;
};

// A split whose branches have not all arrived at its join.
struct Wait {
  Symbol split;
  std::vector<int> running;      // numbers of branches, from 0
  std::vector<Symbol> way = {};  // before the split
  friend bool operator==(const Wait&, const Wait&) = default;
};

// 抄送 has no duty, 传阅 the duty to read; `read` is the day on which it was done.
struct Reader {
  Symbol person;
  bool duty = false;
  Symbol by;
  std::string read = {}, opinion = {};
  friend bool operator==(const Reader&, const Reader&) = default;
};

// The last act by which the case left a step: what can be recalled.
struct Sent {
  Symbol person;
  Token before = {};
  std::vector<Symbol> entered = {};
  std::vector<Wait> waits = {};  // before the act
  friend bool operator==(const Sent&, const Sent&) = default;
};

// 签署: what a consent at a step that binds papers has judged.
struct Signature {
  std::string step, seat;  // title of the seat
  std::string person;      // id
  std::string date;
  std::string hash;     // of what was judged, signatures.h
  std::string carried;  // the same after proof-reading; "" when nothing was proof-read
  // void: what was judged has changed since; renewed: the step has decided again.
  enum class State { valid, voided, renewed } state = State::valid;
  friend bool operator==(const Signature&, const Signature&) = default;
};

// The case whose step began this one, and how many begun cases lie above.
struct Parent {
  std::string id, step;
  int depth = 1;
  bool waits = true;
  friend bool operator==(const Parent&, const Parent&) = default;
};

// While a case is suspended its clocks stand still. UTC times; `to` is "" while it lasts.
struct Stop {
  std::string from, to;
  friend bool operator==(const Stop&, const Stop&) = default;
};

// By step: ids of people.
using PeopleOfSteps = std::map<std::string, std::vector<std::string>>;

// A case at rest takes less than 1 KB here (tests/bench/workflow): what most cases have nothing of costs a pointer.
struct Marking {
  Symbol initiator;  // id of a person
  int round = 1;     // grows by one whenever the case goes back
  Status status = Status::draft;
  bool with_parent = false;   // suspended because its parent is
  std::vector<Token> tokens;  // one, unless branches run side by side; at an end: its step, without seats
  std::vector<Wait> waits = {};
  std::vector<Reader> readers = {};
  std::vector<Symbol> agreed = {};                         // ids, in this round; for `same_person`
  Rare<PeopleOfSteps> choices = {};                        // whom the initiator chose
  Rare<PeopleOfSteps> assigned = {};                       // 改未来环节: who shall sit there
  Rare<std::map<std::string, std::string>> replaced = {};  // 离职移交: id by id, for steps to come
  Rare<Sent> sent = {};
  Rare<std::string> urged = {};  // the day of the last 催办
  std::vector<Signature> signatures = {};
  std::vector<Stop> stops = {};
  Rare<Parent> parent = {};

  bool is_open() const { return status <= Status::suspended; }
  bool is_live() const { return status < Status::suspended; }
  // The first token's: all there is without branches. "" and empty when there is no token.
  Symbol step() const;
  const std::vector<Seat>& seats() const;
  const Token* find(Symbol step) const;
  Token* find(Symbol step);

  friend bool operator==(const Marking&, const Marking&) = default;
};

// {initiator, step, round, status, seats: [{key, title, candidates, decision, by, opinion}]}; `tokens` in place
// of `step` and `seats` where there are several; everything else only where it is not empty.
data::Value to_value(const Marking& marking);
// Nothing, with findings, when the value is no marking.
std::optional<Marking> parse_marking(const data::Value& value, Diagnostics& findings);

// Open seats, and those that a person may act on in his own right.
std::vector<const Seat*> open_seats(const Marking& marking);
std::vector<const Seat*> open_seats_of(const Marking& marking, Symbol person);

}  // namespace wenshu::workflow
