#include "app/notice_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "data/load.h"
#include "store/number.h"
#include "store/store.h"

namespace wenshu::app {

void add_unsaid(const Diagnostics& loading, const std::vector<notice::Finding>& said, Diagnostics& findings) {
  for (const Diagnostic& finding : loading) {
    const bool again = std::any_of(said.begin(), said.end(), [&](const notice::Finding& rule) {
      const Diagnostic& told = rule.diagnostic;
      return told.code == finding.code && told.where.line == finding.where.line &&
             (told.severity == finding.severity || told.severity == Severity::error);
    });
    if (!again) findings.add(finding);
  }
}

void tell_foot_alone(const layout::Layout& layout, const std::filesystem::path& source,
                     Diagnostics& findings) {
  if (layout.foot_alone)
    findings.hint("foot-alone", {data::display_name(source)}, "版记独自占了最后一面，前一面排不下它",
                  "增减一两行正文或者精简抄送机关，使版记与正文同面");
}

void check_number_is_free(store::Db& db, const std::string& number, const Place& place,
                          Diagnostics& findings) {
  store::Tx tx(db, store::Access::read);
  const std::string text(trim(number));
  if (const auto holder = store::find_number_holder(tx, text))
    findings.error("number-issued", place, fmt::format("编号 {} 已经用过：{}", text, *holder),
                   "换一个没有用过的编号；办件自己的公文用 wenshu case export 取出");
}

}  // namespace wenshu::app
