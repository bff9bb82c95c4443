#include "register/register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/load.h"

namespace wenshu::registers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::optional<Register> load(const std::string& text, Diagnostics& findings) {
  auto value = data::parse_yaml(text, "r.yaml", findings);
  return value ? load_register(*value, findings) : std::nullopt;
}

std::string with_series(const std::string& series) {
  return "register: issued\ntitle: 发文\ncolumns:\n  number: {title: 文号}\nseries:\n  a: {title: 甲, " +
         series + "}\n";
}

Series series_of(const std::string& text) {
  Diagnostics findings;
  auto loaded = load(with_series(text), findings);
  EXPECT_TRUE(loaded) << to_text(findings);
  return loaded ? loaded->series.front() : Series();
}

std::string number(const Series& series, const Parameters& parameters, long long serial) {
  Diagnostics findings;
  auto text = format_number(series, parameters, serial, {}, findings);
  return text ? *text : findings.begin()->code;
}

TEST(Register, ReadsTheCountysRegisters) {
  for (const char* name : {"issued-documents", "training-classes", "training-applications", "certificates"}) {
    Diagnostics findings;
    auto value =
        data::load_file(std::string(WENSHU_SOURCE_DIR "/workflows/") + name + ".register.yaml", findings);
    ASSERT_TRUE(value);
    auto loaded = load_register(*value, findings);
    EXPECT_TRUE(loaded && findings.empty()) << to_text(findings);
    EXPECT_EQ(loaded->name, name);
  }
}

TEST(Series, WritesTheNumberOfANotice) {
  Series series = series_of(R"(number: "清教〔{{year}}〕{{serial}}号", per: [year])");
  EXPECT_EQ(number(series, {{"year", "2020"}}, 1), "清教〔2020〕1号");
  EXPECT_EQ(number(series, {{"year", "2020"}}, 12), "清教〔2020〕12号");
  EXPECT_EQ(number(series, {}, 1), "missing-parameter");
  EXPECT_EQ(scope_key(series, {{"year", "2020"}}), "year=2020");
  EXPECT_TRUE(has_valid_check(series, "whatever"));
}

TEST(Series, WritesACertificateNumberWithItsCheck) {
  Series series = series_of(
      R"(number: "QHJX{{year}}{{class}}{{serial}}{{check}}", per: [year, class], width: 4, check: mod-37-36)");
  Parameters parameters = {{"year", "2020"}, {"class", "ZX01"}};
  std::string text = number(series, parameters, 7);
  EXPECT_EQ(text.substr(0, 16), "QHJX2020ZX010007");
  EXPECT_EQ(text.back(), *check_character(CheckSystem::mod_37_36, "QHJX2020ZX010007"));
  EXPECT_TRUE(has_valid_check(series, text));
  text[5] = '9';
  EXPECT_FALSE(has_valid_check(series, text));
  EXPECT_EQ(number(series, parameters, 10000), "serial-too-long");
  EXPECT_EQ(number(series, {{"year", "2020"}, {"class", "zx01"}}, 1), "bad-parameter");
  EXPECT_EQ(scope_key(series, parameters), "year=2020,class=ZX01");
  EXPECT_THAT(parameter_names(series), ElementsAre("year", "class"));
}

TEST(Series, LeavesFixedSignsOutOfTheCheck) {
  Series series = series_of(R"(number: "教-{{serial}}-{{check}}", width: 4, check: mod-11-2)");
  std::string text = number(series, {}, 794);
  EXPECT_EQ(text, "教-0794-0");
  EXPECT_TRUE(has_valid_check(series, text));
}

TEST(Series, RefusesTemplatesThatCouldGiveANumberTwice) {
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {R"(number: "{{year}}号", per: [year])", "missing-token"},
      {R"(number: "{{serial}}号", per: [year])", "missing-token"},
      {R"(number: "{{yaer}}{{serial}}", per: [year])", "unknown-token"},
      {R"(number: "{{serial")", "unclosed-token"},
      {R"(number: "{serial}")", "unclosed-token"},
      {R"(number: "{{serial}}{{serial}}")", "duplicate-token"},
      {R"(number: "{{serial}}", per: [serial])", "bad-scope"},
      {R"(number: "{{serial}}{{check}}")", "missing-field"},
      {R"(number: "{{serial}}", check: mod-11-2)", "missing-token"},
      {R"(number: "{{check}}{{serial}}", check: mod-11-2)", "check-not-last"},
      {R"(number: "{{serial}}", check: mod-12)", "bad-choice"},
      {R"(number: "{{serial}}", widht: 4)", "unknown-field"},
  };
  for (const auto& [text, code] : kCases) {
    Diagnostics findings;
    EXPECT_FALSE(load(with_series(text), findings)) << text;
    EXPECT_THAT(to_text(findings), HasSubstr("error[" + code + "]")) << text;
  }
}

TEST(Series, RefusesNumbersThatAreNoFileNames) {
  for (const char* text :
       {R"(number: "../{{serial}}")", R"(number: "a/{{serial}}")", R"(number: ".{{serial}}")"}) {
    Diagnostics findings;
    EXPECT_FALSE(load(with_series(text), findings)) << text;
    EXPECT_THAT(to_text(findings), HasSubstr("error[unsafe-number]")) << text;
  }
  Series series = series_of(R"(number: "{{class}}-{{serial}}", per: [class])");
  EXPECT_EQ(number(series, {{"class", "../a"}}, 1), "unsafe-number");
  EXPECT_EQ(number(series, {{"class", "甲"}}, 1), "甲-1");
}

TEST(Columns, MustEachHaveASource) {
  Diagnostics findings;
  auto loaded = load(
      "register: r\ntitle: 台账\ncolumns:\n  hourz: {title: 课时}\n  note: {title: 备注, by_hand: true}\n",
      findings);
  ASSERT_TRUE(loaded) << to_text(findings);
  check_columns(*loaded, {"hours", "title"}, {"w.yaml", 3, 4, ""}, findings);
  EXPECT_EQ(findings.size(), 1u);
  EXPECT_THAT(to_text(findings), HasSubstr("w.yaml:3:4: error[column-without-source]"));
  EXPECT_THAT(to_text(findings), HasSubstr("是否为 \"hours\"?"));
}

}  // namespace
}  // namespace wenshu::registers
