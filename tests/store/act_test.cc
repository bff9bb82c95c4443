#include "store/act.h"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include "base/error.h"
#include "crypto/hash.h"
#include "store/audit.h"
#include "store/certificates.h"
#include "tests/store/temporary_store.h"

namespace wenshu::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::vector<std::string> numbers(Store& store) {
  Tx tx(store.db(), Access::read);
  std::vector<std::string> list;
  Stmt rows = tx.query("SELECT number FROM numbers ORDER BY series, scope, serial");
  while (rows.next()) list.push_back(rows.row().text(0));
  return list;
}

TEST(Event, HashCoversTheDocumentedBytes) {
  const Event event{.seq = 2,
                    .at = "2020-07-27T04:00:00Z",
                    .actor = "li-na",
                    .kind = "case-acted",
                    .subject = "plan-1",
                    .request = "r1",
                    .body = "{\"a\":\"年\"}",
                    .previous = kFirstPrevious,
                    .hash = ""};
  EXPECT_EQ(hash_of(event),
            crypto::sha256_hex(
                "wenshu-event-1\n2\n20:2020-07-27T04:00:00Z\n5:li-na\n10:case-acted\n6:plan-1\n2:r1\n"
                "11:{\"a\":\"年\"}\n64:" +
                kFirstPrevious + "\n"));
}

TEST(Act, NumbersWithoutGapsInEachScope) {
  Store store = Store::in_memory();
  {
    Act act(store, {.actor = "li-na", .at = kNoon});
    act.take_number("县教", "2020", format_number);
    act.take_number("县教", "2020", format_number);
    act.take_number("县教", "2021",
                    [](int64_t serial) { return "清教〔2021〕" + std::to_string(serial) + "号"; });
    act.finish("case-acted", "plan-1");
  }
  {
    Act abandoned(store, {.actor = "li-na", .at = kNoon});
    EXPECT_EQ(abandoned.take_number("县教", "2020", format_number).serial, 3);
  }
  Act act(store, {.actor = "li-na", .at = kNoon});
  EXPECT_EQ(act.take_number("县教", "2020", format_number).serial, 3);
  act.finish("case-acted", "plan-2");
  EXPECT_THAT(numbers(store),
              ElementsAre("清教〔2020〕1号", "清教〔2020〕2号", "清教〔2020〕3号", "清教〔2021〕1号"));
}

TEST(Act, RefusesANumberThatWasGivenInAnotherScope) {
  Store store = Store::in_memory();
  {
    Act act(store, {.actor = "li-na", .at = kNoon});
    act.take_number("县教", "2020", format_number);
    act.finish("case-acted", "plan-1");
  }
  Act act(store, {.actor = "li-na", .at = kNoon});
  EXPECT_THAT([&] { act.take_number("县教", "2021", format_number); },
              ThrowsMessage<Failure>(HasSubstr("清教〔2020〕1号 已在序列")));
}

TEST(Act, AnswersARequestThatComesAgainFromItsFirstEvent) {
  Store store = Store::in_memory();
  const Deed deed{.actor = "li-na", .at = kNoon, .request = "r1", .input = "agree"};
  int64_t seq = 0;
  {
    Act act(store, deed);
    ASSERT_FALSE(act.answered());
    act.take_number("县教", "2020", format_number);
    seq = act.finish("case-acted", "plan-1").seq;
  }
  {
    Act again(store, deed);
    ASSERT_TRUE(again.answered());
    EXPECT_EQ(again.answered()->seq, seq);
    EXPECT_FALSE(again.request_reused());
  }
  Deed other = deed;
  other.input = "reject";
  {
    Act reused(store, other);
    EXPECT_TRUE(reused.request_reused());
  }
  other = deed;
  other.actor = "zhou-min";
  {
    Act stolen(store, other);
    EXPECT_TRUE(stolen.request_reused());
  }
  EXPECT_EQ(numbers(store).size(), 1u);
}

TEST(Events, AreNeverChangedOrDeleted) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store(file.string(), [](Store& store) { carry_case(store, "plan-1"); });
  for (const char* sql : {"UPDATE events SET actor = 'x'", "DELETE FROM events",
                          "UPDATE contents SET bytes = x'00'", "DELETE FROM contents"})
    EXPECT_THAT([&] { tamper(file, sql); }, ThrowsMessage<std::runtime_error>(HasSubstr("append-only")))
        << sql;
}

Batch batch() {
  return {.series = "completion",
          .class_code = "C04",
          .scope = "year=2020,class=C04",
          .register_name = "certificates",
          .make_row = [](const Candidate& candidate, const std::string& number) {
            data::Value row = data::Value::map();
            row.set("number", number);
            row.set("name", candidate.name);
            return row;
          }};
}

