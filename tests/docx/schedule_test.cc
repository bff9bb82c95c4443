// The county's training schedule, filled from templates/tables/, and what independent judges say of the
// result.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"
#include "package/archive.h"

namespace wenshu::docx {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kSource = WENSHU_SOURCE_DIR;
const fs::path kTemplate = kSource / "templates/tables/training-schedule.docx";
const fs::path kJudge = kSource / "../shared/tools/docx-check";

const char* const kPlan = R"(
plan:
  year: 2020
  title: 清河县2020年教师培训计划
  groups:
    - title: 全覆盖项目
      classes: [{title: 全员培训 & <网络>, period: 2020年1月—3月, modes: [网络研修], hours: 36, count: XXXX人}]
    - title: 中西部项目
      classes:
        - {title: 入职培训班, period: 9月, modes: [短期集中, 导师带教], hours: 30, audience: 新教师, count: 32人, place: 县实验小学}
        - {title: 送教下乡, partners: 王名师工作室, content: 公开课, note: 见附件1}
)";

// A folder that goes when the test ends.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "wenshu-docx-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Scratch() { fs::remove_all(folder_); }
  fs::path operator/(const char* name) const { return folder_ / name; }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

std::string fill_schedule(const data::Value& data) {
  Diagnostics findings;
  const auto loaded = load_template(read_file(kTemplate), "training-schedule.docx", findings);
  const auto filled = loaded ? loaded->fill(data, findings) : std::nullopt;
  EXPECT_TRUE(filled) << to_text(findings);
  return filled.value_or("");
}

data::Value plan() {
  Diagnostics findings;
  return data::parse_yaml(kPlan, "plan.yaml", findings).value_or(data::Value());
}

TEST(Schedule, HoldsEveryClassUnderItsGroupAndTheTotals) {
  Diagnostics findings;
  const auto archive = package::open_archive(fill_schedule(plan()), "out.docx", findings);
  ASSERT_TRUE(archive);
  const std::string& body = archive->read("word/document.xml");
  for (const char* text : {"清河县2020年教师培训计划", "全员培训 &amp; &lt;网络&gt;", "短期集中、导师带教",
                           ">66<", "合作单位：", "王名师工作室"}) {
    EXPECT_THAT(body, HasSubstr(text));
  }
  EXPECT_THAT(body, HasSubstr("32人（另有2项人数未定）"));
  EXPECT_EQ(body.find("{{"), std::string::npos);
}

TEST(Schedule, FillsFromTheSampleOfTheCounty) {
  const fs::path sample = kSource / "samples/county-2020/plan.yaml";
  if (!fs::exists(sample)) GTEST_SKIP() << "no sample";
  Diagnostics findings;
  const auto data = data::load_file(sample, findings);
  ASSERT_TRUE(data) << to_text(findings);
  EXPECT_FALSE(fill_schedule((*data)["values"]).empty());
}

TEST(Schedule, PassesTheSchemaAndStructureJudge) {
  if (!fs::exists(kJudge)) GTEST_SKIP() << "no docx-check beside the repository";
  const Scratch scratch;
  write_file(scratch / "out.docx", fill_schedule(plan()), Durability::later);
  const std::string command =
      "'" + kJudge.string() + "' '" + kTemplate.string() + "' '" + (scratch / "out.docx").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(Schedule, OpensInLibreOffice) {
  if (std::system("command -v soffice pdftotext >/dev/null") != 0)
    GTEST_SKIP() << "no LibreOffice or pdftotext";
  const Scratch scratch;
  write_file(scratch / "out.docx", fill_schedule(plan()), Durability::later);
  const std::string folder = scratch.folder().string();
  const std::string command =
      "cd '" + folder + "' && timeout 120 soffice -env:UserInstallation=file://" + folder +
      "/profile --headless --convert-to pdf out.docx >/dev/null 2>&1 && pdftotext out.pdf out.txt";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_THAT(read_file(scratch / "out.txt"), HasSubstr("入职培训班"));
}

}  // namespace
}  // namespace wenshu::docx
