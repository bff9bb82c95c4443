#include "docx/place_tags.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/text.h"
#include "docx/story.h"

namespace wenshu::docx {

namespace {

using templates::FoundTag;
using templates::Pair;
using templates::Tag;

class SamePlace : public templates::Locator {
 public:
  explicit SamePlace(const Place& place) : place_(place) {}
  Place place_of(size_t) const override { return place_; }

 private:
  const Place& place_;
};

bool is_blank(std::string_view text) {
  return trim(replace_all(std::string(text), "\u00A0", " ")).empty() &&
         text.find('\n') == std::string_view::npos;
}

// A w:t, w:instrText, or property of the document that holds tags.
struct TouchedText {
  pugi::xml_node node;
  std::vector<Piece> pieces;
};

// Where a section repeats: runs of one paragraph, paragraphs, rows, or (with the mark `columns`) cells of a row.
enum class Level { inside, paragraphs, rows, cells };

struct TagSite {
  pugi::xml_node paragraph, text, row;
  bool alone = false;  // the paragraph holds nothing but section tags
  Level level = Level::inside;
  bool raised = false;  // inside: out of the insertion or link around it, into the paragraph itself
};

class Placer {
 public:
  Placer(const std::string& file, const templates::Delimiters& delimiters, Diagnostics& findings)
      : file_(file), delimiters_(delimiters), findings_(findings) {}

  PlacedTags place(pugi::xml_node root, const std::string& prefix) {
    for (const Story& story : collect_stories(root, prefix)) read_story(story);
    read_loose_texts(root, prefix, "");
    if (findings_.has_errors()) return std::move(result_);
    for (TouchedText& touched : texts_) rewrite(touched);
    place_paragraph_slots();
    place_row_slots();
    place_cell_slots();
    return std::move(result_);
  }

 private:
  void read_story(const Story& story) {
    const size_t first = result_.tags.size();
    for (const StoryParagraph& paragraph : story) read(paragraph);
    const auto from = static_cast<std::ptrdiff_t>(first);
    const std::vector<Tag> tags(result_.tags.begin() + from, result_.tags.end());
    const std::vector<Place> places(result_.places.begin() + from, result_.places.end());
    const size_t faults = findings_.size();
    const std::vector<Pair> pairs = match_sections(tags, places, findings_);
    const bool sound = findings_.size() == faults;
    for (const Pair& pair : pairs) {
      if (!sound && !stands_alone(pair, pairs)) continue;
      result_.partner[first + pair.open] = first + pair.end;
      result_.partner[first + pair.end] = first + pair.open;
      decide_level(first + pair.open, first + pair.end);
    }
  }

  // Of faulty sections: has it an end, and crosses no other? Then its place is judged as well.
  static bool stands_alone(const Pair& pair, const std::vector<Pair>& pairs) {
    constexpr size_t kMostLookedAt = 500;
    if (pair.end <= pair.open || pairs.size() > kMostLookedAt) return false;
    return std::none_of(pairs.begin(), pairs.end(), [&](const Pair& other) {
      const bool inside = other.open > pair.open && other.open < pair.end;
      const bool around = other.open < pair.open && other.end > pair.open;
      return (inside && (other.end > pair.end || other.end <= other.open)) ||
             (around && other.end < pair.end);
    });
  }

  // Such a paragraph does not go with its tags: half of a field would go with it.
  static bool holds_field(const pugi::xml_node& paragraph) {
    return static_cast<bool>(paragraph.find_node(
        [](const pugi::xml_node& node) { return std::string_view(node.name()) == "w:fldChar"; }));
  }

  void read(const StoryParagraph& paragraph) {
    const ParagraphText read = read_paragraph(paragraph.node);
    const Place place{file_, 0, 0, paragraph.spot};
    const std::vector<FoundTag> found = find_tags(read.text, SamePlace(place), findings_, delimiters_);
    std::string plain;
    size_t from = 0;
    bool alone = !found.empty();
    for (const FoundTag& tag : found) {
      plain += read.text.substr(from, tag.begin - from);
      from = tag.end;
      alone = alone && !tag.faulty && tag.tag.kind != Tag::Kind::value;
    }
    plain += read.text.substr(from);
    const bool blank = is_blank(plain);
    const bool only_tags = alone && blank && !holds_field(paragraph.node);
    if (!blank || (!only_tags && !found.empty())) {
      for (auto row = find_around(paragraph.node, "w:tr"); row; row = find_around(row, "w:tr"))
        filled_rows_.insert(row);
    }
    if (found.empty()) return;
    const size_t first = result_.tags.size();
    for (const FoundTag& tag : found) {
      result_.partner.push_back(result_.tags.size());
      result_.tags.push_back(tag.faulty ? instead_of(read.text.substr(tag.begin, tag.end - tag.begin))
                                        : tag.tag);
      result_.places.push_back(place);
      sites_.push_back({paragraph.node, {}, find_around(paragraph.node, "w:tr"), only_tags, Level::inside});
    }
    cut(read, found, first);
  }

