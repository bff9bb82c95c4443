#include "docx/markdown.h"

#include <gtest/gtest.h>

namespace wenshu::docx {
namespace {

std::string to_text(const MarkdownText& text) {
  std::string out;
  for (const MarkdownRun& run : text) {
    out += "[";
    for (const auto& [on, sign] :
         {std::pair{run.bold, "b"}, {run.italic, "i"}, {run.strike, "s"}, {run.code, "c"}})
      if (on) out += sign;
    if (!run.link.empty()) out += "<" + run.link + ">";
    out += " " + run.text + "]";
  }
  return out;
}

// One line a block: its kind, level and depth, its runs.
std::string blocks(const std::string& markdown) {
  const auto parsed = parse_markdown(markdown);
  if (!parsed) return "none";
  std::string out;
  for (const MarkdownBlock& block : *parsed) {
    switch (block.kind) {
      case MarkdownBlock::Kind::paragraph:
        out += "p" + std::to_string(block.depth);
        break;
      case MarkdownBlock::Kind::heading:
        out += "h" + std::to_string(block.level);
        break;
      case MarkdownBlock::Kind::item:
        out += (block.numbered ? "n" : "b") + std::to_string(block.level) + "/" + std::to_string(block.list);
        if (block.start != 1) out += "@" + std::to_string(block.start);
        break;
      case MarkdownBlock::Kind::table:
        out += "t";
        for (const auto& row : block.rows) {
          out += "|";
          for (const auto& cell : row) out += to_text(cell) + ",";
        }
        break;
      case MarkdownBlock::Kind::rule:
        out += "r";
        break;
    }
    out += to_text(block.text) + "\n";
  }
  return out;
}

TEST(Markdown, ReadsRuns) {
  EXPECT_EQ(blocks("一**粗*斜*粗**~~删~~`a<b`[网](http://a.cn/?x=1&y)"),
            "p0[ 一][b 粗][bi 斜][b 粗][s 删][c a<b][<http://a.cn/?x=1&y> 网]\n");
  EXPECT_EQ(blocks("1 < 2 & <b>不是</b> 标签"), "p0[ 1 < 2 & <b>不是</b> 标签]\n");
}

TEST(Markdown, JoinsLinesAsChineseAndLatinWant) {
  EXPECT_EQ(blocks("第一行\n第二行\nword\nword"), "p0[ 第一行第二行 word word]\n");
  EXPECT_EQ(blocks("断  \n开"), "p0[ 断\n开]\n");
}

TEST(Markdown, ReadsBlocks) {
  EXPECT_EQ(blocks("# 题\n\n段\n\n> 引\n\n---\n"), "h1[ 题]\np0[ 段]\np1[ 引]\nr\n");
  EXPECT_EQ(blocks("```\na\n b\n```\n"), "p0[c a\n b]\n");
}

TEST(Markdown, ReadsListsInLists) {
  EXPECT_EQ(blocks("1. 甲\n2. 乙\n   - 子\n\n     续\n3. 丙\n\n文\n\n5. 丁\n"),
            "n0/1[ 甲]\nn0/1[ 乙]\nb1/2[ 子]\np2[ 续]\nn0/1[ 丙]\np0[ 文]\nn0/3@5[ 丁]\n");
  EXPECT_EQ(blocks("-\n- 有\n"), "b0/1\nb0/1[ 有]\n");
}

TEST(Markdown, ReadsTables) {
  EXPECT_EQ(blocks("| 甲 | 乙 |\n|---|---|\n| **1** | 2\\|3 |\n"), "t|[ 甲],[ 乙],|[b 1],[ 2|3],\n");
}

TEST(Markdown, RefusesWhatIsTooLongAndSurvivesWhatIsTooDeep) {
  EXPECT_EQ(blocks(std::string(kLongestMarkdown + 1, 'a')), "none");
  EXPECT_NE(blocks(std::string(30'000, '>') + "a"), "none");
  EXPECT_NE(blocks(std::string(30'000, '[')), "none");
  EXPECT_NE(blocks(std::string(30'000, '*')), "none");
  std::string lists;
  for (int i = 0; i < 200; ++i) lists += std::string(static_cast<size_t>(i) * 2, ' ') + "- a\n";
  EXPECT_NE(blocks(lists), "none");
}

}  // namespace
}  // namespace wenshu::docx
