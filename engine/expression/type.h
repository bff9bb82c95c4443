// What a guard may know of its data before there is any: the types of fields.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wenshu::expression {

// `any` fits everything: where nothing is known (`wenshu eval` without a form) only syntax is checked.
class Type {
 public:
  enum class Kind { any, null, boolean, number, text, date, list, record };
  using Fields = std::vector<std::pair<std::string, Type>>;

  Type() = default;  // any
  static Type null() { return Type(Kind::null); }
  static Type boolean() { return Type(Kind::boolean); }
  static Type number() { return Type(Kind::number); }
  // With `choices` a literal beside it must be one of them.
  static Type text(std::vector<std::string> choices = {});
  static Type date() { return Type(Kind::date); }  // compares with texts such as "2020-07-27"
  static Type list(Type item);
  static Type record(Fields fields);

  Kind kind() const { return kind_; }
  const std::vector<std::string>& choices() const { return choices_; }
  const Type& item() const;                          // of a list; any for other kinds
  const Fields& fields() const;                      // of a record; empty for other kinds
  const Type* find(const std::string& field) const;  // nullptr when a record lacks it or this is no record
  std::vector<std::string> field_names() const;
  std::string name() const;  // 数、文本、记录…, for findings

 private:
  explicit Type(Kind kind) : kind_(kind) {}
  Kind kind_ = Kind::any;
  std::vector<std::string> choices_;
  std::shared_ptr<const Type> item_;
  std::shared_ptr<const Fields> fields_;
};

}  // namespace wenshu::expression
