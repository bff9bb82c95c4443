#include "xlsx/write.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/text.h"
#include "package/archive.h"
#include "tests/xlsx/small_xlsx.h"
#include "xlsx/read.h"

namespace wenshu::xlsx {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const Sheet& sheet) {
  Diagnostics findings;
  const auto bytes = write_table(sheet, "out.xlsx", findings);
  EXPECT_EQ(to_text(findings), "");
  return bytes.value_or("");
}

std::string sheet_xml(const Sheet& sheet) {
  Diagnostics findings;
  const auto archive = package::open_archive(bytes_of(sheet), "out.xlsx", findings);
  return archive ? archive->read("xl/worksheets/sheet1.xml") : "";
}

// What read_table() makes of it, as texts.
std::vector<std::vector<std::string>> read_back(const Sheet& sheet) {
  Diagnostics findings;
  const auto table = read_table(bytes_of(sheet), "out.xlsx", {}, findings);
  EXPECT_EQ(to_text(findings), "");
  std::vector<std::vector<std::string>> rows;
  if (!table) return rows;
  for (const data::Value& row : table->items()) {
    rows.emplace_back();
    for (const auto& entry : row.entries()) rows.back().push_back(entry.value.text());
  }
  return rows;
}

const std::vector<std::string> kHard = {"王芳",        "=1+1",
                                        "@SUM(A1)",    "+86 138",
                                        "-",           "007",
                                        "36",          "36.5",
                                        "1.50",        "-0.25",
                                        "0",           "-0",
                                        "1e5",         "110101198001011230",
                                        "13800138000", "2024-06-06",
                                        "1899-01-01",  "2024-02-30",
                                        "TRUE",        "一\n二",
                                        " 前后有空 ",  "<b>&\"x\"</b>",
                                        "_x000D_",     "_x_x005F_",
                                        "𬭚",        "9999999999",
                                        "0.123456789", "123456.000000000",
                                        "9999-12-31",  "1900-03-01",
                                        "12345678901", "　全角　",
                                        "'",           "http://a.cn/?a=1&b=2"};

TEST(WriteTable, MakesTheSameBytesOfRowsThatAreMadeOneByOne) {
  const Sheet whole{"表", {"甲", "乙"}, {{"王芳", "007"}, {"短"}, {"2024-06-06", "1.50"}}};
  const LongSheet one_by_one{whole.title, whole.header, whole.rows.size(),
                             [&](size_t i) { return whole.rows[i]; }};
  Diagnostics findings;
  EXPECT_EQ(write_long_table(one_by_one, "out.xlsx", findings).value_or(""), bytes_of(whole));
  EXPECT_EQ(to_text(findings), "");
}

TEST(Write, GivesBackEveryTextItWasGiven) {
  Sheet sheet{"台账", {}, {kHard}};
  for (size_t i = 0; i < kHard.size(); ++i) sheet.header.push_back(fmt::format("列{}", i));
  const auto rows = read_back(sheet);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0], kHard);
}

TEST(Write, TwentyThousandRowsComeBackCellByCell) {
  Sheet sheet{"花名册", {"序号", "姓名", "身份证号", "日期", "学时", "备注"}, {}};
  for (int i = 0; i < 20'000; ++i)
    sheet.rows.push_back({fmt::format("{}", i + 1), "王" + to_utf8(static_cast<char32_t>(0x4E00 + i)),
                          fmt::format("1101011980{:08}", i),
                          fmt::format("20{:02}-{:02}-{:02}", i % 90 + 10, i % 12 + 1, i % 28 + 1),
                          fmt::format("{}.{}", i % 100, i % 9 + 1),
                          i % 3 == 0 ? "" : kHard[i % kHard.size()]});
  EXPECT_EQ(read_back(sheet), sheet.rows);
}

TEST(Write, NeverWritesAFormula) {
  const std::string xml = sheet_xml({"台账", {"a"}, {{"=1+1"}, {"=HYPERLINK(\"http://x\")"}, {"@A1"}}});
  EXPECT_THAT(xml, Not(HasSubstr("<f>")));
  EXPECT_THAT(xml, HasSubstr("=1+1"));
}

TEST(Write, NumbersAndDaysCanBeReckonedWith) {
  const std::string xml = sheet_xml({"台账", {"a"}, {{"36.5"}, {"2024-06-06"}, {"007"}}});
  EXPECT_THAT(xml, HasSubstr("<v>36.5</v>"));
  EXPECT_THAT(xml, HasSubstr("<v>45449</v>"));
  EXPECT_THAT(xml, Not(HasSubstr("<v>7</v>")));
}

TEST(Write, KeepsTheHeaderInSightAndColumnsWideEnough) {
  const std::string xml = sheet_xml({"台账", {"姓名"}, {{"欧阳上官司马诸葛"}}});
  EXPECT_THAT(xml, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(xml, HasSubstr("<col min=\"1\" max=\"1\" width=\"18.7"));
}

TEST(Write, GivesTheSameBytesAtAnyTimeAndPlace) {
  const Sheet sheet{"台账", {"姓名", "日期"}, {{"王芳", "2024-06-06"}}};
  const std::string first = bytes_of(sheet);
  setenv("TZ", "America/Lima", 1);
  EXPECT_EQ(bytes_of(sheet), first);
  unsetenv("TZ");
}

TEST(Write, MakesTheTitleFitToNameASheet) {
  for (const std::string& title :
       std::vector<std::string>{"2020/2021 [甲]:*?", "'引'", "", std::string(40, 'x'), "History"}) {
    EXPECT_EQ(read_back({title, {"a"}, {{"1"}}}).size(), 1u) << title;
  }
}

TEST(Write, RefusesWhatNoSheetHolds) {
  Diagnostics findings;
  EXPECT_FALSE(write_table({"台账", {"a", "b"}, {{"1", std::string(40'000, 'x')}}}, "out.xlsx", findings));
  EXPECT_THAT(to_text(findings), HasSubstr("out.xlsx:2:2: 第2行B列: error[cell-too-long]"));
  Diagnostics wide;
  EXPECT_FALSE(write_table({"台账", std::vector<std::string>(16'385, "a"), {}}, "out.xlsx", wide));
  EXPECT_THAT(to_text(wide), HasSubstr("table-too-large"));
}

}  // namespace
}  // namespace wenshu::xlsx
