// workflow simulate: a conversation on the terminal, or a script on standard input.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "app/simulate.h"
#include "base/text.h"
#include "cli/workflow_parts.h"
#include "data/load.h"

namespace wenshu::cli {
namespace {

class Conversation {
 public:
  Conversation(Invocation& invocation, app::Simulation simulation)
      : invocation_(invocation), simulation_(std::move(simulation)), by_hand_(::isatty(0) == 1) {}

  Exit run() {
    std::string line;
    while (show()) {
      if (by_hand_) std::cout << "> " << std::flush;
      if (!std::getline(std::cin, line)) break;
      const std::string text(trim(line));
      if (text == "q") break;
      const Exit exit = text.empty() || text.front() == '#' ? Exit::ok : take(text);
      if (exit != Exit::ok && !by_hand_) return exit;  // a script that is wrong stops there
    }
    if (invocation_.json) print_json(app::to_value(simulation_.view()));
    return Exit::ok;
  }

 private:
  // What can be done now; false when the case has ended.
  bool show() {
    if (!changed_) return true;
    changed_ = false;
    const auto view = simulation_.view();
    if (!view.open) {
      say(invocation_, "办件已经结束");
      return false;
    }
    choices_.clear();
    for (const auto& seat : view.seats)
      say(invocation_, fmt::format("待办：“{}” {}", seat.step_title, seat.person_name));
    for (auto& choice : simulation_.choices()) {
      const std::string words =
          fmt::format("{} {}（{}）", choice.person_name, choice.action_title, choice.action);
      if (choice.blockers.empty()) {
        choices_.push_back(choice);
        say(invocation_,
            fmt::format("  {}. {}{}", choices_.size(), words, choice.opinion_required ? "，须写意见" : ""));
      } else {
        for (const auto& blocker : choice.blockers)
          say(invocation_, fmt::format("  -  {}：[{}] {}", words, blocker.code, blocker.text));
      }
    }
    if (by_hand_) say(invocation_, "选一项：数字 意见；字段=值 先填数据；人员 动作 意见；h 经过；q 结束");
    return true;
  }

  Exit take(const std::string& line) {
    if (line == "h") return show_history();
    const auto blank = line.find(' '), equals = line.find('=');
    if (equals != std::string::npos && (blank == std::string::npos || equals < blank)) {
      changes_.set_path(trim(line.substr(0, equals)), std::string(trim(line.substr(equals + 1))));
      return Exit::ok;
    }
    const std::string first = line.substr(0, blank);
    const std::string rest(blank == std::string::npos ? "" : trim(line.substr(blank)));
    if (first.find_first_not_of("0123456789") == std::string::npos) {
      const size_t at = first.size() < 6 ? std::stoul(first) : 0;
      if (at < 1 || at > choices_.size()) return wrong("没有第 " + first + " 项");
      return act(choices_[at - 1].person, choices_[at - 1].action, rest);
    }
    if (rest.empty()) return wrong("看不懂：" + line);
    const auto second = rest.find(' ');
    return act(first, rest.substr(0, second),
               second == std::string::npos ? "" : std::string(trim(rest.substr(second))));
  }

  Exit wrong(const std::string& text) {
    std::cerr << text << "\n";
    return Exit::usage;
  }

  Exit act(const std::string& person, const std::string& action, const std::string& opinion) {
    try {
      const auto answer = simulation_.act(person, action, opinion, changes_);
      say(invocation_, fmt::format("{} {}{}", person_name(person), action,
                                   answer.steps.empty() ? "" : " → " + join(answer.steps, "、")));
      for (const auto& effect : answer.effects) say(invocation_, "    " + effect);
      changes_ = {};
      changed_ = true;
      return Exit::ok;
    } catch (const Refused& refused) {
      print_blockers(invocation_, refused.blockers());
      return Exit::refused;
    } catch (const FaultyInput& faulty) {
      print_findings(invocation_, faulty.findings());
      return Exit::faulty_input;
    } catch (const NotFound& missing) {
      std::cerr << missing.what() << "\n";
      return Exit::not_found;
    }
  }

  std::string person_name(const std::string& person) const {
    for (const auto& choice : choices_)
      if (choice.person == person) return choice.person_name;
    return person;
  }

  Exit show_history() {
    for (const auto& line : simulation_.history())
      say(invocation_, fmt::format("{} · {} {}{}", line.step_title, line.person_name, line.action_title,
                                   line.opinion.empty() ? "" : "：" + line.opinion));
    return Exit::ok;
  }

  Invocation& invocation_;
  app::Simulation simulation_;
  bool by_hand_, changed_ = true;
  std::vector<app::Simulation::Choice> choices_;
  data::Value changes_;
};

struct Words {
  std::string file, data;
};

}  // namespace

void add_simulate(CLI::App& group, Invocation& invocation) {
  auto words = std::make_shared<Words>();
  auto* command = group.add_subcommand(
      "simulate", "在内存里试办一件：列出谁能办什么，由你选；也可以从标准输入读一串选择");
  command->footer("例: wenshu workflow simulate workflows/seal-use.workflow.yaml");
  command->add_option("file", words->file, "流程文件")->required();
  command->add_option("--data", words->data, "数据文件；不写用场景文件里的数据");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::Simulation::Setting setting;
      setting.file = words->file;
      if (!invocation.office.empty()) setting.office = invocation.office;
      setting.person = invocation.person;
      setting.now = invocation.context().clock->now();
      setting.home = invocation.home();
      if (!words->data.empty()) {
        Diagnostics findings;
        setting.data = data::load_file(words->data, findings);
        if (findings.has_errors()) throw FaultyInput(std::move(findings));
      }
      return Conversation(invocation, app::Simulation(setting)).run();
    };
  });
}

}  // namespace wenshu::cli
