// Registers (台账): columns of rows that cases leave behind, and series of once-only numbers.
//
//   register: issued-documents
//   title: 发文登记簿
//   columns:
//     number: {title: 文号}
//     remark: {title: 备注, by_hand: true}       # no case fills it
//   series:
//     县教:
//       title: 县教育体育局发文
//       number: "清教〔{{year}}〕{{serial}}号"
//       per: [year]          # the serial begins at 1 again for each value of these
//       width: 0             # digits of the serial, padded with 0; 0 = as many as it has
//       check: mod-37-36     # optional, the character that {{check}} stands for
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "register/check_character.h"

namespace wenshu::registers {

struct Series {
  std::string name;
  std::string title;
  std::string number;            // template text, see format_number
  std::vector<std::string> per;  // parameter names that scope the serial
  int width = 0;
  std::optional<CheckSystem> check;
  Place place;
};

struct Column {
  std::string key;
  std::string title;
  bool by_hand = false;
  Place place;
};

struct Register {
  std::string name;
  std::string title;
  std::vector<Column> columns;
  std::vector<Series> series;

  const Series* find_series(std::string_view name) const;
  const Column* find_column(std::string_view key) const;
};

std::optional<Register> load_register(const data::Value& source, Diagnostics& findings);

using Parameters = std::map<std::string, std::string>;  // {"year": "2020", "class": "C04"}

// The names a series needs besides the serial: `per` and, when its template says so, `year`.
std::vector<std::string> parameter_names(const Series& series);

// The number of one serial (from 1): {{serial}} padded to `width`, {{NAME}} from the parameters, {{check}}
// computed over all characters of the alphabet that the number holds without it. Nothing, with a finding,
// when a parameter is missing or empty, holds a character that the check system cannot cover, or the serial
// outgrows `width`.
std::optional<std::string> format_number(const Series& series, const Parameters& parameters, long long serial,
                                         const Place& where, Diagnostics& findings);

// Whether a number with a check character is intact. True for a series without one.
bool has_valid_check(const Series& series, std::string_view number);

// "year=2020,class=C04": the key under which the store counts the serial; "" for a series that never begins
// again. Keys in the order of `per`. REQUIRES: each parameter given.
std::string scope_key(const Series& series, const Parameters& parameters);

// Adds `column-without-source` for each column (not by hand) that `sources` does not name: whoever appends
// rows must fill them all, so that a typing error in a column is found. `where` is the place that appends.
void check_columns(const Register& target, const std::vector<std::string>& sources, const Place& where,
                   Diagnostics& findings);

}  // namespace wenshu::registers
