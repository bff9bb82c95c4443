// Numbers and bullets that Word sets before paragraphs by itself (numbering.xml); for read.cc.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "xml/tree.h"

namespace wenshu::docx {

class Numbering {
 public:
  // May be null. The tree must outlive this.
  explicit Numbering(const pugi::xml_node& numbering);

  // The label of the next paragraph of this list and level (0 to 8): 一、 （二） 3. ①; "" for bullets and for
  // lists that are not there. Counts.
  std::string next(const std::string& id, int level);
  // w:pPr of the level, whose indents lie between those of style and paragraph; null when there is none.
  pugi::xml_node properties_of(const std::string& id, int level) const;

 private:
  static constexpr int kLevels = 9;
  pugi::xml_node level_of(const std::string& id, int level) const;

  std::map<std::string, pugi::xml_node> numbers_, abstracts_;
  std::map<std::string, std::vector<int>> counts_;  // by abstract list
};

}  // namespace wenshu::docx
