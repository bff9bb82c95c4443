// Where a case stands: at which steps, who sits there, what was decided, who reads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::workflow {

// draft: stands at the first step. The last four are ends; only `ended` was reached by the way of the workflow.
enum class Status { draft, running, suspended, ended, terminated, voided, withdrawn };
std::string_view to_text(Status status);  // draft running suspended ended terminated voided withdrawn
std::string_view to_chinese(Status status);  // 草拟 办理中 已挂起 已办结 已终止 已作废 已撤销

struct Seat {
  std::string key;                      // "1", "2", …: its place in the step's `seats`; more for added ones
  std::string title;                    // 人事科负责人
  std::vector<std::string> candidates;  // ids of people; any of them may act
  std::string decision;                 // "" while open, the action's name, or one of the words below
  std::string by;                       // id of the person who decided
  std::string opinion;
  std::string for_whom = {};   // 代: id of the person for whom `by` decided
  std::string claimed = {};    // 认领: id of the one candidate who has taken it
  std::string principal = {};  // 委派: id of the person who decides when the helper has answered
  std::string added_by = {};   // 加签: id of the person who added it
  std::string before = {};     // 前加签: key of the seat that waits for this one
  std::string after = {};      // 后加签: key of the seat after which this one opens
  std::string read_by = {};    // id of the person who has opened the case here first
  int weight = 1;
  bool by_itself = false;  // agreed because the same person had agreed already
  data::Value kept = {};   // 暂存: {by, opinion, data} not sent yet

  bool is_open() const { return decision.empty(); }
  friend bool operator==(const Seat&, const Seat&) = default;
};
inline constexpr std::string_view kCancelled = "cancelled";   // 因退回而取消
inline constexpr std::string_view kNotNeeded = "not-needed";  // another seat decided for all
inline constexpr std::string_view kWaiting = "waiting";       // for its turn, or for seats added before it
inline constexpr std::string_view kDropped = "dropped";       // 减签

// A case is at several steps at once while branches run side by side.
struct Token {
  std::string step;
  std::vector<Seat> seats = {};
  std::vector<std::string> way = {};  // steps of people on the way to this one, each once
  std::string sender = {};            // id of the person whose act brought the case here
  std::string back_to = {};           // 直达: the step that sent it back and gets it next
  friend bool operator==(const Token&, const Token&) = default;
};

// A split whose branches have not all arrived at its join.
struct Wait {
  std::string split;
  std::vector<int> running;           // numbers of branches, from 0
  std::vector<std::string> way = {};  // before the split
  friend bool operator==(const Wait&, const Wait&) = default;
};

// 抄送 has no duty, 传阅 the duty to read; `read` is the day on which it was done.
struct Reader {
  std::string person;
  bool duty = false;
  std::string by, read = {}, opinion = {};
  friend bool operator==(const Reader&, const Reader&) = default;
};

// The last act by which the case left a step: what can be recalled.
struct Sent {
  std::string person;
  Token before = {};
  std::vector<std::string> entered = {};
  std::vector<Wait> waits = {};  // before the act
  friend bool operator==(const Sent&, const Sent&) = default;
};

struct Marking {
  std::string initiator;  // id of a person
  int round = 1;          // grows by one whenever the case goes back
  Status status = Status::draft;
  std::vector<Token> tokens;  // one, unless branches run side by side; at an end: its step, without seats
  std::vector<Wait> waits = {};
  std::vector<Reader> readers = {};
  std::vector<std::string> agreed = {};                          // ids, in this round; for `same_person`
  std::map<std::string, std::vector<std::string>> choices = {};  // by step: whom the initiator chose
  std::map<std::string, std::string> replaced = {};              // 离职移交: id by id, for steps to come
  std::optional<Sent> sent = {};
  std::string urged = {};  // the day of the last 催办

  bool is_open() const { return status <= Status::suspended; }
  bool is_live() const { return status < Status::suspended; }
  // The first token's: all there is without branches. "" and empty when there is no token.
  const std::string& step() const;
  const std::vector<Seat>& seats() const;
  const Token* find(std::string_view step) const;
  Token* find(std::string_view step);

  friend bool operator==(const Marking&, const Marking&) = default;
};

// {initiator, step, round, status, seats: [{key, title, candidates, decision, by, opinion}]}; `tokens` in place
// of `step` and `seats` where there are several; everything else only where it is not empty.
data::Value to_value(const Marking& marking);
// Nothing, with findings, when the value is no marking.
std::optional<Marking> parse_marking(const data::Value& value, Diagnostics& findings);

// Open seats, and those that a person may act on in his own right.
std::vector<const Seat*> open_seats(const Marking& marking);
std::vector<const Seat*> open_seats_of(const Marking& marking, std::string_view person);

}  // namespace wenshu::workflow
