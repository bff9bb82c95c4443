// Text pasted from a web page or from Word made clean: only where the right form is certain, each change
// listed. Punctuation by GB/T 15834-2011, dates and document numbers by GB/T 9704-2012 7.3.5.4 and 7.2.5.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu::notice {

// One change: `length` characters from line and column (both from 1, of the text as it was given) become
// `after`, which may be "" and may hold '\n' where lines had run together. `rule` is a code of RULES.md.
struct Change {
  std::string rule;
  size_t line = 1;
  size_t column = 1;
  size_t length = 0;
  std::string before;
  std::string after;
  std::string left, right;  // some characters beside it, to recognise the spot
};

// A line of the clean text. columns[i] is the column that text[i] had in `line` of the text as given.
struct CleanLine {
  std::u32string text;
  size_t line = 1;
  std::vector<size_t> columns;
};

struct CleanText {
  std::vector<CleanLine> lines;  // empty ones stay, removed ones (web artefacts) do not
  std::vector<Change> changes;   // by line and column, never overlapping

  std::string text() const;  // lines joined by '\n'
};

// Latin words, numbers, addresses, file names and template tags stay as they are. A blank between two Chinese
// characters goes only when the text (or `context`, the rest of the same document) writes the two together
// elsewhere: 中共中央 国务院 keeps its own. REQUIRES: UTF-8.
CleanText normalise(std::string_view text, std::string_view context = {});

// "第3行第12列 ascii-punctuation：…你们[,]请即… → [，]", without the end of line.
std::string to_text(const Change& change);

}  // namespace wenshu::notice
