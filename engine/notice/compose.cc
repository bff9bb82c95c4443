#include "notice/compose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "chinese/date.h"
#include "chinese/line_break.h"
#include "notice/levels.h"
#include "notice/profile.h"
#include "notice/title.h"

namespace wenshu::notice {
namespace {

using document::Align;
using document::Block;
using document::Cell;
using document::Colour;
using document::Face;
using document::Paragraph;
using document::Row;
using document::Run;

// Width in characters of the face's size: what is not wide is half as wide in 仿宋 and 宋体.
double width_of(const std::string& text) {
  double width = 0;
  for (const char32_t c : to_characters(text)) width += chinese::is_wide(c) ? 1 : 0.5;
  return width;
}

Run run(std::string text, Face face = Face::fangsong, double size = kSize3) {
  Run made;
  made.text = std::move(text);
  made.face = face;
  made.size_pt = size;
  made.tracking_pt = size == kSize3 ? kTracking : 0;
  return made;
}

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const Run& run : paragraph.runs) text += run.text;
  return text;
}

Paragraph paragraph(std::string style, Run first) {
  Paragraph made;
  made.style = std::move(style);
  made.runs.push_back(std::move(first));
  return made;
}

class Composer {
 public:
  explicit Composer(const Notice& notice) : notice_(notice) {}

  document::Document compose() {
    add_head();
    add_main();
    if (notice_.issued) add_issued();
    for (const Annex& annex : notice_.annexes) add_annex(annex);
    if (notice_.print_date) add_foot();

    document::Document document;
    document.title = replace_all(notice_.title, "\n", "");
    document.author = notice_.organ[0].name;
    document.subject = notice_.number;
    document.date = notice_.date;
    document.fixed_page = notice_.fixed_page;
    document.sections.emplace_back();
    document.sections.back().blocks = std::move(blocks_);
    return document;
  }

 private:
  Paragraph& add(Paragraph made) {
    Block block;
    block.paragraph = std::move(made);
    blocks_.push_back(std::move(block));
    return blocks_.back().paragraph;
  }

  // 7.2.4 to 7.2.7
  void add_head() {
    const double fit = kMarkWidthMm * kPointsPerMm / std::max(1.0, width_of(notice_.mark[0]));
    Paragraph& mark = add(paragraph("发文机关标志", run(notice_.mark[0], Face::xiaobiaosong,
                                                        std::floor(std::min(kMarkMostPt, fit) * 2) / 2)));
    mark.runs[0].colour = Colour::red;
    mark.align = Align::centre;
    mark.line_pitch_pt = mark.runs[0].size_pt * kTightLine;
    mark.space_before_pt = kMarkTopMm * kPointsPerMm;

    Paragraph& number = add(paragraph("发文字号", run(notice_.number)));
    number.align = Align::centre;
    number.space_before_pt = 2 * kPitch;
    number.rule_below = true;
    number.rule_colour = Colour::red;
    number.rule_pt = kRedRulePt;
    // Word knows whole points here; 4 mm is the least distance.
    number.rule_gap_pt =
        std::ceil(kRedRuleGapMm * kPointsPerMm - (1 - kAscentOfLine) * kPitch + kDescentOfFace * kSize3);
    if (!notice_.signer.empty()) add_signer(number);
  }

  void add_signer(Paragraph& number) {
    number.align = Align::left;
    number.first_line_indent = 1;  // a left indent would shorten the red rule
    number.right_tab_mm = kTextWidthMm - (kSize3 + kTracking) / kPointsPerMm;
    number.runs.push_back(run("\t签发人："));
    number.runs.push_back(run(notice_.signer[0], Face::kaiti));
  }

  Paragraph& add_title(const std::string& text) {
    Paragraph& title =
        add(paragraph("标题", run(balance_title(text, {notice_.organ[0].name}), Face::xiaobiaosong, kSize2)));
    title.align = Align::centre;
    title.line_pitch_pt = kTitlePitch;
    title.keep_with_next = true;
    title.keep_lines = true;
    return title;
  }

  // 7.3.1 to 7.3.6
  void add_main() {
    add_title(notice_.title).space_before_pt = 2 * kPitch;
    if (!notice_.to.empty()) {
      Paragraph& to = add(paragraph("主送机关", run(notice_.to + "：")));
      to.space_before_pt = kPitch;
      add_body(notice_.body);
    } else {
      const size_t first = blocks_.size();
      add_body(notice_.body);
      blocks_[first].paragraph.space_before_pt = kPitch;
    }
    if (!notice_.attachments_of_issued) add_attachments();
    // The signature never stands alone on a page: the end of what stands before it goes along.
    blocks_.back().paragraph.keep_with_next = true;
    const bool tight = fit_first_page();
    add_signature(tight ? 1 : 2);
    if (!notice_.note.empty()) {
      blocks_.back().paragraph.keep_with_next = true;
      add(paragraph("附注", run("（" + notice_.note + "）"))).first_line_indent = 2;
    }
  }

