// due.
#include <fmt/format.h>

#include "app/working_time.h"
#include "cli/invocation.h"
#include "cli/usage.h"

namespace wenshu::cli {

void add_due_command(CLI::App& app, Invocation& invocation) {
  struct Words {
    std::string span, from, calendars;
  };
  auto words = std::make_shared<Words>();
  auto* command = app.add_subcommand("due", "一段工作时间什么时候到期，按节假日、调休和单位作息算");
  command->footer("例: wenshu due '2 workdays' --from '2026-02-12 15:00'");
  command->add_option("span", words->span, "2 workdays、4 workhours、3 days 或 12 hours")->required();
  command->add_option("--from", words->from, "从什么时候起，例如 '2026-02-12 15:00'（默认现在）");
  command->add_option("--calendars", words->calendars,
                      "日历所在的文件夹（默认随程序的 workflows/calendars）");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto from = words->from.empty() ? invocation.context().clock->now() : parse_time(words->from);
      if (!from)
        throw WrongUsage(fmt::format("--from “{}” 不是时间", words->from), "写作 '2026-02-12 15:00'");
      const std::filesystem::path folder = words->calendars.empty()
                                               ? (invocation.home() / "workflows" / "calendars").string()
                                               : words->calendars;
      const auto counted = app::count_span(words->span, *from, folder, invocation.home());
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("from", to_text(counted.from));
        value.set("due", to_text(counted.due));
        print_json(value);
      }
      say(invocation, fmt::format("{}（{} 起 {}）", to_china_text(counted.due), to_china_text(counted.from),
                                  calendar::to_text(counted.span)));
      return Exit::ok;
    };
  });
}

}  // namespace wenshu::cli
