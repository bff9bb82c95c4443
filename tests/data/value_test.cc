#include "data/value.h"

#include <gtest/gtest.h>

#include "data/lines.h"
#include "data/load.h"
#include "data/write.h"

namespace wenshu::data {
namespace {

TEST(Value, ChainsThroughWhatIsAbsent) {
  Value value;
  value.set_path("notice.number", "清教〔2020〕1号");
  EXPECT_EQ(value["notice"]["number"].text(), "清教〔2020〕1号");
  EXPECT_TRUE(value["notice"]["signer"]["name"].is_null());
  EXPECT_EQ(value.find_path("notice.number")->text(), "清教〔2020〕1号");
  EXPECT_EQ(value.find_path("notice.number.x"), nullptr);
  EXPECT_EQ(value.find_path("none"), nullptr);
}

TEST(Value, KeepsTheOrderOfEntriesAndReplacesInPlace) {
  Value value;
  value.set("b", "1");
  value.set("a", "2");
  value.set("b", "3");
  EXPECT_EQ(to_json(value), R"({"b":"3","a":"2"})");
}

TEST(Value, ComparesWithoutPlaces) {
  Value a("x"), b("x");
  b.set_place({"f", 1, 1, {}});
  EXPECT_EQ(a, b);
  EXPECT_FALSE(Value("1") == Value::number(1));
}

TEST(Write, EscapesWhatJsonForbids) {
  EXPECT_EQ(to_json(Value(std::string("\"\\\n\r\t\x01\0/中", 11))), "\"\\\"\\\\\\n\\r\\t\\u0001\\u0000/中\"");
  Value value;
  value.set("a", Value::list()).add(Value::number(1));
  value.set("b", Value::map());
  EXPECT_EQ(to_pretty_json(value), "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

TEST(Write, GivesCsvThatSpreadsheetsOpenWithoutRunningIt) {
  EXPECT_EQ(
      to_csv({"姓名", "备注"}, {{"张,三", "a\"b"}, {"=1+1", "-12.5"}, {"@x", "+86 10"}, {"\tx", "一\n二"}}),
      "\xEF\xBB\xBF姓名,备注\r\n\"张,三\",\"a\"\"b\"\r\n'=1+1,-12.5\r\n'@x,'+86 10\r\n'\tx,\"一\n二\"\r\n");
}

TEST(Write, GivesCsvThatReadsBack) {
  Diagnostics findings;
  auto table = parse_csv(to_csv({"a", "b"}, {{"一\n\"二\"", " x "}, {"", "y"}}), "a.csv", findings);
  EXPECT_EQ(to_json(table.value()), R"([{"a":"一\n\"二\"","b":" x "},{"a":null,"b":"y"}])");
}

TEST(Write, ShowsFindingsAsData) {
  Diagnostics findings;
  findings.warning("late", {"f", 2, 3, "第2行"}, "迟了", "快");
  EXPECT_EQ(
      to_json(to_value(findings)),
      R"([{"severity":"warning","code":"late","file":"f","line":2,"column":3,"spot":"第2行","message":"迟了","hint":"快"}])");
}

TEST(Lines, CountsAcrossBlocksAndLongLines) {
  std::string text = "甲\n";
  for (int i = 0; i < 1000; ++i) text += "中x";
  Lines lines(text);
  for (size_t i : {size_t{0}, size_t{341}, size_t{342}, size_t{999}}) {
    Position position = lines.at(4 + i * 4);
    EXPECT_EQ(position.line, 2);
    EXPECT_EQ(position.column, static_cast<int>(2 * i) + 1);
  }
  EXPECT_EQ(lines.at(text.size() + 5).column, 2001);
  EXPECT_EQ(Lines("").at(0).column, 1);
  EXPECT_EQ(Lines(std::string(1024, 'x')).at(1024).column, 1025);
}

}  // namespace
}  // namespace wenshu::data
