// How fast definitions are proved. One JSON line: seconds for a definition of 100 steps with ten countersigns of ten
// people, and states a second of the checker's explorer beside the plain one of the tests, on the same net.
//
//   cmake --build --preset release --target bench_workflow_check && build/release/tests/bench_workflow_check
#include "workflow/check/check.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "data/load.h"
#include "tests/workflow/plain_explorer.h"

namespace {

using namespace wenshu;
namespace check = workflow::check;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

data::Value parse(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "bench.yaml", findings);
  if (!value) std::abort();
  return *value;
}

// Ten rounds of nine steps and a countersign of ten; each step can send back to the one before.
std::string long_definition() {
  std::string text = "workflow: long\ntitle: 长\nversion: 1\nform: f\nsteps:\n";
  for (int i = 0; i < 100; ++i) {
    const std::string next = i == 99 ? "done" : fmt::format("s{}", i + 1);
    text += fmt::format("  s{}:\n    title: 第{}步\n", i, i);
    if (i % 10 == 9) {
      text += "    seats: [";
      for (int p = 0; p < 10; ++p) text += fmt::format("{}{{person: p{}}}", p ? ", " : "", p);
      text += "]\n    decide: {rule: all, on_reject: veto}\n";
      text += fmt::format("    actions: {{agree: {{to: {}}}, reject: {{to: s{}}}}}\n", next, i - 9);
    } else {
      text += "    seat: initiator\n";
      text += i == 0 ? fmt::format("    actions: {{submit: {{to: {}}}}}\n", next)
                     : fmt::format(
                           "    actions: {{agree: {{to: {}, when: \"hours > {}\"}}, return: {{to: s{}}}}}\n",
                           next, i, i - 1);
    }
  }
  return text + "  done: {end: true}\n";
}

std::string office() {
  std::string people, members;
  for (int p = 0; p < 10; ++p) {
    people += fmt::format("  p{}: {{name: 人{}, department: office, posts: [科员]}}\n", p, p);
    members += fmt::format("{}p{}", p ? ", " : "", p);
  }
  return "directory: d\ntitle: 局\nposts: [科员]\ndepartments: {office: {title: 办公室, members: [" + members +
         "]}}\npeople:\n" + people;
}

double prove() {
  Diagnostics findings;
  const auto flow = workflow::load_workflow(parse(long_definition()), findings);
  const auto form = form::load_form(
      parse("form: f\ntitle: 表\nfields: {hours: {title: 时数, type: integer, required: true}}\n"), findings);
  const auto people = directory::load_directory(parse(office()), findings);
  if (!flow || !form || !people) {
    std::fputs(to_text(findings).c_str(), stderr);
    std::exit(1);
  }
  const double begin = cpu_seconds();
  workflow::Known known;
  known.forms["f"] = &*form;
  known.directory = &*people;
  check::check_workflow(*flow, known, findings);
  const double took = cpu_seconds() - begin;
  for (const Diagnostic& finding : findings) {
    if (finding.code == "not-decided") std::exit(1);
  }
  return took;
}

// Six tokens that walk four places each, side by side, and meet: 4^6 + 1 states that no reduction is let near.
check::Net wide_net() {
  constexpr check::Index kTokens = 6, kPlaces = 4;
  check::Net net;
  net.places = kTokens * kPlaces + 1;
  net.final_place.assign(net.places, false);
  net.final_place.back() = true;
  check::Transition meet{{}, {net.places - 1}, {}};
  for (check::Index token = 0; token < kTokens; ++token) {
    const check::Index first = token * kPlaces;
    net.initial.push_back(first);
    for (check::Index i = 0; i + 1 < kPlaces; ++i)
      net.transitions.push_back({{first + i}, {first + i + 1}, {}});
    meet.in.push_back(first + kPlaces - 1);
  }
  net.transitions.push_back(std::move(meet));
  return net;
}

}  // namespace

int main() {
  const double proved = prove();
  const check::Net net = wide_net();
  double begin = cpu_seconds();
  const check::Verdict verdict = check::explore(net);
  const double ours = static_cast<double>(verdict.states) / (cpu_seconds() - begin);
  begin = cpu_seconds();
  const check::Plain plain = check::try_everything(net);
  const double plainly = static_cast<double>(plain.states) / (cpu_seconds() - begin);
  if (!verdict.decided || verdict.states != plain.states) return 1;
  std::printf("{\"prove_s\": %.3f, \"states\": %zu, \"states_per_s\": %.0f, \"plain_states_per_s\": %.0f}\n",
              proved, verdict.states, ours, plainly);
}
