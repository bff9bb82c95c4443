// What belongs to a record stays with it: cells merged downwards where rows come and go, cross-references.
#include <gmock/gmock.h>

#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using ::testing::ElementsAre;
using testing::fill;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::paragraph;

constexpr const char* kBegins = "<w:vMerge w:val=\"restart\"/>";
constexpr const char* kGoesOn = "<w:vMerge/>";

std::string cell(const std::string& merge, const std::string& text) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/>" + merge + "</w:tcPr>" + paragraph(text) +
         "</w:tc>";
}
std::string row(const std::string& cells) { return "<w:tr>" + cells + "</w:tr>"; }
std::string table(const std::string& rows) {
  return "<w:tbl><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid>" + rows +
         "</w:tbl>";
}

// Each row's merge of the first column: + begins, | goes on, . none.
std::string merges(const std::string& body, const std::string& data) {
  const std::string filled = fill(body, data).body;
  std::string all;
  for (size_t at = filled.find("<w:tr>"); at != std::string::npos; at = filled.find("<w:tr>", at + 1)) {
    const std::string first = filled.substr(at, filled.find("</w:tc>", at) - at);
    all += first.find(kBegins) != std::string::npos   ? '+'
           : first.find(kGoesOn) != std::string::npos ? '|'
                                                      : '.';
  }
  return all;
}

TEST(VerticalMerge, BeginsInTheNextRowWhereTheListThatBeganItIsEmpty) {
  const std::string body =
      table(row(cell(kBegins, "{{#人}}单位") + cell("", "{{.}}{{/人}}")) +
            row(cell(kGoesOn, "") + cell("", "合计")) + row(cell(kGoesOn, "") + cell("", "")));
  EXPECT_EQ(merges(body, "人: [甲, 乙]"), "++||");
  EXPECT_EQ(merges(body, "人: []"), "+|");
}

TEST(VerticalMerge, DoesNotGoOnFromTheRecordBefore) {
  const std::string body =
      table(row(cell("", "{{#人}}") + cell("", "")) + row(cell(kBegins, "{{#甲}}头") + cell("", "{{/甲}}")) +
            row(cell(kGoesOn, "") + cell("", "{{名}}")) + row(cell("", "{{/人}}") + cell("", "")));
  EXPECT_EQ(merges(body, "人: [{名: a, 甲: true}, {名: b, 甲: false}, {名: c, 甲: true}]"), "+|++|");
}

TEST(VerticalMerge, StaysWholeOverRowsThatRepeatOrAreLeftOutInItsMidst) {
  const std::string body =
      table(row(cell(kBegins, "单位") + cell("", "")) +
            row(cell(kGoesOn, "{{#人}}") + cell("", "{{.}}{{/人}}")) + row(cell(kGoesOn, "") + cell("", "")));
  EXPECT_EQ(merges(body, "人: [a, b]"), "+|||");
  EXPECT_EQ(merges(body, "人: []"), "+|");
}

TEST(VerticalMerge, BeginsAgainBehindARowThatMergesNothing) {
  const std::string body =
      table(row(cell(kBegins, "单位") + cell("", "")) + row(cell(kGoesOn, "{{#人}}") + cell("", "{{.}}")) +
            row(cell("", "小计") + cell("", "{{/人}}")));
  EXPECT_EQ(merges(body, "人: [a, b]"), "+|.+.");
}

TEST(VerticalMerge, OfARepeatedTableDoesNotGoOnFromTheTableBefore) {
  const std::string body = paragraph("{{#班}}") +
                           table(row(cell(kBegins, "{{#人}}a") + cell("", "{{.}}{{/人}}")) +
                                 row(cell(kGoesOn, "") + cell("", "合计"))) +
                           paragraph("{{/班}}");
  EXPECT_EQ(merges(body, "班: [{人: [a]}, {人: []}]"), "+|+");
}

std::string bookmark(const std::string& name, const std::string& inside) {
  return "<w:bookmarkStart w:id=\"7\" w:name=\"" + name + "\"/>" + inside + "<w:bookmarkEnd w:id=\"7\"/>";
}
// Word cuts codes anywhere.
std::string field(const std::string& a, const std::string& b) {
  return "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + a +
         "</w:instrText></w:r><w:r><w:instrText>" + b +
         "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
}
std::string in_paragraph(const std::string& inside) { return "<w:p>" + inside + "</w:p>"; }

// The codes, anchors and bookmarks in reading order.
std::vector<std::string> names(const std::string& body) {
  std::vector<std::string> all;
  std::string code;
  for (size_t at = 0; at < body.size(); ++at) {
    const auto text = [&](std::string_view open, char end) {
      return body.substr(at + open.size(), body.find(end, at + open.size()) - at - open.size());
    };
    const auto stands = [&](std::string_view open) { return body.compare(at, open.size(), open) == 0; };
    if (stands("<w:instrText>")) code += text("<w:instrText>", '<');
    if (stands("w:fldCharType=\"end\"")) all.push_back(std::exchange(code, {}));
    for (const std::string_view open : {"w:anchor=\"", "w:instr=\"", "w:name=\"_"})
      if (stands(open)) all.push_back((open == "w:name=\"_" ? "*_" : "") + text(open, '"'));
  }
  return all;
}

TEST(CrossReference, LeadsToTheBookmarkOfItsOwnRecord) {
  const std::string body =
      paragraph("{{#课}}") + in_paragraph(field(" PAGEREF _To", "c1 \\h ")) +
      in_paragraph(bookmark("_Toc1", "<w:r><w:t>{{.}}</w:t></w:r>")) +
      in_paragraph(
          "<w:hyperlink w:anchor=\"_Toc1\"><w:r><w:t>x</w:t></w:r></w:hyperlink>"
          "<w:fldSimple w:instr=\"REF _Toc1 \\h\"><w:r><w:t>x</w:t></w:r></w:fldSimple>") +
      paragraph("{{/课}}") + in_paragraph(field("HYPERLINK \\l \"", "_Toc1\""));
  EXPECT_THAT(names(fill(body, "课: [a, b]").body),
              ElementsAre(" PAGEREF _Toc1 \\h ", "*_Toc1", "_Toc1", "REF _Toc1 \\h", " PAGEREF _Toc1_2 \\h ",
                          "*_Toc1_2", "_Toc1_2", "REF _Toc1_2 \\h", "HYPERLINK \\l \"_Toc1\""));
}

TEST(CrossReference, OfTheRecordAroundLeadsToTheFirstOfTheListInside) {
  const std::string body = paragraph("{{#班}}") + in_paragraph(field("REF _a", "")) + paragraph("{{#人}}") +
                           in_paragraph(bookmark("_a", "")) + in_paragraph(field("REF _a", "")) +
                           paragraph("{{/人}}") + paragraph("{{/班}}");
  EXPECT_THAT(names(fill(body, "班: [{人: [1, 2]}, {人: [3]}]").body),
              ElementsAre("REF _a", "*_a", "REF _a", "*_a_2", "REF _a_2", "REF _a_3", "*_a_3", "REF _a_3"));
}

}  // namespace
}  // namespace wenshu::docx
