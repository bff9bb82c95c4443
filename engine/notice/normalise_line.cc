#include "notice/normalise_line.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "chinese/date.h"
#include "chinese/line_break.h"
#include "notice/line_marks.h"
#include "notice/line_signs.h"
#include "notice/line_view.h"

namespace wenshu::notice {
namespace {

constexpr std::u32string_view kMarks = U"、，。：；！？（）《》〈〉“”‘’【】〔〕「」『』…";
constexpr std::u32string_view kHalf = U",:;?!.", kFull = U"，：；？！。";
constexpr std::u32string_view kDashes = U"—–－-―~～";
constexpr size_t kShortestTelephone = 7;
constexpr size_t kLongestHeading = 60, kNextClause = 200;  // characters

// The end of a line, a blank or a mark: what stands beside a word that is not run on.
bool stands_apart(char32_t c) { return c == 0 || is_space(c) || holds(kMarks, c); }

class LineCleaner {
 public:
  LineCleaner(std::u32string_view line, const Neighbours& document)
      : view_(line),
        line_(line),
        document_(document),
        taken_(line.size(), false),
        kept_(line.size(), false),
        enclosed_(line.size() + 1, false) {}

  std::vector<Edit> run(Form form) {
    form_ = form;
    if (form == Form::prose && is_web_furniture(line_)) {
      edit(0, line_.size(), U"", "web-artefact");
      return std::move(edits_);
    }
    look_for_enclosures();
    run_together_ = form == Form::prose && is_run_together();
    keep_tags_and_addresses();
    remove_artefacts();
    mend_numbers();
    mend_dates();
    mend_ranges();
    mend_dashes();
    if (form == Form::prose) mend_level_mark();
    for (const auto& [open, close] : find_inner_titles(line_)) {
      edit(open, open + 1, U"〈", "angle-brackets");
      edit(close, close + 1, U"〉", "angle-brackets");
    }
    mend_brackets();
    mend_quotes();
    mend_marks();
    mend_spaces();
    std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
    return std::move(edits_);
  }

 private:
  char32_t at(size_t i) const { return view_.at(i); }
  bool is_gap(size_t i) const { return view_.is_gap(i); }
  char32_t before(size_t i) const { return view_.before(i); }
  char32_t after(size_t i) const { return view_.after(i); }

  bool edit(size_t begin, size_t end, std::u32string with, const char* rule) {
    for (size_t i = begin; i < end; ++i)
      if (taken_[i] || kept_[i]) return false;
    std::fill(taken_.begin() + begin, taken_.begin() + end, true);
    edits_.push_back({begin, end, std::move(with), rule});
    return true;
  }

  void keep(size_t begin, size_t end) {
    std::fill(kept_.begin() + begin, kept_.begin() + std::min(end, kept_.size()), true);
  }

  // {{tags}}, http://…, a@b.cn, 安排表.docx: none of their marks is punctuation.
  void keep_tags_and_addresses() {
    for (size_t i = line_.find(U":\\"); i != line_.npos && i > 0; i = line_.find(U":\\", i + 1))
      keep(i - 1,
           std::min(line_.find_first_of(U" \u3000，。；、）”》", i), line_.size()));  // D:\附件,文件.docx
    for (size_t i = line_.find(U"{{"); i != line_.npos;) {
      const size_t end = line_.find(U"}}", i);
      keep(i, end == line_.npos ? line_.size() : end + 2);
      if (end == line_.npos) break;
      i = line_.find(U"{{", end + 2);
    }
    for (size_t i = 0; i < line_.size(); ++i) {
      const bool scheme = line_.substr(i, 3) == U"://", www = line_.substr(i, 4) == U"www.";
      if (!scheme && !www && line_[i] != U'@') continue;
      const auto in_address = [](char32_t c) {
        return is_word_of(c) || holds(U"-._~:/?#[]@!$&'()*+,;=%", c);
      };
      size_t begin = i, end = i + 1;
      while (begin > 0 && (is_word_of(line_[begin - 1]) || holds(U"-._+", line_[begin - 1]))) --begin;
      for (size_t part = end; part > 0; part = after_chinese_part(end)) {
        end = part;
        while (end < line_.size() && in_address(line_[end])) ++end;
      }
      while (end > i + 1 && holds(U",:;?!.)", line_[end - 1])) --end;
      if (end - begin <= 3) continue;
      keep(begin, end);
      i = end - 1;
    }
    for (size_t i = 1; i < line_.size(); ++i) {  // a suffix after a name
      if (line_[i] != U'.' || !is_latin(at(i + 1)) || is_space(line_[i - 1])) continue;
      size_t end = i + 1;
      while (end < line_.size() && is_word_of(line_[end])) ++end;
      keep(find_file_name(line_, i, end), end);
    }
  }