  void add_body(const std::string& body) {
    static const char* const kStyles[] = {"正文", "一级标题", "二级标题", "三级标题", "四级标题"};
    static const Face kFaces[] = {Face::fangsong, Face::heiti, Face::kaiti, Face::fangsong, Face::fangsong};
    for (const BodyParagraph& part : parse_body(body)) {
      // A sentence with its full stop is text, however short; it needs nothing to follow it.
      const bool heads = part.level > 0 && part.text.empty() && !part.heading.ends_with("。");
      Paragraph made;
      made.style = kStyles[heads ? part.level : 0];
      made.first_line_indent = 2;
      if (part.level > 0) made.runs.push_back(run(part.heading, kFaces[part.level]));
      if (!part.text.empty()) made.runs.push_back(run(part.text));
      if (part.level > 0 && !heads) made.runs[0].style = std::string(kStyles[part.level]) + "字符";
      if (heads) {
        made.outline_level = part.level;
        made.keep_with_next = true;
      }
      add(std::move(made));
    }
    blocks_.back().paragraph.keep_with_next = false;
  }

  // 7.3.4: names line up with the first character of the first name; no punctuation after them.
  void add_attachments() {
    const size_t count = notice_.attachments.size();
    for (size_t i = 0; i < count; ++i) {
      const std::string label = i == 0 ? "附件：" : "";
      const std::string number = count > 1 ? fmt::format("{}.", i + 1) : "";
      Paragraph& made = add(paragraph("附件说明", run(label + number + notice_.attachments[i])));
      made.left_indent = i == 0 ? 2 : 5;
      made.hanging_indent = width_of(label + number);
      if (i == 0) made.space_before_pt = kPitch;
      made.keep_lines = true;
      made.keep_with_next = i + 1 < count;
    }
  }

  // A body of one paragraph should stand on page 1 together with its signature. Where it just does
  // not, 7.3.5.4 lets the distances give way: the title's pitch, and the room for the seal (then true).
  // Estimated from character widths.
  bool fit_first_page() {
    if (parse_body(notice_.body).size() != 1) return false;
    double height = kPitch * (3 + (notice_.seal ? 1 : 0) + (notice_.note.empty() ? 0 : 1)), titles = 0;
    Paragraph* title = nullptr;
    for (Block& block : blocks_) {
      Paragraph& each = block.paragraph;
      double lines = 0;
      for (const std::string& line : split(text_of(each), "\n"))
        lines += std::max(
            1.0, std::ceil((width_of(line) + each.first_line_indent + each.left_indent) / kCharacters));
      if (each.style == "标题")
        title = &each, titles = lines = static_cast<double>(split(text_of(each), "\n").size());
      height += each.space_before_pt + lines * each.line_pitch_pt +
                (each.rule_below ? each.rule_gap_pt + each.rule_pt : 0);
    }
    if (height <= kLines * kPitch) return false;
    if (height - kPitch - titles * (kTitlePitch - kPitch) > kLines * kPitch) return false;  // two pages it is
    title->line_pitch_pt = kPitch;
    return true;
  }

  // 7.3.5.1 with a seal: the date 4 characters from the right, the organ centred on it, two lines of room so
  // that a seal of 42 mm centred a little above both ends within one line of the text. 7.3.5.2 without: the
  // organ 2 from the right, the date begins 2 right of it.
  void add_signature(int seal_lines) {
    const std::string day = chinese::to_date_text(notice_.date);
    const double organ_width = width_of(notice_.organ[0].name), day_width = width_of(day);
    double organ_right = 2, day_right = 2;
    if (notice_.seal) {
      organ_right = std::max(0.0, 4 + (day_width - organ_width) / 2);
      day_right = organ_right + (organ_width - day_width) / 2;
    } else if (organ_width >= day_width + 2) {
      day_right = organ_width - day_width;
    } else {
      organ_right = day_width + 4 - organ_width;
    }
    Paragraph& organ = add(paragraph("署名", run(notice_.organ[0].name)));
    organ.align = Align::right;
    organ.right_indent = organ_right;
    organ.space_before_pt = (notice_.seal ? seal_lines : 1) * kPitch;
    organ.keep_with_next = true;
    Paragraph& date = add(paragraph("成文日期", run(day)));
    date.align = Align::right;
    date.right_indent = day_right;
  }

  void add_issued() {
    Paragraph& title = add_title(notice_.issued->title);
    title.page_break_before = true;
    title.space_before_pt = kPitch;
    const size_t first = blocks_.size();
    add_body(notice_.issued->body);
    blocks_[first].paragraph.space_before_pt = kPitch;
    if (notice_.attachments_of_issued) {
      blocks_.back().paragraph.keep_with_next = true;
      add_attachments();
    }
  }

