// wenshu inbox: 待办.
#pragma once

#include <string>
#include <vector>

#include "app/context.h"
#include "data/value.h"

namespace wenshu::app {

struct InboxLine {
  std::string id, title;  // of the case
  std::string workflow_title;
  std::string step, step_title;
  std::vector<std::string> actions;  // names, as `case act` takes them
  std::string since;                 // UTC
  std::string due;                   // UTC; "" without a deadline
  std::vector<std::string> phrases;  // 常用语 of the step
};

// Of context.person, longest waiting first. Throws NotFound for an unknown person.
std::vector<InboxLine> inbox(const Context& context);

data::Value to_value(const std::vector<InboxLine>& lines);

}  // namespace wenshu::app
