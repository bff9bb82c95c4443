// What the rules on looks measure: faces, sizes, indents and distances of the lines of a Word file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "notice/lint/rule.h"

namespace wenshu::notice {

// By the names families go under: 仿宋_GB2312, FangSong, 方正小标宋简体, SimHei … Nothing for any other.
std::optional<document::Face> face_of(const std::string& family);
const char* name_of(document::Face face);            // 仿宋
std::string size_name(double points);                // 三号, or 17磅
std::string family_name(const std::string& family);  // as it stands in the file, 没有指明的字体 for none

// Room that a line takes; where the file leaves it to the face, 1.3 of its size.
double pitch_of(const Sight& sight, const SightLine& line);
double below_characters(const Sight& sight, const SightLine& line);  // of that room, in points
// Blank lines of 28.95 pt between two lines of the sight: empty paragraphs and distances. Both count from 1.
double blank_lines_between(const Sight& sight, size_t above, size_t below);
// From the upper edge of the paper to that of the characters, when only lines of text stand above.
std::optional<double> top_of_first_page_mm(const Sight& sight, size_t line);

// In characters of the line's own size; blanks typed in place of an indent count.
double first_indent(const Sight& sight, const SightLine& line);
double left_indent(const Sight& sight, const SightLine& line);  // of the lines below the first
double right_indent(const Sight& sight, const SightLine& line);
double width_of(const Sight& sight, const SightLine& line);  // of its text

// Lines of a role, with the number that Place::line takes.
struct NumberedLine {
  size_t number;
  const SightLine* line;
};
std::vector<NumberedLine> lines_of(const Draft& draft, Role role);
std::optional<NumberedLine> first_line_of(const Draft& draft, Role role);
Place place_of(const Draft& draft, size_t line);

// Lines drawn on the pages of the first section, in the text and in its margins.
std::vector<const document::ObservedShape*> drawn_rules(const Draft& draft);
bool is_letter_rule(const document::ObservedShape& rule);  // 170 mm wide: 10.1
// 信函: its double rules say it. Without them a 函 under a mark without 文件 counts as one, unless its number stands as in
// the ordinary format, which a 函 may take.
bool looks_like_letter(const Draft& draft);
// Several organs: where the first page cannot hold their marks or seals, one blank line may stand for two (7.3.5.5 lets the
// distances give way).
bool may_stand_closer(const Draft& draft);

// Fixes of a whole line, or of some of its characters.
document::Amendments restyle(const Sight& sight, const SightLine& line, const document::RunChange& look);
document::Amendments restyle(const std::vector<Sight::Part>& parts, const document::RunChange& look);
document::Amendments resettle(const Sight& sight, const SightLine& line, document::ParagraphChange change);

// Many findings of one kind make one: the first place, how many there are, and all fixes.
class Gathered {
 public:
  void add(Place place, std::string message, document::Amendments fix = {});
  void report(const Rule& rule, Report& report, const std::string& hint) const;

 private:
  size_t count_ = 0;
  Place place_;
  std::string message_;
  document::Amendments fixes_;
};

void append(document::Amendments& all, document::Amendments more);

}  // namespace wenshu::notice
