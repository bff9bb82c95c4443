#include "data/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace wenshu::data {

struct Shape::Node {
  enum class Kind {
    any,
    text,
    identifier,
    integer,
    decimal,
    boolean,
    date,
    choice,
    list,
    map,
    map_of,
    either,
    recursive,
  };
  Kind kind = Kind::any;
  long long least = 0, most = 0;   // integer; `least` for list and map_of
  std::vector<std::string> names;  // choice
  std::vector<Field> fields;       // map
  std::vector<Shape> shapes;       // either; the one below a list or map_of
  std::string description;         // either
  std::function<Shape()> shape;    // recursive
};

namespace {

using Kind = Shape::Node::Kind;

Shape make(Shape::Node node) { return Shape(std::make_shared<const Shape::Node>(std::move(node))); }

Shape make(Kind kind) {
  Shape::Node node;
  node.kind = kind;
  return make(std::move(node));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_han(char32_t c) {
  return c == U'〇' || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_identifier(std::string_view text) {
  constexpr size_t kLongest = 64;
  std::u32string characters = to_characters(text);
  if (characters.empty() || characters.size() > kLongest) return false;
  auto is_letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || is_han(c); };
  return is_letter(characters.front()) && std::all_of(characters.begin(), characters.end(), [&](char32_t c) {
           return is_letter(c) || (c >= U'0' && c <= U'9') || c == U'-' || c == U'_';
         });
}

constexpr std::string_view kIdentifierHint =
    "用小写字母、数字、-、_ 或汉字，以字母或汉字开头，不超过 64 个字";

std::string kind_text(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return "空的";
    case Value::Kind::boolean:
      return fmt::format("{}", value.text());
    case Value::Kind::number:
      return fmt::format("数字 {}", value.text());
    case Value::Kind::text: {
      std::u32string characters = to_characters(value.text());
      constexpr size_t kShown = 20;
      if (characters.size() <= kShown) return fmt::format("\"{}\"", value.text());
      return fmt::format("\"{}…\"", to_utf8(characters.substr(0, kShown)));
    }
    case Value::Kind::list:
      return "列表";
    case Value::Kind::map:
      return "一组字段";
  }
  return {};
}

std::string wanted_text(const Shape::Node& node) {
  switch (node.kind) {
    case Kind::any:
      return "任意内容";
    case Kind::text:
      return "文字";
    case Kind::identifier:
      return "标识";
    case Kind::integer:
      return "整数";
    case Kind::decimal:
      return "数字";
    case Kind::boolean:
      return "true 或 false";
    case Kind::date:
      return "日期";
    case Kind::choice:
      return "选项";
    case Kind::list:
      return "列表";
    case Kind::map:
    case Kind::map_of:
      return "一组字段";
    case Kind::either:
      return node.description;
    case Kind::recursive:
      return wanted_text(node.shape().node());
  }
  return {};
}

// Can a value of this kind be meant for this shape?
bool fits(const Value& value, const Shape::Node& node) {
  switch (node.kind) {
    case Kind::any:
      return true;
    case Kind::list:
      return value.is_list();
    case Kind::map:
    case Kind::map_of:
      return value.is_map();
    case Kind::either:
      return std::any_of(node.shapes.begin(), node.shapes.end(),
                         [&](const Shape& shape) { return fits(value, shape.node()); });
    case Kind::recursive:
      return fits(value, node.shape().node());
    case Kind::boolean:
      return value.is_scalar();
    default:
      return value.kind() == Value::Kind::text || value.kind() == Value::Kind::number;
  }
}

class Checker {
 public:
  explicit Checker(Diagnostics& findings) : findings_(findings) {}

  // `what` names the value in messages: 字段 "title", 第 2 项, 内容.
  void check(const Value& value, const Shape::Node& node, const std::string& what) {
    if (node.kind == Kind::recursive) return check(value, node.shape().node(), what);
    if (node.kind == Kind::any) return;
    if (value.is_null()) {
      return error("empty-field", value, fmt::format("{}是空的，应为{}", what, wanted_text(node)),
                   "请填写或删去");
    }
    if (!fits(value, node)) {
      return error("wrong-type", value,
                   fmt::format("{}应为{}，现在是{}", what, wanted_text(node), kind_text(value)));
    }
    switch (node.kind) {
      case Kind::list:
        return check_list(value, node, what);
      case Kind::map:
        return check_map(value, node, what);
      case Kind::map_of:
        return check_map_of(value, node, what);
      case Kind::either:
        return check_either(value, node, what);
      default:
        return check_scalar(value, node, what);
    }
  }

