#include "app/demo.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "app/audit.h"
#include "app/case.h"
#include "app/case_act.h"
#include "app/case_export.h"
#include "app/certificates.h"
#include "app/office.h"
#include "app/publish.h"
#include "app/register.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "data/schema.h"
#include "directory/directory.h"
#include "store/event.h"
#include "store/store.h"
#include "workflow/definition.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

const data::Shape& demo_shape() {
  using namespace data;
  static const Shape act = map({{"at", text(), Need::required},
                                {"as", text(), Need::required},
                                {"start", text()},
                                {"act", text()},
                                {"certificates", text()},
                                {"documents", text()},
                                {"register", text()},
                                {"of", text()},
                                {"opinion", text()},
                                {"data", text()},
                                {"roster", text()},
                                {"to", text()}});
  static const Shape shape = map({{"demo", identifier(), Need::required},
                                  {"title", text(), Need::required},
                                  {"office", text(), Need::required},
                                  {"publish", list(text(), 1), Need::required},
                                  {"acts", list(act, 1), Need::required}});
  return shape;
}

// What each kind of act needs besides `at` and `as`; nothing else may stand there.
struct Kind {
  const char* key;
  std::vector<std::string> required, optional;
};
const std::vector<Kind>& kinds() {
  static const std::vector<Kind> list = {{"start", {"data"}, {}},
                                         {"act", {"of"}, {"opinion"}},
                                         {"certificates", {"roster", "data", "to"}, {}},
                                         {"documents", {"to"}, {}},
                                         {"register", {"to"}, {}}};
  return list;
}

void check_kind(const data::Value& act, Diagnostics& findings) {
  const Kind* found = nullptr;
  std::vector<std::string> names;
  for (const auto& kind : kinds()) {
    names.emplace_back(kind.key);
    if (act.find(kind.key) == nullptr) continue;
    if (found != nullptr)
      findings.error("two-acts", act.place(),
                     fmt::format("一行只能有一件事，这里有 {} 和 {}", found->key, kind.key));
    found = &kind;
  }
  if (found == nullptr)
    return findings.error("missing-field", act.place(), "没有写做什么", "写 " + join(names, "、") + " 之一");
  const auto belongs = [](const std::vector<std::string>& list, const std::string& key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const auto& key : found->required)
    if (act.find(key) == nullptr)
      findings.error("missing-field", act.place(), fmt::format("{} 缺少 {}", found->key, key));
  for (const auto& entry : act.entries())
    if (entry.key != "at" && entry.key != "as" && entry.key != found->key &&
        !belongs(found->required, entry.key) && !belongs(found->optional, entry.key) &&
        !belongs(names, entry.key))
      findings.error("unknown-field", entry.key_place, fmt::format("{} 用不到 {}", found->key, entry.key));
}

void check_folder(const fs::path& folder, const data::Value& path, Diagnostics& findings) {
  std::error_code none;
  if (!fs::is_directory(folder / path.text(), none))
    findings.error("no-such-file", path.place(), "找不到文件夹 " + path.text(),
                   "路径从演示文件所在的文件夹算起");
}

DemoAct read_act(const data::Value& value, Diagnostics& findings) {
  const auto text = [&](const char* key) { return value[key].text(); };
  DemoAct act{{},
              text("as"),
              text("start"),
              text("act"),
              text("certificates"),
              text("documents"),
              text("register"),
              text("of"),
              text("opinion"),
              text("data"),
              text("roster"),
              text("to"),
              value.place()};
  if (const auto time = parse_time(text("at"))) {
    act.at = *time;
  } else {
    findings.error("bad-time", value["at"].place(), fmt::format("无法识别的时间：{}", text("at")),
                   "写成 \"2020-07-27 09:00\"");
  }
  check_kind(value, findings);
  return act;
}

