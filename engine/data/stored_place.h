// A place in the size that a tree of a million nodes can afford: what the places of a file have in common is kept
// once for the whole process, words are made when a finding asks for them.
#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"

namespace wenshu::data {

class StoredPlace {
 public:
  struct Origin {
    // How rows and columns are said: not at all (text files), 第3行第2列, 第3行B列, or `words` as they are.
    enum class Grid { none, numbers, letters, fixed };
    std::string file;
    std::string words = {};  // before 第3行: 工作表“二班”
    Grid grid = Grid::none;
    friend auto operator<=>(const Origin&, const Origin&) = default;
  };
  using OriginId = uint32_t;

  StoredPlace() = default;
  explicit StoredPlace(const Place& place);
  // `row` as a spreadsheet counts, from 1; 0 where there are none. Columns of a grid count from 1.
  StoredPlace(OriginId origin, int line, int column, int row = 0)
      : origin_(origin), line_(line), column_(column), row_(row) {}

  operator Place() const;  // NOLINT: it is one
  int line() const { return line_; }
  int column() const { return column_; }
  std::string file() const;

  static OriginId keep(const Origin& origin);

 private:
  OriginId origin_ = 0;  // 0: no file
  int line_ = 0, column_ = 0, row_ = 0;
};

// `plan.yaml:3:5`, as of a Place.
inline std::string to_text(const StoredPlace& place) { return wenshu::to_text(static_cast<Place>(place)); }

// Of a spreadsheet, from 0: A, Z, AA.
std::string column_letters(size_t column);

}  // namespace wenshu::data
