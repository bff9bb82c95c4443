// Paragraphs, runs and their styles as WordprocessingML elements, in the order the schema wants.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

// The family that offices know the face by.
const char* family_of(document::Face face);

// The styles of a document: what the first paragraph or run of each style name looks like.
class StyleBook {
 public:
  explicit StyleBook(const document::Document& document);

  // A <w:p> with its runs. The paragraph must come from the document of the constructor, or from add().
  pugi::xml_node write_paragraph(pugi::xml_node parent, const document::Paragraph& paragraph) const;
  void add(const document::Paragraph& paragraph);
  std::string id_of(const document::Paragraph& paragraph) const;

  std::string write_part() const;  // word/styles.xml

 private:
  struct Style {
    std::string id;
    document::Paragraph paragraph;  // for a character style only its run counts
    document::Run run;
  };
  void add(const document::Table& table);
  void write_run(pugi::xml_node parent, const document::Run& run, const Style& style) const;

  std::vector<std::string> order_;  // names of paragraph styles as they came
  std::map<std::string, Style> paragraphs_;
  std::map<std::string, Style> characters_;
};

}  // namespace wenshu::docx
