#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "docx/field_value.h"
#include "docx/mark.h"
#include "docx/place_tags.h"
#include "docx/program.h"
#include "docx/story.h"
#include "docx/tree_passes.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

using templates::Tag;

std::optional<long long> number_of(std::string_view text) {
  long long n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return n;
}

// Elements of a tracked change that carry its number.
bool is_revision(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "w:ins",        "w:del",           "w:moveFrom",        "w:moveTo",        "w:rPrChange",
      "w:pPrChange",  "w:sectPrChange",  "w:tblPrChange",     "w:tblPrExChange", "w:trPrChange",
      "w:tcPrChange", "w:tblGridChange", "w:numberingChange", "w:cellIns",       "w:cellDel",
      "w:cellMerge"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// w:bookmarkStart is {w:bookmark, start}: what a text is annotated with, from one place to another. A comment has a
// third place, its reference; of a move, both ranges have one name.
struct RangeMark {
  std::string kind;
  enum { none, start, end, reference } at = none;
  bool is_comment() const { return kind == "w:comment"; }
  bool is_move() const { return kind == "w:moveFrom" || kind == "w:moveTo"; }
};
RangeMark range_mark(std::string_view name) {
  if (name == "w:commentReference") return {"w:comment", RangeMark::reference};
  const bool starts = name.ends_with("Start");
  if (!starts && !name.ends_with("End")) return {};
  name.remove_suffix(starts ? 5 : 3);
  if (name.ends_with("Range")) name.remove_suffix(5);
  constexpr std::string_view kKinds[] = {
      "w:bookmark",     "w:perm",         "w:comment",           "w:moveFrom",       "w:moveTo",
      "w:customXmlIns", "w:customXmlDel", "w:customXmlMoveFrom", "w:customXmlMoveTo"};
  if (std::find(std::begin(kKinds), std::end(kKinds), name) == std::end(kKinds)) return {};
  return {std::string(name), starts ? RangeMark::start : RangeMark::end};
}

void collect_ids(const pugi::xml_node& node, UsedIds& used) {
  const auto add = [](std::set<long long>& ids, const char* text) {
    if (const auto n = number_of(text)) ids.insert(*n);
  };
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "wp:docPr") add(used.drawings, child.attribute("id").value());
    if (name == "w:sdtPr") add(used.controls, child.child("w:id").attribute("w:val").value());
    if (name == "w:bookmarkStart" || name == "w:permStart" || is_revision(name))
      add(used.annotations, child.attribute("w:id").value());
    if (name == "w:bookmarkStart") used.bookmark_names.insert(child.attribute("w:name").value());
    collect_ids(child, used);
  }
}

// Writes a tree with slots and hooks as a program.
class Compiler {
 public:
  Compiler(const PlacedTags& placed, const Marking& marking, UsedIds& used, Diagnostics& findings)
      : placed_(placed), marking_(marking), used_(used), findings_(findings) {
    programs_.emplace_back();
  }

