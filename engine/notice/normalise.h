// Text pasted from a web page or from Word made clean: only where the right form is certain, each change
// listed. Punctuation by GB/T 15834-2011, dates and document numbers by GB/T 9704-2012 7.3.5.4 and 7.2.5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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
  bool is_row = false;  // of a table in plain text
};

struct CleanText {
  std::vector<CleanLine> lines;  // empty ones stay, removed ones (web artefacts) do not
  std::vector<Change> changes;   // by line and column, never overlapping

  std::string text() const;  // lines joined by '\n'
};

// Which two characters a document writes side by side, and which two begin its clauses. Counted at the first
// question, which most texts never ask.
class Neighbours {
 public:
  explicit Neighbours(std::string document) : document_(std::move(document)) {}

  bool is_written(char32_t left, char32_t right) const { return find(left, right).times > 0; }
  bool is_start(char32_t left, char32_t right) const { return find(left, right).starts > 1; }

 private:
  struct Seen {
    int times = 0, starts = 0;
  };
  static uint64_t key(char32_t left, char32_t right) { return uint64_t{left} << 32 | right; }
  Seen find(char32_t left, char32_t right) const;
  void count() const;

  std::string document_;
  mutable bool is_counted_ = false;
  mutable std::unordered_map<uint64_t, Seen> pairs_;
};

// A cell of a table is no prose: its blanks may pad a name, its dates may be 2024-06-06, it has no levels.
enum class Form { prose, cell };

// Latin words, numbers, addresses, file names and template tags stay as they are. A blank between two Chinese
// characters goes only when the document writes the two together elsewhere: 中共中央 国务院 keeps its own.
// REQUIRES: UTF-8.
CleanText normalise(std::string_view text, const Neighbours& document, Form form = Form::prose);
CleanText normalise(std::string_view text);  // which is the whole document

// "第3行第12列 ascii-punctuation：…你们[,]请即… → [，]", without the end of line.
std::string to_text(const Change& change);
std::string to_text_of_cell(const Change& change);  // 第12字 ascii-punctuation：…

}  // namespace wenshu::notice
