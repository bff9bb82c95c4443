#include "app/case.h"

#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case_export.h"
#include "app/inbox.h"
#include "app/register.h"
#include "base/text.h"
#include "package/archive.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string text_of_docx(const std::filesystem::path& file) {
  Diagnostics findings;
  const auto archive = package::open_archive(read_file(file), "test.docx", findings);
  return archive ? archive->read("word/document.xml") : "";
}

TEST(Case, OfAWorkflowThatNoCodeKnowsRunsToItsEnd) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  EXPECT_EQ(id, "seal-request-1");
  EXPECT_THAT(office.act("李娜", id, "submit").steps, ElementsAre("会签"));
  EXPECT_TRUE(office.act("zhou-min", id, "agree").open);
  EXPECT_THAT(office.act("孙月华", id, "agree", "请按规定用印").steps, ElementsAre("登记用印"));
  const CaseAnswer done = office.act("xu-lei", id, "issue");
  EXPECT_FALSE(done.open);
  EXPECT_THAT(done.numbers, ElementsAre("柳校印〔2020〕1号"));
  EXPECT_THAT(done.files, ElementsAre("reply.docx", "reply.pdf"));
  EXPECT_THAT(done.effects, ElementsAre("编号 柳校印〔2020〕1号", "生成《用印批复》reply.docx、reply.pdf",
                                        "登记 2 行到用印登记簿"));

  const auto files = export_documents(office.as(""), id, office / "out");
  ASSERT_EQ(files.size(), 2u);
  const std::string xml =
      text_of_docx(files[0]);  // rendered after numbering: it shows the number and the date
  EXPECT_THAT(xml, HasSubstr("柳校印〔2020〕1号"));
  EXPECT_THAT(xml, HasSubstr("2020年7月27日"));
  EXPECT_THAT(xml, HasSubstr("孙月华"));

  const RegisterTable table = show_register(office.as(""), "seal-book");
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("聘任合同", "合同", "2", "2020-07-27", "徐磊", id, ""),
                                      ElementsAre("聘任合同", "附件", "2", "2020-07-27", "徐磊", id, "")));
  EXPECT_THAT(table.origins, ElementsAre(id, id));
  EXPECT_EQ(to_text(verify_store(office.as("")).findings), "");
}

TEST(Case, TellsWhatItsNoticeWillLookLike) {
  const TemporaryOffice office;
  std::string names;
  for (const char* name :
       {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯", "辰"})
    names += (names.empty() ? "[柳林镇" : ", 柳林镇") + std::string(name) + "学校";
  std::string reply(kReply);
  reply = replace_all(reply, "mark: 柳林镇中心学校文件", "mark: " + names + "]");
  office.write("workflows/reply.yaml", replace_all(reply, "organ: 柳林镇中心学校", "organ: " + names + "]"));
  office.open();
  const CaseAnswer done = office.act("xu-lei", office.start_and_approve(), "issue");
  EXPECT_THAT(done.effects,
              Contains(HasSubstr("《用印批复》提示[first-page-close]：首页排不下，间距已收紧")));
}

TEST(Case, ShowsItsSeatsItsDataAndItsHistory) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  office.act("li-na", id, "submit");
  office.act("zhou-min", id, "return", "份数不对");
  const CaseView view = show_case(office.as(""), id);
  EXPECT_EQ(view.title, "聘任合同");
  EXPECT_EQ(view.initiator_name, "李娜");
  EXPECT_EQ(view.department, "教导处");
  ASSERT_EQ(view.seats.size(), 1u);
  EXPECT_EQ(view.seats[0].person, "li-na");
  EXPECT_EQ(view.data["request"]["copies"].text(), "2");
  const auto history = case_history(office.as(""), id);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[2].opinion, "份数不对");
  EXPECT_EQ(history[2].step_title, "会签");
  EXPECT_EQ(list_cases(office.as("")).size(), 1u);
  EXPECT_THROW(show_case(office.as(""), "seal-request-2"), NotFound);
}

TEST(Inbox, HoldsWhatWaitsForAPersonAndNothingElse) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  EXPECT_EQ(inbox(office.as("li-na")).size(), 1u);
  office.act("li-na", id, "submit");
  EXPECT_THAT(inbox(office.as("li-na")), IsEmpty());
  const auto lines = inbox(office.as("sun-yuehua"));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].step_title, "会签");
  EXPECT_THAT(lines[0].actions, ElementsAre("agree", "return"));
  office.act("sun-yuehua", id, "agree");
  EXPECT_THAT(inbox(office.as("sun-yuehua")), IsEmpty());
  EXPECT_EQ(inbox(office.as("zhou-min")).size(), 1u);
  EXPECT_THROW(inbox(office.as("nobody")), NotFound);
  EXPECT_THAT(refusals([&] { inbox(office.as("周敏")); }), ElementsAre("ambiguous-person"));
}

