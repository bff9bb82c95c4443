#include "docx/style_merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "docx/numbers.h"

namespace wenshu::docx {
namespace {

constexpr const char* kStyles = "word/styles.xml";
constexpr int kLongestChain = 20;  // styles based on styles

std::string value_of(const pugi::xml_node& parent, const char* child) {
  return parent.child(child).attribute("w:val").value();
}

void set_value(pugi::xml_node parent, const char* child, const std::string& value) {
  if (pugi::xml_node node = parent.child(child)) node.attribute("w:val").set_value(value.c_str());
}

// Without what Word notes for itself.
std::string look_of(const pugi::xml_node& style) {
  pugi::xml_document copy;
  pugi::xml_node node = copy.append_copy(style);
  for (const char* name :
       {"w:rsid", "w:uiPriority", "w:qFormat", "w:semiHidden", "w:unhideWhenUsed", "w:locked"})
    node.remove_child(name);
  node.remove_attribute("w:customStyle");
  return xml::to_bytes(node);
}

// What `under` says and `over` does not is said by `over`, too. Both hold elements in the order of one schema; those of
// `under` that are new come to stand where it has them, before the next one that both have.
void lay_under(pugi::xml_node over, const pugi::xml_node& under) {
  pugi::xml_node before = over.first_child();
  for (const pugi::xml_node& each : under.children()) {
    const pugi::xml_node mine = over.child(each.name());
    if (mine) {
      before = mine.next_sibling();
    } else if (before) {
      over.insert_copy_before(each, before);
    } else {
      over.append_copy(each);
    }
  }
}

}  // namespace

void PackageStyles::load(const PackageEdit& package) {
  if (loaded) return;
  loaded = true;
  Diagnostics unheard;
  auto tree = xml::parse_part(package.original(kStyles), "", kStyles, unheard);
  if (tree) template_styles = std::move(*tree);
  for (const pugi::xml_node& each : template_styles.document_element().children("w:style")) {
    ids.insert(each.attribute("w:styleId").value());
    names.insert(value_of(each, "w:name"));
  }
}

StyleMerge::StyleMerge(const pugi::xml_document& styles, const pugi::xml_document& numbering,
                       PackageStyles& theirs, PackageEdit& into)
    : styles_(styles), numbering_(numbering), taken_(theirs), into_(into) {
  taken_.load(into);
}

void StyleMerge::take(pugi::xml_node node) {
  for (pugi::xml_node child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:pStyle" || name == "w:rStyle" || name == "w:tblStyle") {
      child.attribute("w:val").set_value(style_now(child.attribute("w:val").value()).c_str());
    } else if (name == "w:numId") {
      child.attribute("w:val").set_value(number_now(child.attribute("w:val").value()).c_str());
    } else {
      take(child);
    }
    if (name != "w:p") continue;
    pugi::xml_node properties = child.child("w:pPr");
    const std::string style = properties.child("w:pStyle") ? "" : default_paragraph_now();
    if (style.empty()) continue;
    if (!properties) properties = child.prepend_child("w:pPr");
    properties.prepend_child("w:pStyle").append_attribute("w:val").set_value(style.c_str());
  }
}

pugi::xml_node StyleMerge::find_style(const pugi::xml_document& styles, const std::string& id) const {
  return styles.document_element().find_child_by_attribute("w:style", "w:styleId", id.c_str());
}

bool StyleMerge::is_shared(const pugi::xml_node& mine, const pugi::xml_node& theirs) const {
  if (!theirs || look_of(mine) != look_of(theirs)) return false;
  const std::string base = value_of(mine, "w:basedOn");
  return base.empty() || is_shared(find_style(styles_, base), find_style(taken_.template_styles, base));
}

std::string StyleMerge::style_now(const std::string& id) {
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const pugi::xml_node mine = find_style(styles_, id);
  if (!mine || depth_ > kLongestChain) return id;
  if (mine.attribute("w:default").as_bool() &&
      std::string_view(mine.attribute("w:type").value()) == "paragraph")
    return known_[id] = default_paragraph_now().empty() ? id : default_paragraph_now();
  const pugi::xml_node theirs = find_style(taken_.template_styles, id);
  if (is_shared(mine, theirs)) return known_[id] = id;
  const std::string now = known_[id] = free_id(id);
  pugi::xml_document copy;
  adopt(copy.append_copy(mine), now, free_name(value_of(mine, "w:name")));
  return now;
}

void StyleMerge::adopt(pugi::xml_node style, const std::string& id, const std::string& name) {
  ++depth_;
  style.attribute("w:styleId").set_value(id.c_str());
  style.remove_attribute("w:default");
  set_value(style, "w:name", name);
  style.remove_child("w:aliases");
  style.remove_child("w:rsid");
  for (const char* other : {"w:basedOn", "w:next", "w:link"})
    if (style.child(other)) set_value(style, other, style_now(value_of(style, other)));
  if (pugi::xml_node number = style.child("w:pPr").child("w:numPr").child("w:numId"))
    number.attribute("w:val").set_value(number_now(number.attribute("w:val").value()).c_str());
  new_styles_ += xml::to_bytes(style);
  --depth_;
}

