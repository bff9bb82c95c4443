// The paragraphs and tables of one part of a Word file; for read.cc.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "document/observed.h"
#include "docx/read_number.h"
#include "docx/read_style.h"

namespace wenshu::docx {

document::ObservedRule read_rule(const pugi::xml_node& border);

// What the paragraphs of all parts share.
struct Surroundings {
  const StyleSheet& styles;
  Numbering& numbering;
  const std::vector<document::ObservedSection>& sections;
};

class StoryReader {
 public:
  // `section`: the one that the part belongs to (headers, footers); the body moves on by itself.
  StoryReader(Surroundings around, const pugi::xml_node& root, const std::string& prefix, size_t section);

  std::vector<document::ObservedParagraph> paragraphs;
  std::vector<document::ObservedTable> tables;

  void read(const pugi::xml_node& story) { walk(story); }

 private:
  struct Cell {
    size_t table, row, column;
  };

  void walk(const pugi::xml_node& node);
  void read_paragraph(const pugi::xml_node& node);
  void read_runs(const pugi::xml_node& node, const Look& look, document::ObservedParagraph& made);
  void read_drawing(const pugi::xml_node& drawing, document::ObservedParagraph& made);
  void read_table(const pugi::xml_node& table);
  void read_rows(const pugi::xml_node& node, size_t table);
  void read_cells(const pugi::xml_node& node, size_t table, size_t& column);
  pugi::xml_node borders_of(const pugi::xml_node& table_properties) const;
  const document::ObservedSection& section() const { return around_.sections[section_]; }

  Surroundings around_;
  size_t section_;
  std::unordered_map<const void*, size_t> numbers_;  // by element
  std::unordered_map<const void*, std::string> spots_;
  std::optional<Cell> cell_;
  std::optional<document::ObservedShape> box_;
  bool page_begins_ = false;
};

}  // namespace wenshu::docx
