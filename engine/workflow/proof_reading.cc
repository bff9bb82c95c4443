// 勘误: what is a slip of the pen, and what is another text (条例 25: 需作实质性修改的，应当报原签批人复审).
#include "workflow/proof_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "form/calculate.h"

namespace wenshu::workflow {
namespace {

using data::Value;

constexpr size_t kMostCharacters = 8;  // of one text, however long

// One place at which two texts differ: characters [begin, end) of each.
struct Hunk {
  size_t begin_before = 0, end_before = 0, begin_after = 0, end_after = 0;
};

// How to come from one text to the other with the fewest characters put in, left out or replaced (Levenshtein); nothing
// when there are more than `most`: only the diagonals that far from the first are looked at.
std::optional<std::vector<Hunk>> hunks_between(const std::u32string& a, const std::u32string& b,
                                               size_t most) {
  const size_t band = 2 * most + 1, far = most + 1;
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > most) return std::nullopt;
  // cost(i, j) stands in column j - i + most of row i.
  std::vector<uint8_t> costs((a.size() + 1) * band, static_cast<uint8_t>(far));
  const auto cost = [&](size_t i, size_t j) -> size_t {
    if (j + most < i || j > i + most) return far;
    return costs[i * band + (j + most - i)];
  };
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = i > most ? i - most : 0; j <= std::min(b.size(), i + most); ++j) {
      size_t best = i == 0 ? j : j == 0 ? i : cost(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      if (i > 0) best = std::min(best, cost(i - 1, j) + 1);
      if (j > 0) best = std::min(best, cost(i, j - 1) + 1);
      costs[i * band + (j + most - i)] = static_cast<uint8_t>(std::min(best, far));
    }
  }
  if (cost(a.size(), b.size()) > most) return std::nullopt;
  std::vector<Hunk> hunks;
  bool open = false;
  for (size_t i = a.size(), j = b.size(); i > 0 || j > 0;) {
    const bool same = i > 0 && j > 0 && a[i - 1] == b[j - 1] && cost(i - 1, j - 1) == cost(i, j);
    if (!same && !open) hunks.push_back({i, i, j, j});
    open = !same;
    const bool both = i > 0 && j > 0 && (same || cost(i - 1, j - 1) + 1 == cost(i, j));
    const bool left_out = !both && i > 0 && cost(i - 1, j) + 1 == cost(i, j);
    if (both || left_out) --i;
    if (both || !left_out) --j;
    if (!same) hunks.back().begin_before = i, hunks.back().begin_after = j;
  }
  std::reverse(hunks.begin(), hunks.end());
  return hunks;
}

// One character that is wrong, lacking or too much, two that changed places, a word that stands there twice.
bool is_slip(const Hunk& hunk, const std::u32string& before, const std::u32string& after) {
  const std::u32string was = before.substr(hunk.begin_before, hunk.end_before - hunk.begin_before);
  const std::u32string is = after.substr(hunk.begin_after, hunk.end_after - hunk.begin_after);
  if (was.size() <= 1 && is.size() <= 1) return true;
  if (was.size() == 2 && is.size() == 2) return was[0] == is[1] && was[1] == is[0];
  if (!is.empty()) return false;
  const bool like_before =
      hunk.begin_before >= was.size() && before.compare(hunk.begin_before - was.size(), was.size(), was) == 0;
  return like_before || before.compare(hunk.end_before, was.size(), was) == 0;
}

// What a correction never touches, in its order: figures, amounts, dates, words that say no or yes, and words of which
// one for another says the opposite.
std::u32string weighty(const std::u32string& text) {
  static constexpr std::u32string_view kWeighty =
      U"0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟.．%％‰"
      U"年月日天周时元角分倍折号届"
      U"不未非无勿莫否没免禁同准许可应须必拒停撤废暂缓"
      U"上下前后内外左右增减升降加扣收支进出买卖借还男女正副甲乙丙丁优良差";
  std::u32string found;
  for (char32_t character : text) {
    if (kWeighty.find(character) != std::u32string_view::npos) found += character;
  }
  return found;
}

const Value* find_at(const Value& data, const std::string& path) {
  const Value* at = &data;
  for (const std::string& key : split(path, ".")) {
    const bool index =
        at->is_list() && !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
    if (index)
      at = std::stoul(key) < at->size() ? &at->items()[std::stoul(key)] : nullptr;
    else
      at = at->find(key);
    if (!at) return nullptr;
  }
  return at;
}

// "rows.0.title" names the field rows.title.
std::string field_path(const std::string& path) {
  std::vector<std::string> keys;
  for (const std::string& key : split(path, ".")) {
    if (key.empty() || key.find_first_not_of("0123456789") != std::string::npos) keys.push_back(key);
  }
  return join(keys, ".");
}

