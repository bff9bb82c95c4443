// Tags wherever people put them besides the text of paragraphs.
#include <gmock/gmock.h>

#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using ::testing::Contains;
using testing::docx;
using ::testing::ElementsAre;
using testing::fill;
using testing::fill_bytes;
using ::testing::HasSubstr;
using testing::load_faults;
using ::testing::Not;
using testing::paragraph;
using testing::yaml;

// The package of docx() with one more entry, or another content of one it has.
std::string with_entry(const std::string& bytes, const std::string& name, const std::string& content) {
  Diagnostics findings;
  const auto archive = package::open_archive(bytes, "t.docx", findings);
  package::ArchiveWriter writer;
  for (const std::string& each : archive->names())
    if (each != name) writer.add(each, archive->packed(each));
  writer.add(name, content);
  return writer.finish();
}

std::string picture(const std::string& words) {
  return "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"图\" descr=\"" + words +
         "\"/></wp:inline></w:drawing></w:r></w:p>";
}

TEST(Places, FillsAlternativeTextsAndWatermarks) {
  EXPECT_THAT(fill(picture("{{name}}的照片"), "name: '甲\"<乙'").body,
              HasSubstr("descr=\"甲&quot;&lt;乙的照片\""));
  EXPECT_THAT(
      fill("<w:p><w:r><w:pict><v:shape><v:textpath string=\"{{mark}}\"/></v:shape></w:pict></w:r></w:p>",
           "mark: 内部资料")
          .body,
      HasSubstr("string=\"内部资料\""));
}

TEST(Places, GivesEachRoundItsOwnAlternativeText) {
  const auto filled = fill(paragraph("{{#rows}}") + picture("{{name}}照") + paragraph("{{/rows}}"),
                           "rows: [{name: 甲}, {name: 乙}]");
  EXPECT_THAT(filled.body, HasSubstr("descr=\"甲照\""));
  EXPECT_THAT(filled.body, HasSubstr("descr=\"乙照\""));
}

TEST(Places, HealsATagSplitInTheCodeOfAField) {
  const auto run = [](const std::string& inside) { return "<w:r>" + inside + "</w:r>"; };
  const auto code = [&](const std::string& text) {
    return run("<w:instrText xml:space=\"preserve\">" + text + "</w:instrText>");
  };
  const std::string field = "<w:p>" + run("<w:fldChar w:fldCharType=\"begin\"/>") + code(" HYPERLINK \"{{u") +
                            code("rl}") + code("}\" ") + run("<w:fldChar w:fldCharType=\"separate\"/>") +
                            run("<w:t>{{url}}</w:t>") + run("<w:fldChar w:fldCharType=\"end\"/>") + "</w:p>";
  const auto filled = fill(field, "url: 'https://a.cn/?x=1&y=2'");
  EXPECT_THAT(filled.body, HasSubstr("HYPERLINK \"https://a.cn/?x=1&amp;y=2"));
  EXPECT_EQ(filled.text, "https://a.cn/?x=1&y=2/");
  EXPECT_THAT(
      fill("<w:p><w:fldSimple w:instr=\" DOCPROPERTY {{name}} \"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>",
           "name: 甲")
          .body,
      HasSubstr("DOCPROPERTY 甲"));
}

TEST(Places, FillsScreenTipsAndEntriesOfDropDowns) {
  EXPECT_THAT(fill("<w:p><w:hyperlink w:anchor=\"a\" "
                   "w:tooltip=\"问{{name}}\"><w:r><w:t>看</w:t></w:r></w:hyperlink></w:p>",
                   "name: 甲")
                  .body,
              HasSubstr("w:tooltip=\"问甲\""));
  EXPECT_THAT(fill("<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText=\"{{name}}\" "
                   "w:value=\"{{name}}\"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>选</w:t></w:r></"
                   "w:sdtContent>"
                   "</w:sdt></w:p>",
                   "name: 甲")
                  .body,
              HasSubstr("<w:listItem w:displayText=\"甲\" w:value=\"甲\"/>"));
}

TEST(Places, KeepsTheScreenTipOfALinkThatASectionCuts) {
  const auto run = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
  const auto filled = fill("<w:p><w:hyperlink w:anchor=\"a\" w:tooltip=\"问{{name}}\">" + run("看{{#rows}}") +
                               "</w:hyperlink>" + run("{{.}}{{/rows}}") + "</w:p>",
                           "name: 甲\nrows: [1]");
  EXPECT_EQ(filled.body.find("{{"), std::string::npos);
  EXPECT_THAT(filled.body, HasSubstr("w:tooltip=\"问甲\""));
}

