// Runs programs against one scope: one Renderer fills one document.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "docx/package_edit.h"
#include "docx/program.h"
#include "package/deflate.h"
#include "template/scope.h"

namespace wenshu::docx {

class Renderer {
 public:
  Renderer(templates::Scope& scope, const UsedIds& used, const Notes& notes, const package::Archive& base)
      : scope_(scope), used_(used), notes_(notes), package_(base) {}

  std::string render(const Part& part);
  // The same packed while it is written, so that memory does not follow its length.
  package::Packed render_packed(const Part& part);

  // The rest is for hooks (mark.h).

  // What was written lately: append finished XML. While a hold is on, nothing behind it leaves: `out()` keeps
  // its positions, so that a hook may look back at them.
  std::string& out() { return out_; }
  class Hold {
   public:
    explicit Hold(Renderer& renderer) : holds_(renderer.holds_) { ++holds_; }
    ~Hold() { --holds_; }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    int& holds_;
  };

  void run(const Program& body);

  // Names of the data as the tag at this place sees them.
  templates::Scope& scope() { return scope_; }
  const Part& part() const { return *part_; }
  PackageEdit& package() { return package_; }

  // A number of the family that nothing in the package has.
  std::string fresh_id(Family family);

  // The name that the next bookmark called `original` gets. Unless `anew`, the one that was given out before and has
  // not been taken.
  std::string reserve_bookmark(const std::string& original, bool anew);

  // What `owner` remembers while this document is filled; made empty when first asked for. Hooks themselves are
  // shared by all documents and never change.
  template <class State>
  State& state(const void* owner) {
    static constexpr char kType = 0;  // its address stands for the type: owners may keep several states
    std::shared_ptr<void>& kept = states_[{owner, &kType}];
    if (!kept) kept = std::make_shared<State>();
    return *static_cast<State*>(kept.get());
  }

 private:
  friend class Hold;
  void run_step(const Step& step);
  void run_section(const Step& step);
  void let_out();
  std::string fresh_bookmark_name(const std::string& original);
  void put_note(const std::string& name);
  std::string renewed_id(Family family, const std::string& original);

  templates::Scope& scope_;
  const UsedIds& used_;
  const Notes& notes_;
  PackageEdit package_;
  const Part* part_ = nullptr;
  std::string out_;
  int holds_ = 0;
  package::PackStream* stream_ = nullptr;  // where out_ leaves to
  std::vector<size_t> tables_;  // where the open tables begin in out_; kHasRows when they have rows
  std::set<std::pair<Family, std::string>> taken_;
  std::map<Family, long long> last_;
  std::map<std::pair<Family, std::string>, std::string> ranges_;  // number in the template -> number now
  std::set<std::string> once_;                                    // what was written and is not written again
  std::set<std::string> bookmark_names_;
  std::map<std::string, std::string> reserved_names_;  // of the next bookmarks, by name in the template
  std::string note_now_;                               // number of the note that is being written
  std::set<std::string> notes_taken_;                  // of the template, whose numbers a round has already
  std::map<std::pair<const void*, const void*>, std::shared_ptr<void>> states_;
};

}  // namespace wenshu::docx
