// Word files whose parts bear other names than Word gives them: ECMA-376 part 2 leaves the names open.
#include "docx/open.h"

#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "docx/fill.h"
#include "docx/relations.h"
#include "tests/docx/small_docx.h"

namespace wenshu::docx {
namespace {

using Names = std::map<std::string, std::string>;

const std::string kStart = testing::docx(testing::paragraph("{{姓名}}"), testing::paragraph("{{单位}}"));

std::string refilled(const std::vector<std::pair<std::string, std::string>>& parts) {
  package::ArchiveWriter writer;
  for (const auto& [name, bytes] : parts) writer.add(name, bytes);
  return writer.finish();
}

// The file with its parts under other names; all that names them follows, targets as relative ones are written.
std::string renamed(const Names& names, const Names& words, const Names& more = {}) {
  Diagnostics findings;
  const auto archive = package::open_archive(kStart, "a.docx", findings);
  std::vector<std::pair<std::string, std::string>> parts;
  for (const std::string& name : archive->names()) {
    std::string bytes = archive->read(name);
    for (const auto& [from, to] : words) bytes = replace_all(bytes, from, to);
    parts.emplace_back(names.count(name) ? names.at(name) : name, bytes);
  }
  parts.insert(parts.end(), more.begin(), more.end());
  return refilled(parts);
}

// Body and header of what is made of it, found as Word finds them.
std::string filled_text(const std::string& bytes) {
  Diagnostics findings;
  const auto loaded = load_template(bytes, "a.docx", findings);
  data::Value data = data::Value::map();
  data.set("姓名", "张三");
  data.set("单位", "一中");
  const auto made = loaded ? loaded->fill(data, findings) : std::nullopt;
  EXPECT_TRUE(made) << to_text(findings);
  if (!made) return {};
  const auto archive = package::open_archive(*made, "b.docx", findings);
  std::string text;
  for (const auto& [id, body] : read_relations(*archive, "")) {
    text += archive->read(body.target);
    EXPECT_NE(archive->read("[Content_Types].xml").find("PartName=\"/" + body.target + "\""),
              std::string::npos);
    for (const auto& [its_id, header] : read_relations(*archive, body.target))
      text += archive->read(header.target);
  }
  return text;
}

void expect_filled(const std::string& bytes) {
  const std::string text = filled_text(bytes);
  EXPECT_NE(text.find("张三"), std::string::npos) << text;
  EXPECT_NE(text.find("一中"), std::string::npos) << text;
}

TEST(Open, FillsAFileWhoseBodyStandsOutsideOfTheFolderWord) {
  expect_filled(renamed({{"word/document.xml", "document.xml"},
                         {"word/_rels/document.xml.rels", "_rels/document.xml.rels"},
                         {"word/header1.xml", "header1.xml"}},
                        {{"word/document.xml", "document.xml"}, {"word/header1.xml", "header1.xml"}}));
}

TEST(Open, FillsAFileWhosePartsBearNamesOfTheirOwn) {
  expect_filled(renamed({{"word/document.xml", "text/main.xml"},
                         {"word/_rels/document.xml.rels", "text/_rels/main.xml.rels"},
                         {"word/header1.xml", "heads/first.xml"}},
                        {{"word/document.xml", "text/main.xml"},
                         {"Target=\"header1.xml\"", "Target=\"../heads/first.xml\""},
                         {"word/header1.xml", "heads/first.xml"}}));
}

TEST(Open, FillsTheBodyThatIsMeantNotTheOneWithTheUsualName) {
  expect_filled(renamed({{"word/document.xml", "word/document2.xml"},
                         {"word/_rels/document.xml.rels", "word/_rels/document2.xml.rels"}},
                        {{"word/document.xml", "word/document2.xml"}},
                        {{"word/document.xml", testing::part("document", "<w:body/>")},
                         {"word/_rels/document.xml.rels", "<Relationships/>"}}));
}

TEST(Open, LeavesStrayRelationshipsBehind) {
  expect_filled(renamed(
      {{"word/document.xml", "document.xml"}, {"word/_rels/document.xml.rels", "_rels/document.xml.rels"}},
      {{"word/document.xml", "document.xml"}, {"\"header1.xml\"", "\"word/header1.xml\""}},
      {{"word/_rels/document.xml.rels", "<Relationships/>"}}));
}

TEST(Open, GivesATypeToWhatHadOneByItsExtension) {
  expect_filled(
      renamed({{"word/document.xml", "main.wml"}, {"word/_rels/document.xml.rels", "_rels/main.wml.rels"}},
              {{"word/document.xml", "main.wml"},
               {"Override PartName=\"/main.wml\"", "Default Extension=\"wml\""},
               {"\"header1.xml\"", "\"word/header1.xml\""}}));
}

TEST(Open, LeavesAFileWithUsualNamesAsItIs) {
  Diagnostics findings;
  const auto before = package::open_archive(kStart, "a.docx", findings);
  const auto after = open_word(kStart, "a.docx", findings);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(after->names(), before->names());
  for (const std::string& name : before->names())
    EXPECT_EQ(after->packed(name).bytes, before->packed(name).bytes) << name;
}

}  // namespace
}  // namespace wenshu::docx
