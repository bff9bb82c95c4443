// Marks that work on rows and rounds: merge, pad, group, every, restart, new-page, new-section.
#include <gmock/gmock.h>

#include "docx/mark.h"
#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using testing::count;
using ::testing::ElementsAre;
using testing::fill;
using ::testing::HasSubstr;
using testing::load_faults;
using ::testing::Not;
using testing::paragraph;
using testing::table;

// What a reader sees of a table: a cell that belongs to the one above is ^, one over several columns has =N.
std::string grid(const std::string& body) {
  Diagnostics findings;
  const auto tree = xml::parse_part(body, "out.docx", "body", findings);
  std::string text;
  for (const pugi::xml_node& row : tree->document_element().child("w:body").child("w:tbl").children("w:tr")) {
    for (const pugi::xml_node& cell : row.children("w:tc")) {
      const auto properties = cell.child("w:tcPr");
      const auto merge = properties.child("w:vMerge");
      if (merge && !merge.attribute("w:val")) text += "^";
      std::string words;
      testing::read(cell, words);
      text += words.substr(0, words.find('/'));
      if (properties.child("w:gridSpan"))
        text += std::string("=") + properties.child("w:gridSpan").attribute("w:val").value();
      text += "|";
    }
    text += "\n";
  }
  return text;
}

TEST(MarkMerge, MergesDownButNotOverTheEndOfTheParent) {
  const std::string body =
      table({{paragraph("{{#组}}{{#课}}{{科 | merge}}"), paragraph("{{名}}{{/课}}{{/组}}")}});
  EXPECT_EQ(grid(fill(body, "组: [{课: [{科: 语, 名: a}, {科: 语, 名: b}]}, {课: [{科: 语, 名: c}]}]").body),
            "语|a|\n^|b|\n语|c|\n");
}

TEST(MarkMerge, MergesAListInspiteOfConditionsAroundItsRows) {
  const std::string body =
      table({{paragraph("{{#课}}{{#名}}{{科 | merge}}"), paragraph("{{名}}{{/名}}{{/课}}")}});
  EXPECT_EQ(grid(fill(body, "课: [{科: 语, 名: a}, {科: 语, 名: b}]").body), "语|a|\n^|b|\n");
}

TEST(MarkMerge, MergesRowsOfTheOuterListWithThoseOfTheInner) {
  const std::string body = table({{paragraph("{{#组}}{{名 | merge}}"), paragraph("头")},
                                  {paragraph("{{#课}}{{名 | merge}}"), paragraph("{{.}}{{/课}}{{/组}}")}});
  EXPECT_EQ(grid(fill(body, "组: [{名: 甲, 课: [1, 2]}, {名: 甲, 课: [3]}]").body),
            "甲|头|\n^|1|\n^|2|\n甲|头|\n^|3|\n");
}

TEST(MarkMerge, MergesAcrossIntoOneWideCell) {
  const std::string body =
      table({{paragraph("{{#rows}}{{a | merge across}}"), paragraph("{{b | merge across}}"),
              paragraph("{{c | merge across}}"), paragraph("{{d}}{{/rows}}")}});
  const auto filled =
      fill(body, "rows: [{a: 1, b: 1, c: 2, d: 2}, {a: '', b: '', c: 3, d: 3}, {a: 4, b: 4, c: 4, d: 4}]");
  EXPECT_EQ(grid(filled.body), "1=2|2|2|\n||3|3|\n4=3|4|\n");
  EXPECT_THAT(filled.body,
              HasSubstr("<w:tcW w:w=\"4000\" w:type=\"dxa\"/><w:gridSpan w:val=\"2\"/></w:tcPr>"));
  EXPECT_THAT(filled.body, Not(HasSubstr("hMerge")));
}

TEST(MarkMerge, MergesBothWaysIntoBlocks) {
  const std::string body = table({{paragraph("{{#rows}}{{a | merge both}}"), paragraph("{{b | merge both}}"),
                                   paragraph("{{c | merge both}}{{/rows}}")}});
  EXPECT_EQ(grid(fill(body, "rows: [{a: 1, b: 1, c: 2}, {a: 1, b: 1, c: 2}, {a: 1, b: 2, c: 2}]").body),
            "1=2|2|\n^=2|^|\n1|2=2|\n");
}

