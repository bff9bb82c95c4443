#include "app/notice_files.h"

#include "base/error.h"
#include "base/file.h"
#include "font/report.h"
#include "pdf/document.h"
#include "pdf/prepared.h"

namespace wenshu::app {

notice::ReadPicture pictures_beside(const std::filesystem::path& source) {
  return [folder = source.parent_path()](const std::string& file) -> std::optional<std::string> {
    std::error_code none;
    if (!std::filesystem::is_regular_file(folder / file, none)) return std::nullopt;
    return read_file(folder / file);
  };
}

font::Faces load_house_faces(const std::filesystem::path& home) {
  Diagnostics findings;
  auto faces = font::load_faces(home / "fonts" / "fonts.yaml", findings);
  if (faces) font::check_roles(*faces, {"fangsong", "kaiti", "heiti", "xiaobiaosong", "songti"}, findings);
  if (!faces || findings.has_errors()) throw FaultyInput(std::move(findings));
  return std::move(*faces);
}

layout::Layout lay_out(const document::Document& document, const font::Faces& faces,
                       const layout::Locate& locate, Diagnostics& hints) {
  Diagnostics findings;
  auto layout = layout::place(document, faces, locate, findings);
  if (!layout) throw FaultyInput(std::move(findings));
  hints.append(findings);
  return std::move(*layout);
}

layout::Layout lay_out(const document::Document& document, const font::Faces& faces,
                       const std::string& source, Diagnostics& hints) {
  return lay_out(
      document, faces, [&](char32_t, const std::string&) { return Place{source}; }, hints);
}

PdfWriter::PdfWriter(const font::Faces& faces, std::set<char32_t> expected)
    : batch_(std::make_shared<font::Batch>(faces, std::move(expected))) {}

std::string PdfWriter::write(const document::Document& document, layout::Layout layout) {
  font::Characters characters;
  pdf::add_characters(layout.pages, characters);
  batch_->add(characters);
  const pdf::Prepared prepared(batch_, characters);
  const auto created = document.date ? parse_time(to_text(*document.date)) : std::nullopt;
  pdf::Document file({document.title, document.author, document.subject, created.value_or(Time{})}, prepared);
  for (auto& page : layout.pages) file.add_page(std::move(page));
  file.set_outline(std::move(layout.outline));
  return file.finish();
}

std::string write_pdf(const document::Document& document, layout::Layout layout, const font::Faces& faces) {
  return PdfWriter(faces).write(document, std::move(layout));
}

}  // namespace wenshu::app
