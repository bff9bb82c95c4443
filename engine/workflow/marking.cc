#include "workflow/marking.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace wenshu::workflow {

constexpr std::string_view kStatuses[] = {"draft",      "running", "suspended", "ended",
                                          "terminated", "voided",  "withdrawn"};
constexpr std::string_view kChinese[] = {"草拟", "办理中", "已挂起", "已办结", "已终止", "已作废", "已撤销"};

std::string_view to_text(Status status) { return kStatuses[static_cast<size_t>(status)]; }
std::optional<Status> parse_status(std::string_view text) {
  const auto found = std::find(std::begin(kStatuses), std::end(kStatuses), text);
  if (found == std::end(kStatuses)) return std::nullopt;
  return static_cast<Status>(found - std::begin(kStatuses));
}
std::string_view to_chinese(Status status) { return kChinese[static_cast<size_t>(status)]; }

const std::vector<Symbol>& People::none() {
  static const std::vector<Symbol> kNone;
  return kNone;
}

// The lists asked for last, by where the symbol is kept.
std::shared_ptr<const std::vector<Symbol>> People::one(Symbol person) {
  constexpr size_t kRemembered = 256;
  static thread_local std::array<std::shared_ptr<const std::vector<Symbol>>, kRemembered> remembered;
  auto& list = remembered[reinterpret_cast<std::uintptr_t>(&person.text()) / 32 % kRemembered];
  if (!list || list->front() != person) list = std::make_shared<const std::vector<Symbol>>(1, person);
  return list;
}

bool People::contains(Symbol person) const {
  return list_ && std::find(list_->begin(), list_->end(), person) != list_->end();
}

void People::add(const std::vector<std::string>& people) {
  std::vector<Symbol> all = list();
  all.insert(all.end(), people.begin(), people.end());
  *this = People(std::move(all));
}

void People::erase(Symbol person) {
  std::vector<Symbol> left = list();
  std::erase(left, person);
  *this = People(std::move(left));
}

void People::replace(Symbol person, Symbol by) {
  if (!contains(person)) return;
  std::vector<Symbol> people = list();
  std::replace(people.begin(), people.end(), person, by);
  *this = People(std::move(people));
}

void Seat::forget_holder() {
  if (!more) return;
  more.edit().claimed.clear();
  more.edit().read_by.clear();
}

Symbol Marking::step() const { return tokens.empty() ? Symbol() : tokens.front().step; }

const std::vector<Seat>& Marking::seats() const {
  static const std::vector<Seat> kNone;
  return tokens.empty() ? kNone : tokens.front().seats;
}

const Token* Marking::find(Symbol step) const {
  auto found = std::find_if(tokens.begin(), tokens.end(), [&](const Token& t) { return t.step == step; });
  return found == tokens.end() ? nullptr : &*found;
}

Token* Marking::find(Symbol step) {
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

std::vector<const Seat*> open_seats_of(const Marking& marking, Symbol person) {
  std::vector<const Seat*> mine = open_seats(marking);
  std::erase_if(mine, [&](const Seat* seat) {
    if (!seat->more->claimed.empty()) return seat->more->claimed != person;
    return !seat->candidates.contains(person);
  });
  return mine;
}

}  // namespace wenshu::workflow