// What a demo makes is gathered in a folder beside its place and moved there when all is done: a demo that fails leaves
// nothing, one that is killed leaves a folder that the next one sweeps away.
class Gathering {
 public:
  explicit Gathering(fs::path out)
      : out_(std::move(out)), folder_(out_ / fmt::format("{}{}", kPrefix, getpid())) {
    std::error_code error;
    existed_ = fs::exists(out_, error);
    fs::create_directories(folder_, error);
    if (error) {
      const bool in_the_way = error == std::errc::not_a_directory || error == std::errc::file_exists;
      throw Failure(
          fmt::format("无法写入 {}（{}）", out_.string(),
                      in_the_way ? "路径中有一级是文件，不是文件夹" : "请核对路径、权限和磁盘空间"));
    }
    for (const auto& entry : fs::directory_iterator(out_, error)) sweep(entry.path());
  }
  ~Gathering() {
    std::error_code none;
    fs::remove_all(folder_, none);
    if (!existed_) fs::remove(out_, none);  // unless something was moved there
  }
  Gathering(const Gathering&) = delete;
  Gathering& operator=(const Gathering&) = delete;

  const fs::path& folder() const { return folder_; }
  std::string address() const { return "sqlite:" + (folder_ / kStore).string(); }
  // Where a gathered file will stand.
  fs::path place_of(const fs::path& file) const {
    return (out_ / file.lexically_relative(folder_)).lexically_normal();
  }

  // Refuses a store in the place that no demo made. REQUIRES: the office was loaded, there is a first event to compare.
  void require_demo_or_nothing() const {
    if (!stands()) return;
    const auto old = event(out_ / kStore, 1), fresh = event(folder_ / kStore, 1);
    if (old && fresh && old->at == fresh->at && old->kind == fresh->kind && old->subject == fresh->subject)
      return require_at_rest();
    throw Refused(
        {{"store-exists",
          fmt::format("{} 已经有一个库，它不是演示做的，或演示之后又办过事，不能覆盖；请换一个输出文件夹",
                      (out_ / kStore).string()),
          {{"store", (out_ / kStore).string()}}}});
  }

  // Moves all into place, the store first: numbers stand there before a file shows them. A store on which someone has
  // worked since is kept under another name, which is returned.
  std::optional<fs::path> finish() const {
    const auto kept = set_aside();
    fs::rename(folder_ / kStore, out_ / kStore);
    sync_folder(out_);
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      const auto place = place_of(entry.path());
      fs::create_directories(place.parent_path());
      fs::rename(entry.path(), place);
    }
    sync_folder(out_);
    return kept;
  }

 private:
  static constexpr const char* kPrefix = ".demo-";
  static constexpr const char* kStore = "wenshu.db";

  bool stands() const {
    std::error_code none;
    return fs::exists(out_ / kStore, none);
  }

  // A log beside the store means that someone has it open: a store under another name would not know of it.
  void require_at_rest() const {
    std::error_code none;
    const auto file = (out_ / kStore).string();
    if (fs::exists(file + "-wal", none))
      throw Refused(
          {{"store-in-use", fmt::format("{} 正被别的程序使用，请稍后再试", file), {{"store", file}}}});
  }

  static std::optional<store::Event> event(const fs::path& file, int64_t seq) {
    auto opened = store::Store::open("sqlite:" + file.string());
    store::Tx tx(opened.db(), store::Access::read);
    return store::find_event(tx, seq);
  }

  static store::Head head(const fs::path& file) {
    auto opened = store::Store::open("sqlite:" + file.string());
    store::Tx tx(opened.db(), store::Access::read);
    return store::find_head(tx);
  }

  // Nothing is lost when all that the old store holds happens again in the new one.
  std::optional<fs::path> set_aside() const {
    if (!stands()) return std::nullopt;
    const auto old = head(out_ / kStore);
    const auto again = event(folder_ / kStore, old.seq);
    if (again && again->hash == old.hash) return std::nullopt;
    const auto kept = out_ / fmt::format("wenshu-{}-{}.db", old.seq, old.hash.substr(0, 8));
    fs::rename(out_ / kStore, kept);
    return kept;
  }

  static void sweep(const fs::path& path) {
    const auto name = path.filename().string();
    if (!name.starts_with(kPrefix)) return;
    pid_t maker = 0;
    const auto digits = std::string_view(name).substr(std::string_view(kPrefix).size());
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), maker);
    if (fault != std::errc() || end != digits.data() + digits.size() || kill(maker, 0) == 0 || errno != ESRCH)
      return;
    std::error_code none;
    fs::remove_all(path, none);
  }

  fs::path out_, folder_;
  bool existed_ = false;
};

