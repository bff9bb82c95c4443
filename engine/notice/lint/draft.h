// What a lint sees of a document: its elements and paragraphs, each with its place in the file, taken from
// pasted text, from a notice source or from a Word file. The texts are clean already; what cleaning changed is
// kept beside.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "document/observed.h"
#include "notice/lint/sight.h"
#include "notice/normalise.h"

namespace wenshu::notice {

// A piece of a line. columns[i] is the column of its character i in the file; empty when the text stands
// there in another form (escapes, a folded scalar): then it has a place but no certain fix.
struct Text {
  std::string text;
  Place place;
  std::vector<size_t> columns;
  mutable std::u32string decoded = {};  // by characters(), which many rules ask for

  // Of `text`, which does not change after.
  const std::u32string& characters() const;
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
  bool pasted = true;  // its elements were found by their form; false: named by the keys of a source
  Place start;
  std::string kind;  // one of kind_names(), or "" when the title names none
  std::optional<Text> copy_number, secrecy, urgency, mark, number, signer, title, to, organ, date, note,
      copy_to, printed;
  std::vector<std::string> organs;      // of a joint document, host first; else empty
  std::vector<std::string> mark_names;  // of a joint mark
  bool letter = false;                  // 信函格式: by `format` of a source, by the look of a Word file
  bool signed_by_person = false;        // 署名 is a post and a name: 命令, 议案 (7.3.5.3)
  std::vector<Text> title_lines;        // as they are broken; one when it is not
  std::optional<Text> issued_title;
  bool has_printing = false;                   // any of 抄送, 印发机关, 印发日期
  std::vector<std::vector<Paragraph>> bodies;  // the document's own first, then what it issues, then annexes
  std::vector<Attachment> listed;              // 附件说明
  std::vector<Text> attachment_lines;          // … as written, label and all
  std::vector<Text> annex_labels;              // 附件1 alone on its line, 清教〔2024〕6号附件1
  std::vector<Attachment> annexes;             // the annexes themselves
  std::vector<Text> others;                    // lines that are none of these
  std::vector<Text> cells;                     // of tables, heads too; of pasted text whole rows
  std::vector<PlacedChange> changes;
  // Word files only: then Place::line counts its lines, and places become spots in the end.
  std::shared_ptr<Sight> sight = nullptr;
};

Draft read_pasted(std::string_view text, const std::string& file);
// `bytes` is the source's text, from which columns are taken. REQUIRES: `source` is a map.
Draft read_source(const data::Value& source, std::string_view bytes);
// Of a source that cleaning has been through: its elements stand at their fields, nothing is told of characters. A third
// of the work, for all the notices that have no fault.
Draft read_clean_source(const data::Value& source);
Draft read_observed(document::Observed observed, const std::string& file);

// Finds the elements among lines that are not blank, by their form, by what stands around them and, where there
// is a sight, by their look. Place::line of each tells its line of the sight.
void recognise(std::vector<Text> lines, Draft& draft);

Paragraph read_paragraph(Text line);
std::string kind_of_title(std::string_view title);  // 通知 of …的通知（试行）, or ""

}  // namespace wenshu::notice