  // 7.3.7: label on line 1, title on line 3
  void add_annex(const Annex& annex) {
    const std::string number =
        notice_.attachments.size() > 1 ? fmt::format("{}", annex.attachment + 1) : std::string();
    Paragraph& label = add(paragraph("附件编号", run("附件" + number, Face::heiti)));
    label.align = Align::left;
    label.page_break_before = true;
    label.keep_with_next = true;
    Paragraph& title = add_title(annex.title);
    title.space_before_pt = kPitch;
    title.space_after_pt = annex.body.empty() ? kPitch / 2 : 0;
    if (!annex.body.empty()) {
      const size_t first = blocks_.size();
      add_body(annex.body);
      blocks_[first].paragraph.space_before_pt = kPitch;
      if (annex.table) blocks_.back().paragraph.space_after_pt = kPitch / 2;
    }
    if (annex.table) add_table(*annex.table);
  }

  static Cell cell(const char* style, const std::string& text, Face face, Align align) {
    Cell made;
    made.paragraphs.push_back(paragraph(style, run(text, face, kTableSize)));
    made.paragraphs[0].align = align;
    made.paragraphs[0].line_pitch_pt = kTablePitch;
    return made;
  }

  // A column of short entries (numbers, times, hours) stands centred, one with sentences begins at the left.
  static Align align_of(const Table& table, size_t column, double room) {
    for (const auto& texts : table.rows)
      if (width_of(texts[column]) > std::min(room, 8.0)) return Align::left;
    return Align::centre;
  }

  void add_table(const Table& table) {
    Block block;
    block.kind = Block::Kind::table;
    block.table.outer_rule_pt = block.table.inner_rule_pt = kTableRulePt;
    block.table.cell_padding_mm = kTablePaddingMm;
    double shares = 0;
    for (const auto& column : table.columns) shares += column.width > 0 ? column.width : 1;
    Row head;
    head.repeats = true;
    std::vector<Align> aligns;
    for (const auto& column : table.columns) {
      const double mm = kTextWidthMm * (column.width > 0 ? column.width : 1) / shares;
      aligns.push_back(align_of(table, aligns.size(), mm * kPointsPerMm / kTableSize - 0.5));
      block.table.column_mm.push_back(mm);
      head.cells.push_back(cell("表头", column.title, Face::heiti, Align::centre));
    }
    block.table.rows.push_back(std::move(head));
    for (const auto& texts : table.rows) {
      Row row;
      for (size_t i = 0; i < texts.size(); ++i)
        row.cells.push_back(cell("表文", texts[i], Face::fangsong, aligns[i]));
      block.table.rows.push_back(std::move(row));
    }
    blocks_.push_back(std::move(block));
  }

  static Cell foot_cell(const std::string& text, Align align) {
    Cell made;
    made.paragraphs.push_back(paragraph("版记", run(text, Face::fangsong, kSize4)));
    made.paragraphs[0].align = align;
    made.paragraphs[0].line_pitch_pt = kSmallPitch;
    made.paragraphs[0].left_indent = made.paragraphs[0].right_indent = 1;
    return made;
  }

  // 7.4: 抄送 above a thin rule, 印发机关 left and 印发日期 right, one blank character at both ends.
  void add_foot() {
    Block block;
    block.kind = Block::Kind::foot;
    document::Table& table = block.foot.table;
    const std::string day = chinese::to_date_text(*notice_.print_date) + "印发";
    // One blank at the right end, and room for the gaps that some readers put around digits.
    const double day_mm = (width_of(day) + 5) * kSize4 / kPointsPerMm;
    table.column_mm = {kTextWidthMm - day_mm, day_mm};
    table.outer_rule_pt = kThickRulePt;
    table.inner_rule_pt = kThinRulePt;
    table.upright_rules = false;
    table.cell_margin_mm =
        0;  // indents keep the text off the ends: a margin would move the rules in some readers
    if (!notice_.copy_to.empty()) {
      Row row;
      row.cells.push_back(foot_cell("抄送：" + notice_.copy_to + "。", Align::left));
      row.cells[0].columns = 2;
      row.cells[0].paragraphs[0].hanging_indent = 3;
      table.rows.push_back(std::move(row));
    }
    Row row;
    row.cells.push_back(foot_cell(notice_.printed_by, Align::left));
    row.cells.push_back(foot_cell(day, Align::right));
    table.rows.push_back(std::move(row));
    blocks_.push_back(std::move(block));
  }

  const Notice& notice_;
  std::vector<Block> blocks_;
};

}  // namespace

document::Document to_document(const Notice& notice) { return Composer(notice).compose(); }

}  // namespace wenshu::notice
