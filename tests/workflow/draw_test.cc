#include "workflow/dump/draw.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <random>
#include <regex>

#include "base/text.h"
#include "tests/workflow/set_up.h"
#include "workflow/dump/layers.h"

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
  EXPECT_THAT(mermaid, HasSubstr("s1[\"科室审核<br/>"));
  EXPECT_THAT(mermaid, HasSubstr("s1 -.->|\"退回\"| s0"));
  const std::string svg = dump::draw(flow, dump::Format::svg);
  for (const Step& step : flow.steps) EXPECT_THAT(svg, HasSubstr(">" + step.title + "</text>"));
  EXPECT_EQ(svg, dump::draw(flow, dump::Format::svg));
}

TEST(Pictures, SayWhoActsHowTheyDecideAndWhereItMayGoBack) {
  Diagnostics findings;
  const auto flow = load_workflow(yaml(R"(workflow: w
title: 表决
version: 1
form: w
steps:
  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: vote}}}
  vote:
    title: 局务会表决
    seats: [{post: 局长}, {head_of: initiator.department}, {person: sun}, {role: council}]
    decide: {rule: votes, threshold: 2/3}
    due: 2 workdays
    overdue: remind
    actions: {agree: {to: done}, reject: {to: done}, return: {to: any}}
  done: {end: true}
)"),
                                  findings);
  ASSERT_TRUE(flow) << to_text(findings);
  const std::string dot = dump::draw(*flow, dump::Format::dot);
  EXPECT_THAT(
      dot,
      HasSubstr("局务会表决\\n局长、经办人部门负责人、sun 等4席\\n票决 2/3，限 2 个工作日\\n可退回任一步"));
  EXPECT_THAT(dump::draw(*flow, dump::Format::svg), HasSubstr(">可退回任一步</text>"));
  dump::Progress known;
  const auto office = directory::load_directory(
      yaml("directory: d\ntitle: 局\nposts: [局长]\ndepartments: {a: {title: 甲科, members: [sun]}}\n"
           "people: {sun: {name: 孙月, department: a, posts: [局长]}}\n"),
      findings);
  ASSERT_TRUE(office) << to_text(findings);
  known.office = &*office;
  EXPECT_THAT(dump::draw(*flow, dump::Format::mermaid, known), HasSubstr("、孙月 等4席"));
}

TEST(Pictures, MarkWhereACaseStands) {
  const std::string svg = dump::draw(county(), dump::Format::svg, {{"review"}, {"draft"}, {}, {}});
  EXPECT_THAT(svg, HasSubstr("#ffe08a"));
  EXPECT_THAT(svg, HasSubstr("#e6e6e6"));
}