  // Past the Chinese words in the midst of an address (/培训/报名?班=1); 0 where it has ended.
  size_t after_chinese_part(size_t at_end) const {
    size_t end = at_end;
    while (is_chinese(at(end))) ++end;
    const bool inside = end > at_end && holds(U"/=?&#", line_[at_end - 1]) && holds(U"/=?&#", at(end));
    return inside ? end : 0;
  }

  void remove_artefacts() {
    for (size_t i = 0; i < line_.size(); ++i)
      if (is_invisible(line_[i])) edit(i, i + 1, U"", "invisible-character");
    size_t end = line_.size();
    while (end > 0 && (is_gap(end - 1) || holds(U"|｜", line_[end - 1]))) --end;
    const std::u32string_view tail = line_.substr(end);
    const bool is_row = line_.substr(0, end).find(U'|') != line_.npos;  // of a table in plain text
    if (!is_row && tail.find_first_of(U"|｜") != tail.npos) edit(end, line_.size(), U"", "web-artefact");
    for (const std::u32string_view entity : {U"&nbsp;", U"&ensp;", U"&emsp;"}) remove_all(entity);
    remove_stars();
    const size_t hashes = line_.find_first_not_of(U'#');  // # 标题 of Markdown, not #2宿舍楼
    if (hashes > 0 && hashes < 7 && hashes < line_.size() && is_space(line_[hashes]))
      edit(0, std::min(line_.find_first_not_of(U" \t\u3000", hashes), line_.size()), U"", "web-artefact");
    size_t close = 0;  // the next > behind each <, looked for once
    for (size_t i = line_.find(U'<'); i != line_.npos; i = line_.find(U'<', i + 1)) {
      if (close <= i) close = line_.find(U'>', i);
      if (close == line_.npos) break;
      if (!is_web_tag(line_, i) || close - i > 200) continue;
      const bool breaks = line_.substr(i, 3) == U"<br" && close + 1 < line_.size() && i > 0;
      edit(i, close + 1, breaks ? U"\n" : U"", "web-artefact");
    }
  }

  // ** of Markdown around words that stand by themselves (**时间**：), but not those that hide names and figures: 李**、王**,
  // **乡中心校, 138****0000.
  void remove_stars() {
    if (form_ == Form::cell) return;
    size_t open = line_.npos;
    for (size_t i = line_.find(U'*'); i < line_.size(); i = line_.find(U'*', i)) {
      const size_t begin = i;
      while (at(i) == U'*') ++i;
      const char32_t left = begin > 0 ? line_[begin - 1] : U'\0', right = at(i);
      const auto is_word = [&](char32_t c) { return !stands_apart(c) && c != U'*'; };
      if (i - begin == 2 && open != line_.npos && is_word(left) &&
          (stands_apart(right) || holds(kHalf, right))) {
        edit(open, open + 2, U"", "web-artefact");
        edit(begin, i, U"", "web-artefact");
        open = line_.npos;
      } else {
        open = i - begin == 2 && stands_apart(left) && is_word(right) ? begin : line_.npos;
      }
    }
  }

  void remove_all(std::u32string_view what) {
    for (size_t i = line_.find(what); i != line_.npos; i = line_.find(what, i + what.size()))
      edit(i, i + what.size(), U"", "web-artefact");
  }

  // 清教[2020]18号: the year stands in 〔〕.
  void mend_numbers() {
    constexpr std::u32string_view kOpen = U"[［【(（﹝〔", kClose = U"]］】)）﹞〕";
    for (size_t i = 1; i + 6 < line_.size(); ++i) {
      if (!holds(kOpen, line_[i]) || !is_chinese(line_[i - 1]) || !holds(kClose, line_[i + 5])) continue;
      const std::u32string_view year = line_.substr(i + 1, 4);
      if (!std::all_of(year.begin(), year.end(), is_digit) || (year[0] != U'1' && year[0] != U'2')) continue;
      size_t end = i + 6;
      if (at(end) == U'第') ++end;
      const size_t serial = end;
      while (is_digit(at(end))) ++end;
      if (end == serial || at(end) != U'号') continue;
      if (line_[i] != U'〔') edit(i, i + 1, U"〔", "number-brackets");
      if (line_[i + 5] != U'〕') edit(i + 5, i + 6, U"〕", "number-brackets");
    }
  }