TEST(MarkMerge, ComparesAllThatTheCellSays) {
  const std::string body = table({{paragraph("{{#rows}}{{a | merge}}（{{n}}）"), paragraph("{{/rows}}")}});
  EXPECT_EQ(grid(fill(body, "rows: [{a: 甲, n: 1}, {a: 甲, n: 2}, {a: 甲, n: 2}]").body),
            "甲（1）||\n甲（2）||\n^||\n");
}

TEST(MarkRounds, PadsWithBlankRowsOfTheSameLook) {
  const std::string body = table({{paragraph("{{#rows | pad 4}}{{a}}"), paragraph("{{b}}{{/rows}}")}});
  EXPECT_EQ(fill(body, "rows: [{a: 1, b: 2}]").text, "1/|2/|;/|/|;/|/|;/|/|;");
  EXPECT_EQ(fill(body, "rows: []").text, "/|/|;/|/|;/|/|;/|/|;");
  EXPECT_EQ(
      count(fill(body, "rows: [{a: 1, b: 2}, {a: 1, b: 2}, {a: 1, b: 2}, {a: 1, b: 2}, {a: 1, b: 2}]").body,
            "<w:tr>"),
      5);
}

TEST(MarkRounds, GroupsByAFieldWithSubtotals) {
  const std::string body =
      table({{paragraph("{{#rows | group 科}}{{科}}"), paragraph("{{rows.时 | sum}}")},
             {paragraph("{{#rows}}{{@index}}{{名}}"), paragraph("{{时}}{{/rows}}{{/rows}}")}});
  EXPECT_EQ(fill(body, "rows: [{科: 语, 名: a, 时: 1}, {科: 数, 名: b, 时: 2}, {科: 语, 名: c, 时: 3}]").text,
            "语/|4/|;1a/|1/|;2c/|3/|;数/|2/|;1b/|2/|;");
}

TEST(MarkRounds, KeepsInAGroupWhatAllItsRecordsAgreeOn) {
  const std::string body = paragraph("{{#rows | group id}}") + paragraph("{{name}}") + paragraph("{{/rows}}");
  EXPECT_EQ(
      fill(body, "rows: [{id: 1, name: 甲, x: 1}, {id: 1, name: 甲, x: 2}, {id: 2, name: 乙, x: 1}]").text,
      "甲/乙/");
  const auto faulty =
      testing::fill_bytes(testing::docx(body), testing::yaml("rows: [{id: 1, name: 甲}, {name: 乙}]"));
  EXPECT_THAT(faulty.faults, HasSubstr("error[no-group-key]: 字段“rows”：第2项没有“id”"));
}

TEST(MarkRounds, CutsIntoPagesWithTheirOwnTotals) {
  const std::string body = paragraph("{{#rows | every 2}}") +
                           table({{paragraph("{{#rows | pad 2}}{{n}}"), paragraph("{{/rows}}")},
                                  {paragraph("{{@index}}/{{@count}} {{rows.n | sum}}"), paragraph("　")}}) +
                           paragraph("{{/rows}}");
  EXPECT_EQ(fill(body, "rows: [{n: 1}, {n: 2}, {n: 3}]").text,
            "1/|/|;2/|/|;1/2 3/|　/|;3/|/|;/|/|;2/2 3/|　/|;");
}

