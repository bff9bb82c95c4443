// outbox.
#include <fmt/format.h>

#include "app/outbox.h"
#include "cli/invocation.h"
#include "cli/usage.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::string state, folder, program;
  std::vector<std::string> keys;
  int64_t tries = app::DeliveryPlan().tries;
  int64_t most = 0;
  int patience = 60;
};
using SharedWords = std::shared_ptr<Words>;

void add_list(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("list", "给人的消息：待送的、已送的、放弃投递的");
  command->footer("例: wenshu outbox list --state given-up");
  command->add_option("--state", words->state, "只列 waiting 待送、delivered 已送 或 given-up 已放弃")
      ->check(CLI::IsMember({"waiting", "delivered", "given-up"}));
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      auto list = data::Value::list();
      for (const auto& message : app::list_outbox(invocation.context(), words->state)) {
        const auto at = parse_time(message.made_at);
        say(invocation, fmt::format("{}\t{}\t{}\t{}\t{}", message.key,
                                    at ? to_china_text(*at) : message.made_at, message.name, message.text,
                                    app::to_chinese(message.state) +
                                        (message.fault.empty() ? ""
                                                               : fmt::format("（试了 {} 次：{}）",
                                                                             message.tries, message.fault))));
        list.add(app::to_value(message));
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

Exit deliver(Invocation& invocation, const Words& words) {
  if (words.folder.empty() == words.program.empty())
    throw WrongUsage("--folder 和 --program 写其中一个", "例: wenshu outbox deliver --folder 待发消息");
  const auto channel = words.program.empty()
                           ? app::open_folder(words.folder)
                           : app::open_program(words.program, std::chrono::seconds(words.patience));
  app::DeliveryPlan plan;
  plan.tries = words.tries;
  if (words.most > 0) plan.most = words.most;
  const auto report = app::deliver_messages(invocation.context(), *channel, plan);
  if (invocation.json) print_json(app::to_value(report));
  for (const auto& fault : report.faults)
    say(invocation, fmt::format("{}\t{}\t第 {} 次没有送出：{}{}", fault.message.key, fault.message.name,
                                fault.message.tries, fault.why, fault.given_up ? "；不再试" : ""));
  if (report.stopped) say(invocation, "接连几条都送不出去，先停下：请检查消息的去处");
  say(invocation,
      fmt::format("送出 {} 条，待送 {} 条，已放弃 {} 条", report.delivered, report.waiting, report.given_up));
  return report.faults.empty() ? Exit::ok : Exit::failed;
}

void add_deliver(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command =
      group.add_subcommand("deliver", "把到时间的消息送给单位的邮件或 OA 网关；由定时任务每分钟运行一次");
  command->footer(
      "例: wenshu outbox deliver --folder .\n"
      "每条消息一个文件 KEY.json，或者交给 --program 一次；KEY 每次相同，收的一方凭它去掉重复的");
  command->add_option("--folder", words->folder, "写到这个文件夹，每条消息一个 .json");
  command->add_option("--program", words->program,
                      "每条消息运行一次：KEY 是参数，JSON 在标准输入，退出码 0 算送出");
  command->add_option("--patience", words->patience, "程序最多运行几秒，再长就停止")
      ->check(CLI::Range(1, 300))
      ->capture_default_str();
  command->add_option("--tries", words->tries, "试几次后放弃")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--most", words->most, "这一次最多送几条")->check(CLI::Range(1, 1000000));
  command->callback(
      [=, &invocation] { invocation.run = [=, &invocation] { return deliver(invocation, *words); }; });
}

void add_retry(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("retry", "放弃投递的消息再送：不写 KEY 就是全部");
  command->footer("例: wenshu outbox retry");
  command->add_option("key", words->keys, "消息的 KEY，见 wenshu outbox list");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const size_t count = app::retry_outbox(invocation.context(), words->keys);
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("waiting", data::Value::number(static_cast<long long>(count)));
        print_json(value);
      }
      say(invocation, fmt::format("{} 条改为待送", count));
      return Exit::ok;
    };
  });
}

}  // namespace

void add_outbox_commands(CLI::App& app, Invocation& invocation) {
  auto* group = app.add_subcommand("outbox", "给人的消息：列出、投递、重试");
  group->require_subcommand(1);
  const auto words = std::make_shared<Words>();
  add_list(*group, invocation, words);
  add_deliver(*group, invocation, words);
  add_retry(*group, invocation, words);
}

}  // namespace wenshu::cli
