#include "app/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/keys.h"
#include "app/published.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "pdf/seal.h"
#include "register/check_character.h"
#include "store/certificates.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;
using certificate::KeyState;
using certificate::NumberState;
using certificate::Proof;
using data::Value;

constexpr const char* kCompare = "请把上面各项与纸面逐项核对：二维码是真的，不等于印着它的纸是真的";

// What is known of keys and numbers: from the store, or from published files.
class Knowledge {
 public:
  Knowledge(const Context& context, const VerifyRequest& request) : context_(context) {
    if (request.keys.empty()) {
      opened_.emplace(open_store(context));
      store::Tx tx(opened_->db(), store::Access::read);
      keys_ = {load_office(tx).title, list_keys(tx)};
      return;
    }
    Diagnostics findings;
    auto keys = certificate::parse_published_keys(read_file(request.keys, 1 << 20),
                                                  data::display_name(request.keys), findings);
    if (keys && !request.withdrawn.empty())
      list_ = certificate::parse_revocation_list(read_file(request.withdrawn),
                                                 data::display_name(request.withdrawn), *keys, findings);
    if (findings.has_errors()) throw FaultyInput(findings);
    keys_ = std::move(*keys);
  }

  const certificate::PublishedKeys& keys() const { return keys_; }
  bool is_online() const { return opened_.has_value(); }
  const std::optional<certificate::RevocationList>& list() const { return list_; }

  // Fills state, since, by, reason; the certificate as the store has it.
  std::optional<store::Certificate> look_up(const std::string& number, Verification& answer) {
    if (!opened_) {
      if (const auto* entry = list_ ? list_->find(number) : nullptr)
        answer.state = entry->state, answer.since = entry->since, answer.by = entry->by;
      return std::nullopt;
    }
    store::Tx tx(opened_->db(), store::Access::read);
    const auto found = store::find_certificate(tx, number);
    if (found)
      if (const auto end = find_withdrawal(tx, number)) {
        answer.state = end->entry.state;
        answer.since = end->entry.since;
        answer.by = end->entry.by;
        answer.reason = end->reason;
      }
    return found;
  }

  Date today() const { return china_date(context_.clock->now()); }

 private:
  const Context& context_;
  std::optional<store::Store> opened_;
  certificate::PublishedKeys keys_;
  std::optional<certificate::RevocationList> list_;
};

Verification conclude(Verification answer, Verdict verdict, std::string sentence) {
  answer.verdict = verdict;
  answer.sentence = std::move(sentence);
  return answer;
}

std::string words_of_state(const Verification& answer) {
  std::string words = std::string(certificate::in_words(answer.state)) + "（" + answer.since + " 起";
  if (!answer.by.empty()) words += "，换成 " + answer.by;
  if (!answer.reason.empty()) words += "，原因：" + answer.reason;
  return words + "）";
}

// Whether the store holds under this number what was signed: the same holder, and each text among its values.
bool agrees(const store::Certificate& held, const Proof& proof) {
  const auto holds = [&](const certificate::CertifiedField& field) {
    if (field.label == "姓名") return field.text == held.name;
    return field.label == "证书名称" ||
           std::any_of(held.fields.entries().begin(), held.fields.entries().end(), [&](const auto& entry) {
             return entry.value.is_scalar() && trim(entry.value.text()) == field.text;
           });
  };
  return std::all_of(proof.fields.begin(), proof.fields.end(), holds);
}

void expire(Verification& answer, const std::optional<Date>& last, const Date& today) {
  if (!last || today <= *last || answer.state != NumberState::valid) return;
  answer.state = NumberState::expired;
  answer.since = wenshu::to_text(Date(std::chrono::sys_days(*last) + std::chrono::days(1)));
}

// The signature is good: is the certificate still in force?
Verification judge_state(Knowledge& known, const Proof& proof, bool revoked_key, Verification answer) {
  const auto held = known.look_up(proof.number(), answer);
  expire(answer, proof.expiry(), known.today());
  if (known.is_online() && !held && !revoked_key)
    return conclude(answer, Verdict::differs,
                    fmt::format("签名是本单位的，但库里没有编号 {}：请查是否用了别的库", proof.number()));
  if (held && !agrees(*held, proof))
    return conclude(answer, Verdict::differs,
                    fmt::format("与库里的记录不一致：编号 {} 发给的是{}", proof.number(), held->name));
  if (revoked_key && !held)
    return conclude(answer, Verdict::revoked_key,
                    "签名密钥已作废（丢失或泄露），单凭它的签名不能证明；请向发证单位按编号查询");
  if (revoked_key) answer.notes.push_back("签名密钥已作废，但库里有这份证书，内容一致");
  if (answer.state != NumberState::valid)
    return conclude(answer, Verdict::withdrawn, "证书是真的，但" + words_of_state(answer));
  if (known.is_online()) return conclude(answer, Verdict::valid, "真实有效：本单位签发，库中有记录");
  if (known.list()) {
    answer.notes.push_back(
        fmt::format("作废名单签发于 {}，此后的变动不在其中", known.list()->at.substr(0, 10)));
    constexpr auto kOld = std::chrono::days(30);
    const auto made = parse_time(known.list()->at);
    if (made && std::chrono::sys_days(known.today()) - kOld > *made)
      answer.notes.emplace_back("作废名单已超过30天，请向发证单位要新的");
    return conclude(answer, Verdict::valid, "真实有效：发证单位签发，不在作废名单中");
  }
  answer.notes.push_back("没有核对是否作废：用 --list 给出作废名单，或联机核验");
  return conclude(answer, Verdict::genuine, "真实：发证单位签发，内容未改动");
}

