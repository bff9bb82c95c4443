#include "app/data_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"
#include "xlsx/write.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

class DataFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("wenshu-data-file-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::optional<data::Value> load(const std::string& name, const std::string& bytes) {
    write_file(folder_ / name, bytes);
    findings_ = {};
    return load_record(folder_ / name, findings_);
  }
  std::string code() const { return findings_.empty() ? "" : findings_.list()[0].code; }

  fs::path folder_;
  Diagnostics findings_;
};

TEST_F(DataFile, HoldsItsValuesUnderTheKeyOfThatName) {
  const auto given = load("a.yaml", "data: leave-1\nform: leave\nvalues: {days: 3}\n");
  ASSERT_TRUE(given);
  EXPECT_EQ(values_in(*given)["days"].text(), "3");
}

TEST_F(DataFile, IsKnownByItsFirstKeyAlone) {
  for (const char* text :
       {"values: {days: 3}\ndata: x\n", "data: x\ndays: 3\n", "days: 3\nvalues: {days: 4}\n"}) {
    const auto given = load("a.yaml", text);
    ASSERT_TRUE(given);
    EXPECT_EQ(&values_in(*given), &*given) << text;
  }
}

TEST_F(DataFile, MayBeATableOfOneRow) {
  Diagnostics faults;
  const auto one = xlsx::write_table({"数据", {"name", "days"}, {{"周敏", "3"}}}, "a.xlsx", faults);
  const auto two = xlsx::write_table({"数据", {"name"}, {{"周敏"}, {"王静"}}}, "a.xlsx", faults);
  ASSERT_TRUE(one && two);
  const auto record = load("a.xlsx", *one);
  ASSERT_TRUE(record);
  EXPECT_EQ((*record)["name"].text(), "周敏");
  EXPECT_FALSE(load("b.xlsx", *two));
  EXPECT_EQ(code(), "not-one-record");
  EXPECT_TRUE(load("a.csv", "name,days\n周敏,3\n"));
  EXPECT_FALSE(load("b.csv", "name,days\n"));
  EXPECT_EQ(code(), "empty-file");
}

}  // namespace
}  // namespace wenshu::app
