// How a Word file looks, line by line: what each line is, and where its characters stand in the file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/observed.h"

namespace wenshu::notice {

// What a line of a notice is; `text` is any line that none of the others fits.
enum class Role {
  none,  // blank
  copy_number,
  secrecy,
  urgency,
  mark,
  number,
  signer,
  title,
  to,
  body,
  attachment,  // 附件说明
  organ,
  date,
  note,
  printing,  // 版记
  annex_label,
  annex_title,
  issued_title,
  table,  // stands for a whole table
  text,
};

const char* to_text(Role role);  // 标题, 主送机关 …

// Characters `at` to `at` + `length` of a line are those from `character` of a paragraph.
struct Piece {
  size_t at = 0, length = 0;
  size_t paragraph = 0;  // index into Observed::paragraphs
  size_t character = 0;
};

struct SightLine {
  std::string text;  // without the blanks at both ends
  std::vector<Piece> pieces;
  size_t paragraph = 0;         // the first one
  double lead = 0, trail = 0;   // widths of the blanks at both ends, in characters
  std::optional<size_t> table;  // of which it is a row, or for which it stands
  bool continues = false;       // a further line of the same paragraph
  Role role = Role::none;
  int level = 0;  // of a body line: 1 一、 2 （一） 3 1. 4 （1）
};

class Sight {
 public:
  explicit Sight(document::Observed file);

  const document::Observed& file() const { return file_; }
  const std::vector<SightLine>& lines() const { return lines_; }
  // From 1, as Place::line counts; behind the lines come the cells of tables that do not read as lines.
  SightLine& line(size_t number) {
    return number <= lines_.size() ? lines_.at(number - 1) : cells_.at(number - 1 - lines_.size());
  }
  const SightLine& line(size_t number) const { return const_cast<Sight*>(this)->line(number); }
  size_t count() const { return lines_.size() + cells_.size(); }
  const document::ObservedParagraph& paragraph(const SightLine& line) const {
    return file_.paragraphs[line.paragraph];
  }
  const document::ObservedSection& section(const SightLine& line) const {
    return file_.sections[paragraph(line).section];
  }
  std::string spot(size_t line) const;  // 第3段

  // The runs that hold characters `begin` to `end` of a line, and the characters of each inside.
  struct Part {
    const document::ObservedRun* run;
    std::u32string text;
    size_t paragraph, begin;  // where it stands in the paragraph
  };
  std::vector<Part> parts(const SightLine& line, size_t begin, size_t end) const;
  std::vector<Part> parts(const SightLine& line) const;

  bool is_centred(const SightLine& line) const;
  bool is_red(const SightLine& line) const;
  double size_of(const SightLine& line) const;                          // of its first character, in points
  const document::ObservedRun* first_run(const SightLine& line) const;  // null for a blank line

 private:
  // The text of a paragraph, and the character each of its runs begins with.
  struct Runs {
    std::u32string text;
    std::vector<size_t> begins;
  };
  static size_t run_at(const Runs& runs, size_t character);
  void add_paragraph(size_t index);
  void add_table(size_t& index);
  void add_cell(size_t index);

  document::Observed file_;
  std::vector<Runs> runs_;  // as the paragraphs of the file
  std::vector<SightLine> lines_, cells_;
};

}  // namespace wenshu::notice
