// The body of one Word file put into another with all that it looks like: styles, numbers, pictures, links, notes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "docx/render.h"
#include "package/archive.h"
#include "xml/tree.h"

namespace wenshu::docx {

class SubDocument {
 public:
  // Finished XML of the body's paragraphs and tables for `renderer`'s part, behind which the package of the filled document
  // holds what they need. A style that the package has already, the same in all, is shared; another of its name comes
  // in under a new one. Its last section's page, its headers and footers stay behind, and so do comments.
  std::string merge_into(Renderer& renderer) const;

 private:
  friend std::optional<SubDocument> load_sub_document(std::string_view, std::string_view, Diagnostics&);
  class Merger;
  struct Parts {
    package::Archive archive;
    pugi::xml_document body, styles, numbering, footnotes, endnotes;  // empty where there is none
    std::map<std::string, std::string> content_types;                 // by "/word/a.xml" and by extension
  };
  std::shared_ptr<const Parts> parts_;
};

// Codes: those of package/archive.h and xml/tree.h, and not-a-docx.
std::optional<SubDocument> load_sub_document(std::string_view bytes, std::string_view display_name,
                                             Diagnostics& findings);

}  // namespace wenshu::docx
