// Marks that change which rounds a section makes.
//   {{#rows | pad 20}}      blank rounds up to 20, so that a form keeps its length
//   {{#rows | group 学科}}  a round for each subject, in the order they come: in it {{学科}}, the list {{#rows}} of its records,
//                           sums as {{rows.学时 | sum}}, and whatever else all its records agree on
//   {{#rows | every 20}}    a round for each 20 records: pages of a form, with {{rows.学时 | sum}} as 本页小计
#include <fmt/format.h>

#include <map>

#include "docx/mark.h"

namespace wenshu::docx {
namespace {

using data::Value;
using templates::Rounds;

class PadHook : public SectionHook {
 public:
  explicit PadHook(size_t rounds) : rounds_(rounds) {}
  void begin(Renderer&, Rounds& rounds) const override {
    if (rounds.items.size() >= rounds_) return;
    rounds.list = true;
    rounds.items.resize(rounds_, nullptr);
  }

 private:
  size_t rounds_;
};

// Gives the section new items, maps that hold lists of the old ones.
class GroupingHook : public SectionHook {
 public:
  explicit GroupingHook(const MarkSite& site) : tag_(site.tag), place_(site.place) {
    const size_t dot = tag_.path.rfind('.');
    name_ = dot == std::string::npos ? tag_.path : tag_.path.substr(dot + 1);
  }

  void begin(Renderer& renderer, Rounds& rounds) const override {
    std::vector<const Value*> items;
    for (Value& group : group(renderer, rounds.items))
      items.push_back(renderer.scope().keep(std::move(group)));
    rounds.items = std::move(items);
    rounds.list = true;
    rounds.keys.clear();
    rounds.keys_known = false;
  }

 protected:
  virtual std::vector<Value> group(Renderer& renderer, const std::vector<const Value*>& items) const = 0;

  const templates::Tag tag_;
  const Place place_;
  std::string name_;  // of the lists
};

class GroupHook : public GroupingHook {
 public:
  explicit GroupHook(const MarkSite& site) : GroupingHook(site), key_(site.mark.argument) {}

 private:
  std::vector<Value> group(Renderer& renderer, const std::vector<const Value*>& items) const override {
    std::map<std::string, size_t> known;
    std::vector<Value> groups, lists;
    for (size_t i = 0; i < items.size(); ++i) {
      const Value* item = items[i];
      const Value* key = item ? item->find(key_) : nullptr;
      if (item && (!key || !(key->is_scalar() || key->is_null())))
        renderer.scope().report_value(tag_, place_, "no-group-key",
                                      fmt::format("第{}项没有“{}”，不能分组", i + 1, key_),
                                      "补上这一栏，或换一栏来分组");
      if (!item || !key) continue;
      const auto [group, is_new] = known.try_emplace(key->is_scalar() ? key->text() : "", groups.size());
      if (is_new) {
        groups.push_back(*item);
        lists.push_back(Value::list());
      } else {
        keep_agreed(groups[group->second], *item);
      }
      lists[group->second].add(*item);
    }
    for (size_t i = 0; i < groups.size(); ++i) groups[i].set(name_, std::move(lists[i]));
    return groups;
  }

  static void keep_agreed(Value& group, const Value& item) {
    std::erase_if(group.entries(), [&](const Value::Entry& entry) {
      const Value* other = item.find(entry.key);
      return !other || !(*other == entry.value);
    });
  }

  std::string key_;
};

class EveryHook : public GroupingHook {
 public:
  explicit EveryHook(const MarkSite& site) : GroupingHook(site), size_(std::stoul(site.mark.argument)) {}

 private:
  std::vector<Value> group(Renderer&, const std::vector<const Value*>& items) const override {
    std::vector<Value> pages;
    for (size_t i = 0; i < items.size(); ++i) {
      if (i % size_ == 0) {
        pages.push_back(Value::map());
        pages.back().set(name_, Value::list());
      }
      pages.back().find(name_)->add(items[i] ? *items[i] : Value());
    }
    return pages;
  }

  size_t size_;
};

}  // namespace

void mark_pad(const MarkSite& site, Marking& marking) {
  marking.on_section(site, std::make_shared<PadHook>(std::stoul(site.mark.argument)));
}
void mark_group(const MarkSite& site, Marking& marking) {
  marking.on_section(site, std::make_shared<GroupHook>(site));
}
void mark_every(const MarkSite& site, Marking& marking) {
  marking.on_section(site, std::make_shared<EveryHook>(site));
}

}  // namespace wenshu::docx
