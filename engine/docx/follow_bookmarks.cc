// A bookmark inside of what repeats gets another name in each round. A cross-reference or link of the same round must
// follow it, and may stand before it: names are therefore given out where a round begins.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docx/escape.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

// The sections around a place, outermost first, each by the slot that opens it.
using Sections = std::vector<pugi::xml_node>;

struct Bookmark {
  Sections around;
  bool is_whole = false, is_doubtful = false;
};

// Where a name stands: bytes of an attribute, or of a field's code, which Word may have cut into several w:instrText.
struct Reference {
  std::string text;
  Sections around;
  pugi::xml_attribute attribute = {};
  std::vector<pugi::xml_node> code = {};
};

struct Span {
  size_t begin = 0, end = 0;
};

// The bookmark that a code speaks of: REF _Ref1 \h, HYPERLINK \l "_Toc1".
std::optional<Span> find_name(std::string_view code) {
  std::vector<Span> words;
  for (size_t at = 0; at < code.size();) {
    at = code.find_first_not_of(" \t\n\"", at);
    if (at == code.npos) break;
    const size_t end = std::min(code.find_first_of(" \t\n\"", at), code.size());
    words.push_back({at, end});
    at = end;
  }
  if (words.size() < 2) return std::nullopt;
  const auto text = [code](Span word) { return code.substr(word.begin, word.end - word.begin); };
  const std::string_view field = text(words[0]);
  if (field == "REF" || field == "PAGEREF" || field == "NOTEREF") return words[1];
  if (field != "HYPERLINK") return std::nullopt;
  for (size_t i = 1; i + 1 < words.size(); ++i)
    if (text(words[i]) == "\\l") return words[i + 1];
  return std::nullopt;
}

// Gives the bookmarks that are referred to within a section's round the names that they have in it.
class RoundBegins : public SectionHook {
 public:
  // `anew` of the outermost section that wants it: the inner ones hold the same bookmark.
  void want(const std::string& name, bool anew) { wanted_.try_emplace(name, anew); }
  bool wants(const std::string& name) const { return wanted_.contains(name); }

  void before_round(Renderer& renderer, const templates::Rounds&, size_t) const override {
    Names& now = renderer.state<Names>(this);
    for (const auto& [name, anew] : wanted_) now[name] = renderer.reserve_bookmark(name, anew);
  }
  const std::string& now(Renderer& renderer, const std::string& name) const {
    return renderer.state<Names>(this)[name];
  }

 private:
  using Names = std::map<std::string, std::string>;
  std::map<std::string, bool> wanted_;
};

class NameHook : public Hook {
 public:
  NameHook(std::shared_ptr<const RoundBegins> round, std::string name)
      : round_(std::move(round)), name_(std::move(name)) {}
  void run(Renderer& renderer, const Program&) const override {
    append_escaped(renderer.out(), round_->now(renderer, name_));
  }

 private:
  std::shared_ptr<const RoundBegins> round_;
  std::string name_;
};

class Finder {
 public:
  explicit Finder(const Marking& marking) : marking_(marking) {}

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == kSlot) read_slot(child);
      if (name == "w:bookmarkStart") begin_bookmark(child);
      if (name == "w:bookmarkEnd") end_bookmark(child);
      if (name == "w:hyperlink") read_attribute(child.attribute("w:anchor"));
      if (name == "w:fldSimple") read_attribute(child.attribute("w:instr"));
      if (name == "w:fldChar") read_mark(child.attribute("w:fldCharType").value());
      if (name == "w:instrText" && !codes_.empty()) {
        codes_.back().text += child.child_value();
        codes_.back().code.push_back(child);
      }
      walk(child);
    }
  }

  std::map<std::string, Bookmark> bookmarks;  // by name
  std::vector<Reference> references;

 private:
  void read_slot(const pugi::xml_node& slot) {
    if (marking_.opens(slot))
      around_.push_back(slot);
    else if (marking_.tag_of(slot).kind == templates::Tag::Kind::end && !around_.empty())
      around_.pop_back();
  }

  void begin_bookmark(const pugi::xml_node& node) {
    Bookmark& bookmark = bookmarks[node.attribute("w:name").value()];
    bookmark.is_doubtful = bookmark.is_whole;  // a name that stands twice
    bookmark.around = around_;
    open_[node.attribute("w:id").value()] = &bookmark;
  }

  void end_bookmark(const pugi::xml_node& node) {
    const auto open = open_.find(node.attribute("w:id").value());
    if (open != open_.end()) open->second->is_whole = open->second->around == around_;
  }

  void read_attribute(const pugi::xml_attribute& attribute) {
    if (attribute && !around_.empty()) references.push_back({attribute.value(), around_, attribute});
  }

  void read_mark(std::string_view type) {
    if (type == "begin") codes_.push_back({"", around_});
    if (type != "end" || codes_.empty()) return;
    if (!codes_.back().around.empty()) references.push_back(std::move(codes_.back()));
    codes_.pop_back();
  }

  const Marking& marking_;
  Sections around_;
  std::map<std::string, Bookmark*> open_;
  std::vector<Reference> codes_;  // of the fields that are open
};

