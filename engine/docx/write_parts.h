// The parts of a Word file that do not depend on what the document says, but for its title and date.
#pragma once

#include <string>

#include "document/document.h"

namespace wenshu::docx {

std::string settings_part();
std::string font_table_part();
std::string core_properties_part(const document::Document& document);
std::string app_properties_part();

// What the content types of the main parts begin with.
constexpr const char* kWordPart = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

struct PartName {
  std::string path;  // word/footer1.xml
  std::string content_type;
  std::string relation;  // the last word of the relationship type
};
std::string content_types_part(const std::vector<PartName>& parts);
std::string package_relations_part();
// Ids rId1, rId2 … in the order given; `parts` without word/document.xml.
std::string document_relations_part(const std::vector<PartName>& parts);

}  // namespace wenshu::docx
