#include "notice/compose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/text.h"
#include "notice/compose_parts.h"
#include "notice/levels.h"
#include "notice/parting.h"
#include "notice/profile.h"
#include "notice/title.h"

namespace wenshu::notice {
namespace {

using document::Paragraph;
using document::Section;

constexpr double kShortParagraph = 5;       // lines: as much may stay white at the foot of a page
constexpr size_t kPageBytes = 22 * 28 * 3;  // of a body that may end on page 1

// The sheet turned a quarter, its head at the left edge of the upright sheet (7.6): the same 版心 on its side.
document::Page turned_page() {
  const document::Page upright;
  document::Page page;
  page.width_mm = upright.height_mm;
  page.height_mm = upright.width_mm;
  page.top_mm = upright.left_mm;
  page.bottom_mm = upright.right_mm;
  page.left_mm = upright.bottom_mm;
  page.right_mm = upright.top_mm;
  page.landscape = true;
  return page;
}

class Composer {
 public:
  Composer(const Notice& notice, Diagnostics& findings)
      : notice_(notice), findings_(findings), first_(wanted_page(notice)) {}

  document::Document compose() {
    document_.title = replace_all(notice_.title, "\n", "");
    if (notice_.title.empty()) document_.title = notice_.mark[0] + " " + notice_.number;
    document_.author = author();
    document_.subject = notice_.number;
    document_.date = notice_.date;
    document_.fixed_page = notice_.fixed_page;
    prepare();
    choose_first_page();
    add_main();
    tell();
    if (notice_.issued) add_issued();
    for (const Annex& annex : notice_.annexes)
      if (!annex.separate) add_bound(annex);
    // 版记 stands upright, whatever stands before it; the empty line holds the page that it stands on.
    Blocks foot;
    add_foot(notice_, at_foot_, foot);
    if (!foot.empty() && document_.sections.back().page.landscape) {
      document_.sections.emplace_back();
      add(blocks(), paragraph("正文", run("")));
    }
    std::move(foot.begin(), foot.end(), std::back_inserter(blocks()));
    for (const Annex& annex : notice_.annexes)
      if (annex.separate) add_separate(annex);
    return std::move(document_);
  }

 private:
  Blocks& blocks() { return document_.sections.back().blocks; }

  std::string author() const {
    std::vector<std::string> names;
    for (const Organ& organ : notice_.organ) names.push_back(organ.name);
    for (const Signature& signer : notice_.signature) names.push_back(signer.post + signer.name);
    return join(names, "、");
  }

  // What stays the same however close page 1 is set.
  void prepare() {
    std::vector<std::string> names;
    for (const Organ& organ : notice_.organ) names.push_back(organ.name);
    for (const std::string& name : notice_.mark) names.push_back(replace_all(name, "文件", ""));
    title_ = balance_title(notice_.title, names);
    at_foot_ = notice_.to_at_foot.value_or(false);
    add_body(notice_.body, 0, body_);
  }

  // Head, title and receivers. Page 1 shows body text (7.3.3): where they leave no line for it, receivers of several
  // lines move into the 版记 (7.3.2), joint marks are squeezed (7.2.4), and distances give way. Where a body of one
  // paragraph just misses to stand there with its signature, they do as well (7.3.5.4).
  void choose_first_page() {
    if (!notice_.to_at_foot && width_of(notice_.to) > kCharacters && !shows_body()) at_foot_ = true;
    while (!shows_body() && move_closer(notice_, first_)) continue;
    shows_body_ = shows_body();
    if (notice_.format == Format::minutes || make_room_for_foot() || !is_short() || holds_signature()) return;
    const FirstPage page = first_;
    first_.title_pitch_pt = kPitch;
    first_.tight_seal = notice_.organ.size() == 1;
    // A body of one line cannot stand on two pages, so everything gives way before its signature stands alone.
    while (!holds_signature())
      if (lines_of(body_.back().paragraph) > 1 || !move_closer(notice_, first_)) {
        first_ = page;
        break;
      }
  }

  // True when the notice ends on page 1. Its 版记 stands there, too, if it is a line or two that it lacks: lines of the
  // title and then of the text are set closer, as 7.3.5.4 has it for the signature.
  bool make_room_for_foot() {
    const bool ends_here = !notice_.issued && std::all_of(notice_.annexes.begin(), notice_.annexes.end(),
                                                          [](const Annex& annex) { return annex.separate; });
    if (!ends_here || body_.empty() || notice_.body.size() > kPageBytes || !holds_signature()) return false;
    const FirstPage page = first_;
    if (holds_foot()) return true;
    first_.title_pitch_pt = kPitch;
    first_.tight_seal = notice_.organ.size() == 1;
    if (holds_foot()) return true;
    first_.text_pitch_pt = kLeastPitch;
    if (!holds_foot()) first_ = page;
    return true;
  }

