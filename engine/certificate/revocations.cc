#include "certificate/revocations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crypto/jws.h"
#include "data/load.h"
#include "data/write.h"

namespace wenshu::certificate {
namespace {

using data::Value;

constexpr const char* kKind = "revocations-1";
constexpr std::array kStates = {NumberState::void_, NumberState::replaced, NumberState::expired};

std::optional<Revocation> read_entry(const Value& entry) {
  for (const auto state : kStates)
    if (entry["state"].text() == to_text(state) && !entry["number"].text().empty())
      return Revocation{entry["number"].text(), state, entry["since"].text(), entry["by"].text()};
  return std::nullopt;
}

}  // namespace

std::string_view to_text(NumberState state) {
  switch (state) {
    case NumberState::void_:
      return "void";
    case NumberState::replaced:
      return "replaced";
    case NumberState::expired:
      return "expired";
    case NumberState::valid:
      break;
  }
  return "valid";
}

std::string_view in_words(NumberState state) {
  switch (state) {
    case NumberState::void_:
      return "已作废";
    case NumberState::replaced:
      return "已换发";
    case NumberState::expired:
      return "已过期";
    case NumberState::valid:
      break;
  }
  return "有效";
}

const Revocation* RevocationList::find(std::string_view number) const {
  for (const auto& one : entries)
    if (one.number == number) return &one;
  return nullptr;
}

std::string RevocationList::find_reissue(std::string_view number) const {
  std::string last;
  for (const auto& one : reissued)
    if (one.number == number) last = std::max(last, one.on);
  return last;
}

Value to_value(const RevocationList& list) {
  auto payload = Value::map();
  payload.set("wenshu", kKind);
  payload.set("issuer", list.issuer);
  payload.set("at", list.at);
  auto entries = Value::list();
  for (const auto& one : list.entries) {
    auto entry = Value::map();
    entry.set("number", one.number);
    entry.set("state", std::string(to_text(one.state)));
    entry.set("since", one.since);
    if (!one.by.empty()) entry.set("by", one.by);
    entries.add(std::move(entry));
  }
  payload.set("entries", std::move(entries));
  auto reissued = Value::list();
  for (const auto& one : list.reissued) {
    auto entry = Value::map();
    entry.set("number", one.number);
    entry.set("on", one.on);
    reissued.add(std::move(entry));
  }
  payload.set("reissued", std::move(reissued));
  return payload;
}

std::string make_revocation_list(const RevocationList& list, const crypto::PrivateKey& key) {
  const auto& shown = key.public_key();
  auto header = Value::map();
  header.set("alg", std::string(crypto::jws_name(shown.algorithm())));
  header.set("kid", shown.id());
  return crypto::sign_jws(data::to_json(header), data::to_json(to_value(list)), key) + "\n";
}

std::optional<RevocationList> parse_revocation_list(std::string_view text, const std::string& file,
                                                    const PublishedKeys& keys, Diagnostics& findings) {
  const auto refuse = [&](const char* code, const std::string& message) {
    findings.error(code, {file}, message, "用 wenshu keys export --withdrawn 写出的名单");
    return std::nullopt;
  };
  Diagnostics own;
  const auto jws = crypto::parse_jws(text);
  const auto header = jws ? data::parse_json(jws->header, file, own) : std::nullopt;
  const auto payload = header ? data::parse_json(jws->payload, file, own) : std::nullopt;
  if (!payload || (*payload)["wenshu"].text() != kKind) return refuse("not-a-list", "这不是作废名单");
  const auto* key = keys.find((*header)["kid"].text());
  if (!key || key->state == KeyState::revoked)
    return refuse("unknown-key", "签发这份名单的密钥不在公钥里，或已作废");
  if ((*header)["alg"].text() != crypto::jws_name(key->key.algorithm()) ||
      !key->key.verify(jws->message, jws->signature))
    return refuse("forged-list", "名单的签名不对：名单被改动过，或不是本单位签发的");
  RevocationList list{(*payload)["issuer"].text(), (*payload)["at"].text(), {}, {}};
  for (const auto& entry : (*payload)["entries"].items()) {
    const auto one = read_entry(entry);
    if (!one) return refuse("not-a-list", fmt::format("名单第{}项读不出来", list.entries.size() + 1));
    list.entries.push_back(*one);
  }
  for (const auto& entry : (*payload)["reissued"].items())
    list.reissued.push_back({entry["number"].text(), entry["on"].text()});
  return list;
}

}  // namespace wenshu::certificate
