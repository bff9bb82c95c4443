// fonts.
#include <fmt/format.h>

#include <iostream>
#include <utility>

#include "app/fonts.h"
#include "base/text.h"
#include "cli/invocation.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

// 6638/8105, and where fall-backs draw more: （加后备 8105）
std::string describe(const data::Value& line) {
  const auto number = [&](const char* key) { return std::stoll(line[key].text()); };
  const long long all = number("characters"), has = all - number("missing");
  std::string text = fmt::format("{} {}/{}", line["title"].text(), has, all);
  if (const data::Value* rest = line.find("missing_from_all"); rest && has < all)
    text += fmt::format("（加后备 {}）", all - std::stoll(rest->text()));
  return text;
}

// Tables that lack nothing are not worth a reader's time.
std::string describe_all(const data::Value& coverage) {
  std::string text;
  for (const auto& line : coverage.items())
    if (line["missing"].text() != "0") text += (text.empty() ? "有字：" : "，") + describe(line);
  return text.empty() ? "字齐：通用规范汉字表、GB 18030-2022 级别2" : text;
}

void print_fonts(const Invocation& invocation, const data::Value& report) {
  for (const auto& role : report["roles"].items()) {
    say(invocation, fmt::format("{}（{}）：{}{}", role["title"].text(), role["role"].text(),
                                role["face"].text().empty() ? "缺" : role["path"].text(),
                                role["first_choice"].text() == "true" ? "" : "  （不是首选）"));
    if (const data::Value* coverage = role.find("coverage"))
      say(invocation, "    " + describe_all(*coverage));
  }
  say(invocation, "\n登记的字体文件：");
  for (const auto& face : report["faces"].items()) {
    const bool found = face["found"].text() == "true";
    say(invocation,
        fmt::format("  {}  {}  {}  {}", found ? "有" : "缺", face["face"].text(), face["file"].text(),
                    found ? face["licence"].text() : "软件包 " + face["package"].text()));
    if (const data::Value* coverage = face.find("coverage"))
      say(invocation, "      " + describe_all(*coverage));
  }
}

// Ten characters a line, each with its code point.
void print_missing(const Invocation& invocation, const data::Value& report) {
  for (const auto& table : report.items()) {
    const auto characters = to_characters(table["missing"].text());
    say(invocation, fmt::format("{}：缺 {} 字", table["title"].text(), characters.size()));
    std::string line;
    for (size_t i = 0; i < characters.size(); ++i) {
      line += fmt::format("  {} {}", to_utf8(characters[i]), code_point_name(characters[i]));
      if (i % 10 == 9 || i + 1 == characters.size()) say(invocation, std::exchange(line, {}));
    }
  }
}

}  // namespace

void add_fonts_command(CLI::App& app, Invocation& invocation) {
  auto* command = app.add_subcommand("fonts", "哪个字体文件担任哪种字体，缺什么，各有多少字");
  command->footer("例: wenshu fonts --check");
  struct Options {
    bool check = false;
    std::string missing;
  };
  const auto options = std::make_shared<Options>();
  command->add_flag("--check", options->check, "核对字体文件的校验和");
  command->add_option("--missing", options->missing,
                      "列出某个字体（如 fandol-fang）或某种字体（如 fangsong）缺的字");
  command->callback([=, &invocation] {
    invocation.run = [=, &invocation] {
      Diagnostics findings;
      if (!options->missing.empty()) {
        const auto report = app::list_missing_characters(invocation.home(), options->missing, findings);
        if (findings.has_errors())
          print_findings(invocation, findings);
        else if (invocation.json)
          print_json(report);
        else
          print_missing(invocation, report);
        return exit_of(findings);
      }
      auto report = app::report_fonts(invocation.home(), options->check, findings);
      if (invocation.json) {
        report.set("findings", data::to_value(findings));
        print_json(report);
      } else {
        print_fonts(invocation, report);
        std::cerr << to_text(findings);
      }
      return exit_of(findings);
    };
  });
}

}  // namespace wenshu::cli
