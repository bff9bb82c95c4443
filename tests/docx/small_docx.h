// Small Word files for the tests of filling.
#pragma once

#include <string>
#include <vector>

#include "package/archive.h"

namespace wenshu::docx::testing {

inline std::string paragraph(const std::string& text) {
  return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

// One table; rows are cells of finished XML.
inline std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>";
  for (size_t i = 0; i < rows.at(0).size(); ++i) xml += "<w:gridCol w:w=\"2000\"/>";
  xml += "</w:tblGrid>";
  for (const auto& row : rows) {
    xml += "<w:tr>";
    for (const std::string& cell : row) {
      xml += "<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>" + cell + "</w:tc>";
    }
    xml += "</w:tr>";
  }
  return xml + "</w:tbl>";
}

inline std::string part(const std::string& root, const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:" + root +
         " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
         " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
         " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
         " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
         " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\">" +
         inside + "</w:" + root + ">";
}

// A whole .docx around a body; with a header when `header` is not empty, and with a picture rId9 when the body has one.
inline std::string docx(const std::string& body, const std::string& header = "") {
  const std::string types =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
      "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>";
  const std::string header_type =
      "<Override PartName=\"/word/header1.xml\" ContentType=\"application/"
      "vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>";
  const std::string kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto relations = [](const std::string& inside) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
           inside + "</Relationships>";
  };
  package::ArchiveWriter writer;
  writer.add("[Content_Types].xml", types + (header.empty() ? "" : header_type) + "</Types>");
  writer.add("_rels/.rels", relations("<Relationship Id=\"rId1\" Type=\"" + kRelations +
                                      "/officeDocument\" Target=\"word/document.xml\"/>"));
  if (header.empty() && body.find("\"rId9\"") != std::string::npos)
    writer.add("word/_rels/document.xml.rels",
               relations("<Relationship Id=\"rId9\" Type=\"" + kRelations +
                         "/image\" Target=\"https://example.cn/nine.png\" TargetMode=\"External\"/>"));
  std::string section = "<w:sectPr>";
  if (!header.empty()) {
    writer.add("word/_rels/document.xml.rels", relations("<Relationship Id=\"rId1\" Type=\"" + kRelations +
                                                         "/header\" Target=\"header1.xml\"/>"));
    writer.add("word/header1.xml", part("hdr", header));
    section += "<w:headerReference w:type=\"default\" r:id=\"rId1\"/>";
  }
  section += "<w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>";
  writer.add("word/document.xml", part("document", "<w:body>" + body + section + "</w:body>"));
  writer.add("customXml/kept.xml", "<kept  a='1' ></kept>");
  return writer.finish();
}

}  // namespace wenshu::docx::testing
