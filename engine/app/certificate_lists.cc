#include "app/certificate_lists.h"

#include "base/error.h"
#include "base/file.h"
#include "xlsx/write.h"

namespace wenshu::app {
namespace {

void write_sheet(const std::filesystem::path& target, const xlsx::Sheet& sheet) {
  Diagnostics findings;
  const auto bytes = xlsx::write_table(sheet, target.string(), findings);
  if (!bytes) throw FaultyInput(std::move(findings));
  write_file(target, *bytes);
}

std::string row_of(const Place& where) {
  if (!where.spot.empty()) return where.spot;
  return where.line > 0 ? std::to_string(where.line) : "";
}

}  // namespace

void write_issue_list(const std::filesystem::path& target, const std::vector<IssuedRow>& rows) {
  xlsx::Sheet sheet{"发证清单", {"证书编号", "姓名", "编号", "本次", "花名册行"}, {}};
  for (const IssuedRow& row : rows)
    sheet.rows.push_back({row.number, row.name, row.person, row.now ? "新编号" : "以前已编号", row.row});
  write_sheet(target, sheet);
}

void write_error_list(const std::filesystem::path& target, const Diagnostics& findings) {
  xlsx::Sheet sheet{"问题清单", {"文件", "行", "列", "程度", "原因", "怎么办", "代码"}, {}};
  for (const Diagnostic& finding : findings) {
    const bool placed = finding.where.column > 0;
    sheet.rows.push_back({finding.where.file, row_of(finding.where),
                          placed ? std::to_string(finding.where.column) : "",
                          finding.severity == Severity::error     ? "不能发证"
                          : finding.code == "not-entitled"        ? "未达条件"
                          : finding.severity == Severity::warning ? "请留意"
                                                                  : "提示",
                          finding.message, finding.hint, finding.code});
  }
  write_sheet(target, sheet);
}

}  // namespace wenshu::app
