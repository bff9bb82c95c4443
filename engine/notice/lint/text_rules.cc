// Punctuation, blanks and dates inside the text: what cleaning changes, and what only a person can mend.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/lint/rule.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {

void report_changes(const Draft& draft, const Rule& rule, Report& report) {
  std::map<std::pair<int, std::string>, std::vector<const PlacedChange*>> lines;
  for (const PlacedChange& each : draft.changes)
    if (each.change.rule == rule.code)
      lines[{each.exact ? each.place.line : -each.place.line,
             each.exact ? "" : std::to_string(each.change.line)}]
          .push_back(&each);
  for (const auto& [line, changes] : lines) {
    const Change& first = changes[0]->change;
    const std::string spot = fmt::format("…{}[{}]{}…", first.left, first.before, first.right);
    const std::string times = changes.size() > 1 ? fmt::format("，本段{}处", changes.size()) : "";
    std::vector<Fix> fixes;
    for (const PlacedChange* each : changes)
      if (each->exact) fixes.push_back({each->place, each->change.length, each->change.after});
    const std::string hint = first.after.empty()   ? "删去"
                             : first.after == "\n" ? "在此换行"
                                                   : fmt::format("改为 {}", first.after);
    const bool reaches = fixes.size() == changes.size() || draft.pasted;
    report.add(rule, changes[0]->place, fmt::format("{}：{}{}", rule.title, spot, times),
               hint + (reaches ? "" : "（这里的文字带转义符或折了行，--fix 不改它）"), std::move(fixes));
  }
}

namespace {

template <class Visit>
void visit_texts(const Draft& draft, Visit visit) {
  for (const auto* element : {&draft.title, &draft.to, &draft.note, &draft.copy_to, &draft.issued_title})
    if (*element) visit(**element);
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) visit(paragraph.all);
  for (const Attachment& attachment : draft.listed) visit(attachment.name);
}

template <class Visit>
void visit_texts_and_cells(const Draft& draft, Visit visit) {
  visit_texts(draft, visit);
  for (const Text& cell : draft.cells) visit(cell);
}

struct Pair {
  char32_t open, close;
};

// `stay_open`: texts whose last open half is closed in a paragraph below.
void check_pairs(const Draft& draft, const Rule& rule, Report& report, std::initializer_list<Pair> pairs,
                 const std::set<const Text*>& stay_open = {}) {
  visit_texts_and_cells(draft, [&](const Text& text) {
    const bool any = std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
      return text.text.find(to_utf8(pair.open)) != std::string::npos ||
             text.text.find(to_utf8(pair.close)) != std::string::npos;
    });
    if (!any) return;
    const std::u32string& all = text.characters();
    for (const auto& [open, close] : pairs) {
      std::vector<size_t> waiting;
      size_t wrong = all.npos;
      for (size_t i = 0; i < all.size() && wrong == all.npos; ++i) {
        if (all[i] == open) waiting.push_back(i);
        if (all[i] != close) continue;
        const bool number =
            i > 0 && i < 4 && open == U'（' && all.find_first_not_of(U"0123456789") == i;  // 1）
        if (waiting.empty() && !number) wrong = i;
        if (!waiting.empty()) waiting.pop_back();
      }
      if (wrong == all.npos && waiting.size() == 1 && stay_open.count(&text) > 0) continue;
      if (wrong == all.npos && !waiting.empty()) wrong = waiting.back();
      if (wrong != all.npos)
        report.add(rule, text.at(wrong), fmt::format("“{}”没有配对", to_utf8(all[wrong])),
                   "补上另一半，或删去这一半");
    }
  });
}

void check_brackets(const Draft& draft, const Rule& rule, Report& report) {
  check_pairs(draft, rule, report, {{U'（', U'）'}, {U'《', U'》'}, {U'〔', U'〕'}, {U'【', U'】'}});
}

void check_quotes(const Draft& draft, const Rule& rule, Report& report) {
  // Of a quotation of several paragraphs each begins with “, and only the last ends with ”.
  std::set<const Text*> stay_open;
  for (const auto& body : draft.bodies)
    for (size_t i = 0; i + 1 < body.size(); ++i)
      if (body[i + 1].all.text.starts_with("“")) stay_open.insert(&body[i].all);
  check_pairs(draft, rule, report, {{U'“', U'”'}}, stay_open);
}