TEST(Certificates, GiveEachPersonOfAClassOneNumberWhateverIsRunAgain) {
  Store store = Store::in_memory();
  const auto format = [](int64_t serial) { return "QHJX2020C04" + std::to_string(serial); };
  const auto issue = [&](const std::vector<Candidate>& candidates) {
    Act act(store, {.actor = "li-na", .at = kNoon});
    return number_certificates(act, batch(), candidates, format);
  };
  const Candidate first{"001", "𬱟", data::Value::map()}, second{"002", "㛃", data::Value::map()},
      third{"003", "䶮", data::Value::map()};
  EXPECT_EQ(issue({first, second}).at(1).number, "QHJX2020C042");
  EXPECT_EQ(issue({first, second}).at(1).number, "QHJX2020C042");
  const auto all = issue({third, second, first});
  EXPECT_THAT((std::vector{all[0].serial, all[1].serial, all[2].serial}), ElementsAre(3, 2, 1));
  EXPECT_EQ(all[0].fields["number"].text(), "QHJX2020C043");

  Tx tx(store.db(), Access::read);
  EXPECT_EQ(find_head(tx).seq, 2);  // a batch is one event, a batch with nobody missing none
  size_t count = 0;
  visit_certificates(tx, "completion", "C04", [&](const Certificate&) { ++count; });
  EXPECT_EQ(count, 3u);
  EXPECT_EQ(find_certificate(tx, "completion", "C04", "002")->name, "㛃");
  EXPECT_EQ(find_certificate(tx, "QHJX2020C042")->name, "㛃");
  Stmt rows = tx.query("SELECT cells FROM register_rows WHERE register = 'certificates' ORDER BY position");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.row().text(0), R"({"number":"QHJX2020C041","name":"𬱟"})");
}

TEST(Certificates, KeepEveryNumberThatWasVoidedOrReplaced) {
  Store store = Store::in_memory();
  const auto format = [](int64_t serial) { return "QHJX2020C04" + std::to_string(serial); };
  const Candidate first{"001", "𬱟", data::Value::map()}, second{"002", "㛃", data::Value::map()};
  const auto act = [&] { return Deed{.actor = "li-na", .at = kNoon}; };
  std::vector<Certificate> issued;
  {
    Act numbering(store, act());
    issued = number_certificates(numbering, batch(), {first, second}, format);
  }
  {
    Act voiding(store, act());
    void_certificate(voiding, issued[0].number, "代训");
  }
  {
    Act replacing(store, act());
    const auto made = replace_certificate(replacing, issued[1], batch(), {"002", "㛃㛃", data::Value::map()},
                                          format, "姓名有误");
    EXPECT_EQ(made.number, "QHJX2020C043");
    EXPECT_EQ(made.generation, 2);
  }
  Tx tx(store.db(), Access::read);
  EXPECT_EQ(find_end(tx, issued[0].number)->reason, "代训");
  EXPECT_EQ(find_end(tx, issued[1].number)->other, "QHJX2020C043");
  EXPECT_FALSE(find_end(tx, "QHJX2020C043"));
  EXPECT_EQ(find_certificate(tx, issued[1].number)->name, "㛃") << "nothing is deleted";
  std::vector<Certificate> latest;
  visit_certificates(tx, "completion", "C04", [&](const Certificate& one) { latest.push_back(one); });
  ASSERT_EQ(latest.size(), 2u);
  EXPECT_EQ(latest[1].name, "㛃㛃");
}

// Four processes at once on one file: the lock makes them queue, nobody is turned away, no number is lost.
TEST(Act, QueuesProcessesThatActAtOnce) {
  TemporaryFolder folder;
  const auto file = folder / "wenshu.db";
  create_store(file.string(), [](Store&) {});
  constexpr int kProcesses = 4, kActs = 10;
  for (int process = 0; process < kProcesses; ++process)
    if (::fork() == 0) {
      try {
        Store store = Store::open(file.string());
        for (int i = 0; i < kActs; ++i) {
          Act act(store, {.actor = "li-na", .at = kNoon});
          act.take_number("县教", "2020", format_number);
          act.finish("case-acted", "plan-1");
        }
      } catch (const std::exception&) {
        std::_Exit(1);
      }
      std::_Exit(0);
    }
  for (int process = 0; process < kProcesses; ++process) {
    int status = 0;
    ::wait(&status);
    EXPECT_EQ(status, 0);
  }
  Store store = Store::open(file.string());
  EXPECT_EQ(numbers(store).size(), size_t{kProcesses * kActs});
  EXPECT_TRUE(verify(store).findings.empty());
}

}  // namespace
}  // namespace wenshu::store
