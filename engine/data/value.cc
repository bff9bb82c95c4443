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

struct Value::Children {
  std::vector<Value> items;
  std::vector<Entry> entries;
};

Value::Value() = default;
Value::Value(std::string text) : scalar_(std::move(text)), kind_(Kind::text) {}
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Value::Value(const Value& other)
    : scalar_(other.scalar_),
      children_(other.children_ ? std::make_unique<Children>(*other.children_) : nullptr),
      place_(other.place_),
      kind_(other.kind_) {}

Value& Value::operator=(const Value& other) {
  if (this != &other) *this = Value(other);
  return *this;
}

Value::Children& Value::children() {
  if (!children_) children_ = std::make_unique<Children>();
  return *children_;
}

const std::vector<Value>& Value::items() const {
  static const std::vector<Value> kNone;
  return children_ ? children_->items : kNone;
}
std::vector<Value>& Value::items() { return children().items; }

const std::vector<Value::Entry>& Value::entries() const {
  static const std::vector<Entry> kNone;
  return children_ ? children_->entries : kNone;
}
std::vector<Value::Entry>& Value::entries() { return children().entries; }

Value Value::boolean(bool b) {
  Value value(b ? "true" : "false");
  value.kind_ = Kind::boolean;
  return value;
}

Value Value::number(std::string token) {
  Value value(std::move(token));
  value.kind_ = Kind::number;
  return value;
}

Value Value::number(long long n) { return number(std::to_string(n)); }

Value Value::list() {
  Value value;
  value.kind_ = Kind::list;
  return value;
}

Value Value::map() {
  Value value;
  value.kind_ = Kind::map;
  return value;
}

size_t Value::size() const { return is_map() ? entries().size() : items().size(); }

const Value& Value::operator[](size_t index) const { return items().at(index); }

Value& Value::add(Value item) {
  if (is_null()) kind_ = Kind::list;
  if (!is_list()) throw std::logic_error("Value::add on something that is not a list");
  return items().emplace_back(std::move(item));
}

const Value* Value::find(std::string_view key) const {
  if (!children_) return nullptr;
  for (const Entry& entry : children_->entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

const Value& Value::operator[](std::string_view key) const {
  const Value* found = find(key);
  return found != nullptr ? *found : shared_null();
}

Value& Value::set(std::string_view key, Value value) {
  if (is_null()) kind_ = Kind::map;
  if (!is_map()) throw std::logic_error("Value::set on something that is not a map");
  if (Value* found = find(key)) return *found = std::move(value);
  const StoredPlace place = value.place_;
  return entries().emplace_back(std::string(key), place, std::move(value)).value;
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
  return a.kind_ == b.kind_ && a.scalar_ == b.scalar_ && a.items() == b.items() &&
         std::equal(a.entries().begin(), a.entries().end(), b.entries().begin(), b.entries().end(),
                    [](const Value::Entry& x, const Value::Entry& y) {
                      return x.key == y.key && x.value == y.value;
                    });
}

}  // namespace wenshu::data
