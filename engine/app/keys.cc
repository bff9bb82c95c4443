#include "app/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/published.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/file.h"
#include "certificate/proof.h"
#include "crypto/base64.h"
#include "store/act.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;
using certificate::KeyState;
using data::Value;

const std::string kSubject = "signing-keys";

fs::path file_of(const Context& context, const std::string& id) {
  return store::file_of(context.store).parent_path() / "keys" / (id + ".pem");
}

[[noreturn]] void refuse(const char* code, const std::string& text) {
  throw Refused(std::vector<Blocker>{{code, text, {}}});
}

KeyState state_of(const std::string& text) {
  return text == "active" ? KeyState::active : text == "retired" ? KeyState::retired : KeyState::revoked;
}

SigningKey read_key(const Value& key, const std::string& at) {
  const auto algorithm = crypto::parse_algorithm(key["algorithm"].text());
  const auto raw = crypto::from_base64url(key["public"].text());
  const auto shown = algorithm && raw ? crypto::PublicKey::from_raw(*algorithm, *raw) : std::nullopt;
  if (!shown) throw Failure("无法读取签名密钥（事件里的公钥损坏）");
  return {key["name"].text(), *shown, KeyState::active, at, "", key["address"].text()};
}

Value to_value(const SigningKey& key, const std::string& reason = "") {
  Value value = Value::map();
  value.set("id", key.key.id());
  value.set("name", key.name);
  value.set("algorithm", std::string(crypto::to_text(key.key.algorithm())));
  value.set("public", crypto::to_base64url(key.key.raw()));
  value.set("state", std::string(certificate::to_text(key.state)));
  if (!key.address.empty()) value.set("address", key.address);
  if (!reason.empty()) value.set("reason", reason);
  return value;
}

std::string actor_of(const Context& context, store::Store& opened) {
  if (context.person.empty()) return "";
  store::Tx tx(opened.db(), store::Access::read);
  return resolve_person(context, load_office(tx));
}

const SigningKey* find_active(const std::vector<SigningKey>& keys, const std::string& name) {
  for (const auto& key : keys)
    if (key.state == KeyState::active && key.name == name) return &key;
  return nullptr;
}

void check_address(const NewKey& request) {
  Diagnostics findings;
  if (!request.address.empty()) certificate::check_address(request.address, {"--address"}, findings);
  if (findings.has_errors()) throw FaultyInput(findings);
}

// Asked for before the store is locked: a person types slowly.
std::string new_password(const NewKey& request) {
  return read_password({request.password.file, true}, fmt::format("给密钥 {} 设一个密码", request.name));
}

// The private file is there before the store speaks of the key; without the store's word it goes again.
MadeKey write_key(const Context& context, store::Act& act, const NewKey& request, const std::string& password,
                  const char* kind, const SigningKey* before) {
  const auto made = crypto::PrivateKey::make(request.algorithm);
  const auto& address = request.address.empty() && before ? before->address : request.address;
  MadeKey answer{
      {request.name, made.public_key(), KeyState::active, to_text(context.clock->now()), "", address},
      file_of(context, made.public_key().id())};
  const auto sealed = made.encrypt(password);
  std::error_code none;
  write_file(answer.file, sealed);
  fs::permissions(answer.file, fs::perms::owner_read | fs::perms::owner_write, none);
  try {
    if (before) {
      auto retired = *before;
      retired.state = KeyState::retired;
      act.add_key(to_value(retired));
    }
    act.add_key(to_value(answer.key));
    act.finish(kind, kSubject);
  } catch (...) {
    fs::remove(answer.file, none);
    throw;
  }
  return answer;
}

}  // namespace

std::vector<SigningKey> list_keys(store::Tx& tx) {
  std::vector<SigningKey> keys;
  for (const auto& event : store::list_events(tx, kSubject)) {
    const auto body = store::body_of(event);
    for (const auto& entry : body["keys"].items()) {
      const auto known = std::find_if(keys.begin(), keys.end(),
                                      [&](const auto& key) { return key.key.id() == entry["id"].text(); });
      if (known == keys.end()) {
        keys.push_back(read_key(entry, event.at));
      } else {
        known->state = state_of(entry["state"].text());
        if (known->until.empty() || known->state == KeyState::revoked) known->until = event.at;
      }
    }
  }
  return keys;
}

std::vector<SigningKey> list_keys(const Context& context) {
  auto opened = open_store(context);
  store::Tx tx(opened.db(), store::Access::read);
  return list_keys(tx);
}

certificate::PublishedKeys published_keys(const Context& context) {
  auto opened = open_store(context);
  store::Tx tx(opened.db(), store::Access::read);
  return {load_office(tx).title, list_keys(tx)};
}

