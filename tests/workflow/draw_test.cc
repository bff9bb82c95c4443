#include "workflow/dump/draw.h"

#include <gmock/gmock.h>

#include "tests/workflow/set_up.h"

namespace wenshu::workflow {
namespace {

using testing::HasSubstr;

Definition county() {
  Diagnostics findings;
  auto flow = load_workflow(file("workflows/annual-plan.workflow.yaml"), findings);
  EXPECT_TRUE(flow) << to_text(findings);
  return flow.value_or(Definition());
}

TEST(Pictures, ShowEachStepAndEachWay) {
  const Definition flow = county();
  const std::string dot = dump::draw(flow, dump::Format::dot);
  EXPECT_THAT(dot, HasSubstr("\"review\" -> \"countersign\" [label=\"同意\"]"));
  EXPECT_THAT(dot, HasSubstr("\"countersign\" -> \"draft\" [label=\"不同意\", style=dashed"));
  const std::string mermaid = dump::draw(flow, dump::Format::mermaid);
  EXPECT_THAT(mermaid, HasSubstr("s1[\"科室审核\"]"));
  EXPECT_THAT(mermaid, HasSubstr("s1 -.->|\"退回\"| s0"));
  const std::string svg = dump::draw(flow, dump::Format::svg);
  for (const Step& step : flow.steps) EXPECT_THAT(svg, HasSubstr(">" + step.title + "</text>"));
  EXPECT_EQ(svg, dump::draw(flow, dump::Format::svg));
}

TEST(Pictures, MarkWhereACaseStands) {
  const std::string svg = dump::draw(county(), dump::Format::svg, {{"review"}, {"draft"}, {}, {}});
  EXPECT_THAT(svg, HasSubstr("#ffe08a"));
  EXPECT_THAT(svg, HasSubstr("#e6e6e6"));
}

}  // namespace
}  // namespace wenshu::workflow
