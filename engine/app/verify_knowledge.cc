#include "app/verify_knowledge.h"

#include "app/keys.h"
#include "app/published.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"

namespace wenshu::app {

Knowledge::Knowledge(const Context& context, const VerifyRequest& request) : context_(context) {
  if (request.keys.empty()) {
    opened_.emplace(open_store(context));
    store::Tx tx(opened_->db(), store::Access::read);
    keys_ = {load_office(tx).title, list_keys(tx)};
    return;
  }
  Diagnostics findings;
  auto keys = certificate::parse_published_keys(read_file(request.keys, 1 << 20),
                                                data::display_name(request.keys), findings);
  if (keys && !request.withdrawn.empty())
    list_ = certificate::parse_revocation_list(read_file(request.withdrawn),
                                               data::display_name(request.withdrawn), *keys, findings);
  if (findings.has_errors()) throw FaultyInput(findings);
  keys_ = std::move(*keys);
}

std::optional<store::Certificate> Knowledge::look_up(const std::string& number, Verification& answer) {
  reissued_on_.clear();
  if (!opened_) {
    if (!list_) return std::nullopt;
    if (const auto* entry = list_->find(number))
      answer.state = entry->state, answer.since = entry->since, answer.by = entry->by;
    answer.reissued = list_->find_reissue(number);
    return std::nullopt;
  }
  store::Tx tx(opened_->db(), store::Access::read);
  auto found = store::find_certificate(tx, number);
  if (!found) return found;
  if (const auto end = find_withdrawal(tx, number)) {
    answer.state = end->entry.state;
    answer.since = end->entry.since;
    answer.by = end->entry.by;
    answer.reason = end->reason;
  }
  for (const auto& act : store::find_certificate_acts(tx, number))
    if (act.act == "reissue") {
      answer.reissued = day_of(act.at);
      answer.reissue_reason = act.reason;
      reissued_on_.push_back(answer.reissued);
    }
  answer.replaces = found->replaces;
  return found;
}

}  // namespace wenshu::app
