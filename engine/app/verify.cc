#include "app/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/certified.h"
#include "app/verify_knowledge.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "crypto/cms_check.h"
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

constexpr const char* kCompare = "请把上面各项与纸面逐项核对：二维码是真的，不等于印着它的纸是真的";

Verification conclude(Verification answer, Verdict verdict, std::string sentence) {
  answer.verdict = verdict;
  answer.sentence = std::move(sentence);
  return answer;
}

std::string in_one_line(const certificate::CertifiedFields& fields) {
  std::string line;
  for (const auto& [label, text] : fields) line += (line.empty() ? "" : "，") + label + " " + text;
  return line;
}

// “证书名称”写的是……，库里是……；of the fields that the store keeps under their labels.
std::string differences(const certificate::CertifiedFields& held, const certificate::CertifiedFields& said) {
  std::string words;
  for (const auto& [label, text] : said) {
    const auto kept =
        std::find_if(held.begin(), held.end(), [&](const auto& each) { return each.label == label; });
    if (kept != held.end() && kept->text != text)
      words += fmt::format("“{}”写的是“{}”，库里是“{}”；", label, text, kept->text);
    if (kept == held.end() && !held.empty() && label != kReissueLabel)
      words += fmt::format("多了一项“{}”；", label);
  }
  return words;
}

std::string words_of_state(const Verification& answer) {
  std::string words = std::string(certificate::in_words(answer.state)) + "（" + answer.since + " 起";
  if (!answer.by.empty()) words += "，换成 " + answer.by;
  if (!answer.reason.empty()) words += "，原因：" + answer.reason;
  return words + "）";
}

void expire(Verification& answer, const std::string& last_day, const Date& today) {
  if (answer.state != NumberState::valid) return;
  const auto since = find_expiry(last_day, today);
  if (!since) return;
  answer.state = NumberState::expired;
  answer.since = *since;
}

// A certificate in force may have been printed once more, or stand in another's place.
void tell_history(Verification& answer) {
  if (!answer.reissued.empty()) {
    const auto day = find_label(answer.fields, kReissueLabel);
    const auto reason = answer.reissue_reason.empty() ? "" : "（原因：" + answer.reissue_reason + "）";
    answer.sentence += fmt::format("；已于 {} 补发{}", answer.reissued, reason);
    if (!answer.key_id.empty())
      answer.notes.push_back(day.empty() ? "这一份是补发以前的：请问清为什么补发，谁拿着补发的那一份"
                                         : fmt::format("这一份是 {} 补发的", day));
  }
  if (!answer.replaces.empty())
    answer.sentence += fmt::format("；换发自 {}，那个编号已失效", answer.replaces);
}

Verification conclude_in_force(Verification answer, Verdict verdict, std::string sentence) {
  answer = conclude(std::move(answer), verdict, std::move(sentence));
  tell_history(answer);
  return answer;
}

// Without the store: what the list says, if there is one.
Verification judge_by_list(const Knowledge& known, Verification answer) {
  answer.replaces = find_label(answer.fields, kReplacedLabel);
  if (!known.list()) {
    answer.notes.push_back("没有核对是否作废：用 --list 给出作废名单，或联机核验");
    return conclude_in_force(answer, Verdict::genuine, "真实：发证单位签发，内容未改动");
  }
  answer.as_of = day_of(known.list()->at);
  constexpr auto kOld = std::chrono::days(30);
  const auto made = parse_time(known.list()->at);
  if (made && std::chrono::sys_days(known.today()) - kOld > *made)
    answer.notes.emplace_back("作废名单已超过30天，请向发证单位要新的");
  return conclude_in_force(answer, Verdict::valid,
                           fmt::format("真实有效：发证单位签发，截至 {} 没有作废、换发或过期", answer.as_of));
}

