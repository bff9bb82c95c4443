#include <fmt/format.h>

#include "workflow/load_parts.h"

namespace wenshu::workflow {
namespace {

using data::Value;

void check_word(const Value::Entry& entry, Action& action, Diagnostics& findings) {
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
  findings.error("unknown-action", entry.key_place, fmt::format("未知动作 \"{}\"", entry.key),
                 near.empty() ? fmt::format("从这些中选一个，叫法用 title 另写：{}", all) : near);
}

void read_target(const Value::Entry& entry, Action& action, Diagnostics& findings) {
  const Value* to = entry.value.find("to");
  const bool wanted = action.kind != ActionKind::abstain;
  if (!to == wanted) {
    findings.error(wanted ? "missing-field" : "unexpected-field", to ? to->place() : entry.key_place,
                   wanted ? fmt::format("动作 {} 缺少 to", entry.key)
                          : fmt::format("动作 {} 不决定去向，不写 to", entry.key));
  }
  if (!to) return;
  if (to->text() == "previous" || to->text() == "any") {
    action.target = to->text() == "any" ? Target::any : Target::previous;
    if (action.kind != ActionKind::back)
      findings.error("bad-target", to->place(), fmt::format("只有退回一类的动作才能写 to: {}", to->text()),
                     "写明转到哪个环节");
    action.to.place = to->place();
  } else {
    action.to = read_reference(*to);
  }
}

void read_resubmit(const Value::Entry& entry, Action& action, Diagnostics& findings) {
  const Value* resubmit = entry.value.find("resubmit");
  if (!resubmit) return;
  action.resubmit = resubmit->text() == "direct"   ? Resubmit::direct
                    : resubmit->text() == "choose" ? Resubmit::choose
                                                   : Resubmit::walk;
  if (action.kind != ActionKind::back)
    findings.error("unexpected-field", resubmit->place(), "resubmit 只在退回一类的动作里写");
}

std::optional<Effect> read_effect(const Value& source, Diagnostics& findings) {
  if (source.size() != 1) {
    findings.error("bad-effect", source.place(), "每项效果只写 number、render、append 其中一个",
                   "多个效果分成几项，各以 - 开头");
    return std::nullopt;
  }
  const auto& [kind, place, body] = source.entries().front();
  if (kind == "render") return RenderEffect{read_references(body)};
  if (kind == "append") return AppendEffect{read_reference(body["register"]), read_reference(body["rows"])};
  NumberEffect effect{read_reference(body["series"]), read_reference(body["into"]), std::nullopt};
  if (const Value* date = body.find("date")) effect.date = read_reference(*date);
  return effect;
}

}  // namespace

std::vector<Reference> read_references(const Value& list) {
  std::vector<Reference> references;
  for (const Value& item : list.items()) references.push_back(read_reference(item));
  return references;
}

std::optional<expression::Guard> read_guard(const Value* when, Diagnostics& findings) {
  if (!when) return std::nullopt;
  // Places of quoted texts are those of the quote, and a guard is nearly always quoted.
  Place first = when->place();
  if (first.line > 0) ++first.column;
  return expression::parse_guard(when->text(), first, findings);
}

std::vector<Effect> read_effects(const Value& list, Diagnostics& findings) {
  std::vector<Effect> effects;
  for (const Value& item : list.items()) {
    if (auto effect = read_effect(item, findings)) effects.push_back(std::move(*effect));
  }
  return effects;
}

Action read_action(const Value::Entry& entry, Diagnostics& findings) {
  const Value& source = entry.value;
  Action action;
  action.name = entry.key.text();
  action.title = entry.key;
  action.place = entry.key_place;
  check_word(entry, action, findings);
  read_target(entry, action, findings);
  read_resubmit(entry, action, findings);
  action.opinion_required = source.find("opinion") != nullptr;
  if (source.find("title")) action.title = source["title"].text();
  action.when = read_guard(source.find("when"), findings);
  action.effects = read_effects(source["effects"], findings);
  return action;
}

}  // namespace wenshu::workflow