 private:
  void error(std::string code, const Value& value, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), value.place(), std::move(message), std::move(hint));
  }

  void check_scalar(const Value& value, const Shape::Node& node, const std::string& what) {
    switch (node.kind) {
      case Kind::text:
        if (trim(value.text()).empty()) error("empty-text", value, what + "是空的", "请填写或删去");
        return;
      case Kind::identifier:
        if (!is_identifier(value.text())) {
          error("bad-identifier", value, fmt::format("{}应为标识，现在是{}", what, kind_text(value)),
                std::string(kIdentifierHint));
        }
        return;
      case Kind::integer:
        return check_integer(value, node, what);
      case Kind::decimal:
        if (!to_decimal(value)) {
          error("bad-number", value, fmt::format("{}应为数字，现在是{}", what, kind_text(value)),
                "例如 12 或 12.5");
        }
        return;
      case Kind::boolean:
        if (!to_boolean(value)) {
          error("wrong-type", value, fmt::format("{}应为 true 或 false，现在是{}", what, kind_text(value)));
        }
        return;
      case Kind::date:
        return check_date(value, what);
      default:
        return check_choice(value, node, what);
    }
  }

  void check_integer(const Value& value, const Shape::Node& node, const std::string& what) {
    auto number = to_integer(value);
    if (!number) {
      error("bad-number", value, fmt::format("{}应为整数，现在是{}", what, kind_text(value)), "例如 12");
    } else if (*number < node.least) {
      error("too-small", value, fmt::format("{}不能小于 {}，现在是 {}", what, node.least, *number));
    } else if (*number > node.most) {
      error("too-large", value, fmt::format("{}不能大于 {}，现在是 {}", what, node.most, *number));
    }
  }

  void check_date(const Value& value, const std::string& what) {
    if (const auto date = to_date(value)) {
      // Years that no paper of an office bears are typing errors: 0204, 20024.
      if (date->year() < std::chrono::year{1900} || date->year() > std::chrono::year{2100})
        error("bad-date", value, fmt::format("{}的年份不合情理：{}", what, value.text()),
              "年份应在 1900 到 2100 之间");
      return;
    }
    const std::string& text = value.text();
    // 2020-02-30 looks like a day and is none.
    bool has_form = text.size() == 10 && text[4] == '-' && text[7] == '-';
    error("bad-date", value,
          has_form ? fmt::format("{}不是真实的日期：{}", what, text)
                   : fmt::format("{}应为日期，现在是{}", what, kind_text(value)),
          "写法如 2020-07-27");
  }

  void check_choice(const Value& value, const Shape::Node& node, const std::string& what) {
    if (std::find(node.names.begin(), node.names.end(), value.text()) != node.names.end()) return;
    std::string hint = near_name_hint(value.text(), node.names);
    if (hint.empty()) hint = "可用: " + join(node.names, "、");
    error("bad-choice", value, fmt::format("{}不能是{}", what, kind_text(value)), std::move(hint));
  }

  void check_list(const Value& list, const Shape::Node& node, const std::string& what) {
    check_least(list, node, what);
    size_t number = 0;
    for (const Value& item : list.items()) {
      check(item, node.shapes.front().node(), fmt::format("{}的第 {} 项", what, ++number));
    }
  }

  void check_least(const Value& value, const Shape::Node& node, const std::string& what) {
    if (static_cast<long long>(value.size()) >= node.least) return;
    error("too-few", value, fmt::format("{}至少要有 {} 项，现在有 {} 项", what, node.least, value.size()));
  }

  void check_map(const Value& map, const Shape::Node& node, const std::string& what) {
    for (const Value::Entry& entry : map.entries()) {
      auto field = std::find_if(node.fields.begin(), node.fields.end(),
                                [&](const Field& f) { return f.key == entry.key; });
      if (field == node.fields.end()) {
        report_unknown_field(entry, map, node);
      } else {
        check(entry.value, field->shape.node(), fmt::format("字段 \"{}\" ", entry.key));
      }
    }
    for (const Field& field : node.fields) {
      if (field.need == Need::optional || map.find(field.key) != nullptr) continue;
      error("missing-field", map, fmt::format("{}缺少字段 \"{}\"", what == kWhole ? "" : what, field.key));
    }
  }

  void report_unknown_field(const Value::Entry& entry, const Value& map, const Shape::Node& node) {
    // A field that stands there already cannot be what was meant.
    std::vector<std::string> absent, all;
    for (const Field& field : node.fields) {
      all.push_back(field.key);
      if (map.find(field.key) == nullptr) absent.push_back(field.key);
    }
    std::string hint = near_name_hint(entry.key, absent);
    if (hint.empty() && !all.empty()) hint = "可用: " + join(all, "、");
    findings_.error("unknown-field", entry.key_place, fmt::format("未知字段 \"{}\"", entry.key),
                    std::move(hint));
  }

  void check_map_of(const Value& map, const Shape::Node& node, const std::string& what) {
    check_least(map, node, what);
    for (const Value::Entry& entry : map.entries()) {
      if (!is_identifier(entry.key)) {
        findings_.error("bad-identifier", entry.key_place, fmt::format("名称 \"{}\" 不能用", entry.key),
                        std::string(kIdentifierHint));
      }
      check(entry.value, node.shapes.front().node(), fmt::format("字段 \"{}\" ", entry.key));
    }
  }

  void check_either(const Value& value, const Shape::Node& node, const std::string& what) {
    const Shape* first = nullptr;
    for (const Shape& shape : node.shapes) {
      if (!fits(value, shape.node())) continue;
      if (first == nullptr) first = &shape;
      // Scalars of one kind can still be told apart by what they say; trees cannot be tried without repeating
      // work.
      if (!value.is_scalar()) break;
      Diagnostics trial;
      Checker(trial).check(value, shape.node(), what);
      if (trial.empty()) return;
    }
    check(value, first->node(), what);
  }

 public:
  static constexpr std::string_view kWhole = "内容";

 private:
  Diagnostics& findings_;
};

}  // namespace

