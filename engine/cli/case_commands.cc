// init, publish, case, inbox.
#include <fmt/format.h>

#include <algorithm>

#include "app/case.h"
#include "app/case_act.h"
#include "app/case_export.h"
#include "app/data_file.h"
#include "app/inbox.h"
#include "app/office.h"
#include "app/publish.h"
#include "base/text.h"
#include "cli/case_reports.h"
#include "cli/invocation.h"
#include "cli/usage.h"
#include "data/load.h"

namespace wenshu::cli {
namespace {

struct Words {
  std::string workflow, id, action, opinion, data, request, out, from, to;
  std::vector<std::string> paths, people, choices, attachments;
  app::ActDetails details;
};
using SharedWords = std::shared_ptr<Words>;

data::Value load_data(const std::string& path) {
  if (path.empty()) return {};
  Diagnostics findings;
  const auto value = app::load_record(path, findings);
  if (findings.has_errors() || !value) throw FaultyInput(findings);
  return *value;
}

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string china_time(const std::string& stored) {
  const auto time = parse_time(stored);
  return time ? to_china_text(*time) : stored;
}

void print_answer(const Invocation& invocation, const app::CaseAnswer& answer) {
  if (invocation.json) return print_json(app::to_value(answer));
  say(invocation, fmt::format("{}{}：{}", answer.id, answer.repeated ? "（重复的请求，先前已办）" : "",
                              answer.open ? "现在到 " + join(answer.steps, "、") : answer.status_title));
  for (const auto& effect : answer.effects) say(invocation, "  " + effect);
}

void add_init(CLI::App& app, Invocation& invocation) {
  auto* command = app.add_subcommand("init", "新建一个库，载入单位的通讯录");
  command->footer("例: wenshu init --office samples/county-2020");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto report = app::init_store(
          invocation.context(),
          invocation.office.empty() ? std::nullopt : std::optional<std::filesystem::path>(invocation.office));
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("store", report.file.string());
        value.set("directory", report.directory);
        value.set("people", data::Value::number(static_cast<long long>(report.people)));
        print_json(value);
      }
      say(invocation, fmt::format("已建库 {}", report.file.string()));
      if (!report.directory.empty())
        say(invocation, fmt::format("{}：{} 个部门，{} 人", report.title, report.departments, report.people));
      return Exit::ok;
    };
  });
}

