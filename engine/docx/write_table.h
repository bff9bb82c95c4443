// Tables as WordprocessingML.
#pragma once

#include <functional>
#include <optional>

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

struct TextArea {
  double width_mm = 156, height_mm = 225;
};

// Tables that are wider than the text area are made narrower; rows that a cell joins stay on one page where they are
// not higher than it. `write_paragraph` adds one to a cell. With
// `foot_at_mm`, from the left edge of the paper, the table floats: its lower rule lies on the lower edge of the text area.
void write_table(pugi::xml_node parent, const document::Table& table, const TextArea& area,
                 std::optional<double> foot_at_mm,
                 const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph);

}  // namespace wenshu::docx
