#include "app/notice.h"

#include <fmt/format.h>

#include "app/fill.h"
#include "app/notice_files.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/write.h"
#include "notice/compose.h"
#include "notice/fill.h"
#include "notice/normalise_source.h"
#include "notice/notice.h"
#include "svg/page.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

// One page as NAME.svg, several as NAME-1.svg …
std::vector<fs::path> write_pictures(const layout::Layout& layout, const font::Faces& faces,
                                     const std::string& title, const fs::path& out) {
  std::vector<fs::path> files;
  for (const auto& page : layout.pages) {
    const size_t number = files.size() + 1;
    fs::path file = out;
    if (layout.pages.size() > 1) file.replace_filename(fmt::format("{}-{}.svg", out.stem().string(), number));
    write_file(file, svg::draw_page(page, faces, fmt::format("{} {}", title, number)));
    files.push_back(std::move(file));
  }
  return files;
}

std::vector<fs::path> write_notice(const document::Document& document, const fs::path& source,
                                   const fs::path& out, const fs::path& home) {
  if (out.extension() == ".docx") {
    write_file(out, docx::write_document(document));
    return {out};
  }
  const font::Faces faces = load_house_faces(home);
  layout::Layout layout = lay_out(document, faces, data::display_name(source));
  if (out.extension() == ".svg") return write_pictures(layout, faces, document.title, out);
  write_file(out, write_pdf(document, std::move(layout), faces));
  return {out};
}

}  // namespace

MadeNotice make_notice(const fs::path& source, const std::optional<fs::path>& data, const fs::path& out,
                       const fs::path& home, Text text) {
  Diagnostics findings;
  const auto extension = out.extension();
  if (extension != ".docx" && extension != ".pdf" && extension != ".svg")
    findings.error("unknown-format", {out.string()}, "公文只能输出为 .docx、.pdf 或 .svg",
                   "把输出文件名的后缀改为其中一种");
  auto value = data::load_file(source, findings);
  if (!value || findings.has_errors()) throw FaultyInput(findings);
  if (data) {
    notice::check_notice(*value, findings);
    if (!findings.has_errors()) value = notice::fill_notice(*value, load_template_data(*data), findings);
    if (!value || findings.has_errors()) throw FaultyInput(findings);
  }
  auto clean = *value;
  MadeNotice made;
  for (const auto& [field, change] : notice::normalise_source(clean))
    made.changes.push_back(fmt::format("{} {}", field, to_text(change)));
  const auto notice = notice::load_notice(text == Text::clean ? clean : *value, findings);
  if (!notice || findings.has_errors()) throw FaultyInput(findings);
  made.warnings = std::move(findings);
  made.files = write_notice(notice::to_document(*notice), source, out, home);
  return made;
}

}  // namespace wenshu::app
