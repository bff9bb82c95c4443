#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"

namespace wenshu {
namespace {

// 第3段 before 第10段: numbers compare by what they count.
std::string in_order(const std::string& spot) {
  constexpr size_t kLongest = 8;
  std::string text;
  for (size_t i = 0; i < spot.size();) {
    const size_t end = std::min(spot.find_first_not_of("0123456789", i), spot.size());
    if (end > i && end - i < kLongest) text.append(kLongest - (end - i), '0');
    text += spot.substr(i, std::max<size_t>(end - i, 1));
    i = std::max(end, i + 1);
  }
  return text;
}

auto key(const Diagnostic& d) {
  // At one place the graver finding comes first.
  return std::tuple<std::string_view, int, int, std::string>(d.where.file, d.where.line, d.where.column,
                                                             in_order(d.where.spot));
}

auto whole_key(const Diagnostic& d) {
  return std::tuple_cat(key(d), std::tie(d.severity, d.code, d.message));
}

// Edits (insert, delete, replace, swap of neighbours) that turn one text into the other: Damerau-Levenshtein
// in its restricted form, which never edits a swapped pair again.
size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, change});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

}  // namespace

void Diagnostics::error(std::string code, Place where, std::string message, std::string hint) {
  add({Severity::error, std::move(code), std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::warning(std::string code, Place where, std::string message, std::string hint) {
  add({Severity::warning, std::move(code), std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::hint(std::string code, Place where, std::string message, std::string hint) {
  add({Severity::hint, std::move(code), std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::add(Diagnostic finding) { list_.push_back(std::move(finding)); }

void Diagnostics::append(const Diagnostics& other) {
  std::vector<Diagnostic> copy = other.list_;  // `other` may be this very list
  list_.insert(list_.end(), copy.begin(), copy.end());
}

bool Diagnostics::has_errors() const {
  return std::any_of(list_.begin(), list_.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void Diagnostics::sort() {
  std::stable_sort(list_.begin(), list_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  // Findings of one place are few, so a look at each earlier one is cheap and keeps their order.
  std::vector<Diagnostic> kept;
  size_t place_begin = 0;
  for (Diagnostic& finding : list_) {
    if (!kept.empty() && key(kept.back()) != key(finding)) place_begin = kept.size();
    bool seen = std::any_of(kept.begin() + static_cast<std::ptrdiff_t>(place_begin), kept.end(),
                            [&](const Diagnostic& d) { return whole_key(d) == whole_key(finding); });
    if (!seen) kept.push_back(std::move(finding));
  }
  list_ = std::move(kept);
}

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::hint:
      return "hint";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::string to_text(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) {
    text += fmt::format("{}{}", text.empty() ? "" : ":", place.line);
    if (place.column > 0) text += fmt::format(":{}", place.column);
  }
  if (!place.spot.empty()) text += (text.empty() ? "" : ": ") + place.spot;
  return text;
}

std::string to_text(const Diagnostic& finding) {
  std::string place = to_text(finding.where);
  std::string text = place.empty() ? "" : place + ": ";
  text += fmt::format("{}[{}]: {}", to_text(finding.severity), finding.code, finding.message);
  if (!finding.hint.empty()) text += fmt::format("\n  建议: {}", finding.hint);
  return text;
}

std::string to_text(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& finding : findings) text += to_text(finding) + "\n";
  return text;
}

std::string near_name(std::string_view wanted, const std::vector<std::string>& candidates) {
  // A name longer than this is no typing error of a name of ours, and the distance costs the product of the
  // lengths.
  constexpr size_t kLongest = 64;
  std::u32string from = to_characters(wanted);
  if (from.empty() || from.size() > kLongest) return {};
  size_t best_distance = std::max<size_t>(1, from.size() / 3) + 1;
  std::string best;
  for (const std::string& candidate : candidates) {
    std::u32string to = to_characters(candidate);
    if (to.size() + best_distance <= from.size() || from.size() + best_distance <= to.size()) continue;
    // Two names of one character have nothing in common when that character differs.
    if (from.size() == 1 && to.size() == 1 && from != to) continue;
    size_t distance = edit_distance(from, to);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string near_name_hint(std::string_view wanted, const std::vector<std::string>& candidates) {
  std::string name = near_name(wanted, candidates);
  return name.empty() ? "" : fmt::format("是否为 \"{}\"?", name);
}

}  // namespace wenshu
