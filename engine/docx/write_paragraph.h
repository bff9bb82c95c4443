// The look of a paragraph as elements of <w:pPr>, in the order that the schema wants.
#pragma once

#include "document/document.h"
#include "xml/tree.h"

namespace wenshu::docx {

// What every paragraph begins from (docDefaults).
void write_paragraph_defaults(pugi::xml_node properties);

// What `paragraph` adds to its style, or to the defaults where `style` is null.
void write_differences(pugi::xml_node properties, const document::Paragraph& paragraph,
                       const document::Paragraph* style);

}  // namespace wenshu::docx
