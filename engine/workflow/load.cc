#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "data/file_name.h"
#include "data/schema.h"
#include "workflow/check_steps.h"
#include "workflow/definition.h"
#include "workflow/shape.h"

namespace wenshu::workflow {
namespace {

using data::Value;

Reference read_reference(const Value& value) { return {value.text(), value.place()}; }

std::vector<Reference> read_references(const Value& list) {
  std::vector<Reference> references;
  for (const Value& item : list.items()) references.push_back(read_reference(item));
  return references;
}

// From a tree of the right shape to a Definition; adds what the shape cannot say of one node alone.
class Reader {
 public:
  explicit Reader(Diagnostics& findings) : findings_(findings) {}

  Definition read(const Value& source) {
    Definition definition;
    definition.name = source["workflow"].text();
    definition.title = source["title"].text();
    definition.version = static_cast<int>(*data::to_integer(source["version"]));
    definition.form = read_reference(source["form"]);
    for (const auto& entry : source["documents"].entries())
      definition.documents.push_back(read_document(entry));
    for (const auto& entry : source["steps"].entries()) definition.steps.push_back(read_step(entry));
    return definition;
  }

 private:
  void error(std::string code, const Place& place, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place, std::move(message), std::move(hint));
  }

  Document read_document(const Value::Entry& entry) {
    const Value* notice = entry.value.find("notice");
    const Value* word = entry.value.find("template");
    Document document{entry.key,
                      entry.value["title"].text(),
                      notice ? Document::Kind::notice : Document::Kind::word_template,
                      {}};
    if (!notice == !word) {
      error(notice ? "unexpected-field" : "missing-field", entry.key_place,
            fmt::format("文书 “{}” 应有 notice 或 template 其中一个", entry.key));
    } else {
      document.path = read_reference(notice ? *notice : *word);
    }
    return document;
  }

  Step read_step(const Value::Entry& entry) {
    const Value& source = entry.value;
    Step step;
    step.id = entry.key;
    step.place = entry.key_place;
    step.end = data::to_boolean(source["end"]).value_or(false);
    step.title = source.find("title") ? source["title"].text() : step.end ? "办结" : step.id;
    if (step.end) {
      check_end(entry);
    } else {
      read_seats(entry, step);
      step.edit = read_references(source["edit"]);
      step.binds = read_references(source["binds"]);
      if (const Value* due = source.find("due")) step.due = read_due(*due);
      read_actions(entry, step);
    }
    return step;
  }

  void check_end(const Value::Entry& entry) {
    for (const auto& field : entry.value.entries()) {
      if (field.key == "end" || field.key == "title") continue;
      error("unexpected-field", field.key_place,
            fmt::format("结束环节 “{}” 不能有 “{}”", entry.key, field.key));
    }
  }

  void read_seats(const Value::Entry& entry, Step& step) {
    const Value* seat = entry.value.find("seat");
    const Value* seats = entry.value.find("seats");
    const Value* decide = entry.value.find("decide");
    if (!entry.value.find("title"))
      error("missing-field", entry.key_place, fmt::format("环节 “{}” 缺少 title", entry.key));
    if (!seat == !seats) {
      error(seat ? "unexpected-field" : "missing-field", entry.key_place,
            fmt::format("环节 “{}” 应有 seat 或 seats 其中一个", entry.key), "没有人办理的环节写 end: true");
    }
    if (!seats == static_cast<bool>(decide)) {
      error(decide ? "unexpected-field" : "missing-field", decide ? decide->place() : entry.key_place,
            fmt::format("环节 “{}”：decide 和 seats 要一起写", entry.key),
            "decide: {rule: all, on_reject: veto}");
    }
    if (seat) step.seats.push_back(read_seat(*seat));
    if (seats) {
      for (const Value& item : seats->items()) step.seats.push_back(read_seat(item));
    }
    if (decide) {
      step.decide = (*decide)["rule"].text() == "one" ? DecideRule::one : DecideRule::all;
      step.on_reject = (*decide)["on_reject"].text() == "count" ? OnReject::count : OnReject::veto;
      check_on_reject(*decide, entry.value["actions"], step);
    }
  }

  void check_on_reject(const Value& decide, const Value& actions, const Step& step) {
    bool needed = step.decide == DecideRule::all && actions.find("reject");
    bool written = decide.find("on_reject");
    if (needed && !written) {
      error("missing-field", decide.place(), "有 reject 时要写 on_reject", "on_reject: veto 或 count");
    } else if (!needed && written) {
      error("unexpected-field", decide["on_reject"].place(), "on_reject 只在 rule: all 且有 reject 动作时写");
    }
  }