  Program compile(const pugi::xml_document& document) {
    size_t section = kNone;
    find_ranges(document, section);
    text() += "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    for (const pugi::xml_node& node : document.children()) {
      if (node.type() != pugi::node_declaration) write(node);
    }
    return std::move(programs_.front());
  }

 private:
  static constexpr size_t kNone = std::string::npos;

  std::string& text() {
    Program& program = programs_.back();
    if (program.empty() || program.back().kind != Step::Kind::xml)
      program.push_back({Step::Kind::xml, {}, 0, {}});
    return program.back().text;
  }
  void step(Step::Kind kind, std::string detail = {}, size_t tag = 0) {
    programs_.back().push_back({kind, std::move(detail), tag, {}});
  }
  void step(std::shared_ptr<const Hook> hook, Program body = {}) {
    programs_.back().push_back({Step::Kind::hook, {}, 0, std::move(body), std::move(hook)});
  }
  bool repeated() const { return programs_.size() > 1; }

  void write(const pugi::xml_node& node) {
    switch (node.type()) {
      case pugi::node_element:
        write_element(node);
        break;
      case pugi::node_pcdata:
      case pugi::node_cdata:
        write_escaped(node.value(), false);
        break;
      case pugi::node_comment:
        text() += fmt::format("<!--{}-->", node.value());
        break;
      case pugi::node_pi:
        text() += fmt::format("<?{} {}?>", node.name(), node.value());
        break;
      default:
        break;
    }
  }

  void write_escaped(std::string_view value, bool attribute) {
    std::string& out = text();
    for (const char c : value) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '\r':
          out += "&#13;";
          break;
        case '"':
          out += attribute ? "&quot;" : "\"";
          break;
        case '\n':
          out += attribute ? "&#10;" : "\n";
          break;
        case '\t':
          out += attribute ? "&#9;" : "\t";
          break;
        default:
          out += c;
      }
    }
  }

  void write_element(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == kSlot) return write_slot(node);
    if (name == kHook) return write_hook(node);
    if (const RangeMark mark = range_mark(name); mark.at != RangeMark::none) {
      if (is_dropped(node, mark)) return;
      if (mark.is_comment() && repeated()) {
        const auto id = number_of(node.attribute("w:id").value());
        if (id) step(Step::Kind::once, fmt::format("<{} w:id=\"{}\"/>", name, *id));
        return;
      }
    }
    const bool marked = node.child(kSlot) || node.child(kHook);
    const bool table = marked && name == "w:tbl";
    if (name == "w:tbl" && follows_what_may_vanish(node)) step(Step::Kind::table_apart);
    if (table) step(Step::Kind::table_begin);
    const bool note = name == "w:footnote" || name == "w:endnote";
    if (note) programs_.emplace_back();
    text() += fmt::format("<{}", name);
    for (const pugi::xml_attribute& attribute : node.attributes()) write_attribute(node, name, attribute);
    // Renderer looks for </w:p> at the end of cells, so paragraphs are never
    // written short.
    if (!node.first_child() && name != "w:p") {
      text() += "/>";
      if (note) close_note(node);
      return;
    }
    text() += ">";
    const size_t depth = programs_.size();
    for (const pugi::xml_node& child : node.children()) write(child);
    while (programs_.size() > depth) close_section();  // after a crossing, which is reported
    if (marked && (name == "w:tc" || name == "w:txbxContent" || name == "w:hdr" || name == "w:ftr" ||
                   name == "w:footnote" || name == "w:endnote" || name == "w:comment")) {
      step(Step::Kind::container_end);
    }
    text() += fmt::format("</{}>", name);
    if (table) {
      step(Step::Kind::table_end);
    }
    if (note) close_note(node);
  }

  // Behind a tag nobody knows before filling what will stand before the table. Where each round begins a page, a
  // paragraph between them could get a page of its own.
  bool follows_what_may_vanish(const pugi::xml_node& table) const {
    const pugi::xml_node before = table.previous_sibling();
    return std::string_view(before.name()) == kSlot &&
           placed_.tags[before.attribute("i").as_ullong()].marks.empty();
  }

  void close_note(const pugi::xml_node& node) {
    Step note{Step::Kind::note, note_name(node.name(), node.attribute("w:id").value()), 0,
              std::move(programs_.back())};
    programs_.pop_back();
    programs_.back().push_back(std::move(note));
  }

  void write_slot(const pugi::xml_node& node) {
    const size_t index = node.attribute("i").as_ullong();
    const Tag& tag = placed_.tags[index];
    if (tag.kind == Tag::Kind::value) {
      const std::string_view holder = node.parent().name();
      if (holder == "w:instrText") return step(field_value(tag, placed_.places[index], code_before(node)));
      step(holder == "w:t" ? Step::Kind::value : Step::Kind::plain_value, {}, index);
    } else if (tag.opens()) {
      open_.push_back(index);
      programs_.emplace_back();
    } else if (open_.size() > least_open_ && placed_.partner[index] == open_.back()) {
      close_section();
    } else {
      findings_.error("section-spans", placed_.places[index],
                      fmt::format("{} 与别的区段在同一行里重叠", to_text(tag)), "让每个区段各占完整的行");
    }
  }

  void write_hook(const pugi::xml_node& node) {
    Step hook{Step::Kind::hook, {}, 0, {}, marking_.hooks().at(node.attribute("i").as_ullong())};
    if (node.first_child()) {
      const size_t depth = programs_.size(), least = std::exchange(least_open_, open_.size());
      programs_.emplace_back();
      for (const pugi::xml_node& child : node.children()) write(child);
      while (programs_.size() > depth + 1) close_section();
      hook.body = std::move(programs_.back());
      programs_.pop_back();
      least_open_ = least;
    }
    programs_.back().push_back(std::move(hook));
  }

  void close_section() {
    if (open_.empty()) return;
    Step section{Step::Kind::section, {}, open_.back(), std::move(programs_.back())};
    const auto hooks = marking_.section_hooks().find(open_.back());
    if (hooks != marking_.section_hooks().end()) section.section_hooks = hooks->second;
    programs_.pop_back();
    open_.pop_back();
    programs_.back().push_back(std::move(section));
  }

  // A range must begin and end in one round. What was moved can be named once only, and other ranges that nobody makes
  // by hand are no loss where something repeats.
  bool is_dropped(const pugi::xml_node& node, const RangeMark& mark) const {
    const auto range = ranges_.find({mark.kind, node.attribute("w:id").value()});
    if (range == ranges_.end() || !range->second.is_whole()) return true;
    if (mark.is_comment() || mark.kind == "w:bookmark" || mark.kind == "w:perm") return false;
    return repeated() || (mark.is_move() && torn_moves_.count(range->second.name) > 0);
  }

  void write_attribute(const pugi::xml_node& node, std::string_view element,
                       const pugi::xml_attribute& attribute) {
    const std::string_view name = attribute.name();
    // A tracked change that a section begins or ends in was cut in two.
    const bool doubled = name == "w:id" && is_revision(element) && revisions_[attribute.value()] > 1;
    const Step::Kind kind = id_kind(node, element, name, repeated() || doubled);
    if (repeated() && (name == "w14:paraId" || name == "w14:textId")) return;  // optional, and one of a kind
    text() += fmt::format(" {}=\"", name);
    const auto tagged = placed_.attributes.find(attribute.hash_value());
    if (tagged != placed_.attributes.end()) {
      write_pieces(tagged->second, element);
    } else if (kind == Step::Kind::xml) {
      write_escaped(attribute.value(), true);
    } else if (kind == Step::Kind::note_reference) {
      step(kind, note_name(element, attribute.value()));
      if (repeated()) used_.repeated_notes.insert(note_name(element, attribute.value()));
    } else {
      step(kind, attribute.value());
      programs_.back().back().family = element.starts_with("w:perm") ? Family::permission : Family::bookmark;
    }
    text() += '"';
  }

  // An attribute with tags. The address of a link is looked at as a whole.
  void write_pieces(const std::vector<Piece>& pieces, std::string_view element) {
    const bool is_address = element == "Relationship";
    std::string before;
    const Piece* first = nullptr;
    if (is_address) programs_.emplace_back();
    for (const Piece& piece : pieces) {
      if (piece.hook != std::string::npos) {
        step(marking_.hooks().at(piece.hook));
      } else if (piece.tag == std::string::npos) {
        write_escaped(piece.text, true);
        if (!first || !is_address) before += piece.text;
      } else if (element == "w:fldSimple") {
        step(field_value(placed_.tags[piece.tag], placed_.places[piece.tag], before));
        before += 'x';
      } else {
        if (!first) first = &piece;
        step(Step::Kind::plain_value, {}, piece.tag);
      }
    }
    if (!is_address) return;
    Program body = std::move(programs_.back());
    programs_.pop_back();
    if (first)
      step(link_target(placed_.tags[first->tag], placed_.places[first->tag], before), std::move(body));
  }

  static Step::Kind id_kind(const pugi::xml_node& node, std::string_view element, std::string_view attribute,
                            bool repeated) {
    if (attribute == "w:id" && (element == "w:footnote" || element == "w:endnote"))
      return Step::Kind::note_id;
    if (attribute == "w:id" && (element == "w:footnoteReference" || element == "w:endnoteReference"))
      return Step::Kind::note_reference;
    if (!repeated) return Step::Kind::xml;
    if (element == "wp:docPr" && attribute == "id") return Step::Kind::drawing_id;
    if (element == "w:id" && attribute == "w:val" && std::string_view(node.parent().name()) == "w:sdtPr") {
      return Step::Kind::control_id;
    }
    if (element == "w:bookmarkStart" && attribute == "w:name") return Step::Kind::bookmark_name;
    if (attribute != "w:id") return Step::Kind::xml;
    if (element == "w:bookmarkStart" || element == "w:permStart") return Step::Kind::range_id;
    if (element == "w:bookmarkEnd" || element == "w:permEnd") return Step::Kind::range_end;
    if (is_revision(element)) return Step::Kind::revision_id;
    return Step::Kind::xml;
  }

  // The innermost section and the cell around each of its places.
  struct Range {
    std::vector<std::pair<size_t, pugi::xml_node>> places;
    bool starts = false, ends = false;
    std::string name;  // of a move
    bool is_comment = false;
    bool is_torn = false;  // an earlier one of the same number is

    // Cells may be joined where they repeat: no comment may lose its end by that.
    bool is_whole() const {
      for (const auto& [section, cell] : places)
        if (section != places[0].first || (is_comment && section != kNone && cell != places[0].second))
          return false;
      return starts == ends && !is_torn;
    }
  };

  // The whole document is looked through before anything is written.
  void find_ranges(const pugi::xml_node& node, size_t& section) {
    for (const pugi::xml_node& child : node.children()) {
      if (std::string_view(child.name()) == kSlot) {
        const size_t index = child.attribute("i").as_ullong();
        if (placed_.tags[index].opens()) {
          enclosing_.push_back(section);
          section = index;
        } else if (placed_.tags[index].kind == Tag::Kind::end && !enclosing_.empty()) {
          section = enclosing_.back();
          enclosing_.pop_back();
        }
      } else if (const RangeMark mark = range_mark(child.name()); mark.at != RangeMark::none) {
        note_range(child, mark, section);
      } else {
        if (is_revision(child.name())) ++revisions_[child.attribute("w:id").value()];
        find_ranges(child, section);
      }
    }
  }

  void note_range(const pugi::xml_node& node, const RangeMark& mark, size_t section) {
    Range& range = ranges_[{mark.kind, node.attribute("w:id").value()}];
    if (mark.at == RangeMark::start && range.starts) {
      range.is_torn = !range.is_whole();
      range.places.clear();
      range.ends = false;
    }
    pugi::xml_node cell = node.parent();
    while (cell && std::string_view(cell.name()) != "w:tc") cell = cell.parent();
    range.places.emplace_back(section, cell);
    range.is_comment = mark.is_comment();
    range.starts |= mark.at == RangeMark::start;
    range.ends |= mark.at == RangeMark::end;
    if (!mark.is_move()) return;
    if (mark.at == RangeMark::start) range.name = node.attribute("w:name").value();
    if (section != kNone || (mark.at == RangeMark::end && !range.is_whole())) torn_moves_.insert(range.name);
  }

  const PlacedTags& placed_;
  const Marking& marking_;
  UsedIds& used_;
  Diagnostics& findings_;
  size_t least_open_ = 0;          // sections that began outside of the hook around
  std::vector<Program> programs_;  // the open sections, innermost last
  std::vector<size_t> open_;
  std::vector<size_t> enclosing_;
  std::map<std::pair<std::string, std::string>, Range> ranges_;  // by kind and number
  std::set<std::string> torn_moves_;
  std::map<std::string, int> revisions_;  // how often each number stands in the tree
};