  // A faulty tag that was to open a section still has its end somewhere.
  Tag instead_of(std::string_view written) const {
    const size_t sigil = written.find_first_of("#^", delimiters_.open.size() > 0 ? 1 : 0);
    const bool opens = sigil != std::string_view::npos && sigil <= delimiters_.open.size() + 1;
    if (!opens) return {Tag::Kind::remark, "", {}};
    const std::string_view inside = written.substr(sigil + 1);
    const size_t begin = std::min(inside.find_first_not_of(' '), inside.size());
    const size_t end = inside.find_first_of(" |}", begin);
    return {Tag::Kind::section, std::string(inside.substr(begin, end - begin)), {}};
  }

  // What stands in no paragraph: alternative texts, watermarks, codes of
  // fields, addresses, properties of the document. `around` says where in
  // words. Only values may stand there.
  void read_loose_texts(const pugi::xml_node& node, const std::string& prefix, const std::string& around) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      const std::string here = loose_words(name, around);
      if (name == "w:drawing") ++drawings_;
      const bool of_picture = name == "wp:docPr" && holds_picture(child.parent());
      const std::string which = name == "wp:docPr" ? fmt::format("第{}张", drawings_) : "";
      for (const pugi::xml_attribute& attribute : child.attributes())
        if (holds_loose_text(name, attribute.name()))
          read_attribute(attribute, prefix + which + here,
                         of_picture && std::string_view(attribute.name()) == "descr");
      if (name == "w:p") {
        for (const ParagraphText& code : read_field_codes(child)) read_loose(code, prefix + "域代码");
      } else if (is_property(name)) {
        ParagraphText text;
        text.text = child.child_value();
        text.segments.push_back({child, 0, text.text.size()});
        read_loose(text, prefix + "文档属性 " + std::string(name));
      }
      read_loose_texts(child, prefix, here);
    }
  }

  static bool holds_loose_text(std::string_view element, std::string_view attribute) {
    if (element == "wp:docPr" || element == "pic:cNvPr") return attribute == "descr" || attribute == "title";
    if (element == "v:shape" || element == "v:imagedata") return attribute == "alt" || attribute == "o:title";
    if (element == "v:textpath") return attribute == "string";
    if (element == "w:fldSimple") return attribute == "w:instr";
    if (element == "w:hyperlink") return attribute == "w:tooltip";
    if (element == "w:listItem") return attribute == "w:displayText" || attribute == "w:value";
    return element == "Relationship" && attribute == "Target";
  }

  static std::string loose_words(std::string_view element, const std::string& around) {
    if (element == "wp:docPr" || element == "pic:cNvPr" || element == "v:shape") return "图片的替代文字";
    if (element == "v:textpath") return "水印文字";
    if (element == "w:fldSimple") return "域代码";
    if (element == "w:hyperlink") return "超链接的屏幕提示";
    if (element == "w:listItem") return "下拉列表的选项";
    return element == "Relationship" ? "超链接地址" : around;
  }

  static bool is_property(std::string_view element) {
    return element.substr(0, 3) == "dc:" || element.substr(0, 3) == "cp:" || element == "vt:lpwstr" ||
           element == "Company" || element == "Manager";
  }

  // Tags of a text that holds values alone, entered in the list; empty when
  // there is none. One tag alone may name a picture: there the mark `picture` says nothing new.
  std::vector<FoundTag> find_values(const std::string& text, const std::string& spot,
                                    bool may_name_picture = false) {
    const Place place{file_, 0, 0, spot};
    std::vector<FoundTag> found = find_tags(text, SamePlace(place), findings_, delimiters_);
    if (may_name_picture && found.size() == 1 && found[0].begin == 0 && found[0].end == text.size())
      found[0].tag.marks.clear();
    for (const FoundTag& tag : found) {
      if (!tag.faulty && tag.tag.kind != Tag::Kind::value && tag.tag.kind != Tag::Kind::remark)
        findings_.error("bad-tag", place, fmt::format("{} 不能写在这里", to_text(tag.tag)),
                        "这里只能写一个值");
      else if (!tag.tag.marks.empty())
        findings_.error("bad-mark", place, fmt::format("标签 {}：这里只能写文字", to_text(tag.tag)),
                        "删去竖线后的版面词");
      result_.partner.push_back(result_.tags.size());
      result_.tags.push_back(tag.faulty ? Tag{Tag::Kind::remark, "", {}} : tag.tag);
      result_.places.push_back(place);
      sites_.emplace_back();
    }
    return found;
  }

