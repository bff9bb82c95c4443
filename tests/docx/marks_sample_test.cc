// The sample of all marks, filled, and what an independent judge says of the result.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"

namespace wenshu::docx {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = WENSHU_SOURCE_DIR;
const fs::path kSample = kSource / "samples/marks";
const fs::path kJudge = kSource / "../shared/tools/docx-check";

std::string fill_sample() {
  Diagnostics findings;
  const auto loaded = load_template(read_file(kSample / "marks.docx"), "marks.docx", findings);
  const auto data = data::load_file(kSample / "marks.yaml", findings);
  templates::Filling filling;
  filling.open_file = [](const std::string& name, std::string&) {
    return std::optional(read_file(kSample / name));
  };
  const auto filled = loaded && data ? loaded->fill((*data)["values"], findings, filling) : std::nullopt;
  EXPECT_TRUE(filled) << to_text(findings);
  return filled.value_or("");
}

TEST(MarksSample, GivesTheSameBytesAgain) { EXPECT_EQ(fill_sample(), fill_sample()); }

TEST(MarksSample, AddsNoFaultThatTheTemplateDidNotHave) {
  if (!fs::exists(kJudge)) GTEST_SKIP() << "no judge";
  std::string folder = (fs::temp_directory_path() / "wenshu-marks-XXXXXX").string();
  ASSERT_TRUE(mkdtemp(folder.data()));
  const fs::path out = fs::path(folder) / "out.docx";
  write_file(out, fill_sample());
  const std::string command =
      kJudge.string() + " " + out.string() + " --against " + (kSample / "marks.docx").string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace wenshu::docx
