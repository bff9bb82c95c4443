// Word's own numbers count on through all rounds of a section. {{#people | restart}} lets them begin anew in each.
//
// Without the mark a list begins anew when it plainly belongs to the record: its highest level stands twice in what is
// repeated, or in a section further inside, and nowhere outside. A level that stands once counts the records
// themselves and goes on. (The rule of poi-tl, with levels.)
#include <fmt/format.h>

#include <functional>
#include <map>

#include "docx/mark.h"
#include "docx/numbers.h"
#include "docx/place_tags.h"

namespace wenshu::docx {
namespace {

// By the number that the template gives a list.
struct Lists {
  std::map<std::string, std::string> now;
  std::map<std::string, bool> due;  // begins anew when it is next used
};
struct UsedLists {
  std::map<std::string, bool> used;
  pugi::xml_document numbering;
  bool loaded = false;
};
constexpr char kUsedOwner = 0;

// A copy of the list that counts from its beginning.
std::string clone_number(Renderer& renderer, const std::string& id) {
  PackageEdit& package = renderer.package();
  UsedLists& all = renderer.state<UsedLists>(&kUsedOwner);
  if (!all.loaded) {
    all.loaded = true;
    Diagnostics unheard;
    if (auto tree = xml::parse_part(package.original(kNumbering), "", kNumbering, unheard))
      all.numbering = std::move(*tree);
  }
  const pugi::xml_node root = all.numbering.document_element();
  const pugi::xml_node number = root.find_child_by_attribute("w:num", "w:numId", id.c_str());
  const pugi::xml_node abstract = root.find_child_by_attribute(
      "w:abstractNum", "w:abstractNumId", number.child("w:abstractNumId").attribute("w:val").value());
  if (!number || !abstract) return id;
  const std::string now = std::to_string(package.next_number(kNumbering, "w:numId", 0));
  pugi::xml_document made;
  pugi::xml_node copy = made.append_copy(number);
  copy.attribute("w:numId").set_value(now.c_str());
  copy.remove_attribute("w16cid:durableId");
  for (const pugi::xml_node& level : abstract.children("w:lvl")) {
    const char* which = level.attribute("w:ilvl").value();
    pugi::xml_node over = copy.find_child_by_attribute("w:lvlOverride", "w:ilvl", which);
    if (!over) {
      over = copy.append_child("w:lvlOverride");
      over.append_attribute("w:ilvl").set_value(which);
    }
    if (over.child("w:startOverride")) continue;
    const int start = level.child("w:start").attribute("w:val").as_int(1);
    over.prepend_child("w:startOverride").append_attribute("w:val").set_value(start);
  }
  package.append(kNumbering, xml::to_bytes(copy), "w:numIdMacAtCleanup");
  return now;
}

// In the place of w:numId.
class NumberHook : public Hook {
 public:
  NumberHook(std::string id, const SectionHook* section) : id_(std::move(id)), section_(section) {}

  void run(Renderer& renderer, const Program&) const override {
    Lists& lists = renderer.state<Lists>(section_);
    std::string& now = lists.now[id_];
    bool& used = renderer.state<UsedLists>(&kUsedOwner).used[id_];
    if (now.empty() || lists.due[id_]) now = used ? clone_number(renderer, id_) : id_;
    used = true;
    lists.due[id_] = false;
    renderer.out() += fmt::format("<w:numId w:val=\"{}\"/>", now);
  }

  // While the template is compiled: an inner section with the mark has the last word.
  void set_section(const SectionHook* section) const { section_ = section; }
  const std::string& id() const { return id_; }

 private:
  std::string id_;
  mutable const SectionHook* section_;
};

class RestartHook : public SectionHook {
 public:
  void before_round(Renderer& renderer, const templates::Rounds& rounds, size_t) const override {
    if (!rounds.list) return;  // what is shown or not is no record
    Lists& lists = renderer.state<Lists>(this);
    for (auto& [id, now] : lists.now) lists.due[id] = true;
  }
};

// A paragraph in a list.
struct Item {
  pugi::xml_node number;  // w:numId, or the hook in its place
  std::string id;
  int level = 0;
  bool inner = false;  // in a section inside the one looked at
};

void find_items(pugi::xml_node first, pugi::xml_node end, const Marking& marking, bool inner,
                std::vector<Item>& items) {
  int depth = 0;
  for (pugi::xml_node child = first; child && child != end; child = child.next_sibling()) {
    const std::string_view name = child.name();
    if (name == kSlot) {
      depth += marking.is_value(child) ? 0 : marking.opens(child) ? 1 : -1;
      continue;
    }
    if (name != "w:numPr") {
      find_items(child.first_child(), {}, marking, inner || depth > 0, items);
      continue;
    }
    Item item{child.child("w:numId"), "", child.child("w:ilvl").attribute("w:val").as_int(), inner};
    item.id = item.number.attribute("w:val").value();
    if (!item.number && (item.number = child.child(kHook))) {
      const auto* hook =
          dynamic_cast<const NumberHook*>(marking.hooks().at(item.number.attribute("i").as_ullong()).get());
      if (hook) item.id = hook->id();
    }
    if (!item.id.empty() && item.id != "0") items.push_back(item);
  }
}

std::vector<Item> items_of(const SectionSlots& section, const Marking& marking) {
  std::vector<Item> items;
  find_items(section.open.next_sibling(), section.end, marking, false, items);
  return items;
}

void set_hook(const Item& item, const SectionHook* section, Marking& marking) {
  if (std::string_view(item.number.name()) == kHook) {
    const auto* hook =
        dynamic_cast<const NumberHook*>(marking.hooks().at(item.number.attribute("i").as_ullong()).get());
    if (hook) hook->set_section(section);
    return;
  }
  marking.plant_before(item.number, std::make_shared<NumberHook>(item.id, section));
  item.number.parent().remove_child(item.number);
}

bool belongs_to_record(const std::string& id, const std::vector<Item>& inside, const std::vector<Item>& all) {
  size_t of_id = 0, top = 0;
  int level = 9;
  bool inner = false;
  for (const Item& item : inside) {
    if (item.id != id) continue;
    ++of_id;
    if (item.level < level) level = item.level, top = 0, inner = false;
    if (item.level == level) ++top, inner = inner || item.inner;
  }
  size_t anywhere = 0;
  for (const Item& item : all) anywhere += item.id == id ? 1 : 0;
  return anywhere == of_id && (top > 1 || inner);
}

}  // namespace

void mark_restart(const MarkSite& site, Marking& marking) {
  const auto hook = std::make_shared<RestartHook>();
  const std::vector<Item> items = items_of({site.slot, site.end_slot}, marking);
  if (items.empty())
    return marking.refuse(site, "区段里没有 Word 自动编号的段落", "给要编号的段落设自动编号，或删去 restart");
  for (const Item& item : items) set_hook(item, hook.get(), marking);
  marking.on_section(site, hook);
}

void restart_lists(pugi::xml_node root, const std::vector<SectionSlots>& sections, Marking& marking) {
  std::vector<Item> all;
  find_items(root, {}, marking, false, all);
  if (all.empty()) return;
  for (const SectionSlots& section : sections) {
    const std::vector<Item> inside = items_of(section, marking);
    std::shared_ptr<RestartHook> hook;
    for (const Item& item : inside) {
      if (std::string_view(item.number.name()) == kHook || !belongs_to_record(item.id, inside, all)) continue;
      if (!hook) hook = std::make_shared<RestartHook>();
      set_hook(item, hook.get(), marking);
    }
    if (hook) marking.on_section(section, hook);
  }
}

}  // namespace wenshu::docx
