// Where the characters of a source's texts stand in its file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"

namespace wenshu::notice {

class SourcePlaces {
 public:
  // `bytes` is the text of the file that the values were read from; UTF-8.
  explicit SourcePlaces(std::string_view bytes) : bytes_(bytes) {}

  // Of the first character of line `index` of a text, `line`; from 1. Nothing when the text stands there in another form
  // (escapes, a folded scalar, data in place of tags). A literal block (body: |) and a plain or quoted one-line text stand
  // in the file as they are.
  struct Origin {
    size_t line, column;
  };
  std::optional<Origin> find_origin(const data::Value& value, const std::u32string& line, size_t index) const;

  // Of character `at` of the text, counted from 0; the text's own place where its characters have none.
  Place place_of(const data::Value& value, size_t at) const;

  // The first text of the source that holds the character, if possible in a line that `paragraph` shows; the place of the
  // source when none does.
  Place find(const data::Value& source, char32_t character, const std::string& paragraph) const;

 private:
  const std::vector<std::u32string>& file() const;

  std::string bytes_;
  mutable std::vector<std::u32string> file_;  // its lines, from the first question on
};

// A source as its file has it, before any cleaning.
struct Written {
  const SourcePlaces& places;
  const data::Value& source;
};

}  // namespace wenshu::notice
