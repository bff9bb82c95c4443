#include "app/lint.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Lint : public testing::Test {
 protected:
  Lint() {
    folder_ = std::filesystem::temp_directory_path() / ("wenshu-lint-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  ~Lint() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name, const std::string& text) const {
    write_file(folder_ / name, text);
    return folder_ / name;
  }

  static std::vector<std::string> codes(const LintResult& result) {
    std::vector<std::string> all;
    for (const auto& finding : result.findings) all.push_back(finding.code);
    return all;
  }

  std::filesystem::path folder_;
};

constexpr const char* kSource = R"(notice: source
kind: 通知
mark: 清河县教育局文件
number: 清教〔2024〕6号
title: |-
  清河县教育局关于举办
  教师(校长)培训班的通知
to: 各小学,幼儿园
body: |
  现将有关事项通知如下:
  1、时间为6月——7月,服务到位。

  2.做好服 务;{{more | default}}
attachments: [名单, "安排表。"]
organ: 清河县教育局
date: 2024-06-06
printed_by: 清河县教育局办公室
print_date: 2024-06-06
)";

TEST_F(Lint, RefusesACopyOverTheFileItselfOrOfAnotherKind) {
  const auto text = file("a.txt", "请各校(园)参加.");
  EXPECT_THAT(codes(lint_file(text, text)), Contains("copy-onto-source"));
  EXPECT_THAT(codes(lint_file(text, folder_ / "a.docx")), Contains("copy-of-other-kind"));
  EXPECT_EQ(read_file(text), "请各校(园)参加.");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.docx"));
  EXPECT_THROW(lint_file(folder_ / "none", std::nullopt), NotFound);
}

TEST_F(Lint, MendsInOneRunWhatOneFixLaysBareForAnother) {
  const auto text = file("a.txt", "二O二四年,各校:\"三题\"活动.\n一.目标 1、任务 (1)内容.\n");
  const auto once = folder_ / "once.txt", twice = folder_ / "twice.txt";
  EXPECT_TRUE(lint_file(text, once).is_written);
  lint_file(once, twice);
  EXPECT_EQ(read_file(once), read_file(twice));
}

TEST_F(Lint, WritesACopyOfASourceInWhichOnlyTheTextIsMended) {
  const auto copy = folder_ / "source2.yaml";
  const auto result = lint_file(file("source.yaml", kSource), copy);
  EXPECT_FALSE(result.findings.empty());
  EXPECT_EQ(read_file(copy), R"(notice: source
kind: 通知
mark: 清河县教育局文件
number: 清教〔2024〕6号
title: |-
  清河县教育局关于举办
  教师（校长）培训班的通知
to: 各小学，幼儿园
body: |
  现将有关事项通知如下：
  1.时间为6月—7月，服务到位。

  2.做好服务；{{more | default}}
attachments: [名单, "安排表"]
organ: 清河县教育局
date: 2024-06-06
printed_by: 清河县教育局办公室
print_date: 2024-06-06
)");
  EXPECT_THAT(codes(lint_file(copy, std::nullopt)), testing::ElementsAre("name-differs"));
}

TEST_F(Lint, GivesLinesAndColumnsOfTheSource) {
  const auto result = lint_file(file("source.yaml", kSource), std::nullopt);
  EXPECT_THAT(to_text(result.findings), HasSubstr("source.yaml:11:3: warning[level-form]"));
  EXPECT_THAT(to_text(result.findings), HasSubstr("source.yaml:11:10: warning[range-dash]"));
  EXPECT_THAT(to_text(result.findings), HasSubstr("source.yaml:8:8: warning[ascii-punctuation]"));
}

TEST_F(Lint, FindsNothingWrongWithTheSampleNotice) {
  const auto result = lint_file(WENSHU_SOURCE_DIR "/samples/district-2024/notice.yaml", std::nullopt);
  EXPECT_THAT(to_text(result.findings), IsEmpty());
}

TEST_F(Lint, ReadsTextOfEitherEncoding) {
  const std::string gb18030 = "\xC7\xEB\xB0\xEC\x2C\xD0\xBB\xD0\xBB\xA1\xA3\n";  // 请办,谢谢。
  EXPECT_THAT(codes(lint_file(file("a.txt", gb18030), folder_ / "b.txt")), Contains("ascii-punctuation"));
  EXPECT_EQ(read_file(folder_ / "b.txt"), "请办，谢谢。\n");
}

TEST_F(Lint, SaysWhatItCannotJudge) {
  EXPECT_THAT(codes(lint_file(file("a.pdf", "x"), std::nullopt)), testing::ElementsAre("unknown-format"));
  EXPECT_THAT(codes(lint_file(file("a.yaml", "form: a\n"), std::nullopt)),
              testing::ElementsAre("not-a-notice"));
  EXPECT_THAT(codes(lint_file(file("a.txt", "甲\x01乙"), folder_ / "c.txt")),
              testing::ElementsAre("forbidden-character"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "c.txt"));
  EXPECT_THROW(lint_file(folder_ / "none.txt", std::nullopt), NotFound);
}

TEST_F(Lint, MendsTextWithTheLineEndsOfWindows) {
  lint_file(file("a.txt", "各校(园):\r\n请参加,并报名.\r\n"), folder_ / "b.txt");
  EXPECT_EQ(read_file(folder_ / "b.txt"), "各校（园）：\r\n请参加，并报名。\r\n");
}

TEST_F(Lint, JudgesALongBodyInTime) {
  std::string text;
  while (text.size() < 1'000'000) text += "1.甲班 培训时间:3月 培训对象:教师,校长(园长)等30-40人。\n";
  EXPECT_GT(lint_file(file("a.txt", text), folder_ / "b.txt").findings.size(), 1000u);
}

}  // namespace
}  // namespace wenshu::app