TEST(Act, OfTheWrongPersonOrTwiceIsRefusedAndChangesNothing) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  const auto before = verify_store(office.as("")).head;
  EXPECT_THAT(refusals([&] { office.act("xu-lei", id, "submit"); }), Contains("not-your-seat"));
  EXPECT_THAT(refusals([&] { office.act("li-na", id, "issue"); }), Contains("unknown-action"));
  EXPECT_EQ(verify_store(office.as("")).head.hash, before.hash);
  office.act("li-na", id, "submit");
  EXPECT_THAT(refusals([&] { office.act("zhou-min", id, "return"); }), Contains("opinion-required"));
  office.act("zhou-min", id, "agree");
  EXPECT_THAT(refusals([&] { office.act("zhou-min", id, "agree"); }), Contains("already-decided"));
  EXPECT_THROW(office.act("li-na", "seal-request-9", "submit"), NotFound);
}

TEST(Act, WithARequestIdIsDoneOnceAndAnsweredAgain) {
  const TemporaryOffice office;
  office.open();
  const auto first = start_case(office.as("li-na"), "seal-request", json(kRequest), "r1");
  const auto again = start_case(office.as("li-na"), "seal-request", json(kRequest), "r1");
  EXPECT_EQ(again.id, first.id);
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  const auto submit = [&](const std::string& opinion) {
    return act_on_case(office.as("li-na"), first.id, "submit", opinion, {}, "r2");
  };
  const auto done = submit("");
  const auto repeated = submit("");
  EXPECT_EQ(repeated.seq, done.seq);
  EXPECT_EQ(repeated.steps, done.steps);
  EXPECT_THAT(refusals([&] { submit("另一个意见"); }), ElementsAre("request-reused"));
  EXPECT_EQ(list_cases(office.as("")).size(), 1u);
}

TEST(Act, ChangesDataOnlyWhereTheStepAllows) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  const auto change = [&](const std::string& person, const std::string& action, std::string_view data) {
    return act_on_case(office.as(person), id, action, "", json(data));
  };
  EXPECT_THAT(refusals([&] { change("li-na", "submit", R"({"reply": {"number": "x"}})"); }),
              Contains("field-not-editable"));
  EXPECT_THAT(refusals([&] { change("li-na", "submit", R"({"request": {"copies": "两"}})"); }),
              ElementsAre("wrong-type"));
  EXPECT_THAT(refusals([&] { change("li-na", "submit", R"({"request": {"copies": "0"}})"); }),
              Contains("guard-false"));
  change("li-na", "submit", R"({"request": {"copies": "3"}})");
  EXPECT_EQ(show_case(office.as(""), id).data["request"]["copies"].text(), "3");
  EXPECT_EQ(show_case(office.as(""), id).data["request"]["title"].text(), "聘任合同");
  EXPECT_THAT(refusals([&] { change("zhou-min", "agree", R"({"request": {"copies": "9"}})"); }),
              Contains("field-not-editable"));
}

TEST(Act, RefusesWordsThatTheStoreCouldNotKeep) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  const auto before = verify_store(office.as("")).head;
  const auto words = [&](const std::string& opinion, const std::string& request) {
    return refusals([&] { act_on_case(office.as("li-na"), id, "submit", opinion, {}, request); });
  };
  EXPECT_THAT(words("a\x01", "\xD2\xE2"), ElementsAre("forbidden-character", "not-utf8"));  // 意 in GBK
  EXPECT_THAT(refusals([&] { office.act("li-na", "\xCD", "submit"); }), ElementsAre("not-utf8"));
  EXPECT_EQ(verify_store(office.as("")).head.hash, before.hash);
  EXPECT_THAT(words("两行\n\t意见", "1"), IsEmpty());
}

TEST(Start, NamesTheWorkflowThatWasMeant) {
  const TemporaryOffice office;
  office.open();
  try {
    start_case(office.as("li-na"), "seal-requst", json(kRequest));
    FAIL() << "a workflow that is not there was started";
  } catch (const NotFound& missing) {
    EXPECT_THAT(missing.what(), HasSubstr("seal-request"));
  }
}

TEST(Start, ReportsEveryFaultOfTheDataAtOnce) {
  const TemporaryOffice office;
  office.open();
  EXPECT_THAT(refusals([&] {
                start_case(office.as("li-na"), "seal-request",
                           json(R"({"request": {"titel": "x", "copies": "a", "items": []}})"));
              }),
              testing::SizeIs(testing::Ge(4u)));
  EXPECT_THROW(start_case(office.as("li-na"), "nothing", json("{}")), NotFound);
  EXPECT_THAT(list_cases(office.as("")), IsEmpty());
}

TEST(Why, SaysWhoseTurnItIsAndWhatBlocks) {
  const TemporaryOffice office;
  office.open();
  const std::string id = office.start();
  const WhyView mine = why(office.as("li-na"), id), other = why(office.as("xu-lei"), id);
  ASSERT_EQ(mine.actions.size(), 1u);
  EXPECT_THAT(mine.actions[0].blockers, IsEmpty());
  ASSERT_EQ(other.actions.size(), 1u);
  EXPECT_FALSE(other.actions[0].blockers.empty());
  EXPECT_FALSE(other.sentences.empty());
}

}  // namespace
}  // namespace wenshu::app
