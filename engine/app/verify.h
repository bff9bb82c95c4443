// wenshu verify: is a certificate ours, unaltered, still valid? From its file, the text of its QR code or its number; with the
// store, or with nothing but the office's published keys and its list of what was withdrawn.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "certificate/proof.h"
#include "certificate/revocations.h"

namespace wenshu::app {

struct VerifyRequest {
  std::string subject;              // path of a PDF, text of a QR code, or a number
  std::filesystem::path keys;       // published keys: then the store is not asked
  std::filesystem::path withdrawn;  // the signed list, with `keys`
};

enum class Verdict {
  valid,         // ours, and in force
  genuine,       // ours; whether it is still in force was not asked
  withdrawn,     // ours, but void, replaced or expired
  revoked_key,   // signed by a key that proves nothing any more, and nothing else proves it
  unknown_key,   // signed by none of the keys at hand
  altered_file,  // a true proof in a file that is not the one it was made for, or whose PDF signature is gone or of other bytes
  forged,        // fields that nobody signed
  no_proof,      // a PDF that carries none
  unreadable,    // no PDF, or a text that is no whole QR code of ours
  differs,       // signed, but the store says otherwise of this number
  unknown_number,  // the store knows no such number
};
std::string_view to_text(Verdict verdict);  // valid, genuine, withdrawn, revoked-key …

struct Verification {
  Verdict verdict = Verdict::unreadable;
  std::string sentence;                 // the verdict in a clerk's words
  certificate::CertifiedFields fields;  // all that is certified; of a forged one what it claims
  std::vector<std::string> notes;       // what was compared, and what was not
  std::string issuer, key_name, key_id;
  certificate::NumberState state = certificate::NumberState::valid;
  std::string since, by, reason;         // of the state
  std::string reissued, reissue_reason;  // the day of the last reissue; "" for none. It ends nothing.
  std::string replaces;                  // the number in whose place this one stands; "" for none
  std::string as_of;  // the day up to which the state is known: today, or that of the list; "" when unknown

  bool is_good() const { return verdict == Verdict::valid || verdict == Verdict::genuine; }
};

// Throws NotFound for a file or a store that is not there, FaultyInput for faulty keys or lists.
Verification verify(const Context& context, const VerifyRequest& request);

}  // namespace wenshu::app
