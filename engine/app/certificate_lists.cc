#include "app/certificate_lists.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "xlsx/write.h"

namespace wenshu::app {
namespace {

void write_bytes(const std::filesystem::path& target, const std::optional<std::string>& bytes,
                 Diagnostics findings) {
  if (!bytes) throw FaultyInput(std::move(findings));
  write_file(target, *bytes);
}

std::string row_of(const Place& where) {
  if (!where.spot.empty()) return where.spot;
  return where.line > 0 ? std::to_string(where.line) : "";
}

}  // namespace

void write_issue_list(const std::filesystem::path& target, size_t count,
                      const std::function<IssuedRow(size_t index)>& row) {
  const auto cells = [&](size_t i) -> std::vector<std::string> {
    const IssuedRow one = row(i);
    return {one.number, one.name,     one.person, one.now ? "新编号" : "以前已编号",
            one.on,     one.replaces, one.row};
  };
  const xlsx::LongSheet sheet{
      "发证清单", {"证书编号", "姓名", "编号", "本次", "编号日期", "换发前的编号", "花名册行"}, count, cells};
  Diagnostics findings;
  const auto bytes = xlsx::write_long_table(sheet, target.string(), findings);
  write_bytes(target, bytes, std::move(findings));
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
  Diagnostics own;
  const auto bytes = xlsx::write_table(sheet, target.string(), own);
  write_bytes(target, bytes, std::move(own));
}

}  // namespace wenshu::app
