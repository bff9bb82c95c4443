// notice, fill, tags, check, eval.
#include <fmt/format.h>

#include <iostream>

#include "app/annotate.h"
#include "app/check.h"
#include "app/evaluate.h"
#include "app/fill.h"
#include "app/mail_merge.h"
#include "app/notice.h"
#include "cli/invocation.h"
#include "cli/table_options.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

struct Files {
  std::string source, data, out;
  std::vector<std::string> paths, formats;
  std::string each, missing, who_lacks, sheet, converted, annotate, delimiters;
  app::TableChoice choice;
  bool set_aside = false, one_file = false, formatters = false, marks = false, normalise = false,
       keep = false;
};

std::optional<std::filesystem::path> given(const std::string& path) {
  if (path.empty()) return std::nullopt;
  return std::filesystem::path(path);
}

data::Value to_list(const std::vector<std::string>& lines) {
  auto list = data::Value::list();
  for (const auto& line : lines) list.add(line);
  return list;
}

// One notice: {file, changes, findings}. A folder of them: {notices: [{source, files, changes}], findings}.
data::Value to_value(const app::MadeNotices& made, const app::NoticeRequest& request) {
  auto value = data::Value::map();
  if (request.formats.empty()) {
    value.set("file", request.out.string());
    value.set("changes", to_list(made.notices.front().changes));
  } else {
    auto notices = data::Value::list();
    for (size_t i = 0; i < made.notices.size(); ++i) {
      auto notice = data::Value::map();
      notice.set("source", request.sources[i].string());
      auto files = data::Value::list();
      for (const auto& file : made.notices[i].files) files.add(file.string());
      notice.set("files", std::move(files));
      notice.set("changes", to_list(made.notices[i].changes));
      notices.add(std::move(notice));
    }
    value.set("notices", std::move(notices));
  }
  value.set("findings", data::to_value(made.warnings));
  return value;
}

void print_notices(const Invocation& invocation, const app::NoticeRequest& request, bool list_changes,
                   const app::MadeNotices& made) {
  if (invocation.json) return print_json(to_value(made, request));
  print_findings(invocation, made.warnings);
  size_t changes = 0;
  for (size_t i = 0; i < made.notices.size(); ++i) {
    changes += made.notices[i].changes.size();
    for (const auto& change : made.notices[i].changes)
      if (list_changes)
        say(invocation, (request.formats.empty() ? "" : request.sources[i].string() + " ") + change);
  }
  if (changes > 0)
    say(invocation, fmt::format("文字有{}处{}{}", changes,
                                request.text == app::Text::keep ? "可以整理，已照原样保留" : "已整理",
                                list_changes ? "" : "（--normalise 逐处列出）"));
  if (request.formats.empty()) return print_written(invocation, request.out.string());
  say(invocation, fmt::format("已写出 {} 份公文，文件在 {}", made.notices.size(), request.out.string()));
}

void add_notice(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("notice", "按 GB/T 9704 生成公文（.docx、.pdf 或 .svg）");
  command->footer("例: wenshu notice samples/district-2024/notice.yaml -o 通知.pdf");
  command->add_option("source", files->paths, "公文源文件（.yaml），可以有多个")->required();
  command->add_option("--data", files->data, "填入标签的数据（.yaml 或 .json）");
  command
      ->add_option("-o,--output", files->out,
                   "输出文件（.docx、.pdf；.svg 每页一个文件）；有多个源文件或给出 --format 时是文件夹")
      ->required();
  command
      ->add_option("--format", files->formats,
                   "在输出文件夹里写哪几种文件：docx、pdf、svg，逗号隔开；不写时是 pdf")
      ->delimiter(',');
  command->add_flag("--normalise", files->normalise, "列出对粘贴文字的每一处整理");
  command->add_flag("--keep", files->keep, "不整理，文字照原样");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      app::NoticeRequest request{{files->paths.begin(), files->paths.end()},
                                 given(files->data),
                                 files->out,
                                 files->formats,
                                 files->keep ? app::Text::keep : app::Text::clean,
                                 invocation.store.empty() ? std::nullopt : std::optional(invocation.store),
                                 progress_printer(invocation)};
      if (request.sources.size() > 1 && request.formats.empty()) request.formats = {"pdf"};
      print_notices(invocation, request, files->normalise, app::make_notices(request, invocation.home()));
      return Exit::ok;
    };
  });
}

templates::Missing to_missing(const std::string& word) {
  if (word == "error") return templates::Missing::error;
  if (word == "blank") return templates::Missing::blank;
  if (word == "keep") return templates::Missing::keep;
  return word == "line" ? templates::Missing::line : templates::Missing::names;
}

// The findings about a template as comments in a copy of it.
// CLI has checked them.
templates::Delimiters delimiters_of(const Files& files) {
  return templates::parse_delimiters(files.delimiters).value_or(templates::Delimiters());
}

