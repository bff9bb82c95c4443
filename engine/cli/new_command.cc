// new.
#include <algorithm>

#include "app/skeleton.h"
#include "cli/invocation.h"
#include "cli/usage.h"

namespace wenshu::cli {
namespace {

struct Wanted {
  std::string kind, name, folder = ".";
};

const std::string& checked_kind(const std::string& kind) {
  const auto& kinds = app::skeleton_kinds();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    const std::string near = near_name_hint(kind, kinds);
    throw WrongUsage(
        "没有这一种文件: " + kind,
        near.empty() ? "可用的有 workflow、form、register、notice、certificate、scenarios" : near);
  }
  return kind;
}

}  // namespace

void add_new_command(CLI::App& app, Invocation& invocation) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("new", "新建流程、场景、表单、台账、公文或证书版面的骨架文件");
  command->footer("例: wenshu new workflow leave-request");
  command->add_option("kind", wanted->kind, "种类：workflow、form、register、notice、certificate、scenarios")
      ->required();
  command->add_option("name", wanted->name, "名称：小写字母、数字、- 或汉字")->required();
  command->add_option("-o,--output", wanted->folder, "写入哪个文件夹（默认当前文件夹）");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto files =
          app::make_skeleton(checked_kind(wanted->kind), wanted->name, wanted->folder, invocation.home());
      auto names = data::Value::list();
      for (const auto& file : files) {
        names.add(file.lexically_normal().string());
        if (!invocation.json) print_written(invocation, file.lexically_normal().string());
      }
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("files", std::move(names));
        print_json(value);
      }
      return Exit::ok;
    };
  });
}

}  // namespace wenshu::cli
