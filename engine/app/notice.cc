#include "app/notice.h"

#include "app/fill.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/write.h"
#include "notice/compose.h"
#include "notice/fill.h"
#include "notice/notice.h"

namespace wenshu::app {

void make_notice(const std::filesystem::path& source, const std::optional<std::filesystem::path>& data,
                 const std::filesystem::path& out) {
  Diagnostics findings;
  if (out.extension() != ".docx")
    findings.error("unknown-format", {out.string()}, "公文只能输出为 .docx", "把输出文件名的后缀改为 .docx");
  auto value = data::load_file(source, findings);
  if (!value || findings.has_errors()) throw FaultyInput(findings);
  if (data) {
    notice::check_notice(*value, findings);
    if (!findings.has_errors()) value = notice::fill_notice(*value, load_template_data(*data), findings);
    if (!value || findings.has_errors()) throw FaultyInput(findings);
  }
  const auto notice = notice::load_notice(*value, findings);
  if (!notice || findings.has_errors()) throw FaultyInput(findings);
  write_file(out, docx::write_document(notice::to_document(*notice)));
}

}  // namespace wenshu::app
