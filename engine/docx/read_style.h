// How a paragraph and a run of a Word file look once document defaults, styles and direct formatting are laid
// one over another; for read.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "xml/tree.h"

namespace wenshu::docx {

// Families as written; a family of the theme wins over a written one of the same level.
struct RunLook {
  std::string wide, narrow;
  std::string hint;
  std::string colour;
  double size_pt = 10;
  double tracking_pt = 0;
  bool bold = false;
};

// Lengths in points; those counted in hundredths of a character or of a line stay apart until the size is known.
struct ParagraphLook {
  std::string align;
  double first_line_pt = 0, left_pt = 0, right_pt = 0;
  std::optional<double> first_line_chars, left_chars, right_chars;
  std::string line_rule = "auto";
  double line = 240;  // twips, or 240ths of a line
  double before_pt = 0, after_pt = 0;
  std::optional<double> before_lines, after_lines;
  int outline_level = 0;
  bool keep_with_next = false, breaks_page = false, kinsoku = true, snaps = true;
  pugi::xml_node borders;  // w:pBdr, null when none
  std::string number_id;   // w:numPr; "" or "0" for none
  int number_level = 0;
};

struct Look {
  ParagraphLook paragraph;
  RunLook run;
};

// Is this switch on? <w:b/> and <w:b w:val="1"/> are, <w:b w:val="0"/> is not.
bool is_on(const pugi::xml_node& element);
double twips_of(const pugi::xml_attribute& attribute);  // in points; 0 for what is no number

class StyleSheet {
 public:
  // Each may be null when the file has no such part. The trees must outlive the sheet.
  StyleSheet(const pugi::xml_node& styles, const pugi::xml_node& theme);

  // How a paragraph of this style looks; of the default style for "" and for a style that is not there.
  const Look& look_of(const std::string& paragraph_style) const;
  // Lays more over a look.
  void apply_character_style(const std::string& id, RunLook& look) const;
  void apply(const pugi::xml_node& run_properties, RunLook& look) const;
  void apply(const pugi::xml_node& paragraph_properties, ParagraphLook& look) const;

  pugi::xml_node table_borders(const std::string& table_style) const;  // w:tblBorders, null when none

 private:
  void apply_style(const std::string& id, Look& look, int depth) const;
  void read_theme(const pugi::xml_node& theme);

  std::map<std::string, pugi::xml_node> styles_;
  std::map<std::string, std::string> theme_;  // minorEastAsia → 宋体
  std::string default_style_;
  Look defaults_;
  mutable std::map<std::string, Look> looks_;
};

}  // namespace wenshu::docx