// ‘…’ that no “…” holds: the outer quotation marks are “ ”.
void check_outer_quotes(const Draft& draft, const Rule& rule, Report& report) {
  visit_texts_and_cells(draft, [&](const Text& text) {
    if (text.text.find("‘") == std::string::npos) return;
    const std::u32string& all = text.characters();
    if (all.find(U'”') < all.find(U'“')) return;  // goes on from the paragraph above
    int depth = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i] == U'“') ++depth;
      if (all[i] == U'”') --depth;
      if (all[i] != U'‘' || depth != 0) continue;
      const size_t close = all.find_first_of(U"‘’“”", i + 1);
      if (close == all.npos || all[close] != U'’') continue;
      std::vector<Fix> fixes;
      if (!text.columns.empty()) fixes = {{text.at(i), 1, "“"}, {text.at(close), 1, "”"}};
      report.add(rule, text.at(i), "外层引号用了单引号", "外层用“ ”，引号里再用引号时才用‘ ’",
                 std::move(fixes));
      i = close;
    }
  });
}

// <教师法> of Latin brackets; inside 《》 cleaning makes 〈〉 of them.
void check_angles(const Draft& draft, const Rule& rule, Report& report) {
  report_changes(draft, rule, report);
  constexpr size_t kLongest = 40;
  visit_texts_and_cells(draft, [&](const Text& text) {
    if (text.text.find('<') == std::string::npos) return;
    const std::u32string& all = text.characters();
    for (size_t i = all.find(U'<'); i != all.npos; i = all.find(U'<', i + 1)) {
      const size_t close = all.find_first_of(U"<> ", i + 1);
      if (close == all.npos || all[close] != U'>' || close - i < 3 || close - i > kLongest) continue;
      if (!is_chinese(all[i + 1]) || (i > 0 && all[i - 1] == U'《')) continue;
      report.add(
          rule, text.at(i),
          fmt::format("书名号写成了<>：{}", to_utf8(std::u32string_view(all).substr(i, close + 1 - i))),
          "书名、文件名用《》");
    }
  });
}

// 第一条 and 第二章 with one blank behind them, and the names of those present at a meeting.
bool has_meant_blanks(std::u32string_view text) {
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百零〇0123456789";
  for (const std::u32string_view label :
       {U"出席", U"列席", U"请假", U"主持", U"记录", U"参加", U"缺席", U"分送", U"附件"})
    if (text.starts_with(label)) return true;
  if (!text.starts_with(U"第")) return false;
  const size_t end = text.find_first_not_of(kNumerals, 1);
  return end != text.npos && end > 1 && std::u32string_view(U"条章节编款").find(text[end]) != text.npos &&
         end + 1 < text.size() && is_space(text[end + 1]);
}

// 《中共中央 国务院关于…》: the blank between two organs in a title, and between these two wherever they stand.
bool parts_organs(std::u32string_view all, size_t blank) {
  constexpr std::u32string_view kEndings = U"央局委会厅部院校府室团联军";
  const std::u32string_view left = all.substr(0, blank), right = all.substr(blank + 1);
  if (left.ends_with(U"中共中央") && right.starts_with(U"国务院")) return true;
  if (left.ends_with(U"中共中央办公厅") && right.starts_with(U"国务院办公厅")) return true;
  const size_t open = left.rfind(U'《'), closed = left.rfind(U'》');
  const bool in_title =
      open != left.npos && (closed == left.npos || closed < open) && right.find(U'》') != right.npos;
  return in_title && (all[blank] == U'\u3000' || kEndings.find(left.back()) != kEndings.npos);
}

