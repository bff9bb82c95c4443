#include "workflow/signatures.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "crypto/hash.h"
#include "data/write.h"
#include "form/calculate.h"
#include "workflow/scope.h"

namespace wenshu::workflow {
namespace {

using data::Value;

std::vector<std::string> written_by_effects(const Definition& flow) {
  std::vector<std::string> paths;
  auto add = [&](const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
      const auto* number = std::get_if<NumberEffect>(&effect);
      if (!number) continue;
      paths.push_back(number->into.name);
      if (number->date) paths.push_back(number->date->name);
    }
  };
  for (const Step& step : flow.steps) {
    add(step.effects);
    for (const Action& action : step.actions) add(action.effects);
    if (!step.start) continue;
    for (const Mapping& result : step.start->results) paths.push_back(result.into.name);
  }
  return paths;
}

void remove_path(Value& record, std::string_view path) {
  const auto dot = path.find('.');
  for (Value& row : record.items()) remove_path(row, path);
  if (dot == std::string_view::npos) {
    std::erase_if(record.entries(), [&](const Value::Entry& entry) { return entry.key == path; });
  } else if (Value* below = record.find(path.substr(0, dot))) {
    remove_path(*below, path.substr(dot + 1));
  }
}

// Fields that stand empty and fields that are not there are one; the order in which they were filled in tells nothing.
Value canonical(const Value& value) {
  if (value.is_list()) {
    Value list = Value::list();
    for (const Value& item : value.items()) list.add(canonical(item));
    return list;
  }
  if (!value.is_map()) return value.is_scalar() ? Value(value.text()) : Value();
  std::vector<const Value::Entry*> entries;
  for (const Value::Entry& entry : value.entries()) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  Value map = Value::map();
  for (const Value::Entry* entry : entries) {
    Value inner = canonical(entry->value);
    const bool empty = inner.is_null() || (inner.is_scalar() && inner.text().empty()) ||
                       (inner.is_map() && inner.size() == 0) || (inner.is_list() && inner.size() == 0);
    if (!empty) map.set(entry->key, std::move(inner));
  }
  return map;
}

std::string changed_titles(const Rules& rules, const Step& step) {
  std::vector<std::string> titles;
  for (const Reference& document : step.binds) {
    const Document* found = rules.definition.find_document(document.name);
    titles.push_back("《" + (found ? found->title : document.name) + "》");
  }
  return join(titles, "");
}

// Positions at which two texts differ, at most: their lengths without the beginning and the end they share.
size_t characters_changed(const std::string& before, const std::string& after) {
  const std::u32string a = to_characters(before), b = to_characters(after);
  size_t head = 0, tail = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  return std::max(a.size(), b.size()) - head - tail;
}

void collect(const Value& before, const Value& after, const std::string& path,
             std::vector<TextChange>& changes) {
  if (before == after) return;
  if ((before.is_map() || before.is_null()) && (after.is_map() || after.is_null())) {
    const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
    for (const Value::Entry& entry : before.entries())
      collect(entry.value, after[entry.key], below(entry.key), changes);
    for (const Value::Entry& entry : after.entries()) {
      if (!before.find(entry.key)) collect(Value(), entry.value, below(entry.key), changes);
    }
  } else if (before.is_list() && after.is_list() && before.size() == after.size()) {
    for (size_t i = 0; i < before.size(); ++i)
      collect(before[i], after[i], fmt::format("{}.{}", path, i), changes);
  } else {
    const auto shown = [](const Value& value) {
      return value.is_list() ? fmt::format("{} 项", value.size()) : value.is_scalar() ? value.text() : "";
    };
    changes.push_back({path, shown(before), shown(after)});
  }
}

// "rows.0.title" names the field rows.title.
std::string field_path(const std::string& path) {
  std::vector<std::string> keys;
  for (const std::string& key : split(path, ".")) {
    if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos) keys.push_back(key);
  }
  return join(keys, ".");
}

}  // namespace

std::string judged_hash(const Rules& rules, const Value& data, const Step& step) {
  Value judged = Value::map();
  Value& papers = judged.set("papers", Value::map());
  for (const Reference& document : step.binds) {
    std::string hash;
    if (rules.papers) {
      auto found = rules.papers->find(document.name);
      if (found != rules.papers->end()) hash = found->second;
    }
    papers.set(document.name, hash);
  }
  Value fields = Value::map();
  if (step.covers.empty()) {
    fields = data;
    for (const std::string& path : written_by_effects(rules.definition)) remove_path(fields, path);
  }
  for (const Reference& path : step.covers) {
    if (const Value* value = data.find_path(path.name)) fields.set(path.name, *value);
  }
  judged.set("fields", canonical(fields));
  return crypto::sha256_hex(data::to_json(judged));
}

void add_signature(const Rules& rules, Marking& marking, const Value& data, const Act& act, const Step& step,
                   const std::string& seat) {
  Signature signature;
  signature.step = step.id;
  signature.seat = seat;
  signature.person = act.person;
  signature.date = act.date;
  signature.hash = judged_hash(rules, data, step);
  marking.signatures.push_back(std::move(signature));
}

