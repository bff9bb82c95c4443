// Pasted text and the lines of a Word file, cleaned, to the elements they are.
#include <algorithm>

#include "base/text.h"
#include "notice/lint/draft.h"

namespace wenshu::notice {
namespace {

void read_lines(std::string_view text, const std::string& file, Draft& draft) {
  draft.start = {file, 1, 1};
  const CleanText clean = normalise(text);
  for (const Change& change : clean.changes)
    draft.changes.push_back(
        {change, {file, static_cast<int>(change.line), static_cast<int>(change.column)}, true});
  std::vector<Text> lines;
  for (const CleanLine& line : clean.lines)
    if (!trim(to_utf8(line.text)).empty())
      lines.push_back(
          {to_utf8(line.text),
           {file, static_cast<int>(line.line), line.columns.empty() ? 1 : static_cast<int>(line.columns[0])},
           line.columns});
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
  return draft;
}

}  // namespace wenshu::notice