  Section first_page() const {
    Section section;
    add_head(notice_, first_, section);
    if (!title_.empty()) {
      add_title(notice_, title_, first_.above_title * kPitch, section.blocks);
      last(section.blocks).line_pitch_pt = first_.title_pitch_pt;
    }
    if (!notice_.to.empty() && !at_foot_) add_receivers(notice_, section.blocks);
    return section;
  }

  double above_body_pt() const {
    if (!notice_.to.empty() && !at_foot_) return 0;
    return notice_.title.empty() ? 2 * kPitch : kPitch;  // 令号, or the rule of 纪要 without a title
  }

  static double height_of(const Section& section) {
    return notice::height_of(section.blocks) + section.first_top_mm.value_or(section.page.top_mm) -
           section.page.top_mm;
  }

  // Headings stay with what follows them; it needs a line, and the half that Word leaves free.
  bool shows_body() const {
    double lines = 1.5;
    for (const document::Block& block : body_) {
      if (!block.paragraph.keep_with_next) break;
      lines += lines_of(block.paragraph);
    }
    return height_of(first_page()) + (above_body_pt() + lines * kPitch) / kPointsPerMm <= kTextHeightMm;
  }

  // One paragraph, with the headings that stay with it: all of it may have to go where the signature goes.
  bool is_short() const {
    return !body_.empty() && std::all_of(body_.begin(), body_.end() - 1, [](const document::Block& block) {
      return block.paragraph.keep_with_next;
    });
  }

  void add_text(Blocks& blocks) const {
    const size_t first = blocks.size();
    blocks.insert(blocks.end(), body_.begin(), body_.end());
    if (first < blocks.size()) blocks[first].paragraph.space_before_pt = above_body_pt();
  }

  // What follows the body on its sheet.
  void add_end(Blocks& blocks) const {
    if (!notice_.attachments_of_issued) add_attachments(notice_, blocks);
    add_signature(notice_, first_.tight_seal, blocks);
    add_note(notice_, {}, blocks);
  }

  bool holds_signature() const {
    Section section = first_page();
    add_text(section.blocks);
    add_end(section.blocks);
    return height_of(section) * kPointsPerMm <= kLines * kPitch;
  }

  bool holds_foot() const {
    Blocks foot;
    add_foot(notice_, at_foot_, foot);
    if (foot.empty()) return true;
    Section section = first_page();
    add_text(section.blocks);
    add_end(section.blocks);
    set_pitch(section.blocks);
    double height = kSmallPitch / 4;  // what the table takes besides its lines
    for (const document::Row& row : foot[0].foot.table.rows)
      for (const Paragraph& line : row.cells[0].paragraphs) height += lines_of(line) * line.line_pitch_pt;
    return height_of(section) + height / kPointsPerMm <= kTextHeightMm;
  }

  // Lines of the body and of what follows it, and the blank lines between them.
  void set_pitch(Blocks& blocks) const {
    constexpr std::string_view kHead[] = {"标题", "发文机关标志", "发文字号", "份号",
                                          "密级", "紧急程度",     "令号"};
    if (first_.text_pitch_pt == kPitch) return;
    for (document::Block& block : blocks) {
      Paragraph& text = block.paragraph;
      const bool heads = std::find(std::begin(kHead), std::end(kHead), text.style) != std::end(kHead);
      if (block.kind != document::Block::Kind::paragraph || heads || text.top_mm) continue;
      text.line_pitch_pt *= first_.text_pitch_pt / kPitch;
      text.space_before_pt *= first_.text_pitch_pt / kPitch;
    }
  }

  // Lines of the body and of what follows it, as page 1 is set.
  BodyLines count_lines() const {
    constexpr double kPitchMm = kPitch / kPointsPerMm;
    BodyLines body;
    Section section = first_page();
    const double top = height_of(section) + above_body_pt() / kPointsPerMm;
    body.room = static_cast<int>(std::floor((kTextHeightMm - top) / kPitchMm));
    for (const document::Block& block : body_) body.all += static_cast<int>(lines_of(block.paragraph));
    body.least = 1 + body.all - static_cast<int>(lines_of(body_.back().paragraph));
    add_text(section.blocks);
    const double end = height_of(section);
    add_end(section.blocks);
    body.after = static_cast<int>(std::ceil((height_of(section) - end) / kPitchMm));
    return body;
  }

  // Programs do not agree on what becomes of a long paragraph that stays with the next, so page 1 or 2 ends where the body
  // is to be parted: a body of one paragraph, and one that ends with a long one. `whole`: all has room on page 1.
  Parting part_body(bool alone, bool whole) const {
    if (whole || body_.empty() || notice_.attachments.size() > kAttachmentsKept) return {};
    if (!alone && lines_of(body_.back().paragraph) <= kShortParagraph) return {};
    const BodyLines body = count_lines();
    if (!alone && body.all <= body.room && holds_signature()) return {};
    return find_parting(body);
  }

