#include "data/load.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "data/table.h"
#include "data/write.h"

namespace wenshu::data {
namespace {

using testing::HasSubstr;

Value yaml(std::string_view text) {
  Diagnostics findings;
  auto value = parse_yaml(text, "a.yaml", findings);
  EXPECT_EQ(to_text(findings), "");
  return value.value_or(Value());
}

Value json(std::string_view text) {
  Diagnostics findings;
  auto value = parse_json(text, "a.json", findings);
  EXPECT_EQ(to_text(findings), "");
  return value.value_or(Value());
}

Value csv(std::string_view text) {
  Diagnostics findings;
  auto value = parse_csv(text, "a.csv", findings);
  EXPECT_EQ(to_text(findings), "");
  return value.value_or(Value());
}

std::string where(const Value& value) { return to_text(value.place()); }

TEST(Yaml, NeverGuessesTypesFromSpelling) {
  Value value = yaml("a: no\nb: 0123\nc: 1.50\nd: 2020-07-27\ne: null\nf: ~\ng:\nh: \"\"\ni: NULL\n");
  EXPECT_EQ(
      to_json(value),
      R"({"a":"no","b":"0123","c":"1.50","d":"2020-07-27","e":"null","f":null,"g":null,"h":"","i":"NULL"})");
}

TEST(Yaml, CountsColumnsInCharacters) {
  Value value = yaml("标题: 关于\n列表: [甲, {乙: 丙}]\n");
  EXPECT_EQ(where(value), "a.yaml:1:1");
  EXPECT_EQ(where(value["标题"]), "a.yaml:1:5");
  EXPECT_EQ(where(value["列表"][0]), "a.yaml:2:6");
  EXPECT_EQ(where(value["列表"][1]["乙"]), "a.yaml:2:13");
  EXPECT_EQ(to_text(value["列表"][1].entries()[0].key_place), "a.yaml:2:10");
}

TEST(Yaml, KnowsThePlaceOfBlockTextQuotedTextAndNothing) {
  Value value = yaml("a: |\n  一\n  二\nb: '引'\nc:\nd:\n- 甲\n-\n- 乙\n");
  EXPECT_EQ(value["a"].text(), "一\n二\n");
  EXPECT_EQ(where(value["a"]), "a.yaml:1:4");
  EXPECT_EQ(where(value["b"]), "a.yaml:4:4");
  EXPECT_EQ(where(value["c"]), "a.yaml:5:1");
  EXPECT_TRUE(value["d"][1].is_null());
  EXPECT_EQ(where(value["d"][1]), "a.yaml:8:1");
  EXPECT_EQ(where(value["d"][2]), "a.yaml:9:3");
}

TEST(Yaml, TakesAnyLineEndsAndAByteOrderMark) {
  for (const char* text :
       {"a: |\n  一\n  二\nb: 丙\n", "a: |\r\n  一\r\n  二\r\nb: 丙\r\n", "a: |\r  一\r  二\rb: 丙\r"}) {
    for (const char* mark : {"", "\xEF\xBB\xBF"}) {
      Value value = yaml(std::string(mark) + text);
      EXPECT_EQ(value["a"].text(), "一\n二\n");
      EXPECT_EQ(where(value["b"]), "a.yaml:4:4");
    }
  }
}

TEST(Yaml, TakesAnEmptyFileAsNothingAtItsBeginning) {
  EXPECT_TRUE(yaml("").is_null());
  EXPECT_EQ(where(yaml("# nothing\n")), "a.yaml:1:1");
}

TEST(Yaml, RefusesBombsBeforeTheyGrow) {
  std::string laughs = "a: &a [x]\n";
  for (char c = 'b'; c <= 'j'; ++c) {
    laughs += fmt::format("{0}: &{0} [*{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}, *{1}]\n", c,
                          static_cast<char>(c - 1));
  }
  std::vector<std::string> bombs = {laughs, "&a [*a]", std::string(1 << 18, '['), std::string(1 << 18, '{'),
                                    std::string(2 << 20, 'x')};
  for (std::string bomb : {"- ", "? ", "a: ", "[a, ", ": "}) {
    std::string text;
    while (text.size() + bomb.size() <= 1u << 18) text += bomb;
    bombs.push_back(text);
  }
  for (const std::string& bomb : bombs) {
    Diagnostics findings;
    EXPECT_EQ(parse_yaml(bomb, "a.yaml", findings), std::nullopt) << bomb.substr(0, 20);
    EXPECT_TRUE(findings.has_errors());
    EXPECT_LT(findings.size(), 200u);
  }
}

TEST(Yaml, SaysHowToSaveAFileOfAnotherEncoding) {
  Diagnostics findings;
  EXPECT_EQ(parse_yaml("a: \xD6\xD0", "a.yaml", findings), std::nullopt);
  EXPECT_THAT(to_text(findings), HasSubstr("GB18030"));
  EXPECT_THAT(to_text(findings), HasSubstr("另存为 UTF-8"));
}

TEST(Json, KeepsNumbersAsTheyCame) {
  std::string text =
      R"({"a":1.50,"b":-0,"c":1e400,"d":12345678901234567890123,"e":true,"f":null,"g":[],"h":{}})";
  EXPECT_EQ(to_json(json(text)), text);
}

TEST(Json, CountsColumnsInCharacters) {
  Value value = json("{\"中文\": \"好\",\n  \"b\": [1, {\"c\": null}]}");
  EXPECT_EQ(where(value["中文"]), "a.json:1:8");
  EXPECT_EQ(to_text(value.entries()[0].key_place), "a.json:1:2");
  EXPECT_EQ(where(value["b"]), "a.json:2:8");
  EXPECT_EQ(where(value["b"][1]["c"]), "a.json:2:18");
}

TEST(Json, ReadsEscapesAndScalarDocuments) {
  EXPECT_EQ(json(R"("\ud83d\ude00\u4e2d\n\/")").text(), "😀中\n/");
  EXPECT_EQ(json(" 12 ").kind(), Value::Kind::number);
  EXPECT_TRUE(json("null").is_null());
  EXPECT_EQ(json("\xEF\xBB\xBF[1]").size(), 1u);
}

// After the cases of JSONTestSuite (Nicolas Seriot), n_*: every parser must refuse them.
TEST(Json, RefusesWhatTheGrammarDoesNotHold) {
  for (std::string_view text : {"[1 true]",
                                "[\"\": 1]",
                                "[,1]",
                                "[1,,]",
                                "[\"x\"]]",
                                "[\"\",]",
                                "[1:2]",
                                "[1,\n1\n,1",
                                "[-]",
                                "[-01]",
                                "[.1]",
                                "[1.]",
                                "[1e]",
                                "[1e+]",
                                "[0x1]",
                                "[1_0]",
                                "[Inf]",
                                "[++1]",
                                "[nul]",
                                "[True]",
                                "[1\xE3\x80\x80]",
                                "{[: \"x\"}",
                                "{\"x\"::1}",
                                "{\"a\" \"b\"}",
                                "{'a':0}",
                                "{\"a\":1,,\"b\":2}",
                                "{\"a\":\"b\"}#",
                                "[\"\\\"]",
                                "[\"\\u00A\"]",
                                "[\"\\ud800\\u0041\"]",
                                "[\"\\x00\"]",
                                "[\"\\a\"]",
                                "abc",
                                "]",
                                "{}}",
                                "[}",
                                "\"",
                                "'a'",
                                "[1]x",
                                "{\"a\":/*x*/1}",
                                "[\"a\nb\"]",
                                "[\"a\tb\"]",
                                "[\xC3]",
                                "[\"\\",
                                "[\f1]",
                                "{\"a\":1 \"b\":2}"}) {
    Diagnostics findings;
    EXPECT_EQ(parse_json(text, "a.json", findings), std::nullopt) << text;
    ASSERT_TRUE(findings.has_errors()) << text;
    EXPECT_GT(findings.begin()->where.line, 0) << text;
  }
}

TEST(Json, NamesTheFieldThatHoldsAControlCharacter) {
  Diagnostics findings;
  (void)parse_json(R"([{"编号": {"甲": "x"}, "姓名": "y\u0007z"}])", "a.json", findings);
  EXPECT_THAT(to_text(findings), HasSubstr("字段“姓名”有不可用的控制字符 U+0007"));
}

TEST(Json, GivesTheItemsOfAListOneByOne) {
  Diagnostics findings;
  std::vector<std::string> seen;
  const auto take = [&](const Value& row) { seen.push_back(row["a"].text() + to_text(row["a"].place())); };
  const auto list = parse_json("[{\"a\": 1},\n {\"a\": \"二\"}]", "x.json", take, findings);
  ASSERT_TRUE(list) << to_text(findings);
  EXPECT_TRUE(list->is_list());
  EXPECT_EQ(list->size(), 0u);
  EXPECT_EQ(seen, (std::vector<std::string>{"1x.json:1:8", "二x.json:2:8"}));
  EXPECT_FALSE(parse_json("[{\"a\": 1},", "x.json", take, findings));
}

TEST(Json, RefusesBombs) {
  for (std::string bomb : {"[", "{\"a\":", "[{\"a\":", "[["}) {
    std::string text;
    while (text.size() < 1u << 18) text += bomb;
    Diagnostics findings;
    EXPECT_EQ(parse_json(text, "a.json", findings), std::nullopt);
    EXPECT_EQ(findings.size(), 1u);
  }
}

TEST(Csv, ReadsQuotesLineBreaksAndEmptyCells) {
  Value table = csv("姓名,单位,备注\r\n\"张\"\"三\"\"\",\"甲,乙\",\"一\r\n二\"\r\n李四,,\r\n王五\r\n");
  EXPECT_EQ(to_json(table),
            R"([{"姓名":"张\"三\"","单位":"甲,乙","备注":"一\n二"},)"
            R"({"姓名":"李四","单位":null,"备注":null},{"姓名":"王五","单位":null,"备注":null}])");
}

