#include "base/folder_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "base/error.h"
#include "base/file.h"

namespace wenshu {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "wenshu-folder-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder); }

  size_t count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
  ino_t node_of(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(::stat((folder / name).c_str(), &status), 0);
    return status.st_ino;
  }

  fs::path folder;
};

TEST_F(Folder, TakesNewFilesAndLeavesEqualOnesAsTheyAre) {
  FolderWriter(folder / "new").write("a.pdf", "一");
  EXPECT_EQ(read_file(folder / "new" / "a.pdf"), "一");
  const FolderWriter again(folder / "new");
  const auto before = fs::last_write_time(folder / "new" / "a.pdf");
  again.write("a.pdf", "一");
  EXPECT_EQ(fs::last_write_time(folder / "new" / "a.pdf"), before);
}

// As a killed program leaves it: the part that was written stands under the file's own name.
TEST_F(Folder, MendsWhatAnEarlierRunLeftUnfinished) {
  write_file(folder / "a.pdf", "一二", Durability::later);
  const auto torn = node_of("a.pdf");
  FolderWriter(folder).write("a.pdf", "一二三");
  EXPECT_EQ(read_file(folder / "a.pdf"), "一二三");
  EXPECT_NE(node_of("a.pdf"), torn) << "it was replaced as a whole, never written into";
  EXPECT_EQ(count(), 1u);
}

TEST_F(Folder, NeverWritesThroughALink) {
  write_file(folder / "other", "别人的", Durability::later);
  fs::create_symlink("other", folder / "link.pdf");
  FolderWriter(folder).write("link.pdf", "证书");
  EXPECT_EQ(read_file(folder / "other"), "别人的");
  EXPECT_EQ(read_file(folder / "link.pdf"), "证书");
}

TEST_F(Folder, ReplacesAsAWholeWhatAnotherRunWroteMeanwhile) {
  const FolderWriter writer(folder);
  write_file(folder / "a.pdf", "一", Durability::later);
  const auto theirs = node_of("a.pdf");
  writer.write("a.pdf", "一二");
  EXPECT_EQ(read_file(folder / "a.pdf"), "一二");
  EXPECT_NE(node_of("a.pdf"), theirs);
  EXPECT_EQ(count(), 1u);
}

TEST_F(Folder, SaysWhichFileHasNoRoom) {
  fs::create_directory(folder / "a.pdf");
  try {
    FolderWriter(folder).write("a.pdf", "证书");
    FAIL() << "a folder gave way to a file";
  } catch (const Failure& fault) {
    EXPECT_NE(std::string(fault.what()).find("a.pdf"), std::string::npos) << fault.what();
  }
  EXPECT_EQ(count(), 1u) << "nothing is left beside";
}

}  // namespace
}  // namespace wenshu
