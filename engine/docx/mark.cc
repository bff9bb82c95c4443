#include "docx/mark.h"

#include <fmt/format.h>

#include <functional>

#include "docx/story.h"

namespace wenshu::docx {
namespace {

// The slots of all tags, by the index of the tag that opens.
void find_slots(const pugi::xml_node& node, const PlacedTags& placed, std::map<size_t, SectionSlots>& slots) {
  for (const pugi::xml_node& child : node.children()) {
    if (std::string_view(child.name()) == kSlot) {
      const size_t index = child.attribute("i").as_ullong();
      const bool ends = placed.tags[index].kind == templates::Tag::Kind::end;
      (ends ? slots[placed.partner[index]].end : slots[index].open) = child;
    } else {
      find_slots(child, placed, slots);
    }
  }
}

// w:r around a w:t, or null.
pugi::xml_node run_of(const pugi::xml_node& slot) {
  const pugi::xml_node run = slot.parent().parent();
  return std::string_view(run.name()) == "w:r" ? run : pugi::xml_node();
}

}  // namespace

// A table begins: its rows are counted anew.
class Marking::RowCounter::Begin : public Hook {
 public:
  explicit Begin(std::shared_ptr<const RowCounter> counter) : counter_(std::move(counter)) {}
  void run(Renderer& renderer, const Program&) const override {
    auto& rows = renderer.state<Rows>(counter_.get());
    rows = {0, rows.table + 1, {}};
  }

 private:
  std::shared_ptr<const RowCounter> counter_;
};

// Follows the rounds of a section around rows.
class Marking::RowCounter::List : public SectionHook {
 public:
  explicit List(std::shared_ptr<const RowCounter> counter) : counter_(std::move(counter)) {}
  void before_round(Renderer& renderer, const templates::Rounds& rounds, size_t round) const override {
    if (rounds.list) renderer.state<Rows>(counter_.get()).path.push_back({this, round});
  }
  void after_round(Renderer& renderer, const templates::Rounds& rounds, size_t) const override {
    if (rounds.list) renderer.state<Rows>(counter_.get()).path.pop_back();
  }

