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
//   page, border, texts, qr, seal
//
// Texts are Mustache over the row's columns, the fields of the data, and `number`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "document/placed.h"

namespace wenshu::certificate {

struct Column {
  std::string id, title;
  bool required = false;
};

// code: A-Z and 0-9; picture: path of a PNG beside the data file.
enum class FieldType { text, code, integer, decimal, date, picture };

struct Field {
  std::string id, title;
  FieldType type = FieldType::text;
  bool required = true;
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

struct Text {
  Box box;
  std::vector<TextRun> runs;
  Align align = Align::left;
  Stand stand = Stand::top;
  double size_pt = 16;    // of the text as a whole; a run may have its own
  double pitch = 1.5;     // from line to line, of size_pt
  double indent = 0;      // of the first line, in characters of size_pt
  bool one_line = false;  // shrinks before it wraps
  double least = 0.6;     // how far it may shrink, of its size
};

enum class BorderStyle { none, double_line, classic };

struct Border {
  BorderStyle style = BorderStyle::none;
  double inset = 8;  // mm from the edge of the page
  document::Rgb colour, accent;
};

struct Qr {
  double x = 0, y = 0, side = 22;  // mm
  Template text;
};

struct Seal {
  std::string field;  // of type picture; no seal when the data leaves it out
  double x = 0, y = 0, side = 42;
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
  double width_mm = 297, height_mm = 210;
  Border border;
  std::shared_ptr<const document::PlacedPage> ground;  // the border drawn, the same for every certificate
  std::vector<Text> texts;
  std::optional<Qr> qr;
  std::optional<Seal> seal;
  Place place, series_place, register_place;  // for references that others check

  const Field* find_field(std::string_view id) const;
  const Column* find_column(std::string_view id) const;
};

// All faults of the sheet that it shows by itself; series, register and row columns are for the caller to
// look up.
std::optional<Sheet> load_sheet(const data::Value& source, Diagnostics& findings);

}  // namespace wenshu::certificate
