// Lines to the elements of a notice.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "chinese/date.h"
#include "notice/lint/draft.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

constexpr double kSmallestTitle = 17;    // points: what is set larger than the body in the middle is a title
constexpr size_t kHeadLines = 12;        // the head ends before
constexpr size_t kLongestSigner = 12;    // characters, the blanks before it counted
constexpr size_t kLongestHeadMark = 24;  // characters: 秘密★10年, with blanks

bool begins(std::string_view text, std::string_view word) { return text.substr(0, word.size()) == word; }
bool holds(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Prose ends sentences; elements of the head and the signature do not.
bool is_prose(std::string_view text) { return holds(text, "。") || holds(text, "；") || holds(text, "，"); }

bool is_number_line(const std::string& text) {
  return holds(text, "〔") && holds(text, "〕") && text.ends_with("号") && !is_prose(text) &&
         !holds(text, "《") && count_characters(text) <= 30;
}

// 第6号 alone, the number of a command; 2024年第2号, that of an announcement.
bool is_command_number(const std::string& text) {
  std::u32string all = to_characters(text);
  if (all.size() > 5 && all[4] == U'年' && std::all_of(all.begin(), all.begin() + 4, is_digit))
    all.erase(0, 5);
  return all.size() >= 3 && all.size() <= 8 && all.front() == U'第' && all.back() == U'号' &&
         std::all_of(all.begin() + 1, all.end() - 1, [](char32_t c) {
           return is_digit(c) ||
                  std::u32string_view(U"一二三四五六七八九十百〇").find(c) != std::u32string_view::npos;
         });
}

bool is_copy_number(const std::string& text) {
  return !text.empty() && text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_secrecy(const std::string& text) {
  return (begins(text, "绝密") || begins(text, "机密") || begins(text, "秘密")) &&
         count_characters(text) <= 10;
}

bool is_urgency(const std::string& text) {
  std::string plain;
  for (const char32_t c : to_characters(text))
    if (!is_space(c)) plain += to_utf8(c);
  constexpr std::array kWords = {"特急", "加急", "特提", "平急", "急件", "紧急", "火急", "十万火急", "急"};
  return std::any_of(kWords.begin(), kWords.end(), [&](const char* word) { return plain == word; });
}

// 第12期, （第12期） and 2025年第12期: the number of 纪要.
bool is_issue(const std::string& text) {
  static constexpr std::u32string_view kRest = U"（）()年0123456789 ";
  const std::u32string line = to_characters(text);
  const size_t ordinal = line.find(U'第'), issue = line.find(U'期');
  return ordinal != line.npos && issue != line.npos && ordinal < issue &&
         std::all_of(line.begin(), line.end(),
                     [](char32_t c) { return c == U'第' || c == U'期' || kRest.find(c) != kRest.npos; });
}

// 2024年6月6日 alone, in figures or in numerals.
bool is_date_line(const std::string& text) {
  if (count_characters(text) > 14 || !holds(text, "年") || !text.ends_with("日")) return false;
  for (const char32_t c : to_characters(text))
    if (!is_digit(c) &&
        std::u32string_view(U"年月日〇○零一二三四五六七八九十").find(c) == std::u32string_view::npos)
      return false;
  return true;
}

bool names_document(std::string_view title) {
  if (!kind_of_title(title).empty()) return true;
  constexpr std::array kOthers = {"方案", "计划", "办法", "规定", "细则",
                                  "规划", "要点", "制度", "总结", "安排"};
  return std::any_of(kOthers.begin(), kOthers.end(), [&](const char* word) { return title.ends_with(word); });
}

// 附件 lines: 附件：NAME, 附件2：NAME, 附件2 alone, 附件：1.NAME.
struct AttachmentLine {
  std::optional<int> number;
  size_t name = 0;       // character where the name begins
  bool heading = false;  // 附件2 alone on its line
};

std::optional<AttachmentLine> find_attachment_line(std::u32string_view line) {
  if (line.substr(0, 2) != U"附件") return std::nullopt;
  AttachmentLine found;
  size_t at = 2;
  const auto take_number = [&](size_t& i) {
    const size_t begin = i;
    int value = 0;
    while (i < line.size() && i - begin < 3 && is_digit(line[i]))
      value = value * 10 + static_cast<int>(line[i++] - U'0');
    if (i > begin) found.number = value;
    return i > begin;
  };
  take_number(at);
  if (at == line.size() || (at + 1 == line.size() && line[at] == U'：')) {
    found.heading = true;
    found.name = at;
    return found;
  }
  if (line[at] != U'：') return std::nullopt;
  size_t name = ++at;
  if (size_t i = name; !found.number && take_number(i) && i < line.size() &&
                       (line[i] == U'.' || line[i] == U'．' || line[i] == U'、'))
    name = i + 1;
  else if (i > name && name == at)
    found.number = std::nullopt;  // 附件：2024年安排表 carries no number
  found.name = name;
  return found;
}

// 清教〔2024〕6号附件2, above an annex that is bound by itself (7.3.7).
std::optional<AttachmentLine> find_separate_label(const std::string& text) {
  const size_t label = text.find("号附件");
  if (label == text.npos || !is_number_line(text.substr(0, label + 3))) return std::nullopt;
  auto found = find_attachment_line(to_characters(std::string_view(text).substr(label + 3)));
  return found && found->heading ? found : std::nullopt;
}

// Text that leads over to what follows: 现将有关事项通知如下：
bool leads_on(std::string_view text) {
  return text.ends_with("如下：") || holds(text, "，现") || begins(text, "为") || begins(text, "根据") ||
         begins(text, "现将");
}

bool names_post(std::string_view name) {
  return name.ends_with("长") || name.ends_with("主任") || name.ends_with("书记");
}

class Recogniser {
 public:
  Recogniser(std::vector<Text> lines, Draft& draft) : draft_(draft), lines_(std::move(lines)) {}

  void run() {
    used_.assign(lines_.size(), false);
    read_marked_lines();
    read_receivers();
    read_title();
    read_kind();
    read_signature();
    read_attachments();
    read_bodies();
    draft_.has_printing = draft_.copy_to || draft_.printed;
  }

 private:
  // The line's own entry of the sight; null where there is none.
  SightLine* seen(size_t i) const {
    return draft_.sight ? &draft_.sight->line(static_cast<size_t>(lines_[i].place.line)) : nullptr;
  }
  bool is_red(size_t i) const { return seen(i) && draft_.sight->is_red(*seen(i)); }
  bool is_display(size_t i) const {
    return seen(i) && draft_.sight->is_centred(*seen(i)) &&
           draft_.sight->size_of(*seen(i)) >= kSmallestTitle && !is_red(i);
  }
  bool follows_at_once(size_t i) const {
    return i > 0 && lines_[i].place.line == lines_[i - 1].place.line + 1;
  }

  void set_role(size_t i, Role role) {
    used_[i] = true;
    if (SightLine* line = seen(i)) line->role = role;
  }

  void take(size_t i, std::optional<Text>& element, Role role) {
    if (element) return;
    element = lines_[i];
    set_role(i, role);
  }

  // Lines that say themselves what they are.
  void read_marked_lines() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::string& text = lines_[i].text;
      if (i < kHeadLines + marks_) read_head_line(i);
      if (used_[i]) continue;
      if (begins(text, "签发人：")) take(i, draft_.signer, Role::signer);
      if (begins(text, "抄送：")) take(i, draft_.copy_to, Role::printing);
      if (begins(text, "主送：")) take(i, draft_.to, Role::printing);  // moved there: 7.3.2
      const bool tail = text.ends_with("印发") || (holds(text, "办公室") && i + 1 == lines_.size());
      if (tail && holds(text, "年") && holds(text, "日") && !is_prose(text))
        take(i, draft_.printed, Role::printing);
    }
  }

  void read_head_line(size_t i) {
    const std::string& text = lines_[i].text;
    if (i < 8 + marks_ && read_number(i)) return;
    if (draft_.title || draft_.number) return;
    if (i < 3 && is_copy_number(text)) return take(i, draft_.copy_number, Role::copy_number);
    if (i < 8 && is_secrecy(text)) return take(i, draft_.secrecy, Role::secrecy);
    if (i < 8 && is_urgency(text)) return take(i, draft_.urgency, Role::urgency);
    const bool red = is_red(i) && draft_.sight->size_of(*seen(i)) >= kSmallestTitle;
    if (!red && !(text.ends_with("文件") && i < 6 && !is_prose(text) && !holds(text, "关于"))) return;
    ++marks_;
    if (!draft_.mark) return take(i, draft_.mark, Role::mark);
    if (text == "文件") draft_.mark->text += text;
    if (text != "文件") draft_.mark->text += " " + text;
    draft_.mark->columns.clear();
    set_role(i, Role::mark);
  }

  // 清教〔2024〕6号, with 签发人：何某某 behind it in documents that go up, and with 加急 before it in letters.
  bool read_number(size_t i) {
    const std::u32string text = to_characters(lines_[i].text);
    const size_t signer = text.find(U"签发人");
    size_t end = std::min(signer, text.size()), begin = 0;
    while (end > 0 && is_space(text[end - 1])) --end;
    // The last of several signers stands on the line of the number (7.2.6).
    if (const size_t mark = text.rfind(U'号'); draft_.signer && mark != text.npos && mark + 1 < end &&
                                               is_space(text[mark + 1]) && end - mark <= kLongestSigner)
      end = mark + 1;
    const auto is_number = [&](size_t from) {
      const std::string part = to_utf8(std::u32string_view(text).substr(from, end - from));
      return is_number_line(part) || is_command_number(part);
    };
    for (size_t k = 0; k < std::min(end, kLongestHeadMark) && signer == text.npos; ++k)
      if (is_space(text[k]) && is_head_mark(lines_[i].part(0, k).text)) begin = k + 1;
    if (draft_.number || !is_number(begin)) return false;
    draft_.number = lines_[i].part(begin, end);
    if (signer != text.npos) draft_.signer = lines_[i].part(signer, kWhole);
    if (begin > 0) take_head_mark(lines_[i].part(0, begin - 1));
    set_role(i, Role::number);
    return true;
  }

  static bool is_head_mark(const std::string& text) {
    const std::string plain(trim(text));
    return is_copy_number(plain) || is_secrecy(plain) || is_urgency(plain);
  }

  void take_head_mark(Text text) {
    const std::string plain(trim(text.text));
    auto& element = is_copy_number(plain) ? draft_.copy_number
                    : is_secrecy(plain)   ? draft_.secrecy
                                          : draft_.urgency;
    if (!element) element = std::move(text);
  }

  // Receivers by name, on many lines: short names and nothing of a sentence.
  static bool is_long_list(const std::string& text) {
    constexpr size_t kMost = 800, kLongestName = 25;  // characters
    if (text.size() > kMost * 3 || holds(text, "的") || holds(text, "要")) return false;
    for (const std::string& name : split(replace_all(text, "，", "、"), "、"))
      if (count_characters(name) > kLongestName) return false;
    return true;
  }

  // The first line that ends with a colon, before any numbered paragraph.
  void read_receivers() {
    for (size_t i = 0; i < std::min<size_t>(lines_.size(), kHeadLines + 4 + marks_); ++i) {
      if (used_[i]) continue;
      const std::string& text = lines_[i].text;
      if (read_paragraph(lines_[i]).level > 0 || holds(text, "。") || leads_on(text) ||
          find_attachment_line(to_characters(text)))
        return;
      if (text.ends_with("：") && (count_characters(text) <= 120 || is_long_list(text))) {
        receivers_ = i;
        return take(i, draft_.to, Role::to);
      }
    }
  }

  // Where the text below the title begins at the latest.
  size_t find_end_of_head() const {
    size_t end = receivers_.value_or(lines_.size());
    for (size_t i = 0; i < end; ++i) {
      const std::string& text = lines_[i].text;
      const bool sentence = holds(text, "。") || (is_prose(text) && !names_document(text));
      const bool body =
          sentence || read_paragraph(lines_[i]).level > 0 || text.ends_with("：") || is_date_line(text);
      if (!used_[i] && body && !is_display(i)) end = i;
    }
    return end;
  }

  void read_title() {
    const size_t end = find_end_of_head();
    for (size_t i = end; i-- > 0;) {
      const bool last = receivers_ && i + 1 == *receivers_ && count_characters(lines_[i].text) <= 60;
      if (used_[i] || !(names_document(lines_[i].text) || last || is_display(i))) continue;
      return take_title(first_of_title(i), i);
    }
  }

  // 清河县教育局 above 关于…的通知: a name alone on its line.
  static bool may_begin_title(const std::string& text) {
    constexpr std::array kEnds = {"局", "委员会", "办公室", "政府", "学校", "中心",
                                  "厅", "部",     "院",     "学院", "小组"};
    return count_characters(text) <= 30 && !is_prose(text) && !holds(text, "：") &&
           std::any_of(kEnds.begin(), kEnds.end(), [&](const char* end) { return text.ends_with(end); });
  }

  // A title over several lines begins with the organ, which 关于 follows; in a Word file it is set alike.
  size_t first_of_title(size_t last) const {
    size_t first = last;
    if (is_display(last)) {
      while (first > 0 && !used_[first - 1] && is_display(first - 1) && last - first < 5) --first;
      return first;
    }
    while (first > 0 && !used_[first - 1] && last - first < 3 && !holds(lines_[first].text, "关于") &&
           holds(lines_[first - 1].text, "关于"))
      --first;
    while (first > 0 && !used_[first - 1] && last - first < 3 && begins(lines_[last].text, "关于") &&
           may_begin_title(lines_[first - 1].text))
      --first;
    return first;
  }

  void take_title(size_t first, size_t last) {
    for (size_t k = first; k <= last; ++k) draft_.title_lines.push_back(lines_[k]);
    take_joined(first, last, draft_.title, Role::title);
    for (size_t k = 0; k < last; ++k) set_aside(k);
    body_ = last + 1;
  }

  void take_joined(size_t first, size_t last, std::optional<Text>& element, Role role) {
    take(first, element, role);
    for (size_t k = first + 1; k <= last; ++k) {
      element->text += lines_[k].text;
      element->columns.clear();
      set_role(k, role);
    }
  }

  void set_aside(size_t i) {
    if (used_[i]) return;
    draft_.others.push_back(lines_[i]);
    set_role(i, Role::text);
  }

  void read_kind() {
    if (draft_.title) draft_.kind = kind_of_title(draft_.title->text);
    if (!draft_.kind.empty() || !draft_.mark) return;
    const std::string& mark = draft_.mark->text;
    if (mark.ends_with("令")) draft_.kind = "命令（令）";
    if (mark.ends_with("纪要")) draft_.kind = "纪要";
    if (draft_.kind.empty() || body_ > 0) return;
    while (body_ < lines_.size() && used_[body_]) ++body_;  // such a document needs no title below its mark
    if (draft_.kind != "纪要") return;
    if (body_ < lines_.size() && is_issue(lines_[body_].text)) set_aside(body_++);
    if (body_ >= lines_.size()) return;
    const std::u32string line = to_characters(lines_[body_].text);  // its organ and date, below the number
    size_t date = line.size();
    while (date > 0 && !is_space(line[date - 1])) --date;
    if (date > 0 && is_date_line(to_utf8(std::u32string_view(line).substr(date)))) set_aside(body_++);
  }

  bool is_organ(size_t i) const {
    const std::string& text = lines_[i].text;
    const size_t colon = text.find("：");  // 县长：何某某
    const bool labelled = colon != text.npos && !names_post(std::string_view(text).substr(0, colon));
    return !used_[i] && i >= body_ && !is_prose(text) && !labelled && count_characters(text) <= 60 &&
           read_paragraph(lines_[i]).level == 0;
  }

  void read_signature() {
    for (size_t i = 1; i < lines_.size(); ++i) {
      if (used_[i] || !is_date_line(lines_[i].text)) continue;
      take(i, draft_.date, Role::date);
      signature_ = i;
      if (is_organ(i - 1)) take(i - 1, draft_.organ, Role::organ);
      read_joint_organs(i);
      const bool note = i + 1 < lines_.size() && !used_[i + 1] &&
                        (begins(lines_[i + 1].text, "（") || begins(lines_[i + 1].text, "此件") ||
                         begins(lines_[i + 1].text, "联系人"));
      if (note) take(i + 1, draft_.note, Role::note);
      return;
    }
  }

  // Names beside one another, each with room for its seal below: rows stand apart.
  bool is_row_of_organs(size_t i) const {
    const std::vector<std::string> names = names_in(i);
    if (names.size() > 1 && holds(lines_[i].text, "\t")) return true;  // 共青团清河县委 ends like no office
    return names.size() > 1 && std::all_of(names.begin(), names.end(), may_begin_title);
  }

  // What blanks set apart.
  std::vector<std::string> names_in(size_t i) const {
    std::u32string text = to_characters(lines_[i].text);
    for (char32_t& c : text)
      if (is_space(c)) c = U' ';
    std::vector<std::string> names;
    for (const std::string& name : split(to_utf8(text), " "))
      if (!trim(name).empty()) names.emplace_back(trim(name));
    return names;
  }

  // Several organs: one above another, or beside one another with blanks between.
  void read_joint_organs(size_t date) {
    if (!draft_.organ) return;
    size_t first = date - 1;
    while (first > body_ && is_organ(first - 1) &&
           (count_characters(lines_[first - 1].text) <= 24 || is_row_of_organs(first - 1)) &&
           seen(first - 1) &&
           (seen(first - 1)->paragraph + 2 > seen(first)->paragraph || is_row_of_organs(first - 1)) &&
           draft_.sight->paragraph(*seen(first - 1)).align != document::Align::justify)
      --first;
    for (size_t i = first; i < date; ++i) {
      set_role(i, Role::organ);
      for (std::string& name : names_in(i)) draft_.organs.push_back(std::move(name));
    }
    draft_.signed_by_person = !draft_.organs.empty() && names_post(draft_.organs[0]);
    draft_.organ = lines_[first];
    if (draft_.organs.size() < 2 || draft_.signed_by_person) draft_.organs.clear();
    if (!draft_.organs.empty()) draft_.organ->text = draft_.organs[0];
  }

  // 附件说明 comes first; a name that comes again, or 附件N alone with its title below, is the annex itself.
  void read_attachments() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (used_[i]) continue;
      auto found = find_attachment_line(to_characters(lines_[i].text));
      if (!found) found = find_separate_label(lines_[i].text);
      if (!found) continue;
      if (found->heading) {
        read_annex(i, *found);
        continue;
      }
      draft_.attachment_lines.push_back(lines_[i]);
      add_named(i,
                {found->number.value_or(1), found->number.has_value(), lines_[i].part(found->name, kWhole)});
      if (found->number == 1 && !begins(lines_[i].text, "附件1")) read_more_names(i + 1);
    }
  }

  void read_annex(size_t i, const AttachmentLine& found) {
    set_role(i, Role::annex_label);
    draft_.annex_labels.push_back(lines_[i]);
    std::optional<Text> name;
    if (i + 1 < lines_.size() && !used_[i + 1] && !is_prose(lines_[i + 1].text)) {
      size_t last = i + 1;
      const bool noted = last + 1 < lines_.size() && !used_[last + 1] &&
                         begins(lines_[last + 1].text, "（") && lines_[last + 1].text.ends_with("）") &&
                         count_characters(lines_[last + 1].text) <= 20 &&
                         (!seen(last + 1) || draft_.sight->is_centred(*seen(last + 1)));
      if (noted && !is_display(last + 1)) set_role(last + 1, Role::annex_title);
      while (is_display(i + 1) && last + 1 < lines_.size() && !used_[last + 1] && is_display(last + 1) &&
             follows_at_once(last + 1))
        ++last;
      take_joined(i + 1, last, name, Role::annex_title);
    }
    draft_.annexes.push_back({found.number.value_or(1), found.number.has_value(), name.value_or(lines_[i])});
    annexes_begin_ = std::min(annexes_begin_, i);
  }

  void add_named(size_t i, Attachment attachment) {
    const auto same = [&](const Attachment& each) { return each.number == attachment.number; };
    const bool again = std::any_of(draft_.listed.begin(), draft_.listed.end(), same);
    set_role(i, again ? Role::annex_label : Role::attachment);
    (again ? draft_.annexes : draft_.listed).push_back(std::move(attachment));
  }

  // 2.NAME under 附件：1.NAME; the same number twice stays in the list, for the rule that asks.
  void read_more_names(size_t i) {
    int next = 2;
    for (; i < lines_.size() && !used_[i]; ++i) {
      const Paragraph line = read_paragraph(lines_[i]);
      if (line.level != 3 || line.number > next || holds(line.all.text, "。")) return;
      draft_.listed.push_back(
          {static_cast<int>(line.number), true, line.all.part(count_characters(line.marker), kWhole)});
      draft_.attachment_lines.push_back(lines_[i]);
      set_role(i, Role::attachment);
      next = static_cast<int>(line.number) + 1;
    }
  }

  void read_bodies() {
    draft_.bodies.resize(1);
    const size_t after = signature_.value_or(lines_.size());
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (i == after || (i == annexes_begin_ && !draft_.bodies.back().empty())) draft_.bodies.emplace_back();
      if (used_[i] || i < body_) continue;
      const bool is_title = i > after && i < annexes_begin_ && draft_.bodies.back().empty() &&
                            !draft_.issued_title && (is_display(i) || !is_prose(lines_[i].text));
      if (is_title) {
        size_t last = i;
        while (is_display(i) && last + 1 < lines_.size() && !used_[last + 1] && is_display(last + 1)) ++last;
        take_joined(i, last, draft_.issued_title, Role::issued_title);
        i = last;
        continue;
      }
      draft_.bodies.back().push_back(read_paragraph(lines_[i]));
      if (SightLine* line = seen(i)) {
        line->role = Role::body;
        line->level = draft_.bodies.back().back().level;
      }
    }
  }

  static constexpr size_t kWhole = std::string::npos;
  Draft& draft_;
  std::vector<Text> lines_;
  std::vector<bool> used_;
  std::optional<size_t> receivers_, signature_;
  size_t body_ = 0;
  size_t marks_ = 0;  // lines of the mark: one for each organ of a joint document
  size_t annexes_begin_ = kWhole;
};

}  // namespace

void recognise(std::vector<Text> lines, Draft& draft) { Recogniser(std::move(lines), draft).run(); }

}  // namespace wenshu::notice
