#include "docx/write_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "docx/write_element.h"

namespace wenshu::docx {
namespace {

using document::Page;
using document::PageNumbers;
using document::Section;

constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr double kHeaderMm = 15;
// From the lower edge of the text area to the foot of the number's line: puts the dashes 7 mm below the area.
constexpr double kNumberMm = 9.46;
constexpr double kNumberLineMm = 5.43;  // 15.4 pt, the pitch of the style
constexpr int kNumberIndent = 280;      // twips: one character of 四号

bool is_landscape(const Page& page) { return page.width_mm > page.height_mm; }

bool is_turned(const Section& section) {
  return is_landscape(section.page) && section.numbers == PageNumbers::outside;
}

bool has_first_page(const Section& section) {
  return !section.first_page_rules.empty() || section.first_top_mm || section.first_white_mm > 0 ||
         (section.numbers == PageNumbers::outside && !section.number_on_first);
}

bool has_header(const Section& section) {
  return is_turned(section) || !section.first_page_rules.empty() || section.first_top_mm;
}

pugi::xml_node begin_part(pugi::xml_document& part, const char* name) {
  pugi::xml_node root = part.append_child(name);
  set_attribute(root, "xmlns:w", std::string(kMain));
  return root;
}

pugi::xml_node add_paragraph(pugi::xml_node parent, const char* style) {
  pugi::xml_node paragraph = add_element(parent, "w:p");
  add_value(add_element(paragraph, "w:pPr"), "w:pStyle", style);
  return paragraph;
}

void add_dash(pugi::xml_node paragraph, const char* text) {
  pugi::xml_node run = add_element(paragraph, "w:r");
  set_attribute(add_element(add_element(run, "w:rPr"), "w:rFonts"), "w:hint", std::string("eastAsia"));
  pugi::xml_node node = add_element(run, "w:t");
  set_attribute(node, "xml:space", std::string("preserve"));
  node.text().set(text);
}

void add_field(pugi::xml_node paragraph, const char* instruction, const char* shown) {
  const auto mark = [&](const char* type) {
    set_attribute(add_element(add_element(paragraph, "w:r"), "w:fldChar"), "w:fldCharType",
                  std::string(type));
  };
  mark("begin");
  pugi::xml_node text = add_element(add_element(paragraph, "w:r"), "w:instrText");
  set_attribute(text, "xml:space", std::string("preserve"));
  text.text().set(instruction);
  mark("separate");
  add_element(add_element(paragraph, "w:r"), "w:t").text().set(shown);
  mark("end");
}

// 页码 of GB/T 9704 7.5: — 1 — in 四号 宋体, one character from the outer edge.
void add_number(pugi::xml_node parent, bool even) {
  pugi::xml_node paragraph = add_paragraph(parent, "PageNumber");
  pugi::xml_node properties = paragraph.child("w:pPr");
  pugi::xml_node indent = add_element(properties, "w:ind");
  set_attribute(indent, "w:left", even ? kNumberIndent : 0);
  set_attribute(indent, "w:right", even ? 0 : kNumberIndent);
  set_attribute(indent, "w:firstLine", 0);  // in text boxes LibreOffice takes over that of Normal
  add_value(properties, "w:jc", even ? "left" : "right");
  add_dash(paragraph, "— ");
  add_field(paragraph, " PAGE ", "1");
  add_dash(paragraph, " —");
}

// A line of this height without text, which pushes the text of the page away.
void add_spacer(pugi::xml_node parent, double height_mm) {
  pugi::xml_node paragraph = add_paragraph(parent, "Speck");
  pugi::xml_node spacing = add_element(paragraph.child("w:pPr"), "w:spacing");
  set_attribute(spacing, "w:line", mm_to_twips(height_mm));
  set_attribute(spacing, "w:lineRule", std::string("exact"));
}

std::string blank(const char* name) {
  pugi::xml_document part;
  add_paragraph(begin_part(part, name), "Speck");
  return xml::to_bytes(part);
}

// An empty header that keeps the text below `top_mm` where the margin would let it stand higher.
std::string spacer(double top_mm) {
  pugi::xml_document part;
  add_spacer(begin_part(part, "w:hdr"), top_mm - kHeaderMm);
  return xml::to_bytes(part);
}

pugi::xml_node begin_header(pugi::xml_document& part) {
  pugi::xml_node root = begin_part(part, "w:hdr");
  set_attribute(root, "xmlns:r", std::string(kRelations));
  declare_drawing_names(root);
  return add_paragraph(root, "Speck");
}

void write_paper(pugi::xml_node node, const Page& page, double top_mm, double number_mm) {
  pugi::xml_node size = add_element(node, "w:pgSz");
  set_attribute(size, "w:w", mm_to_twips(page.width_mm));
  set_attribute(size, "w:h", mm_to_twips(page.height_mm));
  if (page.landscape) set_attribute(size, "w:orient", std::string("landscape"));
  pugi::xml_node margins = add_element(node, "w:pgMar");
  for (const auto& [name, mm] : {std::pair{"w:top", top_mm},
                                 {"w:right", page.right_mm},
                                 {"w:bottom", page.bottom_mm},
                                 {"w:left", page.left_mm},
                                 {"w:header", kHeaderMm},
                                 {"w:footer", number_mm},
                                 {"w:gutter", 0.0}})
    set_attribute(margins, name, mm_to_twips(mm));
}

// The lines of the page as offices set them up. No paragraph snaps to it; LibreOffice yet moves the text of a page
// that its lines do not fill down by half the rest, so such pages have none.
void write_grid(pugi::xml_node parent, const Section& section) {
  const Page& page = section.page;
  const double pitch = document::Paragraph().line_pitch_pt / kPointsPerMm;
  const double height = page.height_mm - section.first_top_mm.value_or(page.top_mm) - page.bottom_mm;
  pugi::xml_node node = add_element(parent, "w:docGrid");
  if (std::fmod(height, pitch) < 1 && section.first_white_mm + section.second_white_mm <= 0)
    set_attribute(node, "w:type", std::string("lines"));
  set_attribute(node, "w:linePitch", to_twips(document::Paragraph().line_pitch_pt));
}

double footer_of(const Page& page) { return std::max(0.0, page.bottom_mm - kNumberMm); }

}  // namespace

std::string PartBook::add(const std::string& relation, const std::string& content_type,
                          const std::string& stem, const std::string& extension, std::string bytes) {
  int alike = 0;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].name.relation != relation) continue;
    if (parts_[i].bytes == bytes) return fmt::format("rId{}", i + 1);
    ++alike;
  }
  parts_.push_back(
      {{fmt::format("{}{}.{}", stem, alike + 1, extension), content_type, relation}, std::move(bytes)});
  return fmt::format("rId{}", parts_.size());
}