class Player {
 public:
  Player(const Demo& demo, const Gathering& gathering, const directory::Directory& office,
         const std::function<void(const std::string&)>& tell)
      : demo_(demo), gathering_(gathering), office_(office), tell_(tell) {}

  void play(const Context& outer) const {
    for (const auto& act : demo_.acts) {
      const FixedClock clock(act.at);
      Context context = outer;
      context.clock = &clock;
      context.person = act.person;
      play(context, act);
    }
  }

 private:
  void play(const Context& context, const DemoAct& act) const {
    if (!act.start.empty()) {
      tell_answer(act, "发起", start_case(context, act.start, load(demo_.folder / act.data)));
    } else if (!act.act.empty()) {
      const auto title = action_title(context, act);
      tell_answer(act, title, act_on_case(context, act.of, act.act, act.opinion));
    } else if (!act.certificates.empty()) {
      CertificateRequest request{demo_.folder / act.certificates,
                                 demo_.folder / act.roster,
                                 demo_.folder / act.data,
                                 gathering_.folder() / act.to,
                                 {}};
      request.notice = [&](const std::string& text) { tell_line(act, text); };
      const auto batch = issue_certificates(context, request);
      tell_line(act, fmt::format("发证 {} 份，编号 {} 至 {}", batch.numbers.size(), batch.numbers.front(),
                                 batch.numbers.back()));
    } else if (!act.documents.empty()) {
      for (const auto& path : export_documents(context, act.documents, gathering_.folder() / act.to))
        tell_line(act, "取出文书 " + gathering_.place_of(path).string());
    } else {
      const auto path = gathering_.folder() / act.to;
      write_file(path, export_register(context, act.register_name), Durability::later);
      tell_line(act, "取出台账 " + gathering_.place_of(path).string());
    }
  }

  static data::Value load(const fs::path& path) {
    Diagnostics findings;
    const auto value = data::load_file(path, findings);
    if (!value || findings.has_errors()) throw FaultyInput(findings);
    return *value;
  }

  static std::string action_title(const Context& context, const DemoAct& act) {
    for (const auto& action : why(context, act.of).actions)
      if (action.action == act.act && action.blockers.empty()) return action.action_title;
    return act.act;
  }

  void tell_answer(const DemoAct& act, const std::string& what, const CaseAnswer& answer) const {
    tell_line(act, fmt::format("{}  {}{}", answer.id, what, act.opinion.empty() ? "" : "：" + act.opinion));
    for (const auto& effect : answer.effects) tell_("                      " + effect);
  }

  void tell_line(const DemoAct& act, const std::string& what) const {
    tell_(fmt::format("{}  {}  {}", to_china_text(act.at), office_.name_of(act.person), what));
  }

  const Demo& demo_;
  const Gathering& gathering_;
  const directory::Directory& office_;
  const std::function<void(const std::string&)>& tell_;
};

std::vector<std::string> action_names(const workflow::Definition& workflow) {
  std::vector<std::string> names;
  for (const auto& step : workflow.steps)
    for (const auto& action : step.actions) names.push_back(action.name);
  return names;
}

// Checks the references of one act; `started` collects the cases that the acts before it began.
class ActCheck {
 public:
  ActCheck(const Definitions& definitions, const fs::path& folder, Diagnostics& findings)
      : definitions_(definitions), folder_(folder), findings_(findings) {}

  void check(const DemoAct& act) {
    check_person(act);
    check_files(act);
    if (!act.start.empty()) check_start(act);
    if (!act.act.empty()) check_action(act);
    if (!act.documents.empty()) find_case(act, act.documents);
    if (!act.register_name.empty()) require(definitions_.registers, act.register_name, act, "台账");
  }

 private:
  template <class Map>
  bool require(const Map& known, const std::string& name, const DemoAct& act, const char* what) {
    if (known.contains(name)) return true;
    std::vector<std::string> names;
    for (const auto& [key, value] : known) names.push_back(key);
    findings_.error("unknown-name", act.place, fmt::format("没有{} \"{}\"", what, name),
                    near_name_hint(name, names));
    return false;
  }

