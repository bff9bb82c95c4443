// The template text of a number series: fixed characters and tokens {{NAME}}. Used inside register/ only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "register/register.h"

namespace wenshu::registers {

struct Piece {
  bool token = false;
  std::string text;  // fixed characters, or the token's name
};

// Nothing when a brace does not close or stands alone.
std::optional<std::vector<Piece>> split_template(std::string_view text);

// Every fault of the series written as `source`: unclosed-token, unknown-token, missing-token, check-not-last …
void check_number_template(const Series& series, const data::Value& source, Diagnostics& findings);

// A number is a file's name: no slashes, no control characters, no leading dot.
bool is_file_name(std::string_view number);

}  // namespace wenshu::registers
