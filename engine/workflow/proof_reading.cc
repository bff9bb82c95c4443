// 勘误: what is a slip of the pen, and what is another text (条例 25: 需作实质性修改的，应当报原签批人复审).
#include "workflow/proof_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "chinese/sound.h"
#include "chinese/words.h"
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

bool is_any_of(char32_t character, std::u32string_view set) { return set.find(character) != set.npos; }

bool is_figure(char32_t character) { return is_any_of(character, U"0123456789０１２３４５６７８９.．%％‰"); }

// What a correction never touches: figures, amounts, dates, words that say no or yes, and words of which one for another
// says the opposite.
bool is_weighty(char32_t character) {
  return is_figure(character) ||
         is_any_of(character,
                   U"〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟"
                   U"年月日天周时元角分倍折号届"
                   U"不未非无勿莫否没免禁同准许可应须必拒停撤废暂缓"
                   U"上下前后内外左右增减升降加扣收支进出买卖借还男女正副甲乙丙丁优良差"
                   U"大小中高初奖惩罚或和新旧公私");
}

bool is_han(char32_t character) { return character >= 0x3400 && character <= 0x9FFF; }

bool is_word(std::u32string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(), is_han) &&
         chinese::find_words(text).empty();
}

constexpr size_t kLongestWord = 4;

// Calls `told` with each stretch [begin, end) of up to four characters that covers [from, until), until one says true.
template <class Told>
bool any_around(const std::u32string& text, size_t from, size_t until, const Told& told) {
  for (size_t begin = until > kLongestWord ? until - kLongestWord : 0; begin <= from; ++begin)
    for (size_t end = std::max(until, begin + 2); end <= std::min(begin + kLongestWord, text.size()); ++end)
      if (told(begin, end)) return true;
  return false;
}

bool stands_in_word(const std::u32string& text, size_t from, size_t until) {
  return any_around(text, from, until, [&](size_t begin, size_t end) {
    return is_word(std::u32string_view(text).substr(begin, end - begin));
  });
}

// A figure touched or beside it, also punctuation between figures: 3—5 is not 35.
bool touches_weight(const std::u32string& text, size_t begin, size_t end) {
  const bool words = begin < end && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                text.begin() + static_cast<std::ptrdiff_t>(end), is_han);
  for (size_t i = begin; i < end; ++i)
    if (is_weighty(text[i])) return true;
  const auto weighs = [&](char32_t one) {
    return words ? is_figure(one) : begin < end ? is_weighty(one) : is_figure(one);
  };
  while (begin > 0 && text[begin - 1] == U' ') --begin;
  while (end < text.size() && text[end] == U' ') ++end;
  return (begin > 0 && weighs(text[begin - 1])) || (end < text.size() && weighs(text[end]));
}

// A word of one character by itself: 认真|地|学习, not 当地|学校. REQUIRES: at < text.size().
bool stands_alone(const std::u32string& text, size_t at) {
  constexpr size_t kAround = 12;
  const size_t from = at > kAround ? at - kAround : 0;
  const auto begins = chinese::find_words(std::u32string_view(text).substr(from, at - from + kAround));
  const auto begins_at = [&](size_t index) {
    return index == 0 || index >= text.size() ||
           std::find(begins.begin(), begins.end(), index - from) != begins.end();
  };
  return begins_at(at) && begins_at(at + 1);
}

// What stands there may be the given name of a person whom nobody's directory knows: behind a surname that is in no word.
bool may_be_in_name(const std::u32string& text, size_t at) {
  constexpr std::u32string_view kSurnames =
      U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
      U"阎余潘杜戴夏钟汪田任姜范方石姚谭"
      U"廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文关阳庞樊兰殷施陶洪翟安颜倪严牛"
      U"温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
      U"路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹詹凌费纪靳盛童欧甄项曲成游阮裴席查柴褚";
  for (size_t back = 1; back <= 2 && back <= at; ++back) {
    const size_t surname = at - back;
    if (is_any_of(text[surname], kSurnames) && !stands_in_word(text, surname, surname + 1)) return true;
  }
  return false;
}

bool look_alike(char32_t a, char32_t b) {
  static constexpr std::u32string_view kGroups[] = {U"己已巳", U"候侯", U"竟竞", U"治冶", U"撒撤", U"籍藉",
                                                    U"教敎",   U"末未", U"师帅", U"项顶", U"候喉", U"怍作"};
  return std::any_of(std::begin(kGroups), std::end(kGroups),
                     [&](std::u32string_view group) { return is_any_of(a, group) && is_any_of(b, group); });
}

// One text corrected into the other at one place: only where what stood there was no word, and what stands there now is.
// Another word that reads well in its place is another text, however few its characters.
class Slip {
 public:
  Slip(const Hunk& hunk, const std::u32string& before, const std::u32string& after)
      : at_(hunk), before_(before), after_(after) {
    was_ = before.substr(at_.begin_before, at_.end_before - at_.begin_before);
    is_ = after.substr(at_.begin_after, at_.end_after - at_.begin_after);
  }

  bool touches_weight() const {
    return workflow::touches_weight(before_, at_.begin_before, at_.end_before) ||
           workflow::touches_weight(after_, at_.begin_after, at_.end_after);
  }

