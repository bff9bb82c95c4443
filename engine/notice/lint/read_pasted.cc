// Pasted text to its elements: each line is known by its form and by what stands around it.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "chinese/date.h"
#include "notice/lint/draft.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

bool begins(std::string_view text, std::string_view word) { return text.substr(0, word.size()) == word; }
bool holds(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Prose ends sentences; elements of the head and the signature do not.
bool is_prose(std::string_view text) { return holds(text, "。") || holds(text, "；") || holds(text, "，"); }

bool is_number_line(const std::string& text) {
  return holds(text, "〔") && holds(text, "〕") && text.ends_with("号") && !is_prose(text) &&
         !holds(text, "《") && count_characters(text) <= 30;
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
  if (at == line.size()) {
    found.heading = true;
    found.name = at;
    return found;
  }
  if (line[at] != U'：') return std::nullopt;
  size_t name = ++at;
  if (size_t i = name;
      !found.number && take_number(i) && i < line.size() && (line[i] == U'.' || line[i] == U'．'))
    name = i + 1;
  else if (i > name && name == at)
    found.number = std::nullopt;  // 附件：2024年安排表 carries no number
  found.name = name;
  return found;
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) {
    draft_.start = {file, 1, 1};
    const CleanText clean = normalise(text);
    for (const Change& change : clean.changes)
      draft_.changes.push_back(
          {change, {file, static_cast<int>(change.line), static_cast<int>(change.column)}, true});
    for (const CleanLine& line : clean.lines)
      if (!trim(to_utf8(line.text)).empty())
        lines_.push_back({to_utf8(line.text),
                          {file, static_cast<int>(line.line),
                           line.columns.empty() ? 1 : static_cast<int>(line.columns[0])},
                          line.columns});
  }

  Draft run() {
    used_.assign(lines_.size(), false);
    read_marked_lines();
    read_receivers();
    read_title();
    read_signature();
    read_attachments();
    read_bodies();
    draft_.has_printing = draft_.copy_to || draft_.printed;
    return std::move(draft_);
  }

 private:
  void take(size_t i, std::optional<Text>& element) {
    if (element) return;
    element = lines_[i];
    used_[i] = true;
  }

  // Lines that say themselves what they are.
  void read_marked_lines() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::string& text = lines_[i].text;
      if (is_number_line(text) && i < 8) take(i, draft_.number);
      if (begins(text, "签发人：")) take(i, draft_.signer);
      if (begins(text, "抄送：")) take(i, draft_.copy_to);
      if (text.ends_with("文件") && i < 4 && !is_prose(text) && !holds(text, "关于")) take(i, draft_.mark);
      const bool tail = text.ends_with("印发") || (holds(text, "办公室") && i + 1 == lines_.size());
      if (tail && holds(text, "年") && holds(text, "日") && !is_prose(text)) take(i, draft_.printed);
    }
  }

  // The first line that ends with a colon, before any numbered paragraph.
  void read_receivers() {
    for (size_t i = 0; i < std::min<size_t>(lines_.size(), 12); ++i) {
      if (used_[i]) continue;
      const std::string& text = lines_[i].text;
      if (read_paragraph(lines_[i]).level > 0 || holds(text, "。") ||
          find_attachment_line(to_characters(text)))
        return;
      if (text.ends_with("：") && count_characters(text) <= 120) {
        receivers_ = i;
        return take(i, draft_.to);
      }
    }
  }

  void read_title() {
    size_t end = receivers_.value_or(lines_.size());
    for (size_t i = 0; i < end; ++i) {
      const std::string& text = lines_[i].text;
      const bool sentence = holds(text, "。") || (is_prose(text) && !names_document(text));
      const bool body =
          sentence || read_paragraph(lines_[i]).level > 0 || text.ends_with("：") || is_date_line(text);
      if (!used_[i] && body) end = i;
    }
    for (size_t i = end; i-- > 0;) {
      const bool last = receivers_ && i + 1 == *receivers_ && count_characters(lines_[i].text) <= 60;
      if (used_[i] || !(names_document(lines_[i].text) || last)) continue;
      size_t first = i;  // a title over several lines begins with the organ, which 关于 follows
      while (first > 0 && !used_[first - 1] && i - first < 3 && !holds(lines_[first].text, "关于") &&
             holds(lines_[first - 1].text, "关于"))
        --first;
      take(first, draft_.title);
      for (size_t k = first + 1; k <= i; ++k) {
        draft_.title->text += lines_[k].text;
        draft_.title->columns.clear();
        used_[k] = true;
      }
      for (size_t k = 0; k < i; ++k) set_aside(k);
      body_ = i + 1;
      break;
    }
    if (draft_.title) draft_.kind = kind_of_title(draft_.title->text);
  }

  void set_aside(size_t i) {
    if (used_[i]) return;
    draft_.others.push_back(lines_[i]);
    used_[i] = true;
  }

  void read_signature() {
    for (size_t i = 1; i < lines_.size(); ++i) {
      if (used_[i] || !is_date_line(lines_[i].text)) continue;
      take(i, draft_.date);
      signature_ = i;
      const std::string& organ = lines_[i - 1].text;
      if (!used_[i - 1] && !is_prose(organ) && !holds(organ, "：") && count_characters(organ) <= 30)
        take(i - 1, draft_.organ);
      const bool note = i + 1 < lines_.size() && !used_[i + 1] &&
                        (begins(lines_[i + 1].text, "（") || begins(lines_[i + 1].text, "此件") ||
                         begins(lines_[i + 1].text, "联系人"));
      if (note) take(i + 1, draft_.note);
      return;
    }
  }

  // 附件说明 comes first; a name that comes again, or 附件N alone with its title below, is the annex itself.
  void read_attachments() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (used_[i]) continue;
      const auto found = find_attachment_line(to_characters(lines_[i].text));
      if (!found) continue;
      used_[i] = true;
      if (found->heading) {
        Text name = lines_[i];
        if (i + 1 < lines_.size() && !is_prose(lines_[i + 1].text)) {
          name = lines_[i + 1];
          used_[i + 1] = true;
        }
        draft_.annexes.push_back({found->number.value_or(1), found->number.has_value(), name});
        annexes_begin_ = std::min(annexes_begin_, i);
        continue;
      }
      add_named({found->number.value_or(1), found->number.has_value(), lines_[i].part(found->name, kWhole)});
      if (found->number == 1 && !begins(lines_[i].text, "附件1")) read_more_names(i + 1);
    }
  }

  void add_named(Attachment attachment) {
    const auto same = [&](const Attachment& each) { return each.number == attachment.number; };
    const bool again = std::any_of(draft_.listed.begin(), draft_.listed.end(), same);
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
      used_[i] = true;
      next = static_cast<int>(line.number) + 1;
    }
  }

  void read_bodies() {
    draft_.bodies.resize(1);
    const size_t after = signature_.value_or(lines_.size());
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (i == after || (i == annexes_begin_ && !draft_.bodies.back().empty())) draft_.bodies.emplace_back();
      if (used_[i] || i < body_) continue;
      const bool is_title =
          i > after && draft_.bodies.back().empty() && !draft_.issued_title && !is_prose(lines_[i].text);
      if (is_title)
        draft_.issued_title = lines_[i];
      else
        draft_.bodies.back().push_back(read_paragraph(lines_[i]));
    }
  }

  static constexpr size_t kWhole = std::string::npos;
  Draft draft_;
  std::vector<Text> lines_;
  std::vector<bool> used_;
  std::optional<size_t> receivers_, signature_;
  size_t body_ = 0;
  size_t annexes_begin_ = kWhole;
};

}  // namespace

Draft read_pasted(std::string_view text, const std::string& file) { return Reader(text, file).run(); }

}  // namespace wenshu::notice