void add_publish(CLI::App& app, Invocation& invocation, const SharedWords& words) {
  auto* command = app.add_subcommand("publish", "检查并发布流程、表单、台账和证书版面");
  command->footer("例: wenshu publish workflows templates");
  command->add_option("path", words->paths, "文件或文件夹")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto all = app::publish(invocation.context(), {words->paths.begin(), words->paths.end()});
      auto list = data::Value::list();
      for (const auto& one : all) {
        const char* what = one.what == app::Published::What::added     ? "新增"
                           : one.what == app::Published::What::changed ? "更新"
                                                                       : "未变";
        say(invocation, fmt::format("{} {} {} {} 第{}版", what, one.kind, one.name, one.title, one.version));
        if (!one.remark.empty()) say(invocation, "  提醒：" + one.remark);
        auto item = data::Value::map();
        item.set("kind", one.kind);
        item.set("name", one.name);
        item.set("version", data::Value::number(one.version));
        item.set("what", what);
        if (!one.remark.empty()) item.set("remark", one.remark);
        list.add(std::move(item));
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

// "legal=周敏,徐磊": at step legal these people shall sit.
void take_choices(const std::vector<std::string>& written, app::ActDetails& details) {
  for (const std::string& one : written) {
    const auto equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      throw WrongUsage("--choose 写作 环节=人员，例如 legal=周敏", "");
    details.choices[one.substr(0, equals)] = split(one.substr(equals + 1), ",");
  }
}

// "application.scan=scan.pdf": the file for a field of type file.
void take_attachments(const std::vector<std::string>& written, app::ActDetails& details) {
  for (const std::string& one : written) {
    const auto equals = one.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == one.size())
      throw WrongUsage("--attach 写作 字段=文件，例如 application.scan=扫描件.pdf", "");
    details.attachments[one.substr(0, equals)] = one.substr(equals + 1);
  }
}

void add_start(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("start", "发起一个办件");
  command->footer("例: wenshu case start annual-plan --data samples/county-2020/plan.yaml --as 方琴");
  command->add_option("workflow", words->workflow, "流程")->required();
  command->add_option("--data", words->data, "表单数据（.yaml 或 .json）")->required();
  command->add_option("--attach", words->attachments, "附件：字段=文件，可写几次");
  command->add_option("--request", words->request, "请求编号：重发同一请求只办一次");
  command->callback([=, &invocation] {
    take_attachments(words->attachments, words->details);
    invocation.run = [=, &invocation] {
      print_answer(invocation, app::start_case(invocation.context(), words->workflow, load_data(words->data),
                                               given(words->request), words->details.attachments));
      return Exit::ok;
    };
  });
}

void add_act(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("act", "办理：送审 submit、同意 agree、退回 return、签发 sign …");
  command->footer(
      "例: wenshu case act annual-plan-1 submit --opinion 请审核 --as 方琴\n"
      "每个流程都有的动作：read 已阅，keep 暂存，claim 认领，release 退领，add-before/after/beside "
      "加签，drop 减签，\n"
      "transfer 转办，delegate 委派，hold 缓办，copy 抄送，circulate 传阅，urge 催办，recall 拿回，cancel "
      "撤销，\n"
      "suspend 挂起，resume 激活，terminate 终止，annul 作废，wake 唤醒，jump 跳转，\n"
      "proofread 勘误（--data），assign 改派以后的环节（--to 环节 --people 人员）");
  command->add_option("case", words->id, "办件编号")->required();
  command->add_option("action", words->action, "动作")->required();
  command->add_option("--opinion", words->opinion, "意见");
  command->add_option("--phrase", words->details.phrase, "用这一环节的第几条常用语作意见");
  command->add_option("--data", words->data, "要改的表单数据（.yaml 或 .json）");
  command->add_option("--attach", words->attachments, "附件：字段=文件，可写几次");
  command->add_option("--request", words->request, "请求编号：重发同一请求只办一次");
  command->add_option("--step", words->details.step, "同时在几个环节有席位时，办哪一个");
  command->add_option("--to", words->details.to, "退回、跳转、唤醒到哪个环节");
  command->add_option("--people", words->details.people, "给谁：加签、转办、委派、抄送、传阅")
      ->delimiter(',');
  command->add_option("--choose", words->choices, "为后面的环节选定办理人：环节=人员,人员");
  command->add_flag("--direct", words->details.direct, "退回改好以后直接送回本环节");
  command->add_flag("--again", words->details.again, "抄送、传阅过的人再送一次");
  command->callback([=, &invocation] {
    take_choices(words->choices, words->details);
    take_attachments(words->attachments, words->details);
    invocation.run = [=, &invocation] {
      print_answer(invocation,
                   app::act_on_case(invocation.context(), words->id, words->action, words->opinion,
                                    load_data(words->data), given(words->request), words->details));
      return Exit::ok;
    };
  });
}

void add_bulk(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("agree-all", "批量同意：待办中允许批量的逐件办理，其余放在一边");
  command->footer("例: wenshu case agree-all --as 周敏");
  command->add_option("--opinion", words->opinion, "意见");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto lines = app::agree_in_bulk(invocation.context(), words->opinion);
      if (invocation.json) print_json(app::to_value(lines));
      if (lines.empty()) say(invocation, "没有待办");
      for (const auto& line : lines) {
        std::string outcome = line.action_title;
        for (const auto& blocker : line.blockers) outcome += "放在一边：" + blocker.text;
        say(invocation, fmt::format("{}\t{}\t{}", line.id, line.title, outcome));
      }
      return Exit::ok;
    };
  });
}

