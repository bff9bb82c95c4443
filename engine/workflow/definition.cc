#include "workflow/definition.h"

#include <algorithm>

namespace wenshu::workflow {

const std::vector<ActionWord>& action_words() {
  static const std::vector<ActionWord> kWords = {
      {"submit", "送审", ActionKind::forward},    {"agree", "同意", ActionKind::forward},
      {"approve", "批准", ActionKind::forward},   {"sign", "签发", ActionKind::forward},
      {"issue", "编号印发", ActionKind::forward}, {"register", "登记", ActionKind::forward},
      {"record", "备案", ActionKind::forward},    {"archive", "归档", ActionKind::forward},
      {"confirm", "确认", ActionKind::forward},   {"circle", "圈阅", ActionKind::forward},
      {"reject", "不同意", ActionKind::reject},   {"decline", "不发", ActionKind::reject},
      {"abstain", "弃权", ActionKind::abstain},   {"return", "退回", ActionKind::back},
      {"withdraw", "撤回", ActionKind::back},     {"void", "作废", ActionKind::back},
  };
  return kWords;
}

expression::Type child_type() {
  using expression::Type;
  return Type::record({{"case", Type::text()},
                       {"end", Type::text()},
                       {"status", Type::text({"ended", "terminated", "voided", "withdrawn"})}});
}

const Action* Step::find_action(std::string_view name) const {
  auto found = std::find_if(actions.begin(), actions.end(), [&](const Action& a) { return a.name == name; });
  return found == actions.end() ? nullptr : &*found;
}

const Step* Definition::find_step(std::string_view id) const {
  size_t at = index_of(id);
  return at == steps.size() ? nullptr : &steps[at];
}

size_t Definition::index_of(std::string_view step) const {
  auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.id == step; });
  return static_cast<size_t>(found - steps.begin());
}

const Document* Definition::find_document(std::string_view id) const {
  auto found =
      std::find_if(documents.begin(), documents.end(), [&](const Document& d) { return d.id == id; });
  return found == documents.end() ? nullptr : &*found;
}

}  // namespace wenshu::workflow
