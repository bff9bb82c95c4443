// What a lint sees of a document: its elements and paragraphs, each with its place in the file, taken from
// pasted text or from a notice source. The texts are clean already; what cleaning changed is kept beside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "notice/normalise.h"

namespace wenshu::notice {

// A piece of a line. columns[i] is the column of its character i in the file; empty when the text stands
// there in another form (escapes, a folded scalar): then it has a place but no certain fix.
struct Text {
  std::string text;
  Place place;
  std::vector<size_t> columns;

  Place at(size_t character) const;
  Text part(size_t begin, size_t end) const;  // characters
};

// A paragraph and the number it begins with. level 1 一、 2 （一） 3 1. 4 （1） 5 ①, 0 for none.
struct Paragraph {
  Text all;
  int level = 0;
  long long number = 0;
  std::string marker;  // as written; its form may be wrong (1、)
  std::string label;   // 培训时间 of 培训时间：…, else ""
};

// An annex by the number it carries (1 when it carries none).
struct Attachment {
  int number = 1;
  bool numbered = false;
  Text name;
};

struct PlacedChange {
  Change change;
  Place place;
  bool exact = false;  // `place` is that of the change itself
};

struct Draft {
  bool pasted = true;
  Place start;
  std::string kind;  // one of kind_names(), or "" when the title names none
  std::optional<Text> mark, number, signer, title, to, organ, date, note, copy_to, printed;
  std::optional<Text> issued_title;
  bool has_printing = false;                   // any of 抄送, 印发机关, 印发日期
  std::vector<std::vector<Paragraph>> bodies;  // the document's own first, then what it issues, then annexes
  std::vector<Attachment> listed;              // 附件说明
  std::vector<Attachment> annexes;             // the annexes themselves
  std::vector<Text> others;                    // lines that are none of these
  std::vector<PlacedChange> changes;
};

Draft read_pasted(std::string_view text, const std::string& file);
// `bytes` is the source's text, from which columns are taken. REQUIRES: `source` is a map.
Draft read_source(const data::Value& source, std::string_view bytes);

Paragraph read_paragraph(Text line);
std::string kind_of_title(std::string_view title);  // 通知 of …的通知（试行）, or ""

}  // namespace wenshu::notice
