#include "app/sheet_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "data/load.h"

namespace wenshu::app {
namespace {

constexpr const char *kFirstSheet = "数据", *kRows = "rows";

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool is_column(const templates::TagPlace& tag) {
  return tag.path.front() != '@' && tag.path != "." && tag.path.find('.') == std::string::npos;
}

// A section with fields of its own repeats; one without only asks whether there is something.
bool is_list(const templates::TagPlace& section, const std::vector<templates::TagPlace>& tags) {
  return section.path == kRows || std::any_of(tags.begin(), tags.end(), [&](const auto& tag) {
           return tag.inside == section.path && tag.path != section.path && is_column(tag);
         });
}

std::optional<data::Value> find_sheet(const std::filesystem::path& path, const std::string& name,
                                      Diagnostics& findings) {
  Diagnostics here;
  auto table = load_table_file(path, here, {name, 0});
  const bool absent = std::any_of(here.begin(), here.end(),
                                  [](const auto& finding) { return finding.code == "unknown-sheet"; });
  if (absent) return std::nullopt;
  findings.append(here);
  return table;
}

void take_row(const data::Value& row, data::Value& tree) {
  for (const auto& entry : row.entries())
    if (!tree.find(entry.key)) tree.entries().push_back(entry);
}

}  // namespace

TemplateSheets sheets_of(const std::vector<templates::TagPlace>& tags) {
  TemplateSheets found;
  std::vector<std::string> alone;
  std::vector<TemplateSheet> lists;
  for (const auto& tag : tags) {
    if (tag.path.front() == '@' || tag.path == ".") continue;
    const auto around =
        std::find_if(lists.begin(), lists.end(), [&](const auto& list) { return list.title == tag.inside; });
    if (tag.opens && tag.inside.empty() && tag.path.find('.') == std::string::npos && is_list(tag, tags)) {
      if (std::none_of(lists.begin(), lists.end(), [&](const auto& list) { return list.title == tag.path; }))
        lists.push_back({tag.path, {}});
    } else if (is_column(tag) && around != lists.end() && !(tag.opens && is_list(tag, tags))) {
      add_once(around->columns, tag.path);
    } else if (is_column(tag) && (tag.inside.empty() || tag.inside == tag.path)) {
      add_once(alone, tag.path);
    } else {
      add_once(found.left_out, tag.path);
    }
  }
  for (TemplateSheet& list : lists) {
    found.has_rows = found.has_rows || list.title == kRows;
    if (list.title == kRows)
      found.sheets.insert(found.sheets.begin(), {kFirstSheet, list.columns});
    else
      found.lists.push_back(list.title), found.sheets.push_back(std::move(list));
  }
  if (!alone.empty())
    found.sheets.insert(found.sheets.begin() + (found.has_rows ? 1 : 0),
                        {found.has_rows ? kAloneSheet : kFirstSheet, std::move(alone)});
  return found;
}

bool take_sheets(const std::filesystem::path& path, const TemplateSheets& wanted, data::Value& tree,
                 Diagnostics& findings) {
  const data::Value& rows = tree[kRows];
  if (!rows.is_list() || tree.size() != 1) return false;
  data::Value taken = data::Value::map();
  bool first_is_list = wanted.has_rows;
  if (data::extension_of(path) == ".xlsx") {
    for (const std::string& name : wanted.lists) {
      auto list = find_sheet(path, name, findings);
      if (!list) continue;
      first_is_list = first_is_list || *list == rows;
      taken.set(name, std::move(*list));
    }
    const auto alone = wanted.has_rows ? find_sheet(path, kAloneSheet, findings) : std::nullopt;
    if (alone && alone->size() > 0) take_row((*alone)[0], taken);
  }
  if (taken.size() == 0) {
    const bool only_list = !wanted.has_rows && wanted.lists.size() == 1 && wanted.sheets.size() == 1;
    if (only_list) tree.set(wanted.lists.front(), data::Value(rows));
    return only_list;
  }
  if (!first_is_list && rows.size() > 1)
    findings.error(
        "many-rows", rows.place(),
        fmt::format("第一张工作表有 {} 行；各项只能填一行，列表写在以它命名的工作表里", rows.size()),
        "只留一行，或把工作表改用列表的名称");
  if (!first_is_list && rows.size() > 0) take_row(rows[0], taken);
  if (first_is_list && wanted.has_rows) taken.set(kRows, data::Value(rows));
  tree = std::move(taken);
  return true;
}

}  // namespace wenshu::app