TEST(Places, TellsOfATextBoxOnce) {
  const auto box = [](const std::string& around) {
    return "<mc:" + around + "><w:pict><w:txbxContent>" + paragraph("{{框") +
           "</w:txbxContent></w:pict></mc:" + around + ">";
  };
  EXPECT_THAT(load_faults("<w:p><w:r><mc:AlternateContent>" + box("Choice") + box("Fallback") +
                          "</mc:AlternateContent></w:r></w:p>"),
              ElementsAre("unclosed-tag@第1段的文本框第1段"));
}

std::string coded(const std::string& code) {
  return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + code +
         "</w:instrText></w:r><w:r><w:fldChar "
         "w:fldCharType=\"separate\"/></w:r><w:r><w:t>旧</w:t></w:r><w:r><w:fldChar "
         "w:fldCharType=\"end\"/></w:r></w:p>";
}

TEST(Places, KeepsValuesInsideTheWordOfAFieldTheyStandIn) {
  const std::string data = R"(name: '李"\q')";
  EXPECT_THAT(fill(coded(R"( IF "{{name}}" = "张" "是" "不是" )"), data).body,
              HasSubstr(R"( IF "李\&quot;\\q" = "张")"));
  EXPECT_THAT(fill(coded(" QUOTE {{name}} "), data).body, HasSubstr(R"( QUOTE &quot;李\&quot;\\q&quot; )"));
  EXPECT_THAT(fill("<w:p><w:fldSimple w:instr=' IF &quot;{{name}}&quot; = 1'/></w:p>", data).body,
              HasSubstr(R"( IF &quot;李\&quot;\\q&quot; = 1)"));
}

TEST(Places, TellsWordToWorkOutFieldsWithTagsAnew) {
  const std::string dirty = "w:dirty=\"true\"";
  EXPECT_THAT(fill(coded(" IF {{n}} = 1 1 2 "), "n: 1").body, HasSubstr(dirty));
  EXPECT_THAT(fill("<w:p><w:fldSimple w:instr=\" IF {{n}} = 1 1 2\"/></w:p>", "n: 1").body, HasSubstr(dirty));
  EXPECT_THAT(fill(coded(" HYPERLINK \"{{n}}\" "), "n: 'http://a.cn'").body, Not(HasSubstr(dirty)));
  EXPECT_THAT(fill(coded(" IF 1 = 1 1 2 ") + paragraph("{{n}}"), "n: 1").body, Not(HasSubstr(dirty)));
}

std::string link_to(const std::string& target, const std::string& url) {
  const std::string links = "<Relationships><Relationship Id=\"rId9\" Type=\"hyperlink\" Target=\"" + target +
                            "\" TargetMode=\"External\"/></Relationships>";
  auto data = data::Value::map();
  data.set("url", url);
  const auto filled = fill_bytes(with_entry(docx(paragraph("x")), "word/_rels/document.xml.rels", links),
                                 data, "word/_rels/document.xml.rels");
  return filled.body + filled.faults;
}

TEST(Places, LinksToNoProgramThatTheDataName) {
  EXPECT_THAT(link_to("{{url}}", "https://a.cn/?a=1&b=2"), HasSubstr("\"https://a.cn/?a=1&amp;b=2\""));
  EXPECT_THAT(link_to("{{url}}", "www.a.cn"), HasSubstr("\"http://www.a.cn\""));
  EXPECT_THAT(link_to("{{url}}", "javascript:alert(1)"), HasSubstr("[not-an-address]"));
  EXPECT_THAT(link_to("{{url}}", "https://a.cn/a\" \\l \"x y"), HasSubstr("[not-an-address]"));
  EXPECT_THAT(link_to("https://a.cn/?q={{url}}", "张 \"三"), HasSubstr("?q=张%20%22三\""));
  EXPECT_THAT(fill(coded(" HYPERLINK \"{{url}}\" "), "url: 'javascript:alert(1)'").faults,
              HasSubstr("[not-an-address]"));
}

TEST(Places, FillsAddressesAsWordWritesThem) {
  const std::string links =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships><Relationship Id=\"rId9\" "
      "Type=\"hyperlink\" "
      "Target=\"https://a.cn/%7B%7Burl%7D%7D?q=%20\" TargetMode=\"External\"/></Relationships>";
  const std::string bytes = with_entry(docx(paragraph("x")), "word/_rels/document.xml.rels", links);
  EXPECT_THAT(fill_bytes(bytes, yaml("url: a&b"), "word/_rels/document.xml.rels").body,
              HasSubstr("Target=\"https://a.cn/a&amp;b?q=%20\""));
}