  // 06月 and 月06日 without the zero; 2024-06-06, 2024.6.6 and 2024/6/6 as 2024年6月6日.
  void mend_dates() {
    for (size_t i = 0; i + 2 < line_.size(); ++i) {
      const bool padded = line_[i] == U'0' && is_digit(line_[i + 1]) && line_[i + 1] != U'0' &&
                          !is_digit(i > 0 ? line_[i - 1] : U'\0');
      if (padded && (line_[i + 2] == U'月' || (line_[i + 2] == U'日' && before(i) == U'月')))
        edit(i, i + 1, U"", "date-padding");
    }
    if (form_ == Form::cell) return;  // GB/T 15835-2011 lets a table write 2024-06-06
    for (size_t i = 0; i + 7 < line_.size(); ++i) mend_figure_date(i);
  }

  std::optional<unsigned> number_at(size_t& i) const {
    unsigned value = 0;
    const size_t begin = i;
    while (is_digit(at(i)) && i - begin < 5) value = value * 10 + static_cast<unsigned>(at(i++) - U'0');
    return i == begin ? std::nullopt : std::optional(value);
  }

  void mend_figure_date(size_t begin) {
    if (begin > 0 && (is_word_of(line_[begin - 1]) || holds(U"-./_", line_[begin - 1]))) return;
    size_t i = begin;
    const auto year = number_at(i);
    if (!year || i - begin != 4 || *year < 1900 || *year > 2100 || !holds(U"-./", at(i))) return;
    const char32_t joint = line_[i++];
    const auto month = number_at(i);
    if (!month || at(i++) != joint) return;
    const auto day = number_at(i);
    if (!day || is_word_of(at(i)) || holds(U"-/_", at(i)) || (at(i) == U'.' && is_word_of(at(i + 1)))) return;
    const Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                    std::chrono::day(*day)};
    if (date.ok()) edit(begin, i, to_characters(chinese::to_date_text(date)), "date-figures");
  }

  // A range of numbers or months has one 一字线 (or one 浪纹线): 1月——3月, 9月-12月.
  void mend_ranges() {
    for (size_t i = 0; i < line_.size();) {
      if (!holds(kDashes, line_[i])) {
        ++i;
        continue;
      }
      size_t end = i;
      while (end < line_.size() && holds(kDashes, line_[end])) ++end;
      if (is_range(view_, i, end)) {
        const size_t from = view_.skip_back(i), to = view_.skip(end);
        const bool wave = line_[i] == U'~' || line_[i] == U'～';
        const std::u32string right = wave ? U"～" : U"—";
        if (line_.substr(from, to - from) != right) edit(from, to, right, "range-dash");
        narrow_colons(time_before(view_, from), time_from(view_, to));
      }
      i = end;
    }
  }

  // 15：00—17：00: two times of day, where a single 8：30 may be a ratio.
  void narrow_colons(size_t from, size_t to) {
    if (from == line_.npos || to == line_.npos) return;
    for (const size_t begin : {from, to}) {
      const size_t colon = line_.find_first_of(U":：", begin);
      if (line_[colon] == U'：') edit(colon, colon + 1, U":", "fullwidth-alphanumeric");
    }
  }

  void mend_dashes() {
    for (size_t i = 0; i < line_.size();) {
      size_t end = i;
      while (end < line_.size() && holds(U"-－", line_[end])) ++end;
      const bool between = is_chinese(before(i)) && is_chinese(after(end));
      if (end - i >= 2 && end - i <= 3 && between && !joins_places(end)) edit(i, end, U"——", "dash-form");
      i = std::max(end, i + 1);
    }
    for (size_t i = 0; i < line_.size();) {
      size_t end = i;
      while (end < line_.size() && line_[end] == line_[i]) ++end;
      const size_t length = end - i;
      if (line_[i] == U'—' && length == 3 && is_chinese(before(i))) edit(i, end, U"——", "dash-form");
      const bool dots = (line_[i] == U'.' || line_[i] == U'。') && length >= 3;
      if (dots && (is_chinese(before(i)) || holds(kMarks, before(i)))) edit(i, end, U"……", "ellipsis-form");
      if (line_[i] == U'…' && length == 1 && is_chinese(before(i))) edit(i, end, U"……", "ellipsis-form");
      if (holds(U"，、；：", line_[i]) && length >= 2)
        edit(i, end, std::u32string(1, line_[i]), "doubled-mark");
      if (line_[i] == U'。' && length == 2) edit(i, end, U"。", "doubled-mark");
      i = end;
    }
  }