bool holds_repeated_notes(const pugi::xml_document& document, const UsedIds& used) {
  for (const pugi::xml_node& note : document.document_element().children())
    if (used.repeated_notes.count(note_name(note.name(), note.attribute("w:id").value()))) return true;
  return false;
}

// Word itself always writes w:; a program that writes another prefix would get its file back unfilled.
void check_prefix(const pugi::xml_document& document, const Place& part, Diagnostics& findings) {
  const std::string_view root = document.document_element().name();
  const size_t colon = root.find(':');
  const std::string_view local = colon == root.npos ? root : root.substr(colon + 1);
  constexpr std::string_view kRoots[] = {"document", "hdr", "ftr", "footnotes", "endnotes", "comments"};
  const bool is_text = std::find(std::begin(kRoots), std::end(kRoots), local) != std::end(kRoots);
  if (is_text && !root.starts_with("w:"))
    findings.error("unusual-prefix", part, fmt::format("这个文件不是 Word 或 WPS 写出的样子（{}）", root),
                   "用 Word 或 WPS 打开，另存一份");
}

std::string text_below(const pugi::xml_node& node) {
  std::string text = node.value();
  for (const pugi::xml_node& child : node.children()) text += text_below(child);
  return text;
}

// A text box stands twice in the file, as it is and as older programs draw it: a fault in it is one fault.
bool is_told(const Diagnostic& finding, const std::vector<Diagnostic>& told) {
  if (finding.where.spot.find("的文本框") == std::string::npos) return false;
  return std::any_of(told.begin(), told.end(), [&](const Diagnostic& other) {
    return finding.code == other.code && finding.where.spot == other.where.spot &&
           finding.message == other.message;
  });
}

