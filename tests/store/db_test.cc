#include "store/db.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/error.h"
#include "base/file.h"
#include "store/audit.h"
#include "tests/store/temporary_store.h"

namespace wenshu::store {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

int64_t count(Store& store, const std::string& table) {
  Tx tx(store.db(), Access::read);
  Stmt rows = tx.query("SELECT count(*) FROM " + table);
  rows.next();
  return rows.row().integer(0);
}

TEST(Tx, RollsBackWhatIsNotCommitted) {
  Store store = Store::in_memory();
  {
    Tx tx(store.db(), Access::write);
    keep_content(tx, "bytes");
  }
  EXPECT_EQ(count(store, "contents"), 0);
}

TEST(Tx, KeepsEveryKindOfCell) {
  Store store = Store::in_memory();
  Tx tx(store.db(), Access::read);
  Stmt rows = tx.query("SELECT ?, ?, ?, ?", int64_t{-7}, "𬱟·䶮", Blob{std::string("\0\xff", 2)},
                       std::optional<std::string>());
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.row().integer(0), -7);
  EXPECT_EQ(rows.row().text(1), "𬱟·䶮");
  EXPECT_EQ(rows.row().blob(2), std::string("\0\xff", 2));
  EXPECT_TRUE(rows.row().is_null(3));
  EXPECT_EQ(rows.row().optional_text(3), std::nullopt);
  EXPECT_THROW(rows.row().integer(1), Failure);
}

TEST(Tx, RefusesTextThatOtherDatabasesWouldCutOrRefuse) {
  Store store = Store::in_memory();
  Tx tx(store.db(), Access::read);
  EXPECT_THAT([&] { tx.query("SELECT ?", std::string("a\0b", 3)); },
              ThrowsMessage<Failure>(HasSubstr("U+0000")));
  EXPECT_THAT([&] { tx.query("SELECT ?", "\xc4\xe3"); }, ThrowsMessage<Failure>(HasSubstr("UTF-8")));
}

TEST(Store, IsMadeOnceAndNeverOverwritten) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store("sqlite:" + file.string(), [](Store& store) { carry_case(store, "plan-1"); });
  EXPECT_THAT([&] { create_store(file.string(), [](Store&) {}); },
              ThrowsMessage<Failure>(HasSubstr("不会覆盖")));
  Store store = Store::open("sqlite:" + file.string());
  EXPECT_EQ(count(store, "cases"), 1);
}

TEST(Store, LeavesNothingBehindWhenItsFirstEventsFail) {
  TemporaryFolder folder;
  EXPECT_THROW(create_store((folder / "wenshu.db").string(), [](Store&) { throw Failure("no"); }), Failure);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Store, ClearsAwayWhatAKilledMakerLeft) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  const pid_t child = ::fork();
  if (child == 0) create_store(file.string(), [](Store&) { std::raise(SIGKILL); });
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_FALSE(std::filesystem::is_empty(folder.path()));
  create_store(file.string(), [](Store&) {});
  EXPECT_THAT(list_files({folder.path()}), testing::ElementsAre(file));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(Store, WritesDurably) {
  TemporaryFolder folder;
  create_store((folder / "wenshu.db").string(), [](Store&) {});
  Store store = Store::open((folder / "wenshu.db").string());
  Tx tx(store.db(), Access::read);
  const auto pragma = [&](const std::string& name) {
    Stmt rows = tx.query("PRAGMA " + name);
    rows.next();
    return to_text(rows.row().cell(0));
  };
  EXPECT_EQ(pragma("journal_mode"), "wal");
  EXPECT_EQ(pragma("synchronous"), "2");
  EXPECT_EQ(pragma("foreign_keys"), "1");
  EXPECT_EQ(pragma("trusted_schema"), "0");
}