// The signature is good, or its key is revoked: what do the store or the list say?
Verification judge_state(Knowledge& known, const Proof& proof, bool is_file, Verification answer) {
  const bool revoked_key = known.keys().find(proof.key_id)->state == KeyState::revoked;
  const auto held = known.look_up(proof.number(), answer);
  if (!held && revoked_key)
    return conclude(answer, Verdict::revoked_key,
                    "签名密钥已作废（丢失或泄露），单凭它的签名不能证明；请向发证单位按编号查询");
  if (!held && known.is_online())
    return conclude(answer, Verdict::differs,
                    fmt::format("签名是本单位的，但库里没有编号 {}：请查是否用了别的库", proof.number()));
  const auto said = proof.find(certificate::kExpiryLabel);
  expire(answer, said.empty() && held ? find_label(certified_by(*held), certificate::kExpiryLabel) : said,
         known.today());
  const auto agreement = held ? compare(*held, proof.fields, known.reissued_on()) : Agreement::exact;
  if (agreement == Agreement::differs)
    return conclude(answer, Verdict::differs,
                    fmt::format("与库里的记录不一致：{}编号 {} 发给的是{}；记录是：{}",
                                differences(certified_by(*held), proof.fields), proof.number(), held->name,
                                in_one_line(certified_by(*held))));
  if (answer.state != NumberState::valid)
    return conclude(answer, Verdict::withdrawn,
                    (revoked_key ? "签名密钥已作废，不能证明真假；库里这个编号" : "证书是真的，但") +
                        words_of_state(answer));
  if (!held) return judge_by_list(known, std::move(answer));
  answer.as_of = wenshu::to_text(known.today());
  // Whoever has a stolen key can print any paper around true fields, or leave some out.
  if (revoked_key && (is_file || agreement != Agreement::exact))
    return conclude(answer, Verdict::revoked_key,
                    fmt::format("签名密钥已作废（丢失或泄露），不能证明这{}；库里编号 {} 的记录是：{}",
                                is_file ? "个文件是签发的原件" : "些内容", proof.number(),
                                in_one_line(certified_by(*held))));
  if (revoked_key)
    return conclude_in_force(answer, Verdict::valid,
                             "库中有记录，逐项一致，有效（签名密钥已作废，不凭签名，只凭库里的记录）");
  return conclude_in_force(answer, Verdict::valid, "真实有效：本单位签发，库中有记录");
}

