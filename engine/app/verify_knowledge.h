// What is known of keys and numbers while a certificate is verified: from the store, or from published files. Inside this room only.
#pragma once

#include <optional>
#include <string>

#include "app/verify.h"
#include "base/date.h"
#include "certificate/published_keys.h"
#include "store/certificates.h"
#include "store/store.h"

namespace wenshu::app {

class Knowledge {
 public:
  // Throws NotFound; FaultyInput for faulty keys or lists.
  Knowledge(const Context& context, const VerifyRequest& request);

  const certificate::PublishedKeys& keys() const { return keys_; }
  bool is_online() const { return opened_.has_value(); }
  const std::optional<certificate::RevocationList>& list() const { return list_; }
  Date today() const { return china_date(context_.clock->now()); }

  // Fills state, since, by, reason and what is known of a reissue; gives the certificate as the store has it.
  std::optional<store::Certificate> look_up(const std::string& number, Verification& answer);
  // The days on which the number was reissued, as far as the last look_up could tell.
  const std::vector<std::string>& reissued_on() const { return reissued_on_; }

 private:
  const Context& context_;
  std::optional<store::Store> opened_;
  certificate::PublishedKeys keys_;
  std::optional<certificate::RevocationList> list_;
  std::vector<std::string> reissued_on_;
};

}  // namespace wenshu::app
