// Sections as Word has them: paper, margins, and the headers and footers that carry page numbers and rules.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/document.h"
#include "docx/write_drawing.h"
#include "docx/write_parts.h"
#include "xml/tree.h"

namespace wenshu::docx {

// Parts that document.xml points to, in the order of their ids rId1, rId2 …
class PartBook {
 public:
  struct Part {
    PartName name;
    std::string bytes;
  };
  // The id of a part; the same bytes are one part. `stem` gets a number: word/footer → word/footer1.xml.
  std::string add(const std::string& relation, const std::string& content_type, const std::string& stem,
                  const std::string& extension, std::string bytes);
  std::string add_xml(const std::string& kind, std::string bytes);  // word/KIND1.xml
  void add_only(const std::string& kind, std::string bytes);        // word/KIND.xml
  const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
};

class PageWriter {
 public:
  PageWriter(const document::Document& document, PartBook& parts, Drawings& drawings);

  // Adds the <w:sectPr> of a section.
  void write(pugi::xml_node parent, const document::Section& section);

 private:
  enum class Side { odd, even };
  static std::string number_footer(Side side, double white_mm = 0);
  static std::string first_footer(const document::Section& section, bool numbered);
  void add_turned_number(pugi::xml_node paragraph, Side side);
  void add_rules(pugi::xml_node paragraph, const std::vector<document::PageRule>& rules);
  const std::string& turned_header(Side side);
  std::string first_header(const document::Section& section);
  void refer(pugi::xml_node section, const char* kind, const char* type, std::string bytes);
  void write_furniture(pugi::xml_node node, const document::Section& section);

  PartBook& parts_;
  Drawings& drawings_;
  document::Page upright_;    // the pages that landscape pages are bound with
  bool has_headers_ = false;  // some section has: then all name theirs, for a missing one is taken over
  std::map<Side, std::string> turned_headers_;  // one of each, for drawings have numbers
};

}  // namespace wenshu::docx
