#include "app/certificate_signing.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "app/keys.h"
#include "base/error.h"
#include "base/file.h"
#include "certificate/proof.h"
#include "crypto/cms_check.h"
#include "data/load.h"
#include "pdf/seal.h"
#include "pdf/sign.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;
using Fault = crypto::Identity::Fault;

constexpr size_t kStampRoom = 8192;      // of a time-stamp token with its certificates
constexpr size_t kServiceRoom = 12'288;  // of a signature made elsewhere

// A folder of its own for what goes to a command and comes back.
class Exchange {
 public:
  Exchange() {
    std::string name = (fs::temp_directory_path() / "wenshu-XXXXXX").string();
    if (!mkdtemp(name.data())) throw Failure("无法建立临时文件夹");
    folder_ = name;
  }
  ~Exchange() {
    std::error_code none;
    fs::remove_all(folder_, none);
  }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  std::string run(const std::string& command, std::string_view input) const {
    const auto in = folder_ / "in", out = folder_ / "out";
    write_file(in, input, Durability::later);
    const int status =
        std::system(fmt::format("( {} ) < '{}' > '{}'", command, in.string(), out.string()).c_str());
    if (status != 0)
      throw Failure(fmt::format("签名所用的命令没有成功（{}，返回 {}）", command, WEXITSTATUS(status)));
    return read_file(out, 1 << 20);
  }

 private:
  fs::path folder_;
};

std::string stamp(const std::string& command, std::string_view signature) {
  const auto answer = Exchange().run(command, crypto::make_timestamp_request(signature));
  const auto token = crypto::read_timestamp(answer, signature);
  if (!token) throw Failure(fmt::format("时间戳命令给出的不是这个签名的时间戳（{}）", command));
  return *token;
}

// A service that prints an error page and says that all went well must not spoil a class.
std::string sign_elsewhere(const std::string& command, const std::string& print, std::string_view covered) {
  auto cms = Exchange().run(command, covered);
  const auto check = crypto::check_cms(cms, covered);
  const auto state = check.state;
  if (state == crypto::CmsState::good && !print.empty() && check.fingerprint != print)
    throw Failure(
        fmt::format("签名服务用的不是 --seal-certificate 那张证书，而是“{}”的（{}）", check.signer, command));
  if (state != crypto::CmsState::good && state != crypto::CmsState::foreign)
    throw Failure(
        fmt::format("签名服务给出的不是这个文件的数字签名（{}，给出 {} 字节）", command, cms.size()));
  return cms;
}

// What stands in the room of the signature is one over these bytes, by the certificate that was to sign.
bool has_own_signature(const pdf::FileSeal& seal) {
  if (!seal.pdf_signature) return false;
  const auto check = crypto::check_cms(seal.pdf_signature->cms, seal.pdf_signature->covered);
  if (check.state == crypto::CmsState::foreign) return true;  // not ours to judge
  const auto& wanted = seal.pdf_signature->signer;
  return check.state == crypto::CmsState::good && (wanted.empty() || wanted == check.fingerprint);
}

crypto::Identity open_identity(const SigningRequest& request) {
  const auto bytes = read_file(request.identity, 1 << 20);
  Fault fault = Fault::none;
  auto identity = crypto::Identity::open(bytes, "", fault);
  if (fault == Fault::wrong_password)  // it has one
    identity = crypto::Identity::open(bytes, read_password(request.password, "签名证书的密码"), fault);
  if (identity) return *identity;
  Diagnostics findings;
  const Place where{data::display_name(request.identity)};
  const char* reason = fault == Fault::no_key           ? "里面没有私钥"
                       : fault == Fault::no_certificate ? "里面没有数字证书"
                       : fault == Fault::not_a_pair     ? "私钥和第一张数字证书不是一对"
                       : fault == Fault::unfit_key ? "密钥不是2048位以上的 RSA，也不是 P-256、P-384、P-521"
                                                   : "不是 PKCS #12（.p12、.pfx）或 PEM 文件";
  if (fault == Fault::wrong_password)
    findings.error("wrong-password", where, "签名证书的密码不对");
  else
    findings.error("not-an-identity", where, std::string("这个文件不能用来签名：") + reason,
                   "向发证机构要含私钥和证书链的 .p12 文件");
  throw FaultyInput(findings);
}

std::string read_certificate(const fs::path& file) {
  const auto print = crypto::find_fingerprint(read_file(file, 1 << 20));
  if (print) return *print;
  Diagnostics findings;
  findings.error("not-a-certificate", {data::display_name(file)}, "这不是数字证书",
                 "向签章服务要它签名用的证书（.cer 或 .pem）");
  throw FaultyInput(findings);
}

}  // namespace

FileSigner::FileSigner(const Context& context, const SigningRequest& request, bool certifies)
    : timestamp_(request.timestamp), service_(request.service), now_(context.clock->now()) {
  if (certifies) key_ = open_signing_key(context, request.key, request.key_password);
  if (!request.identity.empty()) identity_ = open_identity(request);
  if (!request.service_certificate.empty()) service_print_ = read_certificate(request.service_certificate);
}

bool FileSigner::keeps(const std::string& proof, const fs::path& file) const {
  const bool repeats = !signs() && (!key_ || key_->public_key().algorithm() == crypto::Algorithm::ed25519);
  std::error_code none;
  if (repeats || !key_ || !fs::is_regular_file(file, none)) return false;
  const auto bytes = read_file(file);
  const auto seal = pdf::find_seal(bytes);
  if (!seal || !seal->verify(key_->public_key())) return false;
  const auto held = certificate::parse_proof(seal->proof), wanted = certificate::parse_proof(proof);
  return held && wanted && held->fields == wanted->fields && pdf::is_signed(bytes) == signs() &&
         (!signs() || has_own_signature(*seal));
}

void FileSigner::finish(const std::string& proof, std::string& pdf) const {
  if (signs()) {
    const size_t room = !service_.empty()
                            ? kServiceRoom
                            : identity_->signature_room() + (timestamp_.empty() ? 0 : kStampRoom);
    pdf = pdf::reserve_signature(std::move(pdf), now_, room);
  }
  if (key_ && !proof.empty())
    pdf = pdf::seal_file(std::move(pdf), proof, *key_,
                         service_.empty() && identity_ ? identity_->fingerprint() : service_print_);
  if (!signs()) return;
  pdf = pdf::sign_file(std::move(pdf), [&](std::string_view covered) {
    if (!service_.empty()) return sign_elsewhere(service_, service_print_, covered);
    if (timestamp_.empty()) return identity_->sign(covered);
    return identity_->sign(covered, [&](std::string_view value) { return stamp(timestamp_, value); });
  });
}

}  // namespace wenshu::app
