// One act is one transaction: gather what follows from it, then finish() writes the event, projects it and
// commits.
//
//   Act act(store, {.actor = "zhou-min", .at = clock.now(), .request = id, .input = text});
//   if (act.answered()) return answer_of(*act.answered());       // a retry: nothing is done again
//   const std::string number = act.take_number("县教", "2020", format);
//   act.finish("case-acted", "annual-plan-1");
//
// An Act that goes away without finish() leaves the store as it was.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "data/value.h"
#include "store/event.h"
#include "store/store.h"

namespace wenshu::store {

struct Deed {
  std::string actor;
  Time at;
  std::optional<std::string> request = {};  // chosen by the client; retries carry the same one
  std::string input = {};                   // canonical text of what the person gave; only its hash is kept
};

using NumberFormat = std::function<std::string(int64_t serial)>;

struct Number {
  int64_t serial = 0;
  std::string number;
};

class Act {
 public:
  // Waits for the write lock, up to 10 s.
  Act(Store& store, Deed deed);

  Tx& tx() { return tx_; }
  // The event that an earlier try of the same request wrote. Then finish() must not be called.
  const std::optional<Event>& answered() const { return answered_; }
  // The request id was used for something else: refuse.
  bool request_reused() const { return request_reused_; }

  // The next serial of a series within a scope ("year=2020", "year=2020,class=A03"), from 1, without gaps: it counts
  // only if the act is finished. A number that stands in a ledger already (an imported row) is passed over and kept as
  // held. Throws Failure when a number's text was given before (a series whose pattern lost its year).
  Number take_number(const std::string& series, const std::string& scope, const NumberFormat& format);

  void add_definition(data::Value definition);
  void set_case(data::Value state, data::Value seats);
  void add_entry(data::Value entry);
  void add_file(const std::string& name, const std::string& bytes);  // a document of the case
  // What a person put into the field at `path`; the bytes are kept under their hash.
  void add_attachment(const std::string& path, const std::string& name, const std::string& bytes);
  void add_row(const std::string& register_name, data::Value cells);
  void set_certificates(data::Value certificates);  // numbers from take_serials
  void add_key(data::Value key);                    // event.h, section `keys`
  void add_certificate_act(data::Value act);
  // As take_number, but leaves recording to the section `certificates`.
  std::vector<Number> take_serials(const std::string& series, const std::string& scope, size_t count,
                                   const NumberFormat& format);

  // What may happen by itself to the case, and when, in place of what stood there: [{step, seat, kind, at}].
  void set_clocks(data::Value clocks);
  // To somebody, of what the act did: [{person, name, kind, case, case_title, step, step_title, text}].
  void add_message(data::Value message);
  // The case was begun by a step of another one.
  void set_parent(const std::string& parent, const std::string& step);

  // Writes the event of what was gathered so far and projects it; what is gathered next belongs to the next event: an
  // act on one case can have consequences for others, all in one transaction. The first event carries the request.
  Event write(const std::string& kind, const std::string& subject);
  void commit() { tx_.commit(); }
  // Writes the event, projects it, commits.
  Event finish(const std::string& kind, const std::string& subject);

 private:
  int64_t next_serial(const std::string& series, const std::string& scope);

  Tx tx_;
  Deed deed_;
  std::optional<Event> answered_;
  bool request_reused_ = false;
  bool written_ = false;
  data::Value body_ = data::Value::map();
  std::map<std::pair<std::string, std::string>, int64_t> last_serial_;  // by series and scope
};

}  // namespace wenshu::store
