#include "layout/table.h"

#include <algorithm>

#include "layout/rules.h"

namespace wenshu::layout {
namespace {

using document::Cell;
using document::Row;
using document::Table;

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
      while (const Cell* below = index + set.rows < table_.rows.size()
                                     ? find_cell(table_.rows[index + set.rows], column)
                                     : nullptr) {
        if (!below->continues_above) break;
        ++set.rows;
      }
      if (!set.continues) set_cell(cell, set);
      if (set.rows == 1 || set.continues) made.height = std::max(made.height, height_of(set));
      column = next;
      x += set.width;
    }
    made.height = std::max(made.height, rule() + 2 * table_.cell_padding_mm);
    return made;
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

  // The last row of a joined cell takes what the others have no room for.
  void grow(const SetCell& cell, size_t row) {
    if (cell.rows == 1 || cell.continues) return;
    double height = 0;
    for (size_t i = row; i < row + cell.rows; ++i) height += rows_[i].height;
    rows_[row + cell.rows - 1].height += std::max(0.0, height_of(cell) - height);
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

  // A row of its own for each line, which looks like one row.
  void slice(const SetRow& row, std::vector<SetRow>& rows) const {
    size_t count = 1;
    for (const SetCell& cell : row.cells) count = std::max(count, cell.lines.size());
    for (size_t i = 0; i < count; ++i) {
      SetRow& part = rows.emplace_back();
      part.joined = i > 0 || row.joined;
      part.keeps = i == 0 && row.keeps;
      for (const SetCell& cell : row.cells) {
        SetCell& piece = part.cells.emplace_back();
        piece.x = cell.x;
        piece.width = cell.width;
        piece.continues = cell.continues;
        if (i >= cell.lines.size()) continue;
        piece.lines = {cell.lines[i]};
        piece.lines_height = cell.lines[i].height;
        part.height = std::max(part.height, piece.lines_height);
      }
      if (i == 0 || i + 1 == count) part.height += table_.cell_padding_mm + rule();
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
  Drawing(const SetTable& table, const std::vector<RowPlace>& places, double left, document::PlacedPage& page)
      : table_(table), places_(places), left_(left), x_(left + table.x), page_(page) {}

  void draw() {
    for (size_t i = 0; i < places_.size(); ++i) {
      const SetRow& row = table_.rows[places_[i].row];
      // What goes on from the page before begins under the head like any row.
      const bool goes_on = i > 0 && places_[i].row == places_[i - 1].row + 1;
      for (const SetCell& cell : row.cells) {
        if (!cell.continues) draw_texts(cell, i);
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

  // Centred in the rows that it covers on this page.
  void draw_texts(const SetCell& cell, size_t place) {
    size_t last = place;
    while (last + 1 < places_.size() && last + 1 < place + cell.rows &&
           places_[last + 1].row == places_[last].row + 1)
      ++last;
    const double room = bottom(last) - places_[place].y - cell.lines_height;
    double y = places_[place].y + room / 2;
    for (const Line& line : cell.lines) {
      put_line(line, x_ + cell.x + table_.table->cell_margin_mm, y, left_, page_);
      y += line.height;
    }
  }

  const SetTable& table_;
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

void draw_rows(const SetTable& table, const std::vector<RowPlace>& places, double left,
               document::PlacedPage& page) {
  if (!places.empty()) Drawing(table, places, left, page).draw();
}

}  // namespace wenshu::layout
