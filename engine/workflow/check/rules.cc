// R1 to R3 and T1: returns, papers and deadlines.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "base/text.h"
#include "workflow/check/parts.h"

namespace wenshu::workflow::check {
namespace {

// visited_before() has a row of the whole flow for each step: for flows that people write, not for thousands of steps.
constexpr size_t kMostSteps = 600;

bool has_append(const std::vector<Effect>& effects) {
  return std::any_of(effects.begin(), effects.end(),
                     [](const Effect& effect) { return std::holds_alternative<AppendEffect>(effect); });
}
const NumberEffect* find_number(const std::vector<Effect>& effects) {
  for (const Effect& effect : effects) {
    if (const auto* number = std::get_if<NumberEffect>(&effect)) return number;
  }
  return nullptr;
}

std::vector<char> reached_from(const Subject& subject, size_t from, bool onward) {
  std::vector<std::vector<size_t>> next(subject.flow.steps.size());
  for (const Edge& edge : subject.edges) {
    if (!onward || edge.onward()) next[edge.from].push_back(edge.to);
  }
  std::vector<char> seen(subject.flow.steps.size());
  std::vector<size_t> open = {from};
  while (!open.empty()) {
    const size_t at = open.back();
    open.pop_back();
    for (size_t to : next[at]) {
      if (seen[to]) continue;
      seen[to] = true;
      open.push_back(to);
    }
  }
  return seen;
}

// Steps that lead to one another share a number.
std::vector<size_t> circles_of(const Subject& subject, bool onward) {
  const size_t count = subject.flow.steps.size();
  std::vector<std::vector<size_t>> next(count), back(count);
  for (const Edge& edge : subject.edges) {
    if (onward && !edge.onward()) continue;
    next[edge.from].push_back(edge.to);
    back[edge.to].push_back(edge.from);
  }
  // Kosaraju: in the order in which steps are left, then backwards.
  std::vector<size_t> left;
  std::vector<char> seen(count);
  for (size_t start = 0; start < count; ++start) {
    if (seen[start]) continue;
    std::vector<std::pair<size_t, size_t>> stack = {{start, 0}};
    seen[start] = true;
    while (!stack.empty()) {
      auto& [at, child] = stack.back();
      if (child == next[at].size()) {
        left.push_back(at);
        stack.pop_back();
        continue;
      }
      const size_t to = next[at][child++];
      if (seen[to]) continue;
      seen[to] = true;
      stack.push_back({to, 0});
    }
  }
  std::vector<size_t> number(count, count);
  for (auto start = left.rbegin(); start != left.rend(); ++start) {
    if (number[*start] != count) continue;
    std::vector<size_t> open = {*start};
    number[*start] = *start;
    while (!open.empty()) {
      const size_t at = open.back();
      open.pop_back();
      for (size_t to : back[at]) {
        if (number[to] != count) continue;
        number[to] = *start;
        open.push_back(to);
      }
    }
  }
  return number;
}

// In working hours of eight a day; days of the calendar count as days.
double hours_of(const Due& due) {
  const bool days = due.unit == Due::Unit::days || due.unit == Due::Unit::workdays;
  constexpr double kDay = 8;
  return due.amount * (days ? kDay : 1);
}

// What a signature does not judge may be filled in after it.
bool covers_any(const Step& signer, const std::vector<Reference>& paths) {
  auto overlap = [](const std::string& a, const std::string& b) {
    return a == b || a.starts_with(b + ".") || b.starts_with(a + ".");
  };
  if (signer.covers.empty()) return true;
  return std::any_of(signer.covers.begin(), signer.covers.end(), [&](const Reference& covered) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const Reference& path) { return overlap(covered.name, path.name); });
  });
}

// Fields that numbers and their days go into, each with the step that gives it.
std::vector<std::pair<std::string, const Step*>> numbers_of(const Definition& flow) {
  std::vector<std::pair<std::string, const Step*>> numbers;
  for (const Step& step : flow.steps) {
    const auto add = [&](const std::vector<Effect>& effects) {
      for (const Effect& effect : effects) {
        if (const auto* number = std::get_if<NumberEffect>(&effect)) {
          numbers.emplace_back(number->into.name, &step);
          if (number->date) numbers.emplace_back(number->date->name, &step);
        }
      }
    };
    add(step.effects);
    for (const Action& action : step.actions) add(action.effects);
  }
  return numbers;
}

