#include "notice/normalise.h"

#include <fmt/format.h>

#include "base/text.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr size_t kBeside = 4;  // characters shown on either side of a change

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

void Neighbours::count() const {
  is_counted_ = true;
  const std::u32string all = to_characters(document_);
  for (size_t i = 1; i < all.size(); ++i) {
    if (!is_chinese(all[i - 1]) || !is_chinese(all[i])) continue;
    Seen& seen = pairs_[key(all[i - 1], all[i])];
    ++seen.times;
    if (i == 1 || !is_chinese(all[i - 2])) ++seen.starts;
  }
}

Neighbours::Seen Neighbours::find(char32_t left, char32_t right) const {
  if (!is_counted_) count();
  const auto found = pairs_.find(key(left, right));
  return found == pairs_.end() ? Seen{} : found->second;
}

CleanText normalise(std::string_view text) { return normalise(text, Neighbours(std::string(text))); }

CleanText normalise(std::string_view text, const Neighbours& document) {
  CleanText clean;
  size_t number = 0;
  for (const std::string& each : split(std::string(text), "\n")) {
    std::u32string line = to_characters(each);
    if (!line.empty() && line.back() == U'\r') line.pop_back();
    apply(line, ++number, is_surely_clean(line) ? std::vector<Edit>() : find_edits(line, document), clean);
  }
  return clean;
}

std::string to_text(const Change& change) {
  std::string after = replace_all(change.after, "\n", "换行");
  return fmt::format("第{}行第{}列 {}：…{}[{}]{}… → [{}]", change.line, change.column, change.rule,
                     change.left, change.before, change.right, after);
}

}  // namespace wenshu::notice
