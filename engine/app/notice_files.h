// A notice as the files that offices keep and read. Inner header of app/.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/placed.h"
#include "font/faces.h"
#include "font/subset.h"
#include "layout/place.h"
#include "notice/pictures.h"

namespace wenshu::app {

// Pictures beside a source.
notice::ReadPicture pictures_beside(const std::filesystem::path& source);

// The faces of home/fonts/fonts.yaml. Throws FaultyInput when it is faulty or a face that notices use is served by
// nothing.
font::Faces load_house_faces(const std::filesystem::path& home);

// The document on its pages. Throws FaultyInput with what stands in no font, where `locate` says. Hints, as of characters
// that another face draws, go to `hints`.
layout::Layout lay_out(const document::Document& document, const font::Faces& faces,
                       const layout::Locate& locate, Diagnostics& hints);
layout::Layout lay_out(const document::Document& document, const font::Faces& faces,
                       const std::string& source, Diagnostics& hints);  // all at one place

// Documents to PDF one after another: the faces are cut out of their big files once.
class PdfWriter {
 public:
  // `expected`: characters that the documents may show. The faces outlive the writer.
  explicit PdfWriter(const font::Faces& faces, std::set<char32_t> expected = {});
  // As write_pdf.
  std::string write(const document::Document& document, layout::Layout layout);

 private:
  std::shared_ptr<font::Batch> batch_;
};

// The same pages as PDF; fonts embedded and subset, bookmarks for the headings, times from the document's
// own date.
std::string write_pdf(const document::Document& document, layout::Layout layout, const font::Faces& faces);

}  // namespace wenshu::app
