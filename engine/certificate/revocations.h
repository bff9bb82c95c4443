// The list that tells, without the store, which certificates are no longer what they say: void, replaced or expired, each
// since when. A JWS (crypto/jws.h) signed by a key of the office; its payload:
//
//   {"wenshu": "revocations-1", "issuer": "…", "at": "2024-05-01T01:00:00Z",
//    "entries": [{"number": "…", "state": "void", "since": "2024-04-30", "by": "number that replaces it"}],
//    "reissued": [{"number": "…", "on": "2024-04-30"}]}      in force, and printed once more on that day
//
// Reasons stay in the store: they speak of people.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "certificate/published_keys.h"
#include "data/value.h"

namespace wenshu::certificate {

enum class NumberState { valid, void_, replaced, expired };
std::string_view to_text(NumberState state);   // valid, void, replaced, expired
std::string_view in_words(NumberState state);  // 有效, 已作废, 已换发, 已过期

struct Revocation {
  std::string number;
  NumberState state = NumberState::void_;
  std::string since;  // 2024-04-30
  std::string by;     // the number that replaces it; "" for others
};

struct Reissue {
  std::string number, on;
};

struct RevocationList {
  std::string issuer, at;  // UTC time of the list: what came later is not in it
  std::vector<Revocation> entries;
  std::vector<Reissue> reissued = {};

  const Revocation* find(std::string_view number) const;
  std::string find_reissue(std::string_view number) const;  // the last day of one; "" for none
};

data::Value to_value(const RevocationList& list);  // the payload
std::string make_revocation_list(const RevocationList& list, const crypto::PrivateKey& key);
// Findings at the file: `not-a-list`, `unknown-key` (none of `keys`, or a revoked one), `forged-list`.
std::optional<RevocationList> parse_revocation_list(std::string_view text, const std::string& file,
                                                    const PublishedKeys& keys, Diagnostics& findings);

}  // namespace wenshu::certificate
