// What a guard may know of its data before there is any: the types of fields.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wenshu::expression {

// `any` fits everything: where nothing is known (`wenshu eval` without a form) only syntax is checked.
class Type {
 public:
  enum class Kind {
    any,
    null,
    boolean,
    integer,  // 64 bits
    natural,  // CEL's uint, from literals such as 5u
    number,   // an exact decimal, or an integer
    text,
    date,       // a day; compares with texts such as "2020-07-27"
    timestamp,  // an instant
    duration,
    list,
    map,  // of the guard itself: {'a': 1}
    record
  };
  using Fields = std::vector<std::pair<std::string, Type>>;

  Type() = default;  // any
  static Type null() { return Type(Kind::null); }
  static Type boolean() { return Type(Kind::boolean); }
  static Type integer() { return Type(Kind::integer); }
  static Type natural() { return Type(Kind::natural); }
  static Type number() { return Type(Kind::number); }
  // With `choices` a literal beside it must be one of them.
  static Type text(std::vector<std::string> choices = {});
  static Type date() { return Type(Kind::date); }
  static Type timestamp() { return Type(Kind::timestamp); }
  static Type duration() { return Type(Kind::duration); }
  static Type list(Type item);
  static Type map(Type item);
  static Type record(Fields fields);

  // The same type for a field that may stand empty; a field of a form that is not required is one.
  Type or_empty() const;
  bool may_be_empty() const { return may_be_empty_; }

  Kind kind() const { return kind_; }
  bool is_numeric() const {
    return kind_ == Kind::integer || kind_ == Kind::natural || kind_ == Kind::number;
  }
  const std::vector<std::string>& choices() const { return choices_; }
  const Type& item() const;                        // of a list or map; any for other kinds
  const Fields& fields() const;                    // of a record; empty for other kinds
  const Type* find(std::string_view field) const;  // nullptr when a record lacks it or this is no record
  std::vector<std::string> field_names() const;
  std::string name() const;  // 数、文本、记录…, for findings

 private:
  explicit Type(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::any;
  bool may_be_empty_ = false;
  std::vector<std::string> choices_;
  std::shared_ptr<const Type> item_;
  std::shared_ptr<const Fields> fields_;
};

}  // namespace wenshu::expression