std::string_view in_words(KeyState state) {
  return state == KeyState::active    ? "在用"
         : state == KeyState::retired ? "停用（以前的签名仍有效）"
                                      : "作废";
}

MadeKey make_key(const Context& context, const NewKey& request) {
  check_address(request);
  const auto password = new_password(request);
  auto opened = open_store(context);
  store::Act act(opened, {.actor = actor_of(context, opened), .at = context.clock->now()});
  if (find_active(list_keys(act.tx()), request.name))
    refuse("key-exists",
           fmt::format("已有签名密钥 {}；要换新的，用 wenshu keys rotate {}", request.name, request.name));
  return write_key(context, act, request, password, "key-made", nullptr);
}

MadeKey rotate_key(const Context& context, const NewKey& request) {
  check_address(request);
  const auto password = new_password(request);
  auto opened = open_store(context);
  store::Act act(opened, {.actor = actor_of(context, opened), .at = context.clock->now()});
  const auto keys = list_keys(act.tx());
  const auto* before = find_active(keys, request.name);
  if (!before) throw NotFound(fmt::format("没有在用的签名密钥 {}", request.name));
  return write_key(context, act, request, password, "key-rotated", before);
}

SigningKey revoke_key(const Context& context, const std::string& key, const std::string& reason) {
  auto opened = open_store(context);
  store::Act act(opened, {.actor = actor_of(context, opened), .at = context.clock->now()});
  const auto keys = list_keys(act.tx());
  // By its name alone a key is meant only while no other of that name is good: after a rotation it is the old one that leaked
  // as likely as the new one.
  std::vector<const SigningKey*> named;  // and in force
  const SigningKey *found = nullptr, *revoked_before = nullptr;
  for (const auto& one : keys) {
    if (one.key.id() == key) found = &one;
    if (one.name != key) continue;
    if (one.state == KeyState::revoked)
      revoked_before = &one;
    else
      named.push_back(&one);
  }
  if (!found && named.size() > 1) {
    std::string all;
    for (const auto* one : named)
      all += fmt::format("{}{}（{}，{} 起{}）", all.empty() ? "" : "、", one->key.id(), in_words(one->state),
                         day_of(one->from), one->until.empty() ? "" : " 至 " + day_of(one->until));
    refuse("several-keys",
           fmt::format("叫 {} 的密钥有{}把：{}；写出要作废的那一把的编号", key, named.size(), all));
  }
  if (!found) found = named.empty() ? revoked_before : named.front();
  if (!found) throw NotFound(fmt::format("没有签名密钥 {}", key));
  if (found->state == KeyState::revoked) refuse("key-revoked", fmt::format("密钥 {} 早已作废", key));
  auto revoked = *found;
  revoked.state = KeyState::revoked;
  revoked.until = to_text(context.clock->now());
  act.add_key(to_value(revoked, reason));
  act.finish("key-revoked", kSubject);
  return revoked;
}

const SigningKey* find_signing_key(const std::vector<SigningKey>& keys, const std::string& name) {
  const SigningKey* found = nullptr;
  for (const auto& key : keys) {
    const bool meant = name.empty() || key.name == name || key.key.id() == name;
    if (key.state != KeyState::active || !meant) continue;
    if (found) return nullptr;
    found = &key;
  }
  return found;
}

crypto::PrivateKey open_signing_key(const Context& context, const std::string& name,
                                    const PasswordSource& password) {
  const auto keys = list_keys(context);
  std::vector<const SigningKey*> meant;
  for (const auto& key : keys)
    if (key.state == KeyState::active && (name.empty() || key.name == name || key.key.id() == name))
      meant.push_back(&key);
  if (meant.empty() && !name.empty() && std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
        return key.name == name || key.key.id() == name;
      }))
    refuse("key-not-active", fmt::format("签名密钥 {} 已停用", name));
  if (meant.empty())
    refuse("no-signing-key", name.empty() ? "没有在用的签名密钥：先用 wenshu keys make 名称 生成"
                                          : fmt::format("没有签名密钥 {}", name));
  if (meant.size() > 1) refuse("several-keys", "有几把在用的签名密钥：用 --key 名称 指明");
  const auto file = file_of(context, meant.front()->key.id());
  const auto opened = crypto::PrivateKey::open(
      read_file(file, 64 << 10), read_password(password, fmt::format("密钥 {} 的密码", meant.front()->name)));
  if (!opened || opened->public_key().raw() != meant.front()->key.raw()) {
    Diagnostics findings;
    findings.error("wrong-password", {file.string()}, "密码不对，或密钥文件损坏",
                   "核对密码；密钥文件可从备份取回");
    throw FaultyInput(findings);
  }
  return *opened;
}

}  // namespace wenshu::app
