#include "xml/tree.h"

#include <gmock/gmock.h>

namespace wenshu::xml {
namespace {

using testing::HasSubstr;

const std::string kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

std::string round_trip(std::string_view bytes) {
  Diagnostics findings;
  auto document = parse_part(bytes, "a.docx", "word/document.xml", findings);
  EXPECT_EQ(to_text(findings), "");
  return document ? to_bytes(*document) : "";
}

std::string fault(std::string_view bytes) {
  Diagnostics findings;
  EXPECT_FALSE(parse_part(bytes, "a.docx", "word/document.xml", findings));
  EXPECT_EQ(findings.size(), 1u);
  return findings.empty() ? "" : to_text(*findings.begin());
}

TEST(Tree, WritesBackWhatItRead) {
  std::string body =
      "<w:p xmlns:w=\"urn:w\"><!-- 注 --><w:r><w:t xml:space=\"preserve\">  </w:t> \n "
      "<w:t>甲&amp;&lt;乙&gt;𬳽</w:t>"
      "</w:r><w:tab w:val=\"a&quot;b&#10;c\"/><?pi x?><![CDATA[<raw>]]></w:p>";
  EXPECT_EQ(round_trip(kDeclaration + body), kDeclaration + body);
  EXPECT_EQ(round_trip("\xEF\xBB\xBF" + body + "\r\n"), kDeclaration + body);
  EXPECT_EQ(round_trip("<?xml version='1.0' encoding='utf-8'?>" + body), kDeclaration + body);
}

TEST(Tree, WritesOneNodeWithoutADeclaration) {
  Diagnostics findings;
  auto document = parse_part("<a><b> x </b><c/></a>", "a", "b", findings);
  EXPECT_EQ(to_bytes(document->child("a").child("b")), "<b> x </b>");
}

TEST(Tree, SaysWhereAPartIsMalformed) {
  EXPECT_THAT(fault("<a>\n<中文>文</b></a>"), HasSubstr("a.docx:2:"));
  EXPECT_THAT(fault("<a>\n<中文>文</b></a>"),
              HasSubstr("error[bad-xml]: 内部文件的 XML 开始标签与结束标签不配对"));
  for (const char* bytes :
       {"", "<a>", "<a", "<a b=c/>", "<a b='x/>", "text", "<a><!-- </a>", "<a>&\x01;</a>"}) {
    EXPECT_THAT(fault(bytes), HasSubstr("word/document.xml")) << bytes;
  }
}

TEST(Tree, RefusesADocumentType) {
  EXPECT_THAT(fault("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>"), HasSubstr("xml-doctype"));
  EXPECT_THAT(fault("<a/>\n<!doctype x>"), HasSubstr("a.docx:2:1: word/document.xml: error[xml-doctype]"));
  EXPECT_EQ(round_trip("<a><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE y>]]></a>"),
            kDeclaration + "<a><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE y>]]></a>");
}

std::string nested(int depth, const std::string& open = "<a>") {
  std::string bytes;
  for (int i = 0; i < depth; ++i) bytes += open;
  for (int i = 0; i < depth; ++i) bytes += "</a>";
  return bytes;
}

TEST(Tree, HoldsTheDepthLimitExactly) {
  EXPECT_EQ(round_trip(nested(kMaxDepth - 1, "<a>").insert(3, "<b c='>'/>")).find("error"),
            std::string::npos);
  Diagnostics findings;
  EXPECT_TRUE(parse_part(nested(kMaxDepth), "a", "b", findings));
  EXPECT_THAT(fault(nested(kMaxDepth + 1)), HasSubstr("xml-too-deep"));
  EXPECT_THAT(fault(nested(kMaxDepth + 1, "<a b='/'>")), HasSubstr("xml-too-deep"));
  EXPECT_THAT(fault(nested(1'000'000)), HasSubstr("xml-too-deep"));
}

TEST(Tree, RefusesOtherEncodings) {
  EXPECT_THAT(fault("<a>\xD6\xD0</a>"), HasSubstr("not-utf8"));
  EXPECT_THAT(fault("<?xml version='1.0' encoding='GB18030'?><a/>"), HasSubstr("not-utf8"));
  EXPECT_THAT(fault(std::string_view("\xFF\xFE<\0a\0/\0>\0", 10)), HasSubstr("not-utf8"));
}

TEST(Tree, SurvivesEveryTruncation) {
  std::string bytes = "<?xml version=\"1.0\"?><a b=\"c\"><!-- d --><e>文&amp;</e><![CDATA[f]]><?g h?></a>";
  for (size_t size = 0; size < bytes.size(); ++size) {
    Diagnostics findings;
    EXPECT_FALSE(parse_part(bytes.substr(0, size), "a", "b", findings)) << size;
    EXPECT_TRUE(findings.has_errors());
  }
}

}  // namespace
}  // namespace wenshu::xml
