#include "xlsx/read.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "package/archive.h"
#include "xlsx/sheet.h"
#include "xlsx/workbook.h"

namespace wenshu::xlsx {
namespace {

// A compound file of Windows: what .xls is, and what a workbook with a password is wrapped in.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

std::string in_utf16(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

bool check_container(std::string_view bytes, std::string_view file, Diagnostics& findings) {
  if (!bytes.starts_with(kCompoundFile)) return true;
  const Place where{std::string(file), 0, 0, {}};
  if (bytes.find(in_utf16("EncryptedPackage")) != std::string_view::npos) {
    findings.error("password-protected", where, "工作簿设了打开密码，无法读取", "请去掉密码后另存一份 .xlsx");
  } else {
    findings.error("old-spreadsheet", where, "这是旧版的 .xls 工作簿", "请用 Excel 或 WPS 另存为 .xlsx");
  }
  return false;
}

const SheetPart* find_sheet(const Workbook& book, const std::string& name, std::string_view file,
                            Diagnostics& findings) {
  if (name.empty()) {
    const auto shown = std::find_if(book.sheets.begin(), book.sheets.end(),
                                    [](const SheetPart& sheet) { return !sheet.hidden; });
    return shown == book.sheets.end() ? &book.sheets.front() : &*shown;
  }
  std::vector<std::string> names;
  for (const SheetPart& sheet : book.sheets) {
    if (sheet.name == name) return &sheet;
    names.push_back(sheet.name);
  }
  const std::string near = near_name_hint(name, names);
  findings.error("unknown-sheet", {std::string(file), 0, 0, {}}, fmt::format("没有工作表“{}”", name),
                 near.empty() ? "有这些工作表：" + join(names, "、") : near);
  return nullptr;
}

// Other sheets that are shown and have something: a clerk may have meant one of them.
std::vector<std::string> others(const package::Archive& archive, const Workbook& book,
                                const SheetPart& chosen) {
  std::vector<std::string> names;
  for (const SheetPart& sheet : book.sheets)
    if (&sheet != &chosen && !sheet.hidden && !sheet.part.empty() && has_content(archive.read(sheet.part)))
      names.push_back("“" + sheet.name + "”");
  return names;
}

}  // namespace

std::optional<data::Value> read_table(std::string_view bytes, std::string_view file, const Choice& choice,
                                      Diagnostics& findings, const data::RowSink& rows) {
  if (!check_container(bytes, file, findings)) return std::nullopt;
  const auto archive = package::open_archive(bytes, file, findings);
  const auto book = archive ? load_workbook(*archive, file, findings) : std::nullopt;
  const SheetPart* sheet = book ? find_sheet(*book, choice.sheet, file, findings) : nullptr;
  if (!sheet) return std::nullopt;
  if (sheet->part.empty()) {
    findings.error("missing-part", {std::string(file), 0, 0, {}},
                   fmt::format("工作簿里缺少工作表“{}”的内容", sheet->name),
                   "请用 Excel 或 WPS 打开后另存一份 .xlsx");
    return std::nullopt;
  }
  const auto more = others(*archive, *book, *sheet);
  const bool several = !more.empty() || !choice.sheet.empty();
  const std::string prefix = several ? fmt::format("工作表“{}”", sheet->name) : "";
  if (choice.sheet.empty() && !more.empty())
    findings.warning("other-sheets", {std::string(file), 0, 0, {}},
                     fmt::format("只读了工作表“{}”，没有读{}", sheet->name, join(more, "、")),
                     "要读别的工作表，请用 --worksheet 名称");
  return read_sheet(archive->read(sheet->part), *book, *sheet, file, prefix, choice.header_row, rows,
                    findings);
}

}  // namespace wenshu::xlsx
