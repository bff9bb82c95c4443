#include "data/schema.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "data/load.h"

namespace wenshu::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Value yaml(std::string_view text) {
  Diagnostics findings;
  auto value = parse_yaml(text, "a.yaml", findings);
  EXPECT_EQ(to_text(findings), "");
  return value.value_or(Value());
}

std::vector<std::string> faults(std::string_view text, const Shape& shape) {
  Diagnostics findings;
  bool is_good = check_shape(yaml(text), shape, findings);
  EXPECT_EQ(is_good, !findings.has_errors());
  findings.sort();
  std::vector<std::string> result;
  for (const Diagnostic& f : findings)
    result.push_back(fmt::format("{}:{} {}", f.where.line, f.where.column, f.code));
  return result;
}

const Shape& notice() {
  static const Shape kNotice = map({
      {"title", text(), Need::required},
      {"kind", choice({"通知", "报告"})},
      {"copies", integer(1, 100)},
      {"fee", decimal()},
      {"urgent", boolean()},
      {"date", date()},
      {"name", identifier()},
      {"to", list(text(), 1)},
      {"people", map_of(map({{"name", text(), Need::required}}))},
      {"seat", either({text(), map({{"post", text(), Need::required}})}, "文字或岗位")},
  });
  return kNotice;
}

TEST(Schema, TakesAGoodTree) {
  EXPECT_THAT(faults("title: 关于\nkind: 通知\ncopies: 12\nfee: 3.50\nurgent: true\ndate: 2020-02-29\nname: "
                     "county-2020\n"
                     "to: [各学校]\npeople: {zhou: {name: 周}, 李四: {name: 李}}\nseat: {post: 局长}\n",
                     notice()),
              IsEmpty());
}

TEST(Schema, ReportsEveryFaultOfATreeAtOnce) {
  EXPECT_THAT(
      faults("titel: 关于\nkind: 通之\ncopies: 0\nfee: 3,5\nurgent: 是\ndate: 2021-02-29\nname: 1a\nto: []\n"
             "people: {Zhou: {}}\nseat: [局长]\n",
             notice()),
      ElementsAre("1:1 unknown-field", "1:1 missing-field", "2:7 bad-choice", "3:9 too-small",
                  "4:6 bad-number", "5:9 wrong-type", "6:7 bad-date", "7:7 bad-identifier", "8:5 too-few",
                  "9:10 bad-identifier", "9:16 missing-field", "10:7 wrong-type"));
}

TEST(Schema, FindsEmptyAndMistypedFields) {
  EXPECT_THAT(faults("title:\nkind: []\ncopies: 101\ndate: 明天\nto: [' ', {a: b}]\nseat: ''\n", notice()),
              ElementsAre("1:1 empty-field", "2:7 wrong-type", "3:9 too-large", "4:7 bad-date",
                          "5:6 empty-text", "5:11 wrong-type", "6:7 empty-text"));
  EXPECT_THAT(faults("", notice()), ElementsAre("1:1 empty-field"));
  EXPECT_THAT(faults("- a\n", notice()), ElementsAre("1:1 wrong-type"));
}

TEST(Schema, ShowsTheWayOut) {
  Diagnostics findings;
  check_shape(yaml("titel: x\nkind: 通之\n"), notice(), findings);
  findings.sort();
  EXPECT_THAT(to_text(findings),
              HasSubstr("error[unknown-field]: 未知字段 \"titel\"\n  建议: 是否为 \"title\"?"));
  EXPECT_THAT(to_text(findings), HasSubstr("缺少字段 \"title\""));
  EXPECT_THAT(to_text(findings), HasSubstr("是否为 \"通知\"?"));
}

TEST(Schema, ChecksShapesThatHoldThemselves) {
  static const Shape kTree = map({{"children", list(recursive([] { return kTree; }))}});
  EXPECT_THAT(faults("children: [{children: []}]\n", kTree), IsEmpty());
  EXPECT_THAT(faults("children: [{children: [{child: 1}]}]\n", kTree), ElementsAre("1:25 unknown-field"));
}

TEST(Schema, PicksAmongScalarsByWhatTheySay) {
  Shape shape = map({{"width", either({integer(), choice({"auto"})}, "整数或 auto")}});
  EXPECT_THAT(faults("width: 3\n", shape), IsEmpty());
  EXPECT_THAT(faults("width: auto\n", shape), IsEmpty());
  EXPECT_THAT(faults("width: big\n", shape), ElementsAre("1:8 bad-number"));
}

TEST(Schema, ReadsTypesWithoutGuessing) {
  EXPECT_EQ(to_integer(Value("12")), 12);
  EXPECT_EQ(to_integer(Value("-3")), -3);
  EXPECT_EQ(to_integer(Value::number(5)), 5);
  for (const char* text : {"0012", "1.0", "", "-", "１２", "12 ", "1234567890123456789"}) {
    EXPECT_EQ(to_integer(Value(text)), std::nullopt) << text;
  }
  EXPECT_EQ(to_integer(Value()), std::nullopt);
  EXPECT_EQ(to_boolean(Value("true")), true);
  EXPECT_EQ(to_boolean(Value("yes")), std::nullopt);
  EXPECT_EQ(to_decimal(Value("1.50"))->to_text(), "1.5");
  EXPECT_EQ(to_date(Value("2020-13-01")), std::nullopt);
}

TEST(Schema, NamesWhatIsUnknownAndWhatIsNear) {
  Diagnostics findings;
  report_unknown(Value("局张"), "post", "岗位", {"局长", "文印"}, findings);
  report_unknown(Value("人事科科长"), "unknown-post", "岗位", {"局长", "文印"}, findings);
  EXPECT_EQ(to_text(findings),
            "error[unknown-post]: 未知岗位 \"局张\"\n  建议: 是否为 \"局长\"?\n"
            "error[unknown-post]: 未知岗位 \"人事科科长\"\n  建议: 可用: 局长、文印\n");
}

}  // namespace
}  // namespace wenshu::data