std::string PartBook::add_xml(const std::string& kind, std::string bytes) {
  return add(kind, fmt::format("{}{}+xml", kWordPart, kind), "word/" + kind, "xml", std::move(bytes));
}

void PartBook::add_only(const std::string& kind, std::string bytes) {
  parts_.push_back(
      {{fmt::format("word/{}.xml", kind), fmt::format("{}{}+xml", kWordPart, kind), kind}, std::move(bytes)});
}

PageWriter::PageWriter(const document::Document& document, PartBook& parts, Drawings& drawings)
    : parts_(parts), drawings_(drawings) {
  has_headers_ = std::any_of(document.sections.begin(), document.sections.end(), has_header);
  for (const Section& section : document.sections)
    if (!is_landscape(section.page)) {
      upright_ = section.page;
      break;
    }
}

// `white_mm`: left free above the lower edge of the text area.
std::string PageWriter::number_footer(Side side, double white_mm) {
  pugi::xml_document part;
  pugi::xml_node root = begin_part(part, "w:ftr");
  if (white_mm > 0) add_spacer(root, white_mm + kNumberMm - kNumberLineMm);
  add_number(root, side == Side::even);
  return xml::to_bytes(part);
}

// On the section's first page, which may show no number and yet keep its foot white.
std::string PageWriter::first_footer(const Section& section, bool numbered) {
  if (numbered) return number_footer(Side::odd, section.first_white_mm);
  if (section.first_white_mm <= 0) return blank("w:ftr");
  pugi::xml_document part;
  add_spacer(begin_part(part, "w:ftr"), section.first_white_mm + kNumberMm);
  return xml::to_bytes(part);
}