// A paragraph without a style looks as the file's defaults say; the other file's may say something else.
std::string StyleMerge::default_paragraph_now() {
  constexpr const char* kSame = "=";
  if (!default_.empty()) return default_ == kSame ? "" : default_;
  const auto default_of = [](const pugi::xml_document& styles) {
    for (const pugi::xml_node& each : styles.document_element().children("w:style"))
      if (each.attribute("w:default").as_bool() &&
          std::string_view(each.attribute("w:type").value()) == "paragraph")
        return each;
    return pugi::xml_node();
  };
  const auto defaults_of = [](const pugi::xml_document& styles) {
    return styles.document_element().child("w:docDefaults");
  };
  const pugi::xml_node mine = default_of(styles_), theirs = default_of(taken_.template_styles);
  if (!mine || (theirs && look_of(mine) == look_of(theirs) &&
                xml::to_bytes(defaults_of(styles_)) == xml::to_bytes(defaults_of(taken_.template_styles)))) {
    default_ = kSame;
    return {};
  }
  default_ = free_id("Body");
  pugi::xml_document copy;
  pugi::xml_node style = copy.append_copy(mine);
  style.remove_child("w:basedOn");
  style.remove_child("w:link");
  style.remove_child("w:next");
  const pugi::xml_node defaults = defaults_of(styles_);
  for (const auto& [own, around] : {std::pair{"w:pPr", "w:pPrDefault"}, {"w:rPr", "w:rPrDefault"}}) {
    const pugi::xml_node under = defaults.child(around).child(own);
    if (!under) continue;
    if (!style.child(own)) {
      const pugi::xml_node run = style.child("w:rPr");
      std::string_view(own) == "w:pPr" && run ? style.insert_child_before(own, run) : style.append_child(own);
    }
    lay_under(style.child(own), under);
  }
  adopt(style, default_, free_name("正文（插入）"));
  return default_;
}

namespace {

void begin_anew(pugi::xml_node number, const pugi::xml_node& abstract) {
  for (const pugi::xml_node& level : abstract.children("w:lvl")) {
    const char* const of_level = level.attribute("w:ilvl").value();
    pugi::xml_node change = number.find_child_by_attribute("w:lvlOverride", "w:ilvl", of_level);
    if (!change) {
      change = number.append_child("w:lvlOverride");
      change.append_attribute("w:ilvl").set_value(of_level);
    }
    if (change.child("w:startOverride") || change.child("w:lvl")) continue;
    const char* const start = level.child("w:start").attribute("w:val").value();
    change.append_child("w:startOverride").append_attribute("w:val").set_value(*start ? start : "0");
  }
}

}  // namespace

void StyleMerge::begin_piece() {
  numbers_.clear();
  begun_.clear();
}

std::string StyleMerge::number_now(const std::string& id) {
  const auto known = numbers_.find(id);
  if (known != numbers_.end()) return known->second;
  const pugi::xml_node root = numbering_.document_element();
  const pugi::xml_node number = root.find_child_by_attribute("w:num", "w:numId", id.c_str());
  const std::string abstract_id = value_of(number, "w:abstractNumId");
  const pugi::xml_node abstract =
      root.find_child_by_attribute("w:abstractNum", "w:abstractNumId", abstract_id.c_str());
  if (!abstract) return numbers_[id] = "0";  // no list
  need_numbering(into_);
  const std::string now = numbers_[id] = std::to_string(into_.next_number(kNumbering, "w:numId", 0));
  auto [made, is_new] = abstracts_.try_emplace(abstract_id, 0);
  if (is_new) {
    made->second = into_.next_number(kNumbering, "w:abstractNumId", -1);
    const long long abstract_now = made->second;
    pugi::xml_document copy;
    pugi::xml_node node = copy.append_copy(abstract);
    node.attribute("w:abstractNumId").set_value(abstract_now);
    node.remove_child("w:nsid");  // else Word takes two lists for one
    for (const char* link : {"w:styleLink", "w:numStyleLink"}) node.remove_child(link);
    for (pugi::xml_node level : node.children("w:lvl")) {
      level.remove_child("w:lvlPicBulletId");
      if (level.child("w:pStyle")) set_value(level, "w:pStyle", style_now(value_of(level, "w:pStyle")));
    }
    new_abstracts_ += xml::to_bytes(node);
  }
  pugi::xml_document copy;
  pugi::xml_node node = copy.append_copy(number);
  node.attribute("w:numId").set_value(now.c_str());
  node.remove_attribute("w16cid:durableId");
  set_value(node, "w:abstractNumId", std::to_string(abstracts_[abstract_id]));
  if (begun_.insert(abstract_id).second && !is_new) begin_anew(node, abstract);
  new_numbers_ += xml::to_bytes(node);
  return now;
}

std::string StyleMerge::free_id(const std::string& id) {
  std::string now = id;
  for (int n = 2; !taken_.ids.insert(now).second; ++n) now = fmt::format("{}W{}", id, n);
  return now;
}

std::string StyleMerge::free_name(const std::string& name) {
  std::string now = name;
  for (int n = 2; !taken_.names.insert(now).second; ++n) now = fmt::format("{} {}", name, n);
  return now;
}

void StyleMerge::finish() {
  if (!new_styles_.empty()) into_.append(kStyles, new_styles_);
  if (!new_abstracts_.empty()) into_.append(kNumbering, new_abstracts_, "w:num");
  if (!new_numbers_.empty()) into_.append(kNumbering, new_numbers_);
  new_styles_ = new_abstracts_ = new_numbers_ = {};
}

}  // namespace wenshu::docx
