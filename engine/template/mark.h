// Words behind a bar that only a Word template understands: {{name | merge}}, {{#rows | pad 20}}. Formatters
// change a value, marks change the document around the tag; docx/mark.h is where they do it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"

namespace wenshu::templates {

struct Mark {
  std::string name;
  std::string argument;  // without quotes; "" when there is none
};

// A name may serve both: `pad` is a formatter of values and a mark of sections.
enum class MarkOn { value, section };

std::vector<std::string> mark_names(MarkOn on);
bool is_mark(std::string_view name, MarkOn on);

// A sentence when the argument is not what the mark takes, otherwise "". REQUIRES: is_mark(mark.name, on).
std::string check_mark(const Mark& mark, MarkOn on);

// MARKS.md, made from the table; and the table as data: [{name, argument, does, tag, on}].
std::string marks_page();
data::Value marks_value();

}  // namespace wenshu::templates
