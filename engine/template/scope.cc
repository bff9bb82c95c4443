#include "template/scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "expression/guard.h"

namespace wenshu::templates {
namespace {

using data::Value;

const Value kNull;

std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) return {path, {}};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

// Scalars of YAML are all text, so `false` is a word there; FALSE and 否 are what sheets hold.
bool is_nothing(const Value& value) {
  if (value.is_null()) return true;
  if (value.is_scalar())
    return value.text().empty() || value.text() == "false" || value.text() == "FALSE" || value.text() == "否";
  return value.size() == 0;
}

// 备注*: a column that no tag can name.
bool can_be_tag(const std::string& name) {
  Diagnostics unheard;
  const auto tag = read_tag(name, name, {}, unheard);
  return tag && tag->kind == Tag::Kind::value && tag->path == name;
}

void fill_keys(Rounds& rounds) {
  if (rounds.keys_known) return;
  rounds.keys_known = true;
  for (const Value* item : rounds.items) {
    if (!item || !item->is_map()) continue;
    for (const Value::Entry& entry : item->entries()) rounds.keys.insert(entry.key);
  }
}

}  // namespace

Scope::Scope(const Value& root, Diagnostics& findings, Filling filling)
    : findings_(findings), filling_(filling) {
  frames_.push_back({&root});
}

bool Scope::allows_missing(const Tag& tag) const {
  return filling_.fields == Fields::may_be_absent && tag.allows_missing();
}

const Value* Scope::own(Value value) {
  computed_.push_back(std::make_unique<const Value>(std::move(value)));
  return computed_.back().get();
}

void Scope::enter(Rounds& rounds, size_t index) {
  if (index == 0 && rounds.list && rounds.section) {
    rounds.before = made_[rounds.section];
    made_[rounds.section] += rounds.items.size();
  }
  frames_.push_back({rounds.items[index], rounds.list ? &rounds : nullptr, index, computed_.size()});
}

void Scope::leave() {
  computed_.resize(frames_.back().computed);
  frames_.pop_back();
}

const Value* Scope::find_counter(std::string_view name) {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (!frame->rounds) continue;
    const size_t count = frame->rounds->items.size();
    if (name == "@index") return own(Value::number(static_cast<long long>(frame->index + 1)));
    if (name == "@number")
      return own(Value::number(static_cast<long long>(frame->rounds->before + frame->index + 1)));
    if (name == "@count") return own(Value::number(static_cast<long long>(count)));
    return own(Value::boolean(name == "@first" ? frame->index == 0 : frame->index + 1 == count));
  }
  return nullptr;
}

Scope::Found Scope::find(std::string_view path) {
  if (path.front() == '@') return {find_counter(path)};
  const auto [first, rest] = split_path(path);
  bool blank = false;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (!frame->value && !frame->rounds) continue;
    blank = blank || !frame->value;
    if (path == ".") return {frame->value, false, blank};
    if (const Value* next = frame->value ? frame->value->find(first) : nullptr) return {walk(*next, rest)};
    if (!frame->rounds) continue;
    // A field that only this record lacks must not be taken from further out.
    fill_keys(*frame->rounds);
    if (frame->rounds->keys.count(std::string(first))) return {nullptr, true, blank};
  }
  return {nullptr, false, blank};
}

const Value* Scope::walk(const Value& from, std::string_view path) {
  if (path.empty()) return &from;
  if (from.is_null()) return &kNull;
  if (from.is_list()) return flatten(from, path);
  const auto [first, rest] = split_path(path);
  const Value* next = from.find(first);
  return next ? walk(*next, rest) : nullptr;
}

// What every item holds under `path`, in one list; null for items that lack it, nothing when all do.
const Value* Scope::flatten(const Value& list, std::string_view path) {
  Value all = Value::list();
  bool found = list.size() == 0;
  for (const Value& item : list.items()) {
    const Value* part = walk(item, path);
    found = found || part;
    if (part && part->is_list()) {
      for (const Value& each : part->items()) all.add(each);
    } else {
      all.add(part ? *part : Value());
    }
  }
  return found ? own(std::move(all)) : nullptr;
}

