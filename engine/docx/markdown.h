// A small Markdown (CommonMark with tables and ~~strike~~) as the blocks and runs that a Word file is made of. This is the
// door to cmark-gfm.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu::docx {

struct MarkdownRun {
  std::string text;  // "\n" is a line break
  bool bold = false, italic = false, strike = false, code = false;
  std::string link;     // an address, or ""
  std::string picture;  // the file that the text stands for, or "": pictures come in by a mark of their own

  bool same_look(const MarkdownRun& other) const {
    return bold == other.bold && italic == other.italic && strike == other.strike && code == other.code &&
           link == other.link && picture == other.picture;
  }
};
using MarkdownText = std::vector<MarkdownRun>;

struct MarkdownBlock {
  enum class Kind { paragraph, heading, item, table, rule } kind = Kind::paragraph;
  int level = 0;          // of a heading 1 to 6; of an item 0 to 8
  int depth = 0;          // how many lists and quotations stand around it: its indent
  bool numbered = false;  // of an item
  int list = 0;           // items of one list carry one number, from 1
  int start = 1;          // of a numbered list
  MarkdownText text;
  std::vector<std::vector<MarkdownText>> rows;  // of a table, the head first
};

constexpr size_t kLongestMarkdown = 64u << 10;  // bytes; a field of a form, not a book
constexpr int kMostListLevels = 9;              // what Word numbers

// HTML is text. Line ends inside a paragraph join Chinese characters and part Latin words. Nothing for text that is too long
// or holds more than 10,000 blocks.
std::optional<std::vector<MarkdownBlock>> parse_markdown(std::string_view text);

}  // namespace wenshu::docx
