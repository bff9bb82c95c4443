// Every file of tests/bad/data must give exactly the findings that it names: a YAML file in comments
// (# Error: LINE:COLUMN code), the others in FILE.expected.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>

#include "base/file.h"
#include "base/text.h"
#include "data/load.h"

namespace wenshu::data {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(WENSHU_SOURCE_DIR) / "tests/bad/data";

std::vector<std::string> expected(const fs::path& file) {
  bool in_comments = file.extension() == ".yaml";
  std::istringstream lines(read_file(in_comments ? file : fs::path(file.string() + ".expected")));
  std::vector<std::string> result;
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kMark = "# Error: ";
    size_t at = in_comments ? line.find(kMark) : 0;
    if (at != std::string::npos) result.push_back(line.substr(in_comments ? at + kMark.size() : 0));
  }
  return result;
}

std::vector<std::string> found(const fs::path& file) {
  Diagnostics findings;
  EXPECT_EQ(load_file(file, findings), std::nullopt);
  findings.sort();
  std::vector<std::string> result;
  for (const Diagnostic& finding : findings) {
    result.push_back(fmt::format("{}:{} {}", finding.where.line, finding.where.column, finding.code));
    EXPECT_EQ(finding.where.file, file.string());
    EXPECT_FALSE(finding.message.empty());
  }
  return result;
}

class BadFile : public testing::TestWithParam<fs::path> {};

TEST_P(BadFile, GivesExactlyTheFindingsItNames) {
  EXPECT_EQ(found(GetParam()), expected(GetParam())) << GetParam();
}

std::vector<fs::path> bad_files() {
  std::vector<fs::path> files = list_files({kFolder});
  std::erase_if(files, [](const fs::path& file) { return file.extension() == ".expected"; });
  return files;
}

std::string test_name(const testing::TestParamInfo<fs::path>& info) {
  std::string name = info.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Data, BadFile, testing::ValuesIn(bad_files()), test_name);

}  // namespace
}  // namespace wenshu::data
