// S1 to S6: does every case come to an end, properly?
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "workflow/check/parts.h"

namespace wenshu::workflow::check {
namespace {

class Structure {
 public:
  explicit Structure(const Subject& subject)
      : subject_(subject), flow_(subject.flow), edges_(subject.edges), findings_(subject.findings) {}

  void check() {
    if (!has_ends()) return;
    check_reach();
    check_branches();
    check_circles();
    const bool branching = std::any_of(flow_.steps.begin(), flow_.steps.end(), [](const Step& step) {
      return step.kind == StepKind::split && step.route != Route::one;
    });
    // With one place marked at a time, reach is all there is to say, and check_reach() has said it.
    if (branching && !lost_) explore_states();
  }

 private:
  const Step& step(size_t i) const { return flow_.steps[i]; }

  bool has_ends() {
    if (step(0).kind != StepKind::human) {
      findings_.error("no-start", step(0).place,
                      step(0).end() ? "第一个环节是起点，不能是结束环节"
                                    : "第一个环节是起点，没有人坐在那里，办件一开始就走不动",
                      "第一个环节写明席位和动作，例如 seat: initiator");
      return false;
    }
    if (std::any_of(flow_.steps.begin(), flow_.steps.end(), [](const Step& one) { return one.end(); }))
      return true;
    findings_.error("no-end", step(0).place, "流程没有结束环节", "请加入 done: {end: true}");
    return false;
  }

  std::vector<char> spread(std::vector<size_t> open, bool backwards) {
    std::vector<std::vector<size_t>> next(flow_.steps.size());
    for (const Edge& edge : edges_)
      next[backwards ? edge.to : edge.from].push_back(backwards ? edge.from : edge.to);
    std::vector<char> seen(flow_.steps.size());
    for (size_t at : open) seen[at] = true;
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

  // Over single edges: what is lost here is lost in every way of counting. `to: previous` leads where a case was
  // before, so it adds nothing to reach, but a step with nothing else still goes back to where an end may be.
  void check_reach() {
    const Before before_each(flow_, edges_);
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      for (const Action& action : step(i).actions) {
        if (action.target == Target::step) continue;
        for (size_t before : before_each.steps(i)) dynamic_.push_back({i, before, &action, 0});
      }
    }
    std::vector<size_t> ends;
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      if (step(i).end()) ends.push_back(i);
    }
    const std::vector<char> reached = spread({0}, false);
    std::vector<Edge> all = edges_;
    edges_.insert(edges_.end(), dynamic_.begin(), dynamic_.end());
    const std::vector<char> ending = spread(ends, true);
    edges_ = std::move(all);
    bool told = false;
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      if (!reached[i]) {
        findings_.error("unreachable-step", step(i).place, fmt::format("环节 “{}” 到不了", step(i).id),
                        "没有动作转到它：请核对各动作的 to");
      } else if (!ending[i]) {
        const bool first = !std::exchange(told, true);
        findings_.error(
            "no-way-to-end", step(i).place,
            fmt::format(
                "从环节 “{}” 走不到结束{}", step(i).id,
                first ? story_to(subject_, i, fmt::format("卡在“{}”，再也办不结", step(i).title)) : ""),
            "请给它一个通向结束的动作");
      }
      lost_ = lost_ || !reached[i] || !ending[i];
    }
  }