std::string Scope::value(const Tag& tag, const Place& place) {
  const Found found = find(tag.path);
  if (!found.value && found.blank) return {};
  if (!found.value && !allows_missing(tag)) return without_value(tag, place, true);
  const Value& start = found.value ? *found.value : kNull;
  if (tag.formatters.empty()) return printed_or_without(tag, start, place);
  Value value;
  const Value* now = &start;
  for (const Formatter& formatter : tag.formatters) {
    std::string fault;
    value = format(*now, formatter, fault);
    now = &value;
    if (!fault.empty()) {
      report(tag, place, "bad-value", fmt::format("字段“{}”{}：{}", tag.path, record(), fault),
             "改正数据，或换一种格式");
      return {};
    }
  }
  return printed_or_without(tag, value, place);
}

const std::string* Scope::find_text(const Tag& tag) {
  if (!tag.formatters.empty()) return nullptr;
  const Value* value = find(tag.path).value;
  if (!value || !value->is_scalar() || value->text().empty()) return nullptr;
  const std::string& text = value->text();
  return find_forbidden_character(text) ? nullptr : &text;  // malformed bytes, too
}

std::string Scope::look(const Tag& tag, const Place& place) {
  quiet_ = true;
  std::string text = value(tag, place);
  quiet_ = false;
  return text;
}

const Value* Scope::keep(Value value) {
  kept_.push_back(std::make_unique<const Value>(std::move(value)));
  return kept_.back().get();
}

void Scope::report_value(const Tag& tag, const Place& place, const char* code, const std::string& message,
                         const std::string& hint) {
  report(tag, place, code, fmt::format("字段“{}”{}：{}", tag.path, record(), message), hint);
}

std::string Scope::printed_or_without(const Tag& tag, const Value& value, const Place& place) {
  const bool empty = value.is_scalar() ? value.text().empty() : value.size() == 0;
  if (empty && !value.is_map() && !allows_missing(tag)) return without_value(tag, place, false);
  return print_checked(tag, value, place);
}

std::string Scope::without_value(const Tag& tag, const Place& place, bool absent) {
  constexpr const char* kLine = "________";
  if (filling_.lacks && !quiet_) filling_.lacks->push_back({tag.path, record()});
  switch (tag.missing.value_or(filling_.missing)) {
    case Missing::error:
    case Missing::names:
      if (absent) report_missing(tag, place, tag.path);
      if (!absent && tag.missing.value_or(filling_.missing) == Missing::error)
        report(tag, place, "missing-value", fmt::format("“{}”没有填{}", tag.path, record()),
               fmt::format("补上它；可以空缺的，写成 {{{{{} | default}}}}", tag.path));
      return {};
    case Missing::keep:
      return wenshu::templates::to_text(tag);
    case Missing::line:
      return kLine;
    case Missing::blank:
      break;
  }
  return {};
}

std::string Scope::print_checked(const Tag& tag, const Value& value, const Place& place) {
  std::optional<std::string> text = print(value);
  if (!text) {
    report(tag, place, "not-printable",
           fmt::format("字段“{}”{}是列表或分组，不能直接写进文字", tag.path, record()),
           value.is_map() ? fmt::format("写出其中一项，如 {{{{{}.…}}}}", tag.path)
                          : fmt::format("用 {{{{#{0}}}}}…{{{{/{0}}}}} 逐项写出", tag.path));
    return {};
  }
  if (find_malformed_utf8(*text)) {
    report(tag, place, "forbidden-character",
           fmt::format("字段“{}”{}不是正确的 UTF-8 文字", tag.path, record()), "把数据另存为 UTF-8");
    return {};
  }
  if (const auto at = find_forbidden_character(*text)) {
    const char32_t character = to_characters(std::string_view(*text).substr(*at)).front();
    report(tag, place, "forbidden-character",
           fmt::format("字段“{}”{}含有文档不能存放的控制字符 {}", tag.path, record(),
                       code_point_name(character)),
           "在数据里删去这个字符");
    return {};
  }
  return *std::move(text);
}

