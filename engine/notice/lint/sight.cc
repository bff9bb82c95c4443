#include "notice/lint/sight.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "chinese/line_break.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {
namespace {

using document::ObservedParagraph;

double width_of(std::u32string_view blanks) {
  double width = 0;
  for (const char32_t c : blanks) width += c == U'　' || c == U'\u2003' ? 1 : c == U'\t' ? 0 : 0.5;
  return width;
}

bool is_red_colour(const std::string& colour) {
  if (colour.size() != 6) return false;
  const auto part = [&](size_t at) { return std::stoi(colour.substr(at, 2), nullptr, 16); };
  const bool hex = colour.find_first_not_of("0123456789ABCDEF") == colour.npos;
  return hex && part(0) > 150 && part(2) < 90 && part(4) < 90;
}

// One line of a paragraph, from its character `begin`.
SightLine line_of(const std::u32string& text, size_t begin, size_t paragraph, const std::string& label) {
  SightLine line;
  line.paragraph = paragraph;
  size_t first = 0, last = text.size();
  while (first < last && is_space(text[first])) ++first;
  while (last > first && is_space(text[last - 1])) --last;
  const std::u32string_view all(text);
  line.lead = width_of(all.substr(0, first));
  line.trail = width_of(all.substr(last));
  line.text = label + to_utf8(all.substr(first, last - first));
  if (last > first) line.pieces.push_back({count_characters(label), last - first, paragraph, begin + first});
  return line;
}

// 版记 and the names of joint organs stand in tables whose rows read as lines; all others are tables.
bool reads_as_lines(const std::vector<ObservedParagraph>& paragraphs, size_t begin, size_t end) {
  bool printing = false, red = false;
  for (size_t i = begin; i < end; ++i) {
    const std::string text = paragraphs[i].text();
    const std::string_view plain = trim(text);
    printing = printing || plain.starts_with("抄送") || plain.ends_with("日印发");
    for (const auto& run : paragraphs[i].runs) red = red || is_red_colour(run.colour);
  }
  return printing || red;
}

}  // namespace

const char* to_text(Role role) {
  constexpr std::array kNames = {
      "空行", "份号",     "密级",     "紧急程度",         "发文机关标志", "发文字号", "签发人",
      "标题", "主送机关", "正文",     "附件说明",         "署名",         "成文日期", "附注",
      "版记", "附件编号", "附件标题", "所印发文件的标题", "表格",         "文字"};
  return kNames[static_cast<size_t>(role)];
}

Sight::Sight(document::Observed file) : file_(std::move(file)) {
  for (const ObservedParagraph& paragraph : file_.paragraphs) {
    Runs& runs = runs_.emplace_back();
    for (const auto& run : paragraph.runs) {
      runs.begins.push_back(runs.text.size());
      runs.text += to_characters(run.text);
    }
  }
  for (size_t i = 0; i < file_.paragraphs.size();) {
    if (file_.paragraphs[i].table)
      add_table(i);
    else
      add_paragraph(i++);
  }
}

void Sight::add_paragraph(size_t index) {
  const ObservedParagraph& paragraph = file_.paragraphs[index];
  const std::u32string& text = runs_[index].text;
  size_t begin = 0;
  for (;;) {
    const size_t end = std::min(text.find(U'\n', begin), text.size());
    SightLine line =
        line_of(text.substr(begin, end - begin), begin, index, begin == 0 ? paragraph.label : "");
    line.continues = begin > 0;
    lines_.push_back(std::move(line));
    if (end == text.size()) return;
    begin = end + 1;
  }
}

// Moves `index` behind the table.
void Sight::add_table(size_t& index) {
  const auto& all = file_.paragraphs;
  const size_t begin = index, table = *all[index].table;
  while (index < all.size() && all[index].table && (*all[index].table == table || index == begin)) ++index;
  if (!reads_as_lines(all, begin, index)) {
    SightLine whole;
    whole.paragraph = begin;
    whole.table = table;
    whole.role = Role::table;
    lines_.push_back(std::move(whole));
    for (size_t i = begin; i < index; ++i) add_cell(i);
    return;
  }
  for (size_t i = begin; i < index;) {
    SightLine row;
    row.paragraph = i;
    row.table = table;
    const auto number = all[i].row;
    const size_t first = i;
    for (; i < index && all[i].row == number; ++i) {
      if (i > first && all[i].column == all[i - 1].column)
        break;  // a further paragraph of a cell: a line of its own
      const SightLine cell = line_of(runs_[i].text, 0, i, all[i].label);
      if (cell.text.empty()) continue;
      const std::string joint = row.text.empty() ? "" : " ";
      const size_t before = count_characters(row.text + joint);
      for (Piece piece : cell.pieces) {
        piece.at += before;
        row.pieces.push_back(piece);
      }
      row.text += joint + cell.text;
    }
    lines_.push_back(std::move(row));
  }
}

// Its lines, as of any paragraph.
void Sight::add_cell(size_t index) {
  const std::u32string& text = runs_[index].text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(U'\n', begin), text.size());
    SightLine line = line_of(text.substr(begin, end - begin), begin, index, "");
    line.table = file_.paragraphs[index].table;
    if (!line.text.empty()) cells_.push_back(std::move(line));
    begin = end + 1;
  }
}

std::string Sight::spot(size_t number) const {
  if (number > count()) return "";  // a document without a line: the finding is of the whole file
  const SightLine& there = line(number);
  if (there.role == Role::table) return file_.tables[*there.table].spot;
  return paragraph(there).spot;
}

std::vector<Sight::Part> Sight::parts(const SightLine& line) const {
  return parts(line, 0, std::string::npos);
}

std::vector<Sight::Part> Sight::parts(const SightLine& line, size_t begin, size_t end) const {
  std::vector<Part> found;
  for (const Piece& piece : line.pieces) {
    const size_t from = std::max(begin, piece.at), to = std::min(end, piece.at + piece.length);
    if (from >= to) continue;
    const size_t first = piece.character + from - piece.at, last = first + to - from;
    const Runs& runs = runs_[piece.paragraph];
    for (size_t i = run_at(runs, first); i < runs.begins.size() && runs.begins[i] < last; ++i) {
      const size_t next = i + 1 < runs.begins.size() ? runs.begins[i + 1] : runs.text.size();
      const size_t a = std::max(runs.begins[i], first), b = std::min(next, last);
      if (a < b)
        found.push_back(
            {&file_.paragraphs[piece.paragraph].runs[i], runs.text.substr(a, b - a), piece.paragraph, a});
    }
  }
  return found;
}

size_t Sight::run_at(const Runs& runs, size_t character) {
  const auto after = std::upper_bound(runs.begins.begin(), runs.begins.end(), character);
  return after == runs.begins.begin() ? 0 : static_cast<size_t>(after - runs.begins.begin()) - 1;
}

const document::ObservedRun* Sight::first_run(const SightLine& line) const {
  if (line.pieces.empty()) return nullptr;
  const Piece& piece = line.pieces[0];
  const auto& runs = file_.paragraphs[piece.paragraph].runs;
  return runs.empty() ? nullptr : &runs[run_at(runs_[piece.paragraph], piece.character)];
}

bool Sight::is_centred(const SightLine& line) const {
  return paragraph(line).align == document::Align::centre;
}

bool Sight::is_red(const SightLine& line) const {
  const auto* run = first_run(line);
  return run && is_red_colour(run->colour);
}

double Sight::size_of(const SightLine& line) const {
  const auto* run = first_run(line);
  return run ? run->size_pt : paragraph(line).mark_size_pt;
}

}  // namespace wenshu::notice