  // 北京--上海高铁: no 破折号, and whether it wants one dash a person says.
  bool joins_places(size_t behind) const {
    const std::u32string_view words =
        line_.substr(behind, 8).substr(0, line_.substr(behind, 8).find_first_of(kMarks));
    return words.find(U"高铁") != words.npos || words.find(U"铁路") != words.npos ||
           words.find(U"高速") != words.npos || words.find(U"公路") != words.npos ||
           words.find(U"航线") != words.npos;
  }

  bool is_wide(char32_t c) const { return c != 0 && chinese::is_wide(c); }

  void mend_brackets() {
    std::vector<size_t> open;
    std::vector<bool> paired(line_.size(), false);
    std::vector<size_t> wide(line_.size() + 1, 0);  // how many wide characters stand before each
    for (size_t i = 0; i < line_.size(); ++i) wide[i + 1] = wide[i] + (chinese::is_wide(line_[i]) ? 1 : 0);
    for (size_t i = 0; i < line_.size(); ++i) {
      if (kept_[i]) continue;
      if (line_[i] == U'(' || line_[i] == U'（') open.push_back(i);
      if ((line_[i] != U')' && line_[i] != U'）') || open.empty()) continue;
      const size_t begin = open.back();
      open.pop_back();
      paired[begin] = paired[i] = true;
      if (is_wide(before(begin)) || is_wide(after(i + 1)) || wide[i] > wide[begin + 1])
        widen_bracket(begin), widen_bracket(i);
    }
    for (size_t i = 0; i < line_.size(); ++i)
      if (!paired[i] && (is_wide(before(i)) || (line_[i] == U'(' && is_wide(after(i + 1))))) widen_bracket(i);
  }

  void widen_bracket(size_t i) {
    if (line_[i] == U'(') edit(i, i + 1, U"（", "ascii-punctuation");
    if (line_[i] == U')') edit(i, i + 1, U"）", "ascii-punctuation");
  }

  bool has_chinese() const { return std::any_of(line_.begin(), line_.end(), is_chinese); }

  // Straight quotes, and curly ones that all lean one way, open and close in turn; a nesting that is right
  // stays, and an odd number is not for a program to mend.
  void mend_quotes() {
    if (!has_chinese()) return;
    turn_quotes(U'"', U'“', U'”');
    turn_quotes(U'\'', U'‘', U'’');
  }

  void turn_quotes(char32_t straight, char32_t open, char32_t close) {
    std::vector<size_t> places;
    bool right = true;
    int depth = 0;
    for (size_t i = 0; i < line_.size(); ++i) {
      const char32_t c = line_[i];
      if (kept_[i] || (c != straight && c != open && c != close)) continue;
      const bool apostrophe =
          (c == U'\'' || c == U'’') && i > 0 && is_latin(line_[i - 1]) && is_latin(at(i + 1));
      if (apostrophe) continue;
      // 55"电视, 3'40" and students' club: what stands behind a figure or a word opens nothing.
      const bool could_open = places.size() % 2 == 0 && c != open;
      const bool measure = could_open && i > 0 && is_digit(line_[i - 1]);
      const bool possessive =
          could_open && straight == U'\'' && i > 0 && is_latin(line_[i - 1]) && is_space(at(i + 1));
      if (measure || possessive) continue;
      places.push_back(i);
      if (c == straight) right = false;
      depth += c == open ? 1 : -1;
      if (depth < 0) right = false;
    }
    if ((right && depth == 0) || places.size() % 2 != 0) return;
    bool opens = true;
    for (const size_t i : places) {
      const char32_t wanted = opens ? open : close;
      const bool was_straight = line_[i] == straight;
      if (line_[i] != wanted)
        edit(i, i + 1, std::u32string(1, wanted), was_straight ? "ascii-punctuation" : "quotes-turned");
      opens = !opens;
    }
  }