  void check_person(const DemoAct& act) {
    for (const auto& [name, loaded] : definitions_.directories)
      directory::check_person(loaded.object, act.person, act.place, findings_);
  }

  void check_files(const DemoAct& act) {
    for (const auto& name : {act.data, act.roster, act.certificates}) {
      std::error_code none;
      if (!name.empty() && !fs::is_regular_file(folder_ / name, none))
        findings_.error("no-such-file", act.place, "找不到文件 " + name, "路径从演示文件所在的文件夹算起");
    }
  }

  void check_start(const DemoAct& act) {
    if (!require(definitions_.workflows, act.start, act, "流程")) return;
    started_[fmt::format("{}-{}", act.start, ++count_[act.start])] = act.start;
  }

  const workflow::Definition* find_case(const DemoAct& act, const std::string& id) {
    if (!require(started_, id, act, "办件")) return nullptr;
    return &definitions_.workflows.at(started_.at(id)).object;
  }

  void check_action(const DemoAct& act) {
    const auto* workflow = find_case(act, act.of);
    if (workflow == nullptr) return;
    const auto names = action_names(*workflow);
    if (std::find(names.begin(), names.end(), act.act) == names.end())
      findings_.error("unknown-action", act.place,
                      fmt::format("流程 {} 没有动作 \"{}\"", workflow->name, act.act),
                      near_name_hint(act.act, names));
  }

  const Definitions& definitions_;
  fs::path folder_;
  Diagnostics& findings_;
  std::map<std::string, std::string> started_;  // case id to workflow
  std::map<std::string, int> count_;
};

}  // namespace

std::optional<Demo> load_demo(const data::Value& source, const fs::path& file, Diagnostics& findings) {
  Diagnostics own;
  if (data::check_shape(source, demo_shape(), own)) {
    Demo demo;
    demo.title = source["title"].text();
    demo.folder = file.parent_path();
    demo.office = demo.folder / source["office"].text();
    for (const auto& path : source["publish"].items()) demo.publish.push_back(demo.folder / path.text());
    for (const auto& act : source["acts"].items()) demo.acts.push_back(read_act(act, own));
    for (const auto& path : source["publish"].items()) check_folder(demo.folder, path, own);
    check_folder(demo.folder, source["office"], own);
    findings.append(own);
    if (!own.has_errors()) return demo;
    return std::nullopt;
  }
  findings.append(own);
  return std::nullopt;
}

void check_demo(const Demo& demo, const Definitions& definitions, Diagnostics& findings) {
  ActCheck check(definitions, demo.folder, findings);
  for (const auto& act : demo.acts) check.check(act);
}

void play_demo(const Context& context, const fs::path& demo_file, const fs::path& out,
               const std::function<void(const std::string&)>& tell) {
  Diagnostics findings;
  const auto source = data::load_file(demo_file, findings);
  const auto demo = source ? load_demo(*source, demo_file, findings) : std::nullopt;
  if (!demo || findings.has_errors()) throw FaultyInput(findings);
  const auto definitions = load_definitions({demo->office}, context.home, findings);
  const auto& directory = definitions.directories.begin()->second.object;
  const Gathering gathering(out);
  const FixedClock clock(demo->acts.front().at);
  const Context first{gathering.address(), &clock, context.home, ""};
  const auto office = init_store(first, demo->office);
  gathering.require_demo_or_nothing();
  tell(demo->title);
  tell(fmt::format("{}：{} 个部门，{} 人；发布 {} 项定义", office.title, office.departments, office.people,
                   publish(first, demo->publish).size()));
  Player(*demo, gathering, directory, tell).play(first);
  const auto audit = verify_store(first);
  if (audit.findings.has_errors()) throw FaultyInput(audit.findings);
  const auto kept = gathering.finish();
  tell(fmt::format("核查无误：{} 个事件，链尾 {}", audit.events, audit.head.hash.substr(0, 16)));
  tell("库 " + (out / "wenshu.db").lexically_normal().string());
  if (kept) tell("原来的库上有演示之后的办理，另存为 " + kept->lexically_normal().string());
}

}  // namespace wenshu::app
