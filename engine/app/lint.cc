#include "app/lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "notice/lint/lint.h"
#include "notice/notice.h"

namespace wenshu::app {
namespace {

constexpr size_t kLongestText = 5u << 20;  // platform limit of a body

struct Judged {
  std::string text;
  std::vector<notice::Finding> findings;
};

// What the loader of sources also asks, with places of its own: a rule says it with its fix.
bool is_said_by_rule(const Diagnostic& finding) {
  const auto& rules = notice::rules();
  return std::any_of(rules.begin(), rules.end(), [&](const notice::Rule& rule) {
    return finding.code == rule.code && finding.code == "attachment-punctuation";
  });
}

std::optional<Judged> judge_source(const std::filesystem::path& file, Diagnostics& faults) {
  std::string text = read_file(file, kLongestText);
  const auto source = data::parse_yaml(text, data::display_name(file), faults);
  if (!source) return std::nullopt;
  if (!source->is_map() || !source->find("notice")) {
    faults.error("not-a-notice", source->place(), "不是公文源文件：第一个字段应当是 \"notice\"",
                 "其他文件请用 wenshu check");
    return std::nullopt;
  }
  Diagnostics loading;
  notice::check_notice(*source, loading);
  for (const Diagnostic& finding : loading)
    if (!is_said_by_rule(finding)) faults.add(finding);
  auto findings = notice::lint(notice::read_source(*source, text));
  return Judged{std::move(text), std::move(findings)};
}

std::optional<Judged> judge_pasted(const std::filesystem::path& file, Diagnostics& faults) {
  const std::string name = data::display_name(file);
  auto text = decode_text(read_file(file, kLongestText));
  if (!text) {
    faults.error("not-text", {name}, "既不是 UTF-8 也不是 GB18030 文字", "请另存为 UTF-8 纯文本");
    return std::nullopt;
  }
  if (const auto at = find_forbidden_character(*text); at) {
    const std::string before = text->substr(0, *at);
    const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    faults.error("forbidden-character", {name, line}, "有不能出现在文字里的控制字符", "删去这个字符");
    return std::nullopt;
  }
  auto findings = notice::lint(notice::read_pasted(*text, name));
  return Judged{*std::move(text), std::move(findings)};
}

std::string extension_of(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension;
}

}  // namespace

LintResult lint_file(const std::filesystem::path& file, const std::optional<std::filesystem::path>& fix) {
  LintResult result;
  const std::string extension = extension_of(file);
  std::optional<Judged> judged;
  if (extension == ".yaml" || extension == ".yml") {
    judged = judge_source(file, result.findings);
  } else if (extension == ".txt") {
    judged = judge_pasted(file, result.findings);
  } else {
    result.findings.error("unknown-format", {data::display_name(file)},
                          "只能校核 .yaml 公文源文件和 .txt 文字", "把正文另存为 .txt");
  }
  if (!judged) return result;
  result.findings.append(notice::to_diagnostics(judged->findings));
  result.findings.sort();
  result.mended =
      static_cast<int>(std::count_if(judged->findings.begin(), judged->findings.end(),
                                     [](const notice::Finding& each) { return !each.fixes.empty(); }));
  if (!fix) return result;
  const std::string mended = notice::apply_fixes(judged->text, judged->findings);
  if (extension != ".txt") {  // a source stays one: what the fixes did to its form is asked here
    Diagnostics after;
    if (!data::parse_yaml(mended, fix->string(), after))
      throw Failure(fmt::format("改后的源文件不再合格式，没有写出 {}：{}", fix->string(), to_text(after)));
  }
  write_file(*fix, mended);
  return result;
}

std::string rules_page() { return notice::rules_table(); }

data::Value rules_value() { return notice::rules_value(); }

}  // namespace wenshu::app