// Corners of something drawn.
struct Corners {
  std::string what;
  double left, top, right, bottom;
  bool meets(const Corners& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

// Boxes and labels as the finished picture has them: Chinese characters are as wide as they are high, others at most 0.7.
std::vector<Corners> things_in(const std::string& svg) {
  std::vector<Corners> things;
  const std::regex rect(R"re(<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)")re");
  for (std::sregex_iterator at(svg.begin(), svg.end(), rect), end; at != end; ++at) {
    const double x = std::stod((*at)[1]), y = std::stod((*at)[2]);
    things.push_back({"box", x, y, x + std::stod((*at)[3]), y + std::stod((*at)[4])});
  }
  const std::regex hexagon(R"re(<path d="M(\d+) (\d+)L\d+ (\d+)H\d+L(\d+) \d+L\d+ (\d+)H\d+z")re");
  for (std::sregex_iterator at(svg.begin(), svg.end(), hexagon), end; at != end; ++at)
    things.push_back(
        {"hexagon", std::stod((*at)[1]), std::stod((*at)[3]), std::stod((*at)[4]), std::stod((*at)[5])});
  const std::regex text(R"re(<text x="(\d+)" y="(\d+)" font-size="12" fill="#555">([^<]*)<)re");
  for (std::sregex_iterator at(svg.begin(), svg.end(), text), end; at != end; ++at) {
    double width = 0;
    const std::string words = std::regex_replace((*at)[3].str(), std::regex("&[a-z]+;"), "&");
    for (char32_t c : to_characters(words)) width += c >= 0x2E80 ? 12 : 8.4;
    const double x = std::stod((*at)[1]), y = std::stod((*at)[2]);
    things.push_back({words, x, y - 11, x + width, y + 3});
  }
  return things;
}

TEST(Pictures, LayNoLabelOverABoxOrAnotherLabel) {
  int seen = 0;
  for (const char* folder : {"/workflows", "/tests/workflow/patterns"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(WENSHU_SOURCE_DIR) + folder)) {
      if (entry.path().string().find(".workflow.yaml") == std::string::npos) continue;
      Diagnostics findings;
      const auto flow = load_workflow(*data::load_file(entry.path(), findings), findings);
      ASSERT_TRUE(flow) << to_text(findings);
      const std::string svg = dump::draw(*flow, dump::Format::svg);
      const auto things = things_in(svg);
      EXPECT_GT(things.size(), flow->steps.size()) << entry.path();
      for (size_t i = 0; i < things.size(); ++i) {
        for (size_t k = 0; k < i; ++k)
          EXPECT_FALSE(things[i].meets(things[k]))
              << entry.path() << ": " << things[i].what << " / " << things[k].what;
      }
      ++seen;
    }
  }
  EXPECT_GE(seen, 30);
}

dump::Chart random_chart(std::mt19937& dice) {
  const auto roll = [&](size_t most) { return std::uniform_int_distribution<size_t>(0, most)(dice); };
  dump::Chart chart;
  const size_t nodes = 2 + roll(20);
  for (size_t i = 0; i < nodes; ++i) chart.nodes.push_back({168, roll(3) == 0 ? 52 : 44});
  for (size_t i = 1; i < nodes; ++i)
    chart.lines.push_back({roll(i - 1), i, true, static_cast<int>(roll(100)), 40});
  for (size_t i = roll(nodes); i > 0; --i)
    chart.lines.push_back({roll(nodes - 1), roll(nodes - 1), roll(1) == 0, static_cast<int>(roll(100)), 40});
  return chart;
}

// Points along a line, as the SVG bends it.
std::vector<dump::Point> along(const std::vector<dump::Point>& points) {
  std::vector<dump::Point> all;
  for (size_t i = 1; i < points.size(); ++i) {
    const auto a = points[i - 1], b = points[i];
    for (int step = 0; step <= 16; ++step) {
      const double t = step / 16.0, u = 1 - t, half = (a.y + b.y) / 2.0;
      const double x = a.x * (u * u * u + 3 * u * u * t) + b.x * (t * t * t + 3 * u * t * t);
      const double y = u * u * u * a.y + (3 * u * u * t + 3 * u * t * t) * half + t * t * t * b.y;
      all.push_back({static_cast<int>(std::lround(x)), static_cast<int>(std::lround(y))});
    }
  }
  return all;
}

TEST(Pictures, LeadNoLineThroughABoxOrALabel) {
  std::mt19937 dice(5);
  for (int round = 0; round < 200; ++round) {
    const dump::Chart chart = random_chart(dice);
    const dump::Placed placed = dump::lay_out(chart);
    std::vector<Corners> things;
    for (size_t i = 0; i < chart.nodes.size(); ++i) {
      const auto [x, y] = placed.nodes[i];
      const double half = chart.nodes[i].width / 2.0, high = chart.nodes[i].height / 2.0;
      things.push_back({"box", x - half, y - high, x + half, y + high});
    }
    for (size_t i = 0; i < chart.lines.size(); ++i) {
      const auto& line = placed.lines[i];
      const int width = line.cut ? chart.lines[i].told : chart.lines[i].label;
      if (width > 0)
        things.push_back({"label", line.label.x + 0.0, line.label.y - 9.0, line.label.x + width + 0.0,
                          line.label.y + 9.0});
    }
    for (size_t i = 0; i < things.size(); ++i) {
      EXPECT_GE(things[i].left, 0);
      EXPECT_LE(things[i].right, placed.width);
      EXPECT_LE(things[i].bottom, placed.height);
      for (size_t k = 0; k < i; ++k) ASSERT_FALSE(things[i].meets(things[k])) << round;
    }
    for (const auto& line : placed.lines) {
      ASSERT_GE(line.points.size(), 2u);
      for (const dump::Point point : along(line.points)) {
        for (const Corners& thing : things) {
          ASSERT_FALSE(thing.left < point.x && point.x < thing.right && thing.top < point.y &&
                       point.y < thing.bottom)
              << round << " " << thing.what;
        }
      }
    }
  }
}

TEST(Pictures, CutWhatWouldGrowBeyondMeasure) {
  dump::Chart chart;
  constexpr size_t kNodes = 2000;
  for (size_t i = 0; i < kNodes; ++i) {
    chart.nodes.push_back({168, 44});
    if (i == 0) continue;
    chart.lines.push_back({i - 1, i, true, 24, 60});
    chart.lines.push_back({i, 0, false, 24, 60});
  }
  const dump::Placed placed = dump::lay_out(chart);
  EXPECT_FALSE(placed.lines[0].cut);
  EXPECT_FALSE(placed.lines[1].cut);
  EXPECT_TRUE(placed.lines.back().cut);
  EXPECT_LT(placed.width, 40'000);
}

}  // namespace
}  // namespace wenshu::workflow
