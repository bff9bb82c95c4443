#include "docx/amend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "docx/inline.h"
#include "docx/read_parts.h"
#include "docx/schema_order.h"
#include "docx/write_element.h"
#include "docx/write_style.h"
#include "package/archive.h"

namespace wenshu::docx {
namespace {

using document::Amendments;
using document::ParagraphChange;
using document::RunChange;
using document::TextChange;

// The order of CT_RPr as far as we add to it.
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
  if (const pugi::xml_node behind = find_behind(parent, name, order))
    return parent.insert_child_before(name, behind);
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
    std::map<size_t, std::vector<RunChange>> runs;
    for (const RunChange& change : amendments.runs) runs[change.paragraph].push_back(change);
    for (const auto& [paragraph, changes] : runs) change_runs(paragraphs_.at(paragraph), changes);
    for (const ParagraphChange& change : amendments.paragraphs) change_paragraph(change);
    std::map<size_t, std::vector<TextChange>> texts;
    for (const TextChange& change : amendments.texts) texts[change.paragraph].push_back(change);
    for (auto& [paragraph, changes] : texts) change_texts(paragraphs_.at(paragraph), changes);
    change_pages(amendments.pages);
  }

 private:
  // The pieces of a paragraph and the character each begins with.
  struct Pieces {
    std::vector<Inline> list;
    std::vector<size_t> begins;  // one more than pieces: the last is the length of the text

    explicit Pieces(const pugi::xml_node& paragraph) : list(read_inline(paragraph)) {
      size_t at = 0;
      for (const Inline& each : list) {
        begins.push_back(at);
        at += count_characters(each.text);
      }
      begins.push_back(at);
    }
  };

  // Runs are so split that they begin and end where the changes do.
  static void change_runs(const pugi::xml_node& paragraph, const std::vector<RunChange>& changes) {
    std::set<size_t> edges;
    for (const RunChange& change : changes) edges.insert({change.begin, change.end});
    split_at(paragraph, edges);
    const Pieces pieces(paragraph);
    for (const RunChange& change : changes) {
      auto at = static_cast<size_t>(
          std::lower_bound(pieces.begins.begin(), pieces.begins.end(), change.begin) - pieces.begins.begin());
      for (pugi::xml_node last; at < pieces.list.size() && pieces.begins[at + 1] <= change.end; ++at) {
        const Inline& each = pieces.list[at];
        if (each.text.empty() || each.run == last) continue;
        last = each.run;
        set_look(properties_of(each.run, "w:rPr"), change);
      }
    }
  }

  // After this a run begins at each of these characters that stands inside a w:t.
  static void split_at(const pugi::xml_node& paragraph, const std::set<size_t>& edges) {
    const Pieces pieces(paragraph);
    for (size_t i = 0; i < pieces.list.size(); ++i)
      for (auto edge = edges.lower_bound(pieces.begins[i + 1]);
           edge != edges.begin() && *std::prev(edge) > pieces.begins[i];)
        split_text(pieces.list[i], *--edge - pieces.begins[i]);
    const Pieces now(paragraph);
    for (size_t i = now.list.size(); i-- > 1;)  // w:tab and w:br share the run of their neighbours
      if (edges.count(now.begins[i]) > 0 && now.list[i].run == now.list[i - 1].run)
        split_between(now.list[i - 1], now.list[i]);
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

  // From the end of a piece to its beginning: what the piece held before the character stays in it.
  static void split_text(const Inline& piece, size_t characters) {
    if (piece.node.parent() != piece.run || std::string_view(piece.node.name()) != "w:t") return;
    std::string now;  // less than piece.text where a later edge has been split off
    for (const pugi::xml_node& child : piece.node.children()) now += child.value();
    const std::u32string text = to_characters(now);
    if (characters >= text.size()) return;
    pugi::xml_node node = piece.node;
    pugi::xml_node rest = piece.run.parent().insert_child_after("w:r", piece.run);
    copy_look(piece.run, rest);
    pugi::xml_node second = rest.append_child("w:t");
    while (node.next_sibling()) rest.append_move(node.next_sibling());
    set_text(node, to_utf8(std::u32string_view(text).substr(0, characters)));
    set_text(second, to_utf8(std::u32string_view(text).substr(characters)));
  }

  static void split_between(const Inline& before, const Inline& after) {
    if (before.node.parent() != before.run || after.node.parent() != before.run) return;
    pugi::xml_node rest = before.run.parent().insert_child_after("w:r", before.run);
    copy_look(before.run, rest);
    for (pugi::xml_node child = after.node; child;) {
      const pugi::xml_node next = child.next_sibling();
      rest.append_move(child);
      child = next;
    }
  }

  static void copy_look(const pugi::xml_node& from, pugi::xml_node to) {
    if (const pugi::xml_node look = from.child("w:rPr")) to.append_copy(look);
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

  // A change that reaches over several pieces puts its text into the first.
  static void change_texts(const pugi::xml_node& paragraph, std::vector<TextChange>& changes) {
    std::stable_sort(changes.begin(), changes.end(),
                     [](const TextChange& a, const TextChange& b) { return a.begin < b.begin; });
    const Pieces pieces(paragraph);
    std::vector<bool> put(changes.size(), false);
    size_t first = 0;  // of the changes that may still concern a piece
    for (size_t i = 0; i < pieces.list.size(); ++i) {
      const Inline& piece = pieces.list[i];
      const size_t begin = pieces.begins[i], end = pieces.begins[i + 1];
      while (first < changes.size() && put[first] && changes[first].begin + changes[first].length <= begin)
        ++first;
      if (std::string_view(piece.node.name()) == "w:t" && begin < end)
        change_piece(piece, begin, end, changes, first, put);
    }
  }

  static void change_piece(const Inline& piece, size_t begin, size_t end,
                           const std::vector<TextChange>& changes, size_t first, std::vector<bool>& put) {
    const std::u32string text = to_characters(piece.text);
    std::u32string out;
    size_t at = begin;
    bool is_changed = false;
    for (size_t i = first; i < changes.size() && changes[i].begin <= end; ++i) {
      const TextChange& change = changes[i];
      const size_t from = std::max(begin, change.begin), to = std::min(end, change.begin + change.length);
      const bool inserts = change.length == 0 && !put[i];
      if ((from >= to && !inserts) || from < at) continue;
      out += text.substr(at - begin, from - at);
      if (!put[i]) out += to_characters(change.after);
      put[i] = is_changed = true;
      at = std::max(from, to);
    }
    if (is_changed) set_text(piece.node, to_utf8(out + text.substr(at - begin)));
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