  void read_loose(const ParagraphText& text, const std::string& spot) {
    const size_t first = result_.tags.size();
    cut(text, find_values(text.text, spot), first);
  }

  void read_attribute(const pugi::xml_attribute& attribute, const std::string& spot, bool may_name_picture) {
    const std::string text = decode_tags(attribute.value());
    const size_t first = result_.tags.size();
    const std::vector<FoundTag> found = find_values(text, spot, may_name_picture);
    if (found.empty()) return;
    std::vector<Piece>& pieces = result_.attributes[attribute.hash_value()];
    size_t from = 0;
    for (size_t i = 0; i < found.size(); ++i) {
      pieces.push_back({text.substr(from, found[i].begin - from)});
      if (found[i].tag.kind == Tag::Kind::value) pieces.push_back({"", first + i});
      from = found[i].end;
    }
    pieces.push_back({text.substr(from)});
  }

  // Word writes the braces of an address as %7B: what stands between two pairs
  // of them is read as it was typed.
  static std::string decode_tags(std::string text) {
    for (size_t from = 0;;) {
      const size_t begin = std::min(text.find("%7B%7B", from), text.find("%7b%7b", from));
      if (begin == std::string::npos) return text;
      size_t end = std::min(text.find("%7D%7D", begin), text.find("%7d%7d", begin));
      if (end == std::string::npos) return text;
      end += 6;
      std::string plain;
      for (size_t i = begin; i < end; ++i) {
        const auto digit = [&](size_t at) {
          const char c = text[at];
          return c >= '0' && c <= '9'   ? c - '0'
                 : c >= 'A' && c <= 'F' ? c - 'A' + 10
                 : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                        : -1;
        };
        if (text[i] == '%' && i + 2 < end && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
          plain += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
          i += 2;
        } else {
          plain += text[i];
        }
      }
      text.replace(begin, end - begin, plain);
      from = begin + plain.size();
    }
  }

  // Divides each w:t into pieces: a tag belongs to the w:t that holds its first
  // character and so takes that format.
  void cut(const ParagraphText& read, const std::vector<FoundTag>& found, size_t first) {
    for (const Segment& segment : read.segments) {
      TouchedText touched{segment.text, {}};
      bool changed = false;
      size_t at = segment.begin;
      for (size_t i = 0; i < found.size(); ++i) {
        const size_t begin = std::max(found[i].begin, segment.begin);
        const size_t end = std::min(found[i].end, segment.end);
        if (begin >= end) continue;
        changed = true;
        if (begin > at) touched.pieces.push_back({read.text.substr(at, begin - at)});
        if (found[i].begin >= segment.begin) {
          touched.pieces.push_back({"", first + i});
          sites_[first + i].text = segment.text;
        }
        at = end;
      }
      if (!changed) continue;
      if (at < segment.end) touched.pieces.push_back({read.text.substr(at, segment.end - at)});
      texts_.push_back(std::move(touched));
    }
  }

  void decide_level(size_t open, size_t end) {
    const TagSite& a = sites_[open];
    const TagSite& b = sites_[end];
    const auto set_level = [&](Level level) { sites_[open].level = sites_[end].level = level; };
    if (repeats_columns(result_.tags[open])) {
      const auto cell_a = find_around(a.paragraph, "w:tc"), cell_b = find_around(b.paragraph, "w:tc");
      if (!cell_a || cell_a.parent() != cell_b.parent())
        return refuse(open, end, "按列重复的两个标签要在同一行的单元格里");
      return set_level(Level::cells);
    }
    if (a.paragraph == b.paragraph) {
      if (a.text.parent().parent() == b.text.parent().parent()) return;
      if (!can_be_raised(a) || !can_be_raised(b))
        return refuse(open, end, "把两个标签都移到内容控件的外面，或都写在同一个里面");
      sites_[open].raised = sites_[end].raised = true;
      return;
    }
    if (a.paragraph.parent() == b.paragraph.parent()) {
      if (!a.alone || !b.alone) return refuse(open, end, "跨段的区段，开头和结束标签要各自单独占一段");
      return set_level(Level::paragraphs);
    }
    const pugi::xml_node row_a = a.row, row_b = b.row;
    const bool same_cell = find_around(a.paragraph, "w:tc") == find_around(b.paragraph, "w:tc");
    if (!row_a || !row_b || row_a.parent() != row_b.parent() || same_cell) {
      return refuse(open, end, "两个标签要在同一段、同一单元格的两段，或同一表格的行里");
    }
    set_level(Level::rows);
    if (row_a == row_b) filled_rows_.insert(row_a);  // a row of blanks may be repeated
  }

