// Tables as WordprocessingML.
#pragma once

#include <functional>
#include <optional>

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

// `room_mm` is the width of the text area: wider tables are made narrower. `write_paragraph` adds one to a cell. With
// `foot_at_mm`, from the left edge of the paper, the table floats: its lower rule lies on the lower edge of the text area.
void write_table(pugi::xml_node parent, const document::Table& table, double room_mm,
                 std::optional<double> foot_at_mm,
                 const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph);

}  // namespace wenshu::docx
