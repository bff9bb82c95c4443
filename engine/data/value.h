// A tree of data in which every node knows its place: what YAML, JSON, CSV and XLSX become.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "data/key.h"
#include "data/stored_place.h"

namespace wenshu::data {

// Scalars of YAML and CSV are all `text`: their type comes from the schema or form, never from spelling.
// JSON keeps its own tokens (`number` and `boolean` hold the token's text), so that it prints as it came.
class Value {
 public:
  enum class Kind { null, boolean, number, text, list, map };
  struct Entry;

  Value();                                               // null
  Value(std::string text);                               // NOLINT: text is a value
  Value(const char* text) : Value(std::string(text)) {}  // NOLINT
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  static Value boolean(bool b);
  static Value number(std::string token);  // REQUIRES: a JSON number
  static Value number(long long n);
  static Value list();
  static Value map();

  Kind kind() const { return static_cast<Kind>(held_.index()); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_scalar() const { return kind() == Kind::text || kind() == Kind::number || kind() == Kind::boolean; }
  bool is_list() const { return kind() == Kind::list; }
  bool is_map() const { return kind() == Kind::map; }

  // The text of a scalar; "" for all others.
  const std::string& text() const;

  // Lists.
  size_t size() const;                          // items or entries; 0 for scalars
  const Value& operator[](size_t index) const;  // REQUIRES: index < size()
  const Value& operator[](int index) const {
    return (*this)[static_cast<size_t>(index)];
  }                                         // so that [0] is no pointer
  const std::vector<Value>& items() const;  // none of what is no list
  std::vector<Value>& items();              // the same; what is added there is lost
  Value& add(Value item);                   // a null becomes a list

  // Maps, in the order written.
  const std::vector<Entry>& entries() const;
  std::vector<Entry>& entries();
  const Value* find(std::string_view key) const;  // nullptr when absent (or not a map)
  Value* find(std::string_view key);
  // A shared null for what is absent, so that chains of [] need no tests.
  const Value& operator[](std::string_view key) const;
  const Value& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
  Value& set(std::string_view key, Value value);  // replaces or appends; a null becomes a map
  // "notice.number": walks maps only, makes the missing ones on set.
  const Value* find_path(std::string_view dotted) const;
  Value& set_path(std::string_view dotted, Value value);

  const StoredPlace& place() const { return place_; }  // becomes a Place where one is wanted
  void set_place(const Place& place) { place_ = StoredPlace(place); }
  void set_place(const StoredPlace& place) { place_ = place; }

  friend bool operator==(const Value& a, const Value& b);  // places do not count, the order of entries does

 private:
  // A list of 100,000 rows is a million values, so each holds only what its kind wants; in the order of Kind.
  using Held = std::variant<std::monostate, std::string, std::string, std::string, std::vector<Value>,
                            std::vector<Entry>>;
  template <Kind kind, typename... Parts>
  static Value make(Parts&&... parts);

  Held held_;
  StoredPlace place_;
};

struct Value::Entry {
  Entry(Key its_key, const StoredPlace& place, Value its_value)
      : key(std::move(its_key)), key_place(place), value(std::move(its_value)) {}
  Entry(Key its_key, const Place& place, Value its_value)
      : Entry(std::move(its_key), StoredPlace(place), std::move(its_value)) {}
  Key key;
  StoredPlace key_place;
  Value value;
};

}  // namespace wenshu::data
