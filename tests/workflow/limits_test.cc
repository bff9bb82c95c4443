// Very large definitions are proved, or said to be too large; nothing hangs.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/workflow/set_up.h"
#include "workflow/check/check.h"

namespace wenshu::workflow {
namespace {

const std::string kHead = "workflow: big\ntitle: 大\nversion: 1\nform: big\nsteps:\n";
const std::string kDone = "  done: {end: true}\n";

std::string checked(const std::string& text) {
  Diagnostics findings;
  auto value = data::parse_yaml(text, "big.workflow.yaml", findings);
  if (!value) return codes(findings);
  auto flow = load_workflow(*value, findings);
  if (flow) check::check_workflow(*flow, {}, findings);
  return codes(findings);
}

std::string row(int steps) {
  std::string text = kHead;
  for (int i = 0; i < steps; ++i)
    text += fmt::format("  s{}: {{title: 环节, seat: initiator, actions: {{submit: {{to: {}}}}}}}\n", i,
                        i + 1 < steps ? fmt::format("s{}", i + 1) : "done");
  return text + kDone;
}

TEST(Limits, ProveHundredsOfStepsInARow) {
  EXPECT_EQ(checked(row(500)), "");
  EXPECT_EQ(checked(row(1200)), "not-decided") << "whether returns go where each case has been";
}

TEST(Limits, RefuseMoreThanAFileMayHold) {
  std::string text = kHead;
  for (int i = 0; i < 10'000; ++i)
    text += fmt::format("  s{}: {{title: 环节, seat: initiator, actions: {{submit: {{to: done}}}}}}\n", i);
  EXPECT_EQ(checked(text + kDone), "too-many-nodes");
}

std::string branches(int count, bool with_return) {
  std::string text = kHead + "  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: fork}}}\n" +
                     "  fork: {title: 同时, route: all, branches: [";
  for (int i = 0; i < count; ++i) text += fmt::format("{}{{to: b{}}}", i ? ", " : "", i);
  text += "]}\n";
  for (int i = 0; i < count; ++i)
    text += fmt::format("  b{}: {{title: 支, seat: initiator, actions: {{agree: {{to: meet}}{}}}}}\n", i,
                        with_return ? ", return: {to: draft}" : "");
  return text + "  meet: {title: 汇合, join: fork, to: done}\n" + kDone;
}

TEST(Limits, ProveHundredsOfBranchesByReducingThem) {
  EXPECT_EQ(checked(branches(1000, false)), "not-decided");
  EXPECT_EQ(checked(branches(500, false)), "");
}

TEST(Limits, SayThatManyBranchesThatCanBeReturnedAreNotDecided) {
  EXPECT_EQ(checked(branches(8, true)), "");
  EXPECT_EQ(checked(branches(40, true)), "not-decided");
}

}  // namespace
}  // namespace wenshu::workflow