void Scope::stop(const Place& place) {
  if (!stopped_)
    findings_.error("too-much-output", place, "区段套着区段，重复的次数太多，填出的内容大得无法使用",
                    "检查里层区段的名称（写错时会取到外层的列表），和嵌入的文件是否嵌入了自己");
  stopped_ = true;
}

// The names that a condition reads, in the shape it reads them. `complete` becomes false after a finding.
Value Scope::names_read(const Tag& tag, const Place& place, bool& complete) {
  Value names = Value::map();
  for (const std::string& path : expression::paths_read(*tag.guard)) {
    // Down to the first thing that is no map: that is taken over whole.
    std::string known = path.substr(0, path.find('.'));
    const std::string counter = counter_of(known);
    Found found = find(counter.empty() ? known : counter);
    while (found.value && found.value->is_map() && known.size() < path.size()) {
      known = path.substr(0, path.find('.', known.size() + 1));
      found = find(known);
    }
    if (found.value) {
      names.set_path(known, *found.value);
    } else if (!found.in_siblings && !found.blank && must_be_there(tag)) {
      report_missing(tag, place, counter.empty() ? known : counter);
      complete = false;
    } else {
      names.set_path(known, Value());
    }
  }
  return names;
}

bool Scope::holds(const Tag& tag, const Place& place) {
  if (!tag.guard) {
    const Found found = find(tag.path);
    if (!found.value && !found.in_siblings && !found.blank && must_be_there(tag) && !allows_missing(tag))
      report_missing(tag, place, tag.path);
    return found.value && !is_nothing(*found.value);
  }
  bool complete = true;
  const Value names = names_read(tag, place, complete);
  if (!complete) return false;
  Diagnostics faults;
  const auto result = expression::evaluate(*tag.guard, names, faults);
  if (result && result->kind() == Value::Kind::boolean) return result->text() == "true";
  const bool lacks = !result && !faults.empty() && faults.begin()->code == "missing-value";
  if (lacks && !must_be_there(tag)) return false;
  const std::string why = result           ? "结果不是“是”或“否”"
                          : faults.empty() ? "无法判断"
                                           : faults.begin()->message;
  report(tag, place, lacks ? "missing-value" : "bad-condition",
         fmt::format("条件“{}”{}：{}", tag.path, record(), why),
         result || faults.empty() ? "" : faults.begin()->hint);
  return false;
}

Rounds Scope::conditional_rounds(const Tag& tag, const Place& place) {
  Rounds rounds;
  if (holds(tag, place) != (tag.kind == Tag::Kind::inverted)) rounds.items.push_back(nullptr);
  return rounds;
}

bool Scope::must_be_there(const Tag& tag) const {
  const Missing missing = tag.missing.value_or(filling_.missing);
  return missing == Missing::names || missing == Missing::error;
}

Rounds Scope::rounds(const Tag& tag, const Place& place) {
  if (stopped_) return {};
  if (tag.is_condition) return conditional_rounds(tag, place);
  const Found found = find(tag.path);
  if (must_be_there(tag) && !found.value && !found.in_siblings && !found.blank && !allows_missing(tag))
    report_missing(tag, place, tag.path);
  Rounds rounds;
  rounds.path = tag.path;
  const bool nothing = !found.value || is_nothing(*found.value);
  if (tag.kind == Tag::Kind::inverted) {
    if (nothing) rounds.items.push_back(nullptr);
    return rounds;
  }
  if (nothing) return rounds;
  rounds.list = found.value->is_list();
  rounds.section = &tag;
  if (rounds.list) {
    for (const Value& item : found.value->items()) rounds.items.push_back(&item);
  } else {
    rounds.items.push_back(found.value);
  }
  rounds_ += rounds.items.size();
  if (rounds_ <= kMostRounds) return rounds;
  stop(place);
  return {};
}

