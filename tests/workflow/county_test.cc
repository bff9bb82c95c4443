// The county's two workflows from start to end, and a third written here: no C++ knows any of them.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/rows.h"

namespace wenshu::workflow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const char* const kDirectory = WENSHU_SOURCE_DIR "/samples/county-2020/directory.yaml";

Case county(const std::string& name, const std::string& sample) {
  return make_case(file("workflows/" + name + ".workflow.yaml"), file("workflows/" + name + ".form.yaml"),
                   file("samples/county-2020/directory.yaml"),
                   file("samples/county-2020/" + sample)["values"]);
}

registers::Register load_register(const std::string& name) {
  Diagnostics findings;
  auto loaded = registers::load_register(file("workflows/" + name + ".register.yaml"), findings);
  EXPECT_TRUE(loaded) << to_text(findings);
  return loaded.value_or(registers::Register());
}

TEST(County, CarriesThePlanFromDraftToIssue) {
  if (!std::filesystem::exists(kDirectory)) GTEST_SKIP() << "no sample directory";
  Case c = county("annual-plan", "plan.yaml");
  c.start("fang-qin");
  for (const auto& [person, action, opinion] : std::vector<std::array<std::string, 3>>{
           {"fang-qin", "submit", ""},
           {"lu-zhiyuan", "return", "请补充附件"},
           {"fang-qin", "submit", ""},
           {"lu-zhiyuan", "agree", ""},
           {"sun-yuehua", "agree", ""},
           {"liang-wenbo", "reject", "课时偏少"},
           {"fang-qin", "submit", ""},
           {"lu-zhiyuan", "agree", ""},
           {"qian-huizhen", "agree", ""},
           {"sun-yuehua", "agree", ""},
           {"liang-wenbo", "agree", ""},
           {"zhou-min", "agree", ""},
           {"he-jianzhang", "sign", ""},
       }) {
    ASSERT_EQ(c.act(person, action, opinion), "") << person << " " << action;
  }
  EXPECT_THAT(c.last.binds, ElementsAre("notice", "schedule"));
  EXPECT_EQ(c.marking.step(), "register");
  EXPECT_EQ(c.marking.round, 3);
  EXPECT_EQ(c.act("xu-lei", "issue"), "");
  EXPECT_EQ(c.marking.status, Status::ended);
  EXPECT_THAT(c.last.effects, SizeIs(4));
  EXPECT_EQ(std::get<NumberEffect>(c.last.effects[0]).series.name, "县教");
}

TEST(County, LeavesARowForTheDocumentAndForEachClass) {
  if (!std::filesystem::exists(kDirectory)) GTEST_SKIP() << "no sample directory";
  Case c = county("annual-plan", "plan.yaml");
  c.data.set_path("notice.number", data::Value("清教〔2020〕1号"));
  c.data.set_path("notice.date", data::Value("2020-07-27"));
  const std::map<std::string, std::string> built_in = {
      {"case", "annual-plan-1"}, {"date", "2020-08-01"}, {"person", "徐磊"}};
  const auto& effects = c.definition.find_step("register")->find_action("issue")->effects;

  auto documents = make_rows(std::get<AppendEffect>(effects[2]), c.rules(), load_register("issued-documents"),
                             c.data, built_in);
  ASSERT_THAT(documents, SizeIs(1));
  EXPECT_EQ(documents[0]["number"].text(), "清教〔2020〕1号");
  EXPECT_EQ(documents[0]["date"].text(), "2020-07-27") << "the field wins over the day of the act";
  EXPECT_EQ(documents[0]["person"].text(), "徐磊");

  auto classes = make_rows(std::get<AppendEffect>(effects[3]), c.rules(), load_register("training-classes"),
                           c.data, built_in);
  EXPECT_THAT(classes, SizeIs(15)) << "14 named classes and the provincial pool";
  EXPECT_EQ(classes[1]["year"].text(), "2020") << "of the record around";
  EXPECT_EQ(classes[1]["modes"].text(), "短期集中、导师带教、校本研修");
  EXPECT_EQ(classes[1]["case"].text(), "annual-plan-1");
  EXPECT_TRUE(classes[14]["hours"].is_null());
}

