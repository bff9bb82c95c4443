// lint.
#include <fmt/format.h>

#include <iostream>

#include "app/lint.h"
#include "cli/invocation.h"
#include "cli/usage.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Options {
  std::string file, fix;
  bool rules = false;
};

Exit print_rules(const Invocation& invocation) {
  if (invocation.json)
    print_json(app::rules_value());
  else
    std::cout << app::rules_page();
  return Exit::ok;
}

Exit lint(Invocation& invocation, const Options& options) {
  if (options.rules) return print_rules(invocation);
  if (options.file.empty()) throw WrongUsage("没有给出要校核的文件", "wenshu lint --help 列出用法");
  const auto fix = options.fix.empty() ? std::nullopt : std::optional<std::filesystem::path>(options.fix);
  const auto store = invocation.store.empty() ? std::nullopt : std::optional(invocation.store);
  const auto result = app::lint_file(options.file, fix, store, invocation.home());
  if (invocation.json)
    print_json(data::to_value(result.findings));
  else
    std::cout << to_text(result.findings);
  if (result.is_written) say(invocation, fmt::format("已写出 {}：改正了{}条", options.fix, result.mended));
  return result.findings.has_errors() ? Exit::faulty_input : Exit::ok;
}

}  // namespace

void add_lint_command(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("lint", "按公文的规则校核源文件、Word 文件或粘贴的文字");
  command->footer("例: wenshu lint samples/district-2024/notice.yaml");
  command->add_option("file", options->file, "公文源文件（.yaml）、Word 文件（.docx）或文字（.txt）");
  command->add_option("--fix", options->fix, "另写一份，把有把握的地方改正");
  command->add_flag("--rules", options->rules, "列出全部规则及例子");
  command->callback(
      [=, &invocation] { invocation.run = [=, &invocation] { return lint(invocation, *options); }; });
}

}  // namespace wenshu::cli
