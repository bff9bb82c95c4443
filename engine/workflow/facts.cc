// What happened, as sentences.
#include <fmt/format.h>

#include "workflow/advice.h"
#include "workflow/moves.h"

namespace wenshu::workflow {
namespace {

std::string with_opinion(std::string text, const std::string& opinion) {
  return opinion.empty() ? text : text + "：" + opinion;
}

// 周敏（人事科负责人）, 蒋涛（局长，代 何建章）
std::string who(const directory::Directory& office, const Fact& fact, bool stands_in) {
  const std::string name = office.name_of(fact.person);
  std::string beside = name == fact.seat ? "" : fact.seat;
  if (stands_in && !fact.other.empty())
    beside += (beside.empty() ? "代 " : "，代 ") + office.name_of(fact.other);
  return beside.empty() ? name : fmt::format("{}（{}）", name, beside);
}

}  // namespace

std::string title_of_advice(const Fact& fact) {
  if (fact.code != "advised" && fact.code != "answered") return "";
  const bool agrees = fact.action && fact.action->kind == ActionKind::forward;
  return fmt::format("{}（{}）", fact.code == "advised" ? "提出意见" : "答复", agrees ? "赞成" : "不赞成");
}

std::string to_text(const Rules& rules, const Fact& fact) {
  const directory::Directory& office = rules.directory;
  const std::string_view code = fact.code;
  const std::string step = fact.step ? fact.step->title : "";
  const std::string action = fact.action ? fact.action->title : "";
  const std::string person = fact.person.empty() ? "" : office.name_of(fact.person);
  const std::string other = fact.other.empty() ? "" : office.name_of(fact.other);
  if (code == "decided") return with_opinion(who(office, fact, true) + action, fact.opinion);
  // The words of those who were asked alone: what they press is the action of others.
  if (code == "advised") return with_opinion(who(office, fact, true) + title_of_advice(fact), fact.opinion);
  if (code == "answered")
    return with_opinion(fmt::format("{}{}，交还 {}", who(office, fact, false), title_of_advice(fact), other),
                        fact.opinion);
  if (code == "by-itself") return fmt::format("{}先前已同意，不再重复办理", who(office, fact, false));
  if (code == "cancelled") return fmt::format("{} 因{}而取消", fact.seat, action);
  if (code == "not-needed") return fmt::format("{} 无需再办", fact.seat);
  if (code == "bound") return fmt::format("签署认定文书“{}”", fact.other);
  if (code == "left") return fmt::format("离开“{}”环节", step);
  if (code == "entered") return fmt::format("转到“{}”环节", step);
  if (code == "passed") return fmt::format("经过“{}”", step);
  if (code == "ended") return step;
  if (code == "copied") return fmt::format("抄送 {}", other);
  if (code == "circulated") return fmt::format("传阅 {}", other);
  if (code == "read") return with_opinion(fmt::format("{} 已阅", person), fact.opinion);
  if (code == "added") return fmt::format("{} 请 {} 加签（{}）", person, other, fact.seat);
  if (code == "dropped") return fmt::format("{} 减去 {} 的加签", person, fact.seat);
  if (code == "transferred") return with_opinion(fmt::format("{} 转给 {} 办理", person, other), fact.opinion);
  if (code == "delegated")
    return with_opinion(fmt::format("{} 委托 {} 先提意见", person, other), fact.opinion);
  if (code == "handed-over")
    return with_opinion(fmt::format("{} 的事项移交 {}", person, other), fact.opinion);
  if (code == "claimed") return fmt::format("{} 认领 {}", person, fact.seat);
  if (code == "released") return fmt::format("{} 退回认领 {}", person, fact.seat);
  if (code == "recalled") return with_opinion(fmt::format("{} 拿回到“{}”环节", person, step), fact.opinion);
  if (code == "moved") return with_opinion(fmt::format("{} 把办件转到“{}”环节", person, step), fact.opinion);
  if (code == "reopened") return with_opinion(fmt::format("{} 重新打开办件", person), fact.opinion);
  if (code == "suspended") return with_opinion(fmt::format("{} 挂起办件", person), fact.opinion);
  if (code == "resumed") return with_opinion(fmt::format("{} 激活办件", person), fact.opinion);
  if (code == "urged") return with_opinion(fmt::format("{} 催办 {}", person, fact.other), fact.opinion);
  if (code == "kept") return fmt::format("{} 暂存", person);
  if (code == "assigned")
    return with_opinion(fmt::format("{} 改派“{}”环节由 {} 办理", person, step, fact.other), fact.opinion);
  if (code == "proofread") return with_opinion(fmt::format("{} 勘误", person), fact.opinion);
  if (code == "voided") return fmt::format("{} 对{}的签署（{}）因修改作废", person, fact.other, step);
  if (code == "to-signer")
    return fmt::format("办件退回“{}”环节，{}", step,
                       step == fact.other ? "请重新签署" : fmt::format("再到“{}”重新签署", fact.other));
  if (code == "child-ended") return fmt::format("“{}”的子流程办结：{}", step, fact.other);
  if (code == "child-failed") return fmt::format("“{}”的子流程没有办成：{}", step, fact.other);
  if (code == "child-started") return fmt::format("“{}”发起子流程 {}", step, fact.other);
  if (code == "reminded") return fmt::format("提醒 {}（{}），“{}”快到期", fact.other, fact.seat, step);
  if (code == "reminded-again")
    return fmt::format("第 {} 次提醒 {}（{}），“{}”已逾期", fact.round, fact.other, fact.seat, step);
  if (code == "expired") return fmt::format("{}（{}）在“{}”环节逾期，已提醒", fact.other, fact.seat, step);
  if (code == "escalated") return fmt::format("{} 逾期，报 {}，上级也可以办", fact.seat, fact.other);
  if (code == "moved-on") return fmt::format("{} 逾期：{}", fact.seat, fact.other);
  if (code == "automatic") return fmt::format("{} 自动{}（{}）", fact.seat, action, fact.opinion);
  if (code == "not-automatic") return fmt::format("没有自动办理：{}", fact.other);
  if (code == "stopped") return with_opinion(fmt::format("{} {}", person, fact.other), fact.opinion);
  return std::string(code);
}

}  // namespace wenshu::workflow
