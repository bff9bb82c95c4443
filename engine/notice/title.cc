#include "notice/title.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/text.h"
#include "chinese/line_break.h"
#include "chinese/words.h"

namespace wenshu::notice {
namespace {

constexpr size_t kLongest = 400;  // characters; more is no title, and would take long
constexpr double kNever = std::numeric_limits<double>::infinity();

// Costs are squared characters of unevenness: a break inside a word is as bad as a step of 20 characters.
constexpr double kInsideWord = 400;
constexpr double kBeforeParticle = 300;
constexpr double kInsideName = 150;
constexpr double kAfterPreposition = 100;
constexpr double kInsideQuotes = 60;
constexpr double kInsideTerm = 60;
constexpr double kPlainWord = 12;
constexpr double kBeforeVerb = 4;  // a clause begins
constexpr double kFurtherLine = 30;
constexpr double kHourglass = 300;  // shorter, then longer again
constexpr double kRectangle = 5;    // lines of one length are neither trapezoid nor rhombus
constexpr double kGentleStep = 4;   // characters from line to line that nobody minds
constexpr double kInsideDate = 600;
constexpr double kInsideOrgan = 1000;
constexpr double kNarrow = 0.7;  // of a character: letters beyond ASCII

// Hundredths of a character that bold serif faces take for the characters from blank to tilde: those of Noto Serif CJK
// Bold, the widest that stands for 小标宋.
constexpr unsigned char kAscii[] = {
    25, 35, 44, 61, 58, 96, 80, 23,  40, 40, 48, 60, 33, 37,  33, 40,  // blank to /
    59, 46, 59, 59, 59, 59, 59, 58,  59, 59, 33, 33, 60, 60,  60, 47,  // 0 to ?
    97, 74, 70, 70, 78, 66, 64, 75,  86, 42, 42, 76, 64, 100, 81, 78,  // @ to O
    67, 78, 75, 59, 69, 81, 73, 109, 72, 70, 62, 37, 40, 37,  60, 59,  // P to _
    44, 58, 67, 56, 65, 57, 40, 59,  68, 34, 33, 65, 35, 100, 68, 62,  // ` to o
    67, 64, 50, 49, 39, 67, 57, 87,  59, 58, 51, 38, 33, 38,  60};     // p to ~

constexpr std::u32string_view kParticles = U"的地得和及与暨等之了并或";
constexpr std::u32string_view kEndings = U"制化性率";  // of words; none of them begins a line alone
constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百";
constexpr std::u32string_view kPrepositions[] = {U"关于", U"对", U"在", U"为", U"向", U"将",
                                                 U"于",   U"和", U"及", U"与", U"暨", U"并"};

// Terms of several words that say one thing (7.3.1 词意完整); a dictionary parts them.
constexpr std::u32string_view kTerms[] = {
    U"综合素质",   U"素质教育",   U"义务教育", U"学前教育", U"职业教育", U"特殊教育", U"继续教育",
    U"高中教育",   U"家庭教育",   U"劳动教育", U"教育教学", U"教育督导", U"教师队伍", U"教师培训",
    U"师德师风",   U"骨干教师",   U"优秀教师", U"班主任",   U"中小学校", U"中小学生", U"青少年",
    U"学科带头人", U"名师工作室", U"先进集体", U"先进个人", U"心理健康", U"健康成长", U"全面发展",
    U"高质量发展", U"食品安全",   U"校园安全", U"安全生产", U"学校食堂", U"立德树人", U"思想政治",
    U"意识形态",   U"党风廉政",   U"乡村振兴", U"信息技术", U"专项行动", U"专项整治", U"春季学期",
    U"秋季学期",   U"招生工作",   U"年度考核", U"职称评审", U"公开招聘", U"资格认定", U"实施方案",
    U"实施意见",   U"实施细则",   U"实施办法", U"管理办法", U"管理规定", U"工作方案", U"行动计划"};
constexpr std::u32string_view kVerbs[] = {U"进一步", U"全面", U"切实", U"加强", U"加快", U"做好", U"促进",
                                          U"推进",   U"推动", U"提升", U"提高", U"开展", U"深化", U"规范"};

double width_of(std::u32string_view text) {
  double width = 0;
  for (const char32_t c : text)
    width += c >= U' ' && c <= U'~' ? kAscii[c - U' '] / 100.0 : chinese::is_wide(c) ? 1 : kNarrow;
  return width;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

size_t skip_digits(std::u32string_view text, size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Past the date (2025年1月17日, 9月1日) or the school year (2024—2025学年度) that begins at `at`; `at` when none does.
size_t end_of_date(std::u32string_view text, size_t at) {
  size_t end = at;
  for (const char32_t unit : std::u32string_view(U"年月日")) {
    const size_t after = skip_digits(text, end);
    if (after > end && after < text.size() && text[after] == unit) end = after + 1;
  }
  const size_t from = skip_digits(text, at);
  if (end > at || from >= text.size() || std::u32string_view(U"—–-～至").find(text[from]) == text.npos)
    return end;
  const size_t to = skip_digits(text, from + 1);
  if (to == from + 1 || text.substr(to, 2) != U"学年") return at;
  return to + (text.substr(to, 3) == U"学年度" ? 3 : 2);
}

bool ends(std::u32string_view text, std::u32string_view word) {
  return text.size() >= word.size() && text.substr(text.size() - word.size()) == word;
}

class Balancer {
 public:
  Balancer(std::u32string_view text, const std::vector<std::string>& names)
      : text_(text), costs_(text.size() + 1, kNever), widths_(text.size() + 1, 0) {
    for (size_t i = 0; i < text.size(); ++i) widths_[i + 1] = widths_[i] + width_of(text.substr(i, 1));
    for (const size_t at : chinese::find_breaks(text, chinese::Keep::quantities)) costs_[at] = kInsideWord;
    const std::vector<size_t> words = chinese::find_words(text);
    for (const size_t at : words)
      if (costs_[at] != kNever) costs_[at] = cost_between_words(at);
    add_between_single_characters(words);
    add_inside_ordinals();
    for (const std::string& name : names) add_inside(to_characters(name), kInsideOrgan);
    for (const std::u32string_view term : kTerms) add_inside(term, kInsideTerm);
    add_inside_dates();
    add_inside_quotes(U'《', U'》');
    add_inside_quotes(U'“', U'”');
    add_inside_quotes(U'（', U'）');
    costs_.back() = 0;
  }

  // Ends of the lines; none when no lines hold the text.
  std::vector<size_t> ends_of_lines() {
    const auto least = static_cast<size_t>(std::ceil(widths_.back() / kTitleCharacters));
    std::vector<Layer> layers = {{{{0, 0, false}, {0, {}}}}};
    double best = kNever;
    std::vector<size_t> found;
    for (size_t lines = 1; lines <= least + 2; ++lines) {
      layers.push_back(next_layer(layers.back()));
      for (const auto& [last, way] : layers.back()) {
        if (last.end != text_.size()) continue;
        const double further = lines > least ? kFurtherLine * static_cast<double>(lines - least) : 0;
        if (way.cost + further >= best) continue;
        best = way.cost + further;
        found = trace(layers, last);
      }
    }
    return found;
  }

 private:
  // The last of some lines, and whether they have begun to get shorter.
  struct Last {
    size_t begin = 0, end = 0;
    bool falls = false;
    auto operator<=>(const Last&) const = default;
  };
  struct Way {
    double cost = kNever;
    Last before;
  };
  using Layer = std::map<Last, Way>;

  double cost_between_words(size_t at) const {
    const std::u32string_view before = text_.substr(0, at), after = text_.substr(at);
    if (kParticles.find(after[0]) != kParticles.npos) return kBeforeParticle;
    if (after.substr(0, 2) == U"同志") return kInsideName;
    if (after.substr(0, 2) == U"关于") return 0;
    for (const auto word : {U"印发", U"转发", U"批转", U"》", U"、", U"，", U"）"})
      if (ends(before, word)) return 0;
    for (const auto word : kPrepositions)
      if (ends(before, word)) return kAfterPreposition;
    if (after[0] == U'《') return 0;
    for (const auto word : kVerbs)
      if (after.starts_with(word)) return kBeforeVerb;
    return kPlainWord;
  }
  void add(size_t begin, size_t end, double cost) {
    for (size_t i = begin; i < end; ++i) costs_[i] += cost;
  }
  void add_inside(std::u32string_view name, double cost) {
    if (name.empty()) return;
    for (size_t at = text_.find(name); at != text_.npos; at = text_.find(name, at + name.size()))
      add(at + 1, at + name.size(), cost);
  }
  // What a dictionary does not know falls into single characters (首|问), and so do endings (寄宿|制学校).
  void add_between_single_characters(const std::vector<size_t>& words) {
    const auto begins = [&](size_t at) {
      return at == 0 || at == text_.size() || std::find(words.begin(), words.end(), at) != words.end();
    };
    for (const size_t at : words) {
      if (at == 0 || at >= text_.size() || !begins(at + 1)) continue;
      const bool is_ending = kEndings.find(text_[at]) != kEndings.npos;
      if (is_ending || begins(at - 1)) add(at, at + 1, is_ending ? kInsideName : kInsideTerm);
    }
  }
  // 第十二届, 第3期
  void add_inside_ordinals() {
    for (size_t i = text_.find(U'第'); i != text_.npos; i = text_.find(U'第', i + 1)) {
      size_t end = i + 1;
      while (end < text_.size() && (is_digit(text_[end]) || kNumerals.find(text_[end]) != kNumerals.npos))
        ++end;
      if (end > i + 1) add(i + 1, std::min(end + 1, text_.size()), kInsideDate);
    }
  }
  void add_inside_dates() {
    for (size_t i = 0; i < text_.size(); ++i) {
      if (!is_digit(text_[i])) continue;
      const size_t end = end_of_date(text_, i);
      add(i + 1, end, kInsideDate);
      i = std::max(end, skip_digits(text_, i)) - 1;
    }
  }
  void add_inside_quotes(char32_t opening, char32_t closing) {
    for (size_t at = text_.find(opening); at != text_.npos; at = text_.find(opening, at + 1)) {
      const size_t end = text_.find(closing, at);
      if (end != text_.npos) add(at + 1, end, kInsideQuotes);
    }
  }
  double width(const Last& line) const { return widths_[line.end] - widths_[line.begin]; }

  Layer next_layer(const Layer& layer) const {
    Layer next;
    for (const auto& [last, way] : layer)
      for (size_t end = last.end + 1; end <= text_.size(); ++end) {
        Last line{last.end, end, last.falls};
        if (width(line) > kTitleCharacters) break;
        if (costs_[end] == kNever) continue;
        double cost = way.cost + costs_[end];
        if (last.end > 0) cost += cost_of_step(width(line) - width(last), line.falls);
        Way& known = next[line];
        if (cost < known.cost) known = {cost, last};
      }
    return next;
  }

  static double cost_of_step(double step, bool& falls) {
    const double size = std::fabs(step);
    double cost = size < 1 ? kRectangle : 0;
    if (size > kGentleStep) cost += (size - kGentleStep) * (size - kGentleStep);
    if (falls && step >= 1) cost += kHourglass;
    falls = falls || step <= -1;
    return cost;
  }

  static std::vector<size_t> trace(const std::vector<Layer>& layers, Last last) {
    std::vector<size_t> ends;
    for (size_t lines = layers.size() - 1; lines > 0; --lines) {
      ends.insert(ends.begin(), last.end);
      last = layers[lines].at(last).before;
    }
    return ends;
  }

  std::u32string_view text_;
  std::vector<double> costs_;   // of a break before each character
  std::vector<double> widths_;  // of what stands before each character
};

}  // namespace

double title_width(const std::string& text) { return width_of(to_characters(text)); }

std::string balance_title(const std::string& title, const std::vector<std::string>& names) {
  const std::u32string text = to_characters(title);
  if (text.size() > kLongest || text.find(U'\n') != text.npos || width_of(text) <= kTitleCharacters - 1)
    return title;
  std::string balanced;
  size_t begin = 0;
  for (const size_t end : Balancer(text, names).ends_of_lines()) {
    balanced += (begin > 0 ? "\n" : "") + to_utf8(std::u32string_view(text).substr(begin, end - begin));
    begin = end;
  }
  return balanced.empty() ? title : balanced;
}

}  // namespace wenshu::notice