Shape any() { return make(Kind::any); }
Shape text() { return make(Kind::text); }
Shape identifier() { return make(Kind::identifier); }
Shape decimal() { return make(Kind::decimal); }
Shape boolean() { return make(Kind::boolean); }
Shape date() { return make(Kind::date); }

Shape integer(long long least, long long most) {
  Shape::Node node;
  node.kind = Kind::integer;
  node.least = least;
  node.most = most;
  return make(std::move(node));
}

Shape choice(std::vector<std::string> names) {
  Shape::Node node;
  node.kind = Kind::choice;
  node.names = std::move(names);
  return make(std::move(node));
}

Shape list(Shape item, size_t least) {
  Shape::Node node;
  node.kind = Kind::list;
  node.shapes = {std::move(item)};
  node.least = static_cast<long long>(least);
  return make(std::move(node));
}

Shape map(std::vector<Field> fields) {
  Shape::Node node;
  node.kind = Kind::map;
  node.fields = std::move(fields);
  return make(std::move(node));
}

Shape map_of(Shape value, size_t least) {
  Shape::Node node;
  node.kind = Kind::map_of;
  node.shapes = {std::move(value)};
  node.least = static_cast<long long>(least);
  return make(std::move(node));
}

Shape either(std::vector<Shape> shapes, std::string description) {
  Shape::Node node;
  node.kind = Kind::either;
  node.shapes = std::move(shapes);
  node.description = std::move(description);
  return make(std::move(node));
}

Shape recursive(std::function<Shape()> shape) {
  Shape::Node node;
  node.kind = Kind::recursive;
  node.shape = std::move(shape);
  return make(std::move(node));
}

bool check_shape(const Value& value, const Shape& shape, Diagnostics& findings) {
  Diagnostics found;
  Checker(found).check(value, shape.node(), std::string(Checker::kWhole));
  findings.append(found);
  return !found.has_errors();
}

std::optional<long long> to_integer(const Value& value) {
  if (value.is_list() || value.is_map() || value.kind() == Value::Kind::boolean) return std::nullopt;
  std::string_view digits = value.text();
  bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  // 0012 is a number with its zeros, which a person must not lose: it is text.
  bool has_form = !digits.empty() && digits.size() <= 18 && (digits.size() == 1 || digits.front() != '0');
  if (!has_form || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  long long number = 0;
  for (char c : digits) number = number * 10 + (c - '0');
  return negative ? -number : number;
}

std::optional<Decimal> to_decimal(const Value& value) {
  if (value.is_list() || value.is_map() || value.kind() == Value::Kind::boolean) return std::nullopt;
  return Decimal::parse(value.text());
}

std::optional<bool> to_boolean(const Value& value) {
  if (!value.is_scalar() || (value.text() != "true" && value.text() != "false")) return std::nullopt;
  return value.text() == "true";
}

std::optional<Date> to_date(const Value& value) {
  if (value.kind() != Value::Kind::text) return std::nullopt;
  return parse_date(value.text());
}

void report_unknown(const Value& value, std::string_view code, std::string_view what,
                    const std::vector<std::string>& known, Diagnostics& findings) {
  constexpr std::string_view kPrefix = "unknown-";
  constexpr size_t kMostListed = 12;
  std::string whole_code = code.starts_with(kPrefix) ? std::string(code) : fmt::format("{}{}", kPrefix, code);
  std::string hint = near_name_hint(value.text(), known);
  if (hint.empty() && !known.empty() && known.size() <= kMostListed) hint = "可用: " + join(known, "、");
  findings.error(std::move(whole_code), value.place(), fmt::format("未知{} \"{}\"", what, value.text()),
                 std::move(hint));
}

namespace {

void collect_keys(const Shape& shape, const std::string& path, std::vector<std::string>& keys) {
  const Shape::Node& node = shape.node();
  auto add = [&](const std::string& key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  };
  for (const std::string& name : node.names) add(path + "=" + name);
  const std::string below = path.empty() ? "" : path + ".";
  for (const Field& field : node.fields) {
    add(below + field.key);
    collect_keys(field.shape, below + field.key, keys);
  }
  const bool repeated = node.kind == Kind::list || node.kind == Kind::map_of;
  for (const Shape& inner : node.shapes) collect_keys(inner, repeated ? below + "*" : path, keys);
}

}  // namespace

std::vector<std::string> keys_of(const Shape& shape) {
  std::vector<std::string> keys;
  collect_keys(shape, "", keys);
  return keys;
}

}  // namespace wenshu::data
