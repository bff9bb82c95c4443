#include "docx/style_numbers.h"

#include <string_view>
#include <vector>

#include "docx/mark.h"
#include "docx/schema_order.h"

namespace wenshu::docx {
namespace {

constexpr int kLongestChain = 20;  // of styles based on styles

StyleNumber read_style(const pugi::xml_node& styles, pugi::xml_node style) {
  StyleNumber found;
  for (int i = 0; style && i < kLongestChain; ++i) {
    const pugi::xml_node properties = style.child("w:pPr");
    if (found.indent.empty() && properties.child("w:ind")) found.indent = to_xml(properties.child("w:ind"));
    if (const pugi::xml_node number = properties.child("w:numPr")) {
      found.number = number.child("w:numId").attribute("w:val").value();
      found.level = number.child("w:ilvl").attribute("w:val").as_string("0");
      return found;
    }
    style = styles.find_child_by_attribute("w:style", "w:styleId",
                                           style.child("w:basedOn").attribute("w:val").value());
  }
  return {};
}

struct Numbered {
  pugi::xml_node paragraph;
  const StyleNumber* style = nullptr;
};

class Finder {
 public:
  Finder(const StyleNumbers& styles, const PlacedTags& placed) : styles_(styles), placed_(placed) {}

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == kSlot) {
        const auto kind = placed_.tags[child.attribute("i").as_ullong()].kind;
        if (kind == templates::Tag::Kind::section) ++depth_;
        if (kind == templates::Tag::Kind::inverted) ++depth_;
        if (kind == templates::Tag::Kind::end) --depth_;
      } else if (name == "w:p") {
        read(child);
      } else {
        walk(child);
      }
    }
  }

  const std::vector<Numbered>& found() const { return found_; }
  bool any_repeated() const { return any_repeated_; }

 private:
  void read(const pugi::xml_node& paragraph) {
    const pugi::xml_node properties = paragraph.child("w:pPr");
    const auto style = styles_.find(properties.child("w:pStyle").attribute("w:val").value());
    if (style == styles_.end() || properties.child("w:numPr")) return;
    found_.push_back({paragraph, &style->second});
    any_repeated_ = any_repeated_ || depth_ > 0;
  }

  const StyleNumbers& styles_;
  const PlacedTags& placed_;
  std::vector<Numbered> found_;
  int depth_ = 0;
  bool any_repeated_ = false;
};

// Puts a child into the paragraph's properties where the schema wants it.
pugi::xml_node insert(pugi::xml_node properties, const pugi::xml_node& child) {
  const pugi::xml_node behind = find_behind(properties, child.name(), kParagraphOrder);
  return behind ? properties.insert_copy_before(child, behind) : properties.append_copy(child);
}

void write_out(const Numbered& each) {
  pugi::xml_node properties = each.paragraph.child("w:pPr");
  pugi::xml_document made;
  pugi::xml_node number = made.append_child("w:numPr");
  number.append_child("w:ilvl").append_attribute("w:val") = each.style->level.c_str();
  number.append_child("w:numId").append_attribute("w:val") = each.style->number.c_str();
  insert(properties, number);
  if (each.style->indent.empty() || properties.child("w:ind")) return;
  pugi::xml_document indent;
  indent.load_string(each.style->indent.c_str());
  insert(properties, indent.first_child());
}

}  // namespace

StyleNumbers read_style_numbers(const package::Archive& archive) {
  StyleNumbers numbers;
  const std::string* bytes = archive.find("word/styles.xml");
  Diagnostics unheard;
  const auto tree = bytes ? xml::parse_part(*bytes, "", "word/styles.xml", unheard) : std::nullopt;
  if (!tree) return numbers;
  const pugi::xml_node styles = tree->document_element();
  for (const pugi::xml_node& style : styles.children("w:style")) {
    StyleNumber number = read_style(styles, style);
    if (!number.number.empty() && number.number != "0")
      numbers[style.attribute("w:styleId").value()] = std::move(number);
  }
  return numbers;
}

void write_out_style_numbers(pugi::xml_node root, const StyleNumbers& styles, const PlacedTags& placed) {
  if (styles.empty()) return;
  Finder finder(styles, placed);
  finder.walk(root);
  if (!finder.any_repeated()) return;
  for (const Numbered& each : finder.found()) write_out(each);
}

}  // namespace wenshu::docx