// A blank that cleaning left because it may be meant: 中共中央 国务院.
void check_blanks(const Draft& draft, const Rule& rule, Report& report) {
  for (const auto& body : draft.bodies)
    for (const Paragraph& paragraph : body) {
      const std::u32string& all = paragraph.all.characters();
      if (has_meant_blanks(all)) continue;
      std::optional<size_t> first;
      size_t times = 0;
      for (size_t i = 1; i + 1 < all.size(); ++i) {
        if (!is_space(all[i]) || !is_chinese(all[i - 1])) continue;
        size_t end = i;
        while (end < all.size() && is_space(all[end])) ++end;
        if (end < all.size() && is_chinese(all[end]) && !(end == i + 1 && parts_organs(all, i))) {
          if (!first) first = i;
          ++times;
        }
        i = end;
      }
      if (!first) continue;
      const size_t begin = *first > 4 ? *first - 4 : 0;
      report.add(rule, paragraph.all.at(*first),
                 fmt::format("汉字之间有空格：{}{}", to_utf8(std::u32string_view(all).substr(begin, 9)),
                             times > 1 ? fmt::format("，本段{}处", times) : ""),
                 "并列的两个机关之间可以空一字，其余删去");
    }
}

// GB 50016—2014: the year of a standard is no end of a range.
bool is_standard(std::u32string_view text, size_t dash) {
  size_t i = dash;
  while (i > 0 && ((text[i - 1] >= U'0' && text[i - 1] <= U'9') || text[i - 1] == U'.')) --i;
  if (i > 0 && i < dash && is_space(text[i - 1])) --i;
  return i > 0 && i < dash && text[i - 1] >= U'A' && text[i - 1] <= U'Z';
}

// — and ～ both for ranges of one document.
void check_mixed_dashes(const Draft& draft, const Rule& rule, Report& report) {
  std::map<char32_t, size_t> used;
  visit_texts(draft, [&](const Text& text) {
    const std::u32string& all = text.characters();
    for (size_t i = 1; i + 1 < all.size(); ++i) {
      const bool dash = all[i] == U'—' || all[i] == U'～';
      if (!dash || all[i + 1] < U'0' || all[i + 1] > U'9' || all[i - 1] == U'—') continue;
      if (is_standard(all, i)) continue;
      ++used[all[i]];
      if (used.size() == 2 && used[all[i]] == 1)
        report.add(rule, text.at(i), "同一文件里起止时间或数目有的用一字线“—”，有的用浪纹线“～”",
                   "统一用一种");
    }
  });
}

// A line that a person broke, and the marks that may not stand at its ends. —— and …… begin an item, a subtitle or what
// is left out; a half of them is torn from the line above.
void check_line_starts(const Draft& draft, const Rule& rule, Report& report) {
  visit_texts(draft, [&](const Text& text) {
    const std::u32string& all = text.characters();
    if (all.starts_with(U"——") || all.starts_with(U"……")) return;
    if (!all.empty() && (chinese::is_closing(all[0]) || all[0] == U'—' || all[0] == U'…'))
      report.add(rule, text.at(0), fmt::format("“{}”在一行之首", to_utf8(all[0])), "接到上一行的末尾");
  });
}

void check_line_ends(const Draft& draft, const Rule& rule, Report& report) {
  visit_texts(draft, [&](const Text& text) {
    const std::u32string& all = text.characters();
    if (!all.empty() && chinese::is_opening(all.back()))
      report.add(rule, text.at(all.size() - 1), fmt::format("“{}”在一行之尾", to_utf8(all.back())),
                 "移到下一行的开头");
  });
}

// 二〇二四年, never with ○ or 零.
void check_zeros(const Draft& draft, const Rule& rule, Report& report) {
  report_changes(draft, rule, report);
  constexpr std::u32string_view kNumerals = U"〇○零0０OＯ一二三四五六七八九", kWrong = U"○零0０OＯ";
  visit_texts_and_cells(draft, [&](const Text& text) {
    if (text.text.find("年") == std::string::npos) return;
    const std::u32string& all = text.characters();
    for (size_t year = all.find(U'年'); year != all.npos; year = all.find(U'年', year + 1)) {
      size_t begin = year;
      while (begin > 0 && kNumerals.find(all[begin - 1]) != kNumerals.npos) --begin;
      const bool figures = all.find_first_of(U"一二三四五六七八九", begin) >= year;  // 2000年
      if (year - begin != 4 || figures) continue;
      for (size_t i = begin; i < year; ++i) {
        if (kWrong.find(all[i]) == kWrong.npos) continue;
        std::vector<Fix> fixes;
        if (!text.columns.empty()) fixes.push_back({text.at(i), 1, "〇"});
        report.add(rule, text.at(i), fmt::format("年份里的零写作“{}”", to_utf8(all[i])), "写作“〇”",
                   std::move(fixes));
      }
    }
  });
}

