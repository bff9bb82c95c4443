// Marks: the words behind a bar that change the document around a tag ({{name | merge}}, {{#rows | pad 20}}).
// The words stand in the table of template/mark.cc; what each does is one file mark_NAME.cc here, entered in
// mark_table.cc. A mark works twice:
//
// 1. While the template is compiled its function gets the tag's site in the part's tree. It may change the tree
//    and plant hooks: places where something is to happen that depends on the data.
// 2. While a document is filled each hook runs when the renderer comes to its place; it writes XML, asks the
//    scope for values, adds to the package (render.h, package_edit.h).
//
// A value mark usually puts a hook in the place of the tag (`lift`) or around it (`wrap`); a section mark hooks
// into the rounds of the section (`on_section`). mark_merge.cc and mark_separator.cc are patterns of both.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "docx/place_tags.h"
#include "docx/program.h"
#include "docx/render.h"
#include "template/scope.h"
#include "template/tag.h"
#include "xml/tree.h"

namespace wenshu::docx {

// Both kinds of hooks belong to the template, which may be filled by several threads at once: they are const, and
// what they must remember within a document stands in Renderer::state.
class Hook {
 public:
  virtual ~Hook() = default;
  // `body`: what the hook was wrapped around, {} when it was planted alone. Run it as often as you like.
  virtual void run(Renderer& renderer, const Program& body) const = 0;
};

class SectionHook {
 public:
  virtual ~SectionHook() = default;
  // Before the first round; may change `rounds` (an item nullptr is a round in which no name is found but those
  // around the section). Also called when the section shows nothing.
  virtual void begin(Renderer&, templates::Rounds&) const {}
  virtual void before_round(Renderer&, const templates::Rounds&, size_t) const {
  }                                                                               // the scope is in the round
  virtual void after_round(Renderer&, const templates::Rounds&, size_t) const {}  // still
  virtual void end(Renderer&, const templates::Rounds&) const {}
};

// Where a tag with a mark stands.
struct MarkSite {
  const templates::Tag& tag;
  const templates::Mark& mark;
  const Place& place;
  pugi::xml_node slot;  // an empty element kSlot: of a value inside its w:t, of a section before its content
  pugi::xml_node end_slot;  // of a section: behind its content; both have one parent

  // The nearest element of this name around the tag, in its story; null when there is none. "w:r", "w:p",
  // "w:tc", "w:tr", "w:tbl".
  pugi::xml_node around(const char* name) const;
};

// A section in the tree: its tags' slots, siblings.
struct SectionSlots {
  pugi::xml_node open, end;
};

// What a mark may do to the tree of a part.
class Marking {
 public:
  Marking(PlacedTags& placed, Diagnostics& findings) : placed_(placed), findings_(findings) {}

  // Runs the functions of all marks of the part.
  void mark_all(pugi::xml_node root);

  // A finding at the tag: `message` follows “标签 {{x | merge}}：”. Code `bad-mark`.
  void refuse(const MarkSite& site, const std::string& message, const std::string& hint);
  Diagnostics& findings() { return findings_; }

  // The hook's number in hooks().
  size_t keep(std::shared_ptr<const Hook> hook);
  // The hook runs at this place of the tree.
  void plant_before(pugi::xml_node node, std::shared_ptr<const Hook> hook);
  void plant_behind(pugi::xml_node node, std::shared_ptr<const Hook> hook);
  void plant_first(pugi::xml_node parent, std::shared_ptr<const Hook> hook);
  // The hook runs in place of `first` … `last` (siblings), which become its body. What it is wrapped around
  // counts as repeated: its ids are made unique.
  void wrap(pugi::xml_node first, pugi::xml_node last, std::shared_ptr<const Hook> hook);
  // Of a value: the tag leaves its w:t, the hook runs between runs. Gives the format of the tag as finished XML
  // (<w:rPr>…</w:rPr> or ""): set it in the hook.
  std::string lift(const MarkSite& site, const std::shared_ptr<const Hook>& hook);
  void on_section(const MarkSite& site, std::shared_ptr<const SectionHook> hook);
  void on_section(const SectionSlots& section, std::shared_ptr<const SectionHook> hook);
  // Does a section begin at this slot, or does it end?
  bool opens(const pugi::xml_node& slot) const;
  bool is_value(const pugi::xml_node& slot) const;
  const templates::Tag& tag_of(const pugi::xml_node& slot) const;

  // Runs a hook before each row of the table, once however often it is asked for: so that marks know in which
  // row of the filled table they are.
  class RowCounter;
  std::shared_ptr<const RowCounter> count_rows(pugi::xml_node table);

  const std::vector<std::shared_ptr<const Hook>>& hooks() const { return hooks_; }
  // By tag.
  const std::map<size_t, std::vector<std::shared_ptr<const SectionHook>>>& section_hooks() const {
    return section_hooks_;
  }

 private:
  void set_hook(pugi::xml_node node, std::shared_ptr<const Hook> hook);

  PlacedTags& placed_;
  Diagnostics& findings_;
  std::vector<std::shared_ptr<const Hook>> hooks_;
  std::map<size_t, std::vector<std::shared_ptr<const SectionHook>>> section_hooks_;
  std::map<pugi::xml_node, std::shared_ptr<const RowCounter>> counters_;
};

class Marking::RowCounter : public Hook {
 public:
  // The row of the filled table that is being written, from 1.
  size_t row(Renderer& renderer) const;
  // Which of the tables that were made of this one: counts up when a section repeats the table.
  size_t table(Renderer& renderer) const;
  // The lists whose rounds this row stands in, outermost first, and which rounds.
  struct Step {
    const SectionHook* list = nullptr;
    size_t round = 0;
    friend bool operator==(const Step&, const Step&) = default;
  };
  const std::vector<Step>& path(Renderer& renderer) const;
  void run(Renderer& renderer, const Program& body) const override;

 private:
  friend class Marking;
  struct Rows {
    size_t row = 0, table = 0;
    std::vector<Step> path;
  };
  class Begin;
  class List;
};

using MarkFunction = void (*)(const MarkSite& site, Marking& marking);
// Null for a mark that no function serves.
MarkFunction find_mark_function(const std::string& name);

// The functions, each in its own mark_NAME.cc.
void mark_columns(const MarkSite& site, Marking& marking);
void mark_document(const MarkSite& site, Marking& marking);
void mark_every(const MarkSite& site, Marking& marking);
void mark_footnote(const MarkSite& site, Marking& marking);
void mark_group(const MarkSite& site, Marking& marking);
void mark_link(const MarkSite& site, Marking& marking);
void mark_markdown(const MarkSite& site, Marking& marking);
void mark_merge(const MarkSite& site, Marking& marking);
void mark_new_page(const MarkSite& site, Marking& marking);
void mark_new_section(const MarkSite& site, Marking& marking);
void mark_pad(const MarkSite& site, Marking& marking);
void mark_picture(const MarkSite& site, Marking& marking);
void mark_qr(const MarkSite& site, Marking& marking);
void mark_restart(const MarkSite& site, Marking& marking);
void mark_seal(const MarkSite& site, Marking& marking);
void mark_separator(const MarkSite& site, Marking& marking);
void mark_timetable(const MarkSite& site, Marking& marking);

// mark_restart.cc: lists that plainly belong to the records of a section begin anew without a mark.
void restart_lists(pugi::xml_node root, const std::vector<SectionSlots>& sections, Marking& marking);

// For marks: the finished XML of a node, and where in the grid of its table a cell begins (from 0).
std::string to_xml(const pugi::xml_node& node);
size_t grid_column(const pugi::xml_node& cell);

}  // namespace wenshu::docx