  void mend_marks() {
    for (size_t i = 0; i < line_.size(); ++i) {
      const char32_t c = line_[i], left = before(i), right = after(i + 1);
      const bool year = c == U'０' && (holds(kNumerals, left) || left == U'〇');  // 二０二四年
      if (year) edit(i, i + 1, U"〇", "date-zero");
      if (c >= U'０' && c <= U'ｚ' && is_word_of(c - 0xFEE0) && !year)
        edit(i, i + 1, std::u32string(1, c - 0xFEE0), "fullwidth-alphanumeric");
      if (parts_thousands(view_, i)) edit(i, i + 1, U",", "fullwidth-alphanumeric");
      if (is_colon_of_time(view_, i)) edit(i, i + 1, U":", "fullwidth-alphanumeric");
      if (joins_wide_letters(i)) edit(i, i + 1, std::u32string(1, c - 0xFEE0), "fullwidth-alphanumeric");
      const size_t which = kHalf.find(c);
      if (which == kHalf.npos) continue;
      const bool widened = i > 0 && is_widened(i - 1);  // of "到底". the quote is full width by now
      const bool wide = is_wide(left) || is_wide(right) || widened || (right == 0 && has_chinese());
      const bool number = is_digit(left) && is_digit(right) && c != U';';
      const bool ends =
          right == 0 && is_digit(left) && i > 3;  // 17:00. ends the sentence, 12. begins an item
      const bool stop = c == U'.' && (!(is_chinese(left) || holds(kMarks, left) || widened || ends) ||
                                      is_word_of(at(i + 1)));
      const bool item = form_ == Form::cell && c == U'.' && is_item_mark(i);
      const bool name =
          c == U'.' && i > 0 && is_chinese(line_[i - 1]) && is_chinese(at(i + 1));        // 古丽.买买提
      const bool secret = (c == U'!' || c == U'?') && i > 0 && is_word_of(line_[i - 1]);  // 密码为Abc@123!
      if (wide && !number && !stop && !item && !name && !secret && left != 0)
        edit(i, i + 1, std::u32string(1, kFull[which]), "ascii-punctuation");
    }
  }

  // 一. before the words of a cell.
  bool is_item_mark(size_t i) const {
    return i <= 3 &&
           std::all_of(line_.begin(), line_.begin() + i, [](char32_t c) { return holds(kNumerals, c); });
  }

  // ａｂｃ＠163．ｃｏｍ and ０３１９－８１６２３４５. Between other figures ． and － may be those of a date or a range.
  bool joins_wide_letters(size_t i) const {
    if (i == 0 || !holds(U"－＠．／＿", line_[i])) return false;
    const auto narrow = [](char32_t c) { return c >= U'０' && c <= U'ｚ' ? c - 0xFEE0 : c; };
    const char32_t left = narrow(line_[i - 1]), right = narrow(at(i + 1));
    if (!is_word_of(left) || !is_word_of(right)) return false;
    if (left == line_[i - 1] && right == at(i + 1)) return is_latin(left) && is_latin(right);
    size_t figures = i + 1;
    while (is_digit(narrow(at(figures)))) ++figures;
    return line_[i] == U'＠' || is_latin(left) || is_latin(right) ||
           (line_[i] == U'－' && figures - i > kShortestTelephone);
  }

  std::optional<Marker> marker_at(size_t i) const { return find_marker(view_, i); }
  bool is_marker(size_t i) const { return marker_at(i).has_value(); }

  // A number may begin a paragraph behind a blank only where the words say so: the sentence before it has ended, or the
  // paragraph is the item before it, or a heading above it. Not in 填写附件 1、附件 2, 小学 一、二年级 or 《通知 一、二》.
  bool begins_item(size_t blank, size_t i, size_t segment) const {
    const auto marker = marker_at(i);
    if (!marker || is_enclosed(i) || counts_words(blank, i, *marker)) return false;
    if (ends_sentence(blank)) return true;
    if (run_together_) return true;
    const auto parent = marker_at(behind_label(segment));
    if (!parent) return false;
    return parent->kind == marker->kind ? marker->number == parent->number + 1
                                        : marker->number == 1 && is_heading(segment, blank);
  }

  // 附件：1.名单 2.安排表 begins with an item, too.
  size_t behind_label(size_t segment) const {
    if (line_.substr(segment, 2) != U"附件" || (at(segment + 2) != U'：' && at(segment + 2) != U':'))
      return segment;
    return view_.skip(segment + 3);
  }

  // 附件 1、附件 2 and 一、二年级: numbers in a sentence. `end` is where the word before the number ends, blanks aside.
  bool counts_words(size_t end, size_t i, const Marker& marker) const {
    while (end > 0 && is_gap(end - 1)) --end;
    const std::u32string_view left = line_.substr(0, end), right = line_.substr(marker.end);
    if (marker.kind == MarkerKind::numeral && holds(kNumerals, at(marker.end))) return true;
    if (end == 0 || i == 0) return false;
    return right.starts_with(left.substr(end - 1)) || (end > 1 && right.starts_with(left.substr(end - 2)));
  }

  bool ends_sentence(size_t end) const {
    while (end > 0 && (is_gap(end - 1) || holds(U"”’）)\"'", line_[end - 1]))) --end;
    if (end == 0) return true;
    const char32_t last = line_[end - 1];
    return holds(U"。；：！？…;:!?", last) || (last == U'.' && is_chinese(before(end - 1)));
  }

