#include "notice/title.h"

#include <limits>
#include <vector>

#include "base/text.h"
#include "chinese/line_break.h"

namespace wenshu::notice {
namespace {

double width_of(std::u32string_view text) {
  double width = 0;
  for (const char32_t c : text) width += chinese::is_wide(c) ? 1 : 0.5;
  return width;
}

bool begins(std::u32string_view text, std::u32string_view word) {
  return text.substr(0, word.size()) == word;
}
bool ends(std::u32string_view text, std::u32string_view word) {
  return text.size() >= word.size() && text.substr(text.size() - word.size()) == word;
}

// What a break between the two costs, in squared characters of unevenness: within a word that is not known,
// as much as a line seven characters off the middle.
double cost_of_break(std::u32string_view before, std::u32string_view after) {
  for (const auto word : {U"关于", U"《"})
    if (begins(after, word)) return 0;
  for (const auto word : {U"印发", U"转发", U"》", U"、", U"，", U"）"})
    if (ends(before, word)) return 0;
  if (begins(after, U"的") || ends(before, U"的") || begins(after, U"年")) return 200;
  for (const auto word : {U"工作", U"培训", U"教师", U"中小学", U"幼儿园", U"方案", U"意见", U"计划"}) {
    if (begins(after, word)) return 15;
    const std::u32string_view whole = word;
    for (size_t cut = 1; cut < whole.size(); ++cut)
      if (ends(before, whole.substr(0, cut)) && begins(after, whole.substr(cut))) return 400;
  }
  return 50;
}

}  // namespace

std::string balance_title(const std::string& title) {
  const std::u32string text = to_characters(title);
  const double width = width_of(text);
  if (text.find(U'\n') != std::u32string::npos || width <= kTitleCharacters - 1)
    return title;  // digits run wide in some faces
  const std::u32string_view all = text;
  const auto lines = static_cast<size_t>(width / (kTitleCharacters - 1)) + 1;
  std::vector<size_t> ends_at = chinese::find_breaks(all);
  ends_at.insert(ends_at.begin(), 0);
  ends_at.push_back(text.size());
  // best[k][i]: least cost of k lines that end at ends_at[i]; from[k][i]: where the last of them begins.
  constexpr double kNever = std::numeric_limits<double>::infinity();
  std::vector<std::vector<double>> best(lines + 1, std::vector<double>(ends_at.size(), kNever));
  std::vector<std::vector<size_t>> from(lines + 1, std::vector<size_t>(ends_at.size(), 0));
  best[0][0] = 0;
  for (size_t k = 1; k <= lines; ++k)
    for (size_t i = 1; i < ends_at.size(); ++i)
      for (size_t j = 0; j < i; ++j) {
        const double line = width_of(all.substr(ends_at[j], ends_at[i] - ends_at[j]));
        if (best[k - 1][j] == kNever || line > kTitleCharacters) continue;
        const double off = line - width / static_cast<double>(lines);
        const double at_end =
            i + 1 == ends_at.size() ? 0 : cost_of_break(all.substr(0, ends_at[i]), all.substr(ends_at[i]));
        if (const double cost = best[k - 1][j] + off * off + at_end; cost < best[k][i]) {
          best[k][i] = cost;
          from[k][i] = j;
        }
      }
  if (best[lines].back() == kNever) return title;
  std::string balanced;
  for (size_t k = lines, i = ends_at.size() - 1; k > 0; i = from[k][i], --k) {
    const size_t begin = ends_at[from[k][i]];
    balanced = to_utf8(all.substr(begin, ends_at[i] - begin)) + (balanced.empty() ? "" : "\n") + balanced;
  }
  return balanced;
}

}  // namespace wenshu::notice
