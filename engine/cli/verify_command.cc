// verify.
#include <fmt/format.h>

#include <iostream>

#include "app/verify.h"
#include "base/text.h"
#include "cli/invocation.h"

namespace wenshu::cli {
namespace {

using app::Verdict;

Exit exit_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
    case Verdict::genuine:
      return Exit::ok;
    case Verdict::withdrawn:
    case Verdict::revoked_key:
      return Exit::refused;
    case Verdict::unknown_number:
      return Exit::not_found;
    default:
      return Exit::faulty_input;
  }
}

// What a forger wrote comes from outside: a terminal must neither obey it nor print it backwards.
std::string printable(const std::string& text) {
  std::u32string safe = to_characters(text);
  for (char32_t& c : safe) {
    const bool controls = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    const bool turns =
        c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    if (controls || turns) c = U'?';
  }
  return to_utf8(safe);
}

void print(const app::Verification& answer) {
  auto& out = answer.is_good() ? std::cout : std::cerr;
  out << fmt::format("{} [{}]\n", answer.sentence, app::to_text(answer.verdict));
  for (const auto& [label, text] : answer.fields)
    out << fmt::format("  {}：{}\n", printable(label), printable(text));
  if (!answer.issuer.empty()) out << fmt::format("发证单位公布的名称：{}\n", answer.issuer);
  if (!answer.key_id.empty())
    out << fmt::format("签名密钥：{}{}\n", answer.key_name.empty() ? "" : answer.key_name + " ",
                       answer.key_id);
  for (const auto& note : answer.notes) out << note << '\n';
}

data::Value to_value(const app::Verification& answer) {
  auto value = data::Value::map();
  value.set("verdict", std::string(app::to_text(answer.verdict)));
  value.set("message", answer.sentence);
  auto fields = data::Value::list();
  for (const auto& [label, text] : answer.fields) {
    auto field = data::Value::map();
    field.set("label", label);
    field.set("text", text);
    fields.add(std::move(field));
  }
  value.set("fields", std::move(fields));
  value.set("state", std::string(certificate::to_text(answer.state)));
  const std::pair<const char*, const std::string&> rest[] = {{"since", answer.since},
                                                             {"by", answer.by},
                                                             {"reason", answer.reason},
                                                             {"reissued", answer.reissued},
                                                             {"reissue_reason", answer.reissue_reason},
                                                             {"replaces", answer.replaces},
                                                             {"as_of", answer.as_of},
                                                             {"issuer", answer.issuer},
                                                             {"key", answer.key_id},
                                                             {"key_name", answer.key_name}};
  for (const auto& [key, text] : rest)
    if (!text.empty()) value.set(key, text);
  auto notes = data::Value::list();
  for (const auto& note : answer.notes) notes.add(note);
  value.set("notes", std::move(notes));
  return value;
}

}  // namespace

void add_verify_command(CLI::App& app, Invocation& invocation) {
  auto* command = app.add_subcommand("verify", "核验证书：是不是本单位发的，有没有改动，是否仍有效");
  command->footer(
      "例: wenshu verify QHJX2020ZX010001R\n文件和二维码的文字同样核验：wenshu verify 证书.pdf --key "
      "公钥.json --list 作废名单.txt");
  const auto request = std::make_shared<app::VerifyRequest>();
  command->add_option("subject", request->subject, "PDF 文件、二维码内容（整个网址）或证书编号")->required();
  command->add_option("--key", request->keys, "离线核验：发证单位公布的公钥（wenshu keys export）");
  command->add_option("--list", request->withdrawn, "离线核验：作废名单（wenshu keys export --withdrawn）")
      ->needs("--key");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto answer = app::verify(invocation.context(), *request);
      if (invocation.json)
        print_json(to_value(answer));
      else
        print(answer);
      return exit_of(answer.verdict);
    };
  });
}

}  // namespace wenshu::cli
