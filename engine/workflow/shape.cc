#include "workflow/shape.h"

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
      {"to", data::identifier(), Need::required},
      {"when", data::text()},
      {"opinion", data::choice({"required"})},
      {"effects", data::list(effect_shape(), 1)},
  });
}

data::Shape seat_shape() {
  return data::either({data::choice({"initiator"}),
                       data::map({{"post", data::text()}, {"of", data::text()}, {"person", data::text()}})},
                      "initiator 或 {post: …, of: …} 或 {person: …}");
}

data::Shape step_shape() {
  return data::map({
      {"title", data::text()},
      {"end", data::boolean()},
      {"seat", seat_shape()},
      {"seats", data::list(seat_shape(), 1)},
      {"decide", data::map({{"rule", data::choice({"all", "one"}), Need::required},
                            {"on_reject", data::choice({"veto", "count"})}})},
      {"edit", data::list(data::text(), 1)},
      {"due", data::text()},
      {"binds", data::list(data::identifier(), 1)},
      {"actions", data::map_of(action_shape(), 1)},
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
      {"steps", data::map_of(step_shape(), 1), Need::required},
  });
  return kShape;
}

}  // namespace wenshu::workflow
