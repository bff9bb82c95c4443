#include "notice/compose.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "notice/compose_parts.h"
#include "notice/levels.h"
#include "notice/profile.h"

namespace wenshu::notice {
namespace {

using document::Section;

constexpr size_t kAttachmentsKept = 8;  // lines of 附件说明 that go to the next page with the signature
constexpr double kShortParagraph = 5;   // lines: as much may stay white at the foot of a page

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
  explicit Composer(const Notice& notice) : notice_(notice) {}

  document::Document compose() {
    document_.title = replace_all(notice_.title, "\n", "");
    if (notice_.title.empty()) document_.title = notice_.mark[0] + " " + notice_.number;
    document_.author = author();
    document_.subject = notice_.number;
    document_.date = notice_.date;
    document_.fixed_page = notice_.fixed_page;
    document_.sections.emplace_back();
    add_first_page();
    add_main();
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

  // Head, title and receivers. Page 1 shows body text (7.3.3): where they leave no line for it, receivers of several
  // lines move into the 版记 (7.3.2) and joint marks are squeezed (7.2.4).
  void add_first_page() {
    const double size = mark_size(notice_);
    at_foot_ = notice_.to_at_foot.value_or(false);
    Section section = first_page(size);
    if (!notice_.to_at_foot && width_of(notice_.to) > kCharacters && !has_room(section)) at_foot_ = true;
    if (at_foot_) section = first_page(size);
    if (notice_.mark.size() > 1)
      for (double less = size - 1; less >= kMarkLeastPt && !has_room(section); less -= 1)
        section = first_page(less);
    document_.sections.back() = std::move(section);
  }

  Section first_page(double mark_pt) const {
    Section section;
    add_head(notice_, mark_pt, section);
    if (!notice_.title.empty()) add_title(notice_, notice_.title, 2 * kPitch, section.blocks);
    if (!notice_.to.empty() && !at_foot_) add_receivers(notice_, section.blocks);
    return section;
  }

  // A blank line may stand above the body, and the body needs one line and the half that Word leaves free.
  bool has_room(const Section& section) const {
    const double blank = notice_.to.empty() || at_foot_ ? 1 : 0;
    const double high = section.page.top_mm - section.first_top_mm.value_or(section.page.top_mm);
    return height_of(section.blocks) + (blank + 1.5) * kGridPitchMm <= kTextHeightMm + high;
  }

  void add_main() {
    const bool below_receivers = !notice_.to.empty() && !at_foot_;
    const bool below_rule = notice_.title.empty();  // 令号, or the rule of 纪要 without a title
    add_body(notice_.body, below_receivers ? 0 : below_rule ? 2 * kPitch : kPitch, blocks());
    const size_t text_end = blocks().size() - 1;
    if (!notice_.attachments_of_issued) add_attachments(notice_, blocks());
    add_people(notice_, blocks());
    if (notice_.format == Format::minutes) return add_note(notice_, {}, blocks());
    // The signature never stands on a page without text of the body: its last two lines go along, and so does a 附件说明
    // that is no page by itself. Of a body of one paragraph page 1 keeps what it can, and the note its line.
    const bool alone = parse_body(notice_.body).size() == 1;
    if (notice_.attachments.size() <= kAttachmentsKept) keep_end(text_end, !alone);
    keep_end(blocks().size() - 1, !alone);
    const bool tight = alone && fit_first_page();
    const SealReach reach = add_signature(notice_, tight, blocks());
    add_note(notice_, alone ? SealReach{} : reach, blocks());
  }

  void keep_end(size_t index, bool two_lines = true) {
    document::Paragraph& end = blocks()[index].paragraph;
    end.keep_with_next = true;
    end.widow_control = two_lines;
    // Of a paragraph that stays with the next some programs keep the end, some the whole: short ones say the whole.
    end.keep_lines = two_lines && lines_of(end) <= kShortParagraph;
  }

  // A body of one paragraph should stand on page 1 together with its signature. Where it just does
  // not, 7.3.5.4 lets the distances give way: the title's pitch, and the room for the seal (then true).
  bool fit_first_page() {
    if (notice_.organ.size() != 1 || notice_.title.empty()) return false;
    const double signature = 3 + (notice_.seal ? 1 : 0) + (notice_.note.empty() ? 0 : 1);
    const double height = height_of(blocks()) * kPointsPerMm + signature * kPitch;
    const auto title = std::find_if(blocks().begin(), blocks().end(), [](const document::Block& block) {
      return block.paragraph.style == "标题";
    });
    const double lines = static_cast<double>(split(title->paragraph.runs[0].text, "\n").size());
    if (height <= kLines * kPitch) return false;
    if (height - kPitch - lines * (kTitlePitch - kPitch) > kLines * kPitch) return false;  // two pages it is
    title->paragraph.line_pitch_pt = kPitch;
    return true;
  }

  void add_issued() {
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

  void add_annex_here(const Annex& annex) {
    add_annex(notice_, annex, annex.landscape ? kTurnedWidthMm : kTextWidthMm, blocks());
  }

  void add_bound(const Annex& annex) {
    if (annex.landscape != document_.sections.back().page.landscape) begin_sheets(annex.landscape);
    add_annex_here(annex);
  }

  void add_separate(const Annex& annex) {
    begin_sheets(annex.landscape);
    document_.sections.back().restarts_numbers = true;
    add_annex_here(annex);
  }

  const Notice& notice_;
  document::Document document_;
  bool at_foot_ = false;  // the receivers stand in the 版记
};

}  // namespace

document::Document to_document(const Notice& notice) { return Composer(notice).compose(); }

}  // namespace wenshu::notice
