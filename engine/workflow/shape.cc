#include "workflow/shape.h"

#include "workflow/acts.h"

namespace wenshu::workflow {
namespace {

using data::Need;

data::Shape effect_shape() {
  return data::map({
      {"number", data::map({{"series", data::text(), Need::required},
                            {"into", data::text(), Need::required},
                            {"date", data::text()}})},
      {"render", data::list(data::identifier(), 1)},
      {"append",
       data::map({{"register", data::identifier(), Need::required}, {"rows", data::text(), Need::required}})},
  });
}

data::Shape action_shape() {
  return data::map({
      {"title", data::text()},
      {"to", data::identifier()},
      {"when", data::text()},
      {"opinion", data::choice({"required"})},
      {"resubmit", data::choice({"walk", "direct", "choose"})},
      {"effects", data::list(effect_shape(), 1)},
  });
}

// A seat that another one's `from` names has none of its own.
data::Shape seat_shape(bool with_choice) {
  std::vector<data::Field> fields = {
      {"post", data::text()},
      {"of", data::text()},
      {"person", data::text()},
      {"head_of", data::text()},
      {"superior_of", data::choice({"initiator"})},
      {"level", data::integer(1, 9)},
      {"role", data::text()},
      {"field", data::text()},
      {"pick", data::choice({"least_loaded", "in_turn"})},
      {"weight", data::integer(1, 1'000'000)},
  };
  if (with_choice) {
    fields.push_back({"chosen_by", data::choice({"initiator", "previous"})});
    fields.push_back({"from", data::list(seat_shape(false), 1)});
  }
  return data::either({data::choice({"initiator"}), data::map(std::move(fields))},
                      "initiator 或 {post: …, of: …}、{person: …}、{head_of: …}、{role: …} 等");
}

data::Shape decide_shape() {
  return data::map({{"rule", data::choice({"one", "all", "in_order", "votes"}), Need::required},
                    {"on_reject", data::choice({"veto", "count", "note_only"})},
                    {"threshold", data::text()},
                    {"quorum", data::integer(1)},
                    {"early", data::boolean()}});
}

data::Shape mapping_shape() {
  return data::map({{"into", data::text(), Need::required}, {"from", data::text(), Need::required}});
}

data::Shape start_shape() {
  return data::map({{"workflow", data::identifier(), Need::required},
                    {"data", data::list(mapping_shape(), 1)},
                    {"results", data::list(mapping_shape(), 1)},
                    {"wait", data::boolean()}});
}

data::Shape step_shape() {
  const data::Shape seat = seat_shape(true);
  const data::Shape branch = data::map(
      {{"title", data::text()}, {"to", data::identifier(), Need::required}, {"when", data::text()}});
  return data::map({
      {"title", data::text()},
      {"end", data::boolean()},
      {"seat", seat},
      {"seats", data::list(seat, 1)},
      {"decide", decide_shape()},
      {"edit", data::list(data::text(), 1)},
      {"require", data::list(data::text(), 1)},
      {"hide", data::list(data::text(), 1)},
      {"due", data::text()},
      {"remind", data::text()},
      {"remind_again", data::text()},
      {"remind_most", data::integer(1)},
      {"overdue", data::choice({"remind", "escalate", "pass", "reject", "transfer"})},
      {"overdue_to", data::list(seat_shape(false), 1)},
      {"binds", data::list(data::identifier(), 1)},
      {"covers", data::list(data::text(), 1)},
      {"box", data::identifier()},
      {"phrases", data::list(data::text(), 1)},
      {"copy_to", data::list(seat, 1)},
      {"circulate_to", data::list(seat, 1)},
      {"allow", data::list(data::choice(allowable_acts()), 1)},
      {"same_person", data::choice({"ask", "adjacent", "earlier"})},
      {"not_initiator", data::boolean()},
      {"recall", data::choice({"unacted", "unread", "never"})},
      {"bulk", data::boolean()},
      {"actions", data::map_of(action_shape(), 1)},
      {"route", data::choice({"one", "all", "each"})},
      {"branches", data::list(branch, 1)},
      {"join", data::identifier()},
      {"to", data::identifier()},
      {"effects", data::list(effect_shape(), 1)},
      {"start", start_shape()},
      {"failed", data::identifier()},
  });
}

}  // namespace

const data::Shape& workflow_shape() {
  static const data::Shape kDocument = data::map({
      {"title", data::text(), Need::required},
      {"notice", data::text()},
      {"template", data::text()},
  });
  static const data::Shape kShape = data::map({
      {"workflow", data::identifier(), Need::required},
      {"title", data::text(), Need::required},
      {"version", data::integer(1), Need::required},
      {"form", data::identifier(), Need::required},
      {"documents", data::map_of(kDocument, 1)},
      {"managers", data::list(seat_shape(false), 1)},
      {"steps", data::map_of(step_shape(), 1), Need::required},
  });
  return kShape;
}

}  // namespace wenshu::workflow
