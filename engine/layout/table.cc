#include "layout/table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "layout/rules.h"

namespace wenshu::layout {
namespace {

using document::Cell;
using document::Row;
using document::Table;

constexpr double kSlice = 5;  // mm, of a row without lines that has to be cut

const Cell* find_cell(const Row& row, size_t column) {
  size_t at = 0;
  for (const Cell& cell : row.cells) {
    if (at == column) return &cell;
    at += static_cast<size_t>(std::max(1, cell.columns));
  }
  return nullptr;
}

class Setter {
 public:
  Setter(const Table& table, Lettering& lettering, const Room& room)
      : table_(table), lettering_(lettering), room_(room), most_(room.height) {
    double width = 0;
    for (const double column : table.column_mm) width += column;
    const double share = width > room.width ? room.width / width : 1;
    for (const double column : table.column_mm) columns_.push_back(column * share);
  }

  SetTable set() {
    SetTable made;
    made.table = &table_;
    for (const double column : columns_) made.width += column;
    if (table_.align == document::Align::centre) made.x = (room_.width - made.width) / 2;
    for (size_t i = 0; i < table_.rows.size(); ++i) rows_.push_back(set_row(i));
    for (const SetRow& row : rows_)
      for (const SetCell& cell : row.cells) grow(cell, static_cast<size_t>(&row - rows_.data()));
    while (made.heads < rows_.size() && table_.rows[made.heads].repeats) ++made.heads;
    double heads = 0;
    for (size_t i = 0; i < made.heads; ++i) heads += rows_[i].height;
    // Heads that leave no room for anything else, or have nothing below them, stand once.
    if (made.heads == rows_.size() || heads > most_ / 2) made.heads = 0, heads = 0;
    keep_joined(most_ - heads);
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (i > 0 && i <= made.heads) rows_[i].keeps = true;
      if (rows_[i].height <= most_ - heads)
        made.rows.push_back(std::move(rows_[i]));
      else
        slice(rows_[i], made.rows);
    }
    recount(made.rows);
    return made;
  }

 private:
  double rule() const { return table_.inner_rule_pt * kMillimetres; }

  SetRow set_row(size_t index) {
    SetRow made;
    size_t column = 0;
    double x = 0;
    for (const Cell& cell : table_.rows[index].cells) {
      SetCell& set = made.cells.emplace_back();
      set.x = x;
      set.continues = cell.continues_above && index > 0;
      const size_t next = std::min(column + static_cast<size_t>(std::max(1, cell.columns)), columns_.size());
      for (size_t i = column; i < next; ++i) set.width += columns_[i];
      if (!set.continues) {
        set.rows = count_rows(index, column);
        set_cell(cell, set);
      }
      if (set.rows == 1) made.height = std::max(made.height, height_of(set));
      column = next;
      x += set.width;
    }
    made.height = std::max(made.height, rule() + 2 * table_.cell_padding_mm);
    return made;
  }

  size_t count_rows(size_t index, size_t column) const {
    size_t count = 1;
    for (; index + count < table_.rows.size(); ++count) {
      const Cell* below = find_cell(table_.rows[index + count], column);
      if (!below || !below->continues_above) break;
    }
    return count;
  }

  double height_of(const SetCell& cell) const {
    return cell.lines_height + 2 * table_.cell_padding_mm + rule();
  }

  void set_cell(const Cell& cell, SetCell& set) {
    const Measure measure{set.width - 2 * table_.cell_margin_mm, 1, true, room_.squeezes};
    for (const document::Paragraph& paragraph : cell.paragraphs)
      for (Line& line : set_lines(paragraph, lettering_.letters(paragraph), measure)) {
        set.lines_height += line.height;
        set.lines.push_back(std::move(line));
      }
  }

  // The last row of a joined cell takes what the others have no room for; where it reaches over pages, a line a
  // page more, since no line stands on two.
  void grow(const SetCell& cell, size_t row) {
    if (cell.rows == 1 || cell.continues) return;
    double height = 0;
    for (size_t i = row; i < row + cell.rows; ++i) height += rows_[i].height;
    double wanted = height_of(cell);
    if (!cell.lines.empty() && std::max(wanted, height) > most_)
      wanted += std::ceil(wanted / most_ * 2) * cell.lines[0].height;
    rows_[row + cell.rows - 1].height += std::max(0.0, wanted - height);
  }

  void keep_joined(double most) {
    for (size_t i = 0; i < rows_.size(); ++i)
      for (const SetCell& cell : rows_[i].cells) {
        if (cell.rows == 1 || cell.continues) continue;
        double height = 0;
        for (size_t j = i; j < i + cell.rows; ++j) height += rows_[j].height;
        if (height > most) continue;
        for (size_t j = i + 1; j < i + cell.rows; ++j) rows_[j].keeps = true;
      }
  }

  // A row of its own for each line, which looks like one row. What a joined cell made it taller by is cut, too.
  void slice(const SetRow& row, std::vector<SetRow>& rows) const {
    size_t count = 1;
    for (const SetCell& cell : row.cells)
      if (cell.rows == 1) count = std::max(count, cell.lines.size());
    double left = row.height;
    for (size_t i = 0; i < count || left > most_; ++i) {
      rows.push_back(part_of(row, i, count));
      if (i >= count) rows.back().height = kSlice;
      left -= rows.back().height;
    }
    rows.back().height += std::max(0.0, left);
  }