// A number that people may type over is not the one that the ledger knows; one that stands there from the start is signed, and written
// over under the signature.
void check_typed_numbers(const Subject& subject) {
  const auto numbers = numbers_of(subject.flow);
  std::set<std::string> told;
  for (const auto& [path, step] : numbers) {
    const form::Field* field = subject.form ? subject.form->find(path) : nullptr;
    if (!field || (!field->otherwise && !field->derived) || !told.insert(path).second) continue;
    subject.findings.error(
        "number-editable", field->place,
        fmt::format("{} 写了 {}，而它由“{}”编号时填入：签的人看到的是另一个，编号后签署就作废", path,
                    field->derived ? "derived" : "default",
                    step->title.empty() ? step->id.text() : step->title),
        "去掉它：编号和编号的日期只由台账给出");
  }
  for (size_t at = 0; at < subject.flow.steps.size(); ++at) {
    const Step& step = subject.flow.steps[at];
    for (const Reference& path : step.edit) {
      const auto found = std::find_if(numbers.begin(), numbers.end(),
                                      [&](const auto& number) { return number.first == path.name; });
      if (found == numbers.end()) continue;
      subject.findings.error(
          "number-editable", path.place,
          fmt::format("“{}”能改写 {}，它是“{}”编的号{}", step.title, path.name,
                      found->second->title.empty() ? found->second->id.text() : found->second->title,
                      story_to(subject, at, fmt::format("改写 {}，文书上的号与台账不一样", path.name))),
          "请从 edit 中去掉它：编号只由台账给出");
    }
  }
}

// A result that comes after a signature replaces what the signer has read, where people could fill it in before.
void check_late_results(const Subject& subject, size_t signer, const std::vector<char>& after,
                        const std::vector<size_t>& circle) {
  const Definition& flow = subject.flow;
  for (size_t later = 0; later < flow.steps.size(); ++later) {
    if (!flow.steps[later].start || !after[later] || circle[later] == circle[signer]) continue;
    for (const Mapping& result : flow.steps[later].start->results) {
      const auto is_it = [&](const Reference& path) { return path.name == result.into.name; };
      const bool typed = std::any_of(flow.steps.begin(), flow.steps.end(), [&](const Step& step) {
        return std::any_of(step.edit.begin(), step.edit.end(), is_it) ||
               std::any_of(step.require.begin(), step.require.end(), is_it);
      });
      if (!typed || !covers_any(flow.steps[signer], {result.into})) continue;
      subject.findings.warning(
          "text-changed-after-signing", result.into.place,
          fmt::format(
              "“{}”已签署，到“{}”又由子流程填入 {}{}", flow.steps[signer].title, flow.steps[later].title,
              result.into.name,
              story_to(subject, later, fmt::format("子流程改了 {}，签署作废，要重新签署", result.into.name))),
          "请在签署以前办完子流程，或填入另一个字段");
    }
  }
}

bool same_measure(const Due& a, const Due& b) {
  auto works = [](const Due& due) {
    return due.unit == Due::Unit::workdays || due.unit == Due::Unit::workhours;
  };
  return works(a) == works(b);
}

}  // namespace

std::vector<std::vector<char>> visited_before(const Definition& flow, const std::vector<Edge>& edges) {
  // Small sets of steps as rows; each round takes what all ways in have in common.
  const size_t count = flow.steps.size();
  std::vector<std::vector<char>> rows(count, std::vector<char>(count, true));
  rows[0].assign(count, false);
  rows[0][0] = true;
  std::vector<std::vector<size_t>> sources(count);
  for (const Edge& edge : edges) sources[edge.to].push_back(edge.from);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t at = 1; at < count; ++at) {
      std::vector<char> row(count, !sources[at].empty());
      // All branches have been through before a join: its own split is what lies on the way.
      for (size_t source : sources[at]) {
        for (size_t i = 0; i < count; ++i) row[i] = row[i] && rows[source][i];
      }
      row[at] = true;
      if (row == rows[at]) continue;
      rows[at] = std::move(row);
      changed = true;
    }
  }
  return rows;
}

