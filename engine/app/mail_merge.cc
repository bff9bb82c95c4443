#include "app/mail_merge.h"

#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"
#include "docx/mail_merge.h"
#include "package/archive.h"

namespace wenshu::app {
data::Value convert_mail_merge(const std::filesystem::path& source, const std::filesystem::path& out,
                               Diagnostics& findings) {
  const std::string name = data::display_name(source);
  std::error_code none;
  if (std::filesystem::equivalent(source, out, none))
    findings.error("overwrites-source", {data::display_name(out)}, "输出文件就是原来的文件，会把它盖掉",
                   "换一个输出文件名");
  if (data::extension_of(out) != ".docx")
    findings.error("unknown-format", {data::display_name(out)}, "转换出来的是 Word 文件",
                   "输出文件名以 .docx 结尾");
  data::check_path(source, package::kMaxPackedBytes, findings);
  auto converted =
      findings.has_errors() ? std::nullopt : docx::convert_mail_merge(read_file(source), name, findings);
  // What was made must be a template that checks clean.
  if (converted) docx::load_template(converted->bytes, name, findings);
  if (!converted || findings.has_errors()) throw FaultyInput(findings);
  write_file(out, converted->bytes);
  auto list = data::Value::list();
  for (const auto& field : converted->fields) {
    auto item = data::Value::map();
    item.set("field", field.field);
    item.set("tag", field.tag);
    item.set("place", to_text(field.place));
    list.add(std::move(item));
  }
  return list;
}

}  // namespace wenshu::app
