// A Word mail-merge document made a template: its fields become tags with formatters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::docx {

struct ConvertedField {
  std::string field;  // MERGEFIELD 金额 \# "0.00"
  std::string tag;    // {{金额 | decimals 2}}
  Place place;
};

struct ConvertedMerge {
  std::string bytes;
  std::vector<ConvertedField> fields;
};

// MERGEFIELD becomes a value, with its switches as formatters; INCLUDEPICTURE of a MERGEFIELD a picture; IF on
// an empty field a section; MERGEREC and MERGESEQ the number of the record. A directory (catalogue) gets
// {{#rows}} … {{/rows}} around its text; the link to the data source is cut. Other fields stay as they are.
//
// Nothing after an error: no-merge-fields, field-not-converted (NEXT, NEXTIF, SKIPIF, ASK, FILLIN, SET,
// ADDRESSBLOCK, GREETINGLINE, other IFs, fields inside other fields), and the codes of read.h. Warnings:
// field-renamed (a name that a tag cannot have), switch-dropped.
std::optional<ConvertedMerge> convert_mail_merge(std::string_view bytes, std::string_view display_name,
                                                 Diagnostics& findings);

}  // namespace wenshu::docx
