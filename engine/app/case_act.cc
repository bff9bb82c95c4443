#include "app/case_act.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/case_data.h"
#include "app/case_record.h"
#include "app/case_settle.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "data/schema.h"
#include "data/write.h"
#include "store/act.h"
#include "store/event.h"
#include "workflow/act_use.h"
#include "workflow/acts.h"
#include "workflow/advice.h"
#include "workflow/given.h"
#include "workflow/proof_reading.h"

namespace wenshu::app {

using data::Value;

namespace {

// What the person gave, as one text: a request id that comes again must come with the same.
std::string input_text(const std::vector<std::string>& words, const Value& data) {
  Value input = texts(words);
  input.add(data);
  return data::to_json(input);
}

std::string title_of_status(const std::string& word) {
  const auto status = workflow::parse_status(word);
  return status ? std::string(workflow::to_chinese(*status)) : word;
}

CaseAnswer answer_of(const store::Event& event, bool repeated) {
  const Value body = store::body_of(event);
  CaseAnswer answer;
  answer.id = body["case"]["id"].text();
  answer.seq = event.seq;
  answer.repeated = repeated;
  answer.open = body["case"]["open"].text() == "true";
  answer.status_title = title_of_status(body["case"]["marking"]["status"].text());
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

// Where the person acts: the first step at which he sits, else the first of all.
std::string step_of(const CaseRecord& record, const workflow::Rules& rules, const workflow::Act& act) {
  if (!act.step.empty()) return act.step;
  auto held = workflow::tokens_of(rules, record.marking, act.person, act.date);
  const bool several = held.size() > 1;
  for (const auto* token : held) {
    if (!several || record.published->definition.find_step(token->step)->find_action(act.action))
      return token->step;
  }
  return record.marking.step();
}

std::string resolve_actor(const Context& context, store::Store& store) {
  store::Tx tx(store.db(), store::Access::read);
  return resolve_person(context, load_office(tx));
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
  act.time = wenshu::to_text(now);
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
  if (details.phrase) words.push_back(fmt::format("phrase={}", details.phrase));
  if (details.again) words.push_back("again");
  return words;
}

void add_words(std::vector<std::string>& words, const std::map<std::string, ReadAttachment>& attached) {
  for (const auto& [field, file] : attached)
    words.push_back("attach " + field + "=" + file.name + " " + file.hash);
}

// 暂存: what the person left there last is sent with the act, unless he gives something else now.
void take_kept(const CaseRecord& record, workflow::Act& act, Value& changes) {
  for (const auto& token : record.marking.tokens) {
    for (const auto& seat : token.seats) {
      if (!seat.is_open() || (*seat.more->kept)["by"].text() != act.person) continue;
      if (act.opinion.empty()) act.opinion = (*seat.more->kept)["opinion"].text();
      if (changes.is_null() && seat.more->kept->find("data")) changes = (*seat.more->kept)["data"];
    }
  }
}

// 常用语: the n-th of the step at which the person sits.
void take_phrase(const CaseRecord& record, const workflow::Rules& rules, int phrase, workflow::Act& act) {
  if (phrase == 0) return;
  const auto* step = record.published->definition.find_step(step_of(record, rules, act));
  const size_t count = step ? step->phrases.size() : 0;
  if (!act.opinion.empty())
    throw Refused(
        std::vector<Blocker>{{"unused-option",
                              fmt::format("已经写了意见，用不到 --phrase {}：意见和常用语写其中一个", phrase),
                              {{"option", "phrase"}, {"action", act.action}}}});
  if (phrase < 0 || static_cast<size_t>(phrase) > count)
    throw Refused(std::vector<Blocker>{
        {"no-phrase",
         fmt::format("“{}”环节有 {} 条常用语，没有第 {} 条", step ? step->title : "", count, phrase),
         {}}});
  act.opinion = step->phrases[static_cast<size_t>(phrase) - 1];
}

void require_open_step(const CaseRecord& record, const std::string& step) {
  if (step.empty() || record.marking.find(step)) return;
  std::vector<std::string> open;
  for (const auto& token : record.marking.tokens) {
    const auto* found = record.published->definition.find_step(token.step);
    open.push_back(fmt::format("{}（{}）", token.step, found ? found->title : ""));
  }
  throw Refused(std::vector<Blocker>{
      {"unknown-step", fmt::format("办件现在不在环节 {}，在 {}", step, join(open, "、")), {{"step", step}}}});
}

// What was written and is read by nothing is refused together with all that stands in the way anyway.
void refuse_unused(const workflow::Rules& rules, const workflow::Marking& before, const workflow::Act& act,
                   const workflow::Marking& after, std::vector<Blocker> blockers, bool changes_from_outside) {
  const bool refused = !blockers.empty();
  for (Blocker& unused : workflow::find_unused(rules, before, act, refused ? nullptr : &after))
    blockers.push_back(std::move(unused));
  if (!refused && changes_from_outside)
    blockers.push_back(
        {"unused-option",
         fmt::format("{} 在办件现在的环节没有席位，--data 和 --attach 改不了表单：请去掉，或由办理人去改",
                     rules.directory.name_of(act.person)),
         {{"option", "data"}, {"action", act.action}}});
  if (!blockers.empty()) throw Refused(std::move(blockers));
}

// The data as each valid signature judged them: those of the event that brought it.
std::vector<Value> signed_texts(store::Tx& tx, const CaseRecord& record) {
  std::vector<Value> found;
  Value data;
  size_t known = 0;
  for (const store::Event& event : store::list_events(tx, record.id)) {
    const Value body = store::body_of(event);
    const Value& state = body["case"];
    if (const Value* changed = state.find("data")) data = *changed;
    const size_t now = std::min(state["marking"]["signatures"].size(), record.marking.signatures.size());
    bool valid = false;
    for (; known < now; ++known)
      valid = valid || record.marking.signatures[known].state == workflow::Signature::State::valid;
    if (valid) found.push_back(data);
  }
  return found;
}

void check_proof(store::Tx& tx, const CaseRecord& record, const workflow::Rules& rules, const Value& before) {
  auto blockers =
      workflow::find_proof_blockers(rules, record.marking, {before, record.data, signed_texts(tx, record)});
  if (!blockers.empty()) throw Refused(std::move(blockers));
}

std::string title_of_action(const CaseRecord& record, const std::string& at, const std::string& action) {
  if (const auto* word = workflow::find_act(action)) return std::string(word->title);
  return record.published->definition.find_step(at)->find_action(action)->title;
}

// Who was only asked for advice has decided nothing, whatever he pressed.
std::string title_of_deed(const CaseRecord& record, const std::string& at, const std::string& action,
                          const std::vector<workflow::Fact>& facts, const std::string& actor) {
  std::string advice;
  for (const workflow::Fact& fact : facts) {
    if (fact.person != actor) continue;
    if (fact.code == "decided") return title_of_action(record, at, action);
    if (advice.empty()) advice = workflow::title_of_advice(fact);
  }
  return advice.empty() ? title_of_action(record, at, action) : advice;
}

}  // namespace

CaseAnswer start_case(const Context& context, const std::string& workflow_name, const Value& given,
                      const std::optional<std::string>& request, const Attachments& files) {
  const std::string request_words = request.value_or("");
  const auto attached = read_attachments(files);
  check_words({{"流程", &workflow_name}, {"请求编号", &request_words}});
  store::Store store = open_store(context);
  const std::string actor = resolve_actor(context, store);
  const Time now = context.clock->now();
  std::vector<std::string> words = {"start", workflow_name};
  add_words(words, attached);
  store::Act act(store, {.actor = actor, .at = now, .request = request, .input = input_text(words, given)});
  if (auto answer = find_answer(act, request)) return *answer;

  const directory::Directory office = load_office(act.tx());
  CaseRecord record;
  record.workflow = workflow_name;
  record.version = find_latest(act.tx(), "workflow", workflow_name).number;
  if (record.version == 0) refuse_unknown_workflow(act.tx(), workflow_name);
  record.published = std::make_shared<const PublishedWorkflow>(
      load_workflow_version(act.tx(), workflow_name, record.version));
  record.initiator = actor;
  Settlement settlement(act, office, actor, now, context.home);
  settlement.watch = context.watch;
  const workflow::Rules rules = settlement.rules(record);
  if (auto blockers = workflow::find_given_blockers(rules, given); !blockers.empty())
    throw Refused(std::move(blockers));
  begin_data(record, given, attached, {act, office, china_date(now)});
  if (auto blockers = workflow::find_start_blockers(rules, actor, record.data); !blockers.empty())
    throw Refused(std::move(blockers));

  record.id = settlement.next_id(workflow_name, record.serial);
  record.title = title_of(record.data, record.published->definition.title);
  record.marking = workflow::start(rules, actor, record.data);
  Value entry = new_entry(record, record.marking.step(), "start", "发起");
  const store::Event event = settlement.write_start(record, std::move(entry));
  act.commit();
  return answer_of(event, false);
}

CaseAnswer act_on_case(const Context& context, const std::string& id, const std::string& action,
                       const std::string& opinion, const Value& given,
                       const std::optional<std::string>& request, const ActDetails& details) {
  const std::string request_words = request.value_or("");
  const auto attached = read_attachments(details.attachments);
  check_words({{"办件编号", &id}, {"动作", &action}, {"意见", &opinion}, {"请求编号", &request_words}});
  store::Store store = open_store(context);
  const std::string actor = resolve_actor(context, store);
  const Time now = context.clock->now();
  std::vector<std::string> words = {"act", id, action, opinion};
  for (std::string& word : words_of(details)) words.push_back(std::move(word));
  add_words(words, attached);
  store::Act act(store, {.actor = actor, .at = now, .request = request, .input = input_text(words, given)});
  if (auto answer = find_answer(act, request)) return *answer;

  const directory::Directory office = load_office(act.tx());
  CaseRecord record = load_case(act.tx(), id);
  const Value before = record.data;
  const workflow::Marking marking_before = record.marking;
  Settlement settlement(act, office, actor, now, context.home);
  settlement.watch = context.watch;
  const workflow::Rules rules = settlement.rules(record);
  require_open_step(record, details.step);
  workflow::Act wanted = act_of(actor, action, opinion, details, now, office);
  take_phrase(record, rules, details.phrase, wanted);
  Value changes = attach(record, given, attached, act);
  if (action == "keep") {
    wanted.kept = std::move(changes);
    changes = {};
  } else if (!workflow::find_act(action)) {
    take_kept(record, wanted, changes);
  }
  const bool seated = !workflow::tokens_of(rules, record.marking, actor, wanted.date).empty();
  if (!changes.is_null() && seated)
    take_changes(record, changes, wanted,
                 {act, office, china_date(now)});  // others are told below that it is not their turn
  if (action == "proofread" && seated) check_proof(act.tx(), record, rules, before);
  const std::string at = step_of(record, rules, wanted);
  const workflow::Marking stood = context.watch ? record.marking : workflow::Marking{};
  workflow::Attempt done = workflow::attempt(rules, record.marking, record.data, wanted);
  refuse_unused(rules, marking_before, wanted, record.marking, done.blockers, !changes.is_null() && !seated);
  if (context.watch) context.watch(rules, stood, record.data, wanted, done.move);

  const std::string title = title_of_deed(record, at, action, done.move.facts, actor);
  Value entry = new_entry(record, at, action, title);
  if (!wanted.opinion.empty() && action != "keep") entry.set("opinion", wanted.opinion);
  const store::Event event =
      settlement.settle({record, marking_before, before, std::move(done.move), std::move(entry)});
  act.commit();
  return answer_of(event, false);
}

Value to_value(const CaseAnswer& answer) {
  Value value = Value::map();
  value.set("id", answer.id);
  value.set("seq", Value::number(static_cast<long long>(answer.seq)));
  value.set("repeated", Value::boolean(answer.repeated));
  value.set("open", Value::boolean(answer.open));
  value.set("status_title", answer.status_title);
  value.set("steps", texts(answer.steps));
  value.set("numbers", texts(answer.numbers));
  value.set("files", texts(answer.files));
  value.set("effects", texts(answer.effects));
  return value;
}

}  // namespace wenshu::app
