#include "app/publish.h"

#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case.h"
#include "base/text.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;

std::vector<Published::What> whats(const std::vector<Published>& lines) {
  std::vector<Published::What> list;
  for (const auto& line : lines) list.push_back(line.what);
  return list;
}

TEST(Init, LoadsTheOfficeAndNeverOverwritesAStore) {
  const TemporaryOffice office;
  const OfficeReport report = init_store(office.as(""), office / "office");
  EXPECT_EQ(report.title, "柳林镇中心学校");
  EXPECT_EQ(report.people, 5u);
  EXPECT_EQ(report.departments, 3u);
  const std::string bytes = read_file(report.file);
  EXPECT_THAT(refusals([&] { init_store(office.as(""), office / "office"); }), ElementsAre("store-exists"));
  EXPECT_EQ(read_file(report.file), bytes);
}

TEST(Init, LeavesNoStoreWhenTheOfficeHasFaults) {
  const TemporaryOffice office;
  office.write("office/directory.yaml",
               replace_all(std::string(kDirectory), "posts: [文印]", "posts: [文员]"));
  EXPECT_FALSE(refusals([&] { init_store(office.as(""), office / "office"); }).empty());
  EXPECT_FALSE(std::filesystem::exists(office / "wenshu.db"));
  EXPECT_THAT(refusals([&] { init_store(office.as(""), office / "workflows"); }), Contains("no-directory"));
  EXPECT_THROW(init_store(office.as(""), office / "nowhere"), NotFound);
}

TEST(Publish, OfTheSameContentPublishesNothing) {
  const TemporaryOffice office;
  init_store(office.as(""), office / "office");
  using What = Published::What;
  EXPECT_THAT(whats(publish(office.as(""), {office / "workflows"})),
              ElementsAre(What::added, What::added, What::added));
  const auto head = verify_store(office.as("")).head;
  EXPECT_THAT(whats(publish(office.as(""), {office / "workflows"})),
              ElementsAre(What::unchanged, What::unchanged, What::unchanged));
  EXPECT_EQ(verify_store(office.as("")).head.seq, head.seq);
}

TEST(Publish, OfAChangedWorkflowNeedsAHigherVersion) {
  const TemporaryOffice office;
  office.open();
  const std::string running = office.start();
  std::string changed = replace_all(std::string(kWorkflow), "title: 登记用印", "title: 盖章登记");
  office.write("workflows/seal-request.workflow.yaml", changed);
  EXPECT_THAT(refusals([&] { publish(office.as(""), {office / "workflows"}); }),
              ElementsAre("version-not-higher"));
  changed = replace_all(changed, "version: 1", "version: 2");
  office.write("workflows/seal-request.workflow.yaml", changed);
  const auto lines = publish(office.as(""), {office / "workflows"});
  EXPECT_EQ(lines.back().version, 2);
  EXPECT_EQ(lines.back().what, Published::What::changed);
  EXPECT_EQ(show_case(office.as(""), running).version, 1);  // goes on with its copy
  EXPECT_EQ(show_case(office.as(""), office.start()).version, 2);
}

TEST(Publish, OfAChangedDocumentNeedsAHigherVersionToo) {
  const TemporaryOffice office;
  office.open();
  office.write("workflows/reply.yaml", replace_all(std::string(kReply), "申请为", "拟为"));
  EXPECT_THAT(refusals([&] { publish(office.as(""), {office / "workflows"}); }),
              ElementsAre("version-not-higher"));
}

TEST(Publish, RefusesARegisterThatLosesColumnsOrSeries) {
  const TemporaryOffice office;
  office.open();
  office.write("workflows/seal-book.register.yaml",
               replace_all(std::string(kRegister), "  remark: {title: 备注, by_hand: true}\n", ""));
  EXPECT_THAT(refusals([&] { publish(office.as(""), {office / "workflows"}); }),
              ElementsAre("register-columns-lost"));
}

TEST(Publish, OfNothingThatCanBePublishedIsAFault) {
  const TemporaryOffice office;
  init_store(office.as(""), office / "office");
  EXPECT_THAT(refusals([&] { publish(office.as(""), {office / "office"}); }),
              ElementsAre("nothing-to-publish"));
}

TEST(Publish, TakesFilesWhoseEndingIsInCapitals) {
  const TemporaryOffice office;
  init_store(office.as(""), office / "office");
  office.write("forms/SEAL.FORM.YAML", kForm);
  EXPECT_EQ(publish(office.as(""), {office / "forms/SEAL.FORM.YAML"}).size(), 1u);
}

TEST(Publish, ReportsFaultsAndKeepsNothing) {
  const TemporaryOffice office;
  init_store(office.as(""), office / "office");
  const auto head = verify_store(office.as("")).head;
  office.write("workflows/seal-request.workflow.yaml",
               replace_all(std::string(kWorkflow), "总务处", "总物处"));
  EXPECT_FALSE(refusals([&] { publish(office.as(""), {office / "workflows"}); }).empty());
  EXPECT_EQ(verify_store(office.as("")).head.hash, head.hash);
}

}  // namespace
}  // namespace wenshu::app
