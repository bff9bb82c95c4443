#include "cli/run.h"

#include <fmt/format.h>

#include <csignal>
#include <cstring>
#include <iostream>

#include "cli/invocation.h"
#include "cli/usage.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

Exit print_failure(const Invocation& invocation, const char* code, const std::string& message, Exit exit) {
  if (invocation.json) {
    auto value = data::Value::map();
    value.set("error", code);
    value.set("message", message);
    print_json(value);
  } else {
    std::cerr << fmt::format("{}: {}\n", exit == Exit::failed ? "出错" : "找不到", message);
  }
  return exit;
}

Exit print_usage_fault(bool json, const WrongUsage& fault) {
  if (json) {
    auto value = data::Value::map();
    value.set("error", "usage");
    value.set("message", fault.what());
    value.set("hint", fault.hint());
    print_json(value);
  } else {
    std::cerr << fmt::format("命令不对: {}\n  建议: {}\n", fault.what(), fault.hint());
  }
  return Exit::usage;
}

// A command line that was not understood has set no option yet.
bool asks_for_json(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::strcmp(argv[i], "--json") == 0) return true;
  return false;
}

Exit run_chosen(Invocation& invocation) {
  try {
    return invocation.run();
  } catch (const WrongUsage& fault) {
    return print_usage_fault(invocation.json, fault);
  } catch (const FaultyInput& faulty) {
    print_findings(invocation, faulty.findings());
    return exit_of(faulty.findings());
  } catch (const Refused& refused) {
    print_blockers(invocation, refused.blockers());
    return Exit::refused;
  } catch (const NotFound& missing) {
    return print_failure(invocation, "not-found", missing.what(), Exit::not_found);
  } catch (const std::exception& failure) {
    return print_failure(invocation, "failed", failure.what(), Exit::failed);
  }
}

void add_global_options(CLI::App& app, Invocation& invocation) {
  app.add_option("--store", invocation.store,
                 "库：sqlite:文件名（默认 $WENSHU_STORE，再默认当前文件夹的 wenshu.db）");
  app.add_option("--office", invocation.office, "单位文件夹（通讯录等）");
  app.add_option("--now", invocation.now, "当作现在的时间，例如 2020-07-27T09:00:00+08:00（演练和测试用）");
  app.add_option("--as", invocation.person, "办理人：通讯录里的编号，或没有重名时的姓名");
  app.add_flag("--json", invocation.json, "以 JSON 输出");
}

void set_heading(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands({})) {
    command->group("命令");
    command->get_help_ptr()->group("选项");
    set_heading(*command);
  }
}

}  // namespace

int run(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit is an error to report, like a full disk
  std::signal(SIGPIPE, SIG_IGN);
  Invocation invocation;
  CLI::App app{"文枢：教育局和教师进修学校的公文、审批与证书", "wenshu"};
  app.footer("例: wenshu demo --out out\n    wenshu check workflows templates samples");
  speak_chinese(app);
  app.set_version_flag("--version", "wenshu " WENSHU_VERSION, "显示版本");
  app.require_subcommand(1);
  app.fallthrough();  // global options may stand after the subcommand
  app.set_help_flag("-h,--help", "显示帮助");
  add_global_options(app, invocation);
  add_document_commands(app, invocation);
  add_lint_command(app, invocation);
  add_fonts_command(app, invocation);
  add_case_commands(app, invocation);
  add_outbox_commands(app, invocation);
  add_workflow_commands(app, invocation);
  add_register_commands(app, invocation);
  add_certificate_commands(app, invocation);
  add_key_commands(app, invocation);
  add_verify_command(app, invocation);
  add_new_command(app, invocation);
  add_due_command(app, invocation);
  add_demo_command(app, invocation);
  set_heading(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version
    return static_cast<int>(print_usage_fault(asks_for_json(argc, argv), explain_usage(app, error)));
  }
  const Exit exit = run_chosen(invocation);
  std::cout.flush();
  if (!std::cout) {  // results that nobody received are a failure, not a success
    std::cerr << "出错: 无法写出结果\n";
    return static_cast<int>(Exit::failed);
  }
  return static_cast<int>(exit);
}

}  // namespace wenshu::cli
