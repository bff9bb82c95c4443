// 附件说明, the annexes under it and their tables (GB/T 9704 7.3.4, 7.3.7, 7.6).
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "data/schema.h"
#include "notice/profile.h"
#include "notice/source_check.h"
#include "notice/table.h"

namespace wenshu::notice {
namespace {

using data::Value;
using Names = std::vector<std::string>;

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_names(const SourceCheck& check, const Value& list, Names& names) {
  for (const Value& item : list.items()) {
    if (!item.is_scalar()) continue;
    std::string text = trimmed(item);
    const std::u32string name = to_characters(text);
    if (!name.empty() && std::u32string_view(U"。；，、.;,").find(name.back()) != std::u32string_view::npos)
      check.error("attachment-punctuation", item, "附件名称后不加标点符号（GB/T 9704 7.3.4）");
    if (!has_tag(text) && holds(names, text))
      check.error("attachment-twice", item, fmt::format("附件说明里有两个“{}”", text),
                  "删去一个，或者写出两者的区别");
    names.push_back(std::move(text));
  }
}

void check_rows(const SourceCheck& check, const Value& table, size_t columns) {
  for (const Value& row : table["rows"].items()) {
    if (row.is_list() && row.size() != columns)
      check.error("row-length", row, fmt::format("这一行有{}格，表头有{}栏", row.size(), columns));
    for (const Value& cell : row.items())
      if (cell.is_list() || cell.is_map()) check.error("wrong-type", cell, "表格的一格应当是文字");
  }
}

void check_merges(const SourceCheck& check, const Value& table, const Table& read) {
  Names titles;
  for (const Table::Column& column : read.columns) titles.push_back(column.title);
  for (const Value& title : table["merge"].items())
    if (title.is_scalar() && !holds(titles, trimmed(title)))
      data::report_unknown(title, "unknown-column", "栏", titles, check.findings);
}

// A column that holds no character: the table is too wide for the page.
void check_columns(const SourceCheck& check, const Value& annex, const Table& table) {
  const bool landscape = data::to_boolean(annex["landscape"]).value_or(false);
  const auto widths = column_widths(table, landscape ? kTurnedWidthMm : kTextWidthMm);
  for (size_t i = 0; i < widths.size(); ++i)
    if (widths[i] < kNarrowestColumnMm)
      return check.error(
          "table-too-wide", annex["table"]["columns"],
          fmt::format("表格有{}栏，“{}”一栏只剩{:.1f}毫米，放不下一个字", widths.size(),
                      table.columns[i].title, widths[i]),
          landscape ? "减少栏数，或分成两个表" : "横排这个附件（landscape: true），或减少栏数");
  const auto needed = number_widths(table);
  for (size_t i = 0; i < widths.size(); ++i)
    if (needed[i] > widths[i])
      check.warn("number-torn", annex["table"]["columns"],
                 fmt::format("“{}”一栏宽{:.1f}毫米，最长的数要排成两行", table.columns[i].title, widths[i]),
                 landscape ? "加宽这一栏，或减少栏数" : "加宽这一栏，或横排这个附件（landscape: true）");
}

// A blank corner is a head, too; only one that stands over several columns has to say what they are.
void check_heads(const SourceCheck& check, const Value& columns) {
  for (const Value& column : columns.items()) {
    const Value& title = column["title"];
    if (title.is_list() || title.is_map()) check.error("wrong-type", title, "表头应当是文字");
    if (column.find("title") && column["columns"].is_list() && !title.is_list() && !title.is_map() &&
        trimmed(title).empty())
      check.error("empty-text", title.is_null() ? column : title, "分成几栏的表头是空的",
                  "写明下面各栏说的是什么");
    check_heads(check, column["columns"]);
  }
}

void check_table(const SourceCheck& check, const Value& annex) {
  const Value& value = annex["table"];
  if (!value.is_map()) return;
  for (const Value& column : value["columns"].items()) {
    for (const Value* each : {&column, &column["width"]})
      if (each->is_scalar() && data::to_decimal(*each) && std::stod(data::to_decimal(*each)->to_text()) <= 0)
        check.error("bad-number", *each, "栏宽应当大于 0");
    if (column.find("width") && column.find("columns"))
      check.error("field-out-of-place", column["width"], "分成几栏的表头没有自己的宽度",
                  "宽度写在下面的各栏");
  }
  check_heads(check, value["columns"]);
  const Table table = read_table(value);
  check_rows(check, value, table.columns.size());
  check_merges(check, value, table);
  check_columns(check, annex, table);
}

void check_annex(const SourceCheck& check, const Value& annex, const Names& names, Names& seen) {
  if (const std::string* title = check.known(annex["title"])) {
    const std::string name(trim(*title));
    if (!holds(names, name))
      data::report_unknown(annex["title"], "unknown-attachment", "附件", names, check.findings);
    if (holds(seen, name))
      check.error("annex-twice", annex["title"], fmt::format("附件“{}”编排了两次", name), "删去一个");
    seen.push_back(name);
  }
  if (!annex.find("body") && !annex.find("table"))
    check.error("missing-field", annex, "附件没有内容：缺少 \"body\" 或 \"table\"");
  check_table(check, annex);
}

}  // namespace

void check_annexes(const SourceCheck& check) {
  const Value& own = check.source["attachments"];
  const Value& issued = check.source["issued"]["attachments"];
  if (own.size() && issued.size())
    check.error("attachments-twice", issued, "正文与所印发的文件各有附件说明，附件编号无法一致",
                "只在一处列出附件");
  Names names, seen;
  check_names(check, own.size() ? own : issued, names);
  for (const Value& annex : check.source["annexes"].items())
    if (annex.is_map()) check_annex(check, annex, names, seen);
}

}  // namespace wenshu::notice
