// The paragraphs of a part in reading order, each with the words that tell a
// clerk where it stands.
#pragma once

#include <string>
#include <vector>

#include "xml/tree.h"

namespace wenshu::docx {

struct StoryParagraph {
  pugi::xml_node node;
  std::string spot;  // 第2个表格第3行第4列, 第3段, 页眉（header1.xml）第1段
};

// Text that belongs together: the body, a header, one text box, one footnote.
// Sections do not leave their story.
using Story = std::vector<StoryParagraph>;
std::vector<Story> collect_stories(const pugi::xml_node& root, const std::string& prefix);

// One w:t of a paragraph and the bytes of the paragraph's text that it holds.
struct Segment {
  pugi::xml_node text;
  size_t begin = 0, end = 0;
};

// What a reader sees of one paragraph, its text boxes and deleted text left
// out. Whatever is no text (tab, picture, break) is a line feed, which no tag
// can hold.
struct ParagraphText {
  std::string text;
  std::vector<Segment> segments;
};
ParagraphText read_paragraph(const pugi::xml_node& paragraph);

// The codes of a paragraph's complex fields, each put together from its
// w:instrText, however many runs Word made of it. Fields inside fields are left
// apart.
std::vector<ParagraphText> read_field_codes(const pugi::xml_node& paragraph);

// The nearest element of this name around `node` in the same story; null when
// there is none.
pugi::xml_node find_around(const pugi::xml_node& node, const char* name);

}  // namespace wenshu::docx
