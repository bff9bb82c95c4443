#include "cli/case_reports.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "app/case_clock.h"
#include "app/case_draw.h"
#include "app/case_sheet.h"
#include "base/file.h"
#include "base/text.h"

namespace wenshu::cli {

namespace {

std::string china_text(const std::string& utc) {
  const auto time = parse_time(utc);
  return time ? to_china_text(*time) : utc;
}

void add_due(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("due", "有期限的席位，先到期的在前；--as 只看一个人的");
  command->footer("例: wenshu case due --now 2020-07-29T01:00:00Z");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto lines = app::list_due(invocation.context());
      if (invocation.json) print_json(app::to_value(lines));
      if (lines.empty()) say(invocation, "没有有期限的待办");
      for (const auto& line : lines) {
        const std::string due = !line.due.empty() ? china_text(line.due)
                                : line.no_calendar ? "库里没有日历（wenshu publish workflows/calendars）"
                                                   : "日历中还没有这一年";
        say(invocation, fmt::format("{}{}\t{}\t{}\t{}（{}）\t{}", due, line.overdue ? " 逾期" : "", line.id,
                                    line.title, line.step_title, line.seat, join(line.people, "、")));
      }
      return Exit::ok;
    };
  });
}

void add_clock(CLI::App& group, Invocation& invocation) {
  auto* command =
      group.add_subcommand("clock", "办到期的事：提醒，以及各环节写明的逾期处理；可以随时、反复运行");
  command->footer("例: wenshu case clock --now 2020-07-30T01:00:00Z");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto lines = app::run_clocks(invocation.context());
      if (invocation.json) print_json(app::to_value(lines));
      if (lines.empty()) say(invocation, "没有到期的事");
      bool failed = false;
      for (const auto& line : lines) {
        failed = failed || !line.fault.empty();
        say(invocation, fmt::format("{}\t{}\t{}\t{}", line.id, line.title, line.step_title,
                                    line.fault.empty() ? join(line.facts, "；") : "没有办成：" + line.fault));
      }
      return failed ? Exit::refused : Exit::ok;
    };
  });
}

void add_sheet(CLI::App& group, Invocation& invocation) {
  struct Words {
    std::string id, out;
  };
  auto words = std::make_shared<Words>();
  auto* command = group.add_subcommand("sheet", "审批单：表单、意见栏、签署和全部办理经过");
  command->footer("例: wenshu case sheet annual-plan-1 -o 审批单.pdf");
  command->add_option("case", words->id, "办件编号")->required();
  command->add_option("-o,--output", words->out, "输出文件，.docx 或 .pdf")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::write_case_sheet(invocation.context(), words->id, words->out);
      print_written(invocation, words->out);
      return Exit::ok;
    };
  });
}

void add_draw(CLI::App& group, Invocation& invocation) {
  struct Words {
    std::string id, out, format = "svg";
  };
  auto words = std::make_shared<Words>();
  auto* command = group.add_subcommand("draw", "办件的进度图：走过的、现在的、预计的环节，各由谁、什么时候");
  command->footer("例: wenshu case draw annual-plan-1 -o 进度.svg");
  command->add_option("case", words->id, "办件编号")->required();
  command->add_option("--format", words->format, "svg、dot 或 mermaid");
  command->add_option("-o,--output", words->out, "输出文件，不写就打印出来");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const std::string picture = app::draw_case(invocation.context(), words->id, words->format);
      if (words->out.empty()) {
        std::fputs(picture.c_str(), stdout);
        return Exit::ok;
      }
      write_file(words->out, picture);
      print_written(invocation, words->out);
      return Exit::ok;
    };
  });
}

}  // namespace

void add_case_reports(CLI::App& group, Invocation& invocation) {
  add_due(group, invocation);
  add_clock(group, invocation);
  add_sheet(group, invocation);
  add_draw(group, invocation);
}

}  // namespace wenshu::cli
