#include "chinese/count.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "chinese/reading.h"

namespace wenshu::chinese {
namespace {

constexpr int64_t kMostHeads = 100'000'000;  // more people than any province has
constexpr int kMostDigits = 9;

// Whole texts, or their beginnings, that say: the number is still open.
constexpr std::array<std::u32string_view, 18> kOpenWords = {
    U"待定", U"未定", U"不限", U"若干", U"另行通知", U"见附件", U"详见附件", U"视情况",   U"视报名",
    U"全体", U"全员", U"所有", U"按需", U"据实",     U"按实际", U"人数待定", U"人数未定", U"人数不限"};

bool is_figure(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_numeral(char32_t c) {
  return std::u32string_view(U"零〇一二三四五六七八九十百千万两").find(c) != std::u32string_view::npos;
}
bool is_mask(char32_t c) { return std::u32string_view(U"Xx×＊*？?Ｘ○").find(c) != std::u32string_view::npos; }

bool begins_with_open_word(std::u32string_view text) {
  return std::any_of(kOpenWords.begin(), kOpenWords.end(),
                     [text](std::u32string_view word) { return text.substr(0, word.size()) == word; });
}

// What one term (between + ; , 加) says.
struct Term {
  int64_t known = 0;
  bool numbered = false;
  bool masked = false;  // XXXX人
  bool approximate = false;
  bool each = false;  // 每校2人: how many schools there are is not said
  bool person_times = false;
  bool named = false;  // says 人, 名 or 位
  bool plain = false;  // a number and nothing else: 40
  bool too_many = false;
};

// 人次 人 名 位 behind a number. The number of characters taken.
size_t unit_length(std::u32string_view rest, bool& person_times) {
  if (rest.substr(0, 2) == U"人次") {
    person_times = true;
    return 2;
  }
  if (rest.empty()) return 0;
  return rest.front() == U'人' || rest.front() == U'名' || rest.front() == U'位' ? 1 : 0;
}

bool ends_with_about(std::u32string_view text) {
  for (const std::u32string_view word :
       {U"约", U"近", U"大约", U"不少于", U"不超过", U"至少", U"至多", U"最多"}) {
    if (text.size() >= word.size() && text.substr(text.size() - word.size()) == word) return true;
  }
  return false;
}

bool begins_with_about(std::u32string_view text) {
  for (const std::u32string_view word : {U"左右", U"上下", U"以上", U"以内", U"以下", U"余", U"多"}) {
    if (text.substr(0, word.size()) == word) return true;
  }
  return false;
}

// One number that begins at `begin`; `end` is set behind it and its unit when people are meant.
void read_number(std::u32string_view text, size_t begin, size_t& end, Term& term) {
  size_t length = 0;
  const bool figures = is_figure(text[begin]);
  while (begin + length < text.size() && (figures ? is_figure : is_numeral)(text[begin + length])) ++length;
  end = begin + length;
  Reading reading(text.substr(begin, length));
  const auto number = reading.take_number(kMostDigits);
  std::u32string_view rest = text.substr(end);
  const bool about = begins_with_about(rest) || ends_with_about(text.substr(0, begin));
  if (!rest.empty() && (rest.front() == U'余' || rest.front() == U'多')) rest.remove_prefix(1);
  if (length == text.size()) term.plain = true;
  const size_t unit = unit_length(rest, term.person_times);
  if (unit == 0 && !term.plain) return;  // 2020年, 附件1
  if (!number || *number > kMostHeads) {
    term.too_many = true;
    return;
  }
  end = text.size() - rest.size() + unit;
  term.named = term.named || unit > 0;
  term.numbered = true;
  term.known += *number;
  term.approximate = term.approximate || about || begins_with_about(rest.substr(unit));
}

Term read_term(std::u32string_view text) {
  Term term;
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (is_figure(text[i]) || is_numeral(text[i])) {
      read_number(text, i, end, term);
      // 30—40人: the first number has no unit, the second counts.
      if (i > 0 && text[i - 1] == U'—' && i > 1 && is_figure(text[i - 2])) term.approximate = true;
    } else if (is_mask(text[i])) {
      while (end < text.size() && is_mask(text[end])) ++end;
      bool times = false;
      if (unit_length(text.substr(end), times) > 0) term.masked = true;
    } else if (text[i] == U'每') {
      term.each = true;
    }
    i = end;
  }
  return term;
}

std::vector<std::u32string> terms_of(std::u32string_view text) {
  std::vector<std::u32string> terms(1);
  for (const char32_t c : text) {
    if (c == U'+' || c == U';' || c == U',' || c == U'加' || c == U'及') {
      terms.emplace_back();
    } else {
      terms.back() += c;
    }
  }
  return terms;
}

}  // namespace

std::optional<Count> parse_count(std::string_view text) {
  const auto normal = normalise(text);
  if (!normal) return std::nullopt;
  Count count;
  count.text_ = std::string(text);
  if (normal->empty() || begins_with_open_word(*normal)) {
    count.open_ = true;
    return count;
  }
  bool says_people = false;
  for (const std::u32string& part : terms_of(*normal)) {
    if (part.empty()) return std::nullopt;
    const Term term = read_term(part);
    if (term.too_many) return std::nullopt;
    count.known_ += term.known;
    if (count.known_ > kMostHeads) return std::nullopt;
    count.approximate_ = count.approximate_ || term.approximate;
    count.person_times_ = count.person_times_ || term.person_times;
    count.open_ = count.open_ || term.masked || term.each || !term.numbered;
    says_people = says_people || term.named || term.masked || term.plain;
  }
  if (!says_people) return std::nullopt;
  return count;
}

std::strong_ordering operator<=>(const Count& a, const Count& b) {
  if (a.known_ != b.known_) return a.known_ <=> b.known_;
  if (a.approximate_ != b.approximate_) return a.approximate_ <=> b.approximate_;
  if (a.open_ != b.open_) return a.open_ <=> b.open_;
  return a.text_.compare(b.text_) <=> 0;
}

void CountSum::add(const Count& count) {
  ++items_;
  known_ += count.known();
  if (count.known() > 0 || !count.open()) ++numbered_items_;
  if (count.open()) ++open_items_;
  approximate_ = approximate_ || count.approximate();
  person_times_ = person_times_ || count.person_times();
}

std::string CountSum::to_text() const {
  const char* unit = person_times_ ? "人次" : "人";
  if (numbered_items_ == 0 && items_ > 0) return "人数未定";
  std::string text = fmt::format("{}{}{}", approximate_ ? "约" : "", known_, unit);
  if (open_items_ > 0) text += fmt::format("（另有{}项人数未定）", open_items_);
  return text;
}

}  // namespace wenshu::chinese
