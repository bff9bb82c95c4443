// Conformance with the public CEL specification: its own test cases (cel/cases.json, made by cel/convert.mjs from
// the package @bufbuild/cel-spec, Apache-2.0). A case inside the subset must pass; the few that differ by intent
// stand below with their reason and must go on differing, and the table in engine/expression/README.md must say
// how many of each there are.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "data/write.h"
#include "expression/evaluator.h"
#include "expression/guard.h"

namespace wenshu::expression {
namespace {

using data::Value;

// Section and name of a case, and why wenshu answers otherwise.
const std::map<std::string, std::string> kDiffers = {
    {"conversions/int/double_big_precision", "the decimal is exact where a double rounds to 53 bits"},
    {"conversions/uint/double_big_precision", "the decimal is exact where a double rounds to 53 bits"},
};

struct Tally {
  int passed = 0, differs = 0, outside = 0;
};

// A value of a case as data and its type: {"int": "1"} is 1 and an integer.
struct Typed {
  Value value;
  Type type;
};

Typed typed(const Value& written) {
  const auto& [kind, place, inner] = written.entries().front();
  if (kind == "int") return {Value::number(inner.text()), Type::integer()};
  if (kind == "uint") return {Value::number(inner.text()), Type::natural()};
  if (kind == "decimal") return {Value::number(inner.text()), Type::number()};
  if (kind == "text") return {inner, Type::text()};
  if (kind == "bool") return {inner, Type::boolean()};
  if (kind == "timestamp") return {inner, Type::timestamp()};
  if (kind == "duration") return {inner, Type::duration()};
  if (kind == "list") {
    Typed list{Value::list(), Type::list(Type())};
    for (const Value& item : inner.items()) {
      list.value.add(typed(item).value);
      list.type = Type::list(typed(item).type);
    }
    return list;
  }
  if (kind == "map") {
    Typed map{Value::map(), Type()};
    Type item;
    for (const Value& pair : inner.items()) {
      Typed value = typed(pair[1]);
      item = value.type;
      map.value.set(pair[0].entries().front().value.text(), value.value);
    }
    return {map.value, Type::map(item)};
  }
  return {Value(), Type()};
}

bool same(const Operand& result, const Value& written) {
  using Kind = Operand::Kind;
  const auto& [kind, place, inner] = written.entries().front();
  auto number = [&](Number::Kind wanted) {
    std::optional<Number> expected = Number::parse(inner.text());
    return result.is(Kind::number) && result.number.kind() == wanted &&
           (expected ? *expected == result.number : result.number.to_text() == inner.text());
  };
  if (kind == "int") return number(Number::Kind::integer);
  if (kind == "uint") return number(Number::Kind::natural);
  if (kind == "decimal") return number(Number::Kind::decimal);
  if (kind == "text") return result.is(Kind::text) && result.text == inner.text();
  if (kind == "bool") return result.is(Kind::boolean) && result.truth == (inner.text() == "true");
  if (kind == "codes") {
    std::u32string text;
    for (const Value& code : inner.items()) text += static_cast<char32_t>(std::stoul(code.text()));
    return result.is(Kind::text) && result.text == to_utf8(text);
  }
  if (kind == "null") return result.is(Kind::null);
  if (kind == "timestamp") return result.is(Kind::timestamp) && to_value(result).text() == inner.text();
  if (kind == "duration") return result.is(Kind::duration) && result.moment == parse_duration(inner.text());
  if (kind == "list") {
    if (!result.is(Kind::list) || item_count(result) != inner.size()) return false;
    for (size_t i = 0; i < inner.size(); ++i) {
      if (!same(item(result, i), inner[i])) return false;
    }
    return true;
  }
  if (!result.is(Kind::map) || key_count(result) != inner.size()) return false;
  for (size_t i = 0; i < inner.size(); ++i) {
    bool found = false;
    for (size_t j = 0; j < key_count(result); ++j) {
      Operand key = key_at(result, j);
      found = found || (same(key, inner[i][0]) && same(*find_key(result, key), inner[i][1]));
    }
    if (!found) return false;
  }
  return true;
}

// "" when the case passes, else what came instead.
std::string verdict(const Value& one) {
  Value data = Value::map();
  Type::Fields fields;
  for (const auto& [name, place, bound] : one["bindings"].entries()) {
    Typed value = typed(bound);
    data.set(name, value.value);
    fields.emplace_back(name, value.type);
  }
  Type type = Type::record(fields);
  Diagnostics findings;
  auto guard = parse_guard(one["expr"].text(), {"", 1, 1, ""}, findings);
  if (guard && !one.find("unchecked")) check_types(*guard, type, findings);
  bool wanted = one.find("value") != nullptr;
  if (findings.has_errors()) return wanted ? to_text(findings) : "";
  Evaluator evaluator(data, type, nullptr);
  Operand result = evaluator.evaluate(guard->root());
  if (result.is_fault()) return wanted ? evaluator.fault().message : "";
  if (wanted && same(result, one["value"])) return "";
  return fmt::format("{} ({})", data::to_json(to_value(result)), kind_name(result));
}

TEST(Cel, PassesEveryCaseInsideTheSubset) {
  Diagnostics findings;
  auto cases = data::load_file(WENSHU_SOURCE_DIR "/tests/expression/cel/cases.json", findings);
  ASSERT_TRUE(cases) << to_text(findings);
  std::map<std::string, Tally> sections;
  std::map<std::string, int> reasons;
  for (const Value& one : cases->items()) {
    std::string section = one["section"].text();
    std::string name = section + "/" + one["name"].text();
    Tally& tally = sections[section.substr(0, section.find('/'))];
    if (one.find("outside")) {
      ++tally.outside;
      ++reasons[one["outside"].text()];
      continue;
    }
    std::string got = verdict(one);
    bool differs = kDiffers.contains(name);
    ++(differs ? tally.differs : tally.passed);
    EXPECT_EQ(got.empty(), !differs) << name << ": " << one["expr"].text() << "\n  wanted "
                                     << (one.find("value") ? data::to_json(one["value"]) : "an error")
                                     << "\n  got " << got;
  }
  std::string readme = read_file(WENSHU_SOURCE_DIR "/engine/expression/README.md");
  Tally all;
  for (const auto& [section, tally] : sections) {
    std::string row =
        fmt::format("| {} | {} | {} | {} |", section, tally.passed, tally.differs, tally.outside);
    EXPECT_NE(readme.find(row), readme.npos) << "the table should say " << row;
    all = {all.passed + tally.passed, all.differs + tally.differs, all.outside + tally.outside};
  }
  std::string row = fmt::format("| all | {} | {} | {} |", all.passed, all.differs, all.outside);
  EXPECT_NE(readme.find(row), readme.npos) << "the table should say " << row;
  for (const auto& [reason, count] : reasons) {
    std::string line = fmt::format("| `{}` | {} |", reason, count);
    EXPECT_NE(readme.find(line), readme.npos) << "the table should say " << line;
  }
}

}  // namespace
}  // namespace wenshu::expression
