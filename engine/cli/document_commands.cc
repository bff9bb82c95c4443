// notice, fill, tags, check, eval, fonts.
#include <fmt/format.h>

#include <iostream>

#include "app/check.h"
#include "app/evaluate.h"
#include "app/fill.h"
#include "app/fonts.h"
#include "app/notice.h"
#include "cli/invocation.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Files {
  std::string source, data, out;
  std::vector<std::string> paths;
  bool check = false, normalise = false, keep = false;
};

std::optional<std::filesystem::path> given(const std::string& path) {
  if (path.empty()) return std::nullopt;
  return std::filesystem::path(path);
}

data::Value to_value(const app::MadeNotice& made, const std::string& out) {
  auto value = data::Value::map();
  value.set("file", out);
  auto changes = data::Value::list();
  for (const auto& change : made.changes) changes.add(change);
  value.set("changes", std::move(changes));
  value.set("findings", data::to_value(made.warnings));
  return value;
}

void print_notice(const Invocation& invocation, const Files& files, const app::MadeNotice& made) {
  if (invocation.json) return print_json(to_value(made, files.out));
  print_findings(invocation, made.warnings);
  if (files.normalise)
    for (const auto& change : made.changes) say(invocation, change);
  if (!made.changes.empty())
    say(invocation,
        fmt::format("文字有{}处{}{}", made.changes.size(), files.keep ? "可以整理，已照原样保留" : "已整理",
                    files.normalise ? "" : "（--normalise 逐处列出）"));
  print_written(invocation, files.out);
}

void add_notice(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("notice", "按 GB/T 9704 生成公文（.docx、.pdf 或 .svg）");
  command->footer("例: wenshu notice samples/district-2024/notice.yaml -o 通知.pdf");
  command->add_option("source", files->source, "公文源文件（.yaml）")->required();
  command->add_option("--data", files->data, "填入标签的数据（.yaml 或 .json）");
  command->add_option("-o,--output", files->out, "输出文件（.docx、.pdf；.svg 每页一个文件）")->required();
  command->add_flag("--normalise", files->normalise, "列出对粘贴文字的每一处整理");
  command->add_flag("--keep", files->keep, "不整理，文字照原样");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto made = app::make_notice(files->source, given(files->data), files->out, invocation.home(),
                                         files->keep ? app::Text::keep : app::Text::clean);
      print_notice(invocation, *files, made);
      return Exit::ok;
    };
  });
}

void add_fill(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("fill", "把数据填入 Word 模板（.docx）或文本模板");
  command->footer(
      "例: wenshu fill templates/tables/training-schedule.docx --data samples/county-2020/plan.yaml -o "
      "安排表.docx");
  command->add_option("template", files->source, "模板（.docx 或 .txt）")->required();
  command->add_option("--data", files->data, "数据（.yaml、.json 或 .csv）")->required();
  command->add_option("-o,--output", files->out, "输出文件")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::fill_file(files->source, files->data, files->out);
      print_written(invocation, files->out);
      return Exit::ok;
    };
  });
}

void add_tags(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("tags", "列出模板里的标签及其位置");
  command->footer("例: wenshu tags templates/tables/training-schedule.docx");
  command->add_option("template", files->source, "模板（.docx 或 .txt）")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto tags = app::list_tags(files->source);
      if (invocation.json) print_json(tags);
      for (const auto& tag : tags.items()) say(invocation, tag["tag"].text() + "\t" + tag["place"].text());
      return Exit::ok;
    };
  });
}

void add_check(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command =
      app.add_subcommand("check", "检查流程、表单、台账、通讯录、公文、证书版面、数据和 Word 模板");
  command->footer("例: wenshu check workflows templates samples");
  command->add_option("path", files->paths, "文件或文件夹")->required();
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      const auto findings = app::check_files({files->paths.begin(), files->paths.end()}, invocation.home());
      if (invocation.json) {
        print_json(data::to_value(findings));
      } else {
        std::cout << to_text(findings);
      }
      return exit_of(findings);
    };
  });
}

void add_eval(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("eval", "对数据计算一个条件表达式，以 JSON 输出结果");
  command->footer("例: wenshu eval 'size(plan.groups) > 0' --data samples/county-2020/plan.yaml");
  command->add_option("expression", files->source, "表达式")->required();
  command->add_option("--data", files->data, "数据（.yaml 或 .json）");
  command->callback([=, &invocation] {
    invocation.run = [=] {
      std::cout << data::to_json(app::evaluate_expression(files->source, given(files->data))) << '\n';
      return Exit::ok;
    };
  });
}

void print_fonts(const Invocation& invocation, const data::Value& report) {
  for (const auto& role : report["roles"].items())
    say(invocation, fmt::format("{}（{}）：{}{}", role["title"].text(), role["role"].text(),
                                role["face"].text().empty() ? "缺" : role["path"].text(),
                                role["first_choice"].text() == "true" ? "" : "  （不是首选）"));
  for (const auto& face : report["faces"].items())
    say(invocation,
        fmt::format(
            "  {}  {}  {}", face["found"].text() == "true" ? "有" : "缺", face["file"].text(),
            face["found"].text() == "true" ? face["licence"].text() : "软件包 " + face["package"].text()));
}

void add_fonts(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("fonts", "哪个字体文件担任哪种字体，缺什么");
  command->footer("例: wenshu fonts --check");
  command->add_flag("--check", files->check, "核对字体文件的校验和");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      Diagnostics findings;
      const auto report = app::report_fonts(invocation.home(), files->check, findings);
      if (invocation.json) {
        auto value = report;
        value.set("findings", data::to_value(findings));
        print_json(value);
      } else {
        print_fonts(invocation, report);
        std::cerr << to_text(findings);
      }
      return findings.has_errors() ? Exit::faulty_input : Exit::ok;
    };
  });
}

}  // namespace

void add_document_commands(CLI::App& app, Invocation& invocation) {
  const auto files = [] { return std::make_shared<Files>(); };
  add_notice(app, invocation, files());
  add_fill(app, invocation, files());
  add_tags(app, invocation, files());
  add_check(app, invocation, files());
  add_eval(app, invocation, files());
  add_fonts(app, invocation, files());
}

}  // namespace wenshu::cli
