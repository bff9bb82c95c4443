// The parts of a notice as blocks of a document, one function an element; inside this room only.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"
#include "notice/notice.h"
#include "notice/profile.h"

namespace wenshu::notice {

using Blocks = std::vector<document::Block>;

// Width in characters of the face's size: what is not wide is half as wide in 仿宋 and 宋体.
double width_of(const std::string& text);

document::Run run(std::string text, document::Face face = document::Face::fangsong, double size = 16);
document::Paragraph paragraph(std::string style, document::Run first);
document::Paragraph& add(Blocks& blocks, document::Paragraph made);
document::Block& add(Blocks& blocks, document::Table table);
// The paragraph last added. REQUIRES: a paragraph stands last.
document::Paragraph& last(Blocks& blocks);

// Millimetres that the blocks take from the top of a page in Word, estimated from character widths.
double height_of(const Blocks& blocks);
// Estimated from character widths: one half of an em what is not wide.
double lines_of(const document::Paragraph& paragraph);

// Notes where a long Latin word would leave the line before it full of gaps.
void mind_gaps(document::Paragraph& paragraph);

// How page 1 is set: as the standard has it, or closer, so that body text (7.3.3) or the signature (7.3.5.4) has room.
struct FirstPage {
  double mark_pt = kMarkMostPt;
  double joint_line = kJointLine;  // em from one joint name to the next
  double mark_top_mm = kMarkTopMm;
  double title_pitch_pt = kTitlePitch;
  int above_number = 2, above_title = 2;  // blank lines
  bool tight_seal = false;                // one line less of room for it
  double text_pitch_pt = kPitch;          // of the body and what follows it
};
FirstPage wanted_page(const Notice& notice);
// The next step closer, from what is least seen to what the standard gives in figures; false when nothing is left.
bool move_closer(const Notice& notice, FirstPage& page);
// Something that the standard gives in figures gave way: in words for a clerk, "" when nothing did.
std::string given_way(const FirstPage& page);

void add_head(const Notice& notice, const FirstPage& page, document::Section& section);  // 7.2, 10.1 to 10.3

void add_title(const Notice& notice, const std::string& text, double space_before_pt, Blocks& blocks);
void add_receivers(const Notice& notice, Blocks& blocks);
// Each line of `body` a paragraph in the face of its level; the first one stands `space_before_pt` lower.
void add_body(const std::string& body, double space_before_pt, Blocks& blocks);
constexpr size_t kAttachmentsKept = 8;  // lines of 附件说明 that go to the next page with the signature
void add_attachments(const Notice& notice, Blocks& blocks);  // 7.3.4
void add_people(const Notice& notice, Blocks& blocks);       // 出席, 请假, 列席: 10.3

// How far the seals of the last row reach: their left edge, and mm below the top of the line after the date.
struct SealReach {
  double left_mm = 156, below_mm = 0;
  bool over_pages = false;  // the rows take more than a page
};
// 署名, 印章 or 签名章, 成文日期 (7.3.5). `tight`: one line less of room for a seal (7.3.5.4).
SealReach add_signature(const Notice& notice, bool tight, Blocks& blocks);
// 附注 (7.3.6): on the line after the date, or lower where a seal would cover it.
void add_note(const Notice& notice, const SealReach& reach, Blocks& blocks);

void add_annex(const Notice& notice, const Annex& annex, double width_mm, Blocks& blocks);  // 7.3.7
// 版记 (7.4); nothing when the notice has none. `with_receivers`: the 主送机关 stands there.
void add_foot(const Notice& notice, bool with_receivers, Blocks& blocks);

}  // namespace wenshu::notice