TEST(Csv, CountsLinesAsEditorsAndRowsAsSpreadsheets) {
  Value table = csv("a,b\n\"1\n2\",3\n\n,\n4,5\n");
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(where(table[0]["b"]), "a.csv:2:2: 第2行第2列");
  EXPECT_EQ(where(table[1]["a"]), "a.csv:6:1: 第5行第1列");
  EXPECT_EQ(where(table[1]), "a.csv:6: 第5行");
}

TEST(Csv, TakesGb18030AndByteOrderMarksAndAnyLineEnds) {
  EXPECT_EQ(to_json(csv("编号（必填）,备注\n=\"007\",\"=\"\"1\"\"\"\n=A1,=\"\n")),
            R"([{"编号":"007","备注":"1"},{"编号":"=A1","备注":"=\""}])");
  EXPECT_EQ(to_json(csv("\xD0\xD5\xC3\xFB\n\xD5\xC5\xC8\xFD\n")), R"([{"姓名":"张三"}])");
  EXPECT_EQ(to_json(csv("\xEF\xBB\xBF姓名\r张三")), R"([{"姓名":"张三"}])");
  EXPECT_EQ(to_json(csv("\xEF\xBB\xBF\" 姓名 \"\r\n 张三 \r\n")), R"([{"姓名":" 张三 "}])");
}

