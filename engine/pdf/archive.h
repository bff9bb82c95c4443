// What makes a file fit for the archive: PDF/A-2, conformance level U (ISO 19005-2). Inside this room only.
#pragma once

#include <string>

#include "pdf/document.h"

namespace wenshu::pdf {

// As both the document information and the XMP packet say it; control characters become blanks.
struct Properties {
  explicit Properties(const Info& info);

  std::string title, author, subject;  // UTF-8; the last two may be empty
  std::string created;                 // 2020-07-27T09:00:00+08:00
  std::string producer;
  static constexpr const char* kCreator = "wenshu";
};

// The XMP packet of the file (ISO 19005-2, 6.6.2 to 6.6.4).
std::string make_metadata(const Properties& properties);

// An ICC profile of sRGB, the same bytes each time: what the colours of the pages mean (6.2.3).
const std::string& srgb_profile();

}  // namespace wenshu::pdf
