#include "store/audit.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "store/certificates.h"
#include "tests/store/temporary_store.h"

namespace wenshu::store {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr int kCases = 4;

class Audit : public testing::Test {
 protected:
  Audit() {
    create_store(file().string(), [](Store& store) {
      for (int i = 1; i <= kCases; ++i) carry_case(store, "plan-" + std::to_string(i));
      Act act(store, {.actor = "li-na", .at = kNoon});
      const Batch batch{"completion", "C04", "C04", "certificates",
                        [](const Candidate& candidate, const std::string&) {
                          data::Value row = data::Value::map();
                          row.set("name", candidate.name);
                          return row;
                        }};
      number_certificates(act, batch, {{"001", "𬱟", data::Value::map()}},
                          [](int64_t serial) { return "QH" + std::to_string(serial); });
    });
  }
  std::filesystem::path file() const { return folder_ / "wenshu.db"; }

  AuditReport report(const std::optional<Head>& earlier = {}) {
    Store store = Store::open(file().string());
    return verify(store, earlier);
  }
  // "code message" of every finding.
  std::vector<std::string> findings(const std::optional<Head>& earlier = {}) {
    std::vector<std::string> list;
    for (const auto& finding : report(earlier).findings) list.push_back(finding.code + " " + finding.message);
    return list;
  }
  // Drops the triggers, does it, puts them back: the schema alone shall not give it away.
  void tamper_unseen(const std::string& sql) {
    tamper(file(), R"(
      DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted;
      DROP TRIGGER contents_are_never_changed; DROP TRIGGER contents_are_never_deleted;)" +
                       sql + R"(;
      CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
      CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
      CREATE TRIGGER contents_are_never_changed BEFORE UPDATE ON contents
  BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;
      CREATE TRIGGER contents_are_never_deleted BEFORE DELETE ON contents
  BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;)");
  }

  std::string read_back() const { return read_file(file()); }
  void restore(const std::string& bytes) const {
    std::filesystem::remove(file().string() + "-wal");
    std::filesystem::remove(file().string() + "-shm");
    write_file(file(), bytes);
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(Audit, FindsNothingInAStoreThatOnlyWeWrote) {
  const AuditReport found = report();
  EXPECT_EQ(to_text(found.findings), "");
  EXPECT_EQ(found.events, kCases + 1);
  EXPECT_EQ(found.head.seq, kCases + 1);
  EXPECT_EQ(found.head.hash.size(), 64u);
}

TEST_F(Audit, FindsAFlippedByteInEveryColumnOfEveryEvent) {
  for (int seq = 1; seq <= kCases + 1; ++seq)
    for (const std::string column :
         {"at", "actor", "kind", "subject", "body", "previous", "hash", "request"}) {
      const std::string backup = read_back();
      tamper_unseen("UPDATE events SET " + column + " = coalesce(" + column +
                    ", '') || ' ' WHERE seq = " + std::to_string(seq));
      EXPECT_THAT(findings(), Contains(HasSubstr("事件 " + std::to_string(seq)))) << column;
      restore(backup);
    }
}

TEST_F(Audit, FindsADroppedEventInTheMiddle) {
  tamper_unseen("DELETE FROM events WHERE seq = 3");
  EXPECT_THAT(findings(), Contains("event-missing 事件 3 不见了"));
}

TEST_F(Audit, FindsTheLastEventDropped) {
  const Head head = report().head;
  tamper_unseen("DELETE FROM events WHERE seq = 5");
  EXPECT_THAT(findings(),
              Contains(HasSubstr("derived-differs 证书（certificates）completion C04 001 1 没有事件依据")));
  tamper_unseen(
      "DELETE FROM certificates; DELETE FROM numbers WHERE seq = 5; DELETE FROM register_rows WHERE seq = 5");
  EXPECT_THAT(findings(), testing::IsEmpty());  // a tail cut off with all that followed from it …
  EXPECT_THAT(findings(head),
              Contains(HasSubstr("head-differs 以前记下的链尾是事件 5，现在只到 4")));  // … shows here
}

TEST_F(Audit, FindsTwoEventsSwapped) {
  tamper_unseen(
      "UPDATE events SET seq = 99 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3; "
      "UPDATE events SET seq = 3 WHERE seq = 99");
  EXPECT_THAT(findings(), Contains(HasSubstr("chain-broken 事件 2 接不上事件 1")));
}

TEST_F(Audit, FindsHistoryWrittenAnewByItsEarlierHead) {
  const Head head = report().head;
  EXPECT_THAT(findings(Head{head.seq, std::string(64, 'a')}), Contains(HasSubstr("历史被改写")));
}

TEST_F(Audit, FindsAnEditedRowOfEveryDerivedTable) {
  for (const auto& [sql, expected] : std::vector<std::pair<std::string, std::string>>{
           {"UPDATE cases SET title = 'x' WHERE id = 'plan-2'", "办件（cases）plan-2 的 title 与事件不符"},
           {"UPDATE seats SET person = 'me' WHERE case_id = 'plan-1'", "待办（seats）plan-1 1 的 person"},
           {"UPDATE numbers SET number = 'x' WHERE serial = 2", "编号（numbers）县教 year=2020 2 的 number"},
           {"DELETE FROM numbers WHERE serial = 2", "number-gap 序列 县教 year=2020 的编号不连续"},
           {"DELETE FROM numbers WHERE serial = 2", "编号（numbers）县教 year=2020 2 按事件应当有，库里没有"},
           {"UPDATE register_rows SET cells = '{}' WHERE position = 3",
            "台账（register_rows）training-classes 3 的 cells"},
           {"UPDATE certificates SET name = '张三'", "证书（certificates）completion C04 001 1 的 name"},
           {"UPDATE definitions SET version = 2 WHERE name = 'plan-1'",
            "已发布的定义（definitions）form plan-1 2 没有事件依据"},
           {"UPDATE files SET size = 1 WHERE case_id = 'plan-1'", "办件文书（files）plan-1 1 1 的 size"},
           {"INSERT INTO register_rows VALUES ('training-classes', 9, '{}', 'x', 'x', 1)",
            "9 没有事件依据，是多出来的"},
       }) {
    const std::string backup = read_back();
    tamper_unseen(sql);
    EXPECT_THAT(findings(), Contains(HasSubstr(expected))) << sql;
    restore(backup);
  }
}

TEST_F(Audit, FindsContentsThatWereAlteredRemovedOrAdded) {
  const std::string backup = read_back();
  tamper_unseen(
      "UPDATE contents SET bytes = x'00' WHERE hash = (SELECT hash FROM files WHERE case_id = 'plan-2')");
  EXPECT_THAT(findings(), Contains("content-altered 办件 plan-2 的 notice.docx 的内容与哈希不符，被改动过"));
  restore(backup);
  tamper_unseen("DELETE FROM contents WHERE hash = (SELECT hash FROM files WHERE case_id = 'plan-2')");
  EXPECT_THAT(findings(), Contains("content-missing 办件 plan-2 的 notice.docx 的内容不见了"));
}

TEST_F(Audit, FindsADroppedTriggerAndAnAddedOne) {
  tamper(
      file(),
      "DROP TRIGGER events_are_never_deleted; CREATE TRIGGER spy AFTER INSERT ON events BEGIN SELECT 1; END");
  EXPECT_THAT(findings(), Contains("schema-altered 库的结构缺少 trigger events_are_never_deleted"));
  EXPECT_THAT(findings(), Contains("schema-altered 库的结构多出 trigger spy"));
}

}  // namespace
}  // namespace wenshu::store
