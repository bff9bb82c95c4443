#include "workflow/dump/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "workflow/dump/picture.h"
#include "workflow/dump/told.h"
#include "workflow/scope.h"

namespace wenshu::workflow::dump {
namespace {

// Text inside quotes of DOT, and of Mermaid (which reads entities).
std::string quoted(const std::string& text) {
  return fmt::format("\"{}\"",
                     replace_all(replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\""), "\n", " "));
}
std::string for_mermaid(const std::string& text) {
  return fmt::format("\"{}\"", replace_all(replace_all(text, "\"", "#quot;"), "\n", " "));
}

const char* state_of(const Step& step, const Progress& progress) {
  if (progress.current.contains(step.id)) return "current";
  if (progress.done.contains(step.id)) return "done";
  return progress.forecast.contains(step.id) ? "forecast" : "";
}

std::string label_of_box(const Step& step, const Progress& progress, const char* line_break) {
  std::string label = step.title;
  for (const std::string& line : lines_below(step, progress)) label += line_break + line;
  return label;
}

std::string to_dot(const Definition& flow, const Progress& progress) {
  std::string text =
      fmt::format("digraph {} {{\n  rankdir=TB;\n  node [shape=box, style=rounded];\n", quoted(flow.name));
  for (size_t i = 0; i < flow.steps.size(); ++i) {
    const Step& step = flow.steps[i];
    const std::string state = state_of(step, progress);
    const char* shape = step.end()                         ? ", shape=doubleoctagon"
                        : step.kind == StepKind::split     ? ", shape=diamond"
                        : step.kind == StepKind::automatic ? ", shape=parallelogram"
                                                           : "";
    const std::string fill = state == "current"    ? ", fillcolor=gold, style=\"rounded,filled\""
                             : state == "done"     ? ", fillcolor=lightgrey, style=\"rounded,filled\""
                             : state == "forecast" ? ", fillcolor=aliceblue, style=\"rounded,filled,dashed\""
                                                   : "";
    std::string label = quoted(label_of_box(step, progress, "\x01"));
    label = replace_all(label, "\x01", "\\n");
    text += fmt::format("  {} [label={}{}{}];\n", quoted(step.id), label, shape, fill);
  }
  for (const Edge& edge : edges_of(flow)) {
    const bool back = edge.action && edge.action->kind != ActionKind::forward;
    text += fmt::format("  {} -> {} [label={}{}];\n", quoted(flow.steps[edge.from].id),
                        quoted(flow.steps[edge.to].id), quoted(label_of(flow, edge)),
                        back ? ", style=dashed, constraint=false" : "");
  }
  return text + "}\n";
}

std::string to_mermaid(const Definition& flow, const Progress& progress) {
  std::string text = "flowchart TD\n";
  for (size_t i = 0; i < flow.steps.size(); ++i) {
    const Step& step = flow.steps[i];
    const std::string title = for_mermaid(label_of_box(step, progress, "<br/>"));
    const std::string shape = step.end()                         ? fmt::format("([{}])", title)
                              : step.kind == StepKind::split     ? fmt::format("{{{}}}", title)
                              : step.kind == StepKind::automatic ? fmt::format("[/{}/]", title)
                                                                 : fmt::format("[{}]", title);
    const std::string state = state_of(step, progress);
    // Numbers, because an id of the writer's may be a word of Mermaid's (end).
    text += fmt::format("  s{}{}{}\n", i, shape, state.empty() ? "" : fmt::format(":::{}", state));
  }
  for (const Edge& edge : edges_of(flow)) {
    const bool back = edge.action && edge.action->kind != ActionKind::forward;
    const std::string label = label_of(flow, edge);
    text += fmt::format("  s{} {}{} s{}\n", edge.from, back ? "-.->" : "-->",
                        label.empty() ? "" : fmt::format("|{}|", for_mermaid(label)), edge.to);
  }
  return text +
         "  classDef current fill:#ffe08a,stroke:#b8860b\n  classDef done fill:#e6e6e6,stroke:#999\n"
         "  classDef forecast fill:#eaf4ff,stroke:#6a8fb5,stroke-dasharray:4 3\n";
}

}  // namespace

std::string label_of(const Definition& flow, const Edge& edge) {
  if (edge.action) return edge.action->title;
  const Step& from = flow.steps[edge.from];
  if (from.kind != StepKind::split) return "";
  const std::string& title = from.branches[edge.branch].title;
  if (!title.empty()) return title;
  const auto& when = from.branches[edge.branch].when;
  if (when) return when->text();
  return from.route == Route::all ? "" : "其余";
}

std::optional<Format> parse_format(std::string_view name) {
  if (name == "svg") return Format::svg;
  if (name == "dot") return Format::dot;
  if (name == "mermaid") return Format::mermaid;
  return std::nullopt;
}

std::string draw(const Definition& definition, Format format, const Progress& progress) {
  if (format == Format::dot) return to_dot(definition, progress);
  if (format == Format::mermaid) return to_mermaid(definition, progress);
  return to_svg(definition, progress);
}

}  // namespace wenshu::workflow::dump
