// What the number in a cell is meant to be: a number, a day, a time. ECMA-376 part 1, 18.8.30 and 18.17.4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "data/value.h"

namespace wenshu::xlsx {

struct NumberFormat {
  enum class Kind { number, date, month, time, elapsed, date_time };
  Kind kind = Kind::number;
  int integers = 0;      // of a plain number: at least so many digits before the point
  int decimals = 0;      // and behind it
  bool percent = false;  // shown a hundredfold with %, and read so: as people see it, and as CSV has it
};

NumberFormat parse_format(std::string_view code);
// The formats that have a number alone; Chinese programs read 27-36 and 50-58 as dates.
NumberFormat builtin_format(int id);

enum class Epoch { from_1900, from_1904 };

// `written` as it stands in the file. Nothing, with a sentence and its code in `fault`, when it is no number,
// no day of this calendar, or has lost digits (over 15).
struct CellFault {
  std::string code, message, hint;
};
std::optional<data::Value> read_number(std::string_view written, const NumberFormat& format, Epoch epoch,
                                       CellFault& fault);

}  // namespace wenshu::xlsx