  void check_branches() {
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      if (step(i).kind == StepKind::split && step(i).route != Route::one) check_split(i);
    }
    for (const Edge& edge : edges_) check_edge(edge);
  }

  void check_split(size_t split) {
    const Step& one = step(split);
    if (join_of(flow_, split) == flow_.steps.size()) {
      findings_.error("unpaired-branches", one.place, fmt::format("“{}”分出的各支没有汇合处", one.title),
                      fmt::format("请加一个环节 {{join: {}, to: …}}，各支都转到它", one.id));
      unpaired_ = true;
    }
    const Regions regions = regions_of(flow_, edges_, split);
    std::vector<size_t> owner(flow_.steps.size(), regions.branches.size());
    for (size_t b = 0; b < regions.branches.size(); ++b) {
      for (size_t at : regions.branches[b]) {
        if (owner[at] == regions.branches.size()) {
          owner[at] = b;
          continue;
        }
        findings_.error(
            "shared-branches", step(at).place,
            fmt::format("“{}”的第 {} 支和第 {} 支都走到“{}”，它会被办两次{}", one.title, owner[at] + 1, b + 1,
                        step(at).title,
                        story_to(subject_, at, fmt::format("另一支随后又到“{}”", step(at).title))),
            "各支先汇合（join），再往下走");
        unpaired_ = true;
        return;
      }
    }
  }

  void check_edge(const Edge& edge) {
    const Scope &here = flow_.scopes[edge.from], &there = flow_.scopes[edge.to];
    const Step& target = step(edge.to);
    const bool from_split = step(edge.from).kind == StepKind::split && step(edge.from).route != Route::one;
    if (target.join) {
      const size_t split = flow_.index_of(target.join->name);
      const bool inside =
          std::any_of(here.begin(), here.end(), [&](const ScopeLevel& l) { return l.split == split; });
      if (inside || (from_split && edge.from == split)) return;
      findings_.error(
          "join-astray", edge.action ? edge.action->place : step(edge.from).place,
          fmt::format("“{}”不在“{}”的分支里，却转到汇合处“{}”：其余各支不会来，办件卡在那里{}",
                      step(edge.from).title, step(split).title, target.title,
                      story_to(subject_, edge.from, fmt::format("到“{}”，等不齐各支", target.title))),
          "请转到汇合之后的环节");
      unpaired_ = true;
    } else if (from_split) {
      return;
    } else if (!is_prefix(there, here)) {
      findings_.error("into-branch", edge.action ? edge.action->place : step(edge.from).place,
                      fmt::format("“{}”从外面转进了分支里的“{}”{}", step(edge.from).title, target.title,
                                  story_to(subject_, edge.from,
                                           fmt::format("直接进了“{}”，同时的各支没有开", target.title))),
                      "请转到分支环节，由它同时开各支");
      unpaired_ = true;
    }
  }

  // S6: automatic steps that lead to one another in a circle.
  void check_circles() {
    enum class Mark : char { fresh, open, done };
    std::vector<Mark> marks(flow_.steps.size(), Mark::fresh);
    std::vector<std::vector<size_t>> next(flow_.steps.size());
    for (const Edge& edge : edges_) {
      const auto automatic = [&](size_t i) {
        return step(i).kind == StepKind::automatic || step(i).kind == StepKind::split;
      };
      if (automatic(edge.from) && automatic(edge.to)) next[edge.from].push_back(edge.to);
    }
    for (size_t start = 0; start < flow_.steps.size(); ++start) {
      std::vector<std::pair<size_t, size_t>> stack = {{start, 0}};
      if (marks[start] != Mark::fresh) continue;
      marks[start] = Mark::open;
      while (!stack.empty()) {
        auto& [at, child] = stack.back();
        if (child == next[at].size()) {
          marks[at] = Mark::done;
          stack.pop_back();
          continue;
        }
        const size_t to = next[at][child++];
        if (marks[to] == Mark::open) {
          report_circle(stack, to);
          lost_ = true;
          return;
        }
        if (marks[to] == Mark::fresh) {
          marks[to] = Mark::open;
          stack.push_back({to, 0});
        }
      }
    }
  }

  void report_circle(const std::vector<std::pair<size_t, size_t>>& stack, size_t to) {
    std::vector<std::string> titles;
    bool inside = false;
    for (const auto& [at, child] : stack) {
      inside = inside || at == to;
      if (inside) titles.push_back("“" + step(at).title + "”");
    }
    titles.push_back("“" + step(to).title + "”");
    findings_.error("automatic-circle", step(to).place,
                    fmt::format("自动环节绕成了圈，没有人办理也没有期限：{}{}", join(titles, " → "),
                                story_to(subject_, to, "从此自己转个不停")),
                    "圈里至少要有一个有人办理的环节");
  }

  void explore_states() {
    const Flow net = translate(flow_, edges_);
    const Verdict verdict = judge(net.net);
    if (verdict.improper) report_improper(net, *verdict.improper, verdict);
    if (verdict.unsafe) {
      const Way& last = net.ways[verdict.unsafe->back()];
      const size_t at = last.to < flow_.steps.size() ? last.to : last.step;
      findings_.error(
          "double-task", step(at).place,
          fmt::format("“{}”会同时开两次{}", step(at).title,
                      story(subject_, net, *verdict.unsafe, fmt::format("“{}”又开一次", step(at).title))),
          "两支先汇合（join），再往下走");
    }
    if (verdict.deadlock) report_stuck("deadlock", "办件会卡住，谁也不能办", net, *verdict.deadlock, verdict);
    if (verdict.trap && !verdict.deadlock)
      report_stuck("no-way-to-end", "办件会走不到结束", net, *verdict.trap, verdict);
    if (!verdict.decided) {
      findings_.warning("not-decided", step(0).place,
                        fmt::format("状态太多，看了 {} 个还没有看完，不能断定办件都能办结", verdict.states),
                        "请减少同时走的分支，或把几支合成一个会签环节");
      return;
    }
    for (size_t i = 0; i < flow_.steps.size(); ++i) {
      if (!step(i).join || unpaired_ || verdict.reached[i]) continue;
      findings_.error("dead-join", step(i).place, fmt::format("汇合处“{}”永远等不齐各支", step(i).title),
                      "请让每一支都能转到汇合处");
    }
  }

  std::vector<std::string> places(const Flow& net, const std::vector<Index>& marks) {
    std::vector<std::string> titles;
    for (Index place : marks) {
      const Step& one = step(net.step_of[place]);
      std::string title =
          place < flow_.steps.size() ? "“" + one.title + "”" : fmt::format("汇合处“{}”", one.title);
      if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(std::move(title));
    }
    return titles;
  }

  void report_stuck(const char* code, const std::string& what, const Flow& net, const Path& path,
                    const Verdict& verdict) {
    const size_t at = verdict.stuck.empty() ? 0 : net.step_of[verdict.stuck.back()];
    findings_.error(code, step(at).place,
                    what + story(subject_, net, path, "卡在" + join(places(net, verdict.stuck), "和")),
                    "请让停在那里的每一支都有去向，或在汇合前不要走掉");
  }

  void report_improper(const Flow& net, const Path& path, const Verdict& verdict) {
    size_t end = 0;
    std::vector<Index> rest;
    for (Index place : verdict.stuck) {
      if (net.net.final_place[place])
        end = place;
      else
        rest.push_back(place);
    }
    const Way& last = net.ways[path.back()];
    findings_.error(
        "work-left-at-end", last.action ? last.action->place : step(last.step).place,
        fmt::format(
            "办件到了“{}”，还有事没有办完：{}{}", step(net.step_of[end]).title, join(places(net, rest), "和"),
            story(subject_, net, path, fmt::format("办结时 {} 还开着", join(places(net, rest), "和")))),
        "分支里的环节先转到汇合处");
  }

  const Subject& subject_;
  const Definition& flow_;
  std::vector<Edge> edges_, dynamic_;
  Diagnostics& findings_;
  bool lost_ = false, unpaired_ = false;
};

}  // namespace

void check_structure(const Subject& subject) { Structure(subject).check(); }

}  // namespace wenshu::workflow::check