// Faults of one kind are found one after another; people read from front to back.
void add_in_reading_order(const Diagnostics& found, const pugi::xml_node& root, const std::string& prefix,
                          Diagnostics& findings) {
  std::map<std::string, size_t> order;
  if (found.size() > 1)
    for (const Story& story : collect_stories(root, prefix))
      for (const StoryParagraph& paragraph : story) order.try_emplace(paragraph.spot, order.size());
  const auto place = [&order](const Diagnostic& finding) {
    const auto known = order.find(finding.where.spot);
    return known == order.end() ? order.size() : known->second;
  };
  std::vector<Diagnostic> sorted;
  for (const Diagnostic& finding : found)
    if (!is_told(finding, sorted)) sorted.push_back(finding);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&place](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  for (Diagnostic& finding : sorted) findings.add(std::move(finding));
}

// The paragraph around a node, in words; the part where there is none.
Place place_around(const pugi::xml_node& node, const std::string& prefix, const Place& part) {
  const pugi::xml_node paragraph = find_around(node, "w:p");
  for (const Story& story : collect_stories(node.root(), prefix))
    for (const StoryParagraph& each : story)
      if (each.node == paragraph) return {part.file, 0, 0, each.spot};
  return part;
}

// Words over words (拼音指南) and formulas are no paragraphs of text: tags in them would stay as they are.
void check_unreached(const pugi::xml_node& node, const templates::Delimiters& delimiters,
                     const std::string& prefix, const Place& part, Diagnostics& findings) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name != "w:ruby" && name != "m:oMath") {
      check_unreached(child, delimiters, prefix, part, findings);
      continue;
    }
    const std::string text = text_below(child);
    if (text.find(delimiters.open) == std::string::npos) continue;
    findings.error("tag-out-of-reach", place_around(child, prefix, part),
                   fmt::format("{}里的标签填不进去：{}", name == "w:ruby" ? "拼音指南" : "公式", text),
                   "把标签移到普通的文字里");
  }
}