 private:
  std::shared_ptr<const RowCounter> counter_;
};

const std::vector<Marking::RowCounter::Step>& Marking::RowCounter::path(Renderer& renderer) const {
  return renderer.state<Rows>(this).path;
}

size_t Marking::RowCounter::row(Renderer& renderer) const { return renderer.state<Rows>(this).row; }
size_t Marking::RowCounter::table(Renderer& renderer) const { return renderer.state<Rows>(this).table; }
void Marking::RowCounter::run(Renderer& renderer, const Program&) const { ++renderer.state<Rows>(this).row; }

pugi::xml_node MarkSite::around(const char* name) const { return find_around(slot, name); }

void Marking::mark_all(pugi::xml_node root) {
  std::map<size_t, SectionSlots> slots;
  find_slots(root, placed_, slots);
  std::vector<SectionSlots> sections;
  for (size_t i = 0; i < placed_.tags.size(); ++i) {
    const templates::Tag& tag = placed_.tags[i];
    if (tag.opens()) sections.push_back(slots[i]);
    for (const templates::Mark& mark : tag.marks) {
      const MarkSite site{tag, mark, placed_.places[i], slots[i].open, slots[i].end};
      const MarkFunction function = find_mark_function(mark.name);
      if (!function)
        refuse(site, "程序还不会做这一种", "暂时删去它");
      else
        function(site, *this);
    }
  }
  restart_lists(root, sections, *this);
}

void Marking::refuse(const MarkSite& site, const std::string& message, const std::string& hint) {
  findings_.error("bad-mark", site.place, fmt::format("标签 {}：{}", to_text(site.tag), message), hint);
}

void Marking::set_hook(pugi::xml_node node, std::shared_ptr<const Hook> hook) {
  node.append_attribute("i").set_value(static_cast<unsigned long long>(keep(std::move(hook))));
}

size_t Marking::keep(std::shared_ptr<const Hook> hook) {
  hooks_.push_back(std::move(hook));
  return hooks_.size() - 1;
}

void Marking::plant_before(pugi::xml_node node, std::shared_ptr<const Hook> hook) {
  set_hook(node.parent().insert_child_before(kHook, node), std::move(hook));
}
void Marking::plant_behind(pugi::xml_node node, std::shared_ptr<const Hook> hook) {
  set_hook(node.parent().insert_child_after(kHook, node), std::move(hook));
}
void Marking::plant_first(pugi::xml_node parent, std::shared_ptr<const Hook> hook) {
  set_hook(parent.prepend_child(kHook), std::move(hook));
}

void Marking::wrap(pugi::xml_node first, pugi::xml_node last, std::shared_ptr<const Hook> hook) {
  pugi::xml_node around = first.parent().insert_child_before(kHook, first);
  set_hook(around, std::move(hook));
  for (pugi::xml_node node = first; node;) {
    const pugi::xml_node next = node == last ? pugi::xml_node() : node.next_sibling();
    around.append_move(node);
    node = next;
  }
}

std::string Marking::lift(const MarkSite& site, const std::shared_ptr<const Hook>& hook) {
  pugi::xml_node text = site.slot.parent();
  pugi::xml_node run = run_of(site.slot);
  if (!run) {
    refuse(site, "这里只能写文字", "把标签移到正文里");
    return {};
  }
  pugi::xml_node holder = run.parent();
  const pugi::xml_node place = holder.insert_child_after(kHook, run);
  set_hook(place, hook);
  // What follows the tag goes to a run of its own behind the hook.
  pugi::xml_node next = holder.insert_child_after("w:r", place);
  if (const pugi::xml_node format = run.child("w:rPr")) next.append_copy(format);
  pugi::xml_node rest = next.append_child("w:t");
  rest.append_attribute("xml:space").set_value("preserve");
  for (pugi::xml_node piece = site.slot.next_sibling(); piece;) {
    const pugi::xml_node follower = piece.next_sibling();
    rest.append_move(piece);
    piece = follower;
  }
  for (pugi::xml_node piece = text.next_sibling(); piece;) {
    const pugi::xml_node follower = piece.next_sibling();
    next.append_move(piece);
    piece = follower;
  }
  std::string format = to_xml(run.child("w:rPr"));
  text.remove_child(site.slot);
  const auto drop = [](pugi::xml_node a_run, pugi::xml_node its_text) {
    if (its_text.first_child()) return;
    a_run.remove_child(its_text);
    if (!a_run.first_child() || (a_run.first_child() == a_run.last_child() && a_run.child("w:rPr")))
      a_run.parent().remove_child(a_run);
  };
  drop(next, rest);
  drop(run, text);
  return format;
}

void Marking::on_section(const MarkSite& site, std::shared_ptr<const SectionHook> hook) {
  on_section(SectionSlots{site.slot, site.end_slot}, std::move(hook));
}

void Marking::on_section(const SectionSlots& section, std::shared_ptr<const SectionHook> hook) {
  section_hooks_[section.open.attribute("i").as_ullong()].push_back(std::move(hook));
}

const templates::Tag& Marking::tag_of(const pugi::xml_node& slot) const {
  return placed_.tags[slot.attribute("i").as_ullong()];
}

bool Marking::is_value(const pugi::xml_node& slot) const {
  return placed_.tags[slot.attribute("i").as_ullong()].kind == templates::Tag::Kind::value;
}

bool Marking::opens(const pugi::xml_node& slot) const {
  return placed_.tags[slot.attribute("i").as_ullong()].opens();
}

std::shared_ptr<const Marking::RowCounter> Marking::count_rows(pugi::xml_node table) {
  std::shared_ptr<const RowCounter>& counter = counters_[table];
  if (counter) return counter;
  counter = std::make_shared<RowCounter>();
  const std::function<void(pugi::xml_node)> plant = [&](pugi::xml_node node) {
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
      const std::string_view name = child.name();
      if (name == "w:tr")
        plant_before(child, counter);
      else if (name == kSlot && opens(child))
        on_section(SectionSlots{child, {}}, std::make_shared<RowCounter::List>(counter));
      else if (name == "w:sdt" || name == "w:sdtContent" || name == kHook)
        plant(child);  // not into cells: a table there has rows of its own
    }
  };
  plant(table);
  plant_first(table, std::make_shared<RowCounter::Begin>(counter));
  return counter;
}

std::string to_xml(const pugi::xml_node& node) { return node ? xml::to_bytes(node) : std::string(); }

size_t grid_column(const pugi::xml_node& cell) {
  size_t column =
      find_around(cell, "w:tr").child("w:trPr").child("w:gridBefore").attribute("w:val").as_uint();
  for (pugi::xml_node before = cell.previous_sibling("w:tc"); before;
       before = before.previous_sibling("w:tc"))
    column += before.child("w:tcPr").child("w:gridSpan").attribute("w:val").as_uint(1);
  return column;
}

}  // namespace wenshu::docx
