#include "notice/parting.h"

#include <algorithm>

#include "notice/profile.h"

namespace wenshu::notice {

Parting find_parting(const BodyLines& body) {
  if (body.after >= kLines) return {.is_possible = false};
  if (body.all <= body.room) {  // the page would end between the body and its signature
    const int kept = std::max(body.least, body.all - 2);
    if (kept >= body.all) return {.is_possible = false};
    return {.on_first = kept};
  }
  const int over = body.all - body.room;
  if (over > kLines + 1) {  // a long body: who knows exactly where it ends
    constexpr int kDoubt = 2;
    const int rest = over % kLines;
    return {.fits = rest >= kDoubt && rest + body.after <= kLines - kDoubt};
  }
  // A single line may find room on the page before after all, where the head is lower than thought.
  if (over == kLines + 1) return {.on_second = kLines - 2};
  if (over == 1) return {.on_first = std::max(std::min(body.least, body.room), body.room - 1)};
  if (over + body.after <= kLines) return {.fits = true};
  return {.on_second = std::max(1, over - 2)};
}

}  // namespace wenshu::notice
