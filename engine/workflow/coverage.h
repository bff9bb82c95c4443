// Which parts of a workflow some cases have come by: steps, branches, actions and seats.
#pragma once

#include <string>
#include <vector>

#include "workflow/moves.h"

namespace wenshu::workflow {

class Coverage {
 public:
  enum class Kind { step, branch, action, seat };
  struct Item {
    Kind kind;
    std::string text;  // in a clerk's words
    Place place;       // in the workflow
    bool covered = false;
  };

  // REQUIRES: `definition` outlives the coverage.
  explicit Coverage(const Definition& definition);

  void note_start(const Rules& rules, const Marking& marking);
  // An act that happened: where the case stood before it, the data that conditions were judged by.
  void note(const Rules& rules, const Marking& before, const data::Value& data, const Act& act,
            const Done& move);

  const std::vector<Item>& items() const { return items_; }  // in the order of the file
  size_t covered(Kind kind) const;
  size_t all(Kind kind) const;

 private:
  void cover(Kind kind, size_t step, size_t index = 0);
  void note_branches(const Rules& rules, size_t step, const data::Value& data);

  struct Key {
    Kind kind;
    size_t step, index;
    friend bool operator==(const Key&, const Key&) = default;
  };
  const Definition* definition_;
  std::vector<Item> items_;
  std::vector<Key> keys_;  // of items_
};

std::string_view to_chinese(Coverage::Kind kind);  // 环节 分支 动作 席位

}  // namespace wenshu::workflow
