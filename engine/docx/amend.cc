#include "docx/amend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "docx/inline.h"
#include "docx/read_parts.h"
#include "docx/write_element.h"
#include "docx/write_style.h"
#include "package/archive.h"

namespace wenshu::docx {
namespace {

using document::Amendments;
using document::ParagraphChange;
using document::RunChange;
using document::TextChange;

// The order of CT_PPr and CT_RPr as far as we add to them.
constexpr std::array kParagraphOrder = {"w:pStyle",
                                        "w:keepNext",
                                        "w:keepLines",
                                        "w:pageBreakBefore",
                                        "w:framePr",
                                        "w:widowControl",
                                        "w:numPr",
                                        "w:suppressLineNumbers",
                                        "w:pBdr",
                                        "w:shd",
                                        "w:tabs",
                                        "w:suppressAutoHyphens",
                                        "w:kinsoku",
                                        "w:wordWrap",
                                        "w:overflowPunct",
                                        "w:topLinePunct",
                                        "w:autoSpaceDE",
                                        "w:autoSpaceDN",
                                        "w:bidi",
                                        "w:adjustRightInd",
                                        "w:snapToGrid",
                                        "w:spacing",
                                        "w:ind",
                                        "w:contextualSpacing",
                                        "w:mirrorIndents",
                                        "w:suppressOverlap",
                                        "w:jc",
                                        "w:textDirection",
                                        "w:textAlignment",
                                        "w:textboxTightWrap",
                                        "w:outlineLvl",
                                        "w:divId",
                                        "w:cnfStyle",
                                        "w:rPr",
                                        "w:sectPr",
                                        "w:pPrChange"};
constexpr std::array kRunOrder = {"w:rStyle",
                                  "w:rFonts",
                                  "w:b",
                                  "w:bCs",
                                  "w:i",
                                  "w:iCs",
                                  "w:caps",
                                  "w:smallCaps",
                                  "w:strike",
                                  "w:dstrike",
                                  "w:outline",
                                  "w:shadow",
                                  "w:emboss",
                                  "w:imprint",
                                  "w:noProof",
                                  "w:snapToGrid",
                                  "w:vanish",
                                  "w:webHidden",
                                  "w:color",
                                  "w:spacing",
                                  "w:w",
                                  "w:kern",
                                  "w:position",
                                  "w:sz",
                                  "w:szCs",
                                  "w:highlight",
                                  "w:u",
                                  "w:effect",
                                  "w:bdr",
                                  "w:shd",
                                  "w:fitText",
                                  "w:vertAlign",
                                  "w:rtl",
                                  "w:cs",
                                  "w:em",
                                  "w:lang",
                                  "w:eastAsianLayout",
                                  "w:specVanish",
                                  "w:oMath",
                                  "w:rPrChange"};

// The child of this name, put at its place in the order of the schema when it is not there yet.
template <size_t kCount>
pugi::xml_node need(pugi::xml_node parent, const char* name, const std::array<const char*, kCount>& order) {
  if (pugi::xml_node found = parent.child(name)) return found;
  const auto rank = [&](std::string_view each) {
    return std::find(order.begin(), order.end(), each) - order.begin();
  };
  for (const pugi::xml_node& child : parent.children())
    if (rank(child.name()) > rank(name)) return parent.insert_child_before(name, child);
  return parent.append_child(name);
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  pugi::xml_attribute attribute = node.attribute(name);
  if (!attribute) attribute = node.append_attribute(name);
  attribute = value.c_str();
}

pugi::xml_node properties_of(pugi::xml_node node, const char* name) {
  const pugi::xml_node found = node.child(name);
  return found ? found : node.prepend_child(name);
}

const char* align_word(document::Align align) {
  switch (align) {
    case document::Align::left:
      return "left";
    case document::Align::centre:
      return "center";
    case document::Align::right:
      return "right";
    case document::Align::distribute:
      return "distribute";
    case document::Align::justify:
      break;
  }
  return "both";
}

std::string twips(double points) { return fmt::format("{}", to_twips(points)); }

void set_fonts(pugi::xml_node fonts, document::Face face) {
  for (const char* theme : {"w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"})
    fonts.remove_attribute(theme);
  for (const char* name : {"w:ascii", "w:hAnsi", "w:eastAsia"}) set(fonts, name, family_of(face));
}

class Amender {
 public:
  explicit Amender(Parts& parts) : parts_(parts), paragraphs_(all_paragraphs(parts.main_root())) {}

