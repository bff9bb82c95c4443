#include "app/fill.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"
#include "template/formatter.h"
#include "template/text.h"

namespace wenshu::app {
namespace {

constexpr std::string_view kWord = ".docx";
constexpr size_t kTextTemplateLimit = 5u << 20;  // a text of 5 MiB is no letter

// The first key of a file that people write names its kind; of `data:` files templates see the values alone.
bool is_data_file(const data::Value& value) {
  return value.is_map() && value.size() > 0 && value.entries().front().key == "data" &&
         value.find("values") != nullptr;
}

// Clerks' machines write .DOCX as well.
bool is_docx(const std::filesystem::path& path) {
  const auto extension = path.extension().string();
  return std::equal(extension.begin(), extension.end(), kWord.begin(), kWord.end(),
                    [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); });
}

// The bytes of a template. A template that is not there is NotFound; what is no template is a finding.
std::optional<std::string> load_bytes(const std::filesystem::path& path, Diagnostics& findings) {
  std::error_code none;
  const Place where{data::display_name(path)};
  if (std::filesystem::is_directory(path, none)) {
    findings.error("not-a-file", where, "这是文件夹，不是文件");
    return std::nullopt;
  }
  if (!is_docx(path) && std::filesystem::file_size(path, none) > kTextTemplateLimit && !none) {
    findings.error("file-too-large", where, "文本模板过大，上限为 5 MiB", "核对文件；模板须是 .docx 或文本");
    return std::nullopt;
  }
  return read_file(path);
}

std::optional<std::string> load_text(const std::filesystem::path& path, Diagnostics& findings) {
  const auto bytes = load_bytes(path, findings);
  if (!bytes) return std::nullopt;
  auto text = decode_text(*bytes);
  if (!text)
    findings.error("not-text", {data::display_name(path)}, "不是文本文件",
                   "模板须是 .docx，或 UTF-8、GB18030 文本");
  return text;
}

template <class Action>
auto without_findings(Action action) {
  Diagnostics findings;
  auto result = action(findings);
  if (findings.has_errors()) throw FaultyInput(findings);
  return result;
}

std::optional<docx::Template> load_word(const std::filesystem::path& path, Diagnostics& findings) {
  const auto bytes = load_bytes(path, findings);
  if (!bytes) return std::nullopt;
  return docx::load_template(*bytes, data::display_name(path), findings);
}

// The result takes the place of nothing that was read, and its name says what it is.
void check_output(const std::filesystem::path& source, const std::filesystem::path& data,
                  const std::filesystem::path& out, Diagnostics& findings) {
  std::error_code none;
  if (std::filesystem::equivalent(out, source, none) || std::filesystem::equivalent(out, data, none))
    findings.error("overwrites-source", {data::display_name(out)}, "输出文件就是模板或数据文件，会把它盖掉",
                   "换一个输出文件名");
  else if (is_docx(out) && !is_docx(source))
    findings.error("unknown-format", {data::display_name(out)}, "文本模板填出来是文本，不是 Word 文件",
                   "把输出文件名的后缀改为 .txt，或用 .docx 模板");
}

}  // namespace

std::optional<data::Value> load_template_data(const std::filesystem::path& path, Diagnostics& findings,
                                              const TableChoice& choice) {
  auto value = load_table_file(path, findings, choice);
  if (!value || !value->is_list()) return value && is_data_file(*value) ? (*value)["values"] : value;
  auto map = data::Value::map();
  map.set("rows", std::move(*value));
  return map;
}

Diagnostics fill_file(const std::filesystem::path& source, const std::filesystem::path& data,
                      const std::filesystem::path& out, const TableChoice& choice) {
  // The template is checked before the data is looked at, so that one run shows the faults of both.
  Diagnostics findings;
  std::optional<docx::Template> word;
  std::optional<std::string> text;
  check_output(source, data, out, findings);
  if (is_docx(source)) {
    word = load_word(source, findings);
  } else {
    text = load_text(source, findings);
    if (text) templates::check_text(*text, {data::display_name(source), 1, 1}, findings);
  }
  const auto tree = load_template_data(data, findings, choice);
  if (!tree || findings.has_errors()) throw FaultyInput(findings);
  const auto filled = word ? word->fill(*tree, findings)
                           : templates::fill_text(*text, *tree, {data::display_name(source), 1, 1}, findings);
  if (!filled || findings.has_errors()) throw FaultyInput(findings);
  write_file(out, *filled);
  return findings;
}

std::string formatters_page() { return templates::formatters_page(); }

data::Value formatters_value() { return templates::formatters_value(); }

data::Value list_tags(const std::filesystem::path& source) {
  return without_findings([&](Diagnostics& findings) {
    std::vector<templates::TagPlace> tags;
    if (is_docx(source)) {
      if (const auto word = load_word(source, findings)) tags = word->tags();
    } else if (const auto text = load_text(source, findings)) {
      tags = templates::list_tags(*text, {data::display_name(source), 1, 1});
    }
    auto list = data::Value::list();
    for (const auto& tag : tags) {
      auto item = data::Value::map();
      item.set("tag", tag.tag);
      item.set("place", to_text(tag.place));
      list.add(std::move(item));
    }
    return list;
  });
}

}  // namespace wenshu::app