  // Is there nothing between the paragraph and the tag's run but what may be cut in two: tracked insertions, links?
  static bool can_be_raised(const TagSite& site) {
    pugi::xml_node around = site.text.parent().parent();
    for (; around && around != site.paragraph; around = around.parent()) {
      const std::string_view name = around.name();
      if (name != "w:ins" && name != "w:moveTo" && name != "w:hyperlink" && name != "w:smartTag")
        return false;
    }
    return around == site.paragraph;
  }

  static bool repeats_columns(const Tag& tag) {
    return std::any_of(tag.marks.begin(), tag.marks.end(),
                       [](const templates::Mark& mark) { return mark.name == "columns"; });
  }

  void refuse(size_t open, size_t end, const char* hint) {
    findings_.error("section-spans", result_.places[open],
                    fmt::format("区段 {} 的开头与结束（{}）不能这样配对", to_text(result_.tags[open]),
                                result_.places[end].spot),
                    hint);
  }

  static void set_slot(pugi::xml_node slot, size_t tag) {
    slot.append_attribute("i").set_value(static_cast<unsigned long long>(tag));
  }

  // Puts the pieces back into the tree. A section tag between runs splits its
  // run in two.
  void rewrite(TouchedText& touched) {
    pugi::xml_node text = touched.node;
    pugi::xml_node run = text.parent();
    text.remove_children();
    if (std::string_view(text.name()) == "w:t") keep_blanks(text);
    for (const Piece& piece : touched.pieces) {
      if (piece.tag == std::string::npos) {
        text.append_child(pugi::node_pcdata).set_value(piece.text.c_str());
        continue;
      }
      const Tag& tag = result_.tags[piece.tag];
      if (tag.kind == Tag::Kind::value) {
        set_slot(text.append_child(kSlot), piece.tag);
      } else if (tag.kind != Tag::Kind::remark && sites_[piece.tag].level == Level::inside) {
        split(run, text, piece.tag);
        if (sites_[piece.tag].raised) raise(sites_[piece.tag].paragraph, run.previous_sibling());
      }
    }
    if (std::string_view(text.name()) == "w:t") drop_if_empty(run, text);
  }

  static void keep_blanks(pugi::xml_node text) {
    if (!text.attribute("xml:space")) text.append_attribute("xml:space");
    text.attribute("xml:space").set_value("preserve");
  }

  // The slot stands behind `run`; what follows `text` moves to a new run of the
  // same format behind the slot.
  static void split(pugi::xml_node& run, pugi::xml_node& text, size_t tag) {
    pugi::xml_node holder = run.parent();
    const pugi::xml_node slot = holder.insert_child_after(kSlot, run);
    set_slot(slot, tag);
    pugi::xml_node next = holder.insert_child_after("w:r", slot);
    for (const pugi::xml_attribute& attribute : run.attributes()) {
      next.append_attribute(attribute.name()).set_value(attribute.value());
    }
    if (const pugi::xml_node format = run.child("w:rPr")) next.append_copy(format);
    pugi::xml_node rest = next.append_child("w:t");
    keep_blanks(rest);
    for (pugi::xml_node follower = text.next_sibling(); follower;) {
      const pugi::xml_node after = follower.next_sibling();
      next.append_move(follower);
      follower = after;
    }
    drop_if_empty(run, text);
    run = next;
    text = rest;
  }

  // Cuts what stands between the paragraph and the slot in two, so that the slot stands in the paragraph itself.
  void raise(const pugi::xml_node& paragraph, pugi::xml_node slot) {
    while (slot.parent() != paragraph) {
      pugi::xml_node first = slot.parent();
      pugi::xml_node second = first.parent().insert_child_after(first.name(), first);
      for (const pugi::xml_attribute& attribute : first.attributes()) {
        pugi::xml_attribute copy = second.append_attribute(attribute.name());
        copy.set_value(attribute.value());
        const auto tagged = result_.attributes.find(attribute.hash_value());
        if (tagged != result_.attributes.end()) result_.attributes[copy.hash_value()] = tagged->second;
      }
      while (slot.next_sibling()) second.append_move(slot.next_sibling());
      slot = first.parent().insert_move_after(slot, first);
      if (!first.first_child()) first.parent().remove_child(first);
    }
  }