  void run(const Amendments& amendments) {
    for (const RunChange& change : amendments.runs) change_runs(change);
    for (const ParagraphChange& change : amendments.paragraphs) change_paragraph(change);
    change_texts(amendments.texts);
    change_pages(amendments.pages);
  }

 private:
  // Runs so split that they begin and end where the change does.
  void change_runs(const RunChange& change) {
    pugi::xml_node paragraph = paragraphs_.at(change.paragraph);
    split_at(paragraph, change.begin);
    split_at(paragraph, change.end);
    size_t at = 0;
    pugi::xml_node last;
    for (const Inline& each : read_inline(paragraph)) {
      const size_t length = count_characters(each.text);
      const bool inside = length > 0 && at >= change.begin && at + length <= change.end;
      at += length;
      if (!inside || each.run == last) continue;
      last = each.run;
      set_look(properties_of(each.run, "w:rPr"), change);
    }
  }

  static void set_look(pugi::xml_node properties, const RunChange& change) {
    if (change.face) set_fonts(need(properties, "w:rFonts", kRunOrder), *change.face);
    if (change.colour)
      set(need(properties, "w:color", kRunOrder), "w:val",
          *change.colour == document::Colour::red ? "FF0000" : "000000");
    if (change.tracking_pt)
      set(need(properties, "w:spacing", kRunOrder), "w:val", twips(*change.tracking_pt));
    if (change.size_pt) {
      const std::string halves = fmt::format("{}", std::lround(*change.size_pt * 2));
      set(need(properties, "w:sz", kRunOrder), "w:val", halves);
      set(need(properties, "w:szCs", kRunOrder), "w:val", halves);
    }
  }

  // After this a run begins at the character. Inside a w:t the text is divided too.
  static void split_at(pugi::xml_node paragraph, size_t character) {
    size_t at = 0;
    for (const Inline& each : read_inline(paragraph)) {
      const size_t length = count_characters(each.text);
      if (character <= at) return;
      if (character >= at + length) {
        at += length;
        continue;
      }
      return split_text(each, character - at);
    }
  }

  static void split_text(const Inline& piece, size_t characters) {
    if (piece.node.parent() != piece.run || std::string_view(piece.node.name()) != "w:t") return;
    const std::u32string text = to_characters(piece.text);
    pugi::xml_node run = piece.run;
    pugi::xml_node second = run.parent().insert_copy_after(run, run);
    // The elements before the piece stay in the first run, those after it go to the second.
    size_t index = 0;
    for (pugi::xml_node child = run.first_child(); child && child != piece.node; child = child.next_sibling())
      ++index;
    for (pugi::xml_node child = piece.node.next_sibling(); child;) {
      const pugi::xml_node next = child.next_sibling();
      run.remove_child(child);
      child = next;
    }
    pugi::xml_node child = second.first_child();
    for (size_t i = 0; i < index; ++i) {
      const pugi::xml_node next = child.next_sibling();
      if (std::string_view(child.name()) != "w:rPr") second.remove_child(child);
      child = next;
    }
    set_text(piece.node, to_utf8(std::u32string_view(text).substr(0, characters)));
    set_text(child, to_utf8(std::u32string_view(text).substr(characters)));
  }

  static void set_text(pugi::xml_node node, const std::string& text) {
    while (node.first_child()) node.remove_child(node.first_child());
    node.append_child(pugi::node_pcdata).set_value(text.c_str());
    set(node, "xml:space", "preserve");
  }

  void change_paragraph(const ParagraphChange& change) {
    pugi::xml_node properties = properties_of(paragraphs_.at(change.paragraph), "w:pPr");
    if (change.breaks_page)
      set(need(properties, "w:pageBreakBefore", kParagraphOrder), "w:val", *change.breaks_page ? "1" : "0");
    if (change.pitch_pt) {
      pugi::xml_node spacing = need(properties, "w:spacing", kParagraphOrder);
      set(spacing, "w:line", twips(*change.pitch_pt));
      set(spacing, "w:lineRule", "exact");
      set(need(properties, "w:snapToGrid", kParagraphOrder), "w:val", "0");
    }
    if (change.align) set(need(properties, "w:jc", kParagraphOrder), "w:val", align_word(*change.align));
    if (change.first_line || change.left || change.right) change_indents(properties, change);
  }

