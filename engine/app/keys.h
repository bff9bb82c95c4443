// wenshu keys: what signs certificates. Public halves are events of the store, so each change has its author and its place in
// the chain; private halves are encrypted files in the folder `keys` beside the store.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "crypto/key.h"

namespace wenshu::app {

// Where a password comes from: a file's first line, or $WENSHU_KEY_PASSWORD, or the terminal.
struct PasswordSource {
  std::filesystem::path file = {};
  bool twice = false;  // typed twice, for a new key
};
// Throws Refused `no-password` when there is none to be had.
std::string read_password(const PasswordSource& source);

// active signs; retired (rotated) goes on verifying; revoked (lost, stolen) proves nothing by itself any more.
enum class KeyState { active, retired, revoked };

struct SigningKey {
  std::string name;
  crypto::PublicKey key;
  KeyState state = KeyState::active;
  std::string from, until;  // UTC times; until is "" while active
};

// The key that signs now: of that name, or the only active one when `name` is "". Throws Refused `no-signing-key`,
// `several-keys`; FaultyInput `wrong-password`. Costs a quarter of a second of CPU time: once a batch.
crypto::PrivateKey open_signing_key(const Context& context, const std::string& name,
                                    const PasswordSource& password);

}  // namespace wenshu::app