// A point, or the first two bytes of • and ‧ (E2 80) and of ・ (E3 83), between two characters of three bytes or more.
bool may_hold_point(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '.' && byte(i - 1) >= 0x80 && byte(i + 1) >= 0x80) return true;
    if (byte(i) != 0x80 && byte(i) != 0x83) continue;
    if ((byte(i - 1) == 0xE2 && (byte(i + 1) == 0xA2 || byte(i + 1) == 0xA7)) ||
        (byte(i - 1) == 0xE3 && byte(i + 1) == 0xBB))
      return true;
  }
  return false;
}

// 阿依努尔.艾尼: a point between two characters may be the dot of a name or a full stop, and a person says which. • and ・
// can be the dot alone.
void check_points(const Draft& draft, const Rule& rule, Report& report) {
  visit_texts_and_cells(draft, [&](const Text& text) {
    if (!may_hold_point(text.text)) return;
    const std::u32string& all = text.characters();
    for (size_t i = 1; i + 1 < all.size(); ++i) {
      const bool dot = std::u32string_view(U"•・‧").find(all[i]) != std::u32string_view::npos;
      if ((!dot && all[i] != U'.') || !is_chinese(all[i - 1]) || !is_chinese(all[i + 1])) continue;
      if (!dot && std::u32string_view(U"一二三四五六七八九十").find(all[i - 1]) != std::u32string_view::npos)
        continue;  // 一. of a heading
      const size_t begin = i > 4 ? i - 4 : 0;
      std::vector<Fix> fixes;
      if (dot && !text.columns.empty()) fixes.push_back({text.at(i), 1, "·"});
      report.add(rule, text.at(i),
                 fmt::format("汉字之间有“{}”：{}", to_utf8(all[i]),
                             to_utf8(std::u32string_view(all).substr(begin, i + 5 - begin))),
                 dot ? "改为 ·" : "人名的间隔号写作“·”，句末写作“。”", std::move(fixes));
    }
  });
}

bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

// Characters that GB 18030-2000 and 2005 had in the private use area and Unicode has elsewhere by now; 0 for all
// others. Only those that names and places are written with.
char32_t of_private_use(char32_t c) {
  struct Moved {
    char32_t old, now;
  };
  constexpr Moved kMoved[] = {{0xE81E, 0x9FB4}, {0xE826, 0x9FB5}, {0xE82B, 0x9FB6},
                              {0xE82C, 0x9FB7}, {0xE832, 0x9FB8}, {0xE843, 0x9FB9},
                              {0xE854, 0x9FBA}, {0xE863, 0x4DAE}, {0xE864, 0x9FBB}};
  for (const Moved& pair : kMoved)
    if (pair.old == c) return pair.now;
  return 0;
}

// U+E000 to U+F8FF begin with the bytes EE and EF 80 to EF A3, the planes 15 and 16 with F3 and F4.
bool may_hold_private(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xEE || byte >= 0xF3) return true;
    if (byte == 0xEF && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0xA3) return true;
  }
  return false;
}

void check_private(const Draft& draft, const Rule& rule, Report& report) {
  visit_texts_and_cells(draft, [&](const Text& text) {
    if (!may_hold_private(text.text)) return;
    const std::u32string& all = text.characters();
    for (size_t i = 0; i < all.size(); ++i) {
      if (!is_private(all[i])) continue;
      const char32_t real = of_private_use(all[i]);
      std::vector<Fix> fixes;
      if (real != 0 && !text.columns.empty()) fixes.push_back({text.at(i), 1, to_utf8(real)});
      report.add(rule, text.at(i), fmt::format("有自造字 {}，换一台电脑就显示不出", code_point_name(all[i])),
                 real != 0 ? fmt::format("改用“{}”", to_utf8(real)) : "换成通用字符集里的字",
                 std::move(fixes));
    }
  });
}

}  // namespace