// A person or department of the directory whom only one of the texts names.
std::string find_changed_name(const directory::Directory& office, const std::string& before,
                              const std::string& after) {
  const auto differs = [&](const std::string& name) {
    return !name.empty() &&
           (before.find(name) == std::string::npos) != (after.find(name) == std::string::npos);
  };
  for (const auto& person : office.people)
    if (differs(person.name)) return person.name;
  for (const auto& department : office.departments)
    if (differs(department.title)) return department.title;
  return "";
}

// Whether one changed text is only corrected, held against each text that was signed.
std::optional<Blocker> find_text_blocker(const Rules& rules, const std::string& path,
                                         const TextChange& change, const Proof& proof) {
  constexpr size_t kOneOf = 4;  // more of a sentence than that is another text, whoever calls it a correction
  const std::string title = rules.form.title_of(path);
  const form::Field* field = rules.form.find(path);
  const bool text =
      field && (field->type == form::FieldType::text || field->type == form::FieldType::long_text);
  if (!text || change.before.empty() || change.after.empty())
    return Blocker{
        "proof-not-text", fmt::format("勘误只改文字，不能改 {}：请退回修改", title), {{"field", path}}};
  std::vector<std::string> originals = {change.before};
  for (const Value& one : proof.signed_texts) {
    const Value* value = find_at(one, change.path);
    if (value && value->is_scalar()) originals.push_back(value->text());
  }
  const std::u32string after = to_characters(change.after);
  for (const std::string& original : originals) {
    const std::u32string before = to_characters(original);
    if (weighty(before) != weighty(after))
      return Blocker{
          "proof-substance",
          fmt::format("{} 的数字、金额或“不”“未”一类的字有改动，不是勘误：请退回修改、重新签署", title),
          {{"field", path}}};
    const size_t most = std::clamp<size_t>(before.size() / kOneOf, 1, kMostCharacters);
    const auto hunks = hunks_between(before, after, most);
    if (!hunks)
      return Blocker{
          "proof-too-much",
          fmt::format("{} 与签署的一稿相比改动超过 {} 个字，不是勘误：请退回修改、重新签署", title, most),
          {{"field", path}}};
    for (const Hunk& hunk : *hunks) {
      if (is_slip(hunk, before, after)) continue;
      const auto part = [](const std::u32string& whole, size_t begin, size_t end) {
        return to_utf8(whole.substr(begin, end - begin));
      };
      return Blocker{"proof-word",
                     fmt::format("{} 的“{}”改成“{}”是换词，不是改错字：请退回修改、重新签署", title,
                                 part(before, hunk.begin_before, hunk.end_before),
                                 part(after, hunk.begin_after, hunk.end_after)),
                     {{"field", path}}};
    }
    if (auto name = find_changed_name(rules.directory, original, change.after); !name.empty())
      return Blocker{
          "proof-name",
          fmt::format("{} 里的“{}”有改动，人名和单位名不能勘误：请退回修改、重新签署", title, name),
          {{"field", path}}};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Blocker> find_proof_blockers(const Rules& rules, const Marking& marking, const Proof& proof) {
  std::vector<Blocker> blockers;
  Marking copy = marking;
  // What had changed before must not pass for a correction.
  if (!void_changed(rules, copy, proof.before).empty())
    return {
        {"signature-void", "先前的改动或新版模板已使签署作废，不能再勘误：请办理，办件会回到签署人那里", {}}};
  bool any = false;
  for (const TextChange& change : text_changes(proof.before, proof.after)) {
    const std::string path = field_path(change.path);
    if (form::is_derived(rules.form, path)) continue;
    any = true;
    auto blocker = find_text_blocker(rules, path, change, proof);
    if (blocker) blockers.push_back(std::move(*blocker));
  }
  if (!any) blockers.push_back({"proof-nothing", "勘误要用 --data 写明改成什么", {}});
  return blockers;
}

std::string shown_change(const std::string& before, const std::string& after) {
  constexpr size_t kAround = 4;  // characters that show where it stands
  const std::u32string a = to_characters(before), b = to_characters(after);
  const size_t shorter = std::min(a.size(), b.size());
  size_t head = 0, tail = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const size_t begin = head > kAround ? head - kAround : 0, end = tail > kAround ? tail - kAround : 0;
  const auto part = [&](const std::u32string& text) {
    return to_utf8(text.substr(begin, text.size() - end - begin));
  };
  return fmt::format("“{}”改为“{}”", part(a), part(b));
}

}  // namespace wenshu::workflow
