// Small workbooks for the tests of reading.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "package/archive.h"

namespace wenshu::xlsx::testing {

inline const char* const kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline const char* const kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Small {
  std::vector<std::pair<std::string, std::string>> sheets;  // name, what stands inside <worksheet>
  std::string strings;                                      // inside <sst>; no such part when empty
  std::string formats;                                      // <numFmts>…</numFmts><cellXfs>…</cellXfs>
  std::string workbook;                        // before <sheets>, such as <workbookPr date1904="1"/>
  std::map<std::string, std::string> instead;  // parts as they are; "" leaves one out
};

// Rows of finished <c> elements as sheet data; row numbers from 1.
inline std::string rows(const std::vector<std::string>& rows) {
  std::string xml = "<sheetData>";
  for (size_t i = 0; i < rows.size(); ++i) xml += fmt::format("<row r=\"{}\">{}</row>", i + 1, rows[i]);
  return xml + "</sheetData>";
}

// <c> elements without references, each an inline string; "" an empty cell.
inline std::string texts(const std::vector<std::string>& cells) {
  std::string xml;
  for (const std::string& cell : cells)
    xml += cell.empty() ? "<c/>" : "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
  return xml;
}

inline std::string to_bytes(const Small& book) {
  std::map<std::string, std::string> parts;
  std::string sheets, relations;
  const auto relate = [&](const std::string& id, const char* kind, const std::string& target) {
    relations +=
        fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, kRelations, kind, target);
  };
  for (size_t i = 0; i < book.sheets.size(); ++i) {
    const std::string file = fmt::format("worksheets/sheet{}.xml", i + 1);
    sheets +=
        fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", book.sheets[i].first, i + 1, i + 1);
    relate(fmt::format("rId{}", i + 1), "worksheet", file);
    parts["xl/" + file] = fmt::format("<worksheet xmlns=\"{}\">{}</worksheet>", kMain, book.sheets[i].second);
  }
  if (!book.strings.empty()) {
    relate("rIdS", "sharedStrings", "/xl/sharedStrings.xml");
    parts["xl/sharedStrings.xml"] = fmt::format("<sst xmlns=\"{}\">{}</sst>", kMain, book.strings);
  }
  if (!book.formats.empty()) {
    relate("rIdF", "styles", "styles.xml");
    parts["xl/styles.xml"] = fmt::format("<styleSheet xmlns=\"{}\">{}</styleSheet>", kMain, book.formats);
  }
  parts["xl/workbook.xml"] =
      fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\">{}<sheets>{}</sheets></workbook>", kMain, kRelations,
                  book.workbook, sheets);
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
  parts["_rels/.rels"] = fmt::format(
      "<Relationships><Relationship Id=\"r1\" Type=\"{}/officeDocument\" "
      "Target=\"xl/workbook.xml\"/></Relationships>",
      kRelations);
  parts["[Content_Types].xml"] = "<Types/>";
  for (const auto& [name, bytes] : book.instead) parts[name] = bytes;
  package::ArchiveWriter writer;
  for (const auto& [name, bytes] : parts)
    if (!bytes.empty()) writer.add(name, bytes);
  return writer.finish();
}

}  // namespace wenshu::xlsx::testing
