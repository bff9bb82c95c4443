#include "app/annotate.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/annotate.h"
#include "package/archive.h"

namespace wenshu::app {

size_t annotate_file(const std::filesystem::path& source, const Diagnostics& findings,
                     const std::filesystem::path& out, const Context& context) {
  const std::string name = data::display_name(source);
  const auto count = std::count_if(findings.begin(), findings.end(),
                                   [&](const Diagnostic& each) { return each.where.file == name; });
  if (count == 0) return 0;
  std::error_code none;
  const auto refuse = [&](const char* code, const char* message, const char* hint) {
    Diagnostics all = findings;
    all.error(code, {data::display_name(out)}, message, hint);
    throw FaultyInput(all);
  };
  if (std::filesystem::equivalent(source, out, none))
    refuse("overwrites-source", "带批注的文件就是模板，会把它盖掉", "换一个输出文件名");
  if (data::extension_of(out) != ".docx")
    refuse("unknown-format", "批注写在 Word 文件里，文件名的后缀应是 .docx", "把后缀改为 .docx");
  const bool fits = std::filesystem::file_size(source, none) <= package::kMaxPackedBytes && !none;
  const auto copy = fits ? docx::annotate(read_file(source), name, findings, context.clock->now())
                         : std::optional<std::string>();
  if (!copy) refuse("cannot-annotate", "这个文件打不开，写不了批注", "先按上面的问题改好文件");
  write_file(out, *copy);
  return static_cast<size_t>(count);
}

}  // namespace wenshu::app
