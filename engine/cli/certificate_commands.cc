// certificates issue, preview, void, replace, reissue.
#include <fmt/format.h>

#include <map>
#include <thread>

#include "app/certificate_life.h"
#include "app/certificate_preview.h"
#include "app/certificates.h"
#include "base/crew.h"
#include "cli/invocation.h"
#include "cli/table_options.h"
#include "cli/usage.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

using Request = std::shared_ptr<app::CertificateRequest>;

constexpr const char* kSampleFiles =
    "templates/certificates/completion.yaml --roster samples/county-2020/roster.csv --data "
    "samples/county-2020/certificates.yaml -o 证书";

// A key of ours by its name, or the file that a certificate authority gave: the two do not look alike.
void take_signers(const std::vector<std::string>& signers, app::SigningRequest& signing) {
  for (const auto& signer : signers) {
    std::error_code none;
    const bool is_file = std::filesystem::is_regular_file(signer, none);
    if (is_file ? !signing.identity.empty() : !signing.key.empty())
      throw CLI::ValidationError("--sign", is_file ? "数字证书文件只能给一个" : "签名密钥只能给一把");
    if (is_file)
      signing.identity = signer;
    else
      signing.key = signer;
  }
}

void add_signing_options(CLI::App& command, const Request& request) {
  auto& signing = request->signing;
  command.add_option_function<std::vector<std::string>>(
      "--sign",
      [request](const std::vector<std::string>& signers) { take_signers(signers, request->signing); },
      "签名：二维码用的密钥名称（只有一把在用的不必写）；或含私钥的数字证书文件（.p12、.pem），给 PDF "
      "加数字签名；可以各写一次");
  command.add_option("--password-file", signing.key_password.file,
                     "签名密钥的密码文件；不给则用 WENSHU_KEY_PASSWORD 或在终端输入");
  command.add_option("--sign-password-file", signing.password.file, "数字证书文件的密码文件");
  command.add_option("--timestamp", signing.timestamp,
                     "时间戳命令：标准输入得到 RFC 3161 请求，标准输出给出回复");
  command.add_option(
      "--seal-service", signing.service,
      "单位自己的签章服务命令：标准输入得到待签的字节，标准输出给出 CMS（DER）；本程序不判断它的效力");
  command
      .add_option("--seal-certificate", signing.service_certificate,
                  "签章服务用的证书（.cer、.pem）：写进文件的证明里，别人换上自己的签名就查得出")
      ->needs("--seal-service");
}

// What a batch is made of.
void add_batch_options(CLI::App& command, Invocation& invocation, const Request& request,
                       bool with_roster = true) {
  command.add_option("sheet", request->sheet, "证书版面（.yaml）")->required();
  if (with_roster) {
    command.add_option("--roster", request->roster, "花名册（.csv、.xlsx 或 .json）")->required();
    add_table_options(command, request->choice);
  }
  command.add_option("--data", request->data, "本班的数据（.yaml）")->required();
  command.add_option("-o,--output", request->out, "输出文件夹")->required();
  add_signing_options(command, request);
  request->notice = [&invocation](const std::string& text) { say(invocation, "提示：" + text); };
}

data::Value to_value(const app::CertificateBatch& batch) {
  auto value = data::Value::map();
  value.set("issued_now", data::Value::number(static_cast<long long>(batch.issued_now)));
  value.set("issued_before", data::Value::number(static_cast<long long>(batch.issued_before)));
  value.set("set_aside", data::Value::number(static_cast<long long>(batch.set_aside)));
  auto numbers = data::Value::list();
  for (size_t i = 0; i < batch.numbers.size(); ++i) numbers.add(std::string(batch.numbers[i]));
  value.set("numbers", std::move(numbers));
  auto volumes = data::Value::list();
  for (const auto& volume : batch.volumes) volumes.add(volume.string());
  value.set("volumes", std::move(volumes));
  value.set("signed", data::Value::boolean(batch.is_signed));
  value.set("findings", data::to_value(batch.warnings));
  return value;
}