  // Within 《》, “” or brackets that are open there.
  bool is_enclosed(size_t i) const { return enclosed_[i]; }

  void look_for_enclosures() {
    constexpr std::u32string_view kOpen = U"《“（(", kClose = U"》”）)";
    int depth = 0;
    for (size_t i = 0; i < line_.size(); ++i) {
      enclosed_[i] = depth > 0;
      if (holds(kOpen, line_[i])) ++depth;
      if (holds(kClose, line_[i]) && depth > 0) --depth;
    }
  }

  // A page of the web that lost its line breaks: numbers of two kinds begin, or 二、 follows 一、, each behind a blank; or
  // a numbered heading is followed by items (培训时间：…).
  bool is_run_together() const {
    std::array<int, 5> seen{};  // the highest number so far of each kind, one after another
    size_t first_blank = 0, text = 0;
    if (const auto marker = marker_at(0)) text = marker->end;
    while (text < line_.size() && is_gap(text)) ++text;  // the blank behind 1. is not one of the text
    for (size_t i = 0; i < line_.size(); ++i) {
      const bool begins = i == 0 || is_gap(i - 1);
      if (is_gap(i) && first_blank == 0 && i > text) first_blank = i;
      if (!begins || is_gap(i) || is_enclosed(i)) continue;
      const auto marker = marker_at(i);
      if (!marker || counts_words(i, i, *marker)) continue;
      int& last = seen[static_cast<size_t>(marker->kind)];
      if (marker->number == last + 1) last = marker->number;
    }
    const auto kinds = std::count_if(seen.begin(), seen.end(), [](int last) { return last > 0; });
    const bool headed =
        is_marker(0) && first_blank > 0 && line_.substr(0, first_blank).find_first_of(U"：:") == line_.npos;
    return kinds > 1 || seen[static_cast<size_t>(MarkerKind::numeral)] > 1 || headed;
  }

  // 一. and 一, before a heading for 一、; （一）、 and ①、 for （一） and ①.
  void mend_level_mark() {
    const size_t begin = std::min(line_.find_first_not_of(U" \t\u3000"), line_.size());
    const bool bracket = at(begin) == U'(' || at(begin) == U'（';
    size_t i = bracket ? begin + 1 : begin;
    const size_t first = i;
    while ((holds(kNumerals, at(i)) || (bracket && is_digit(at(i)))) && i - first < 3) ++i;
    const bool circled = at(begin) >= U'①' && at(begin) <= U'⑳';
    if (circled || (bracket && i > first && (at(i) == U')' || at(i) == U'）'))) {
      const size_t mark = circled ? begin + 1 : i + 1;
      const bool another = at(mark + 1) >= U'①' && at(mark + 1) <= U'⑳';  // ①、②两项
      if (at(mark) == U'、' && is_chinese(at(mark + 1)) && !another) edit(mark, mark + 1, U"", "level-form");
      return;
    }
    if (!bracket && i == first) mend_parted_mark(begin);
    if (bracket || i == first) return;
    const size_t end = i + 1 + (is_space(at(i + 1)) ? 1 : 0);
    const bool heading = line_.size() - begin <= 30 && line_.find(U'。', i + 1) == line_.npos;
    const bool stop = at(i) == U'.' || at(i) == U'．', comma = (at(i) == U',' || at(i) == U'，') && heading;
    if ((stop || comma) && is_chinese(at(end)) && !holds(kNumerals, at(end)))
      edit(i, i + 1, U"、", "level-form");
  }

  // 1 . 落实责任 and 1 、
  void mend_parted_mark(size_t begin) {
    size_t i = begin;
    while (is_digit(at(i)) && i - begin < 3) ++i;
    const size_t mark = view_.skip(i);
    if (i == begin || mark == i || !holds(U".．、", at(mark)) || !is_chinese(after(mark + 1))) return;
    edit(i, mark, U"", "stray-blank");
    if (view_.skip(mark + 1) > mark + 1) edit(mark + 1, view_.skip(mark + 1), U"", "stray-blank");
  }

  // 培训时间：
  bool is_label(size_t i) const {
    size_t j = i;
    while (is_chinese(at(j)) && j - i < 10) ++j;
    return j - i >= 2 && (at(j) == U':' || at(j) == U'：') && after(j + 1) != 0;
  }

  // A heading that a lost line break has joined with its prose: 一、指导思想 根据…，…
  bool is_heading(size_t begin, size_t end) const {
    if (!is_marker(begin) || end - begin < 4 || end - begin > kLongestHeading) return false;
    const auto heading = line_.substr(begin, end - begin), rest = line_.substr(end, kNextClause);
    return heading.find_first_of(U"，。；：,;:") == heading.npos && rest.find_first_of(U"，。,") != rest.npos;
  }

