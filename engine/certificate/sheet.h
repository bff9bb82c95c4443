// A certificate sheet: what stands where on the page, in millimetres, and what a batch must give for it.
//
//   certificate: completion
//   title: 结业证书
//   series: completion            the number series of a register
//   number: {year: date, class: code}     parameter of the series: field of the data (of a date, its year)
//   register: certificates        where each certificate leaves a row
//   row: {number: "{{number}}", name: "{{name}}"}
//   person: id                    the roster column that tells people apart
//   holder: name                  the roster column that holds the name
//   columns: {id: {title: 学号}, name: {title: 姓名, required: true}}
//   data: {code: {title: 班次代号, type: code}, date: {title: 发证日期, type: date}}
//   rules: [{require: "attended >= hours", reason: "只学了{{attended}}学时", fix: 补学后再办}]
//   page: {width: 297, height: 210}
//   background, border, boxes, texts, photo, qr, seal: of the one side, or of each of `sides: [{…}, {…}]`
//   many: {columns: 2, rows: 4, x: 15, y: 15, gap-x: 4, gap-y: 4, width: 210, height: 297}     people on a printed page
//
// Texts are Mustache over the row's columns, the fields of the data, `number`, and `mark`, which says （补发） on a
// certificate that is made once more. Pictures are fields of the data, or
// columns of the roster (photos), with the path of a PNG.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "document/placed.h"
#include "expression/guard.h"

namespace wenshu::certificate {

// code: A-Z and 0-9; picture: path of a PNG beside the file that names it.
enum class FieldType { text, code, integer, decimal, date, picture };

struct Column {
  std::string id, title;
  FieldType type = FieldType::text;
  bool required = false;
  std::string sample;  // for previews
};

struct Field {
  std::string id, title;
  FieldType type = FieldType::text;
  bool required = true;
  std::string sample;
};

struct Template {  // one Mustache text and where it stands in the sheet
  std::string text;
  Place place;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;  // mm
};

struct TextRun {
  Template text;
  std::string role;  // of the face: fangsong …
  double size_pt = 16;
  double spacing = 0;  // between characters, of the em
  document::Rgb colour;
  bool underline = false;
};

enum class Align { left, centre, right, justify };
enum class Stand { top, middle, bottom };
enum class Direction { across, down };  // down: characters one below the other, lines from right to left

struct Text {
  Box box;
  std::vector<TextRun> runs;
  Align align = Align::left;
  Stand stand = Stand::top;
  Direction direction = Direction::across;
  double size_pt = 16;    // of the text as a whole; a run may have its own
  double pitch = 1.5;     // from line to line, of size_pt
  double indent = 0;      // of the first line, in characters of size_pt
  bool one_line = false;  // shrinks before it wraps
  double least = 0.6;     // how far it may shrink, of its size
};

// classic: two frames, a band of interlaced waves, a rosette in each corner; guilloche: a band of many fine waves;
// fine: hairlines with turned-in corners; double_line: two frames.
enum class BorderStyle { none, double_line, classic, guilloche, fine };

struct Border {
  BorderStyle style = BorderStyle::none;
  double inset = 8;  // mm from the edge of the page
  document::Rgb colour, accent;
};

struct Rectangle {
  Box box;
  std::optional<document::Rgb> fill, line;
  double line_pt = 0.5;
};

// What the office certifies by its signature (proof.h), or plain `text` that proves nothing; with both, the text is printed as long as
// the office has no key. Without an `address` of its own the code takes that of the key.
struct Qr {
  double x = 0, y = 0, side = 22;  // mm
  Template text;
  std::string address;
  std::vector<std::string> certifies;  // ids of columns and fields, and `number`

  bool is_signed() const { return !certifies.empty(); }
};

struct Seal {
  std::string field;  // of type picture; no seal when the data leaves it out
  double x = 0, y = 0, side = 42;
};

// A picture that fills a box, keeping its shape: the background, of the data; a photo, of the roster's row.
struct Picture {
  std::string name;  // of the field or column
  Box box;
};

struct Side {
  Border border;
  std::optional<Picture> background, photo;
  std::vector<Rectangle> boxes;
  std::vector<Text> texts;
  std::optional<Qr> qr;
  std::optional<Seal> seal;
};

// Who may have one: `require` is an expression (expression/README.md) over the row's columns and the data.
struct Rule {
  expression::Guard require;
  Template reason;  // what is told of a person who may not
  std::string fix;
};

// Several people on one printed page: cells in rows from the left top corner. Only merged files have them.
struct Many {
  int columns = 1, rows = 1;
  double x = 0, y = 0, gap_x = 0, gap_y = 0;  // mm
  double width_mm = 210, height_mm = 297;     // of the printed page
};

struct Parameter {  // of the number series: which field of the data gives it
  std::string name, field;
  Place place;
};
struct RowCell {
  std::string column;
  Template text;
  Place place;  // of the column's name
};

struct Sheet {
  std::string name, title, series, register_name, person, holder;
  std::vector<Parameter> number;
  std::vector<RowCell> row;
  std::vector<Column> columns;
  std::vector<Field> fields;
  expression::Type type;  // of the row and the data, for the rules
  std::vector<Rule> rules;
  double width_mm = 297, height_mm = 210;
  std::vector<Side> sides;  // at least one
  std::optional<Many> many;
  Place place, series_place, register_place;  // for references that others check

  // Of the side that has one; nullptr when none has.
  const Qr* find_qr() const;
  const Seal* find_seal() const;
  const Field* find_field(std::string_view id) const;
  const Column* find_column(std::string_view id) const;
};

// All faults of the sheet that it shows by itself; series, register and row columns are for the caller to
// look up.
std::optional<Sheet> load_sheet(const data::Value& source, Diagnostics& findings);

}  // namespace wenshu::certificate
