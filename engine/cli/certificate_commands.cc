// certificates issue.
#include <fmt/format.h>

#include "app/certificates.h"
#include "cli/invocation.h"
#include "cli/table_options.h"
#include "data/write.h"

namespace wenshu::cli {

void add_certificate_commands(CLI::App& app, Invocation& invocation) {
  auto* group = app.add_subcommand("certificates", "证书：编号、制作");
  const std::string example =
      "例: wenshu certificates issue templates/certificates/completion.yaml --roster "
      "samples/county-2020/roster.csv --data samples/county-2020/certificates.yaml -o 证书";
  group->footer(example);
  group->require_subcommand(1);
  auto* issue =
      group->add_subcommand("issue", "按花名册给一个班的证书编号并逐人制作 PDF；再运行一次会接着做");
  issue->footer(example);
  const auto request = std::make_shared<app::CertificateRequest>();
  issue->add_option("sheet", request->sheet, "证书版面（.yaml）")->required();
  issue->add_option("--roster", request->roster, "花名册（.csv、.xlsx 或 .json）")->required();
  add_table_options(*issue, request->choice);
  issue->add_option("--data", request->data, "本班的数据（.yaml）")->required();
  issue->add_option("-o,--output", request->out, "输出文件夹")->required();
  issue->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      request->progress = progress_printer(invocation);
      const auto batch = app::issue_certificates(invocation.context(), *request);
      if (!invocation.json) print_findings(invocation, batch.warnings);
      say(invocation, fmt::format("新编号 {} 份，以前已编号 {} 份，文件在 {}", batch.issued_now,
                                  batch.issued_before, request->out.string()));
      if (invocation.json) {
        auto value = data::Value::map();
        value.set("issued_now", data::Value::number(static_cast<long long>(batch.issued_now)));
        value.set("issued_before", data::Value::number(static_cast<long long>(batch.issued_before)));
        auto numbers = data::Value::list();
        for (const auto& number : batch.numbers) numbers.add(number);
        value.set("numbers", std::move(numbers));
        value.set("findings", data::to_value(batch.warnings));
        print_json(value);
      }
      return Exit::ok;
    };
  });
}

}  // namespace wenshu::cli
