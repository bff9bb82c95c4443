#include "docx/write.h"

#include <fmt/format.h>

#include <cmath>

#include "docx/write_parts.h"
#include "docx/write_style.h"
#include "package/archive.h"

namespace wenshu::docx {
namespace {

using document::Block;
using document::Cell;
using document::Paragraph;
using document::Section;
using document::Table;

constexpr const char* kPart = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

std::string number(long long n) { return fmt::format("{}", n); }

// Where the floating table of the 版记 stands: its lower edge on the lower edge of the text area.
void write_position(pugi::xml_node properties, const document::Page& page) {
  pugi::xml_node node = add_element(properties, "w:tblpPr");
  set_attribute(node, "w:leftFromText", "0");
  set_attribute(node, "w:rightFromText", "0");
  set_attribute(node, "w:vertAnchor", "margin");
  set_attribute(node, "w:horzAnchor", "page");
  set_attribute(node, "w:tblpX", number(mm_to_twips(page.left_mm)));
  set_attribute(node, "w:tblpYSpec", "bottom");
}

void write_table_rules(pugi::xml_node properties, const Table& table) {
  pugi::xml_node borders = add_element(properties, "w:tblBorders");
  const auto rule = [&](const char* side, bool drawn, double points) {
    pugi::xml_node node = add_element(borders, side);
    set_attribute(node, "w:val", drawn ? "single" : "nil");
    if (!drawn) return;
    set_attribute(node, "w:sz", number(std::llround(points * 8)));
    set_attribute(node, "w:space", "0");
    set_attribute(node, "w:color", "000000");
  };
  rule("w:top", true, table.outer_rule_pt);
  rule("w:left", table.upright_rules, table.outer_rule_pt);
  rule("w:bottom", true, table.outer_rule_pt);
  rule("w:right", table.upright_rules, table.outer_rule_pt);
  rule("w:insideH", true, table.inner_rule_pt);
  rule("w:insideV", table.upright_rules, table.inner_rule_pt);
}

void write_width(pugi::xml_node parent, const char* name, double mm) {
  pugi::xml_node node = add_element(parent, name);
  set_attribute(node, "w:w", number(mm_to_twips(mm)));
  set_attribute(node, "w:type", "dxa");
}

class Writer {
 public:
  explicit Writer(const document::Document& document) : document_(document), styles_(document) {}

  std::string write() {
    package::ArchiveWriter archive;
    const std::string main = main_part();
    std::vector<PartName> listed = parts_;
    listed.push_back({"word/document.xml", std::string(kPart) + "document.main+xml", ""});
    listed.push_back({"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", ""});
    listed.push_back(
        {"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", ""});
    archive.add("[Content_Types].xml", content_types_part(listed));
    archive.add("_rels/.rels", package_relations_part());
    archive.add("docProps/core.xml", core_properties_part(document_));
    archive.add("docProps/app.xml", app_properties_part());
    archive.add("word/document.xml", main);
    archive.add("word/_rels/document.xml.rels", document_relations_part(parts_));
    archive.add("word/styles.xml", styles_.write_part());
    archive.add("word/settings.xml", settings_part());
    archive.add("word/fontTable.xml", font_table_part());
    archive.add("word/footer1.xml", footer_part(false));
    archive.add("word/footer2.xml", footer_part(true));
    archive.add("word/footer3.xml", blank_footer_part());
    return archive.finish();
  }

