#include "workflow/act_use.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/act_parts.h"
#include "workflow/acts.h"

namespace wenshu::workflow {
namespace {

class Use {
 public:
  Use(const Rules& rules, const Marking& before, const Act& act, const Marking* after)
      : rules_(rules), before_(before), act_(act), after_(after), word_(find_act(act.action)) {
    if (!word_) action_ = find_own_action();
  }

  std::vector<Blocker> run() {
    if (!word_ && !action_) return {};  // refused for that
    if (!act_.to.empty() && !reads_to())
      add("to", "--to",
          "去哪个环节已由流程定好；" + with("退回到任一步", {"cancel", "wake", "jump", "assign"}));
    if (!act_.people.empty() && !(word_ && word_->needs_people) && !stands_in())
      add("people", "--people",
          with("", {"add-before", "add-after", "add-beside", "drop", "transfer", "delegate", "assign", "copy",
                    "circulate"}));
    if (!act_.step.empty() && !reads_step()) add("step", "--step", "它办的是整个办件，不分环节");
    if (act_.direct && !reads_direct())
      add("direct", "--direct",
          action_ && action_->kind == ActionKind::back ? "流程已定好改后逐级再送（resubmit）" : "退回时才写");
    if (act_.again && act_.action != "copy" && act_.action != "circulate")
      add("again", "--again", with("", {"copy", "circulate"}));
    for (const auto& [step, people] : act_.choices) judge_choice(step);
    return std::move(blockers_);
  }

 private:
  std::string title() const { return word_ ? std::string(word_->title) : action_->title; }

  void add(const std::string& option, const std::string& written, const std::string& hint) {
    blockers_.push_back({"unused-option",
                         fmt::format("“{}”用不到 {}：{}。请去掉它，或换一个动作", title(), written, hint),
                         {{"option", option}, {"action", act_.action}}});
  }

  // 抄送、传阅时才写
  static std::string with(const std::string& own, const std::vector<std::string_view>& acts) {
    std::vector<std::string> titles;
    if (!own.empty()) titles.push_back(own);
    for (std::string_view name : acts) titles.emplace_back(find_act(name)->title);
    return join(titles, "、") + "时才写";
  }

  // Of the step where the person acts: the one named, else one of those open that know the word.
  const Action* find_own_action() const {
    for (const Token& token : before_.tokens) {
      if (!act_.step.empty() && token.step != act_.step) continue;
      const Step* step = rules_.definition.find_step(token.step);
      const bool his = std::any_of(token.seats.begin(), token.seats.end(), [&](const Seat& seat) {
        return may_act(rules_, seat, act_.person, act_.date);
      });
      const Action* found = step && his ? step->find_action(act_.action) : nullptr;
      if (found) return found;
    }
    return nullptr;
  }

  // 代理: one of the step's own actions names for whom it is done (for-whom tells whether it may).
  bool stands_in() const {
    const auto day = parse_date(act_.date);
    return action_ && day &&
           !directory::stood_in_for(rules_.directory, act_.person, rules_.definition.name, *day).empty();
  }

  bool reads_to() const {
    return word_ ? word_->needs_step || word_->name == "cancel" : action_->target == Target::any;
  }

  bool reads_step() const {
    return !word_ || word_->doer == Doer::holder || word_->doer == Doer::allowed ||
           word_->doer == Doer::reader;
  }

  bool reads_direct() const {
    return action_ && action_->kind == ActionKind::back && action_->resubmit != Resubmit::walk;
  }

  static bool is_chosen(const SeatRule& rule) { return rule.kind == SeatRule::Kind::chosen; }

  void judge_choice(const std::string& id) {
    const std::string written = "--choose " + id;
    const Step* step = rules_.definition.find_step(id);
    if (!step) {
      std::vector<std::string> known;
      for (const Step& one : rules_.definition.steps)
        if (std::any_of(one.seats.begin(), one.seats.end(), is_chosen)) known.push_back(one.id);
      return add("choose", written,
                 known.empty() ? "流程里没有要选办理人的环节" : "要选办理人的环节有 " + join(known, "、"));
    }
    const auto rule = std::find_if(step->seats.begin(), step->seats.end(), is_chosen);
    if (rule == step->seats.end())
      return add("choose", written, fmt::format("“{}”环节的办理人由流程定", step->title));
    if (word_ && word_->name != "jump" && word_->name != "wake" && word_->name != "cancel")
      return add("choose", written, "送出时才写");
    if (!rule->by_previous && act_.person != before_.initiator)
      return add("choose", written, fmt::format("“{}”环节的办理人由经办人选", step->title));
    if (rule->by_previous && after_ && !after_->find(id))
      add("choose", written, fmt::format("办件这一次不到“{}”环节", step->title));
  }

  const Rules& rules_;
  const Marking& before_;
  const Act& act_;
  const Marking* after_;
  const ActWord* word_;
  const Action* action_ = nullptr;
  std::vector<Blocker> blockers_;
};

}  // namespace

std::vector<Blocker> find_unused(const Rules& rules, const Marking& before, const Act& act,
                                 const Marking* after) {
  return Use(rules, before, act, after).run();
}

}  // namespace wenshu::workflow