  SeatRule read_seat(const Value& source) {
    SeatRule rule;
    rule.place = source.place();
    if (!source.is_map()) return rule;  // initiator
    const Value* post = source.find("post");
    const Value* person = source.find("person");
    const Value* of = source.find("of");
    if (!post == !person || (person && of)) {
      error("bad-seat", source.place(), "席位应写 {post: …, of: …} 或 {person: …}");
    }
    if (person) {
      rule.kind = SeatRule::Kind::person;
      rule.person = read_reference(*person);
    } else if (post) {
      rule.kind = SeatRule::Kind::post;
      rule.post = read_reference(*post);
      rule.of_initiator = of && of->text() == "initiator.department";
      if (of && !rule.of_initiator) rule.of = read_reference(*of);
    }
    return rule;
  }

  std::optional<Due> read_due(const Value& source) {
    std::vector<std::string> parts = split(trim(source.text()), " ");
    constexpr int kMost = 1000;  // days: longer than any office waits
    Due due;
    bool good = parts.size() == 2;
    if (good) {
      const std::string& digits = parts[0];
      auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), due.amount);
      good = fault == std::errc() && end == digits.data() + digits.size() && due.amount > 0 &&
             due.amount <= kMost;
    }
    if (good && parts[1] == "hours") {
      due.unit = Due::Unit::hours;
    } else if (good && parts[1] == "days") {
      due.unit = Due::Unit::days;
    } else if (!good || parts[1] != "workdays") {
      std::string near = parts.size() == 2 ? near_name_hint(parts[1], {"hours", "days", "workdays"}) : "";
      error("bad-due", source.place(), fmt::format("期限 “{}” 看不懂", source.text()),
            near.empty() ? "写作 2 workdays、3 days 或 4 hours" : near);
      return std::nullopt;
    }
    return due;
  }

  void read_actions(const Value::Entry& entry, Step& step) {
    if (!entry.value.find("actions")) {
      error("missing-field", entry.key_place, fmt::format("环节 “{}” 缺少 actions", entry.key),
            "最后的环节写 end: true");
    }
    for (const auto& action : entry.value["actions"].entries()) step.actions.push_back(read_action(action));
  }

  Action read_action(const Value::Entry& entry) {
    const Value& source = entry.value;
    Action action;
    action.name = entry.key;
    action.title = entry.key;
    action.place = entry.key_place;
    action.to = read_reference(source["to"]);
    action.opinion_required = source.find("opinion") != nullptr;
    check_word(entry, action);
    if (source.find("title")) action.title = source["title"].text();
    if (const Value* when = source.find("when")) {
      // Places of quoted texts are those of the quote, and a guard is nearly always quoted.
      Place first = when->place();
      if (first.line > 0) ++first.column;
      action.when = expression::parse_guard(when->text(), first, findings_);
    }
    for (const Value& effect : source["effects"].items()) read_effect(effect, action);
    return action;
  }

  void check_word(const Value::Entry& entry, Action& action) {
    std::vector<std::string> known;
    std::string all;
    for (const ActionWord& word : action_words()) {
      known.emplace_back(word.name);
      all += fmt::format("{}{}（{}）", all.empty() ? "" : "、", word.name, word.title);
      if (word.name != entry.key) continue;
      action.title = word.title;
      action.kind = word.kind;
      return;
    }
    const std::string near = near_name_hint(entry.key, known);
    error("unknown-action", entry.key_place, fmt::format("未知动作 \"{}\"", entry.key),
          near.empty() ? fmt::format("从这些中选一个，叫法用 title 另写：{}", all) : near);
  }

  void read_effect(const Value& source, Action& action) {
    if (source.size() != 1) {
      error("bad-effect", source.place(), "每项效果只写 number、render、append 其中一个",
            "多个效果分成几项，各以 - 开头");
      return;
    }
    const auto& [kind, place, body] = source.entries().front();
    if (kind == "number") {
      NumberEffect effect{read_reference(body["series"]), read_reference(body["into"]), std::nullopt};
      if (const Value* date = body.find("date")) effect.date = read_reference(*date);
      action.effects.emplace_back(std::move(effect));
    } else if (kind == "render") {
      action.effects.emplace_back(RenderEffect{read_references(body)});
    } else {
      action.effects.emplace_back(
          AppendEffect{read_reference(body["register"]), read_reference(body["rows"])});
    }
  }

  Diagnostics& findings_;
};

}  // namespace

std::optional<Definition> load_workflow(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  std::optional<Definition> definition;
  if (data::check_shape(source, workflow_shape(), own)) {
    data::check_file_name(source["workflow"], own);
    definition = Reader(own).read(source);
    check_steps(*definition, source, own);
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return definition;
}

}  // namespace wenshu::workflow
