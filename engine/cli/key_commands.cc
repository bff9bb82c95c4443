// keys.
#include <fmt/format.h>

#include "app/keys.h"
#include "app/verify_page.h"
#include "app/withdrawn.h"
#include "base/file.h"
#include "cli/invocation.h"
#include "cli/usage.h"

namespace wenshu::cli {
namespace {

void add_password(CLI::App& command, app::PasswordSource& source) {
  command.add_option("--password-file", source.file,
                     "密码文件（取第一行）；不给则用环境变量 WENSHU_KEY_PASSWORD，再不然在终端输入");
}

void print_made(const Invocation& invocation, const app::MadeKey& made) {
  say(invocation, fmt::format("签名密钥 {}：{}，编号 {}", made.key.name,
                              crypto::to_text(made.key.key.algorithm()), made.key.key.id()));
  say(invocation, fmt::format("私钥（已加密）在 {}，请另存一份，与密码分开保管", made.file.string()));
  if (!invocation.json) return;
  auto value = certificate::to_jwk(made.key);
  value.set("file", made.file.string());
  print_json(value);
}

void add_make(CLI::App& group, Invocation& invocation) {
  for (const bool rotate : {false, true}) {
    auto* command = rotate ? group.add_subcommand("rotate", "换一把新密钥；旧的不再签名，它签过的仍能核验")
                           : group.add_subcommand("make", "生成一把签名密钥，私钥用密码加密存放");
    command->footer(
        rotate
            ? "例: wenshu keys rotate 证书 --password-file 密码.txt"
            : "例: wenshu keys make 证书 --address https://cert.example.edu.cn/v --password-file 密码.txt");
    const auto request = std::make_shared<app::NewKey>();
    const auto algorithm = std::make_shared<std::string>("ed25519");
    command->add_option("name", request->name, rotate ? "要换的密钥的名称，新的沿用它" : "名称")->required();
    command->add_option("--algorithm", *algorithm, "ed25519（默认）或 sm2（国密 SM2/SM3）")
        ->check(CLI::IsMember({"ed25519", "sm2"}));
    command->add_option("--address", request->address,
                        "核验网页（keys export --page）放在哪个网址：印进二维码，手机一扫就打开；"
                        "例如 https://cert.example.edu.cn/v");
    add_password(*command, request->password);
    command->callback([=, &invocation] {
      invocation.run = [=, &invocation] {
        request->algorithm = *crypto::parse_algorithm(*algorithm);
        print_made(invocation, rotate ? app::rotate_key(invocation.context(), *request)
                                      : app::make_key(invocation.context(), *request));
        return Exit::ok;
      };
    });
  }
}

void add_revoke(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("revoke", "作废一把丢失或泄露的密钥：它的签名不再单独作证");
  command->footer(
      "例: wenshu keys make 试用 --password-file 密码.txt\n    wenshu keys revoke 试用 --reason 密码泄露 "
      "--as 方琴");
  const auto key = std::make_shared<std::string>(), reason = std::make_shared<std::string>();
  command->add_option("key", *key, "密钥的编号；只有一把叫这个名称时，也可写名称")->required();
  command->add_option("--reason", *reason, "原因")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      if (invocation.person.empty())
        throw WrongUsage("作废密钥要说明是谁办的：用 --as 姓名",
                         "一把密钥作废，它签过的证书就都不能离线核验：库里要记下经办人");
      const auto revoked = app::revoke_key(invocation.context(), *key, *reason);
      say(invocation,
          fmt::format("密钥 {}（{}）已作废：它签的二维码和文件今后离线一律不能证明，联机按编号查库；"
                      "请重新公布公钥和核验网页（wenshu keys export）",
                      revoked.name, revoked.key.id()));
      if (invocation.json) print_json(certificate::to_jwk(revoked));
      return Exit::ok;
    };
  });
}

void add_list(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("list", "所有签名密钥和它们的状态");
  command->footer("例: wenshu keys list");
  command->callback([&invocation] {
    invocation.run = [&invocation] {
      auto list = data::Value::list();
      for (const auto& key : app::list_keys(invocation.context())) {
        say(invocation,
            fmt::format("{}  {}  {}  {} 起{}  {}", key.key.id(), crypto::to_text(key.key.algorithm()),
                        key.name, app::day_of(key.from),
                        key.until.empty() ? "" : " 至 " + app::day_of(key.until), app::in_words(key.state)));
        list.add(certificate::to_jwk(key));
      }
      if (invocation.json) print_json(list);
      return Exit::ok;
    };
  });
}

struct Export {
  std::filesystem::path keys, page, withdrawn;
  std::string key;
  app::PasswordSource password;
};

void add_export(CLI::App& group, Invocation& invocation) {
  auto* command = group.add_subcommand("export", "公布：公钥、核验网页、作废名单，供任何人离线核验");
  command->footer(
      "例: wenshu keys export -o 公钥.json --page 核验.html\n    wenshu keys export --withdrawn "
      "作废名单.txt --password-file 密码.txt");
  const auto request = std::make_shared<Export>();
  command->add_option("-o,--output", request->keys, "公钥文件（JSON Web Key Set）");
  command->add_option("--page", request->page, "核验网页：一个文件，公钥在内，不用服务器");
  command->add_option("--withdrawn", request->withdrawn, "作废名单，由在用的密钥签名（要密码）");
  command->add_option("--key", request->key, "签名单用哪把密钥；只有一把在用的不必写");
  add_password(*command, request->password);
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto& context = invocation.context();
      if (request->keys.empty() && request->page.empty() && request->withdrawn.empty())
        throw WrongUsage("没有写要公布什么", "写 -o 公钥.json、--page 核验.html 或 --withdrawn 作废名单.txt");
      const auto keys = app::published_keys(context);
      if (keys.keys.empty()) throw NotFound("还没有签名密钥：先用 wenshu keys make 名称 生成");
      StagedFiles files;
      if (!request->keys.empty()) files.add(request->keys, certificate::to_jwks(keys));
      if (!request->page.empty())
        files.add(request->page, app::make_verify_page(context.home, keys, app::list_withdrawn(context)));
      if (!request->withdrawn.empty())
        files.add(request->withdrawn, app::export_withdrawn(context, request->key, request->password));
      files.commit();
      for (const auto& file : {request->keys, request->page, request->withdrawn})
        if (!file.empty()) print_written(invocation, file.string());
      return Exit::ok;
    };
  });
}

}  // namespace

void add_key_commands(CLI::App& app, Invocation& invocation) {
  auto* group = app.add_subcommand("keys", "签名密钥：生成、更换、公布");
  group->footer("例: wenshu keys make 证书 --password-file 密码.txt");
  group->require_subcommand(1);
  add_make(*group, invocation);
  add_list(*group, invocation);
  add_export(*group, invocation);
  add_revoke(*group, invocation);
}

}  // namespace wenshu::cli
