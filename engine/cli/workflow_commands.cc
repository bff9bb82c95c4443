// workflow check, workflow draw.
#include <iostream>

#include "app/workflow.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/invocation.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::vector<std::string> paths;
  std::string file, against, out, format = "svg";
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
  auto* group = app.add_subcommand("workflow", "流程：证明、画图");
  group->footer("例: wenshu workflow check workflows");
  group->require_subcommand(1);
  add_check(*group, invocation, std::make_shared<Words>());
  add_draw(*group, invocation, std::make_shared<Words>());
}

}  // namespace wenshu::cli