  static void drop_if_empty(pugi::xml_node run, pugi::xml_node text) {
    if (text.first_child()) return;
    run.remove_child(text);
    for (const pugi::xml_node& child : run.children()) {
      if (std::string_view(child.name()) != "w:rPr") return;
    }
    run.parent().remove_child(run);
  }

  void place_paragraph_slots() {
    std::set<pugi::xml_node> gone;
    std::map<pugi::xml_node, pugi::xml_node>
        behind;  // a paragraph that ends a section of pages -> its last slot
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (sites_[i].level != Level::paragraphs) continue;
      pugi::xml_node paragraph = sites_[i].paragraph;
      if (paragraph.child("w:pPr").child("w:sectPr")) {  // it stays, and belongs to what ends in it
        pugi::xml_node& last = behind.try_emplace(paragraph, paragraph).first->second;
        last = paragraph.parent().insert_child_after(kSlot, last);
        set_slot(last, i);
        continue;
      }
      set_slot(paragraph.parent().insert_child_before(kSlot, paragraph), i);
      gone.insert(paragraph);
    }
    for (pugi::xml_node paragraph : gone) paragraph.parent().remove_child(paragraph);
    gone_ = std::move(gone);
  }

  void place_row_slots() {
    std::map<pugi::xml_node, pugi::xml_node> last;  // row -> the slot or row that the next end goes behind
    std::set<pugi::xml_node> emptied, rows;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (sites_[i].level != Level::rows) continue;
      if (!gone_.count(sites_[i].paragraph) && sites_[i].alone) emptied.insert(sites_[i].paragraph);
      const pugi::xml_node row = sites_[i].row;
      rows.insert(row);
      pugi::xml_node table = row.parent();
      if (result_.tags[i].opens() || !filled_rows_.count(row)) {
        set_slot(table.insert_child_before(kSlot, row), i);
      } else {
        pugi::xml_node& behind = last.emplace(row, row).first->second;
        behind = table.insert_child_after(kSlot, behind);
        set_slot(behind, i);
      }
    }
    for (pugi::xml_node paragraph : emptied) drop_paragraph(paragraph);
    for (pugi::xml_node row : rows) {
      if (!filled_rows_.count(row)) row.parent().remove_child(row);
    }
  }

  void place_cell_slots() {
    std::set<pugi::xml_node> emptied;
    for (size_t i = 0; i < sites_.size(); ++i) {
      if (sites_[i].level != Level::cells) continue;
      const pugi::xml_node cell = find_around(sites_[i].paragraph, "w:tc");
      pugi::xml_node holder = cell.parent();
      set_slot(result_.tags[i].opens() ? holder.insert_child_before(kSlot, cell)
                                       : holder.insert_child_after(kSlot, cell),
               i);
      if (sites_[i].alone) emptied.insert(sites_[i].paragraph);
    }
    for (pugi::xml_node paragraph : emptied) drop_paragraph(paragraph);
  }

  // A cell keeps at least one paragraph, and a paragraph at its end.
  static void drop_paragraph(pugi::xml_node paragraph) {
    pugi::xml_node cell = paragraph.parent();
    const pugi::xml_node before = paragraph.previous_sibling("w:p");
    const pugi::xml_node after = paragraph.next_sibling();
    const bool is_last = !after;
    if (is_last ? std::string_view(paragraph.previous_sibling().name()) == "w:p"
                : (before || paragraph.next_sibling("w:p"))) {
      cell.remove_child(paragraph);
    }
  }

  const std::string& file_;
  const templates::Delimiters& delimiters_;
  Diagnostics& findings_;
  PlacedTags result_;
  std::vector<TagSite> sites_;  // parallel to result_.tags
  std::vector<TouchedText> texts_;
  std::set<pugi::xml_node> filled_rows_;  // rows that hold more than section tags
  std::set<pugi::xml_node> gone_;
  int drawings_ = 0;  // so far, in the order of the file
};

}  // namespace

bool holds_picture(const pugi::xml_node& node) {
  for (const pugi::xml_node& child : node.children())
    if ((std::string_view(child.name()) == "a:blip" && child.attribute("r:embed")) || holds_picture(child))
      return true;
  return false;
}

PlacedTags place_tags(pugi::xml_node root, const std::string& prefix, const std::string& file,
                      const templates::Delimiters& delimiters, Diagnostics& findings) {
  return Placer(file, delimiters, findings).place(root, prefix);
}

}  // namespace wenshu::docx
