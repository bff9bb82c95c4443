#include "docx/write.h"

#include <fmt/format.h>

#include <algorithm>

#include "docx/write_element.h"
#include "docx/write_flow.h"
#include "docx/write_page.h"
#include "docx/write_parts.h"
#include "docx/write_style.h"
#include "docx/write_table.h"
#include "package/archive.h"
#include "picture/encode.h"

namespace wenshu::docx {
namespace {

using document::Block;
using document::Paragraph;
using document::Section;
using document::Table;

bool has_place(const Block& block) {
  return block.kind == Block::Kind::paragraph ? block.paragraph.top_mm.has_value()
         : block.kind == Block::Kind::table   ? block.table.top_mm.has_value()
                                              : false;
}

class Writer {
 public:
  explicit Writer(const document::Document& document)
      : document_(document), styles_(document), pages_(document, parts_, drawings_) {}

  std::string write() {
    parts_.add_only("styles", "");  // the place of rId1; what is in it is known at the end
    parts_.add_only("settings", settings_part());
    parts_.add_only("fontTable", font_table_part());
    const std::string main = main_part();
    std::vector<PartName> names;
    for (const PartBook::Part& part : parts_.parts()) names.push_back(part.name);

    package::ArchiveWriter archive;
    std::vector<PartName> listed = names;
    listed.push_back({"word/document.xml", std::string(kWordPart) + "document.main+xml", ""});
    listed.push_back({"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", ""});
    listed.push_back(
        {"docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", ""});
    archive.add("[Content_Types].xml", content_types_part(listed));
    archive.add("_rels/.rels", package_relations_part());
    archive.add("docProps/core.xml", core_properties_part(document_));
    archive.add("docProps/app.xml", app_properties_part());
    archive.add("word/document.xml", main);
    archive.add("word/_rels/document.xml.rels", document_relations_part(names));
    for (const PartBook::Part& part : parts_.parts())
      archive.add(part.name.path, part.name.relation == "styles" ? styles_.write_part() : part.bytes,
                  part.name.relation == "image" ? package::ArchiveWriter::Method::store
                                                : package::ArchiveWriter::Method::deflate);
    return archive.finish();
  }

 private:
  std::string main_part() {
    pugi::xml_document part;
    pugi::xml_node root = part.append_child("w:document");
    set_attribute(root, "xmlns:w",
                  std::string("http://schemas.openxmlformats.org/wordprocessingml/2006/main"));
    set_attribute(root, "xmlns:r",
                  std::string("http://schemas.openxmlformats.org/officeDocument/2006/relationships"));
    declare_drawing_names(root);
    pugi::xml_node body = add_element(root, "w:body");
    for (size_t i = 0; i < document_.sections.size(); ++i)
      write_section(body, document_.sections[i], i + 1 == document_.sections.size());
    return xml::to_bytes(part);
  }

  void write_section(pugi::xml_node body, const Section& section, bool last) {
    page_ = &section.page;
    Flow flow(text_width());
    // What must be known of the flow: all that stands above a fixed place.
    const auto end = std::find_if(section.blocks.rbegin(), section.blocks.rend(), has_place).base();
    pugi::xml_node closing;  // the paragraph that ends the section
    for (auto block = section.blocks.begin(); block != section.blocks.end(); ++block) {
      closing = {};
      switch (block->kind) {
        case Block::Kind::paragraph:
          closing = write_block(body, block->paragraph, flow);
          break;
        case Block::Kind::table:
          write_block(body, block->table, flow);
          break;
        case Block::Kind::foot:
          // One that stands alone is anchored behind something of its own section.
          if (block == section.blocks.begin()) write_speck(body);
          write_table(body, block->foot.table, true);
          closing = write_speck(body);  // what the floating table is anchored to
          break;
      }
      if (block < end) pass(*block, flow);
    }
    if (!closing) closing = write_speck(body);
    pages_.write(last ? body : closing.child("w:pPr"), section);
  }

  static void pass(const Block& block, Flow& flow) {
    if (block.kind == Block::Kind::paragraph) flow.pass(block.paragraph);
    if (block.kind == Block::Kind::table) flow.pass(block.table);
  }

  double text_width() const { return page_->width_mm - page_->left_mm - page_->right_mm; }

  pugi::xml_node write_block(pugi::xml_node body, const Paragraph& paragraph, const Flow& flow) {
    if (!paragraph.top_mm) return write_paragraph(body, paragraph);
    Paragraph placed = paragraph;
    placed.space_before_pt = flow.space_above(paragraph, *paragraph.top_mm);
    return write_paragraph(body, placed);
  }

  void write_block(pugi::xml_node body, const Table& table, const Flow& flow) {
    if (table.top_mm) write_space(body, flow.space_above(table, *table.top_mm));
    write_table(body, table, false);
  }

  void write_table(pugi::xml_node parent, const Table& table, bool foot) {
    docx::write_table(
        parent, table, {text_width(), page_->height_mm - page_->top_mm - page_->bottom_mm},
        foot ? std::optional(page_->left_mm) : std::nullopt,
        [this](pugi::xml_node cell, const Paragraph& paragraph) { write_paragraph(cell, paragraph); });
  }

  // An empty paragraph as high as the space, which stays together with what follows. Needs a point at least.
  pugi::xml_node write_space(pugi::xml_node parent, double points) {
    pugi::xml_node node = write_speck(parent);
    pugi::xml_node properties = node.child("w:pPr");
    set_attribute(add_element(properties, "w:keepNext"), "w:val", 1);
    pugi::xml_node spacing = add_element(properties, "w:spacing");
    set_attribute(spacing, "w:line", std::max(20LL, to_twips(points)));
    set_attribute(spacing, "w:lineRule", std::string("exact"));
    return node;
  }

  // Floating pictures count from the top of the paragraph's first line. Programs differ about the space above a
  // paragraph (is it part of the paragraph?), so where there is some, an empty paragraph of that height is
  // written in its place and carries them.
  pugi::xml_node write_paragraph(pugi::xml_node parent, const Paragraph& paragraph) {
    if (paragraph.floating.empty()) return styles_.write_paragraph(parent, paragraph);
    Paragraph plain = paragraph;
    pugi::xml_node carrier;
    if (paragraph.space_before_pt > 0 && !paragraph.page_break_before) {
      carrier = write_space(parent, paragraph.space_before_pt);
      plain.space_before_pt = 0;
    }
    pugi::xml_node node = styles_.write_paragraph(parent, plain);
    for (const document::Floating& picture : paragraph.floating)
      write_picture(carrier ? carrier : node, picture, paragraph.space_before_pt / kPointsPerMm);
    return node;
  }

  void write_picture(pugi::xml_node paragraph, const document::Floating& picture, double above_mm) {
    const std::string id =
        parts_.add("image", "image/png", "word/media/image", "png", picture::encode_png(*picture.pixels));
    Box box;
    box.x_mm = picture.centre_x_mm - picture.width_mm / 2;
    box.y_mm = above_mm + picture.centre_y_mm - picture.height_mm / 2;
    box.width_mm = picture.width_mm;
    box.height_mm = picture.height_mm;
    box.anchor = Anchor::paragraph;
    drawings_.add_picture(paragraph, box, id, picture.description);
  }

  const document::Document& document_;
  StyleBook styles_;
  PartBook parts_;
  Drawings drawings_;
  PageWriter pages_;
  const document::Page* page_ = nullptr;  // of the section that is being written
};

}  // namespace

std::string write_document(const document::Document& document) { return Writer(document).write(); }

}  // namespace wenshu::docx
