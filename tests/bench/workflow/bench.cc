// Actions a second of the pure engine on leave.workflow.yaml: every blocker and guard asked, no store. One JSON line.
//
//   cmake --build --preset release --target bench_workflow && build/release/tests/bench_workflow [CASES [memo]]
//
// `memo`: with the seats that follow from the rules kept, as `workflow rehearse` does for its thousands of acts; without,
// each act finds them again, as `case act` does, which does one.
//
// `case_bytes` is what the allocator holds for a case at rest, at the step where it holds most: three seats, two of them
// decided, or all of them open and the way back still there. `state_bytes` is the same as the store keeps it.
//
// A case is rejected once; odd ones have 8 hours and take 8 actions of people, even ones have 40 and take 9. Starting a
// case and routing are in the time and not in the count.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "data/load.h"
#include "data/write.h"
#include "workflow/check/check.h"
#include "workflow/moves.h"

namespace {

using namespace wenshu;

const char* const kForm =
    "form: leave\ntitle: 请假\nfields: {hours: {title: 时数, type: integer, required: true}}\n";
const char* const kOffice = R"(directory: leave
title: 示例局
posts: [局长, 负责人]
departments:
  office: {title: 办公室, members: [user, head, boss, a, b, c]}
people:
  user: {name: 甲, department: office}
  head: {name: 乙, department: office, posts: [负责人]}
  boss: {name: 丙, department: office, posts: [局长]}
  a: {name: 丁, department: office}
  b: {name: 戊, department: office}
  c: {name: 己, department: office}
)";

data::Value parse(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "bench.yaml", findings);
  if (!value) std::abort();
  return *value;
}

void act(const workflow::Rules& rules, workflow::Marking& marking, const data::Value& data,
         const char* person, const char* action) {
  workflow::Act wanted;
  wanted.person = person;
  wanted.action = action;
  if (!workflow::attempt(rules, marking, data, wanted).blockers.empty()) {
    std::fprintf(stderr, "%s may not %s\n", person, action);
    std::exit(1);
  }
}

// Bytes of the heap that one of many cases takes, each at rest after some acts.
size_t case_bytes(const workflow::Rules& rules, const data::Value& data, bool decided) {
  constexpr size_t kCases = 1000;
  std::vector<workflow::Marking> all;
  all.reserve(kCases);
  const size_t before = mallinfo2().uordblks;
  for (size_t i = 0; i < kCases; ++i) {
    workflow::Marking& marking = all.emplace_back(workflow::start(rules, "user", data));
    act(rules, marking, data, "user", "submit");
    act(rules, marking, data, "head", "agree");
    if (decided) act(rules, marking, data, "a", "agree");
    if (decided) act(rules, marking, data, "b", "agree");
  }
  return sizeof(workflow::Marking) + (mallinfo2().uordblks - before) / kCases;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Actions of people.
int play(const workflow::Rules& rules, const data::Value& data, bool is_long, size_t& bytes) {
  workflow::Marking marking = workflow::start(rules, "user", data);
  act(rules, marking, data, "user", "submit");
  act(rules, marking, data, "head", "reject");
  act(rules, marking, data, "user", "submit");
  act(rules, marking, data, "head", "agree");
  act(rules, marking, data, "a", "agree");
  act(rules, marking, data, "b", "agree");
  if (bytes == 0) bytes = data::to_json(workflow::to_value(marking)).size();
  act(rules, marking, data, "c", "agree");
  if (is_long) act(rules, marking, data, "boss", "approve");
  act(rules, marking, data, "user", "archive");
  if (marking.status != workflow::Status::ended) std::exit(1);
  return is_long ? 9 : 8;
}

}  // namespace

int main(int argc, char** argv) {
  const long cases = argc > 1 ? std::atol(argv[1]) : 200'000;
  Diagnostics findings;
  const auto flow = workflow::load_workflow(
      *data::load_file(WENSHU_SOURCE_DIR "/tests/bench/workflow/leave.workflow.yaml", findings), findings);
  const auto form = form::load_form(parse(kForm), findings);
  const auto office = directory::load_directory(parse(kOffice), findings);
  if (!flow || !form || !office) {
    std::fputs(to_text(findings).c_str(), stderr);
    return 1;
  }
  const expression::Type type = form::type_of(*form);
  workflow::Rules rules{*flow, *form, *office};
  rules.type = &type;
  workflow::SeatMemo memo;
  if (argc > 2 && std::string(argv[2]) == "memo") rules.memo = &memo;
  const data::Value short_leave = parse("hours: 8\n"), long_leave = parse("hours: 40\n");
  size_t bytes = 0;
  long actions = 0;
  const auto begin = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  for (long i = 1; i <= cases; ++i)
    actions += play(rules, i % 2 ? short_leave : long_leave, i % 2 == 0, bytes);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const double cpu_took = cpu_seconds() - cpu;
  const size_t held = std::max(case_bytes(rules, long_leave, false), case_bytes(rules, long_leave, true));
  std::printf(
      "{\"cases\": %ld, \"actions\": %ld, \"per_s\": %.0f, \"per_cpu_s\": %.0f, \"state_bytes\": %zu, "
      "\"case_bytes\": %zu}\n",
      cases, actions, static_cast<double>(actions) / took.count(), static_cast<double>(actions) / cpu_took,
      bytes, held);
}