void add_hand_over(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command =
      group.add_subcommand("hand-over", "离职移交：一人在各办件中的席位，现在的和以后的，都交给另一人");
  command->footer("例: wenshu case hand-over 徐磊 蒋涛 --opinion 调离 --as 周敏");
  command->add_option("from", words->from, "从谁")->required();
  command->add_option("to", words->to, "交给谁")->required();
  command->add_option("--opinion", words->opinion, "原因")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      auto list = data::Value::list();
      for (const auto& answer :
           app::hand_over(invocation.context(), words->from, words->to, words->opinion)) {
        if (!invocation.json) print_answer(invocation, answer);
        list.add(app::to_value(answer));
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

void add_list(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("list", "全部办件");
  command->footer("例: wenshu case list");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      auto list = data::Value::list();
      for (const auto& view : app::list_cases(invocation.context())) {
        std::vector<std::string> holders;
        for (const auto& seat : view.seats) holders.push_back(seat.step_title + "：" + seat.person_name);
        say(invocation, fmt::format("{}\t{}\t{}\t{}", view.id, view.title, view.initiator_name,
                                    holders.empty() ? view.status_title : join(holders, "；")));
        list.add(app::to_value(view));
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

void print_case(const Invocation& invocation, const app::CaseView& view) {
  say(invocation, fmt::format("{}  {}", view.id, view.title));
  say(invocation, fmt::format("流程：{} 第{}版  发起：{}（{}）  {}", view.workflow_title, view.version,
                              view.initiator_name, view.department, view.status_title));
  if (!view.parent.empty()) say(invocation, "上级办件：" + view.parent);
  if (!view.children.empty()) say(invocation, "子办件：" + join(view.children, "、"));
  for (const auto& seat : view.seats)
    say(invocation, fmt::format("待办：{} — {}{}", seat.step_title, seat.person_name,
                                seat.due.empty() ? "" : "，期限 " + china_time(seat.due)));
  for (const auto& one : view.signatures)
    say(invocation, fmt::format("签署：{} {} {}{}", one.step_title, one.person_name, one.date,
                                one.state == "voided"    ? "（已因修改作废）"
                                : one.state == "renewed" ? "（作废后已重签）"
                                                         : ""));
  for (const auto& file : view.attachments)
    say(invocation, fmt::format("附件：{}  {}", file.name, file.hash));
  for (const auto& file : view.files) say(invocation, fmt::format("文书：{}  {}", file.name, file.hash));
}

void add_show(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("show", "一个办件的现状");
  command->footer("例: wenshu case show annual-plan-1");
  command->add_option("case", words->id, "办件编号")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto view = app::show_case(invocation.context(), words->id);
      if (invocation.json) print_json(app::to_value(view));
      print_case(invocation, view);
      return Exit::ok;
    };
  });
}

const char* title_of_question(const std::string& question) {
  if (question == "stuck") return "停在哪里";
  if (question == "not-me") return "为什么不是我";
  if (question == "may") return "能不能办";
  if (question == "may-not") return "为什么不能办";
  return question == "next" ? "下一步" : "不同意会怎样";
}

// Each action once: by its sentence when there is one, with the codes of what blocks it.
void print_why(const Invocation& invocation, const app::WhyView& view) {
  const auto head = [](const auto& action) {
    return fmt::format("{}（{}）：", action.action_title, action.action);
  };
  for (const auto& sentence : view.sentences) {
    std::string codes;
    for (const auto& action : view.actions)
      if (sentence.starts_with(head(action)))
        for (const auto& blocker : action.blockers) codes += fmt::format(" [{}]", blocker.code);
    say(invocation, sentence + codes);
  }
  for (const auto& answer : view.answers)
    say(invocation,
        fmt::format("    {}：{}（{}）", title_of_question(answer.question), answer.text,
                    answer.event > 0 ? fmt::format("第 {} 号事件", answer.event) : "依据 " + answer.rule));
  const bool reasoned = std::any_of(view.answers.begin(), view.answers.end(),
                                    [](const auto& answer) { return answer.question == "may-not"; });
  for (const auto& action : view.actions) {
    const bool told = std::any_of(view.sentences.begin(), view.sentences.end(),
                                  [&](const auto& one) { return one.starts_with(head(action)); });
    if (told) continue;
    std::string line = head(action) + (action.blockers.empty() ? "可以办理" : "不能办理");
    if (reasoned)  // in the words of the answers
      for (const auto& blocker : action.blockers) line += fmt::format(" [{}]", blocker.code);
    say(invocation, line);
    for (const auto& blocker : action.blockers)
      if (!reasoned) say(invocation, fmt::format("    [{}] {}", blocker.code, blocker.text));
  }
}

void add_why(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("why", "我能办什么；不能办的，为什么");
  command->footer(
      "例: wenshu case why annual-plan-1 --as 周敏\n"
      "    wenshu case why annual-plan-1 agree --as 周敏");
  command->add_option("case", words->id, "办件编号")->required();
  command->add_option("action", words->action, "只问这一个动作，例如 agree 或 recall");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto view = app::why(invocation.context(), words->id, words->action);
      if (invocation.json) print_json(app::to_value(view));
      print_why(invocation, view);
      return Exit::ok;
    };
  });
}

