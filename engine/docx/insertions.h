// Text put into a part at places of its tree, so that all else keeps its bytes. The tree must be xml::parse_part() of
// these very bytes, and unchanged.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "xml/tree.h"

namespace wenshu::docx {

class Insertions {
 public:
  explicit Insertions(std::string_view bytes);

  void before(const pugi::xml_node& element, const std::string& text);
  void after(const pugi::xml_node& element, const std::string& text);
  void at_beginning(const pugi::xml_node& element, const std::string& text);  // inside
  void at_end(const pugi::xml_node& element, const std::string& text);        // inside
  // Inside a w:t, before the byte `offset` of its text. False, and nothing is done, where the text is no plain one (CDATA).
  bool inside(const pugi::xml_node& element, size_t offset, const std::string& text);
  // An attribute that the element does not have.
  void add_attribute(const pugi::xml_node& element, const std::string& attribute);

  // The bytes of an element as they stand.
  std::string_view raw(const pugi::xml_node& element) const;

  // Several texts at one place stand in the order they came.
  std::string apply() const;

 private:
  size_t begin_of(const pugi::xml_node& element) const;  // of its "<"
  size_t tag_end(size_t begin) const;                    // behind the ">" of a tag, a comment …
  size_t end_of(const pugi::xml_node& element) const;
  bool is_short(const pugi::xml_node& element) const;  // <w:p/>

  std::string_view bytes_;
  size_t mark_;  // length of the byte order mark
  std::map<size_t, std::string> texts_;
  std::map<size_t, std::string>
      opened_;  // short elements: where their "/>" stands, and what stands inside then
};

}  // namespace wenshu::docx
