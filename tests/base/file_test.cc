#include "base/file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "base/error.h"

namespace wenshu {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class File : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "wenshu-file-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder); }

  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : fs::directory_iterator(folder))
      result.push_back(entry.path().filename().string());
    std::sort(result.begin(), result.end());
    return result;
  }

  static std::string failure(const std::function<void()>& act) {
    try {
      act();
    } catch (const Failure& fault) {
      return fault.what();
    }
    return "no failure";
  }

  fs::path folder;
};

TEST_F(File, WritesReadsAndReplaces) {
  std::string bytes("甲\0乙", 7);
  write_file(folder / "年度" / "a.txt", bytes);
  EXPECT_EQ(read_file(folder / "年度" / "a.txt"), bytes);
  write_file(folder / "年度" / "a.txt", "新", Durability::later);
  EXPECT_EQ(read_file(folder / "年度" / "a.txt"), "新");
  EXPECT_THAT(names(), ElementsAre("年度"));
}

TEST_F(File, WritesThroughALinkAndNeverOverAPipe) {
  write_file(folder / "a.txt", "旧");
  fs::create_symlink("a.txt", folder / "link.txt");
  write_file(folder / "link.txt", "新");
  EXPECT_TRUE(fs::is_symlink(folder / "link.txt"));
  EXPECT_EQ(read_file(folder / "a.txt"), "新");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THROW(write_file(folder / "pipe", "新"), Failure);
  EXPECT_TRUE(fs::is_fifo(folder / "pipe"));
}

TEST_F(File, SaysWhichFileIsMissing) {
  EXPECT_THROW(read_file(folder / "none"), NotFound);
  EXPECT_THROW(list_files({folder / "none"}), NotFound);
}

TEST_F(File, RefusesFoldersAndLargeFiles) {
  EXPECT_THAT(failure([&] { read_file(folder); }), HasSubstr("是文件夹"));
  write_file(folder / "a", "12345");
  EXPECT_EQ(read_file(folder / "a", 5), "12345");
  EXPECT_THAT(failure([&] { read_file(folder / "a", 4); }), HasSubstr("上限"));
}

TEST_F(File, LeavesTheOldFileAndNothingElseWhenTheDiskIsFull) {
  write_file(folder / "a", "旧");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 10;
  ::setrlimit(RLIMIT_FSIZE,
              &small);  // a write over 10 bytes fails with EFBIG, and with a signal that must not kill
  std::string message = failure([&] { write_file(folder / "a", std::string(100, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(message, HasSubstr("无法写入 " + (folder / "a").string() + "（文件过大）"));
  EXPECT_EQ(read_file(folder / "a"), "旧");
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(File, SaysWhyItCannotWrite) {
  write_file(folder / "a", "x");
  EXPECT_THAT(failure([&] { write_file(folder / "a" / "b", "x"); }), HasSubstr("不是文件夹"));
  fs::create_directory(folder / "d");
  EXPECT_THAT(failure([&] { write_file(folder / "d", "x"); }), HasSubstr("无法写入"));
  EXPECT_THAT(names(), ElementsAre("a", "d"));
  if (::geteuid() != 0) {
    ::chmod((folder / "d").c_str(), 0500);
    EXPECT_THAT(failure([&] { write_file(folder / "d" / "x", "x"); }), HasSubstr("没有权限"));
  }
}

TEST_F(File, ShowsStagedFilesAllAtOnce) {
  StagedFiles files;
  files.add(folder / "a.txt", "one");
  files.add(folder / "new" / "b.txt", "two");
  EXPECT_FALSE(fs::exists(folder / "a.txt"));
  EXPECT_FALSE(fs::exists(folder / "new" / "b.txt"));
  files.commit();
  EXPECT_EQ(read_file(folder / "a.txt"), "one");
  EXPECT_EQ(read_file(folder / "new" / "b.txt"), "two");
  EXPECT_THAT(names(), ElementsAre("a.txt", "new"));
}

TEST_F(File, LeavesNothingOfStagedFilesThatWereGivenUp) {
  write_file(folder / "a.txt", "old");
  {
    StagedFiles files;
    files.add(folder / "a.txt", "new");
    files.add(folder / "deep" / "er" / "b.txt", "two");
    EXPECT_THAT(failure([&] { files.add(folder / "a.txt" / "c.txt", "three"); }), HasSubstr("不是文件夹"));
  }
  EXPECT_EQ(read_file(folder / "a.txt"), "old");
  EXPECT_THAT(names(), ElementsAre("a.txt"));
}

TEST_F(File, RemovesTheLeavingsOfKilledWritersOnly) {
  std::string ours = ".b.part-" + std::to_string(::getpid());
  for (const std::string& name : {std::string(".a.part-999999999"), ours, std::string("c.part-1"),
                                  std::string(".d.part-x"), std::string(".part-999999999")}) {
    std::ofstream(folder / name) << "x";
  }
  remove_stale_parts(folder);
  EXPECT_THAT(names(), testing::UnorderedElementsAre(ours, "c.part-1", ".d.part-x", ".part-999999999"));
}

TEST_F(File, ListsSortedWithoutDotFolders) {
  write_file(folder / "b.yaml", "");
  write_file(folder / "a" / "c.yaml", "");
  write_file(folder / ".git" / "d.yaml", "");
  write_file(folder / ".e.yaml", "");
  EXPECT_THAT(list_files({folder, folder / "b.yaml"}),
              ElementsAre(folder / "a" / "c.yaml", folder / "b.yaml"));
}

TEST_F(File, NeverShowsHalfAFile) {
  write_file(folder / "a", std::string(1 << 20, 'a'), Durability::later);
  pid_t writer = ::fork();
  if (writer == 0) {
    for (int i = 0; i < 20; ++i)
      write_file(folder / "a", std::string(1 << 20, i % 2 ? 'a' : 'b'), Durability::later);
    ::_exit(0);
  }
  for (int i = 0; i < 50; ++i) {
    std::string bytes = read_file(folder / "a");
    ASSERT_EQ(bytes.size(), 1u << 20);
    ASSERT_EQ(bytes.find_first_not_of(bytes.front()), std::string::npos);
  }
  ::waitpid(writer, nullptr, 0);
}

}  // namespace
}  // namespace wenshu