void renew_signatures(Marking& marking, const Step& step) {
  for (Signature& signature : marking.signatures) {
    if (signature.step == step.id && signature.state == Signature::State::voided)
      signature.state = Signature::State::renewed;
  }
}

std::vector<Fact> void_changed(const Rules& rules, Marking& marking, const Value& data) {
  std::vector<Fact> facts;
  std::map<std::string, std::string> hashes;  // by step
  for (Signature& signature : marking.signatures) {
    const Step* step = rules.definition.find_step(signature.step);
    if (!step || signature.state != Signature::State::valid) continue;
    auto [found, fresh] = hashes.emplace(step->id, "");
    if (fresh) found->second = judged_hash(rules, data, *step);
    if (found->second == (signature.carried.empty() ? signature.hash : signature.carried)) continue;
    signature.state = Signature::State::voided;
    Fact fact;
    fact.code = "voided";
    fact.step = step;
    fact.seat = signature.seat;
    fact.person = signature.person;
    fact.other = changed_titles(rules, *step);
    facts.push_back(std::move(fact));
    if (Token* token = marking.find(step->id)) {
      for (Seat& seat : token->seats) {
        if (seat.by != signature.person || seat.is_open()) continue;
        seat.decision.clear();
        seat.by.clear();
        if (seat.more) seat.more.edit().for_whom.clear();
        seat.by_itself = false;
      }
    }
  }
  return facts;
}

void carry_signatures(const Rules& rules, Marking& marking, const Value& data) {
  for (Signature& signature : marking.signatures) {
    const Step* step = rules.definition.find_step(signature.step);
    if (step && signature.state == Signature::State::valid)
      signature.carried = judged_hash(rules, data, *step);
  }
}

bool leads_through(const Definition& definition, const std::string& from, const std::string& through) {
  if (from == through) return true;
  const size_t start = definition.index_of(from), wall = definition.index_of(through);
  if (start >= definition.steps.size() || wall >= definition.steps.size()) return false;
  std::vector<std::vector<size_t>> next(definition.steps.size());
  for (const Edge& edge : edges_of(definition)) {
    const bool refuses = edge.action && edge.action->kind != ActionKind::forward;
    if (!refuses || !definition.steps[edge.to].end()) next[edge.from].push_back(edge.to);
  }
  std::vector<char> seen(definition.steps.size());
  std::vector<size_t> open = {start};
  seen[start] = true;
  while (!open.empty()) {
    const size_t at = open.back();
    open.pop_back();
    if (definition.steps[at].end()) return false;
    for (size_t to : next[at]) {
      if (to == wall || seen[to]) continue;
      seen[to] = true;
      open.push_back(to);
    }
  }
  return true;
}

const Step* find_passed_signature(const Rules& rules, const Marking& marking) {
  if (marking.status > Status::ended) return nullptr;
  for (const Signature& signature : marking.signatures) {
    if (signature.state != Signature::State::voided) continue;
    const Step* step = rules.definition.find_step(signature.step);
    if (!step) continue;
    // Of branches that run side by side one that leads there is enough: they meet before the end.
    const bool ahead = std::any_of(marking.tokens.begin(), marking.tokens.end(), [&](const Token& token) {
      return leads_through(rules.definition, token.step, step->id);
    });
    if (!ahead) return step;
  }
  return nullptr;
}

std::vector<TextChange> text_changes(const Value& before, const Value& after) {
  std::vector<TextChange> changes;
  collect(before, after, "", changes);
  return changes;
}

std::vector<Blocker> find_proof_blockers(const Rules& rules, const Value& before, const Value& after) {
  // A word or two of a sentence: more is another text, whoever calls it a correction.
  constexpr size_t kMostCharacters = 8;
  std::vector<Blocker> blockers;
  bool any = false;
  for (const TextChange& change : text_changes(before, after)) {
    const std::string path = field_path(change.path);
    if (form::is_derived(rules.form, path)) continue;
    any = true;
    const form::Field* field = rules.form.find(path);
    const bool text =
        field && (field->type == form::FieldType::text || field->type == form::FieldType::long_text);
    if (!text || change.before.empty() || change.after.empty()) {
      blockers.push_back({"proof-not-text",
                          fmt::format("勘误只改文字，不能改 {}：请退回修改", rules.form.title_of(path)),
                          {{"field", path}}});
    } else if (characters_changed(change.before, change.after) > kMostCharacters) {
      blockers.push_back({"proof-too-much",
                          fmt::format("{} 改动超过 {} 个字，不是勘误：请退回修改、重新签署",
                                      rules.form.title_of(path), kMostCharacters),
                          {{"field", path}}});
    }
  }
  if (!any) blockers.push_back({"proof-nothing", "勘误要用 --data 写明改成什么", {}});
  return blockers;
}

}  // namespace wenshu::workflow
