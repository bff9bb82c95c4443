#include "data/stored_place.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>

namespace wenshu::data {
namespace {

using Origin = StoredPlace::Origin;

class Origins {
 public:
  StoredPlace::OriginId keep(const Origin& origin) {
    const std::unique_lock lock(mutex_);
    const auto [found, is_new] =
        ids_.try_emplace(origin, static_cast<StoredPlace::OriginId>(list_.size() + 1));
    if (is_new) list_.push_back(&found->first);
    return found->second;
  }
  Origin at(StoredPlace::OriginId id) const {
    const std::shared_lock lock(mutex_);
    return id == 0 ? Origin() : *list_[id - 1];
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<Origin, StoredPlace::OriginId> ids_;
  std::deque<const Origin*> list_;
};

Origins& origins() {
  static Origins kept;
  return kept;
}

}  // namespace

StoredPlace::OriginId StoredPlace::keep(const Origin& origin) {
  if (origin == Origin()) return 0;
  thread_local Origin last;  // nodes come file by file
  thread_local OriginId last_id = 0;
  if (last_id != 0 && last == origin) return last_id;
  last_id = origins().keep(origin);
  last = origin;
  return last_id;
}

StoredPlace::StoredPlace(const Place& place)
    : origin_(keep({place.file, place.spot, place.spot.empty() ? Origin::Grid::none : Origin::Grid::fixed})),
      line_(place.line),
      column_(place.column) {}

StoredPlace::operator Place() const {
  Origin origin = origins().at(origin_);
  Place place{std::move(origin.file), line_, column_, std::move(origin.words)};
  if (origin.grid == Origin::Grid::none || origin.grid == Origin::Grid::fixed) return place;
  place.spot += "第" + std::to_string(row_) + "行";
  if (column_ > 0 && origin.grid == Origin::Grid::numbers)
    place.spot += "第" + std::to_string(column_) + "列";
  if (column_ > 0 && origin.grid == Origin::Grid::letters)
    place.spot += column_letters(static_cast<size_t>(column_ - 1)) + "列";
  return place;
}

std::string StoredPlace::file() const { return origins().at(origin_).file; }

std::string column_letters(size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26)
    letters += static_cast<char>('A' + (column - 1) % 26);
  std::reverse(letters.begin(), letters.end());
  return letters;
}

}  // namespace wenshu::data