  // Pages have room for these lines, and for half of one more in case the head is taller than it was thought.
  void leave_white(const Parting& parting) {
    Section& section = document_.sections.back();
    const auto white = [](double top, int lines) {
      return std::max(0.0, kTextHeightMm - top - (lines + 0.5) * kPitch / kPointsPerMm);
    };
    const double top = height_of(first_page()) + above_body_pt() / kPointsPerMm;
    if (parting.on_first) section.first_white_mm = white(top, *parting.on_first);
    if (parting.on_second) section.second_white_mm = white(0, *parting.on_second);
  }

  void add_main() {
    document_.sections.push_back(first_page());
    add_text(blocks());
    const size_t text_end = blocks().size() - 1;
    if (!notice_.attachments_of_issued) add_attachments(notice_, blocks());
    add_people(notice_, blocks());
    if (notice_.format == Format::minutes) return add_note(notice_, {}, blocks());
    // The signature never stands on a page without text of the body: its last two lines go along, and so does a 附件说明
    // that is no page by itself.
    const bool alone = is_short(), whole = alone && holds_signature();
    const Parting parting = part_body(alone, whole);
    leave_white(parting);
    parted_ = !parting.is_possible;
    // Of a body of one paragraph page 1 keeps what it can, whatever follows.
    const bool flows = (alone && !whole) || parting.on_first || parting.on_second || parting.fits;
    if (!flows && notice_.attachments.size() <= kAttachmentsKept) keep_end(text_end, !alone);
    if (blocks().size() - 1 > text_end) keep_end(blocks().size() - 1, !alone);
    const SealReach reach = add_signature(notice_, first_.tight_seal, blocks());
    over_pages_ = reach.over_pages;
    add_note(notice_, alone ? SealReach{} : reach, blocks());
    set_pitch(blocks());
  }

  void keep_end(size_t index, bool two_lines = true) {
    document::Paragraph& end = blocks()[index].paragraph;
    end.keep_with_next = true;
    end.widow_control = two_lines;
    // Of a paragraph that stays with the next some programs keep the end, some the whole: short ones say the whole.
    end.keep_lines = two_lines && lines_of(end) <= kShortParagraph;
  }

  void tell() {
    const Place& place = notice_.mark.size() > 1 ? notice_.mark_place : notice_.title_place;
    const char* hint =
        notice_.mark.size() > 1 ? "标志可以单独用主办机关名称（GB/T 9704 7.2.4），或者精简标题" : "精简标题";
    const std::string given = given_way(first_);
    if (!shows_body_)
      findings_.warning("first-page-without-body", place,
                        "版头和标题占满了首页，首页排不下正文（GB/T 9704 7.3.3）", hint);
    else if (!given.empty())
      findings_.hint("first-page-close", place, "首页排不下，间距已收紧：" + given, hint);
    if (parted_ && !over_pages_)
      findings_.warning("signature-without-body", notice_.organ_place,
                        "首页排不下署名和成文日期，它们所在的一页没有正文（GB/T 9704 7.3.5.4）",
                        "精简标题，或者把正文写成两段以上");
    if (over_pages_)
      findings_.warning("signature-over-pages", notice_.organ_place,
                        fmt::format("{}个机关的印章一页排不下，后面的署名所在的页没有正文（GB/T 9704 7.3.5）",
                                    notice_.organ.size()),
                        "机关名称用规范化简称，或者改为不加盖印章（seal: false）");
  }

  void add_issued() {
    leave_white_pages();
    add_title(notice_, notice_.issued->title, kPitch, blocks());
    last(blocks()).page_break_before = true;
    add_body(notice_.issued->body, kPitch, blocks());
    if (!notice_.attachments_of_issued) return;
    keep_end(blocks().size() - 1);
    add_attachments(notice_, blocks());
  }

  void begin_sheets(bool landscape) {
    Section& section = document_.sections.emplace_back();
    if (landscape) section.page = turned_page();
  }

  // What follows on other sheets does not leave their feet white.
  void leave_white_pages() {
    if (document_.sections.back().second_white_mm > 0) begin_sheets(false);
  }

  void add_annex_here(const Annex& annex) {
    add_annex(notice_, annex, annex.landscape ? kTurnedWidthMm : kTextWidthMm, blocks());
  }

  void add_bound(const Annex& annex) {
    leave_white_pages();
    if (annex.landscape != document_.sections.back().page.landscape) begin_sheets(annex.landscape);
    add_annex_here(annex);
  }

  void add_separate(const Annex& annex) {
    begin_sheets(annex.landscape);
    document_.sections.back().restarts_numbers = true;
    add_annex_here(annex);
  }

  const Notice& notice_;
  Diagnostics& findings_;
  document::Document document_;
  std::string title_;  // with its breaks
  Blocks body_;
  FirstPage first_;
  bool at_foot_ = false;  // the receivers stand in the 版记
  bool shows_body_ = true;
  bool parted_ = false;  // the signature from the body
  bool over_pages_ = false;
};

}  // namespace

document::Document to_document(const Notice& notice, Diagnostics& findings) {
  return Composer(notice, findings).compose();
}

document::Document to_document(const Notice& notice) {
  Diagnostics findings;
  return to_document(notice, findings);
}

}  // namespace wenshu::notice
