#include "workflow/takers.h"

#include <algorithm>

#include "workflow/decide.h"

namespace wenshu::workflow {

std::vector<Symbol> takers_of(const Token& token, const Seat& seat) {
  if (!seat.is_open()) return {};
  if (!seat.more->claimed.empty()) return {seat.more->claimed};
  std::vector<Symbol> all(seat.candidates.begin(), seat.candidates.end());
  if (role_of(seat) != SeatRole::counting) return all;
  const auto has_decided = [&](Symbol person) {
    return std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& one) {
      const Symbol whose = one.more->for_whom.empty() ? one.by : one.more->for_whom;
      return !one.by.empty() && whose == person && role_of(one) == SeatRole::counting;
    });
  };
  std::vector<Symbol> fresh = all;
  std::erase_if(fresh, has_decided);
  return fresh.empty() ? all : fresh;
}

}  // namespace wenshu::workflow
