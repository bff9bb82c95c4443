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
  std::sort(entries.begin(), entries.end(),
            [](const auto* a, const auto* b) { return a->key.text() < b->key.text(); });
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

// Of the fields as they are given.
std::string hash_of(const Rules& rules, const Step& step, const Value& fields) {
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
  judged.set("fields", canonical(fields));
  return crypto::sha256_hex(data::to_json(judged));
}

}  // namespace

std::string judged_hash(const Rules& rules, const Value& data, const Step& step) {
  if (step.covers.empty()) return hash_of(rules, step, data);
  Value fields = Value::map();
  for (const Reference& path : step.covers) {
    if (const Value* value = data.find_path(path.name)) fields.set(path.name, *value);
  }
  return hash_of(rules, step, fields);
}

// A field that an effect writes comes later when it was empty at the signing; with a value, that value was judged. Which
// of them were empty the hash itself tells: it is the hash of the data without exactly those.
bool still_judges(const Rules& rules, const Value& data, const Step& step, const std::string& hash) {
  constexpr size_t kMostAsked = 6;  // of more, all or none were empty; else the signer is asked again
  if (!step.covers.empty()) return judged_hash(rules, data, step) == hash;
  std::vector<std::string> filled;
  Value without_all = data;
  for (const std::string& path : written_by_effects(rules.definition)) {
    const Value* value = data.find_path(path);
    const bool empty = !value || (value->is_null() || (value->is_scalar() && value->text().empty()));
    const bool known = std::find(filled.begin(), filled.end(), path) != filled.end();
    if (!empty && !known) filled.push_back(path);
    remove_path(without_all, path);
  }
  if (hash_of(rules, step, without_all) == hash) return true;
  const size_t asked = filled.size() <= kMostAsked ? filled.size() : 0;
  for (size_t kept_out = 0; kept_out < (size_t{1} << asked); ++kept_out) {
    Value fields = data;
    for (size_t i = 0; i < asked; ++i) {
      if (kept_out >> i & 1) remove_path(fields, filled[i]);
    }
    if (hash_of(rules, step, fields) == hash) return true;
  }
  return false;
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
  std::map<std::pair<std::string, std::string>, bool> known;  // by step and hash
  for (Signature& signature : marking.signatures) {
    const Step* step = rules.definition.find_step(signature.step);
    if (!step || signature.state != Signature::State::valid) continue;
    const std::string& hash = signature.carried.empty() ? signature.hash : signature.carried;
    auto [holds, fresh] = known.try_emplace({step->id, hash}, false);
    if (fresh) holds->second = still_judges(rules, data, *step, hash);
    if (holds->second) continue;
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

}  // namespace wenshu::workflow
