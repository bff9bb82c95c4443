// The data that a tag sees: the root, and an item for each section around the tag.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "template/tag.h"

namespace wenshu::templates {

// Which rounds a section makes, each with its item; an item is nullptr in the one round of an inverted
// section, and in a list where a blank stands: there the fields of the other items print as nothing.
struct Rounds {
  std::string path;   // of the section
  bool list = false;  // then @index and the like exist
  std::vector<const data::Value*> items;
  std::set<std::string> keys;  // of all items; filled when first asked for
  bool keys_known = false;
  const Tag* section = nullptr;  // whose rounds count on through the document as @number
  size_t before = 0;             // that it made before these
};

class Scope {
 public:
  // Both must outlive the scope.
  Scope(const data::Value& root, Diagnostics& findings, Filling filling = {});

  // The printed text of a value tag; "" after a finding (missing-value, bad-value, not-printable,
  // forbidden-character) at `place`. One tag reports each kind for at most kMaxReports records.
  std::string value(const Tag& tag, const Place& place);
  static constexpr int kMaxReports = 20;

  // The same where it stands in the data as it is printed; nullptr: ask value(). Most tags are of this kind.
  const std::string* find_text(const Tag& tag);

  // The same without findings and lacks, for a look ahead.
  std::string look(const Tag& tag, const Place& place);
  // What the path of a tag leads to, nullptr when it leads nowhere. Lives until the section around is left.
  const data::Value* find_value(const Tag& tag) { return find(tag.path).value; }
  // Keeps a value alive for as long as the scope: for rounds over what is not in the data.
  const data::Value* keep(data::Value value);

  // Adds a finding about one tag in the record of now; at most kMaxReports of a code. `message` follows
  // “字段“photo”（rows第2项）：”.
  void report_value(const Tag& tag, const Place& place, const char* code, const std::string& message,
                    const std::string& hint);
  const Filling& filling() const { return filling_; }

  // No rounds when the section shows nothing.
  Rounds rounds(const Tag& tag, const Place& place);

  // Lists inside lists multiply: past kMostRounds rounds in all, or when the caller finds its output too large,
  // one finding `too-much-output` is made and no section shows anything any more.
  static constexpr size_t kMostRounds = 500'000;
  void stop(const Place& place);
  bool stopped() const { return stopped_; }

  // `rounds` must stay where it is until leave().
  void enter(Rounds& rounds, size_t index);
  void leave();

 private:
  struct Frame {
    const data::Value* value = nullptr;
    Rounds* rounds = nullptr;  // of a list
    size_t index = 0;
    size_t computed = 0;  // what computed_ held before
  };
  struct Found {
    const data::Value* value = nullptr;  // nullptr: absent
    bool in_siblings = false;            // absent here, but other items of the list have it
    bool blank = false;                  // absent, in a round without an item
  };

  Found find(std::string_view path);
  Rounds conditional_rounds(const Tag& tag, const Place& place);
  bool holds(const Tag& tag, const Place& place);
  data::Value names_read(const Tag& tag, const Place& place, bool& complete);
  const data::Value* find_counter(std::string_view name);
  const data::Value* walk(const data::Value& from, std::string_view path);
  const data::Value* flatten(const data::Value& list, std::string_view path);
  const data::Value* own(data::Value value);
  std::string without_value(const Tag& tag, const Place& place, bool absent);
  std::string printed_or_without(const Tag& tag, const data::Value& value, const Place& place);
  std::string print_checked(const Tag& tag, const data::Value& value, const Place& place);
  void report_missing(const Tag& tag, const Place& place, const std::string& path);
  void report(const Tag& tag, const Place& place, const char* code, const std::string& message,
              const std::string& hint);
  const Rounds* only_list() const;
  std::string nearest(std::string_view path);
  std::string record() const;

  bool allows_missing(const Tag& tag) const;
  bool must_be_there(const Tag& tag) const;

  Diagnostics& findings_;
  Filling filling_;
  std::vector<Frame> frames_;
  std::vector<std::unique_ptr<const data::Value>> computed_, kept_;
  std::map<std::pair<const Tag*, std::string>, int> reports_;
  std::map<const Tag*, size_t> made_;  // rounds of each section so far
  size_t rounds_ = 0;
  bool stopped_ = false;
  bool quiet_ = false;
};

}  // namespace wenshu::templates
