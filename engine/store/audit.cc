#include "store/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "crypto/hash.h"
#include "store/projector.h"

namespace wenshu::store {

namespace {

class Audit {
 public:
  Audit(Store& store, AuditReport& report) : store_(store), report_(report) {}

  void check_database();
  void check_schema(Store& fresh);
  void check_events(Tx& tx, Tx& rebuilt, const std::optional<Head>& earlier);
  void check_table(Tx& tx, Tx& rebuilt, const DerivedTable& table);
  void check_contents(Tx& tx, Tx& rebuilt);
  void check_numbers(Tx& tx);
  void check_deliveries(Tx& tx);

 private:
  void find(const std::string& code, const std::string& spot, const std::string& message,
            const std::string& hint = {}) {
    report_.findings.error(code, Place{store_.file().string(), 0, 0, spot}, message, hint);
  }
  void check_event(const Event& event, const Head& before);

  Store& store_;
  AuditReport& report_;
};

const char* const kRestore = "库在程序之外被改动过：请停用，保留原件，用备份恢复";

void Audit::check_database() {
  for (const std::string& said : store_.db().driver().find_damage())
    find("database-damaged", "整个库", "数据库结构已损坏：" + said, "请用备份恢复");
}

// The tables, indexes and triggers must be those that the migrations make: who drops a trigger means no good.
void Audit::check_schema(Store& fresh) {
  const auto wanted = fresh.db().driver().schema(), found = store_.db().driver().schema();
  for (const auto& [name, sql] : wanted) {
    const auto present = found.find(name);
    if (present == found.end())
      find("schema-altered", name, "库的结构缺少 " + name, kRestore);
    else if (present->second != sql)
      find("schema-altered", name, "库的结构被改动：" + name, kRestore);
  }
  for (const auto& [name, sql] : found)
    if (!wanted.contains(name)) find("schema-altered", name, "库的结构多出 " + name, kRestore);
}

void Audit::check_event(const Event& event, const Head& before) {
  const std::string spot = fmt::format("事件 {}", event.seq);
  if (event.seq != before.seq + 1) {
    find("event-missing", spot,
         event.seq == before.seq + 2 ? fmt::format("事件 {} 不见了", before.seq + 1)
                                     : fmt::format("事件 {} 至 {} 不见了", before.seq + 1, event.seq - 1),
         kRestore);
  } else if (event.previous != before.hash) {
    find("chain-broken", spot,
         fmt::format("事件 {} 接不上事件 {}：记录的前一哈希不同", event.seq, before.seq), kRestore);
  }
  if (hash_of(event) != event.hash)
    find("event-altered", spot,
         fmt::format("事件 {}（{} {}）的内容与哈希不符，被改动过", event.seq, event.kind, event.subject),
         kRestore);
}

// Walks the chain and replays every event; the head is the one found, whatever is wrong before it.
void Audit::check_events(Tx& tx, Tx& rebuilt, const std::optional<Head>& earlier) {
  Head before{0, kFirstPrevious};
  bool replaying = true;
  bool met = !earlier || earlier->seq == 0;
  for (Stmt rows = tx.query("SELECT " + kEventColumns + " FROM events ORDER BY seq"); rows.next();) {
    const Event event = to_event(rows.row());
    check_event(event, before);
    if (earlier && event.seq == earlier->seq) met = event.hash == earlier->hash;
    before = {event.seq, event.hash};
    ++report_.events;
    if (!replaying) continue;
    try {
      project(rebuilt, event);
    } catch (const std::exception& fault) {
      replaying = false;  // what comes later cannot be compared
      find("replay-failed", fmt::format("事件 {}", event.seq),
           fmt::format("事件 {} 无法重放：{}", event.seq, fault.what()), kRestore);
    }
  }
  report_.head = before;
  if (!met)
    find("head-differs", fmt::format("事件 {}", earlier->seq),
         before.seq < earlier->seq
             ? fmt::format("以前记下的链尾是事件 {}，现在只到 {}：末尾被截去", earlier->seq, before.seq)
             : fmt::format("事件 {} 的哈希与以前记下的不同：历史被改写", earlier->seq),
         kRestore);
}

struct Cells {
  std::vector<Cell> list;
  std::string key;
};

bool next_row(Stmt& rows, Cells& cells, size_t key_columns) {
  if (!rows.next()) return false;
  cells.list.clear();
  cells.key.clear();
  for (int i = 0; i < rows.row().columns(); ++i) cells.list.push_back(rows.row().cell(i));
  for (size_t i = 0; i < key_columns; ++i) cells.key += (i ? " " : "") + to_text(cells.list[i]);
  return true;
}

// The order that the database sorted by: integers before text, text by bytes.
int compare_keys(const Cells& a, const Cells& b, size_t key_columns) {
  for (size_t i = 0; i < key_columns; ++i) {
    if (a.list[i] < b.list[i]) return -1;
    if (b.list[i] < a.list[i]) return 1;
  }
  return 0;
}

// Both sides sorted by key, read side by side.
void Audit::check_table(Tx& tx, Tx& rebuilt, const DerivedTable& table) {
  const auto key_columns = 1 + static_cast<size_t>(std::count(table.key.begin(), table.key.end(), ','));
  const std::string sql = fmt::format("SELECT {}, * FROM {} ORDER BY {}", table.key, table.name, table.key);
  Stmt stored = tx.query(sql), wanted = rebuilt.query(sql);
  Cells is, should;
  bool has_is = next_row(stored, is, key_columns), has_should = next_row(wanted, should, key_columns);
  const auto spot = [&](const Cells& cells) {
    return fmt::format("{}（{}）{}", table.title, table.name, cells.key);
  };
  while (has_is || has_should) {
    const int order = !has_is ? 1 : !has_should ? -1 : compare_keys(is, should, key_columns);
    if (order < 0) {
      find("derived-differs", spot(is), spot(is) + " 没有事件依据，是多出来的", kRestore);
    } else if (order > 0) {
      find("derived-differs", spot(should), spot(should) + " 按事件应当有，库里没有", kRestore);
    } else {
      for (size_t i = key_columns; i < is.list.size(); ++i)
        if (is.list[i] != should.list[i])
          find("derived-differs", spot(is),
               fmt::format("{} 的 {} 与事件不符", spot(is), stored.name(static_cast<int>(i))), kRestore);
    }
    if (order <= 0) has_is = next_row(stored, is, key_columns);
    if (order >= 0) has_should = next_row(wanted, should, key_columns);
  }
}

void Audit::check_contents(Tx& tx, Tx& rebuilt) {
  std::map<std::string, std::string> wanted;  // hash -> what it is, by the events
  for (Stmt rows = rebuilt.query("SELECT hash, case_id, name FROM files"); rows.next();)
    wanted[rows.row().text(0)] = "办件 " + rows.row().text(1) + " 的 " + rows.row().text(2);
  for (Stmt rows = rebuilt.query("SELECT hash, case_id, name FROM attachments"); rows.next();)
    wanted[rows.row().text(0)] = "办件 " + rows.row().text(1) + " 的附件 " + rows.row().text(2);
  for (Stmt rows = rebuilt.query("SELECT hash, name, path FROM definition_files"); rows.next();)
    wanted[rows.row().text(0)] = "定义 " + rows.row().text(1) + " 的 " + rows.row().text(2);
  std::set<std::string> seen;
  for (Stmt rows = tx.query("SELECT hash, bytes FROM contents"); rows.next();) {
    const std::string hash = rows.row().text(0);
    const auto use = wanted.find(hash);
    const std::string what = use == wanted.end() ? "内容 " + hash.substr(0, 12) : use->second;
    if (crypto::sha256_hex(rows.row().blob(1)) != hash)
      find("content-altered", what, what + " 的内容与哈希不符，被改动过", kRestore);
    else if (use == wanted.end())
      find("content-unused", what, what + " 没有事件提到", kRestore);
    seen.insert(hash);
  }
  for (const auto& [hash, what] : wanted)
    if (!seen.contains(hash)) find("content-missing", what, what + " 的内容不见了", kRestore);
}

void Audit::check_numbers(Tx& tx) {
  Stmt rows = tx.query(
      "SELECT series, scope, count(*), min(serial), max(serial) FROM numbers GROUP BY series, scope "
      "HAVING min(serial) <> 1 OR count(*) <> max(serial)");
  while (rows.next())
    find("number-gap", "编号 " + rows.row().text(0) + " " + rows.row().text(1),
         fmt::format("序列 {} {} 的编号不连续：最大序号 {}，只有 {} 个", rows.row().text(0),
                     rows.row().text(1), rows.row().integer(4), rows.row().integer(2)),
         kRestore);
}

// A message whose delivery nobody keeps any more would never be told.
void Audit::check_deliveries(Tx& tx) {
  Stmt rows = tx.query(
      "SELECT messages.key, messages.name FROM messages LEFT JOIN deliveries ON deliveries.seq = "
      "messages.seq "
      "AND deliveries.position = messages.position WHERE deliveries.seq IS NULL ORDER BY messages.seq, "
      "messages.position");
  while (rows.next())
    find("delivery-missing", "消息 " + rows.row().text(0),
         fmt::format("发给 {} 的消息 {} 没有投递记录，可能没有送出", rows.row().text(1), rows.row().text(0)),
         kRestore);
}

}  // namespace

AuditReport verify(Store& store, const std::optional<Head>& earlier) {
  AuditReport report;
  Audit audit(store, report);
  try {
    Store fresh = Store::in_memory();
    Tx tx(store.db(), Access::read), rebuilt(fresh.db(), Access::write);
    audit.check_database();
    audit.check_schema(fresh);
    audit.check_events(tx, rebuilt, earlier);
    for (const DerivedTable& table : derived_tables()) audit.check_table(tx, rebuilt, table);
    audit.check_contents(tx, rebuilt);
    audit.check_numbers(tx);
    audit.check_deliveries(tx);
  } catch (const Failure& fault) {
    report.findings.error("database-damaged", Place{store.file().string(), 0, 0, "整个库"}, fault.what(),
                          "请用备份恢复");
  }
  return report;
}

}  // namespace wenshu::store