// A control that is filled no longer shows what Word would take for its hint and wipe out at a click.
bool drop_placeholder_marks(pugi::xml_node node) {
  bool has_tags = std::string_view(node.name()) == kSlot;
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling())
    has_tags = drop_placeholder_marks(child) || has_tags;
  if (has_tags && std::string_view(node.name()) == "w:sdt")
    node.child("w:sdtPr").remove_child("w:showingPlcHdr");
  return has_tags;
}

std::string story_prefix(const std::string& part) {
  const std::string name = part.substr(part.rfind('/') + 1);
  if (name.substr(0, 6) == "header") return "页眉（" + name + "）";
  if (name.substr(0, 6) == "footer") return "页脚（" + name + "）";
  if (name.substr(0, 9) == "footnotes") return "脚注";
  if (name.substr(0, 8) == "endnotes") return "尾注";
  if (name.substr(0, 8) == "comments") return "批注";
  return "";
}

}  // namespace

std::string note_name(std::string_view element, std::string_view id) {
  const bool at_end = element.substr(0, 9) == "w:endnote";
  return (at_end ? "endnote " : "footnote ") + std::string(id);
}

Notes find_notes(const std::vector<Part>& parts) {
  Notes notes;
  for (const Part& part : parts)
    for (const Step& step : part.program)
      if (step.kind == Step::Kind::note) notes[step.text] = {&part, &step};
  return notes;
}

std::optional<Part> compile_part(std::string_view bytes, const std::string& file, const std::string& name,
                                 const PartReading& reading, UsedIds& used, Diagnostics& findings) {
  Diagnostics here;
  auto document = xml::parse_part(bytes, file, name, here);
  std::optional<Part> part;
  if (document) check_prefix(*document, {file, 0, 0, name}, here);
  if (document) {
    collect_ids(*document, used);
    check_relations(*document, story_prefix(name), reading.relations, {file, 0, 0, name}, here);
    PlacedTags placed = place_tags(*document, story_prefix(name), file, reading.delimiters, here);
    check_unreached(*document, reading.delimiters, story_prefix(name), {file, 0, 0, name}, here);
    drop_placeholder_marks(*document);
    if (!here.has_errors()) check_fields(*document, placed, here);
    find_alt_pictures(*document, placed);
    if (!here.has_errors() && reading.for_each_row)
      repeat_body(*document, {file, 0, 0, ""}, reading.styles, placed, here);
    if (!here.has_errors()) write_out_style_numbers(*document, reading.styles, placed);
    part.emplace();
    part->name = name;
    Marking marking(placed, here);
    if (!here.has_errors()) {
      keep_vertical_merges(*document, marking);
      mark_alt_pictures(*document, placed, marking);
      mark_check_boxes(*document, placed, marking);
      marking.mark_all(*document);
      mark_stale_fields(*document, placed);
      follow_bookmarks(*document, placed, marking);
    }
    if (!here.has_errors() && (!placed.tags.empty() || holds_repeated_notes(*document, used)))
      part->program = Compiler(placed, marking, used, here).compile(*document);
    part->tags = std::move(placed.tags);
    part->places = std::move(placed.places);
  }
  if (document)
    add_in_reading_order(here, *document, story_prefix(name), findings);
  else
    findings.append(here);
  if (here.has_errors()) return std::nullopt;
  return part;
}

}  // namespace wenshu::docx