void add_history(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("history", "办理经过");
  command->footer("例: wenshu case history annual-plan-1");
  command->add_option("case", words->id, "办件编号")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto lines = app::case_history(invocation.context(), words->id);
      if (invocation.json) print_json(app::to_value(lines));
      for (const auto& line : lines) {
        say(invocation,
            fmt::format("{}  {}  {} · {}{}", china_time(line.at), line.person_name, line.step_title,
                        line.action_title, line.opinion.empty() ? "" : "：" + line.opinion));
        for (const auto& fact : line.facts) say(invocation, "    " + fact);
        for (const auto& change : line.changes) say(invocation, "    改 " + change);
        for (const auto& effect : line.effects) say(invocation, "    " + effect);
      }
      return Exit::ok;
    };
  });
}

void add_export(CLI::App& group, Invocation& invocation, const SharedWords& words) {
  auto* command = group.add_subcommand("export", "把办件的文书和附件取出为文件");
  command->footer("例: wenshu case export annual-plan-1 -o 印发");
  command->add_option("case", words->id, "办件编号")->required();
  command->add_option("-o,--output", words->out, "输出文件夹")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      auto list = data::Value::list();
      for (const auto& path : app::export_documents(invocation.context(), words->id, words->out)) {
        say(invocation, path.string());
        list.add(path.string());
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

void add_inbox(CLI::App& app, Invocation& invocation) {
  auto* command = app.add_subcommand("inbox", "待办");
  command->footer("例: wenshu inbox --as 周敏");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      const auto lines = app::inbox(invocation.context());
      if (invocation.json) print_json(app::to_value(lines));
      if (lines.empty()) say(invocation, "没有待办");
      for (const auto& line : lines)
        say(invocation, fmt::format("{}\t{}\t{}\t{}\t{}", line.id, line.title, line.step_title,
                                    join(line.actions, " "), china_time(line.since)));
      return Exit::ok;
    };
  });
}

}  // namespace

void add_case_commands(CLI::App& app, Invocation& invocation) {
  const auto words = [] { return std::make_shared<Words>(); };
  add_init(app, invocation);
  add_publish(app, invocation, words());
  auto* group = app.add_subcommand("case", "办件：发起、办理、查看");
  group->footer("例: wenshu case list");
  group->require_subcommand(1);
  add_start(*group, invocation, words());
  add_act(*group, invocation, words());
  add_bulk(*group, invocation, words());
  add_hand_over(*group, invocation, words());
  add_list(*group, invocation);
  add_show(*group, invocation, words());
  add_why(*group, invocation, words());
  add_history(*group, invocation, words());
  add_export(*group, invocation, words());
  add_case_reports(*group, invocation);
  add_inbox(app, invocation);
}

}  // namespace wenshu::cli