  void mend_spaces() {
    size_t segment = 0;  // where the present line begins, lost line breaks counted
    for (size_t i = 0; i < line_.size();) {
      if (!is_space(line_[i])) {
        ++i;
        continue;
      }
      size_t end = i;
      while (end < line_.size() && is_gap(end)) ++end;
      if (form_ == Form::cell)
        mend_space_of_cell(i, end);
      else if (mend_space(i, end, segment))
        segment = end;
      i = end;
    }
  }

  // 8 人, 35 %, 17:00 前
  bool is_counted(size_t begin, char32_t right) const {
    if (!is_digit(before(begin))) return false;
    if (holds(kUnits, right) || holds(kCounted, right) || holds(U"%‰℃", right)) return true;
    return holds(U"前后起至止", right) && time_before(view_, view_.skip_back(begin)) != line_.npos;
  }

  // In a cell blanks may pad a name (张　三) or leave room for a pen (签字：　　年　月　日): one alone beside a mark or a number
  // does neither.
  void mend_space_of_cell(size_t begin, size_t end) {
    const char32_t left = before(begin), right = at(end);
    if (end - begin != 1 || left == 0 || right == 0) return;
    size_t figures = end;
    while (is_digit(at(figures))) ++figures;
    const bool counted = is_counted(begin, right);
    const bool item = figures > end && holds(U".．、", at(figures));  // 1. 教案 2. 课件
    const bool counts = is_chinese(left) && is_digit(right) && figures - end < kShortestTelephone && !item;
    const bool beside_mark = is_mark_at(end) || (is_mark(begin, left) && left != U'：');
    if (beside_mark || counted || counts) edit(begin, end, U"", "stray-blank");
  }

  // A date at the end, set off from the organ before it: 办公室 2024年6月6日印发.
  bool is_closing_date(size_t i) const {
    const std::u32string_view rest = line_.substr(i);
    return rest.size() <= 16 && is_digit(rest[0]) && rest.find(U'年') == 4 && rest.find(U'月') != rest.npos &&
           (rest.ends_with(U"日") || rest.ends_with(U"日印发"));
  }

  // Blanks that say something: room for a pen or a seal (甲方：　　　　乙方：, 2025年　月　日), a name of two characters set
  // wide (王　刚), and what parts joint organs (县教育局 共青团县委).
  bool is_meant(size_t begin, size_t end) {
    const std::u32string_view blanks = line_.substr(begin, end - begin);
    const char32_t left = at(begin - 1), right = at(end);
    size_t wide = 0;
    for (const char32_t c : blanks) wide += c == U'\u3000' ? 2 : is_space(c) ? 1 : 0;
    const bool signs = left == U'：' || left == U':' || holds(U"年月日", left);
    if (wide >= 4 && (signs || (holds(U"）)_＿", left) && is_label(end)))) return true;
    if ((left == U'年' && right == U'月') || (left == U'月' && right == U'日')) return true;
    if (!is_chinese(left) || !is_chinese(right)) return false;
    const bool one_each = (begin < 2 || stands_apart(line_[begin - 2])) && stands_apart(at(end + 1));
    if (one_each && blanks == U"\u3000" && begin >= 2) return true;
    if (one_each && blanks.size() == 1 && pads_several()) return true;
    return blanks.size() == 1 && parts_organs(begin, end);
  }

  // 王 伟、李 娜、张建军: where two names are set wide a blank in a third is none of its own.
  bool pads_several() {
    if (!padded_) {
      padded_ = 0;
      for (size_t i = 1; i + 1 < line_.size(); ++i)
        if (is_space(line_[i]) && is_chinese(line_[i - 1]) && is_chinese(line_[i + 1]) &&
            (i < 2 || stands_apart(line_[i - 2])) && stands_apart(at(i + 2)))
          ++*padded_;
    }
    return *padded_ > 1;
  }

  bool parts_organs(size_t begin, size_t end) const {
    constexpr std::u32string_view kEndings = U"局委会厅部院校府室团联";
    if (!holds(kEndings, at(begin - 1))) return false;
    const size_t stop =
        std::min({line_.find(U"关于", end), line_.find_first_of(U" \u3000", end), line_.size()});
    const std::u32string_view organ = line_.substr(end, stop - end);
    return organ.size() >= 4 && organ.size() <= 25 && std::all_of(organ.begin(), organ.end(), is_chinese) &&
           holds(kEndings, organ.back());
  }

