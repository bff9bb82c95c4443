// Markdown as WordprocessingML in the look of the paragraph around its tag.
#pragma once

#include <string>
#include <vector>

#include "docx/markdown.h"
#include "docx/render.h"
#include "xml/tree.h"

namespace wenshu::docx {

struct MarkdownLook {
  std::string paragraph;  // finished w:pPr of the tag's paragraph, or ""
  std::string run;        // finished w:rPr of the tag, or ""
};

// Paragraphs and tables. Headings take the styles “heading 1” … of the template where it has them, else they are bold.
std::string to_blocks(Renderer& renderer, const std::vector<MarkdownBlock>& blocks, const MarkdownLook& look);
// Runs alone, of one paragraph.
std::string to_runs(Renderer& renderer, const MarkdownText& text, const MarkdownLook& look);

}  // namespace wenshu::docx