void add_delimiters(CLI::App& command, Files& files) {
  command
      .add_option("--delimiters", files.delimiters,
                  "模板里标签两头的符号，如 \"{ }\" 或 \"【 】\"；不给时是 {{ }}")
      ->check([](const std::string& written) {
        return templates::parse_delimiters(written) ? std::string() : "写两个符号，中间空一格，如 \"{ }\"";
      });
}

std::string annotated(Invocation& invocation, const Files& files, const std::string& source,
                      const Diagnostics& findings) {
  if (files.annotate.empty()) return {};
  const size_t count = app::annotate_file(source, findings, files.annotate, invocation.context());
  return count == 0 ? "模板没有问题，没有写批注"
                    : fmt::format("{} 处问题已写成批注，在 {}", count, files.annotate);
}

void annotate(Invocation& invocation, const Files& files, const std::string& source,
              const Diagnostics& findings) {
  const std::string written = annotated(invocation, files, source, findings);
  if (!written.empty()) say(invocation, written);
}

app::Filled fill_or_annotate(Invocation& invocation, const Files& files) {
  try {
    auto filled = app::fill_file({files.source, files.data, files.out, files.choice,
                                  to_missing(files.missing), files.who_lacks, files.each, files.one_file,
                                  files.set_aside, delimiters_of(files), progress_printer(invocation)});
    annotate(invocation, files, files.source, filled.findings);
    return filled;
  } catch (const FaultyInput& faulty) {
    annotate(invocation, files, files.source, faulty.findings());
    throw;
  }
}

Exit fill(Invocation& invocation, const Files& files) {
  const auto filled = fill_or_annotate(invocation, files);
  if (invocation.json) {
    auto value = data::Value::map();
    if (!files.out.empty()) value.set("file", files.out);
    value.set("files", data::Value::number(static_cast<long long>(filled.files.size())));
    value.set("set_aside", data::Value::number(static_cast<long long>(filled.set_aside)));
    value.set("lacks", data::Value::number(static_cast<long long>(filled.lacks)));
    value.set("findings", data::to_value(filled.findings));
    print_json(value);
    return exit_of(filled.findings);
  }
  print_findings(invocation, filled.findings);
  if (!files.who_lacks.empty())
    say(invocation, fmt::format("缺 {} 项，列在 {}", filled.lacks, files.who_lacks));
  if (!files.each.empty())
    say(invocation,
        fmt::format("已写出 {} 份，搁置 {} 份，在 {}", filled.files.size(), filled.set_aside, files.out));
  else if (files.one_file && filled.set_aside > 0)
    say(invocation, fmt::format("已写出 {}，搁置 {} 行", files.out, filled.set_aside));
  else if (!files.out.empty())
    print_written(invocation, files.out);
  return exit_of(filled.findings);
}

void add_fill(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("fill", "把数据填入 Word 模板（.docx）或文本模板");
  command->footer(
      "例: wenshu fill templates/tables/training-schedule.docx --data samples/county-2020/plan.yaml -o "
      "安排表.docx");
  command->add_option("template", files->source, "模板（.docx 或 .txt）")->required();
  command->add_option("--data", files->data, "数据（.yaml、.json、.csv 或 .xlsx）")->required();
  add_table_options(*command, files->choice);
  command->add_option("-o,--output", files->out, "输出文件；用 --each 时是文件夹");
  auto* each = command->add_option("--each", files->each, "每行数据一个文件，用这一列命名");
  command
      ->add_flag("--one-file", files->one_file,
                 "每行数据一份，合成一个 Word 文件，每份另起一页、页码从 1 数起")
      ->excludes(each);
  command->add_flag("--set-aside", files->set_aside, "用 --each 或 --one-file 时，有错的行搁置，其余照做");
  command
      ->add_option("--missing", files->missing,
                   "缺了内容：error 算错，blank 空着，keep 留下标签，line "
                   "留线手填（不给时，没有的名称算错，空的空着）")
      ->check(CLI::IsMember({"error", "blank", "keep", "line"}));
  command->add_option("--who-lacks", files->who_lacks, "把谁缺什么列成一张 .xlsx；只给它、不给 -o 时不填写");
  command->add_option("--annotate", files->annotate, "把模板的每处问题写成批注，存成另一个 .docx");
  add_delimiters(*command, *files);
  command->callback([=, &invocation] {
    if (files->out.empty() && files->who_lacks.empty()) throw CLI::RequiredError("--output");
    if (files->set_aside && files->each.empty() && !files->one_file)
      throw CLI::ValidationError("--set-aside", "与 --each 或 --one-file 一起用");
    invocation.run = [=, &invocation] { return fill(invocation, *files); };
  });
}

