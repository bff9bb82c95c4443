// workflow check, workflow draw.
#include <fmt/format.h>

#include <iostream>

#include "app/scenario.h"
#include "app/workflow.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/workflow_parts.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::vector<std::string> paths;
  std::string file, against, out, format = "svg";
  bool all = false;
};
using SharedWords = std::shared_ptr<Words>;

void add_check(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command =
      group.add_subcommand("check", "证明流程可靠：能办结、有人办、条件没有漏洞；每个问题附最短的经过");
  command->footer("例: wenshu workflow check workflows");
  command->add_option("path", words->paths, "流程文件或文件夹")->required();
  command->add_option("--against", words->against, "旧版本的流程文件：再看对在办件的影响");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      std::optional<std::filesystem::path> against;
      if (!words->against.empty()) against = words->against;
      const auto findings =
          app::check_workflows({words->paths.begin(), words->paths.end()}, invocation.home(), against);
      if (invocation.json)
        print_json(data::to_value(findings));
      else
        std::cout << to_text(findings);
      return exit_of(findings);
    };
  });
}

std::string of_all(const app::ScenarioReport& report, workflow::Coverage::Kind kind) {
  return fmt::format("{} {}/{}", workflow::to_chinese(kind), report.covered(kind), report.all(kind));
}

data::Value to_value(const app::ScenarioReport& report) {
  using Kind = workflow::Coverage::Kind;
  auto value = data::Value::map();
  value.set("workflow", report.workflow);
  value.set("title", report.title);
  const auto number = [](size_t n) { return data::Value::number(static_cast<long long>(n)); };
  value.set("cases", number(report.cases));
  value.set("passed", number(report.passed));
  value.set("acts", number(report.acts));
  const std::pair<const char*, Kind> kinds[] = {
      {"steps", Kind::step}, {"branches", Kind::branch}, {"actions", Kind::action}, {"seats", Kind::seat}};
  for (const auto& [key, kind] : kinds) {
    auto part = data::Value::map();
    part.set("covered", number(report.covered(kind)));
    part.set("all", number(report.all(kind)));
    value.set(key, std::move(part));
  }
  return value;
}

void add_test(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand(
      "test", "按场景文件（NAME.scenarios.yaml）逐步试办，核对待办、编号、文书，列出没有走到的地方");
  command->footer("例: wenshu workflow test workflows");
  command->add_option("path", words->paths, "流程或场景文件，或文件夹")->required();
  command->add_flag("--all", words->all, "每个流程都要有场景，没有走到的算错");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      using Kind = workflow::Coverage::Kind;
      const auto run =
          app::run_scenarios({words->paths.begin(), words->paths.end()}, invocation.home(), words->all);
      if (invocation.json) {
        auto value = data::Value::map();
        auto& reports = value.set("workflows", data::Value::list());
        for (const auto& report : run.reports) reports.add(to_value(report));
        value.set("findings", data::to_value(run.findings));
        print_json(value);
      } else {
        std::cout << to_text(run.findings);
        for (const auto& report : run.reports)
          say(invocation, fmt::format("{}（{}）：办件 {}/{}，{} 步；{}，{}，{}，{}", report.title,
                                      report.workflow, report.passed, report.cases, report.acts,
                                      of_all(report, Kind::step), of_all(report, Kind::branch),
                                      of_all(report, Kind::action), of_all(report, Kind::seat)));
        if (run.reports.empty() && run.findings.empty()) say(invocation, "这里没有场景文件");
      }
      return exit_of(run.findings);
    };
  });
}

void add_draw(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("draw", "画出流程图：svg、dot 或 mermaid");
  command->footer("例: wenshu workflow draw workflows/annual-plan.workflow.yaml --format svg -o plan.svg");
  command->add_option("file", words->file, "流程文件")->required();
  command->add_option("--format", words->format, "svg（默认）、dot 或 mermaid");
  command->add_option("-o,--output", words->out, "输出文件；不写则输出到屏幕");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const std::string picture = app::draw_workflow(words->file, words->format);
      if (words->out.empty()) {
        std::cout << picture;
      } else {
        write_file(words->out, picture);
        print_written(invocation, words->out);
      }
      return Exit::ok;
    };
  });
}

}  // namespace

void add_workflow_commands(CLI::App& app, Invocation& invocation) {
  auto* group = app.add_subcommand("workflow", "流程：证明、试办、画图、演练、迁移");
  group->footer("例: wenshu workflow check workflows");
  group->require_subcommand(1);
  add_check(*group, invocation, std::make_shared<Words>());
  add_test(*group, invocation, std::make_shared<Words>());
  add_draw(*group, invocation, std::make_shared<Words>());
  add_simulate(*group, invocation);
  add_rehearse(*group, invocation);
  add_migrate(*group, invocation);
}

}  // namespace wenshu::cli