// The upright sheet's foot lies at the left edge of the landscape page, its left side on top.
void PageWriter::add_turned_number(pugi::xml_node paragraph, Side side) {
  Box box;
  box.x_mm = footer_of(upright_);
  box.y_mm = upright_.left_mm;
  box.width_mm = kNumberLineMm;
  box.height_mm = upright_.width_mm - upright_.left_mm - upright_.right_mm;
  add_number(drawings_.add_turned_text(paragraph, box), side == Side::even);
}

void PageWriter::add_rules(pugi::xml_node paragraph, const std::vector<document::PageRule>& rules) {
  for (const document::PageRule& rule : rules) {
    const double upper = rule.upper_pt / kPointsPerMm, lower = rule.lower_pt / kPointsPerMm;
    const double gap = lower > 0 ? rule.gap_pt / kPointsPerMm : 0;
    const double top = rule.y_mm - (upper + gap + lower) / 2, width = rule.right_mm - rule.left_mm;
    drawings_.add_filled(paragraph, {rule.left_mm, top, width, upper}, rule.colour);
    if (lower > 0)
      drawings_.add_filled(paragraph, {rule.left_mm, top + upper + gap, width, lower}, rule.colour);
  }
}

const std::string& PageWriter::turned_header(Side side) {
  std::string& made = turned_headers_[side];
  if (!made.empty()) return made;
  pugi::xml_document part;
  add_turned_number(begin_header(part), side);
  return made = xml::to_bytes(part);
}

std::string PageWriter::first_header(const Section& section) {
  pugi::xml_document part;
  pugi::xml_node paragraph = begin_header(part);
  add_rules(paragraph, section.first_page_rules);
  if (is_turned(section) && section.number_on_first) add_turned_number(paragraph, Side::odd);
  return xml::to_bytes(part);
}

void PageWriter::refer(pugi::xml_node section, const char* kind, const char* type, std::string bytes) {
  pugi::xml_node node = add_element(section, fmt::format("w:{}Reference", kind).c_str());
  set_attribute(node, "w:type", std::string(type));
  set_attribute(node, "r:id", parts_.add_xml(kind, std::move(bytes)));
}

void PageWriter::write_furniture(pugi::xml_node node, const Section& section) {
  const bool turned = is_turned(section), foot = section.numbers == PageNumbers::outside && !turned;
  if (has_headers_) {
    const std::string plain = section.first_top_mm ? spacer(section.page.top_mm) : blank("w:hdr");
    refer(node, "header", "default", turned ? turned_header(Side::odd) : plain);
    refer(node, "header", "even", turned ? turned_header(Side::even) : plain);
    if (has_first_page(section)) refer(node, "header", "first", first_header(section));
  }
  refer(node, "footer", "default", foot ? number_footer(Side::odd) : blank("w:ftr"));
  refer(node, "footer", "even", foot ? number_footer(Side::even, section.second_white_mm) : blank("w:ftr"));
  if (has_first_page(section))
    refer(node, "footer", "first", first_footer(section, foot && section.number_on_first));
}

void PageWriter::write(pugi::xml_node parent, const Section& section) {
  pugi::xml_node node = add_element(parent, "w:sectPr");
  write_furniture(node, section);
  write_paper(node, section.page, section.first_top_mm.value_or(section.page.top_mm),
              footer_of(section.page));
  if (section.restarts_numbers) set_attribute(add_element(node, "w:pgNumType"), "w:start", 1);
  if (has_first_page(section)) add_element(node, "w:titlePg");
  write_grid(node, section);
}

}  // namespace wenshu::docx
