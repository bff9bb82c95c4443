#include "workflow/marking.h"

#include <algorithm>

namespace wenshu::workflow {

constexpr std::string_view kStatuses[] = {"draft",      "running", "suspended", "ended",
                                          "terminated", "voided",  "withdrawn"};
constexpr std::string_view kChinese[] = {"草拟", "办理中", "已挂起", "已办结", "已终止", "已作废", "已撤销"};

std::string_view to_text(Status status) { return kStatuses[static_cast<size_t>(status)]; }
std::string_view to_chinese(Status status) { return kChinese[static_cast<size_t>(status)]; }

const std::string& Marking::step() const {
  static const std::string kNone;
  return tokens.empty() ? kNone : tokens.front().step;
}

const std::vector<Seat>& Marking::seats() const {
  static const std::vector<Seat> kNone;
  return tokens.empty() ? kNone : tokens.front().seats;
}

const Token* Marking::find(std::string_view step) const {
  auto found = std::find_if(tokens.begin(), tokens.end(), [&](const Token& t) { return t.step == step; });
  return found == tokens.end() ? nullptr : &*found;
}

Token* Marking::find(std::string_view step) {
  return const_cast<Token*>(static_cast<const Marking&>(*this).find(step));
}

std::vector<const Seat*> open_seats(const Marking& marking) {
  std::vector<const Seat*> open;
  for (const Token& token : marking.tokens) {
    for (const Seat& seat : token.seats) {
      if (seat.is_open()) open.push_back(&seat);
    }
  }
  return open;
}

std::vector<const Seat*> open_seats_of(const Marking& marking, std::string_view person) {
  std::vector<const Seat*> mine = open_seats(marking);
  std::erase_if(mine, [&](const Seat* seat) {
    if (!seat->claimed.empty()) return seat->claimed != person;
    return std::find(seat->candidates.begin(), seat->candidates.end(), person) == seat->candidates.end();
  });
  return mine;
}

}  // namespace wenshu::workflow