TEST(Store, SaysWhatAnUnknownFileIs) {
  TemporaryFolder folder;
  const auto open = [&](const std::string& name) {
    return [=, &folder] { Store::open((folder / name).string()); };
  };
  EXPECT_THROW(open("absent.db")(), NotFound);
  write_file(folder / "text.db", "姓名,单位\n");
  EXPECT_THAT(open("text.db"), ThrowsMessage<Failure>(HasSubstr("不是文枢的库")));
  write_file(folder / "empty.db", "");
  EXPECT_THAT(open("empty.db"), ThrowsMessage<Failure>(HasSubstr("不是文枢的库")));
  EXPECT_EQ(std::filesystem::file_size(folder / "empty.db"), 0u);
  tamper(folder / "other.db", "CREATE TABLE t (a)");
  EXPECT_THAT(open("other.db"), ThrowsMessage<Failure>(HasSubstr("别的程序")));
  create_store((folder / "new.db").string(), [](Store&) {});
  tamper(folder / "new.db", "PRAGMA user_version = 99");
  EXPECT_THAT(open("new.db"), ThrowsMessage<Failure>(HasSubstr("升级程序")));
  EXPECT_THAT([] { Store::open("postgresql://host/db"); }, ThrowsMessage<Failure>(HasSubstr("目前只支持")));
}

// A command may open the store more than once. Were the file looked at by a descriptor of its own each time, the locks of this process
// would be gone, and the other process, taking itself for the last, would throw the log away that this one still writes.
TEST(Store, LosesNothingToAnotherProcessWhenOpenedTwice) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store(file.string(), [](Store&) {});
  int go[2];
  ASSERT_EQ(::pipe(go), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    char said = 0;
    if (::read(go[0], &said, 1) != 1) std::_Exit(1);
    // The bytes on which SQLite says that somebody has the file open (os.h: SHARED_FIRST, SHARED_SIZE).
    const int own = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 0x40000002;
    lock.l_len = 510;
    if (::fcntl(own, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) std::_Exit(3);
    ::close(own);
    try {
      for (const char* id : {"plan-1", "plan-2"}) {  // the log thrown away, and a new one begun
        Store store = Store::open(file.string());
        carry_case(store, id);
      }
    } catch (const std::exception&) {
      std::_Exit(2);
    }
    std::_Exit(0);
  }
  {
    Store store = Store::open(file.string());
    EXPECT_EQ(count(store, "cases"), 0);
    { Store second = Store::open(file.string()); }
    ASSERT_EQ(::write(go[1], "g", 1), 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    carry_case(store, "plan-3");
  }
  Store store = Store::open(file.string());
  EXPECT_EQ(count(store, "cases"), 3);
  EXPECT_TRUE(verify(store).findings.empty());
}

TEST(Store, TellsACutOffFileAndLeavesItAlone) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store(file.string(), [](Store& store) { carry_case(store, "plan-1"); });
  const auto whole = read_file(file);
  for (const size_t size : {whole.size() / 2, size_t{4096}, size_t{60}}) {
    const std::string cut = whole.substr(0, size);
    write_file(file, cut);
    EXPECT_THROW(
        {
          Store store = Store::open(file.string());
          const auto report = verify(store);
          if (report.findings.has_errors()) throw Failure("found");
        },
        Failure)
        << size;
    EXPECT_EQ(read_file(file), cut);
  }
}

// A limit on file sizes stands in for a full disk: root is not stopped by permissions.
TEST(Store, StaysAsItWasWhenTheDiskIsFull) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store(file.string(), [](Store& store) { carry_case(store, "plan-1"); });
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      Store store = Store::open(file.string());
      Act act(store, {.actor = "li-na", .at = kNoon});
      act.take_number("县教", "year=2020", format_number);
      act.set_case(case_state("plan-2"), seats_for("zhou-min"));
      act.add_file("big.docx", std::string(1'000'000, 'x'));
      act.finish("case-started", "plan-2");
    } catch (const Failure& failure) {
      const bool clear = std::string(failure.what()).find("磁盘已满") != std::string::npos;
      std::_Exit(clear ? 5 : 6);
    }
    std::_Exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 5);
  Store store = Store::open(file.string());
  EXPECT_EQ(count(store, "events"), 1);
  EXPECT_TRUE(verify(store).findings.empty());
  carry_case(store, "plan-2");  // the number that failed is given now
  EXPECT_TRUE(verify(store).findings.empty());
}

}  // namespace
}  // namespace wenshu::store
