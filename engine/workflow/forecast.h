// 路径预测: where a case will come and who will have it, if everybody agrees.
#pragma once

#include <string>
#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

struct Forecast {
  std::string step;
  std::vector<std::string> people;  // ids; the first candidates of its seats
};
// In the order in which the case comes there; the steps where it stands now are not among them. Ends at the end, or
// where it cannot go on by agreeing alone (`stuck` then says why): what effects and other cases will write is not known.
struct Outlook {
  std::vector<Forecast> steps;
  std::vector<std::string> ends;  // ids of ends that are reached
  std::string stuck;
};
Outlook forecast(const Rules& rules, const Marking& marking, const data::Value& data, std::string_view date);

}  // namespace wenshu::workflow
