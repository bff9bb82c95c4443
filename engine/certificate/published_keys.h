// The public keys of an office as it publishes them: a JSON Web Key Set (RFC 7517) with each key's name, state and dates, or a
// single key in PEM. Who holds them needs no store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "crypto/key.h"
#include "data/value.h"

namespace wenshu::certificate {

// active signs; retired (rotated) goes on verifying; revoked (lost, stolen) proves nothing by itself any more.
enum class KeyState { active, retired, revoked };
std::string_view to_text(KeyState state);

struct SigningKey {
  std::string name;
  crypto::PublicKey key;
  KeyState state = KeyState::active;
  std::string from, until;  // UTC times; until is "" while active
  // Where the page is that checks what the key signs: printed before the proof in QR codes. "" when the office named none.
  std::string address = {};
};

struct PublishedKeys {
  std::string issuer;  // the office's name
  std::vector<SigningKey> keys;

  // By key id; nullptr when it is not among them.
  const SigningKey* find(std::string_view id) const;
};

data::Value to_jwk(const SigningKey& key);
std::string to_jwks(const PublishedKeys& keys);
// What is wrong is one finding (`not-a-key`) at the file.
std::optional<PublishedKeys> parse_published_keys(std::string_view text, const std::string& file,
                                                  Diagnostics& findings);

}  // namespace wenshu::certificate