class Follower {
 public:
  Follower(PlacedTags& placed, Marking& marking) : placed_(placed), marking_(marking) {}

  void follow(const Reference& reference, Span at, const Bookmark& bookmark) {
    const std::string name = reference.text.substr(at.begin, at.end - at.begin);
    size_t shared = 0;
    while (shared < std::min(reference.around.size(), bookmark.around.size()) &&
           reference.around[shared] == bookmark.around[shared])
      ++shared;
    if (shared == 0) return;  // nothing repeats both: the first one keeps its name
    auto& round = rounds_[bookmark.around[shared - 1]];
    if (!round) round = std::make_shared<RoundBegins>();
    const auto hook = std::make_shared<NameHook>(round, name);
    if (!(reference.attribute ? put_into_attribute(reference, at, hook) : put_into_code(reference, at, hook)))
      return;
    names_[name] = &bookmark;
    wanted_[name].insert(bookmark.around[shared - 1]);
  }

  void plant() {
    for (const auto& [name, sections] : wanted_) {
      bool anew = true;
      for (const pugi::xml_node& slot : names_[name]->around) {
        if (!sections.contains(slot)) continue;
        rounds_[slot]->want(name, anew);
        anew = false;
      }
    }
    for (const auto& [slot, round] : rounds_) marking_.on_section(SectionSlots{slot, {}}, round);
  }

 private:
  bool put_into_attribute(const Reference& reference, Span at, const std::shared_ptr<const Hook>& hook) {
    const auto [pieces, is_new] = placed_.attributes.try_emplace(reference.attribute.hash_value());
    if (!is_new) return false;  // tags stand in it
    pieces->second = {{reference.text.substr(0, at.begin)}, {}, {reference.text.substr(at.end)}};
    pieces->second[1].hook = marking_.keep(hook);
    return true;
  }

  // The hook stands in the text that the name begins in; what follows of the name is taken away.
  bool put_into_code(const Reference& reference, Span at, const std::shared_ptr<const Hook>& hook) {
    for (const pugi::xml_node& text : reference.code)
      if (text.child(kSlot) || text.child(kHook)) return false;
    size_t from = 0;
    for (pugi::xml_node text : reference.code) {
      const std::string all = text.child_value();
      const size_t begin = std::clamp(at.begin, from, from + all.size()) - from;
      const size_t end = std::clamp(at.end, from, from + all.size()) - from;
      const bool begins_here = at.begin >= from && at.begin < from + all.size();
      from += all.size();
      if (begin == end) continue;
      text.remove_children();
      text.append_child(pugi::node_pcdata).set_value(all.substr(0, begin).c_str());
      const pugi::xml_node rest = text.append_child(pugi::node_pcdata);
      pugi::xml_node(rest).set_value(all.substr(end).c_str());
      if (begins_here) marking_.plant_before(rest, hook);
    }
    return true;
  }

  PlacedTags& placed_;
  Marking& marking_;
  std::map<pugi::xml_node, std::shared_ptr<RoundBegins>> rounds_;
  std::map<std::string, const Bookmark*> names_;
  std::map<std::string, std::set<pugi::xml_node>> wanted_;  // by name, the sections whose rounds hand it out
};

}  // namespace

void follow_bookmarks(const pugi::xml_node& root, PlacedTags& placed, Marking& marking) {
  Finder finder(marking);
  finder.walk(root);
  Follower follower(placed, marking);
  for (const Reference& reference : finder.references) {
    const bool is_anchor = reference.attribute && std::string_view(reference.attribute.name()) == "w:anchor";
    const auto at = is_anchor ? Span{0, reference.text.size()} : find_name(reference.text);
    if (!at) continue;
    const auto bookmark = finder.bookmarks.find(reference.text.substr(at->begin, at->end - at->begin));
    if (bookmark == finder.bookmarks.end() || !bookmark->second.is_whole || bookmark->second.is_doubtful)
      continue;
    follower.follow(reference, *at, bookmark->second);
  }
  follower.plant();
}

}  // namespace wenshu::docx