  bool is_one() const {
    constexpr std::u32string_view kMarks = U"，。；、：,;:", kParticles = U"的地";
    if (is_.empty()) {
      if (was_ == U"的") return stands_alone(before_, at_.begin_before);
      if (was_.size() == 1 && is_any_of(was_[0], kMarks)) return stands_beside_mark(kMarks);
      return is_doubled();
    }
    if (was_.empty()) {
      if (is_ == U"的") return stands_alone(after_, at_.begin_after);
      if (is_ == U"。") return at_.end_after == after_.size();
      return is_.size() == 1 && completes_word() && !may_be_in_name(before_, at_.begin_before);
    }
    if (is_wider()) return true;
    if (was_.size() == 1 && is_.size() == 1) {
      const char32_t a = was_[0], b = is_[0];
      if (is_any_of(a, kMarks) && is_any_of(b, kMarks)) return true;
      if (is_any_of(a, kParticles) && is_any_of(b, kParticles))
        return stands_alone(before_, at_.begin_before) && stands_alone(after_, at_.begin_after);
      return (chinese::sound_alike(a, b) || look_alike(a, b)) && makes_word();
    }
    return was_.size() == 2 && is_.size() == 2 && was_[0] == is_[1] && was_[1] == is_[0] && makes_word();
  }

 private:
  // (以邮戳为准) into （以邮戳为准）: the same bracket or quote, wide.
  bool is_wider() const {
    constexpr std::u32string_view kNarrow = U"()!?", kWide = U"（）！？";
    if (was_.size() != is_.size()) return false;
    for (size_t i = 0; i < was_.size(); ++i) {
      const size_t kind = kNarrow.find(was_[i]);
      if (kind == kNarrow.npos || kWide[kind] != is_[i]) return false;
    }
    return true;
  }

  // One of two marks that follow one another: ，。
  bool stands_beside_mark(std::u32string_view marks) const {
    return (at_.begin_before > 0 && is_any_of(before_[at_.begin_before - 1], marks)) ||
           (at_.end_before < before_.size() && is_any_of(before_[at_.end_before], marks));
  }

  // The same stands right before or behind, and what is left is of a word: 教教育. Not 人人, which says each of them, and not
  // 李媛媛, who is somebody else than 李媛.
  bool is_doubled() const {
    constexpr std::u32string_view kEach =
        U"人家户天年月日时处事件层步级校班村镇乡县市省局科室岗队个样种项条代世常往仅刚渐好多";
    const size_t size = was_.size();
    const bool like_before =
        at_.begin_before >= size && before_.compare(at_.begin_before - size, size, was_) == 0;
    if (!like_before && before_.compare(at_.end_before, size, was_) != 0) return false;
    if (size > 1) return !is_word(was_ + was_);
    const size_t first = like_before ? at_.begin_before - 1 : at_.begin_before,
                 left = like_before ? at_.begin_after - 1 : at_.begin_after;
    return !is_any_of(was_[0], kEach) && stands_in_word(after_, left, left + 1) &&
           !may_be_in_name(before_, first) && !may_be_in_name(before_, first + 1);
  }

  bool makes_word() const {
    if (may_be_in_name(before_, at_.begin_before)) return false;
    for (size_t i = at_.begin_before; i < at_.end_before; ++i)
      if (stands_in_word(before_, i, i + 1)) return false;
    return stands_in_word(after_, at_.begin_after, at_.end_after);
  }

  // 幼园 into 幼儿园: a word of three or four, of which the rest was none and held none.
  bool completes_word() const {
    const size_t at = at_.begin_before;
    if (at > 0 && stands_in_word(before_, at - 1, at)) return false;
    if (at < before_.size() && stands_in_word(before_, at, at + 1)) return false;
    return any_around(after_, at_.begin_after, at_.end_after, [&](size_t begin, size_t end) {
      return end - begin > 2 && is_word(std::u32string_view(after_).substr(begin, end - begin));
    });
  }

  const Hunk& at_;
  const std::u32string &before_, &after_;
  std::u32string was_, is_;
};

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
  constexpr size_t kLongestName = 8;
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
  // A short text in a row of a table is a name, a code, a class.
  const bool in_row = change.path.find_first_of("0123456789") != std::string::npos && path != change.path;
  if (in_row && after.size() <= kLongestName)
    return Blocker{"proof-name",
                   fmt::format("{} 是表格里的短词（姓名、班级一类），不能勘误：请退回修改、重新签署", title),
                   {{"field", path}}};
  for (const std::string& original : originals) {
    const std::u32string before = to_characters(original);
    const size_t most = std::clamp<size_t>(before.size() / kOneOf, 1, kMostCharacters);
    const auto hunks = hunks_between(before, after, most);
    if (!hunks)
      return Blocker{
          "proof-too-much",
          fmt::format("{} 与签署的一稿相比改动超过 {} 个字，不是勘误：请退回修改、重新签署", title, most),
          {{"field", path}}};
    if (auto name = find_changed_name(rules.directory, original, change.after); !name.empty())
      return Blocker{
          "proof-name",
          fmt::format("{} 里的“{}”有改动，人名和单位名不能勘误：请退回修改、重新签署", title, name),
          {{"field", path}}};
    for (const Hunk& hunk : *hunks) {
      const Slip slip(hunk, before, after);
      if (slip.touches_weight())
        return Blocker{
            "proof-substance",
            fmt::format("{} 的数字、金额或“不”“未”一类的字有改动，不是勘误：请退回修改、重新签署", title),
            {{"field", path}}};
      if (slip.is_one()) continue;
      const auto part = [](const std::u32string& whole, size_t begin, size_t end) {
        return to_utf8(whole.substr(begin, end - begin));
      };
      return Blocker{"proof-word",
                     fmt::format("{} 的“{}”改成“{}”不能断定只是改错字，可能是换词：请退回修改、重新签署",
                                 title, part(before, hunk.begin_before, hunk.end_before),
                                 part(after, hunk.begin_after, hunk.end_after)),
                     {{"field", path}}};
    }
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
