// A text of the sheet taken apart: what all certificates say alike, and what each says for itself; inside this room only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "certificate/sheet.h"
#include "data/value.h"

namespace wenshu::certificate {

class Words {
 public:
  // `common` is what merge() gives for nobody: the data, and null for columns.
  Words(const Sheet& sheet, const Template& text, const data::Value& common);

  // The same for everyone?
  bool is_common() const;
  bool says_number() const { return says_number_; }
  // What is said before the person is known, for the fonts.
  std::string common_part() const;
  // Appends what is said of one person: all of it, or without what is common. `merged` gives the whole of merge() and is asked only for tags with
  // formatters and for sections.
  enum class Part { all, personal };
  template <class Merged>
  void fill(const data::Value& row, const std::string& number, const std::string& mark, const Merged& merged,
            std::string& out, Diagnostics& findings, Part part = Part::all) const {
    for (const Piece& piece : pieces_) switch (piece.kind) {
        case Kind::common:
          if (part == Part::all) out += piece.text;
          break;
        case Kind::column:
          out += row[piece.text].text();
          break;
        case Kind::number:
          out += number;
          break;
        case Kind::mark:
          out += mark;
          break;
        case Kind::filled:
          fill_piece(piece.text, merged(), out, findings);
          break;
      }
  }

 private:
  enum class Kind { common, column, number, mark, filled };
  struct Piece {
    Kind kind = Kind::common;
    std::string text;  // said; of a column its id; to be filled
  };
  void fill_piece(const std::string& text, const data::Value& merged, std::string& out,
                  Diagnostics& findings) const;
  void add_common(std::string text);

  Place place_;
  std::vector<Piece> pieces_;
  bool says_number_ = false;
};

}  // namespace wenshu::certificate