  // True when a line break goes there.
  bool mend_space(size_t begin, size_t end, size_t segment) {
    const char32_t left = before(begin), right = at(end);
    const auto remove = [&] { edit(begin, end, U"", "stray-blank"); };
    const std::u32string_view blanks = line_.substr(begin, end - begin);
    if (left == 0 && right != 0 && blanks == U"\u3000\u3000") return false;  // 每个自然段左空二字
    if (left != 0 && blanks.find(U'\t') != blanks.npos && line_.find(U'\t', end) != line_.npos)
      is_row_ = true;
    if (is_row_ && blanks.find(U'\t') != blanks.npos) return false;  // between the cells of a table
    if (left == 0 || right == 0) return remove(), false;
    if (is_chinese(left) && is_closing_date(end)) return false;
    if (left == U'号' && line_.substr(end, 3) == U"签发人") return false;  // beside the number of a document
    const bool both = is_chinese(left) && is_chinese(right);
    const bool starts = both && document_.is_start(right, at(end + 1));
    if (is_meant(begin, end)) return false;
    const bool inside_word = both && !starts && document_.is_written(left, right);
    const bool after_marker = is_marker(segment) && begin - segment <= 5 && holds(U".．、)）", left);
    const bool begins_line = begins_item(begin, end, segment) ||
                             (is_label(end) && (run_together_ || ends_sentence(begin))) ||
                             (is_chinese(right) && is_heading(segment, begin));
    if (!inside_word && !after_marker && begin > segment && begins_line)
      return edit(begin, end, U"\n", "lines-run-together");
    if (inside_word || after_marker || is_mark(begin, left) || is_mark_at(end)) return remove(), false;
    const bool counts = is_counted(begin, right);
    size_t figures = end;
    while (is_digit(at(figures))) ++figures;
    const bool telephone = figures - end >= kShortestTelephone;  // 张三 13800001234
    const auto marker = marker_at(end);
    const bool item =
        marker && holds(U".．", at(marker->end - 1));  // whether a line begins with it a person says
    if ((is_chinese(left) && is_digit(right) && !telephone && !item) || counts) return remove(), false;
    if (is_word_of(left) && is_word_of(right) && line_.substr(begin, end - begin) != U" ")
      edit(begin, end, U" ", "stray-blank");
    return false;
  }

  // Chinese punctuation beside a blank, or what has just become it.
  bool is_mark(size_t begin, char32_t left) const {
    size_t i = begin;
    while (i > 0 && is_gap(i - 1)) --i;
    return holds(kMarks, left) || (i > 0 && is_widened(i - 1));
  }
  bool is_mark_at(size_t i) const { return holds(kMarks, at(i)) || is_widened(i); }
  bool is_widened(size_t i) const { return i < line_.size() && taken_[i] && holds(U",:;?!.()\"'", line_[i]); }

  LineView view_;
  std::u32string_view line_;
  const Neighbours& document_;
  Form form_ = Form::prose;
  bool is_row_ = false;  // of a table: cells with tabs between
  bool run_together_ = false;
  std::optional<size_t> padded_;  // names of two characters with a blank between, counted when asked for
  std::vector<bool> taken_, kept_, enclosed_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> find_edits(std::u32string_view line, const Neighbours& document, Form form) {
  return LineCleaner(line, document).run(form);
}

void add_edits(std::u32string_view line, size_t begin, size_t end, const Neighbours& document, Form form,
               std::vector<Edit>& edits) {
  for (Edit edit : find_edits(line.substr(begin, end - begin), document, form)) {
    edit.begin += begin;
    edit.end += begin;
    edits.push_back(std::move(edit));
  }
}

std::vector<std::pair<size_t, size_t>> cells_of(std::u32string_view line) {
  const char32_t between = line.find(U'\t') != line.npos ? U'\t' : U'|';
  std::vector<std::pair<size_t, size_t>> cells;
  for (size_t begin = 0;;) {
    size_t end = line.find(between, begin);
    const bool last = end == line.npos;
    if (last) end = line.size();
    if (line.substr(begin, end - begin).find_first_not_of(U" \u3000\u00A0") != line.npos)
      cells.emplace_back(begin, end);
    if (last) return cells;
    begin = end + 1;
  }
}

std::vector<Edit> find_row_edits(std::u32string_view line, const Neighbours& document) {
  std::vector<Edit> edits;
  for (const auto& [begin, end] : cells_of(line)) add_edits(line, begin, end, document, Form::cell, edits);
  return edits;
}

}  // namespace wenshu::notice