TEST(Places, FillsPropertiesOfTheDocumentAndComments) {
  const std::string properties = with_entry(docx(paragraph("x")), "docProps/core.xml",
                                            "<cp:coreProperties><dc:title>{{title}}通知</"
                                            "dc:title><cp:revision>3</cp:revision></cp:coreProperties>");
  EXPECT_THAT(fill_bytes(properties, yaml("title: 培训\n"), "docProps/core.xml").body,
              HasSubstr("<dc:title>培训通知</dc:title>"));
  const std::string comments = with_entry(docx(paragraph("x")), "word/comments.xml",
                                          "<w:comments><w:comment w:id=\"0\" w:author=\"王\">" +
                                              paragraph("{{title}}") + "</w:comment></w:comments>");
  EXPECT_EQ(fill_bytes(comments, yaml("title: 培训\n"), "word/comments.xml").text, "培训/");
}

TEST(Places, CutsALinkOrATrackedInsertionThatASectionBeginsIn) {
  const auto run = [](const std::string& text) {
    return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
  };
  for (const char* around :
       {"w:ins w:id=\"7\"", "w:hyperlink w:anchor=\"b\"", "w:smartTag w:element=\"e\""}) {
    const std::string name = std::string(around).substr(0, std::string(around).find(' '));
    const auto in = [&](const std::string& runs) {
      return "<" + std::string(around) + ">" + runs + "</" + name + ">";
    };
    const auto filled =
        fill("<w:p>" + in(run("前{{#rows}}{{n}}")) + run("，{{/ro") + in(run("ws}}后")) + "</w:p>",
             "rows: [{n: 甲}, {n: 乙}]");
    EXPECT_EQ(filled.text, "前甲，乙，后/") << around;
    EXPECT_EQ(testing::count(filled.body, "<" + name + " "), 4) << "each of its pieces stays what it was";
  }
}

TEST(Places, RefusesASectionThatLeavesAContentControlOrAField) {
  const auto run = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
  const auto mark = [](const std::string& type) {
    return "<w:r><w:fldChar w:fldCharType=\"" + type + "\"/></w:r>";
  };
  EXPECT_THAT(load_faults("<w:p><w:sdt><w:sdtContent>" + run("{{#rows}}") + "</w:sdtContent></w:sdt>" +
                          run("x{{/rows}}") + "</w:p>"),
              ElementsAre("section-spans@第1段"));
  const std::string field =
      mark("begin") + "<w:r><w:instrText> REF b </w:instrText></w:r>" + mark("separate");
  EXPECT_THAT(load_faults("<w:p>" + field + run("{{#rows}}x") + mark("end") + run("{{/rows}}") + "</w:p>"),
              ElementsAre("section-spans@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{#rows}}") + "<w:p>" + field + run("x") + "</w:p>" +
                          paragraph("{{/rows}}") + "<w:p>" + mark("end") + "</w:p>"),
              ElementsAre("section-spans@第1段"));
  EXPECT_EQ(
      fill("<w:p>" + field + run("{{#rows}}{{n}}{{/rows}}") + mark("end") + "</w:p>", "rows: [{n: 甲}]").text,
      "甲/");
}

TEST(Places, GivesEachRoundItsOwnNote) {
  const std::string notes = "<w:footnotes><w:footnote w:id=\"2\">" + paragraph("依据{{n}}") +
                            "</w:footnote><w:footnote w:id=\"3\">" + paragraph("共{{all}}") +
                            "</w:footnote></w:footnotes>";
  const auto reference = [](const char* id) {
    return std::string("<w:r><w:footnoteReference w:id=\"") + id + "\"/></w:r>";
  };
  const std::string body = paragraph("{{#rows}}") + "<w:p>" + reference("2") + "</w:p>" +
                           paragraph("{{/rows}}") + "<w:p>" + reference("3") + "</w:p>";
  const std::string bytes = with_entry(docx(body), "word/footnotes.xml", notes);
  const auto data = yaml("all: 2\nrows: [{n: 甲}, {n: 乙}]");
  const auto filled = fill_bytes(bytes, data, "word/footnotes.xml");
  EXPECT_EQ(filled.text, "共2/依据甲/依据乙/");
  EXPECT_THAT(filled.body, HasSubstr("<w:footnote w:id=\"4\">"));
  const std::string text = fill_bytes(bytes, data).body;
  EXPECT_LT(text.find("footnoteReference w:id=\"2\""), text.find("footnoteReference w:id=\"4\""));
  EXPECT_LT(text.find("footnoteReference w:id=\"4\""), text.find("footnoteReference w:id=\"3\""));
}

TEST(Places, RefusesSectionsAndMarksWhereOnlyAValueFits) {
  EXPECT_THAT(load_faults(picture("{{#a}}x{{/a}}")), Contains("bad-tag@第1张图片的替代文字"));
  EXPECT_THAT(load_faults(picture("{{a | merge}}照")), Contains("bad-mark@第1张图片的替代文字"));
  EXPECT_THAT(load_faults(picture("{{a")), Contains("unclosed-tag@第1张图片的替代文字"));
}

}  // namespace
}  // namespace wenshu::docx
