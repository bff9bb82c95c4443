// 主体: title, receivers, body, 附件说明, people of 纪要 (GB/T 9704-2012 7.3.1 to 7.3.4, 10.3).
#include <fmt/format.h>

#include "base/text.h"
#include "notice/compose_parts.h"
#include "notice/levels.h"
#include "notice/profile.h"
#include "notice/title.h"

namespace wenshu::notice {

using document::Align;
using document::Face;
using document::Paragraph;

void add_title(const Notice& notice, const std::string& text, double space_before_pt, Blocks& blocks) {
  std::vector<std::string> names;
  for (const Organ& organ : notice.organ) names.push_back(organ.name);
  Paragraph& title =
      add(blocks, paragraph("标题", run(balance_title(text, names), Face::xiaobiaosong, kSize2)));
  title.align = Align::centre;
  title.line_pitch_pt = kTitlePitch;
  title.space_before_pt = space_before_pt;
  title.keep_with_next = true;
  title.keep_lines = true;
}

void add_receivers(const Notice& notice, Blocks& blocks) {
  add(blocks, paragraph("主送机关", run(notice.to + "："))).space_before_pt = kPitch;
}

void add_body(const std::string& body, double space_before_pt, Blocks& blocks) {
  static const char* const kStyles[] = {"正文", "一级标题", "二级标题", "三级标题", "四级标题"};
  static const Face kFaces[] = {Face::fangsong, Face::heiti, Face::kaiti, Face::fangsong, Face::fangsong};
  const size_t first = blocks.size();
  for (const BodyParagraph& part : parse_body(body)) {
    // A sentence with its full stop is text, however short; it needs nothing to follow it.
    const bool heads = part.level > 0 && part.text.empty() && !part.heading.ends_with("。");
    Paragraph made;
    made.style = kStyles[heads ? part.level : 0];
    made.first_line_indent = 2;
    if (!part.heading.empty()) made.runs.push_back(run(part.heading, kFaces[part.level]));
    if (!part.text.empty()) made.runs.push_back(run(part.text));
    if (!part.heading.empty() && !heads) made.runs[0].style = std::string(kStyles[part.level]) + "字符";
    if (heads) {
      made.outline_level = part.level;
      made.keep_with_next = true;
    }
    mind_gaps(made);
    add(blocks, std::move(made));
  }
  if (first == blocks.size()) return;
  blocks[first].paragraph.space_before_pt = space_before_pt;
  last(blocks).keep_with_next = false;
}

// Names line up with the first character of the first name; no punctuation after them.
void add_attachments(const Notice& notice, Blocks& blocks) {
  const size_t count = notice.attachments.size();
  for (size_t i = 0; i < count; ++i) {
    const std::string label = i == 0 ? "附件：" : "";
    const std::string number = count > 1 ? fmt::format("{}.", i + 1) : "";
    Paragraph& made = add(blocks, paragraph("附件说明", run(label + number + notice.attachments[i])));
    made.align = document::Align::left;  // spread lines would part the names below one another
    made.left_indent = i == 0 ? 2 : 5;
    made.hanging_indent = width_of(label + number);
    made.hanging_from = to_characters(label + number).size();
    if (i == 0) made.space_before_pt = kPitch;
    made.keep_lines = true;
    // A long list goes over pages, its end stays together.
    made.keep_with_next = i + 1 < count && (count <= kAttachmentsKept || i + 2 == count);
  }
}

// Label in 黑体, names under names; a blank line above the first.
void add_people(const Notice& notice, Blocks& blocks) {
  bool first = true;
  const auto line = [&](const char* label, const std::string& names) {
    if (names.empty()) return;
    Paragraph& made = add(blocks, paragraph(label, run(label, Face::heiti)));
    made.runs.push_back(run("：" + names));
    made.align = document::Align::left;
    made.left_indent = 2;
    made.hanging_indent = width_of(label) + 1;
    made.hanging_from = to_characters(label).size() + 1;
    if (first) made.space_before_pt = kPitch;
    first = false;
  };
  line("出席", notice.present);
  line("请假", notice.absent);
  line("列席", notice.observers);
}

}  // namespace wenshu::notice
