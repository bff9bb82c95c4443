// One line of pasted text and the edits that make it clean; for normalise.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "notice/normalise.h"

namespace wenshu::notice {

struct Edit {
  size_t begin, end;  // of the line
  std::u32string after;
  const char* rule;
};

// The edits ascend and do not overlap.
std::vector<Edit> find_edits(std::u32string_view line, const Neighbours& document, Form form);
// Adds those of a part of the line, from `begin` to `end`, read for itself.
void add_edits(std::u32string_view line, size_t begin, size_t end, const Neighbours& document, Form form,
               std::vector<Edit>& edits);
// The same of a row of a table in plain text, cell by cell.
std::vector<Edit> find_row_edits(std::u32string_view line, const Neighbours& document);
// Begin and end of what tabs, else bars, set apart in a line; without cells that are blank.
std::vector<std::pair<size_t, size_t>> cells_of(std::u32string_view line);
// Certain of a line that has no edits, by a look at each character; of many such lines it says no as well.
bool is_surely_clean(std::u32string_view line);

bool is_web_furniture(std::u32string_view line);  // a line that only a web page has: path, time, tags
// Of a web page, where line[i] is <: <br>, </span>, <p class=…. Not A<B，…C>D.
bool is_web_tag(std::u32string_view line, size_t i);
bool is_space(char32_t c);      // of any width, no-break ones too
bool is_invisible(char32_t c);  // zero width, soft hyphen, direction marks
bool is_chinese(char32_t c);    // an ideograph or a circled number

}  // namespace wenshu::notice
