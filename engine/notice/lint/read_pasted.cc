// Pasted text and the lines of a Word file, cleaned, to the elements they are.
#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "notice/lint/draft.h"
#include "notice/lint/measure.h"
#include "notice/normalise.h"

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

// Rows of a Word file that tabs lay out above the date: joint organs beside one another.
std::vector<bool> find_organ_rows(const Sight& sight) {
  const auto& lines = sight.lines();
  std::vector<bool> rows(lines.size() + 1, false);  // by the number of the line
  const auto has = [&](size_t i, const char* what) { return lines[i].text.find(what) != std::string::npos; };
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::string& text = lines[i].text;
    if (!text.ends_with("日") || !has(i, "年") || !has(i, "月") || count_characters(text) > 14) continue;
    for (size_t k = i; k > 0 && (lines[k - 1].text.empty() || has(k - 1, "\t")) && !has(k - 1, "。") &&
                       !has(k - 1, "；") && !lines[k - 1].table;
         --k)
      rows[k] = !lines[k - 1].text.empty();
  }
  return rows;
}

bool is_list_of_people(std::string_view line) {
  for (const char* label : {"出席", "请假", "列席"})
    if (line.starts_with(std::string(label) + "：") || line.starts_with(std::string(label) + "人员："))
      return true;
  return false;
}

// In 何　某　　林某某 the wide blanks are layout: names of two characters take the room of three.
bool pads_names(const Change& change) {
  return (change.rule == "stray-blank" || change.rule == "lines-run-together") &&
         replace_all(change.before, "　", "").empty();
}

// Blanks that lay out a line are no faults of its text; in pasted text nobody can tell.
void keep_layout(const Sight& sight, CleanText& clean) {
  std::vector<bool> kept = find_organ_rows(sight);
  for (size_t number = 1; number < kept.size(); ++number)
    if (is_list_of_people(sight.line(number).text))
      kept[number] = std::all_of(clean.changes.begin(), clean.changes.end(),
                                 [&](const Change& each) { return each.line != number || pads_names(each); });
  const auto is_kept = [&](size_t line) { return line < kept.size() && kept[line]; };
  std::erase_if(clean.changes, [&](const Change& each) { return is_kept(each.line); });
  std::vector<CleanLine> lines;
  for (CleanLine& line : clean.lines) {
    if (is_kept(line.line)) {
      if (!lines.empty() && lines.back().line == line.line) continue;  // the rest of it
      line.text = to_characters(sight.line(line.line).text);
      line.is_row = false;
      line.columns.resize(line.text.size());
      std::iota(line.columns.begin(), line.columns.end(), size_t{1});
    }
    lines.push_back(std::move(line));
  }
  clean.lines = std::move(lines);
}

void read_lines(std::string_view text, const std::string& file, Draft& draft) {
  draft.start = {file, 1, 1};
  CleanText clean = normalise(text);
  if (draft.sight) keep_layout(*draft.sight, clean);
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
  draft.letter = looks_like_letter(draft);
  return draft;
}

}  // namespace wenshu::notice