 private:
  std::string main_part() {
    pugi::xml_document part;
    pugi::xml_node root = part.append_child("w:document");
    set_attribute(root, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    set_attribute(root, "xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    pugi::xml_node body = add_element(root, "w:body");
    for (size_t i = 0; i < document_.sections.size(); ++i)
      write_section(body, document_.sections[i], i + 1 == document_.sections.size());
    return xml::to_bytes(part);
  }

  void write_section(pugi::xml_node body, const Section& section, bool last) {
    pugi::xml_node closing;  // the paragraph that ends the section
    for (const Block& block : section.blocks) {
      closing = {};
      switch (block.kind) {
        case Block::Kind::paragraph:
          closing = styles_.write_paragraph(body, block.paragraph);
          break;
        case Block::Kind::table:
          write_table(body, block.table, nullptr);
          break;
        case Block::Kind::foot:
          write_table(body, block.foot.table, &section.page);
          closing = write_speck(body);  // what the floating table is anchored to
          break;
      }
    }
    if (!closing) closing = write_speck(body);
    write_page(last ? body : closing.child("w:pPr"), section);
  }

  // A paragraph of one point, where Word wants one and nothing should show.
  static pugi::xml_node write_speck(pugi::xml_node body) {
    pugi::xml_node paragraph = add_element(body, "w:p");
    pugi::xml_node properties = add_element(paragraph, "w:pPr");
    add_value(properties, "w:pStyle", "Speck");
    return paragraph;
  }

  void write_table(pugi::xml_node parent, const Table& table, const document::Page* foot_of) {
    pugi::xml_node node = add_element(parent, "w:tbl");
    pugi::xml_node properties = add_element(node, "w:tblPr");
    if (foot_of) write_position(properties, *foot_of);
    double width = 0;
    for (const double column : table.column_mm) width += column;
    write_width(properties, "w:tblW", width);
    write_table_rules(properties, table);
    add_element(properties, "w:tblLayout").append_attribute("w:type") = "fixed";
    pugi::xml_node margins = add_element(properties, "w:tblCellMar");
    write_width(margins, "w:top", table.cell_padding_mm);
    write_width(margins, "w:left", table.cell_margin_mm);
    write_width(margins, "w:bottom", table.cell_padding_mm);
    write_width(margins, "w:right", table.cell_margin_mm);
    pugi::xml_node grid = add_element(node, "w:tblGrid");
    for (const double column : table.column_mm)
      set_attribute(add_element(grid, "w:gridCol"), "w:w", number(mm_to_twips(column)));
    for (const document::Row& row : table.rows) write_row(node, row, table);
  }

  void write_row(pugi::xml_node parent, const document::Row& row, const Table& table) {
    pugi::xml_node node = add_element(parent, "w:tr");
    pugi::xml_node properties = add_element(node, "w:trPr");
    add_element(properties, "w:cantSplit");
    if (row.repeats) add_element(properties, "w:tblHeader");
    // A cell that is joined from below begins a vertical merge; look for one under each cell of this row.
    const document::Row* below = &row != &table.rows.back() ? &row + 1 : nullptr;
    size_t at = 0;
    for (const Cell& cell : row.cells) {
      write_cell(node, cell, table, at, below && continues_at(*below, at));
      at += cell.columns;
    }
  }

  static bool continues_at(const document::Row& row, size_t column) {
    size_t at = 0;
    for (const Cell& cell : row.cells) {
      if (at == column) return cell.continues_above;
      at += cell.columns;
    }
    return false;
  }

  void write_cell(pugi::xml_node row, const Cell& cell, const Table& table, size_t at, bool joined_below) {
    pugi::xml_node node = add_element(row, "w:tc");
    pugi::xml_node properties = add_element(node, "w:tcPr");
    double width = 0;
    for (int i = 0; i < cell.columns; ++i) width += table.column_mm.at(at + i);
    write_width(properties, "w:tcW", width);
    if (cell.columns > 1) add_value(properties, "w:gridSpan", number(cell.columns));
    if (cell.continues_above || joined_below)
      add_value(properties, "w:vMerge", cell.continues_above ? "continue" : "restart");
    add_value(properties, "w:vAlign", "center");
    for (const Paragraph& paragraph : cell.paragraphs) styles_.write_paragraph(node, paragraph);
    if (cell.paragraphs.empty()) write_speck(node);
  }

  void write_page(pugi::xml_node parent, const Section& section) {
    const document::Page& page = section.page;
    pugi::xml_node node = add_element(parent, "w:sectPr");
    const bool numbered = section.numbers == document::PageNumbers::outside;
    for (const auto& [type, id] :
         {std::pair{"default", numbered ? "rId4" : "rId6"}, {"even", numbered ? "rId5" : "rId6"}}) {
      pugi::xml_node footer = add_element(node, "w:footerReference");
      set_attribute(footer, "w:type", type);
      set_attribute(footer, "r:id", id);
    }
    pugi::xml_node size = add_element(node, "w:pgSz");
    set_attribute(size, "w:w", number(mm_to_twips(page.width_mm)));
    set_attribute(size, "w:h", number(mm_to_twips(page.height_mm)));
    if (page.landscape) set_attribute(size, "w:orient", "landscape");
    pugi::xml_node margins = add_element(node, "w:pgMar");
    for (const auto& [name, mm] : {std::pair{"w:top", page.top_mm},
                                   {"w:right", page.right_mm},
                                   {"w:bottom", page.bottom_mm},
                                   {"w:left", page.left_mm},
                                   {"w:header", 15.0},
                                   {"w:footer", kFooterMm},
                                   {"w:gutter", 0.0}})
      set_attribute(margins, name, number(mm_to_twips(mm)));
    pugi::xml_node grid = add_element(node, "w:docGrid");
    set_attribute(grid, "w:type", "lines");
    set_attribute(grid, "w:linePitch", number(to_twips(Paragraph().line_pitch_pt)));
  }

  const document::Document& document_;
  StyleBook styles_;
  // In the order of their relationship ids: rId1 …
  const std::vector<PartName> parts_ = {
      {"word/styles.xml", std::string(kPart) + "styles+xml", "styles"},
      {"word/settings.xml", std::string(kPart) + "settings+xml", "settings"},
      {"word/fontTable.xml", std::string(kPart) + "fontTable+xml", "fontTable"},
      {"word/footer1.xml", std::string(kPart) + "footer+xml", "footer"},
      {"word/footer2.xml", std::string(kPart) + "footer+xml", "footer"},
      {"word/footer3.xml", std::string(kPart) + "footer+xml", "footer"},
  };
};

}  // namespace

std::string write_document(const document::Document& document) { return Writer(document).write(); }

}  // namespace wenshu::docx