std::vector<Rule> text_rules() {
  using enum Strength;
  return {
      {"ascii-punctuation", usual, "GB/T 15834", "中文里的标点用全角", "请各校(园)参加,并报名。",
       "请各校（园）参加，并报名。", report_changes},
      {"quotes-turned", usual, "GB/T 15834", "引号左右成对", "开展”三题“活动。", "开展“三题”活动。",
       report_changes},
      {"quotes-unpaired", usual, "GB/T 15834", "引号有开有合", "开展“三题活动。", "开展“三题”活动。",
       check_quotes},
      {"quotes-outer", usual, "GB/T 15834", "外层引号用双引号", "开展‘三题’活动。", "开展“三题”活动。",
       check_outer_quotes},
      {"angle-brackets", usual, "GB/T 15834", "书名号为“《》”，里层用“〈〉”",
       "依据《<教师法>实施办法》办理。", "依据《〈教师法〉实施办法》办理。", check_angles},
      {"brackets-unpaired", usual, "GB/T 15834", "括号、书名号有开有合", "依据《实施意见精神，制定本方案。",
       "依据《实施意见》精神，制定本方案。", check_brackets},
      {"name-point", usual, "民委发〔2016〕33号", "人名里的间隔号用“·”", "聘任阿依努尔.艾尼为副校长。",
       "聘任阿依努尔·艾尼为副校长。", check_points},
      {"doubled-mark", usual, "GB/T 15834", "标点不重复", "请参加，，并报名。", "请参加，并报名。",
       report_changes},
      {"dash-form", usual, "GB/T 15834", "破折号为“——”", "一项任务--教师培训", "一项任务——教师培训",
       report_changes},
      {"ellipsis-form", usual, "GB/T 15834", "省略号为“……”", "教师、校长...等人员", "教师、校长……等人员",
       report_changes},
      {"range-dash", usual, "GB/T 15834", "起止时间、数目之间用一个“—”或“～”", "培训时间为1月——3月。",
       "培训时间为1月—3月。", report_changes},
      {"range-dash-mixed", habit, "GB/T 15834", "同一文件的起止用同一种连接号", "1月—3月，4月～6月。",
       "1月—3月，4月—6月。", check_mixed_dashes},
      {"stray-blank", usual, "GB/T 15834", "词内、标点旁和数字旁没有空格", "改进服务，提高服 务质量。",
       "改进服务，提高服务质量。", report_changes},
      {"blank-between-words", habit, "GB/T 15834", "汉字之间的空格应有用意", "请各校 认真组织。",
       "请各校认真组织。", check_blanks},
      {"invisible-character", usual, "网页粘贴", "没有看不见的字符", "请认真\u200B组织。", "请认真组织。",
       report_changes},
      {"web-artefact", usual, "网页粘贴", "没有网页留下的符号和行", "请认真组织。\n|", "请认真组织。",
       report_changes},
      {"lines-run-together", usual, "GB/T 9704 7.3.3", "每个序号、每个项目另起一段",
       "一、总体要求 1.提高认识。", "一、总体要求\n1.提高认识。", report_changes},
      {"fullwidth-alphanumeric", usual, "GB/T 15834", "数字、字母用半角", "参加２０人。", "参加20人。",
       report_changes},
      {"number-brackets", required, "GB/T 9704 7.2.5", "发文字号的年份用六角括号“〔〕”", "清教[2024]6号",
       "清教〔2024〕6号", report_changes},
      {"line-start-mark", required, "GB/T 15834 5.1", "一行之首没有句末点号、逗号、后引号、后括号等",
       "请各校认真组织\n，按时完成。", "请各校认真组织，\n按时完成。", check_line_starts},
      {"line-end-mark", required, "GB/T 15834 5.1", "一行之尾没有前引号、前括号、前书名号",
       "依据《\n实施意见》制定本方案。", "依据\n《实施意见》制定本方案。", check_line_ends},
      {"private-use-character", required, "GB 18030", "没有自造字", "请龑\uE863老师参加。",
       "请龑䶮老师参加。", check_private},
      {"date-zero", habit, "汉字日期的写法", "汉字年份的零为“〇”", "自二○二四年六月起。",
       "自二〇二四年六月起。", check_zeros},
      {"date-padding", usual, "GB/T 9704 7.3.5.4", "月、日不编虚位", "于2024年06月06日开班。",
       "于2024年6月6日开班。", report_changes},
      {"date-figures", usual, "GB/T 9704 7.3.5.4", "日期写明年、月、日", "于2024-06-06开班。",
       "于2024年6月6日开班。", report_changes},
  };
}

}  // namespace wenshu::notice
