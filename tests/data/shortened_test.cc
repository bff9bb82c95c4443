#include "data/shortened.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "data/load.h"

namespace wenshu::data {
namespace {

std::string describe(const Value& value) {
  std::string text = to_text(value.place()) + " ";
  if (value.is_scalar()) return text + value.text() + "\n";
  for (const Value& item : value.items()) text += "- " + describe(item);
  for (const auto& entry : value.entries())
    text += to_text(entry.key_place) + " " + entry.key.text() + ": " + describe(entry.value);
  return text + (value.is_null() ? "null\n" : "end\n");
}

// What a file says, and what is said of it. A remark with an escape in it keeps it from being shortened.
std::string read(const std::string& text, bool whole) {
  Diagnostics findings;
  const auto value = parse_yaml((whole ? "# \\x01\n" : "# \\x21\n") + text, "a.yaml", findings);
  std::string said = value ? describe(*value) : "nothing\n";
  for (const Diagnostic& finding : findings) said += to_text(finding) + "\n";
  return said;
}

TEST(ShortenedYaml, SaysOfEveryShippedFileWhatTheWholeTextSays) {
  size_t files = 0;
  for (const char* folder : {"samples", "templates", "workflows", "fonts", "tests/bad"}) {
    const std::filesystem::path root = std::filesystem::path(WENSHU_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".yaml") continue;
      const std::string text = read_file(entry.path());
      EXPECT_EQ(read(text, false), read(text, true)) << entry.path();
      ++files;
    }
  }
  EXPECT_GT(files, 20u);
}

TEST(ShortenedYaml, SaysOfHardPlacesWhatTheWholeTextSays) {
  for (const std::string text :
       {"标题: 关于开展培训的通知  # 备注\n正文: |  # 这里是正文\n  一、总则。\n\n  二、附则（a、b）。\n",
        "正文: >-\n  折叠 的\n  文字\n列表:\n  - 甲 乙\n  -\n  - ~\n  - null\n  - '单引号''里的''字'\n",
        "名: \"双引号 \\\"里\\\" 的\\n字 \\u4e2d\"\n流: {甲: 乙, 丙: [丁, '戊', \"己\"]}\n", "甲: 乙: 丙\n",
        "甲: &锚 乙\n", "甲: !标签 乙\n", "甲: !a &乙 丙\n丁: *乙\n", "甲:\t乙\n\t丙: 丁\n", "甲: 1\n甲: 2\n",
        "甲: '没有\n配对\n", "甲: [一, 二\n乙: 三\n", "？: 甲\n? 乙\n: 丙\n", "---\n甲: 1\n---\n乙: 2\n",
        "  甲: 1\n乙: 2\n", "𠮷: 𠮷𠮷 a𠮷b\n", "甲\n乙\n丙: 丁\n", "\n\n"}) {
    EXPECT_EQ(read(text, false), read(text, true)) << text;
  }
}

TEST(ShortenedYaml, SaysOfAWrongEscapeNoHalfCharacter) {
  EXPECT_NE(read("甲: \"\\中\"\n", false).find("unknown escape character: …"), std::string::npos);
}

TEST(ShortenedYaml, FindsAnEscapedControlCharacter) {
  Diagnostics findings;
  EXPECT_FALSE(parse_yaml("甲: \"乙\\x01丙\"\n", "a.yaml", findings));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.list()[0].code, "forbidden-character");
}

TEST(Shortened, KnowsTheWayBack) {
  const std::string text = "a中文b文c";
  const Shortened shortened(text);
  EXPECT_EQ(shortened.text(), "a\1b\1c");
  const size_t wanted[] = {0, 1, 7, 8, 11, 12};
  for (size_t i = 0; i < std::size(wanted); ++i) EXPECT_EQ(shortened.to_original(i), wanted[i]) << i;
  EXPECT_EQ(shortened.restore("b\1c", 2), "b文c");
  EXPECT_EQ(shortened.restore("\1\1\1", 0), "中文文");
}

}  // namespace
}  // namespace wenshu::data
