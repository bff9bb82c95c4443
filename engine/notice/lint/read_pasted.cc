// Pasted text and the lines of a Word file, cleaned, to the elements they are.
#include <algorithm>

#include "base/text.h"
#include "notice/lint/draft.h"

namespace wenshu::notice {
namespace {

Text text_of(const CleanLine& line, const std::string& file, size_t number) {
  const size_t column = line.columns.empty() ? 1 : line.columns[0];
  return {to_utf8(line.text), {file, static_cast<int>(number), static_cast<int>(column)}, line.columns};
}

// The cells of a Word file's tables; each is a line of the sight behind those that are read.
void read_cells(const std::string& file, Draft& draft) {
  const Neighbours none("");
  for (size_t number = draft.sight->lines().size() + 1; number <= draft.sight->count(); ++number) {
    const CleanText clean = normalise(draft.sight->line(number).text, none, Form::cell);
    for (const Change& change : clean.changes)
      draft.changes.push_back(
          {change, {file, static_cast<int>(number), static_cast<int>(change.column)}, true});
    for (const CleanLine& line : clean.lines)
      if (!line.text.empty()) draft.cells.push_back(text_of(line, file, number));
  }
}

void read_lines(std::string_view text, const std::string& file, Draft& draft) {
  draft.start = {file, 1, 1};
  const CleanText clean = normalise(text);
  for (const Change& change : clean.changes)
    draft.changes.push_back(
        {change, {file, static_cast<int>(change.line), static_cast<int>(change.column)}, true});
  std::vector<Text> lines;
  for (const CleanLine& line : clean.lines)
    if (!trim(to_utf8(line.text)).empty())
      (line.is_row ? draft.cells : lines).push_back(text_of(line, file, line.line));
  recognise(std::move(lines), draft);
}

}  // namespace

Draft read_pasted(std::string_view text, const std::string& file) {
  Draft draft;
  read_lines(text, file, draft);
  return draft;
}

Draft read_observed(document::Observed observed, const std::string& file) {
  Draft draft;
  draft.sight = std::make_shared<Sight>(std::move(observed));
  std::string text;
  for (const SightLine& line : draft.sight->lines()) text += line.text + "\n";
  read_lines(text, file, draft);
  read_cells(file, draft);
  return draft;
}

}  // namespace wenshu::notice
