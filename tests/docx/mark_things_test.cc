// Marks that put things into a document: picture, seal, qr, link, footnote, markdown, document.
#include <gmock/gmock.h>

#include "docx/mark.h"
#include "picture/encode.h"
#include "tests/docx/filling.h"

namespace wenshu::docx {
namespace {

using testing::count;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::load_faults;
using ::testing::Not;
using testing::paragraph;
using testing::table;

// A Word file with a picture and a footnote, under ids and numbers that the template may have as well.
std::string with_picture_and_note(const std::string& picture) {
  const std::string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string body =
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><wp:docPr id=\"1\" "
      "name=\"p\"/><a:graphic "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData><a:blip "
      "r:embed=\"rId1\"/>"
      "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t>附</w:t></w:r><w:r>"
      "<w:footnoteReference w:id=\"1\"/></w:r></w:p>";
  Diagnostics findings;
  const auto base = package::open_archive(testing::docx(body), "s.docx", findings);
  package::ArchiveWriter writer;
  for (const std::string& name : base->names())
    if (name != "word/_rels/document.xml.rels") writer.add(name, base->packed(name));
  writer.add(
      "word/_rels/document.xml.rels",
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
      "Id=\"rId1\" "
      "Type=\"" +
          relations + "/image\" Target=\"media/p.png\"/><Relationship Id=\"rId2\" Type=\"" + relations +
          "/footnotes\" Target=\"footnotes.xml\"/></Relationships>");
  writer.add("word/media/p.png", picture);
  writer.add("word/footnotes.xml",
             testing::part("footnotes", "<w:footnote w:id=\"1\">" + paragraph("附件的注") + "</w:footnote>"));
  return writer.finish();
}

// A Word file with two paragraphs of one list.
std::string with_list() {
  const std::string item =
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>"
      "<w:r><w:t>条</w:t></w:r></w:p>";
  Diagnostics findings;
  const auto base = package::open_archive(testing::docx(item + item), "s.docx", findings);
  package::ArchiveWriter writer;
  for (const std::string& name : base->names()) writer.add(name, base->packed(name));
  writer.add(
      "word/numbering.xml",
      testing::part("numbering",
                    "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/></w:lvl>"
                    "</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>"));
  return writer.finish();
}

const std::map<std::string, std::string>& files() {
  static const std::map<std::string, std::string> kFiles = [] {
    std::map<std::string, std::string> made;
    made["a.png"] = picture::encode_png({200, 100, std::vector<uint8_t>(60'000, 250), {}});
    made["b.png"] = picture::encode_png({100, 100, std::vector<uint8_t>(30'000, 120), {}});
    made["bad.png"] = "\x89PNG\r\n\x1a\nrubbish";
    made["rich.docx"] = with_picture_and_note(made["b.png"]);
    made["sub.docx"] = testing::docx(paragraph("附件正文"));
    made["list.docx"] = with_list();
    made["tagged.docx"] = testing::docx(paragraph("第{{x}}号"));
    return made;
  }();
  return kFiles;
}

struct Made {
  package::Archive archive;
  std::string body, text, faults;
  std::string part(const std::string& name) const { return archive.has(name) ? archive.read(name) : ""; }
};

Made make(const std::string& body, const std::string& data) {
  Diagnostics findings;
  Made made;
  const auto loaded = load_template(testing::docx(body), "t.docx", findings);
  templates::Filling filling;
  filling.open_file = [](const std::string& name, std::string& fault) -> std::optional<std::string> {
    const auto found = files().find(name);
    if (found != files().end()) return found->second;
    fault = "没有文件“" + name + "”";
    return std::nullopt;
  };
  const auto bytes = loaded ? loaded->fill(testing::yaml(data), findings, filling) : std::nullopt;
  made.faults = to_text(findings);
  EXPECT_EQ(bytes.has_value(), made.faults.empty()) << made.faults;
  if (!bytes) return made;
  made.archive = *package::open_archive(*bytes, "out.docx", findings);
  made.body = made.archive.read("word/document.xml");
  const auto tree = xml::parse_part(made.body, "out.docx", "body", findings);
  EXPECT_TRUE(tree) << to_text(findings) << made.body;
  if (tree) testing::read(*tree, made.text);
  return made;
}

TEST(MarkPicture, FitsAPictureIntoItsBox) {
  const auto made = make(paragraph("前{{a | picture 25mm 35mm}}后"), "a: a.png");
  EXPECT_EQ(made.text, "前后/");
  EXPECT_THAT(made.body, HasSubstr("<wp:extent cx=\"900000\" cy=\"450000\"/>"));
  EXPECT_THAT(made.part("word/_rels/document.xml.rels"), HasSubstr("Target=\"media/wenshu1.png\""));
  EXPECT_EQ(made.part("word/media/wenshu1.png"), files().at("a.png"));
  EXPECT_THAT(made.part("[Content_Types].xml"),
              HasSubstr("<Default Extension=\"png\" ContentType=\"image/png\"/>"));
}

TEST(MarkPicture, KeepsOneCopyAndUniqueIds) {
  const auto made = make(paragraph("{{#all}}{{. | picture 2cm}}{{/all}}"), "all: [a.png, b.png, a.png]");
  EXPECT_TRUE(made.archive.has("word/media/wenshu2.png"));
  EXPECT_FALSE(made.archive.has("word/media/wenshu3.png"));
  for (const char* id : {"1", "2", "3"})
    EXPECT_EQ(count(made.body, std::string("<wp:docPr id=\"") + id + "\""), 1);
}

TEST(MarkPicture, IsNeverWiderThanItsCell) {
  const auto made = make(table({{paragraph("{{a | picture}}")}}), "a: a.png");
  EXPECT_THAT(made.body, HasSubstr("<wp:extent cx=\"1132840\" cy=\"566420\"/>"));  // (2000 - 216) twips
}

TEST(MarkPicture, TellsWhatIsMissingOrDamaged) {
  EXPECT_THAT(make(paragraph("{{a | picture}}"), "a: x.png").faults,
              HasSubstr("error[no-such-file]: 字段“a”：没有文件“x.png”"));
  EXPECT_THAT(make(paragraph("{{a | picture}}"), "a: bad.png").faults, HasSubstr("error[bad-picture]"));
  EXPECT_EQ(make(paragraph("[{{a | line 4 | picture}}]"), "a: ").text, "[____]/");
  EXPECT_THAT(load_faults(paragraph("{{a | picture 25 35 45}}")), ElementsAre("bad-mark@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{a | picture 0}}")), ElementsAre("bad-mark@第1段"));
  EXPECT_THAT(load_faults(paragraph("{{a | picture wide}}")), ElementsAre("bad-mark@第1段"));
}

TEST(MarkSeal, LiesOverItsPlaceAndStandsInLineWithOthers) {
  const auto made = make(paragraph("2024年{{a | seal 40}}6月6日"), "a: b.png");
  EXPECT_EQ(made.text, "2024年6月6日/");
  EXPECT_THAT(made.body,
              HasSubstr("<wp:positionH relativeFrom=\"character\"><wp:posOffset>-720000</wp:posOffset>"));
  EXPECT_THAT(made.body,
              HasSubstr("<wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>-972000</wp:posOffset>"));
  EXPECT_NE(made.part("word/media/wenshu1.png"), files().at("b.png")) << "its paper is clear";
  const auto joint = make(paragraph("{{a | seal 40}}"), "a: [b.png, a.png]");
  EXPECT_THAT(joint.body, HasSubstr("<wp:posOffset>-1476000</wp:posOffset>"));  // 82 mm wide, from -41
  EXPECT_THAT(joint.body, HasSubstr("<wp:posOffset>36000</wp:posOffset>"));
}

TEST(MarkQr, IsReadableOrAFault) {
  const auto made = make(paragraph("{{a | qr 20}}"), "a: https://example.cn/v/1");
  EXPECT_THAT(made.body, HasSubstr("<wp:extent cx=\"720000\" cy=\"720000\"/>"));
  EXPECT_THAT(make(paragraph("{{a | qr 5}}"), "a: https://example.cn/v/1").faults,
              HasSubstr("error[qr-too-small]"));
  EXPECT_THAT(make(paragraph("{{a | qr}}"), "a: " + std::string(2400, 'a')).faults,
              HasSubstr("error[qr-too-long]"));
}

// A picture that somebody placed in Word.
std::string placed_picture(const std::string& words) {
  return "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"720000\" cy=\"720000\"/><wp:docPr id=\"9\" "
         "name=\"图片\" "
         "descr=\"" +
         words +
         "\"/><a:graphic xmlns:a=\"a\"><a:blip r:embed=\"rId9\"/><a:ext cx=\"720000\" cy=\"720000\"/>"
         "</a:graphic></wp:inline></w:drawing></w:r></w:p>";
}

TEST(AltPicture, TakesTheFrameOfThePictureThatIsThere) {
  const auto made = make(placed_picture("{{a}}"), "a: a.png");
  EXPECT_THAT(made.body, HasSubstr("<wp:extent cx=\"720000\" cy=\"360000\"/>"));
  EXPECT_THAT(made.body, HasSubstr("<a:blip r:embed=\"rIdW1\"/>"));
  EXPECT_THAT(make(placed_picture("{{a}}"), "a: x.png").faults,
              HasSubstr("第1张图片的替代文字: error[no-such-file]"));
  EXPECT_THAT(load_faults(placed_picture("{{#a}}")), ElementsAre("bad-tag@第1张图片的替代文字"));
  EXPECT_THAT(
      make(paragraph("{{#all}}") + placed_picture("{{.}}") + paragraph("{{/all}}"), "all: [a.png, b.png]")
          .body,
      HasSubstr("rIdW2"));
}

TEST(AltPicture, IsShownWholeWhateverWasCutOffTheOneBefore) {
  std::string placed = placed_picture("{{a}}");
  const std::string blip = "<a:blip r:embed=\"rId9\"/>";
  placed.insert(placed.find(blip) + blip.size(), "<a:srcRect l=\"10000\"/>");
  const auto made = make(placed, "a: a.png");
  EXPECT_THAT(made.body, Not(HasSubstr("srcRect")));
  EXPECT_THAT(made.body, HasSubstr("<a:ext cx=\"720000\" cy=\"360000\"/>"));
}

TEST(CheckBox, FollowsItsValueInBothItsStates) {
  const std::string box =
      "<w:p><w:sdt><w:sdtPr><w:id w:val=\"5\"/><w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState "
      "w14:val=\"2611\"/><w14:uncheckedState "
      "w14:val=\"2610\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{{a}}</w:t>"
      "</w:r></w:sdtContent></w:sdt></w:p>";
  const auto yes = make(box, "a: 'true'"), no = make(box, "a: 否");
  EXPECT_EQ(yes.text, "☑/");
  EXPECT_THAT(yes.body, HasSubstr("<w14:checkbox><w14:checked w14:val=\"1\"/>"));
  EXPECT_EQ(no.text, "☐/");
  EXPECT_THAT(no.body, HasSubstr("<w14:checked w14:val=\"0\"/>"));
}

TEST(StaleFields, AreCountedAnewByWord) {
  const auto field = [](const std::string& words) {
    return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> " + words +
           " </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
  };
  const auto made = make(paragraph("{{a}}") + field("TOC \\\\o") + field("DATE"), "a: 1");
  EXPECT_EQ(count(made.body, "<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/>"), 1);
}

TEST(MarkLink, LeadsToAddressesOnly) {
  const auto made = make(paragraph("见{{a | link 报名入口}}。"), "a: http://a.cn/?x=1&y=2");
  EXPECT_EQ(made.text, "见报名入口。/");
  EXPECT_THAT(made.part("word/_rels/document.xml.rels"),
              HasSubstr("Target=\"http://a.cn/?x=1&amp;y=2\" TargetMode=\"External\""));
  EXPECT_THAT(made.body, HasSubstr("<w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/>"));
  EXPECT_EQ(make(paragraph("{{a | link}}"), "a: {title: 网, url: www.a.cn}").text, "网/");
  EXPECT_THAT(make(paragraph("{{a | link}}"), "a: 'javascript:alert(1)'").faults,
              HasSubstr("error[not-an-address]"));
}

TEST(MarkFootnote, MakesThePartAndNumbersNotes) {
  const auto made = make(paragraph("甲{{a | footnote}}乙{{b | footnote}}"), "{a: '1 < 2', b: 注二}");
  EXPECT_THAT(made.part("word/footnotes.xml"), HasSubstr("<w:footnote w:id=\"1\">"));
  EXPECT_THAT(made.part("word/footnotes.xml"), HasSubstr(" 1 &lt; 2</w:t>"));
  EXPECT_THAT(made.body, HasSubstr("<w:footnoteReference w:id=\"2\"/>"));
  EXPECT_THAT(made.part("[Content_Types].xml"), HasSubstr("footnotes+xml"));
  EXPECT_THAT(load_faults("<w:p><w:r><w:pict><w:txbxContent>" + paragraph("{{a | footnote}}") +
                          "</w:txbxContent></w:pict></w:r></w:p>"),
              ElementsAre(HasSubstr("bad-mark@")));
}

TEST(MarkMarkdown, BecomesParagraphsListsAndTables) {
  const auto made = make(
      "<w:p><w:pPr><w:ind w:firstLine=\"420\"/><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:sz "
      "w:val=\"32\"/></w:rPr><w:t>{{a | markdown}}</w:t></w:r></w:p>",
      "a: \"# 题\\n\\n一**二**\\n\\n1. 甲\\n2. 乙\\n\\n| A | B |\\n|--|--|\\n| 1 | 2 |\\n\"");
  EXPECT_EQ(made.text, "题/一二/甲/乙/A/|B/|;1/|2/|;");
  EXPECT_THAT(made.body, HasSubstr("<w:r><w:rPr><w:b/><w:bCs/><w:sz w:val=\"32\"/></w:rPr>"));
  EXPECT_THAT(made.body, HasSubstr("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"));
  EXPECT_EQ(count(made.part("word/numbering.xml"), "<w:num "), 1);
  EXPECT_EQ(make(paragraph("前{{a | markdown}}后"), "a: \"**粗**细\"").text, "前粗细后/");
  EXPECT_THAT(make(paragraph("前{{a | markdown}}"), "a: \"一\\n\\n二\"").faults,
              HasSubstr("error[markdown-in-a-line]"));
}

TEST(MarkMarkdown, TellsThatAPictureDoesNotComeIn) {
  for (const char* text : {"a: \"看![图](a.png)\"", "a: \"![](a.png)\""})
    EXPECT_THAT(make(paragraph("{{a | markdown}}"), text).faults, HasSubstr("error[markdown-picture]"))
        << text;
}

TEST(MarkDocument, BringsNoTagsThatNobodyFills) {
  EXPECT_THAT(make(paragraph("{{a | document}}"), "a: tagged.docx").faults,
              HasSubstr("error[tags-in-document]"));
}

TEST(MarkDocument, BringsPicturesAndNotesUnderNumbersOfTheirOwn) {
  const auto made = make(paragraph("{{n | footnote}}{{p | picture 10}}") + paragraph("{{a | document}}"),
                         "{n: 模板的注, p: a.png, a: rich.docx}");
  EXPECT_EQ(made.part("word/media/wenshu1.png"), files().at("a.png"));
  EXPECT_EQ(made.part("word/media/wenshu2.png"), files().at("b.png"));
  EXPECT_EQ(count(made.body, "r:embed=\"rIdW"), 2);
  for (const char* target : {"media/wenshu1.png", "media/wenshu2.png"})
    EXPECT_EQ(count(made.part("word/_rels/document.xml.rels"), target), 1);
  for (const char* id : {"1", "2"}) {
    EXPECT_EQ(count(made.body, std::string("<w:footnoteReference w:id=\"") + id + "\""), 1);
    EXPECT_EQ(count(made.part("word/footnotes.xml"), std::string("<w:footnote w:id=\"") + id + "\""), 1);
    EXPECT_EQ(count(made.body, std::string("<wp:docPr id=\"") + id + "\""), 1);
  }
  EXPECT_THAT(made.part("word/footnotes.xml"), HasSubstr("附件的注"));
}

TEST(MarkDocument, BeginsItsListsAnewEachTimeItComesIn) {
  const auto made = make(paragraph("{{#all}}") + paragraph("{{. | document}}") + paragraph("{{/all}}"),
                         "all: [list.docx, list.docx]");
  for (const char* number : {"1", "2"})
    EXPECT_EQ(count(made.body, std::string("<w:numId w:val=\"") + number + "\"/>"), 2);
  EXPECT_EQ(count(made.part("word/numbering.xml"), "<w:abstractNum "), 1);
  EXPECT_EQ(count(made.part("word/numbering.xml"),
                  "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>"),
            1);
}

TEST(MarkDocument, BringsABodyWithItsStyles) {
  const auto made = make(paragraph("前") + paragraph("{{a | document}}") + paragraph("后"), "a: sub.docx");
  EXPECT_EQ(made.text, "前/附件正文/后/");
  EXPECT_EQ(count(made.body, "<w:sectPr>"), 1);
  EXPECT_THAT(make(paragraph("{{a | document}}"), "a: bad.png").faults, HasSubstr("error[not-a-zip]"));
  EXPECT_THAT(load_faults(paragraph("前{{a | document}}")), ElementsAre("bad-mark@第1段"));
}

}  // namespace
}  // namespace wenshu::docx
