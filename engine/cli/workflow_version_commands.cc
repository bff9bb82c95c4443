// workflow rehearse, workflow migrate: a new version and the cases that are there.
#include <fmt/format.h>

#include <algorithm>

#include "app/migrate.h"
#include "app/rehearse.h"
#include "base/text.h"
#include "cli/usage.h"
#include "cli/workflow_parts.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::string file, name, reason;
  std::vector<std::string> steps, cases;
  long long version = 0;
  bool preview = false, undo = false;
};

workflow::StepMap read_map(const std::vector<std::string>& steps) {
  workflow::StepMap map;
  for (const std::string& one : steps) {
    const auto equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      throw WrongUsage("看不懂环节的对照: " + one, "写成 旧环节=新环节，例如 --map review=check");
    map[one.substr(0, equals)] = one.substr(equals + 1);
  }
  return map;
}

void print_lines(const Invocation& invocation, const std::vector<app::MigrationLine>& lines, bool preview) {
  if (lines.empty()) say(invocation, "没有要迁移的办件");
  size_t blocked = 0;
  for (const auto& line : lines) {
    say(invocation, fmt::format("{}  {}：第 {} 版 → 第 {} 版{}", line.id, line.title, line.from, line.to,
                                line.blockers.empty() ? "" : "，不能迁移"));
    for (const auto& fact : line.facts) say(invocation, "    " + fact);
    for (const auto& blocker : line.blockers)
      say(invocation, fmt::format("    [{}] {}", blocker.code, blocker.text));
    blocked += line.blockers.empty() ? 0 : 1;
  }
  if (preview && !lines.empty())
    say(invocation,
        fmt::format("预览：{} 件可以迁移，{} 件不能；没有改动任何办件", lines.size() - blocked, blocked));
}

}  // namespace

void add_rehearse(CLI::App& group, Invocation& invocation) {
  auto words = std::make_shared<Words>();
  auto* command =
      group.add_subcommand("rehearse", "拿库里的办件演练流程的新版本：经过、人员、期限哪里会不同");
  command->footer("例: wenshu workflow rehearse workflows/annual-plan.workflow.yaml");
  command->add_option("file", words->file, "新版本的流程文件")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto lines = app::rehearse_cases(invocation.context(), words->file);
      if (invocation.json) print_json(app::to_value(lines));
      size_t differing = 0;
      for (const auto& line : lines) {
        if (line.differences.empty()) continue;
        ++differing;
        say(invocation, fmt::format("{}  {}（第 {} 版）", line.id, line.title, line.version));
        for (const auto& difference : line.differences)
          say(invocation, fmt::format("    [{}] {}", difference.code, difference.text));
      }
      say(invocation, fmt::format("演练 {} 件，{} 件有不同", lines.size(), differing));
      return Exit::ok;
    };
  });
}

void add_migrate(CLI::App& group, Invocation& invocation) {
  auto words = std::make_shared<Words>();
  auto* command = group.add_subcommand("migrate", "在办的办件迁移到流程的另一个版本；可以预览、撤销");
  command->footer(
      "例: wenshu workflow migrate annual-plan --map office=sign --opinion 新版已发布 --preview --as 周敏");
  command->add_option("workflow", words->name, "流程的名字")->required();
  command->add_option("--to-version", words->version, "迁移到哪一版；不写是最新一版");
  command->add_option("--map", words->steps, "旧环节=新环节；没有写的环节名不变");
  command->add_option("--case", words->cases, "只迁移这些办件");
  command->add_option("--opinion", words->reason, "原因");
  command->add_flag("--preview", words->preview, "只看会怎样，不改动");
  command->add_flag("--undo", words->undo, "撤销迁移：回到迁移前的版本和环节");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::MigrationPlan plan;
      plan.workflow = words->name;
      plan.version = words->version;
      plan.steps = read_map(words->steps);
      plan.cases = words->cases;
      plan.reason = words->reason;
      plan.preview = words->preview;
      if (plan.reason.empty() && !plan.preview)
        throw WrongUsage("迁移要写明原因", "加 --opinion 原因，或先用 --preview 看看");
      const auto lines = words->undo ? app::undo_migration(invocation.context(), plan)
                                     : app::migrate_cases(invocation.context(), plan);
      if (invocation.json) print_json(app::to_value(lines));
      print_lines(invocation, lines, plan.preview);
      const bool stopped =
          std::any_of(lines.begin(), lines.end(), [](const auto& line) { return !line.blockers.empty(); });
      return stopped ? Exit::refused : Exit::ok;
    };
  });
}

}  // namespace wenshu::cli
