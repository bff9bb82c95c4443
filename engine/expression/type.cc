#include "expression/type.h"

#include <algorithm>

namespace wenshu::expression {

Type Type::text(std::vector<std::string> choices) {
  Type type(Kind::text);
  type.choices_ = std::move(choices);
  return type;
}

Type Type::list(Type item) {
  Type type(Kind::list);
  type.item_ = std::make_shared<const Type>(std::move(item));
  return type;
}

Type Type::map(Type item) {
  Type type = list(std::move(item));
  type.kind_ = Kind::map;
  return type;
}

Type Type::or_empty() const {
  Type type = *this;
  type.may_be_empty_ = true;
  return type;
}

Type Type::record(Fields fields) {
  Type type(Kind::record);
  type.fields_ = std::make_shared<const Fields>(std::move(fields));
  return type;
}

const Type& Type::item() const {
  static const Type any;
  return item_ ? *item_ : any;
}

const Type::Fields& Type::fields() const {
  static const Fields none;
  return fields_ ? *fields_ : none;
}

const Type* Type::find(std::string_view field) const {
  auto found =
      std::find_if(fields().begin(), fields().end(), [&](const auto& f) { return f.first == field; });
  return found == fields().end() ? nullptr : &found->second;
}

std::vector<std::string> Type::field_names() const {
  std::vector<std::string> names;
  for (const auto& [name, type] : fields()) names.push_back(name);
  return names;
}

std::string Type::name() const {
  switch (kind_) {
    case Kind::any:
      return "任意值";
    case Kind::null:
      return "空值";
    case Kind::boolean:
      return "真假值";
    case Kind::integer:
      return "整数";
    case Kind::natural:
      return "非负整数";
    case Kind::number:
      return "数";
    case Kind::text:
      return "文本";
    case Kind::date:
      return "日期";
    case Kind::timestamp:
      return "时刻";
    case Kind::duration:
      return "时长";
    case Kind::list:
      return "列表";
    case Kind::map:
      return "对照表";
    case Kind::record:
      return "记录";
  }
  return "任意值";
}

}  // namespace wenshu::expression