TEST(County, CarriesATeachersApplication) {
  if (!std::filesystem::exists(kDirectory)) GTEST_SKIP() << "no sample directory";
  Case c = county("training-application", "application.yaml");
  c.start("cao-lin");
  EXPECT_EQ(c.act("cao-lin", "submit"), "");
  EXPECT_EQ(c.act("wei-changqing", "agree"), "not-your-seat") << "the head of another school";
  EXPECT_EQ(c.act("shen-guoqiang", "agree"), "");
  EXPECT_EQ(c.act("lu-zhiyuan", "agree"), "");
  EXPECT_EQ(c.act("sun-yuehua", "record"), "");
  EXPECT_EQ(c.marking.step(), "done");
  auto rows =
      make_rows(std::get<AppendEffect>(c.last.effects[0]), c.rules(), load_register("training-applications"),
                c.data, {{"case", "training-application-1"}, {"date", "2020-09-01"}, {"person", "孙月华"}});
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0]["teacher"].text(), "曹琳");
  EXPECT_EQ(rows[0]["school"].text(), "县实验小学");
  EXPECT_EQ(rows[0]["date"].text(), "2020-09-01");
}

TEST(County, HoldsATeacherToTwoTeams) {
  if (!std::filesystem::exists(kDirectory)) GTEST_SKIP() << "no sample directory";
  Case c = county("training-application", "application.yaml");
  data::Value& teams = *c.data.find("application")->find("teams");
  for (const char* title : {"乙团队", "丙团队"}) {
    data::Value team = data::Value::map();
    team.set("title", title);
    teams.add(team);
  }
  c.start("cao-lin");
  EXPECT_EQ(c.act("cao-lin", "submit"), "guard-false");
  teams.items().pop_back();
  EXPECT_EQ(c.act("cao-lin", "submit"), "");
}

// A third workflow, its form and its register as files in a temporary folder.
class ThirdWorkflow : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("wenshu-third-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    write("seal-use.workflow.yaml", R"(workflow: seal-use
title: 用印申请
version: 1
form: seal-use
steps:
  ask:
    title: 申请
    seat: initiator
    edit: [use]
    actions:
      submit: {to: office, when: "use.copies > 0 && use.copies <= 50"}
  office:
    title: 办公室审批
    seats: [{post: 办公室主任}, {post: 局长}]
    decide: {rule: one}
    actions:
      approve:
        to: done
        effects:
          - number: {series: seal, into: use.number}
          - append: {register: seal-uses, rows: use}
      return: {to: ask, opinion: required}
  done: {end: true}
)");
    write("seal-use.form.yaml", R"(form: seal-use
title: 用印申请单
fields:
  use:
    title: 用印
    type: group
    required: true
    fields:
      number: {title: 编号, type: text}
      what:   {title: 事由, type: text, required: true}
      copies: {title: 份数, type: integer, required: true}
)");
    write("seal-uses.register.yaml", R"(register: seal-uses
title: 用印台账
columns:
  number: {title: 编号}
  what:   {title: 事由}
  copies: {title: 份数}
  person: {title: 批准人}
series:
  seal: {title: 用印编号, number: "印{{year}}-{{serial}}", per: [year], width: 3}
)");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  data::Value read(const std::string& name) const {
    Diagnostics findings;
    auto value = data::load_file(folder_ / name, findings);
    EXPECT_TRUE(value) << to_text(findings);
    return value.value_or(data::Value());
  }

  std::filesystem::path folder_;
};

TEST_F(ThirdWorkflow, ChecksCleanAndRuns) {
  Case c = make_case(read("seal-use.workflow.yaml"), read("seal-use.form.yaml"), yaml(kOffice),
                     yaml("use: {what: 开具证明, copies: 2}\n"));
  Diagnostics findings;
  auto target = registers::load_register(read("seal-uses.register.yaml"), findings);
  ASSERT_TRUE(target) << to_text(findings);
  check_references(c.definition, {{{"seal-use", &c.form}}, {{"seal-uses", &*target}}, &c.directory},
                   findings);
  ASSERT_TRUE(findings.empty()) << to_text(findings);

  c.start("qian");
  EXPECT_EQ(c.act("qian", "submit"), "");
  EXPECT_EQ(c.act("zhou", "approve"), "");
  EXPECT_EQ(c.marking.status, Status::ended);
  ASSERT_THAT(c.last.effects, SizeIs(2));

  const auto& number = std::get<NumberEffect>(c.last.effects[0]);
  const registers::Series& series = *target->find_series(number.series.name);
  c.data.set_path(number.into.name,
                  data::Value(*registers::format_number(series, {{"year", "2020"}}, 1, {}, findings)));
  auto rows =
      make_rows(std::get<AppendEffect>(c.last.effects[1]), c.rules(), *target, c.data, {{"person", "周敏"}});
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0]["number"].text(), "印2020-001");
  EXPECT_EQ(rows[0]["person"].text(), "周敏");
}

}  // namespace
}  // namespace wenshu::workflow