void tell(const Invocation& invocation, const app::CertificateBatch& batch,
          const app::CertificateRequest& request) {
  if (invocation.json) return print_json(to_value(batch));
  print_findings(invocation, batch.warnings);
  if (invocation.person.empty()) say(invocation, "提示：没有用 --as 说明经办人，这次编号没有记在任何人名下");
  say(invocation, fmt::format("新编号 {} 份，以前已编号 {} 份，文件在 {}", batch.issued_now,
                              batch.issued_before, request.out.string()));
  if (batch.set_aside > 0) say(invocation, fmt::format("{} 人没有发证，原因见上面各行", batch.set_aside));
  for (const auto& volume : batch.volumes) print_written(invocation, volume.string());
  for (const auto& file : {request.zip, request.list, request.errors})
    if (!file.empty()) print_written(invocation, file.string());
}

// Two outputs of one name, or one of the name of what is read, would write one over the other.
void check_files_differ(const app::CertificateRequest& request) {
  namespace fs = std::filesystem;
  struct Named {
    const char* option;
    const fs::path& file;
  };
  const Named read[] = {{"版面", request.sheet},
                        {"--roster", request.roster},
                        {"--data", request.data},
                        {"--sign", request.signing.identity},
                        {"--password-file", request.signing.key_password.file},
                        {"--sign-password-file", request.signing.password.file}};
  const Named written[] = {{"--merged", request.merged},
                           {"--zip", request.zip},
                           {"--list", request.list},
                           {"--errors", request.errors},
                           {"--output", request.out}};
  std::map<fs::path, const char*> seen;
  std::error_code none;
  const auto place_of = [&](const fs::path& file) {
    return fs::weakly_canonical(fs::absolute(file, none), none);
  };
  for (const auto& [option, file] : read)
    if (!file.empty()) seen.emplace(place_of(file), option);
  for (const auto& [option, file] : written) {
    if (file.empty()) continue;
    const auto [found, fresh] = seen.emplace(place_of(file), option);
    if (!fresh)
      throw WrongUsage(
          fmt::format("{} 和 {} 是同一个文件 {}，会互相覆盖", found->second, option, file.string()),
          "各写一个文件名；还没有编号，什么都没有写");
  }
}

void add_issue(CLI::App& group, Invocation& invocation) {
  auto* issue = group.add_subcommand("issue", "按花名册给一个班的证书编号并逐人制作 PDF；再运行一次会接着做");
  issue->footer(fmt::format("例: wenshu certificates issue {}", kSampleFiles));
  const auto request = std::make_shared<app::CertificateRequest>();
  add_batch_options(*issue, invocation, request);
  issue->add_option("--merged", request->merged, "另做一个合订的 PDF，交印刷厂用");
  issue->add_option("--pages-a-volume", request->pages_a_volume, "合订本每册最多多少页")
      ->check(CLI::Range(size_t{1}, size_t{50'000}))
      ->capture_default_str();
  issue->add_option("--zip", request->zip, "把全部证书放进一个 ZIP");
  issue->add_option("--jobs", request->jobs, "同时制作的线程数；0 为处理器的核数")
      ->check(CLI::Range(size_t{0}, Crew::kMostWorkers))
      ->capture_default_str();
  issue->add_flag("--set-aside", request->set_faulty_aside, "有问题的行先放下，其余照发");
  issue->add_flag("--badge", request->badges, "每份证书另出一份电子徽章（Open Badges 3.0）：编号.badge.jwt");
  issue->add_option("--list", request->list, "发证清单（.xlsx）");
  issue->add_option("--errors", request->errors, "没有发证的人和原因（.xlsx）");
  issue->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      check_files_differ(*request);
      request->progress = progress_printer(invocation);
      if (request->jobs == 0) request->jobs = std::max(1u, std::thread::hardware_concurrency());
      tell(invocation, app::issue_certificates(invocation.context(), *request), *request);
      return Exit::ok;
    };
  });
}