void check_returns(const Subject& subject) {
  const Definition& flow = subject.flow;
  const bool small = flow.steps.size() <= kMostSteps;
  if (!small)
    subject.findings.warning("not-decided", flow.steps.front().place,
                             fmt::format("环节超过 {} 个，没有核对退回的环节是否每个办件都经过", kMostSteps),
                             "请把流程分成几个");
  const auto visited = small ? visited_before(flow, subject.edges) : std::vector<std::vector<char>>();
  for (const Edge& edge : subject.edges) {
    if (!edge.action || edge.action->kind != ActionKind::back || flow.steps[edge.to].end()) continue;
    const Step &from = flow.steps[edge.from], &to = flow.steps[edge.to];
    if (!is_prefix(flow.scopes[edge.to], flow.scopes[edge.from])) continue;  // told as into-branch
    if (to.kind == StepKind::human && small && !visited[edge.from][edge.to]) {
      subject.findings.warning(
          "return-not-visited", edge.action->to.place,
          fmt::format(
              "“{}”{}到“{}”，可有的办件没有经过那里{}", from.title, edge.action->title, to.title,
              story_to(subject, edge.from, fmt::format("{}到从未去过的“{}”", edge.action->title, to.title))),
          "请退到每个办件都经过的环节，或写 to: previous");
    }
    const bool direct = edge.action->resubmit != Resubmit::walk;
    if (direct && flow.scopes[edge.from] != flow.scopes[edge.to]) {
      subject.findings.error(
          "return-into-branch", edge.action->to.place,
          fmt::format("“{}”在分支里，退到外面的“{}”以后不能直接送回：其余各支已经取消{}", from.title,
                      to.title,
                      story_to(subject, edge.from, fmt::format("退到“{}”，送回时分支已不在", to.title))),
          "请写 resubmit: walk");
    }
  }
  // Where `any` and `previous` lead is known only then.
  const Before before(flow, subject.edges);
  for (size_t at = 0; at < flow.steps.size(); ++at) {
    for (const Action& action : flow.steps[at].actions) {
      if (action.target != Target::step && before.steps(at).empty())
        subject.findings.warning(
            "return-nowhere", action.place,
            fmt::format("“{}”的{}永远办不了：它前面没有有人办理的环节{}", flow.steps[at].title, action.title,
                        story_to(subject, at, fmt::format("没有哪一步可{}", action.title))),
            "请删去这个动作，或写明 to 哪个环节");
      if (action.kind != ActionKind::back || action.target == Target::step ||
          action.resubmit == Resubmit::walk || flow.scopes[at].empty())
        continue;
      subject.findings.warning(
          "return-into-branch", action.place,
          fmt::format("“{}”在分支里，{}到分支外面以后只能逐级再送，写的直接送回不起作用{}",
                      flow.steps[at].title, action.title,
                      story_to(subject, at, "退到分支外面，送回时分支已不在")),
          "请写 resubmit: walk");
    }
  }
}

