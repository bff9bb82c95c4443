#include "directory/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "data/load.h"

namespace wenshu::directory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const kOffice = R"(directory: county
title: 清河县教育体育局
posts: [局长, 负责人, 文印]
departments:
  bureau:    {title: 局领导, members: [he-jian]}
  personnel: {title: 人事科, members: [sun-yue, li-na, li-na-2]}
people:
  he-jian: {name: 何建, department: bureau, posts: [局长, 负责人]}
  sun-yue: {name: 孙月, department: personnel, posts: [负责人, 文印]}
  li-na:   {name: 李娜, department: personnel}
  li-na-2: {name: 李娜, department: personnel}
)";

std::optional<Directory> load(const std::string& text, Diagnostics& findings,
                              const std::string& file = "county-2020/directory.yaml") {
  auto value = data::parse_yaml(text, file, findings);
  return value ? load_directory(*value, findings) : std::nullopt;
}

Directory office() {
  Diagnostics findings;
  auto loaded = load(kOffice, findings);
  EXPECT_TRUE(loaded && findings.empty()) << to_text(findings);
  return loaded.value_or(Directory());
}

TEST(Directory, FindsPeopleByIdAndByAUniqueName) {
  Directory directory = office();
  EXPECT_EQ(find_person(directory, "sun-yue").person->name, "孙月");
  EXPECT_EQ(find_person(directory, "孙月").person->id, "sun-yue");
  Match twice = find_person(directory, "李娜");
  EXPECT_EQ(twice.person, nullptr);
  EXPECT_THAT(twice.candidates, ElementsAre("li-na", "li-na-2"));
  EXPECT_THAT(find_person(directory, "王五").candidates, IsEmpty());
}

TEST(Directory, SaysWhichPersonIsMeant) {
  Directory directory = office();
  Diagnostics findings;
  EXPECT_EQ(check_person(directory, "李娜", {"d.yaml", 2, 3, ""}, findings), nullptr);
  EXPECT_EQ(check_person(directory, "sun-yeu", {"d.yaml", 3, 3, ""}, findings), nullptr);
  EXPECT_THAT(to_text(findings), HasSubstr("error[ambiguous-person]"));
  EXPECT_THAT(to_text(findings), HasSubstr("li-na、li-na-2"));
  EXPECT_THAT(to_text(findings), HasSubstr("是否为 \"sun-yue\"?"));
}

TEST(Directory, FindsHoldersInsideADepartmentAndAnywhere) {
  Directory directory = office();
  EXPECT_THAT(holders(directory, "负责人"), ElementsAre("he-jian", "sun-yue"));
  EXPECT_THAT(holders(directory, "负责人", "人事科"), ElementsAre("sun-yue"));
  EXPECT_THAT(holders(directory, "负责人", "personnel"), ElementsAre("sun-yue"));
  EXPECT_THAT(holders(directory, "局长", "人事科"), IsEmpty());
  EXPECT_THAT(holders(directory, "负责人", "没有这科"), IsEmpty());
  EXPECT_EQ(directory.department_of("li-na")->title, "人事科");
  EXPECT_EQ(directory.name_of("nobody"), "nobody");
}

TEST(Directory, ReportsEachFault) {
  const std::vector<std::tuple<std::string, std::string, std::string>> kCases = {
      {"sun-yue, li-na,", "sun-yeu, li-na,", "unknown-person"},
      {"[he-jian]", "[he-jian, sun-yue]", "two-departments"},
      {"department: bureau", "department: buraeu", "unknown-department"},
      {"department: bureau", "department: personnel", "two-departments"},
      {"posts: [负责人, 文印]", "posts: [负责人, 文卬]", "unknown-post"},
      {"posts: [局长, 负责人, 文印]", "posts: [局长, 负责人, 文印, 司机]", "unheld-post"},
      {"title: 人事科", "title: 局领导", "duplicate-title"},
      {"title: 人事科", "title: bureau", "duplicate-title"},
      {"members: [he-jian]", "members: []", "too-few"},
      {"people:", "peple:", "unknown-field"},
      {"department: bureau, ", "", "missing-field"},
      {"  li-na-2: {name: 李娜, department: personnel}\n", "", "unknown-person"},
      {", li-na-2]", "]", "no-department"},
  };
  for (const auto& [from, to, code] : kCases) {
    std::string text = replace_all(kOffice, from, to);
    ASSERT_NE(text, kOffice) << from;
    Diagnostics findings;
    EXPECT_FALSE(load(text, findings)) << to;
    EXPECT_THAT(to_text(findings), HasSubstr("error[" + code + "]")) << to;
  }
}

TEST(Directory, ComparesItsNameWithItsFolder) {
  Diagnostics findings;
  EXPECT_TRUE(load(replace_all(kOffice, "directory: county", "directory: country"), findings));
  EXPECT_THAT(to_text(findings), HasSubstr("warning[name-differs]"));
  Diagnostics alone;
  EXPECT_TRUE(load(kOffice, alone, "directory.yaml"));
  EXPECT_TRUE(alone.empty());
}

}  // namespace
}  // namespace wenshu::directory
