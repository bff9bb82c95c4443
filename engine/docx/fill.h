// A clerk's Word file with tags: checked when loaded, filled any number of times. Tags and sections:
// template/text.h.
//
// A tag is found even where Word has split it over runs; its value takes the format of the tag's first
// character, and a newline in it becomes a line break. A section inside a paragraph repeats that text; a
// section whose two tags stand alone in paragraphs of one page, cell or text box repeats what lies between
// (the two paragraphs go); a section whose tags stand in different cells of a table repeats the rows from the
// one to the other (rows that hold nothing but section tags go).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"
#include "template/text.h"

namespace wenshu::docx {

class Template {
 public:
  struct Compiled;
  explicit Template(std::shared_ptr<const Compiled> compiled);

  // Value and section tags with their places: 第2个表格第3行第4列, 第3段, 页眉第1段.
  std::vector<templates::TagPlace> tags() const;

  // The bytes of a .docx; nothing when there was any finding of severity error. Parts without tags are
  // carried over byte for byte; the same data gives the same bytes.
  std::optional<std::string> fill(const data::Value& data, Diagnostics& findings,
                                  const templates::Filling& filling = {}) const;

 private:
  std::shared_ptr<const Compiled> compiled_;
};

// Whether the body stands once, or once for each of the data's `rows`, each on pages of its own that count from 1.
enum class Body { once, each_row };

// `display_name` is the file name that findings carry. Reports what is wrong with the container (not-a-zip,
// …, limits) and every fault of tags and sections that shows without data (template/text.h), besides
// `section-spans` for a section that begins and ends in places that have nothing to do with each other.
std::optional<Template> load_template(std::string_view bytes, std::string_view display_name,
                                      Diagnostics& findings, const templates::Delimiters& delimiters = {},
                                      Body body = Body::once);

}  // namespace wenshu::docx
