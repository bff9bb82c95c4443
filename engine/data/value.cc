#include "data/value.h"

#include <algorithm>
#include <stdexcept>

namespace wenshu::data {
namespace {

const Value& shared_null() {
  static const Value kNull;
  return kNull;
}

// The first part of "a.b.c"; `rest` becomes "b.c", or nothing at the last part.
std::string_view take_part(std::string_view dotted, std::optional<std::string_view>& rest) {
  size_t dot = dotted.find('.');
  rest = dot == std::string_view::npos ? std::nullopt : std::optional(dotted.substr(dot + 1));
  return dotted.substr(0, dot);
}

}  // namespace

template <Value::Kind kind, typename... Parts>
Value Value::make(Parts&&... parts) {
  Value value;
  value.held_.emplace<static_cast<size_t>(kind)>(std::forward<Parts>(parts)...);
  return value;
}

Value::Value() = default;
Value::Value(std::string text)
    : held_(std::in_place_index<static_cast<size_t>(Kind::text)>, std::move(text)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) { return *this = Value(other); }
// What is taken may be a part of this one: it is out before the rest goes.
Value& Value::operator=(Value&& other) noexcept {
  Held held = std::move(other.held_);
  place_ = other.place_;
  held_ = std::move(held);
  return *this;
}
Value::~Value() = default;

const std::string& Value::text() const {
  static const std::string kNone;
  switch (kind()) {
    case Kind::boolean:
      return *std::get_if<static_cast<size_t>(Kind::boolean)>(&held_);
    case Kind::number:
      return *std::get_if<static_cast<size_t>(Kind::number)>(&held_);
    case Kind::text:
      return *std::get_if<static_cast<size_t>(Kind::text)>(&held_);
    default:
      return kNone;
  }
}

const std::vector<Value>& Value::items() const {
  static const std::vector<Value> kNone;
  const auto* items = std::get_if<std::vector<Value>>(&held_);
  return items ? *items : kNone;
}

const std::vector<Value::Entry>& Value::entries() const {
  static const std::vector<Entry> kNone;
  const auto* entries = std::get_if<std::vector<Entry>>(&held_);
  return entries ? *entries : kNone;
}

std::vector<Value>& Value::items() {
  thread_local std::vector<Value> none;
  if (auto* items = std::get_if<std::vector<Value>>(&held_)) return *items;
  none.clear();
  return none;
}

std::vector<Value::Entry>& Value::entries() {
  thread_local std::vector<Entry> none;
  if (auto* entries = std::get_if<std::vector<Entry>>(&held_)) return *entries;
  none.clear();
  return none;
}

Value Value::boolean(bool b) { return make<Kind::boolean>(b ? "true" : "false"); }
Value Value::number(std::string token) { return make<Kind::number>(std::move(token)); }
Value Value::list() { return make<Kind::list>(); }
Value Value::map() { return make<Kind::map>(); }
Value Value::number(long long n) { return number(std::to_string(n)); }

size_t Value::size() const { return is_map() ? entries().size() : items().size(); }

const Value& Value::operator[](size_t index) const { return items().at(index); }

Value& Value::add(Value item) {
  if (is_null()) held_.emplace<std::vector<Value>>();
  if (!is_list()) throw std::logic_error("Value::add on something that is not a list");
  return items().emplace_back(std::move(item));
}

const Value* Value::find(std::string_view key) const {
  for (const Entry& entry : entries())
    if (entry.key == key) return &entry.value;
  return nullptr;
}

Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

const Value& Value::operator[](std::string_view key) const {
  const Value* found = find(key);
  return found != nullptr ? *found : shared_null();
}

Value& Value::set(std::string_view key, Value value) {
  if (is_null()) held_.emplace<std::vector<Entry>>();
  if (!is_map()) throw std::logic_error("Value::set on something that is not a map");
  if (Value* found = find(key)) return *found = std::move(value);
  const StoredPlace place = value.place_;
  return entries().emplace_back(Key(key), place, std::move(value)).value;
}

const Value* Value::find_path(std::string_view dotted) const {
  std::optional<std::string_view> rest = dotted;
  const Value* value = this;
  while (rest && value != nullptr) value = value->find(take_part(*rest, rest));
  return value;
}

Value& Value::set_path(std::string_view dotted, Value value) {
  std::optional<std::string_view> rest;
  std::string_view part = take_part(dotted, rest);
  if (!rest) return set(part, std::move(value));
  Value* inner = find(part);
  if (inner == nullptr) inner = &set(part, Value::map());
  return inner->set_path(*rest, std::move(value));
}

bool operator==(const Value& a, const Value& b) {
  return a.kind() == b.kind() && a.text() == b.text() && a.items() == b.items() &&
         std::equal(a.entries().begin(), a.entries().end(), b.entries().begin(), b.entries().end(),
                    [](const Value::Entry& x, const Value::Entry& y) {
                      return x.key == y.key && x.value == y.value;
                    });
}

}  // namespace wenshu::data
