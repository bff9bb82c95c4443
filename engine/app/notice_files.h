// A notice as the files that offices keep and read. Inner header of app/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/placed.h"
#include "font/faces.h"
#include "layout/place.h"
#include "notice/pictures.h"

namespace wenshu::app {

// Pictures beside a source.
notice::ReadPicture pictures_beside(const std::filesystem::path& source);

// The faces of home/fonts/fonts.yaml. Throws FaultyInput when it is faulty or a face that notices use is served by
// nothing.
font::Faces load_house_faces(const std::filesystem::path& home);

// The document on its pages. Throws FaultyInput with what stands in no font; `source` is the place of that.
layout::Layout lay_out(const document::Document& document, const font::Faces& faces,
                       const std::string& source);

// The same pages as PDF; fonts embedded and subset, bookmarks for the headings, times from the document's
// own date.
std::string write_pdf(const document::Document& document, layout::Layout layout, const font::Faces& faces);

}  // namespace wenshu::app