// The proof by itself; nothing when its signature is good and the state is what remains to ask.
std::optional<Verification> judge_signature(const Knowledge& known, const Proof& proof,
                                            Verification& answer) {
  answer.fields = proof.fields;
  answer.key_id = proof.key_id;
  if (proof.key_id == certificate::kSampleKey)
    return conclude(answer, Verdict::unknown_key, "这是样张上的二维码，不是签发的证书");
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

Verification verify_text(Knowledge& known, const std::string& text) {
  Verification answer;
  const auto proof = certificate::parse_proof(text);
  if (!proof)
    return conclude(answer, Verdict::unreadable, "这不是完整的证书二维码内容：请重新扫描，连同网址全部复制");
  if (const auto bad = judge_signature(known, *proof, answer)) return *bad;
  answer = judge_state(known, *proof, false, answer);
  answer.notes.emplace_back(kCompare);
  return answer;
}

// The seal leaves the room of a PDF signature out: what stands there is judged by itself. False when it is gone or of other bytes.
bool judge_pdf_signature(const pdf::FileSeal& seal, Verification& answer) {
  if (!seal.pdf_signature) {
    answer.notes.emplace_back("文件的每个字节都与签发时相同");
    return true;
  }
  const auto check = crypto::check_cms(seal.pdf_signature->cms, seal.pdf_signature->covered);
  if (check.state == crypto::CmsState::foreign) {
    answer.notes.emplace_back(
        "除 PDF 数字签名外，文件的每个字节都与签发时相同；这个数字签名不是本程序能核验的格式，"
        "请用签章软件核验");
    return true;
  }
  if (check.state != crypto::CmsState::good) return false;
  const auto& wanted = seal.pdf_signature->signer;
  if (!wanted.empty() && wanted != check.fingerprint) return false;  // signed again by somebody else
  const auto name = check.signer.empty() ? "没有写名称" : check.signer;
  answer.notes.push_back(
      wanted.empty()
          ? fmt::format("除 PDF 数字签名外，文件的每个字节都与签发时相同；现有的数字签名是“{}”的证书签的。"
                        "签发时没有记下用哪张证书，请核对是不是发证单位的",
                        name)
          : fmt::format(
                "除 PDF 数字签名所占之处外，文件的每个字节都与签发时相同；PDF 数字签名完好，用的是签发时的"
                "证书：{}（证书本身可信与否，请看阅读器或签章软件的说明）",
                name));
  return true;
}

bool has_good_check_character(const std::string& number) {
  return registers::has_valid_check(registers::CheckSystem::mod_37_36, number) ||
         registers::has_valid_check(registers::CheckSystem::mod_11_2, number);
}

Verification verify_file(Knowledge& known, const fs::path& path) {
  Verification answer;
  const auto bytes = read_file(path);
  if (!bytes.starts_with("%PDF-")) return conclude(answer, Verdict::unreadable, "这不是 PDF 文件");
  const auto seal = pdf::find_seal(bytes);
  if (!seal) {
    const auto stem = path.stem().string();
    answer.notes.push_back(
        fmt::format("可按编号查库：wenshu verify {}", has_good_check_character(stem) ? stem : "证书编号"));
    answer.notes.emplace_back("上面若有带签名的二维码，也可扫描后核验它的内容");
    return conclude(answer, Verdict::no_proof,
                    "这个 PDF 不带发证单位的签名，单凭文件不能证明真假：发证时没有启用签名，"
                    "或不是签发的原件，或被别的软件另存过");
  }
  const auto proof = certificate::parse_proof(seal->proof);
  if (!proof) return conclude(answer, Verdict::forged, "伪造：文件带的证明残缺不全");
  if (const auto bad = judge_signature(known, *proof, answer)) return *bad;
  if (seal->key_id != proof->key_id || !seal->verify(known.keys().find(proof->key_id)->key))
    return conclude(answer, Verdict::altered_file,
                    "文件不是签发时的原件：它被改动过，或这份证明是从别的证书上取来的；"
                    "下面是证明本来的内容，请与文件核对");
  if (!judge_pdf_signature(*seal, answer))
    return conclude(answer, Verdict::altered_file,
                    "文件不是签发时的原件：PDF 数字签名被抹去、换过，或与文件不符；"
                    "下面是证明本来的内容，请与文件核对");
  return judge_state(known, *proof, true, answer);
}

// As people type it: in the wide characters of a Chinese input method, in small letters.
std::string to_number(std::string_view text) {
  std::u32string characters = to_characters(trim(text));
  for (char32_t& c : characters)
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - 0x21;
  std::string number = to_utf8(characters);
  std::transform(number.begin(), number.end(), number.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return number;
}

// Not part of a signed code, however much of it was lost on the way: templates/web/verify.html tells them apart in the same way.
bool may_be_number(std::string_view text, const std::string& number) {
  constexpr size_t kLongestNumber = 64;  // characters; a whole code has more than a hundred
  return text.find('#') == std::string_view::npos && !number.starts_with("HTTP://") &&
         !number.starts_with("HTTPS://") && to_characters(number).size() <= kLongestNumber;
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
  if (held) {
    answer.fields = certified_by(*held);
    if (answer.fields.empty()) answer.fields = {{certificate::kNumberLabel, number}, {"姓名", held->name}};
    answer.notes.push_back("编号记于 " + day_of(held->at));
    answer.as_of = wenshu::to_text(known.today());
    expire(answer, find_label(answer.fields, certificate::kExpiryLabel), known.today());
  } else {
    answer.fields.push_back({certificate::kNumberLabel, number});
  }
  if (answer.state != NumberState::valid)
    return conclude(answer, Verdict::withdrawn, "有这份证书，但" + words_of_state(answer));
  answer.notes.emplace_back("只凭编号：请把上面各项与手里的证书逐项核对");
  return conclude_in_force(answer, Verdict::valid, "编号有效：库中有记录");
}

// The code of a sheet that signs nothing says number;name;…: anybody can print that. Its number asks the store; what it says besides must
// be what the certificate says.
Verification verify_plain_text(Knowledge& known, const std::vector<std::string>& parts) {
  auto answer = verify_number(known, to_number(parts.front()));
  answer.notes.emplace_back("这个二维码不带签名，谁都能印：只按其中的编号查了库");
  const auto held = known.look_up(to_number(parts.front()), answer);
  if (!held || answer.verdict == Verdict::unknown_number) return answer;
  const auto says = [&](const std::string& part) {
    return part == held->name || held->fields[kWords].text().find(part) != std::string::npos ||
           std::any_of(held->fields.entries().begin(), held->fields.entries().end(), [&](const auto& entry) {
             return entry.value.is_scalar() && entry.value.text() == part;
           });
  };
  for (size_t i = 1; i < parts.size(); ++i)
    if (const std::string part(trim(parts[i])); !part.empty() && !says(part))
      return conclude(
          answer, Verdict::differs,
          fmt::format("与库里的记录不一致：二维码里的“{}”不在编号 {} 的记录里", part, held->number));
  return answer;
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
  const bool is_short = subject.size() < 4096;
  const bool is_file = is_short && fs::is_regular_file(subject, none);
  if (!is_file && data::extension_of(subject.substr(0, 4096)) == ".pdf")
    throw NotFound("找不到文件 " + subject);
  if (is_short && fs::is_directory(subject, none))
    throw NotFound(subject + " 是文件夹：一次核验一份，请写其中一个 PDF 文件");
  Knowledge known(context, request);
  if (is_file) return verify_file(known, subject);
  const auto parts = split(subject, ";");
  const auto number = to_number(parts.front());
  if (number.empty())
    return conclude({}, Verdict::unreadable, "没有写要核验什么：PDF 文件、二维码内容或证书编号");
  if (!may_be_number(subject, number)) return verify_text(known, subject);
  return parts.size() > 1 ? verify_plain_text(known, parts) : verify_number(known, number);
}

}  // namespace wenshu::app
