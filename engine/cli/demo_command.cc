// demo.
#include "app/demo.h"
#include "cli/invocation.h"

namespace wenshu::cli {

void add_demo_command(CLI::App& app, Invocation& invocation) {
  auto* command = app.add_subcommand("demo", "把示例县的一年从计划办到证书，给出全部文件");
  command->footer("例: wenshu demo --out out");
  const auto out = std::make_shared<std::string>("out");
  command->add_option("--out", *out, "输出文件夹")->capture_default_str();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      auto lines = data::Value::list();
      app::play_demo(invocation.context(), invocation.home() / "samples" / "county-2020" / "demo.yaml", *out,
                     [&](const std::string& line) {
                       say(invocation, line);
                       lines.add(line);
                     });
      if (invocation.json) print_json(lines);
      return Exit::ok;
    };
  });
}

}  // namespace wenshu::cli
