// wenshu keys: what signs certificates. Public halves are events of the store, so that each change has its author and its place
// in the chain; private halves are files under a password in the folder `keys` beside the store.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/password.h"
#include "certificate/published_keys.h"
#include "crypto/key.h"
#include "store/db.h"

namespace wenshu::app {

using certificate::SigningKey;

struct NewKey {
  std::string name;
  crypto::Algorithm algorithm = crypto::Algorithm::ed25519;
  PasswordSource password;
  std::string address = {};  // of the page that checks; rotate: "" keeps that of the key before
};
struct MadeKey {
  SigningKey key;
  std::filesystem::path file;  // of the private half
};

// Throws Refused `key-exists` when a key of that name is active; FaultyInput `bad-address`.
MadeKey make_key(const Context& context, const NewKey& request);
// A new key of the name; the one before is retired and goes on verifying. Throws NotFound when there is none.
MadeKey rotate_key(const Context& context, const NewKey& request);
// `key` is an id, or a name that no two keys in force bear (else Refused `several-keys`). From now on its signatures prove
// nothing by themselves.
SigningKey revoke_key(const Context& context, const std::string& key, const std::string& reason);

std::string_view in_words(certificate::KeyState state);
std::vector<SigningKey> list_keys(const Context& context);
std::vector<SigningKey> list_keys(store::Tx& tx);
// The active key of that name or id, or the only active one when `name` is ""; nullptr when there is none or more than one.
const SigningKey* find_signing_key(const std::vector<SigningKey>& keys, const std::string& name);
// With the office's name.
certificate::PublishedKeys published_keys(const Context& context);

// The key that signs now: of that name or id, or the only active one when `name` is "". Throws Refused `no-signing-key`,
// `several-keys`, `key-not-active`; NotFound when its file is gone; FaultyInput `wrong-password`. Costs a quarter of a second of
// CPU time: once a batch.
crypto::PrivateKey open_signing_key(const Context& context, const std::string& name,
                                    const PasswordSource& password);

}  // namespace wenshu::app
