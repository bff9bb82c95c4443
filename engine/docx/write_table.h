// Tables as WordprocessingML.
#pragma once

#include <functional>
#include <optional>

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

// Where a table floats over the page; one in the flow has none.
struct TablePlace {
  double x_mm = 0;             // from the left edge of the paper
  std::optional<double> y_mm;  // from its top; else the lower rule lies on the lower edge of the text area
};

// `room_mm` is the width of the text area: wider tables are made narrower. `write_paragraph` adds one to a cell.
void write_table(pugi::xml_node parent, const document::Table& table, double room_mm,
                 const std::optional<TablePlace>& place,
                 const std::function<void(pugi::xml_node, const document::Paragraph&)>& write_paragraph);

}  // namespace wenshu::docx
