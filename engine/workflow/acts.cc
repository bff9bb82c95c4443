#include "workflow/acts.h"

#include <algorithm>

namespace wenshu::workflow {

const std::vector<ActWord>& act_words() {
  static const std::vector<ActWord> kWords = {
      // name, title, who, people, step, opinion
      {"read", "已阅", Doer::reader, false, false, false},
      {"keep", "暂存", Doer::holder, false, false, false},
      {"claim", "认领", Doer::holder, false, false, false},
      {"release", "退领", Doer::holder, false, false, false},
      {"add-before", "前加签", Doer::allowed, true, false, false},
      {"add-after", "后加签", Doer::allowed, true, false, false},
      {"add-beside", "并加签", Doer::allowed, true, false, false},
      {"drop", "减签", Doer::allowed, true, false, false},
      {"transfer", "转办", Doer::allowed, true, false, true},
      {"delegate", "委派", Doer::allowed, true, false, false},
      {"hold", "缓办", Doer::allowed, false, false, true},
      {"proofread", "勘误", Doer::allowed, false, false, true},
      {"assign", "改派以后的环节", Doer::planner, true, true, true},
      {"copy", "抄送", Doer::around, true, false, false},
      {"circulate", "传阅", Doer::around, true, false, false},
      {"urge", "催办", Doer::around, false, false, false},
      {"recall", "拿回", Doer::previous, false, false, false},
      {"cancel", "撤销", Doer::initiator, false, false, true},
      {"suspend", "挂起", Doer::manager, false, false, true},
      {"resume", "激活", Doer::manager, false, false, false},
      {"terminate", "终止", Doer::manager, false, false, true},
      {"annul", "作废", Doer::manager, false, false, true},
      {"wake", "唤醒", Doer::manager, false, true, true},
      {"jump", "跳转", Doer::manager, false, true, true},
      {"hand-over", "移交", Doer::manager, true, false, true},
  };
  return kWords;
}

const ActWord* find_act(Symbol name) {
  // Asked at every act, mostly for words that are not here.
  static const auto kNames = [] {
    std::vector<Symbol> names;
    for (const ActWord& word : act_words()) names.emplace_back(word.name);
    return names;
  }();
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? nullptr : &act_words()[static_cast<size_t>(found - kNames.begin())];
}

std::vector<std::string> allowable_acts() {
  std::vector<std::string> names;
  for (const ActWord& word : act_words()) {
    if (word.doer == Doer::allowed) names.emplace_back(word.name);
  }
  return names;
}

}  // namespace wenshu::workflow