TEST(Csv, LetsEmptyColumnsAtTheRightBe) {
  EXPECT_EQ(to_json(csv("a,b,,\n1,2,,\n")), R"([{"a":"1","b":"2"}])");
  EXPECT_EQ(csv("a,b\n").size(), 0u);
}

TEST(Csv, RefusesTablesWithoutEnd) {
  std::string header = "a0";
  for (int i = 1; i < 1000; ++i) header += fmt::format(",a{}", i);
  std::string wide = header + "\n";
  for (int i = 0; i < 1100; ++i) wide += "x\n";
  for (const std::string& text : {wide, header + ",b", std::string(1 << 16, ',')}) {
    Diagnostics findings;
    EXPECT_EQ(parse_csv(text, "a.csv", findings), std::nullopt);
    EXPECT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings.begin()->code, "table-too-large");
  }
}

TEST(LoadFile, SaysWhatIsWrongWithThePath) {
  for (auto [path, code] : {std::pair("none.yaml", "no-such-file"), std::pair("/tmp", "not-a-file"),
                            std::pair(WENSHU_SOURCE_DIR "/CMakeLists.txt", "unknown-file-type")}) {
    Diagnostics findings;
    EXPECT_EQ(load_file(path, findings), std::nullopt);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings.begin()->code, code);
  }
  EXPECT_EQ(display_name("./a/b.yaml"), "a/b.yaml");
}

}  // namespace
}  // namespace wenshu::data