void Scope::report(const Tag& tag, const Place& place, const char* code, const std::string& message,
                   const std::string& hint) {
  if (!quiet_ && ++reports_[{&tag, code}] <= kMaxReports) findings_.error(code, place, message, hint);
}

void Scope::report_missing(const Tag& tag, const Place& place, const std::string& path) {
  if (path.front() == '@') {
    report(tag, place, "missing-value", fmt::format("{} 只能用在列表区段里面", path),
           "写在 {{#列表}} 与 {{/列表}} 之间");
    return;
  }
  std::string near = nearest(path);
  if (near.empty()) near = fmt::format("在数据里补上它；可以空缺的，写成 {{{{{} | default}}}}", path);
  if (const Rounds* list = only_list();
      list && path.find('.') == std::string::npos && list->items.size() > 1 && !find(path).in_siblings) {
    // No item has it (one that some have is empty in the others): told once and not of each.
    if (!quiet_ && reports_[{&tag, "missing-value of all"}]++ == 0)
      findings_.error("missing-value", place, fmt::format("数据里没有“{}”（{}各项都没有）", path, list->path),
                      near);
    return;
  }
  report(tag, place, "missing-value", fmt::format("数据里没有“{}”{}", path, record()), near);
}

// The list around the tag when there is one alone.
const Rounds* Scope::only_list() const {
  const Rounds* list = nullptr;
  for (const Frame& frame : frames_) {
    if (!frame.rounds) continue;
    if (list) return nullptr;
    list = frame.rounds;
  }
  return list;
}

// The hint for the first part of `path` that is not there.
std::string Scope::nearest(std::string_view path) {
  std::vector<std::string> names;
  const auto hint = [&names](std::string_view name) {  // what is right elsewhere is not misspelt
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    if (known) return std::string();
    for (const std::string& column : names)  // 学时（小时）: no tag can be called so
      if (column.starts_with(name) &&
          (column.substr(name.size()).starts_with("（") || column[name.size()] == '('))
        return fmt::format("数据里这一列叫“{}”，把列名改为“{}”", column, name);
    const std::string near = near_name(name, names);
    return near.empty() || can_be_tag(near) ? near_name_hint(name, names)
                                            : fmt::format("数据里这一列叫“{}”，把列名改为“{}”", near, name);
  };
  const auto add_keys = [&names](const Value& value) {
    for (const Value::Entry& entry : value.entries()) names.push_back(entry.key);
  };
  const size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) {
    const Value* parent = find(path.substr(0, dot)).value;
    if (!parent) return nearest(path.substr(0, dot));
    add_keys(*parent);
    for (const Value& item : parent->items()) add_keys(item);
    return hint(path.substr(dot + 1));
  }
  for (const Frame& frame : frames_) {
    if (frame.value) add_keys(*frame.value);
    if (!frame.rounds) continue;
    fill_keys(*frame.rounds);
    names.insert(names.end(), frame.rounds->keys.begin(), frame.rounds->keys.end());
  }
  return hint(path);
}

// （plan.groups第2项classes第3项，plan.yaml:30:5）, "" outside of lists.
std::string Scope::record() const {
  std::string text;
  const Value* item = nullptr;
  for (const Frame& frame : frames_) {
    if (!frame.rounds) continue;
    text += fmt::format("{}第{}项", frame.rounds->path, frame.index + 1);
    item = frame.value;
  }
  if (text.empty()) return {};
  if (item && !item->place().file().empty()) text += "，" + wenshu::to_text(item->place());
  return "（" + text + "）";
}

}  // namespace wenshu::templates