  SetRow part_of(const SetRow& row, size_t index, size_t count) const {
    SetRow part;
    part.joined = index > 0 || row.joined;
    part.keeps = index == 0 && row.keeps;
    for (const SetCell& cell : row.cells) {
      SetCell& piece = part.cells.emplace_back();
      piece.x = cell.x;
      piece.width = cell.width;
      piece.continues = cell.continues || (cell.rows > 1 && index > 0);
      if (cell.rows > 1 && index == 0) piece = cell;
      if (cell.rows > 1 || index >= cell.lines.size()) continue;
      piece.lines = {cell.lines[index]};
      piece.lines_height = cell.lines[index].height;
      part.height = std::max(part.height, piece.lines_height);
    }
    if (index == 0 || index + 1 == count) part.height += table_.cell_padding_mm + rule();
    return part;
  }

  // Joined cells cover every part of their rows.
  static void recount(std::vector<SetRow>& rows) {
    std::map<double, SetCell*> above;  // by x
    for (SetRow& row : rows)
      for (SetCell& cell : row.cells) {
        const auto found = above.find(cell.x);
        if (cell.continues && found != above.end() && found->second) {
          ++found->second->rows;
          continue;
        }
        if (!cell.continues) cell.rows = 1;
        above[cell.x] = cell.continues ? nullptr : &cell;
      }
  }

  const Table& table_;
  Lettering& lettering_;
  const Room& room_;
  double most_;
  std::vector<double> columns_;  // mm
  std::vector<SetRow> rows_;
};

class Drawing {
 public:
  Drawing(SetTable& table, const std::vector<RowPlace>& places, double left, document::PlacedPage& page)
      : table_(table), places_(places), left_(left), x_(left + table.x), page_(page) {}

  void draw() {
    for (size_t i = 0; i < places_.size(); ++i) {
      SetRow& row = table_.rows[places_[i].row];
      // What goes on from the page before begins under the head like any row.
      const bool goes_on = i > 0 && places_[i].row == places_[i - 1].row + 1;
      for (SetCell& cell : row.cells) {
        if (!cell.continues) draw_texts(cell, i, places_[i].row);
        if (cell.continues && !goes_on) go_on(cell, i);
        if (i > 0 && !(goes_on && (row.joined || cell.continues)))
          level(cell.x, cell.x + cell.width, places_[i].y, false);
      }
      if (table_.table->upright_rules) draw_uprights(row, i);
    }
    level(0, table_.width, places_.front().y, true);
    level(0, table_.width, bottom(places_.size() - 1), true);
    rules_.draw(page_);
  }

 private:
  double bottom(size_t place) const { return places_[place].y + table_.rows[places_[place].row].height; }

  void level(double from, double to, double y, bool outer) {
    rules_.add_level(x_ + from, x_ + to, y,
                     outer ? table_.table->outer_rule_pt : table_.table->inner_rule_pt);
  }

  void draw_uprights(const SetRow& row, size_t place) {
    const auto upright = [&](double x, bool outer) {
      rules_.add_upright(x_ + x, places_[place].y, bottom(place),
                         outer ? table_.table->outer_rule_pt : table_.table->inner_rule_pt);
    };
    upright(0, true);
    for (size_t i = 1; i < row.cells.size(); ++i) upright(row.cells[i].x, false);
    upright(table_.width, true);
  }

  // A cell of the page before reaches down to here. One that has said all says no more, as in Word.
  void go_on(const SetCell& cell, size_t place) {
    for (size_t row = places_[place].row; row-- > 0;)
      for (SetCell& above : table_.rows[row].cells) {
        if (above.x != cell.x || above.continues) continue;
        return draw_texts(above, place, row);
      }
  }

  size_t last_of(size_t end, size_t place) const {
    while (place + 1 < places_.size() && places_[place + 1].row < end &&
           places_[place + 1].row == places_[place].row + 1)
      ++place;
    return place;
  }

  // Centred in the rows that it covers on this page, those lines that have room there.
  void draw_texts(SetCell& cell, size_t place, size_t row) {
    const size_t last = last_of(row + cell.rows, place);
    const double room = bottom(last) - places_[place].y;
    const bool ends = places_[last].row + 1 >= row + cell.rows;
    if (row < table_.heads) cell.drawn = 0;  // heads stand again
    size_t end = cell.drawn;
    double height = 0;
    for (; end < cell.lines.size() && (ends || height + cell.lines[end].height <= room); ++end)
      height += cell.lines[end].height;
    double y = places_[place].y + (room - height) / 2;
    for (; cell.drawn < end; ++cell.drawn) {
      put_line(cell.lines[cell.drawn], x_ + cell.x + table_.table->cell_margin_mm, y, left_, page_);
      y += cell.lines[cell.drawn].height;
    }
  }

  SetTable& table_;
  const std::vector<RowPlace>& places_;
  double left_, x_;  // of the text area and of the table
  document::PlacedPage& page_;
  Rules rules_;
};

}  // namespace

double SetTable::heads_height() const {
  double sum = 0;
  for (size_t i = 0; i < heads; ++i) sum += rows[i].height;
  return sum;
}

double SetTable::height() const {
  double sum = 0;
  for (const SetRow& row : rows) sum += row.height;
  return sum;
}

double SetTable::top() const {
  if (table->outer_rule_pt > 0) return 0;
  double top = height(), y = 0;
  for (size_t i = 0; i < rows.size(); y += rows[i++].height)
    for (const SetCell& cell : rows[i].cells) {
      if (cell.continues || cell.lines.empty()) continue;
      double room = 0;
      for (size_t j = i; j < std::min(i + cell.rows, rows.size()); ++j) room += rows[j].height;
      top = std::min(top, y + (room - cell.lines_height) / 2 + cell.lines[0].top);
    }
  return top;
}

SetTable set_table(const Table& table, Lettering& lettering, const Room& room) {
  return Setter(table, lettering, room).set();
}

void draw_rows(SetTable& table, const std::vector<RowPlace>& places, double left,
               document::PlacedPage& page) {
  if (!places.empty()) Drawing(table, places, left, page).draw();
}

}  // namespace wenshu::layout
