#include "notice/normalise.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr size_t kBeside = 4;  // characters shown on either side of a change

// Which two characters stand side by side in a document, and which two begin a clause.
class Neighbours {
 public:
  void add(std::string_view text) {
    const std::u32string all = to_characters(text);
    for (size_t i = 1; i < all.size(); ++i) {
      if (!is_chinese(all[i - 1]) || !is_chinese(all[i])) continue;
      Seen& seen = pairs_[key(all[i - 1], all[i])];
      ++seen.times;
      if (i == 1 || !is_chinese(all[i - 2])) ++seen.starts;
    }
  }
  bool is_written(char32_t left, char32_t right) const { return find(left, right).times > 0; }
  bool is_start(char32_t left, char32_t right) const { return find(left, right).starts > 1; }

 private:
  struct Seen {
    int times = 0, starts = 0;
  };
  static uint64_t key(char32_t left, char32_t right) { return uint64_t{left} << 32 | right; }
  Seen find(char32_t left, char32_t right) const {
    const auto found = pairs_.find(key(left, right));
    return found == pairs_.end() ? Seen{} : found->second;
  }
  std::unordered_map<uint64_t, Seen> pairs_;
};

// Puts the edits into a line: clean lines and changes are appended.
void apply(std::u32string_view line, size_t number, const std::vector<Edit>& edits, CleanText& out) {
  CleanLine clean{U"", number, {}};
  const auto take = [&](char32_t c, size_t column) {
    if (c == U'\n') {
      out.lines.push_back(std::move(clean));
      clean = {U"", number, {}};
      return;
    }
    clean.text += c;
    clean.columns.push_back(column + 1);
  };
  size_t at = 0;
  for (const Edit& edit : edits) {
    for (; at < edit.begin; ++at) take(line[at], at);
    for (const char32_t c : edit.after) take(c, edit.begin);
    const size_t left = edit.begin - std::min(edit.begin, kBeside);
    out.changes.push_back({edit.rule, number, edit.begin + 1, edit.end - edit.begin,
                           to_utf8(line.substr(edit.begin, edit.end - edit.begin)), to_utf8(edit.after),
                           to_utf8(line.substr(left, edit.begin - left)),
                           to_utf8(line.substr(edit.end, kBeside))});
    at = edit.end;
  }
  for (; at < line.size(); ++at) take(line[at], at);
  if (edits.empty() || !clean.text.empty() || line.empty()) out.lines.push_back(std::move(clean));
}

}  // namespace

std::string CleanText::text() const {
  std::u32string all;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) all += U'\n';
    all += lines[i].text;
  }
  return to_utf8(all);
}

CleanText normalise(std::string_view text, std::string_view context) {
  Neighbours neighbours;
  neighbours.add(text);
  neighbours.add(context);
  const Evidence evidence{[&](char32_t a, char32_t b) { return neighbours.is_written(a, b); },
                          [&](char32_t a, char32_t b) { return neighbours.is_start(a, b); }};
  CleanText clean;
  size_t number = 0;
  for (const std::string& each : split(std::string(text), "\n")) {
    std::u32string line = to_characters(each);
    if (!line.empty() && line.back() == U'\r') line.pop_back();
    apply(line, ++number, find_edits(line, evidence), clean);
  }
  return clean;
}

std::string to_text(const Change& change) {
  std::string after = replace_all(change.after, "\n", "换行");
  return fmt::format("第{}行第{}列 {}：…{}[{}]{}… → [{}]", change.line, change.column, change.rule,
                     change.left, change.before, change.right, after);
}

}  // namespace wenshu::notice
