#include "app/case_act.h"

#include <fmt/format.h>

#include "app/case_effects.h"
#include "app/case_record.h"
#include "app/data_file.h"
#include "app/lookups.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "data/schema.h"
#include "data/write.h"
#include "store/act.h"
#include "workflow/acts.h"
#include "workflow/scenario.h"

namespace wenshu::app {

using data::Value;

namespace {

// What the person gave, as one text: a request id that comes again must come with the same.
std::string input_text(const std::vector<std::string>& words, const Value& data) {
  Value input = texts(words);
  input.add(data);
  return data::to_json(input);
}

CaseAnswer answer_of(const store::Event& event, bool repeated) {
  const Value body = store::body_of(event);
  CaseAnswer answer;
  answer.id = body["case"]["id"].text();
  answer.seq = event.seq;
  answer.repeated = repeated;
  answer.open = body["case"]["open"].text() == "true";
  for (const Value& entry : body["entries"].items()) {
    for (auto& step : texts(entry["now"])) answer.steps.push_back(std::move(step));
    for (auto& effect : texts(entry["effects"])) answer.effects.push_back(std::move(effect));
  }
  for (const Value& number : body["numbers"].items())
    if (!number.find("subject")) answer.numbers.push_back(number["number"].text());  // not one passed over
  for (const Value& file : body["files"].items()) answer.files.push_back(file["name"].text());
  return answer;
}

[[noreturn]] void refuse_reuse(const std::string& request) {
  throw Refused(std::vector<Blocker>{
      {"request-reused", fmt::format("请求编号 {} 已用于另一次办理", request), {{"request", request}}}});
}

// Words typed at a terminal: one that speaks GBK, or a stray key, must not stop halfway into the store.
void check_words(const std::vector<std::pair<const char*, const std::string*>>& words) {
  Diagnostics findings;
  for (const auto& [what, text] : words) {
    if (find_malformed_utf8(*text))
      findings.error("not-utf8", Place{what, 0, 0, ""}, fmt::format("{}不是 UTF-8 文字", what),
                     "请把终端的编码设为 UTF-8");
    else if (find_forbidden_character(*text))
      findings.error("forbidden-character", Place{what, 0, 0, ""},
                     fmt::format("{}里有不可用的控制字符", what), "请删去这个字符");
  }
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
}

[[noreturn]] void refuse_unknown_workflow(store::Tx& tx, const std::string& name) {
  std::vector<std::string> known;
  store::Stmt rows = tx.query("SELECT DISTINCT name FROM definitions WHERE kind = 'workflow' ORDER BY name");
  while (rows.next()) known.push_back(rows.row().text(0));
  const std::string near = near_name_hint(name, known);
  const std::string way_out = known.empty()  ? "请先 wenshu publish"
                              : near.empty() ? "已发布的有 " + join(known, "、")
                                             : near;
  throw NotFound(fmt::format("没有已发布的流程 {}：{}", name, way_out));
}

// An earlier answer to the same request, if there is one.
std::optional<CaseAnswer> find_answer(const store::Act& act, const std::optional<std::string>& request) {
  if (!act.answered()) return {};
  if (act.request_reused()) refuse_reuse(*request);
  return answer_of(*act.answered(), true);
}

void check_data(const form::Form& form, const Value& data, const directory::Directory& office) {
  Diagnostics findings;
  form::check_record(form, data, findings, lookups_in(office));
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
}

// A `data:` file names the form that its values are for.
Value record_in(const Value& given, const form::Form& form) {
  const Value* named = is_data_file(given) ? given.find("form") : nullptr;
  if (named && named->text() != form.name) {
    Diagnostics findings;
    findings.error("wrong-form", named->place(),
                   fmt::format("这份数据是按表单 {} 写的，流程要的是 {}", named->text(), form.name),
                   "换一份数据，或换一个流程");
    throw FaultyInput(std::move(findings));
  }
  return values_in(given);
}

struct Step {
  std::string id, title;
};

Step step_of(const CaseRecord& record, const std::string& id) {
  const auto* step = record.published->definition.find_step(id);
  return {id, step && !step->title.empty() ? step->title : id};
}

// Where the person acts: the first step at which he sits, else the first of all.
Step step_of(const CaseRecord& record, const workflow::Rules& rules, const workflow::Act& act) {
  if (!act.step.empty()) return step_of(record, act.step);
  auto held = workflow::tokens_of(rules, record.marking, act.person, act.date);
  const bool several = held.size() > 1;
  for (const auto* token : held) {
    if (!several || record.published->definition.find_step(token->step)->find_action(act.action))
      return step_of(record, token->step);
  }
  return step_of(record, record.marking.step());
}

Value new_entry(const Step& at, const std::string& action, const std::string& action_title) {
  Value entry = Value::map();
  entry.set("step", at.id);
  entry.set("step_title", at.title);
  entry.set("action", action);
  entry.set("action_title", action_title);
  return entry;
}

void set_now(Value& entry, const CaseRecord& record) {
  if (!record.marking.is_open()) return;
  std::vector<std::string> now;
  for (const auto& token : record.marking.tokens) now.push_back(step_of(record, token.step).title);
  entry.set("now", texts(now));
}

std::string resolve_actor(const Context& context, store::Store& store) {
  store::Tx tx(store.db(), store::Access::read);
  return resolve_person(context, load_office(tx));
}

int64_t next_case_serial(store::Tx& tx, const std::string& workflow) {
  store::Stmt rows = tx.query("SELECT coalesce(max(serial), 0) + 1 FROM cases WHERE workflow = ?", workflow);
  rows.next();
  return rows.row().integer(0);
}

// The person's changes on top of the stored data; refuses what the step or the form does not allow.
void take_changes(CaseRecord& record, const Value& changes, const directory::Directory& office,
                  const workflow::Act& act) {
  const Value before = record.data;
  workflow::merge(record.data, record_in(changes, record.published->form));
  check_data(record.published->form, record.data, office);
  auto blockers =
      workflow::find_edit_blockers(record.rules(office), record.marking, before, record.data, act);
  if (!blockers.empty()) throw Refused(std::move(blockers));
}

void set_bound(Value& entry, const workflow::Move& move, const Value& data) {
  if (move.binds.empty()) return;
  Value bound = Value::map();
  bound.set("documents", texts(move.binds));
  bound.set("data", crypto::sha256_hex(data::to_json(data)));
  entry.set("bound", std::move(bound));
}

std::vector<std::string> texts_of(const workflow::Rules& rules, const std::vector<workflow::Fact>& facts) {
  std::vector<std::string> list;
  for (const auto& fact : facts) list.push_back(workflow::to_text(rules, fact));
  return list;
}

// Open seats of each person: for workflows that pick who has least to do.
std::map<std::string, int> load_of(store::Tx& tx) {
  std::map<std::string, int> loads;
  for (store::Stmt rows = tx.query("SELECT person, count(*) FROM seats GROUP BY person"); rows.next();)
    loads[rows.row().text(0)] = static_cast<int>(rows.row().integer(1));
  return loads;
}

std::string resolve_name(const std::string& name, const directory::Directory& office) {
  Diagnostics findings;
  const auto* person = directory::check_person(office, name, Place{"人员", 0, 0, ""}, findings);
  if (!person) throw FaultyInput(std::move(findings));
  return person->id;
}

workflow::Act act_of(const std::string& actor, const std::string& action, const std::string& opinion,
                     const ActDetails& details, Time now, const directory::Directory& office) {
  workflow::Act act;
  act.person = actor;
  act.action = action;
  act.opinion = opinion;
  act.date = wenshu::to_text(china_date(now));
  act.step = details.step;
  act.to = details.to;
  for (const std::string& name : details.people) act.people.push_back(resolve_name(name, office));
  for (const auto& [step, names] : details.choices)
    for (const std::string& name : names) act.choices[step].push_back(resolve_name(name, office));
  act.direct = details.direct;
  act.again = details.again;
  return act;
}

// What an act needs besides, as words of its input; none for most acts.
std::vector<std::string> words_of(const ActDetails& details) {
  std::vector<std::string> words;
  auto add = [&](const std::string& key, const std::string& text) {
    if (!text.empty()) words.push_back(key + "=" + text);
  };
  add("step", details.step);
  add("to", details.to);
  add("people", join(details.people, ","));
  for (const auto& [step, people] : details.choices) add("choose " + step, join(people, ","));
  if (details.direct) words.push_back("direct");
  if (details.again) words.push_back("again");
  return words;
}

// 暂存: what the person left there last is sent with the act, unless he gives something else now.
void take_kept(const CaseRecord& record, workflow::Act& act, Value& changes) {
  for (const auto& token : record.marking.tokens) {
    for (const auto& seat : token.seats) {
      if (!seat.is_open() || seat.kept["by"].text() != act.person) continue;
      if (act.opinion.empty()) act.opinion = seat.kept["opinion"].text();
      if (changes.is_null() && seat.kept.find("data")) changes = seat.kept["data"];
    }
  }
}

std::string title_of_action(const CaseRecord& record, const Step& at, const std::string& action) {
  if (const auto* word = workflow::find_act(action)) return std::string(word->title);
  return record.published->definition.find_step(at.id)->find_action(action)->title;
}

void note_void_numbers(store::Tx& tx, const std::string& id, Value& entry) {
  std::vector<std::string> lines;
  for (store::Stmt rows = tx.query("SELECT number FROM numbers WHERE subject = ? ORDER BY number", id);
       rows.next();)
    lines.push_back("编号 " + rows.row().text(0) + " 作废，不再使用");
  if (!lines.empty()) entry.set("effects", texts(lines));
}

}  // namespace

CaseAnswer start_case(const Context& context, const std::string& workflow_name, const Value& given,
                      const std::optional<std::string>& request) {
  const std::string request_words = request.value_or("");
  check_words({{"流程", &workflow_name}, {"请求编号", &request_words}});
  store::Store store = open_store(context);
  const std::string actor = resolve_actor(context, store);
  store::Act act(store, {.actor = actor,
                         .at = context.clock->now(),
                         .request = request,
                         .input = input_text({"start", workflow_name}, given)});
  if (auto answer = find_answer(act, request)) return *answer;

  const directory::Directory office = load_office(act.tx());
  CaseRecord record;
  record.workflow = workflow_name;
  record.version = find_latest(act.tx(), "workflow", workflow_name).number;
  if (record.version == 0) refuse_unknown_workflow(act.tx(), workflow_name);
  record.published = std::make_shared<const PublishedWorkflow>(
      load_workflow_version(act.tx(), workflow_name, record.version));
  const workflow::Rules rules = record.rules(office);
  record.data = record_in(given, record.published->form);
  if (auto blockers = workflow::find_start_blockers(rules, actor, record.data); !blockers.empty())
    throw Refused(std::move(blockers));
  check_data(record.published->form, record.data, office);

  record.serial = next_case_serial(act.tx(), workflow_name);
  record.id = fmt::format("{}-{}", workflow_name, record.serial);
  record.initiator = actor;
  record.title = title_of(record.data, record.published->definition.title);
  record.marking = workflow::start(rules, actor, record.data);
  Value entry = new_entry(step_of(record, record.marking.step()), "start", "发起");
  set_now(entry, record);
  act.add_entry(std::move(entry));
  act.set_case(state_of(record, true), seats_of(record.marking));
  return answer_of(act.finish("case-started", record.id), false);
}

CaseAnswer act_on_case(const Context& context, const std::string& id, const std::string& action,
                       const std::string& opinion, const Value& given,
                       const std::optional<std::string>& request, const ActDetails& details) {
  const std::string request_words = request.value_or("");
  check_words({{"办件编号", &id}, {"动作", &action}, {"意见", &opinion}, {"请求编号", &request_words}});
  store::Store store = open_store(context);
  const std::string actor = resolve_actor(context, store);
  const Time now = context.clock->now();
  std::vector<std::string> words = {"act", id, action, opinion};
  for (std::string& word : words_of(details)) words.push_back(std::move(word));
  store::Act act(store, {.actor = actor, .at = now, .request = request, .input = input_text(words, given)});
  if (auto answer = find_answer(act, request)) return *answer;

  const directory::Directory office = load_office(act.tx());
  CaseRecord record = load_case(act.tx(), id);
  const Value before = record.data;
  workflow::Rules rules = record.rules(office);
  const std::map<std::string, int> loads = load_of(act.tx());
  rules.loads = &loads;
  workflow::Act wanted = act_of(actor, action, opinion, details, now, office);
  Value changes = record_in(given, record.published->form);
  if (action == "keep") {
    wanted.kept = std::move(changes);
    changes = {};
  } else if (!workflow::find_act(action)) {
    take_kept(record, wanted, changes);
  }
  const bool seated = !workflow::tokens_of(rules, record.marking, actor, wanted.date).empty();
  if (!changes.is_null() && seated)
    take_changes(record, changes, office, wanted);  // others are told below that it is not their turn
  const Step at = step_of(record, rules, wanted);
  const workflow::Marking stood = context.watch ? record.marking : workflow::Marking{};
  workflow::Attempt done = workflow::attempt(rules, record.marking, record.data, wanted);
  if (!done.blockers.empty()) throw Refused(std::move(done.blockers));
  if (context.watch) context.watch(rules, stood, record.data, wanted, done.move);

  Value entry = new_entry(at, action, title_of_action(record, at, action));
  if (!wanted.opinion.empty() && action != "keep") entry.set("opinion", wanted.opinion);
  entry.set("facts", texts(texts_of(rules, done.move.facts)));
  set_bound(entry, done.move, record.data);
  const auto effects =
      run_effects(done.move.effects, record, {act, office, actor, china_date(now), context.home});
  if (!effects.empty()) entry.set("effects", texts(effects));
  if (action == "annul") note_void_numbers(act.tx(), id, entry);
  record.title = title_of(record.data, record.published->definition.title);
  set_now(entry, record);
  act.add_entry(std::move(entry));
  act.set_case(state_of(record, !(record.data == before)), seats_of(record.marking));
  return answer_of(act.finish("case-acted", id), false);
}

Value to_value(const CaseAnswer& answer) {
  Value value = Value::map();
  value.set("id", answer.id);
  value.set("seq", Value::number(static_cast<long long>(answer.seq)));
  value.set("repeated", Value::boolean(answer.repeated));
  value.set("open", Value::boolean(answer.open));
  value.set("steps", texts(answer.steps));
  value.set("numbers", texts(answer.numbers));
  value.set("files", texts(answer.files));
  value.set("effects", texts(answer.effects));
  return value;
}

}  // namespace wenshu::app
