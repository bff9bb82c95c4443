// register, audit.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>

#include "app/audit.h"
#include "app/register.h"
#include "base/text.h"
#include "cli/invocation.h"
#include "cli/table_options.h"
#include "cli/usage.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::string name, file, out;
  app::TableChoice choice;
};
using SharedWords = std::shared_ptr<Words>;

void add_list(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("list", "全部台账和编号序列");
  command->footer("例: wenshu register list");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto lines = app::list_registers(invocation.context());
      if (invocation.json) print_json(app::to_value(lines));
      for (const auto& line : lines)
        say(invocation,
            fmt::format("{}\t{}\t{} 行\t{}", line.name, line.title, line.rows, join(line.series, "、")));
      return Exit::ok;
    };
  });
}

void add_show(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("show", "一本台账的全部行");
  command->footer("例: wenshu register show certificates");
  command->add_option("register", words->name, "台账")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto table = app::show_register(invocation.context(), words->name);
      if (invocation.json) print_json(app::to_value(table));
      std::vector<std::string> titles;
      for (const auto& [name, title] : table.columns) titles.push_back(title);
      say(invocation, join(titles, "\t"));
      for (const auto& row : table.rows) say(invocation, join(row, "\t"));
      return Exit::ok;
    };
  });
}

void add_import(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command =
      group.add_subcommand("import", "把旧台账的行（.csv、.xlsx 或 .json）一次导入，有一处错就都不导入");
  command->footer(
      "例: wenshu demo --out out\n    wenshu register import certificates out/register.csv --as 方琴");
  command->add_option("register", words->name, "台账")->required();
  command->add_option("file", words->file, "文件")->required();
  add_table_options(*command, words->choice);
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      Diagnostics warnings;
      const auto rows =
          app::import_rows(invocation.context(), words->name, words->file, words->choice, &warnings);
      if (!invocation.json) print_findings(invocation, warnings);
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("rows", data::Value::number(rows));
        value.set("findings", data::to_value(warnings));
        print_json(value);
      }
      say(invocation, fmt::format("已导入 {} 行", rows));
      return Exit::ok;
    };
  });
}

void add_export(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("export", "把台账取出为 CSV 或 .xlsx");
  command->footer("例: wenshu register export certificates -o 证书台账.xlsx");
  command->add_option("register", words->name, "台账")->required();
  command->add_option("-o,--output", words->out, "输出文件：.xlsx 为工作簿，其余为 CSV（不给时打印 CSV）");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      if (words->out.empty() && invocation.json) {
        print_json(app::to_value(app::show_register(invocation.context(), words->name)));
      } else if (words->out.empty()) {
        std::cout << app::export_register(invocation.context(), words->name);
      } else {
        app::export_register(invocation.context(), words->name, words->out);
        print_written(invocation, words->out);
      }
      return Exit::ok;
    };
  });
}

void add_gaps(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("gaps", "编号序列的现状与缺号");
  command->footer("例: wenshu register gaps");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto series = app::list_series(invocation.context());
      const auto gaps = app::find_gaps(invocation.context());
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("series", app::to_value(series));
        value.set("gaps", app::to_value(gaps));
        print_json(value);
      }
      for (const auto& one : series)
        say(invocation,
            fmt::format("{} {}：已给 {} 个，最后一个 {}", one.series, one.scope, one.given, one.last_number));
      for (const auto& gap : gaps)
        say(invocation,
            fmt::format("缺号：{} {} 第 {} 至 {} 号", gap.series, gap.scope, gap.first, gap.last));
      if (gaps.empty()) say(invocation, "没有缺号");
      return Exit::ok;
    };
  });
}

// "57:3f0c…" as `audit verify` prints it; nothing for "". Throws WrongUsage.
std::optional<store::Head> parse_head(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto colon = text.find(':');
  store::Head head;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + std::min(colon, text.size()), head.seq);
  if (colon == std::string::npos || error != std::errc() || end != text.data() + colon)
    throw WrongUsage(fmt::format("--head 无法识别的链尾：{}", text), "照 audit verify 打印的写：SEQ:HASH");
  head.hash = text.substr(colon + 1);
  return head;
}

void add_audit(CLI::App& app, Invocation& invocation, const SharedWords& words) {
  auto* group = app.add_subcommand("audit", "核查");
  group->footer("例: wenshu audit verify");
  group->require_subcommand(1);
  auto* command =
      group->add_subcommand("verify", "重算事件链和每张派生表；链首尾、内容、编号有一处不符都会指出");
  command->footer("例: wenshu audit verify");
  command->add_option("--head", words->name, "与以前记下的链尾核对：照 audit verify 打印的写，SEQ:HASH");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto earlier = parse_head(words->name);
      const auto report = app::verify_store(invocation.context(), earlier);
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("events", data::Value::number(report.events));
        value.set("head", fmt::format("{}:{}", report.head.seq, report.head.hash));
        value.set("findings", data::to_value(report.findings));
        print_json(value);
      } else {
        std::cerr << to_text(report.findings);
        say(invocation,
            fmt::format("{}：{} 个事件，链尾 {}:{}", report.findings.empty() ? "核查无误" : "核查发现问题",
                        report.events, report.head.seq, report.head.hash));
      }
      return report.findings.has_errors() ? Exit::faulty_input : Exit::ok;
    };
  });
}

}  // namespace

void add_register_commands(CLI::App& app, Invocation& invocation) {
  const auto words = [] { return std::make_shared<Words>(); };
  auto* group = app.add_subcommand("register", "台账和编号");
  group->footer("例: wenshu register list");
  group->require_subcommand(1);
  add_list(*group, invocation);
  add_show(*group, invocation, words());
  add_import(*group, invocation, words());
  add_export(*group, invocation, words());
  add_gaps(*group, invocation);
  add_audit(app, invocation, words());
}

}  // namespace wenshu::cli