void check_papers(const Subject& subject) {
  const Definition& flow = subject.flow;
  check_typed_numbers(subject);
  const std::vector<size_t> circle_onward = circles_of(subject, true), circle = circles_of(subject, false);
  std::vector<char> told(flow.steps.size());
  const bool signs = std::any_of(flow.steps.begin(), flow.steps.end(), [](const Step& step) {
    return !step.binds.empty() || step.find_action("sign") != nullptr;
  });
  for (size_t at = 0; at < flow.steps.size(); ++at) {
    const Step& step = flow.steps[at];
    for (const Reference& path : step.hide) {
      auto same = [&](const Reference& one) {
        return one.name == path.name || one.name.starts_with(path.name + ".");
      };
      const bool needed = std::any_of(step.require.begin(), step.require.end(), same) ||
                          std::any_of(step.edit.begin(), step.edit.end(), same);
      if (!needed) continue;
      subject.findings.error("required-but-hidden", path.place,
                             fmt::format("“{}”环节要填 {}，却又不给看{}", step.title, path.name,
                                         story_to(subject, at, fmt::format("看不到 {}，填不了", path.name))),
                             "edit、require 和 hide 不能写同一个字段");
    }
    if (step.binds.empty() && !step.find_action("sign")) continue;
    const std::vector<char> after = reached_from(subject, at, true);
    check_late_results(subject, at, after, circle_onward);
    for (size_t later = 0; later < flow.steps.size(); ++later) {
      if (!after[later] || told[later] || circle_onward[later] == circle_onward[at]) continue;
      for (const auto* paths : {&flow.steps[later].edit, &flow.steps[later].require}) {
        if (paths->empty() || told[later] || !covers_any(step, *paths)) continue;
        told[later] = true;
        subject.findings.warning(
            "text-changed-after-signing", paths->front().place,
            fmt::format(
                "“{}”已签署，到“{}”还能改 {}{}", step.title, flow.steps[later].title, paths->front().name,
                story_to(subject, later, fmt::format("改动 {}，签署的已不是这一稿", paths->front().name))),
            "签署后要改的，退回重新签署（条例第二十五条）");
      }
    }
  }
  const auto visited = flow.steps.size() <= kMostSteps ? visited_before(flow, subject.edges)
                                                       : std::vector<std::vector<char>>();
  auto look = [&](size_t at, const std::vector<Effect>& effects, const Place& place, const std::string& to) {
    const Step& step = flow.steps[at];
    if (has_append(effects) && circle[flow.index_of(to)] == circle[at]) {
      subject.findings.warning(
          "rows-twice", place,
          fmt::format("“{}”登记台账以后办件还会回到这里，改过的行会再登记一次{}", step.title,
                      story_to(subject, at, "登记一次，办件回来改了，再登记一次")),
          "请在最后、不再退回的环节登记");
    }
    const NumberEffect* number = find_number(effects);
    if (!number || !signs || visited.empty()) return;
    bool signed_before = false;
    for (size_t i = 0; i < flow.steps.size(); ++i) {
      const bool signing = !flow.steps[i].binds.empty() || flow.steps[i].find_action("sign");
      signed_before = signed_before || (signing && visited[at][i]);
    }
    if (signed_before) return;
    subject.findings.warning(
        "number-before-signing", number->series.place,
        fmt::format("“{}”在签发之前就编了号{}", step.title, story_to(subject, at, "编了号，还没有签发")),
        "签发以后再编号（条例第二十五条）");
  };
  for (size_t at = 0; at < flow.steps.size(); ++at) {
    for (const Action& action : flow.steps[at].actions) {
      if (!action.to.name.empty()) look(at, action.effects, action.place, action.to.name);
    }
    if (flow.steps[at].kind == StepKind::automatic)
      look(at, flow.steps[at].effects, flow.steps[at].place, flow.steps[at].to.name);
  }
}

void check_deadlines(const Subject& subject) {
  for (size_t at = 0; at < subject.flow.steps.size(); ++at) {
    const Step& step = subject.flow.steps[at];
    const auto& reminder = step.remind ? step.remind : step.remind_again;
    const std::string story = step.due || !reminder ? "" : story_to(subject, at, "没有期限，无从提醒");
    if (!step.due && reminder)
      subject.findings.error("remind-without-due", reminder->place,
                             fmt::format("“{}”要提醒，却没有期限{}", step.title, story), "请写 due");
    if (!step.due && step.overdue != Overdue::nothing)
      subject.findings.error(
          "overdue-without-due", step.place,
          fmt::format("“{}”写了逾期怎么办，却没有期限{}", step.title, story_to(subject, at, "永远不会逾期")),
          "请写 due");
    if (step.due && step.remind && same_measure(*step.due, *step.remind) &&
        hours_of(*step.remind) >= hours_of(*step.due))
      subject.findings.error("remind-after-due", step.remind->place,
                             fmt::format("“{}”的提醒不早于办件送到的时候：期限比提前量短{}", step.title,
                                         story_to(subject, at, "刚送到就该提醒了")),
                             "remind 是到期前多久提醒，要比 due 短");
    if (step.due && step.overdue == Overdue::nothing && !step.remind_again)
      subject.findings.warning("no-overdue", step.due->place,
                               fmt::format("“{}”有期限，却没有写逾期怎么办{}", step.title,
                                           story_to(subject, at, "过了期限，什么也不会发生")),
                               "overdue: remind、escalate、transfer、pass 或 reject");
    if (step.overdue == Overdue::reject &&
        std::none_of(step.actions.begin(), step.actions.end(),
                     [](const Action& action) { return action.kind == ActionKind::reject; }))
      subject.findings.error("overdue-without-action", step.place,
                             fmt::format("“{}”逾期视为不同意，却没有表示不同意的动作{}", step.title,
                                         story_to(subject, at, "过了期限，不知往哪里去")),
                             "请写一个 reject 动作");
  }
}

}  // namespace wenshu::workflow::check
