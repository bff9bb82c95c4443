#include "certificate/badge.h"

#include "crypto/jws.h"
#include "data/write.h"

namespace wenshu::certificate {
namespace {

using data::Value;

Value list(std::initializer_list<const char*> texts) {
  auto value = Value::list();
  for (const auto* text : texts) value.add(text);
  return value;
}

// China's midnight of that day.
std::chrono::sys_seconds start_of(const Date& day) {
  return std::chrono::sys_days(day) - std::chrono::hours(8);
}

long long seconds(std::chrono::sys_seconds time) { return time.time_since_epoch().count(); }

Value achievement_of(const Badge& badge) {
  std::string name = badge.title, narrative;
  for (const auto& [label, text] : badge.fields) {
    if ((label == "班次名称" || label == "培训班名称" || label == "项目名称") && !text.empty())
      name = text + " " + badge.title;
    if (!text.empty()) narrative += (narrative.empty() ? "" : "；") + label + "：" + text;
  }
  auto criteria = Value::map();
  criteria.set("narrative", narrative);
  auto achievement = Value::map();
  achievement.set("id", badge.proof + "-achievement");
  achievement.set("type", list({"Achievement"}));
  achievement.set("achievementType", "Certificate");
  achievement.set("name", name);
  achievement.set("description", badge.words.empty() ? name : badge.words);
  achievement.set("criteria", std::move(criteria));
  return achievement;
}

Value subject_of(const Badge& badge) {
  auto identity = Value::map();
  identity.set("type", "IdentityObject");
  identity.set("hashed", Value::boolean(false));
  identity.set("identityHash", badge.holder);
  identity.set("identityType", "name");
  auto identities = Value::list();
  identities.add(std::move(identity));
  auto subject = Value::map();
  subject.set("type", list({"AchievementSubject"}));
  subject.set("identifier", std::move(identities));
  subject.set("achievement", achievement_of(badge));
  return subject;
}

}  // namespace

std::string make_badge(const Badge& badge, const crypto::PrivateKey& key) {
  const auto address = badge.proof.substr(0, badge.proof.find('#'));
  auto issuer = Value::map();
  issuer.set("id", address);
  issuer.set("type", list({"Profile"}));
  issuer.set("name", badge.issuer);
  auto credential = Value::map();
  credential.set("@context", list({"https://www.w3.org/ns/credentials/v2",
                                   "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}));
  credential.set("id", badge.proof);
  credential.set("type", list({"VerifiableCredential", "OpenBadgeCredential"}));
  credential.set("name", badge.title);
  credential.set("issuer", std::move(issuer));
  credential.set("validFrom", wenshu::to_text(start_of(badge.awarded)));
  credential.set("credentialSubject", subject_of(badge));
  // The claims of the JWT say the same once more (Open Badges 3.0, 8.2.4.1).
  credential.set("iss", address);
  credential.set("jti", badge.proof);
  credential.set("nbf", Value::number(seconds(start_of(badge.awarded))));
  for (const auto& [label, text] : badge.fields)
    if (const auto last = label == kExpiryLabel ? parse_date(text) : std::nullopt) {
      const auto end = start_of(*last) + std::chrono::days(1);
      credential.set("validUntil", wenshu::to_text(end));
      credential.set("exp", Value::number(seconds(end)));
    }
  auto header = Value::map();
  header.set("alg", std::string(crypto::jws_name(key.public_key().algorithm())));
  header.set("typ", "JWT");
  header.set("kid", key.public_key().id());
  return crypto::sign_jws(data::to_json(header), data::to_json(credential), key);
}

}  // namespace wenshu::certificate