Exit blank_sheet(const Invocation& invocation, const Files& files) {
  Diagnostics findings;
  const auto columns = app::write_blank_sheet(files.source, files.sheet, findings, delimiters_of(files));
  if (!invocation.json) {
    print_findings(invocation, findings);
    print_written(invocation, files.sheet);
    return Exit::ok;
  }
  auto value = data::Value::map();
  value.set("file", files.sheet);
  auto& list = value.set("columns", data::Value::list());
  for (const auto& column : columns) list.add(column);
  value.set("findings", data::to_value(findings));
  print_json(value);
  return Exit::ok;
}

Exit print_words(const Invocation& invocation, const data::Value& words, const std::string& page) {
  if (invocation.json) {
    print_json(words);
  } else {
    std::cout << page;
  }
  return Exit::ok;
}

Exit from_mail_merge(const Invocation& invocation, const Files& files) {
  Diagnostics findings;
  auto fields = app::convert_mail_merge(files.source, files.converted, findings);
  if (invocation.json) {
    auto value = data::Value::map();
    value.set("file", files.converted);
    value.set("fields", std::move(fields));
    value.set("findings", data::to_value(findings));
    print_json(value);
    return Exit::ok;
  }
  print_findings(invocation, findings);
  for (const auto& field : fields.items())
    say(invocation,
        fmt::format("{}\t{}\t{}", field["field"].text(), field["tag"].text(), field["place"].text()));
  print_written(invocation, files.converted);
  return Exit::ok;
}

void add_tags(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command = app.add_subcommand("tags", "列出模板里的标签及其位置");
  command->footer("例: wenshu tags templates/tables/training-schedule.docx");
  auto* source = command->add_option("template", files->source, "模板（.docx 或 .txt）");
  auto* formatters = command->add_flag("--formatters", files->formatters, "列出竖线后可用的全部格式及例子");
  auto* marks = command->add_flag("--marks", files->marks, "列出竖线后可用的全部版面词及例子");
  formatters->excludes(source)->excludes(marks);
  marks->excludes(source);
  command->add_option("--sheet", files->sheet, "把标签列成一张空的数据表（.xlsx），填好后交给 fill --data")
      ->excludes(formatters);
  command
      ->add_option("--from-mail-merge", files->converted,
                   "把 Word 邮件合并的主文档转换成模板，写到这个文件（.docx）")
      ->excludes(formatters);
  add_delimiters(*command, *files);
  command->callback([=, &invocation] {
    if (files->source.empty() && !files->formatters && !files->marks) throw CLI::RequiredError("template");
    invocation.run = [=, &invocation] {
      if (files->formatters) return print_words(invocation, app::formatters_value(), app::formatters_page());
      if (files->marks) return print_words(invocation, app::marks_value(), app::marks_page());
      if (!files->converted.empty()) return from_mail_merge(invocation, *files);
      if (!files->sheet.empty()) return blank_sheet(invocation, *files);
      const auto tags = app::list_tags(files->source, delimiters_of(*files));
      if (invocation.json) print_json(tags);
      for (const auto& tag : tags.items())
        say(invocation, tag["tag"].text() + "\t" + tag["type"].text() + "\t" + tag["place"].text());
      return Exit::ok;
    };
  });
}

void add_check(CLI::App& app, Invocation& invocation, const std::shared_ptr<Files>& files) {
  auto* command =
      app.add_subcommand("check", "检查流程、表单、台账、通讯录、公文、证书版面、数据和 Word 模板");
  command->footer("例: wenshu check workflows templates samples");
  command->add_option("path", files->paths, "文件或文件夹")->required();
  command->add_option("--annotate", files->annotate,
                      "检查一个 Word 模板，把每处问题写成批注，存成另一个 .docx");
  add_delimiters(*command, *files);
  command->callback([=, &invocation] {
    if (!files->annotate.empty() &&
        (files->paths.size() != 1 || std::filesystem::is_directory(files->paths[0])))
      throw CLI::ValidationError("--annotate", "只检查一个 Word 模板时才能写批注");
    invocation.run = [=, &invocation] {
      const auto findings = app::check_files({files->paths.begin(), files->paths.end()}, invocation.home(),
                                             delimiters_of(*files));
      if (invocation.json) {
        annotate(invocation, *files, files->paths.front(), findings);
        print_json(data::to_value(findings));
      } else {
        const std::string written = annotated(invocation, *files, files->paths.front(), findings);
        std::cout << to_text(findings);
        if (!written.empty()) say(invocation, written);
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

}  // namespace

void add_document_commands(CLI::App& app, Invocation& invocation) {
  const auto files = [] { return std::make_shared<Files>(); };
  add_notice(app, invocation, files());
  add_fill(app, invocation, files());
  add_tags(app, invocation, files());
  add_check(app, invocation, files());
  add_eval(app, invocation, files());
}

}  // namespace wenshu::cli