// The proof by itself; nothing when its signature is good and the state is what remains to ask.
std::optional<Verification> judge_signature(const Knowledge& known, const Proof& proof,
                                            Verification& answer) {
  answer.fields = proof.fields;
  answer.key_id = proof.key_id;
  const auto* key = known.keys().find(proof.key_id);
  if (!key)
    return conclude(answer, Verdict::unknown_key,
                    fmt::format("签名密钥 {} 不是发证单位公布的，不能证明真假", proof.key_id));
  answer.issuer = known.keys().issuer;
  answer.key_name = key->name;
  if (!proof.verify(key->key))
    return conclude(answer, Verdict::forged, "伪造：内容与签名不符，不是发证单位签发的；下面的内容不可信");
  return std::nullopt;
}

bool is_revoked(const Knowledge& known, const Proof& proof) {
  return known.keys().find(proof.key_id)->state == KeyState::revoked;
}

Verification verify_text(Knowledge& known, const std::string& text) {
  Verification answer;
  const auto proof = certificate::parse_proof(text);
  if (!proof)
    return conclude(answer, Verdict::unreadable, "这不是完整的证书二维码内容：请重新扫描，连同网址全部复制");
  if (const auto bad = judge_signature(known, *proof, answer)) return *bad;
  answer = judge_state(known, *proof, is_revoked(known, *proof), answer);
  answer.notes.emplace_back(kCompare);
  return answer;
}

Verification verify_file(Knowledge& known, const fs::path& path) {
  Verification answer;
  const auto bytes = read_file(path);
  if (!bytes.starts_with("%PDF-")) return conclude(answer, Verdict::unreadable, "这不是 PDF 文件");
  const auto seal = pdf::find_seal(bytes);
  if (!seal)
    return conclude(answer, Verdict::no_proof,
                    "这个 PDF 没有发证单位的证明：不是签发的原件，或被别的软件另存过；"
                    "上面若有二维码，请扫描后再核验");
  const auto proof = certificate::parse_proof(seal->proof);
  if (!proof) return conclude(answer, Verdict::forged, "伪造：文件带的证明残缺不全");
  if (const auto bad = judge_signature(known, *proof, answer)) return *bad;
  if (seal->key_id != proof->key_id || !seal->verify(known.keys().find(proof->key_id)->key))
    return conclude(answer, Verdict::altered_file,
                    "文件不是签发时的原件：它被改动过，或这份证明是从别的证书上取来的；"
                    "下面是证明本来的内容，请与文件核对");
  answer.notes.emplace_back("文件的每个字节都与签发时相同");
  return judge_state(known, *proof, is_revoked(known, *proof), answer);
}

bool has_good_check_character(const std::string& number) {
  return registers::has_valid_check(registers::CheckSystem::mod_37_36, number) ||
         registers::has_valid_check(registers::CheckSystem::mod_11_2, number);
}

std::string to_number(std::string_view text) {
  std::string number(trim(text));
  std::transform(number.begin(), number.end(), number.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return number;
}

Verification verify_number(Knowledge& known, const std::string& number) {
  Verification answer;
  const auto held = known.look_up(number, answer);
  if (!known.is_online() && answer.state == NumberState::valid)
    return conclude(answer, Verdict::unknown_number,
                    "离线不能只凭编号核验：没有库就看不到这个编号发给了谁；请扫描二维码，或用证书文件");
  if (known.is_online() && !held)
    return conclude(
        answer, Verdict::unknown_number,
        fmt::format("库里没有编号 {}{}", number,
                    has_good_check_character(number) ? "" : "；它的校验字符不对，多半抄错了一位"));
  answer.fields.push_back({certificate::kNumberLabel, number});
  if (held) {
    answer.fields.push_back({"姓名", held->name});
    for (const auto& [key, place, value] : held->fields.entries())
      if (value.is_scalar() && !value.text().empty() && key != "number" && value.text() != held->name)
        answer.fields.push_back({key == "words" ? "证书文字" : key, value.text()});
    answer.notes.push_back("编号记于 " + held->at.substr(0, 10));
  }
  if (answer.state != NumberState::valid)
    return conclude(answer, Verdict::withdrawn, "有这份证书，但" + words_of_state(answer));
  answer.notes.emplace_back("只凭编号：请把上面各项与手里的证书逐项核对");
  return conclude(answer, Verdict::valid, "编号有效：库中有记录");
}

}  // namespace

std::string_view to_text(Verdict verdict) {
  constexpr std::array<std::string_view, 11> kNames = {
      "valid",  "genuine",  "withdrawn",  "revoked-key", "unknown-key",   "altered-file",
      "forged", "no-proof", "unreadable", "differs",     "unknown-number"};
  return kNames.at(static_cast<size_t>(verdict));
}

Verification verify(const Context& context, const VerifyRequest& request) {
  const auto& subject = request.subject;
  std::error_code none;
  const bool is_file = subject.size() < 4096 && fs::is_regular_file(subject, none);
  if (!is_file && data::extension_of(subject.substr(0, 4096)) == ".pdf")
    throw NotFound("找不到文件 " + subject);
  Knowledge known(context, request);
  if (is_file) return verify_file(known, subject);
  const bool is_text = subject.find('#') != std::string::npos || certificate::parse_proof(subject);
  return is_text ? verify_text(known, subject) : verify_number(known, to_number(subject));
}

}  // namespace wenshu::app
