#include "docx/annotate.h"

#include <gmock/gmock.h>

#include "docx/fill.h"
#include "package/archive.h"
#include "tests/docx/small_docx.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

using testing::docx;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::paragraph;
using testing::table;

constexpr const char* kBody = "word/document.xml";
const Time kNow = *parse_time("2024-06-06T01:30:00Z");

struct Annotated {
  package::Archive archive;
  std::vector<std::string> ranges, comments;  // what each comment hangs on, and says
};

std::string text_of(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children())
    text += std::string_view(node.name()) == "w:t" ? child.value() : text_of(child);
  return text;
}

// The text between the marks of comment `id`, over all runs in the order of the file.
std::string range_of(const pugi::xml_node& root, const std::string& id) {
  struct Walker : pugi::xml_tree_walker {
    std::string wanted, text;
    bool inside = false;
    bool for_each(pugi::xml_node& node) override {
      const std::string_view name = node.name();
      const bool mine = node.attribute("w:id").value() == wanted;
      if (name == "w:commentRangeStart" && mine) inside = true;
      if (name == "w:commentRangeEnd" && mine) inside = false;
      if (inside && node.type() == pugi::node_pcdata) text += node.value();
      return true;
    }
  } walker;
  walker.wanted = id;
  pugi::xml_node start = root;
  start.traverse(walker);
  return walker.text;
}

Annotated annotated(const std::string& bytes, const Diagnostics& findings) {
  Annotated result;
  Diagnostics faults;
  const auto copy = annotate(bytes, "t.docx", findings, kNow);
  EXPECT_TRUE(copy);
  if (!copy) return result;
  result.archive = *package::open_archive(*copy, "copy.docx", faults);
  const auto body = xml::parse_part(result.archive.read(kBody), "copy.docx", kBody, faults);
  const auto comments =
      xml::parse_part(result.archive.read("word/comments.xml"), "copy.docx", "comments", faults);
  EXPECT_TRUE(body && comments) << to_text(faults);
  for (const pugi::xml_node& each : comments->document_element().children("w:comment")) {
    std::string text;
    for (const pugi::xml_node& line : each.children("w:p")) text += text_of(line) + "/";
    result.comments.push_back(text);
    result.ranges.push_back(range_of(*body, each.attribute("w:id").value()));
  }
  return result;
}

// The findings of loading a template.
Diagnostics findings_of(const std::string& bytes) {
  Diagnostics findings;
  load_template(bytes, "t.docx", findings);
  EXPECT_FALSE(findings.empty());
  return findings;
}

TEST(Annotate, HangsEachFindingOnItsTag) {
  const std::string bytes =
      docx(paragraph("甲 {{a | datte}} &amp; {{b | summ}}乙") + paragraph("{{#开 始") +
           table({{paragraph("x{{c | joinn}}"), paragraph("好") + paragraph("y}} {{d}}")}}));
  const Annotated made = annotated(bytes, findings_of(bytes));
  EXPECT_THAT(made.ranges, ElementsAre("{{a | datte}}", "{{b | summ}}", "{{#开 始", "{{c | joinn}}", "}}"));
  ASSERT_EQ(made.comments.size(), 5u);
  EXPECT_THAT(made.comments[0],
              HasSubstr("错误：标签 {{a | datte}} 里没有“datte”这种格式/怎么改：是否为 \"date\""));
}

TEST(Annotate, CutsRunsIntoTheirOwnFormat) {
  const std::string bytes = docx(
      "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r "
      "w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr><w:tab/><w:t>前{{a |"
      "</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\"> "
      "datte}}后</w:t><w:tab/>"
      "</w:r></w:p>");
  const Annotated made = annotated(bytes, findings_of(bytes));
  EXPECT_THAT(
      made.archive.read(kBody),
      HasSubstr("<w:tab/><w:t xml:space=\"preserve\">前</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r>"
                "<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{{a |</w:t></w:r><w:proofErr "
                "w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\"> datte}}</w:t></w:r>"
                "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t "
                "xml:space=\"preserve\">后</w:t><w:tab/></w:r></w:p>"));
}

TEST(Annotate, CarriesOverWhatItDoesNotTouch) {
  const std::string bytes = docx(paragraph("{{a | datte}}") + "<w:p  ></w:p><!-- 留 -->", paragraph("页眉"));
  Diagnostics faults;
  const auto before = *package::open_archive(bytes, "t.docx", faults);
  const Annotated made = annotated(bytes, findings_of(bytes));
  for (const std::string& name : before.names()) {
    if (name != kBody && name != "[Content_Types].xml" && name != "word/_rels/document.xml.rels") {
      EXPECT_EQ(made.archive.read(name), before.read(name)) << name;
    }
  }
  EXPECT_THAT(made.archive.read(kBody), HasSubstr("<w:p  ></w:p><!-- 留 -->"));
  EXPECT_THAT(made.archive.read("[Content_Types].xml"),
              HasSubstr("PartName=\"/word/comments.xml\" ContentType=\"application/"
                        "vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\""));
  EXPECT_THAT(made.archive.read("word/_rels/document.xml.rels"), HasSubstr("Target=\"comments.xml\""));
  EXPECT_THAT(made.archive.read("word/comments.xml"),
              HasSubstr("w:author=\"文枢\" w:date=\"2024-06-06T09:30:00Z\" w:initials=\"WS\""));
}

TEST(Annotate, TellsAtTheBeginningWhatWordLetsNoCommentStandAt) {
  const std::string bytes = docx("<w:p/>" + paragraph("正文"), paragraph("{{a | datte}}"));
  const Annotated made = annotated(bytes, findings_of(bytes));
  ASSERT_EQ(made.comments.size(), 1u);
  EXPECT_THAT(made.comments[0], HasSubstr("错误：页眉（header1.xml）第1段：标签 {{a | datte}}"));
  EXPECT_THAT(made.archive.read(kBody),
              HasSubstr("<w:p><w:commentRangeStart w:id=\"0\"/><w:commentRangeEnd w:id=\"0\"/>"));
}

TEST(Annotate, WritesFindingsOfFillingAtTheTagThatLacksItsValue) {
  const std::string bytes = docx(paragraph("{{有}}，{{无}}。"));
  Diagnostics findings;
  auto data = data::Value::map();
  data.set("有", "1");
  EXPECT_FALSE(load_template(bytes, "t.docx", findings)->fill(data, findings));
  const Annotated made = annotated(bytes, findings);
  EXPECT_THAT(made.ranges, ElementsAre("{{无}}"));
}

TEST(Annotate, ComesAfterTheCommentsThatAreThere) {
  const std::string bytes = docx(paragraph("{{a | datte}}"));
  const Diagnostics findings = findings_of(bytes);
  const std::string once = *annotate(bytes, "t.docx", findings, kNow);
  const Annotated made = annotated(once, findings);
  EXPECT_THAT(made.ranges, ElementsAre("{{a | datte}}", "{{a | datte}}"));
}

TEST(Annotate, MakesNothingOfWhatIsNoWordFile) {
  Diagnostics findings;
  findings.error("not-a-zip", {"t.docx"}, "不是");
  EXPECT_FALSE(annotate("PK", "t.docx", findings, kNow));
}

}  // namespace
}  // namespace wenshu::docx
