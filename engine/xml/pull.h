// Long parts read from front to back without a tree: the sheets and shared strings of a workbook.
// A tree costs some 300 bytes a cell (reference platform 3); this costs none. Limits as in tree.h.
//
//   Pull pull(bytes);
//   while (pull.next() != Pull::Event::end)
//     if (pull.opens("row")) …
//   if (!pull.check(file, part, findings)) …        // what stopped it before the end
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::xml {

class Pull {
 public:
  enum class Event { open, close, text, end };

  // `bytes` must outlive this.
  explicit Pull(std::string_view bytes);

  // An element without content gives open and close. After a fault only `end` comes.
  Event next();
  Event event() const { return event_; }

  // Of open and close, without a prefix: Word writes w:p, other makers x:row for row.
  std::string_view name() const { return name_; }
  bool opens(std::string_view name) const { return event_ == Event::open && name_ == name; }
  bool closes(std::string_view name) const { return event_ == Event::close && name_ == name; }
  // How many elements stand around the present event; the root's own open and close have 0.
  int depth() const { return static_cast<int>(open_.size()) - (event_ == Event::open ? 1 : 0); }

  // Of open: as written, nothing when absent. `key` without a prefix. Valid until next().
  std::optional<std::string_view> attribute(std::string_view key) const;
  // Of text: entities resolved, line ends "\n". One stretch of text may come in pieces (CDATA).
  void append_text(std::string& to);

  // Behind the element whose open was last: its text, inner elements passed over.
  std::string take_text();
  // The same without keeping anything.
  void skip();

  // Adds what stopped the reading, with the codes of tree.h. True when the part was read well to its end, or
  // the reading has not come upon anything yet.
  bool check(std::string_view file, std::string_view part, Diagnostics& findings) const;

 private:
  Event fail(const char* code, std::string message);
  Event read_text();
  Event read_tag();
  Event read_close();
  Event read_open();
  bool read_attribute();
  bool skip_blanks();
  std::string_view take_name();
  // Behind a comment, a processing instruction: true when there was one.
  bool pass_over(std::string_view open, std::string_view close);
  size_t append_reference(std::string_view text, std::string& to);

  std::string_view bytes_;
  size_t at_ = 0;
  Event event_ = Event::end;
  std::string_view name_;
  std::string_view text_;
  bool literal_ = false;  // text_ is CDATA
  bool empty_ = false;    // the open just given closes itself
  bool seen_root_ = false;
  std::vector<std::string_view> open_;  // whole names
  std::vector<std::pair<std::string_view, std::string_view>> attributes_;
  const char* code_ = nullptr;
  std::string message_;
  size_t fault_at_ = 0;
};

}  // namespace wenshu::xml