void add_preview(CLI::App& group, Invocation& invocation) {
  auto* preview = group.add_subcommand("preview", "用样例数据画一张证书，不编号");
  preview->footer(
      "例: wenshu certificates preview templates/certificates/completion.yaml --guides -o 样张.pdf");
  const auto request = std::make_shared<app::PreviewRequest>();
  preview->add_option("sheet", request->sheet, "证书版面（.yaml）")->required();
  preview->add_option("--data", request->data, "本班的数据（.yaml）；不写时用版面里的样例");
  preview->add_option("--roster", request->roster, "花名册，画第一个人；不写时用版面里的样例");
  preview->add_flag("--guides", request->guides, "画出各块的边和厘米格");
  preview->add_option("-o,--output", request->out, "输出文件（.pdf）")->required();
  preview->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::preview_certificate(invocation.context(), *request);
      print_written(invocation, request->out.string());
      return Exit::ok;
    };
  });
}

struct Later {  // of a number
  std::string number, reason;
};

std::shared_ptr<Later> add_later_options(CLI::App& command) {
  const auto later = std::make_shared<Later>();
  command.add_option("number", later->number, "证书编号")->required();
  command.add_option("--reason", later->reason, "原因，记入台账")->required();
  return later;
}

void print_act(const Invocation& invocation, const std::string& act, const Later& later,
               const std::string& other, const std::string& line) {
  say(invocation, line);
  if (!invocation.json) return;
  auto value = data::Value::map();
  value.set("act", act);
  value.set("number", later.number);
  if (!other.empty()) value.set("other", other);
  print_json(value);
}

void add_void(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("void", "作废一份证书：编号保留，不再有效");
  command->footer("例: wenshu certificates void QHJX2020ZX010004L --reason 代训 --as 方琴");
  const auto later = add_later_options(*command);
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::void_certificate(invocation.context(), later->number, later->reason);
      print_act(invocation, "void", *later, "", fmt::format("{} 已作废", later->number));
      return Exit::ok;
    };
  });
}

void add_replace(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("replace", "换发一份证书：给新编号，旧编号注明换成了哪个");
  command->footer(fmt::format(
      "例: wenshu certificates replace QHJX2020ZX010002P {} --reason 姓名有误 --as 方琴", kSampleFiles));
  const auto later = add_later_options(*command);
  const auto request = std::make_shared<app::CertificateRequest>();
  add_batch_options(*command, invocation, request);
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto number =
          app::replace_certificate(invocation.context(), later->number, later->reason, *request);
      print_act(invocation, "replace", *later, number,
                fmt::format("{} 换发为 {}，文件在 {}", later->number, number, request->out.string()));
      return Exit::ok;
    };
  });
}

void add_reissue(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("reissue", "补发一份证书：编号不变，注明补发");
  command->footer(
      "例: wenshu certificates reissue QHJX2020ZX010003N templates/certificates/completion.yaml --data "
      "samples/county-2020/certificates.yaml -o 补发 --reason 遗失 --as 方琴");
  const auto later = add_later_options(*command);
  const auto request = std::make_shared<app::CertificateRequest>();
  add_batch_options(*command, invocation, request, false);
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::reissue_certificate(invocation.context(), later->number, later->reason, *request);
      print_act(invocation, "reissue", *later, "",
                fmt::format("{} 已补发，文件在 {}", later->number, request->out.string()));
      return Exit::ok;
    };
  });
}

}  // namespace

void add_certificate_commands(CLI::App& app, Invocation& invocation) {
  auto* group = app.add_subcommand("certificates", "证书：编号、制作、作废、换发、补发");
  group->footer(fmt::format("例: wenshu certificates issue {}", kSampleFiles));
  group->require_subcommand(1);
  add_issue(*group, invocation);
  add_preview(*group, invocation);
  add_void(*group, invocation);
  add_replace(*group, invocation);
  add_reissue(*group, invocation);
}

}  // namespace wenshu::cli
