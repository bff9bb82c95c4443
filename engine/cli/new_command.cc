// new.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/scenario_draft.h"
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

bool has_workflow(const Wanted& wanted) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(
      std::filesystem::path(wanted.folder) / (wanted.name + ".workflow.yaml"), ignored);
}

// Scenarios that fit a workflow that is there.
Exit draft(Invocation& invocation, const Wanted& wanted) {
  const auto office =
      invocation.office.empty() ? std::nullopt : std::optional<std::filesystem::path>(invocation.office);
  const auto made = app::draft_scenarios(wanted.name, wanted.folder, office, invocation.home());
  auto names = data::Value::list(), left_out = data::Value::list();
  for (const auto& file : made.written) {
    names.add(file.lexically_normal().string());
    if (!invocation.json) print_written(invocation, file.lexically_normal().string());
  }
  using Kind = workflow::Coverage::Kind;
  std::string counts;
  for (const Kind kind : {Kind::step, Kind::branch, Kind::action, Kind::seat})
    counts += fmt::format("，{} {}/{}", to_chinese(kind), made.report.covered(kind), made.report.all(kind));
  say(invocation, fmt::format("办件 {}，{} 步{}", made.report.passed, made.report.acts, counts));
  for (const auto& one : made.left_out) {
    left_out.add(one);
    say(invocation, "  " + one + "：请自己补一个办件");
  }
  if (invocation.json) {
    auto value = data::Value::map();
    value.set("files", std::move(names));
    value.set("left_out", std::move(left_out));
    print_json(value);
  }
  return Exit::ok;
}

}  // namespace

void add_new_command(CLI::App& app, Invocation& invocation) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("new", "新建流程、场景、表单、台账、公文或证书版面的骨架文件");
  command->footer(
      "例: wenshu new workflow leave-request\n"
      "    wenshu new scenarios leave-request\n"
      "流程已有时，scenarios 试走一遍，写出合它的场景；--office 指定通讯录");
  command->add_option("kind", wanted->kind, "种类：workflow、form、register、notice、certificate、scenarios")
      ->required();
  command->add_option("name", wanted->name, "名称：小写字母、数字、- 或汉字")->required();
  command->add_option("-o,--output", wanted->folder, "写入哪个文件夹（默认当前文件夹）");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const std::string& kind = checked_kind(wanted->kind);
      if (kind == "scenarios" && has_workflow(*wanted)) return draft(invocation, *wanted);
      const auto files = app::make_skeleton(kind, wanted->name, wanted->folder, invocation.home());
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
