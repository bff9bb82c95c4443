// The data that a tag sees: the root, and an item for each section around the tag.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "template/tag.h"

namespace wenshu::templates {

// Which rounds a section makes: the items it goes through (one round without an item of its own for plain truth).
struct Rounds {
  bool list = false;
  std::vector<const data::Value*> items;
};

class Scope {
 public:
  // Both must outlive the scope.
  Scope(const data::Value& root, Diagnostics& findings);

  // The printed text of a value tag; "" after a finding (missing-value, bad-value, not-printable, forbidden-character) at
  // `place`. One tag reports at most kMaxReports records.
  std::string value(const Tag& tag, const Place& place);

  // Empty when the section shows nothing; an inverted section makes one round without an item when there is nothing.
  Rounds rounds(const Tag& tag, const Place& place);

  void enter(const Rounds& rounds, size_t index);
  void leave();

 private:
  struct Frame {
    const data::Value* value;
    const std::vector<const data::Value*>* siblings;  // nullptr: not an item of a list
    size_t index;
    size_t count;
  };
  struct Found {
    const data::Value* value = nullptr;  // nullptr: absent
    bool in_siblings = false;            // absent here, but other items of the list have it
  };

  Found find(std::string_view path);
  const data::Value* walk(const data::Value& from, std::string_view path);
  const data::Value* own(data::Value value);
  bool siblings_have(const Frame& frame, const std::string& key);
  void report_missing(const Tag& tag, const Place& place);
  bool may_report(const Tag& tag, std::string_view code);
  std::string record() const;
  std::vector<std::string> names(std::string_view path) const;

  const data::Value& root_;
  Diagnostics& findings_;
  std::vector<Frame> frames_;
  std::vector<std::unique_ptr<data::Value>> computed_;
  std::map<const void*, std::set<std::string>> keys_of_list_;
  std::map<std::pair<const Tag*, std::string>, int> reports_;
};

}  // namespace wenshu::templates