  // In hundredths of a character, as Word says them, and in twips for readers that do not know those.
  void change_indents(pugi::xml_node properties, const ParagraphChange& change) {
    pugi::xml_node ind = need(properties, "w:ind", kParagraphOrder);
    const auto set_both = [&](const char* chars, const char* name, double characters) {
      set(ind, chars, fmt::format("{}", std::lround(characters * 100)));
      set(ind, name, twips(characters * kCharacter));
    };
    if (change.left) set_both("w:leftChars", "w:left", *change.left);
    if (change.right) set_both("w:rightChars", "w:right", *change.right);
    if (!change.first_line) return;
    for (const char* name : {"w:hanging", "w:hangingChars"}) ind.remove_attribute(name);
    set_both("w:firstLineChars", "w:firstLine", *change.first_line);
  }

  // From the end to the beginning, so that the characters before a change keep their places.
  void change_texts(std::vector<TextChange> changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const TextChange& a, const TextChange& b) {
      return std::pair(a.paragraph, a.begin) > std::pair(b.paragraph, b.begin);
    });
    for (const TextChange& change : changes) change_text(change);
  }

  void change_text(const TextChange& change) {
    const auto pieces = read_inline(paragraphs_.at(change.paragraph));
    size_t at = 0;
    bool is_put = false;
    for (const Inline& each : pieces) {
      const size_t begin = at;
      at += count_characters(each.text);
      const size_t from = std::max(begin, change.begin), to = std::min(at, change.begin + change.length);
      const bool insertion = change.length == 0 && begin <= change.begin && change.begin <= at;
      if (std::string_view(each.node.name()) != "w:t" || (from >= to && !(insertion && !is_put))) continue;
      std::u32string text = to_characters(each.text);
      text.replace(from - begin, to > from ? to - from : 0, is_put ? U"" : to_characters(change.after));
      is_put = true;
      set_text(each.node, to_utf8(text));
    }
  }

  void change_pages(const std::vector<document::PageChange>& changes) {
    const auto sections = find_sections(parts_.body());
    for (const document::PageChange& change : changes) {
      if (change.section >= sections.size()) continue;
      pugi::xml_node section = sections[change.section];
      const document::Page& page = change.page;
      const auto mm = [](double length) { return fmt::format("{}", mm_to_twips(length)); };
      pugi::xml_node size = need_in_section(section, "w:pgSz"), margins = need_in_section(section, "w:pgMar");
      set(size, "w:w", mm(page.width_mm));
      set(size, "w:h", mm(page.height_mm));
      set(margins, "w:top", mm(page.top_mm));
      set(margins, "w:right", mm(page.right_mm));
      set(margins, "w:bottom", mm(page.bottom_mm));
      set(margins, "w:left", mm(page.left_mm));
      for (const auto& [name, value] : {std::pair{"w:header", "851"}, {"w:footer", "992"}, {"w:gutter", "0"}})
        if (!margins.attribute(name) || std::string_view(name) == "w:gutter") set(margins, name, value);
    }
  }

  // Before what follows in CT_SectPr.
  static pugi::xml_node need_in_section(pugi::xml_node section, const char* name) {
    static constexpr std::array kOrder = {"w:headerReference",
                                          "w:footerReference",
                                          "w:footnotePr",
                                          "w:endnotePr",
                                          "w:type",
                                          "w:pgSz",
                                          "w:pgMar",
                                          "w:paperSrc",
                                          "w:pgBorders",
                                          "w:lnNumType",
                                          "w:pgNumType",
                                          "w:cols",
                                          "w:formProt",
                                          "w:vAlign",
                                          "w:noEndnote",
                                          "w:titlePg",
                                          "w:textDirection",
                                          "w:bidi",
                                          "w:rtlGutter",
                                          "w:docGrid",
                                          "w:printerSettings",
                                          "w:sectPrChange"};
    return need(section, name, kOrder);
  }

  static constexpr double kCharacter = 16;  // 三号
  Parts& parts_;
  std::vector<pugi::xml_node> paragraphs_;
};

}  // namespace

std::string amend_document(std::string_view bytes, const Amendments& amendments) {
  Diagnostics findings;
  auto parts = open_parts(bytes, "", findings);
  if (!parts) throw Failure(fmt::format("无法改写 Word 文件（{}）", to_text(findings)));
  Amender(*parts).run(amendments);
  package::ArchiveWriter writer;
  for (const std::string& name : parts->archive().names())
    writer.add(name, name == parts->main_name() ? xml::to_bytes(parts->main()) : parts->archive().read(name));
  return writer.finish();
}

}  // namespace wenshu::docx
