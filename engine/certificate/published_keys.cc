#include "certificate/published_keys.h"

#include <fmt/format.h>

#include "crypto/base64.h"
#include "crypto/jws.h"
#include "data/load.h"
#include "data/write.h"

namespace wenshu::certificate {
namespace {

using crypto::Algorithm;
using data::Value;

std::optional<crypto::PublicKey> read_key(const Value& jwk) {
  const auto x = crypto::from_base64url(jwk["x"].text()), y = crypto::from_base64url(jwk["y"].text());
  if (!x || !y) return std::nullopt;
  if (jwk["kty"].text() == "OKP" && jwk["crv"].text() == "Ed25519")
    return crypto::PublicKey::from_raw(Algorithm::ed25519, *x);
  if (jwk["kty"].text() == "EC" && jwk["crv"].text() == "SM2")
    return crypto::PublicKey::from_raw(Algorithm::sm2, *x + *y);
  return std::nullopt;
}

std::optional<KeyState> read_state(const Value& state) {
  if (state.is_null() || state.text() == "active") return KeyState::active;
  if (state.text() == "retired") return KeyState::retired;
  if (state.text() == "revoked") return KeyState::revoked;
  return std::nullopt;
}

std::optional<SigningKey> read_entry(const Value& jwk) {
  if (!jwk.is_map()) return std::nullopt;
  const auto key = read_key(jwk);
  const auto state = read_state(jwk["state"]);
  // An id that is not the key's own would let one key pass for another.
  if (!key || !state || jwk["kid"].text() != key->id()) return std::nullopt;
  return SigningKey{jwk["name"].text(),   *key, *state, jwk["from"].text(), jwk["until"].text(),
                    jwk["address"].text()};
}

}  // namespace

std::string_view to_text(KeyState state) {
  return state == KeyState::active ? "active" : state == KeyState::retired ? "retired" : "revoked";
}

const SigningKey* PublishedKeys::find(std::string_view id) const {
  for (const auto& one : keys)
    if (one.key.id() == id) return &one;
  return nullptr;
}

Value to_jwk(const SigningKey& key) {
  auto jwk = Value::map();
  const bool ed25519 = key.key.algorithm() == Algorithm::ed25519;
  jwk.set("kty", ed25519 ? "OKP" : "EC");
  jwk.set("crv", ed25519 ? "Ed25519" : "SM2");
  jwk.set("x", crypto::to_base64url(key.key.raw().substr(0, 32)));
  if (!ed25519) jwk.set("y", crypto::to_base64url(key.key.raw().substr(32)));
  jwk.set("kid", key.key.id());
  jwk.set("use", "sig");
  jwk.set("alg", std::string(crypto::jws_name(key.key.algorithm())));
  jwk.set("name", key.name);
  jwk.set("state", std::string(to_text(key.state)));
  jwk.set("from", key.from);
  if (!key.until.empty()) jwk.set("until", key.until);
  if (!key.address.empty()) jwk.set("address", key.address);
  return jwk;
}

std::string to_jwks(const PublishedKeys& keys) {
  auto set = Value::map();
  set.set("issuer", keys.issuer);
  auto list = Value::list();
  for (const auto& key : keys.keys) list.add(to_jwk(key));
  set.set("keys", std::move(list));
  return data::to_pretty_json(set) + "\n";
}

std::optional<PublishedKeys> parse_published_keys(std::string_view text, const std::string& file,
                                                  Diagnostics& findings) {
  const auto refuse = [&](const std::string& message) {
    findings.error("not-a-key", {file}, message, "用 wenshu keys export 写出的公钥文件，或 PEM 格式的公钥");
    return std::nullopt;
  };
  if (text.find("PRIVATE KEY-----") != std::string_view::npos)
    return refuse("这是私钥文件，不是公钥；私钥不要交给别人");
  if (const auto key = crypto::PublicKey::from_pem(text))
    return PublishedKeys{"", {{"", *key, KeyState::active, "", "", ""}}};
  Diagnostics own;
  const auto set = data::parse_json(text, file, own);
  if (!set || !(*set)["keys"].is_list() || (*set)["keys"].size() == 0) return refuse("里面没有公钥");
  PublishedKeys keys{(*set)["issuer"].text(), {}};
  for (const auto& jwk : (*set)["keys"].items()) {
    auto entry = read_entry(jwk);
    if (!entry) return refuse(fmt::format("第{}把公钥读不出来", keys.keys.size() + 1));
    keys.keys.push_back(std::move(*entry));
  }
  return keys;
}

}  // namespace wenshu::certificate