std::string item(const std::string& text, int level = 0, int list = 7) {
  return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" +
         std::to_string(list) + "\"/></w:numPr></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

// The lists of the paragraphs, in order.
std::vector<std::string> lists(const std::string& body) {
  std::vector<std::string> found;
  for (size_t at = body.find("<w:numId w:val=\""); at != std::string::npos;
       at = body.find("<w:numId w:val=\"", at + 1))
    found.push_back(body.substr(at + 16, body.find('"', at + 16) - at - 16));
  return found;
}

const std::string kNumbering =
    testing::part("numbering",
                  "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"5\"/><w:numFmt "
                  "w:val=\"decimal\"/>"
                  "<w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt "
                  "w:val=\"decimal\"/><w:lvlText w:val=\"%2)\"/></w:lvl>"
                  "</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>");

// 列表项 is numbered by its style, and indented otherwise than its list is.
const std::string kStyles =
    testing::part("styles",
                  "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:numId "
                  "w:val=\"7\"/></w:numPr></w:pPr></w:style>"
                  "<w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:basedOn w:val=\"Base\"/><w:pPr><w:ind "
                  "w:left=\"99\"/></w:pPr>"
                  "</w:style>");

testing::Filled fill_list(const std::string& body, const std::string& data,
                          const std::string& part = "word/document.xml") {
  Diagnostics findings;
  const auto small = package::open_archive(testing::docx(body), "t.docx", findings);
  package::ArchiveWriter writer;
  for (const std::string& name : small->names()) writer.add(name, small->read(name));
  writer.add("word/numbering.xml", kNumbering);
  writer.add("word/styles.xml", kStyles);
  return testing::fill_bytes(writer.finish(), testing::yaml(data), part);
}

TEST(MarkRestart, BeginsAListAnewInEachRecord) {
  const std::string body = paragraph("{{#人}}") + paragraph("{{名}}") + item("{{#课}}") + item("{{.}}") +
                           item("{{/课}}") + paragraph("{{/人}}");
  const std::string data = "人: [{名: 甲, 课: [a, b]}, {名: 乙, 课: [c]}, {名: 丙, 课: [d]}]";
  EXPECT_THAT(lists(fill_list(body, data).body), ElementsAre("7", "7", "8", "9"));
  EXPECT_THAT(
      fill_list(body, data, "word/numbering.xml").body,
      HasSubstr(
          "<w:num w:numId=\"8\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride "
          "w:val=\"5\"/></w:lvlOverride><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"1\"/>"));
}

TEST(MarkRestart, LetsTheNumberOfTheRecordsThemselvesGoOn) {
  const std::string body = paragraph("{{#人}}") + item("{{名}}") + item("{{#课}}", 1) + item("{{.}}", 1) +
                           item("{{/课}}", 1) + paragraph("{{/人}}");
  EXPECT_THAT(lists(fill_list(body, "人: [{名: 甲, 课: [a]}, {名: 乙, 课: [c]}]").body),
              ElementsAre("7", "7", "7", "7"));
  const std::string shared =
      item("首") + paragraph("{{#人}}") + item("{{.}}") + item("{{.}}") + paragraph("{{/人}}");
  EXPECT_THAT(lists(fill_list(shared, "人: [1, 2]").body), ElementsAre("7", "7", "7", "7", "7"));
}

TEST(MarkRestart, KnowsListsThatAreNumberedByTheirStyle) {
  const auto styled = [](const std::string& text) {
    return "<w:p><w:pPr><w:pStyle w:val=\"Item\"/><w:jc w:val=\"left\"/></w:pPr><w:r><w:t>" + text +
           "</w:t></w:r></w:p>";
  };
  const std::string inside = styled("{{.}}") + styled("再");
  const auto filled = fill_list(paragraph("{{#人}}") + inside + paragraph("{{/人}}"), "人: [1, 2]");
  EXPECT_THAT(lists(filled.body), ElementsAre("7", "7", "8", "8"));
  EXPECT_THAT(
      filled.body,
      HasSubstr("<w:pStyle w:val=\"Item\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr>"
                "<w:ind w:left=\"99\"/><w:jc w:val=\"left\"/>"));
  EXPECT_THAT(
      lists(
          fill_list(styled("首") + paragraph("{{#人}}") + inside + paragraph("{{/人}}"), "人: [1, 2]").body),
      ElementsAre("7", "7", "7", "7", "7"));
  EXPECT_THAT(lists(fill_list(styled("首") + paragraph("{{#人}}{{.}}{{/人}}"), "人: [1, 2]").body),
              ElementsAre());
}

TEST(MarkRestart, RestartsWhatIsMarked) {
  const std::string body = paragraph("{{#人 | restart}}") + item("{{.}}") + paragraph("{{/人}}");
  EXPECT_THAT(lists(fill_list(body, "人: [1, 2, 3]").body), ElementsAre("7", "8", "9"));
  EXPECT_THAT(load_faults(paragraph("{{#人 | restart}}") + paragraph("{{/人}}")),
              ElementsAre("bad-mark@第1段"));
}

TEST(OneFile, RepeatsTheBodyForEachRow) {
  const auto fill_rows = [](const std::string& body, const std::string& data) {
    Diagnostics findings;
    const auto loaded =
        load_template(testing::docx(body, paragraph("{{班}}")), "t.docx", findings, {}, Body::each_row);
    const auto bytes = loaded ? loaded->fill(testing::yaml(data), findings) : std::nullopt;
    return bytes ? package::open_archive(*bytes, "o.docx", findings)->read("word/document.xml")
                 : to_text(findings);
  };
  const std::string body = fill_rows(paragraph("{{名}}"), "班: 甲班\nrows: [{名: 王}, {名: 李}, {名: 周}]");
  EXPECT_EQ(count(body, "<w:pgNumType w:start=\"1\"/>"), 3) << "each counts its pages from 1";
  EXPECT_EQ(count(body, "<w:headerReference"), 3);
  EXPECT_LT(body.find("王"), body.find("<w:sectPr>"));
  EXPECT_GT(body.find("李"), body.find("<w:sectPr>"));
  EXPECT_THAT(fill_rows(paragraph("{{名}}"), "rows: [{名: 王, 班: 甲}]"), HasSubstr("error[missing-value]"));
  EXPECT_THAT(fill_rows(paragraph("x") + paragraph("{{#rows}}{{名}}{{/rows}}"), "rows: []"),
              HasSubstr("第2段: error[already-repeats]"));
}

TEST(MarkBreak, BeginsAPageForEachRecordButTheFirst) {
  const auto filled =
      fill(paragraph("{{#人 | new-page}}") + paragraph("{{.}}") + paragraph("附") + paragraph("{{/人}}"),
           "人: [甲, 乙]");
  EXPECT_EQ(filled.text, "甲/附/乙/附/");
  EXPECT_THAT(filled.body, HasSubstr("附</w:t></w:r></w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr>"));
  EXPECT_EQ(count(filled.body, "<w:pageBreakBefore/>"), 1);
  const auto tables = fill(
      paragraph("{{#人 | new-page}}") + table({{paragraph("{{.}}")}}) + paragraph("{{/人}}"), "人: [甲, 乙]");
  EXPECT_EQ(tables.text, "甲/|;↵/乙/|;");
  EXPECT_THAT(tables.body, HasSubstr("<w:br w:type=\"page\"/>"));
}

TEST(MarkBreak, BeginsThePageInARowWhicheverComesFirst) {
  const auto filled = fill(table({{paragraph("{{#人 | every 2 | new-page}}")},
                                  {paragraph("{{#人}}{{.}}")},
                                  {paragraph("{{/人}}")},
                                  {paragraph("本页{{人 | count}}{{/人}}")}}),
                           "人: [甲, 乙, 丙]");
  EXPECT_EQ(filled.text, "甲/|;乙/|;本页2/|;丙/|;本页1/|;");
  EXPECT_EQ(count(filled.body, "<w:pageBreakBefore/>"), 1);
  EXPECT_LT(filled.body.find("<w:pageBreakBefore/>"), filled.body.find("丙"));
  EXPECT_GT(filled.body.find("<w:pageBreakBefore/>"), filled.body.find("本页2"));
  EXPECT_EQ(filled.body.find("</w:tr><w:p>"), std::string::npos);
}

TEST(MarkBreak, BeginsASectionWithThePageOfTheOneAround) {
  const auto filled =
      fill(paragraph("{{#人 | new-section}}") + paragraph("{{.}}") + paragraph("{{/人}}"), "人: [甲, 乙]");
  EXPECT_EQ(count(filled.body, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), 2);
  EXPECT_THAT(load_faults(table({{paragraph("{{#人 | new-section}}{{.}}{{/人}}")}})),
              ElementsAre("bad-mark@第1个表格第1行第1列"));
}

// What the template merges downwards would hang on a cell of another width.
TEST(MarkMerge, RefusesAcrossInACellThatTheTemplateMergesDown) {
  const auto merged = [](const std::string& words) {
    std::string xml =
        table({{paragraph("{{#rows}}{{a | " + words + "}}"), paragraph("{{b | " + words + "}}")},
               {paragraph("　"), paragraph("x{{/rows}}")}});
    const std::string end = "</w:tcPr>";
    const size_t first = xml.find(end), second = xml.find(end, xml.find("<w:tr>", xml.find("</w:tr>")));
    xml.insert(second, "<w:vMerge/>");
    return xml.insert(first, "<w:vMerge w:val=\"restart\"/>");
  };
  EXPECT_THAT(testing::load_faults(merged("merge across")),
              ::testing::ElementsAre("bad-mark@第1个表格第1行第1列"));
  EXPECT_EQ(testing::fill(merged("merge"), "rows: [{a: 1, b: 2}]").faults, "");
  EXPECT_EQ(
      testing::fill(
          table({{paragraph("{{#rows}}{{a | merge across}}"), paragraph("{{b | merge across}}{{/rows}}")}}),
          "rows: [{a: 1, b: 1}]")
          .faults,
      "");
}

}  // namespace
}  // namespace wenshu::docx
