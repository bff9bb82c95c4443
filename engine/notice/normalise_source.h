// The texts of a notice source that people read, and their cleaning.
#pragma once

#include <string>
#include <vector>

#include "data/value.h"
#include "notice/normalise.h"

namespace wenshu::notice {

struct TextField {
  std::string title;   // 正文, 附件1 正文 …
  data::Value* value;  // a text inside the source
  bool is_body;        // may gain lines
};

// title, to, body, attachments, note, copy_to, those of the issued document, and the annexes' titles and
// bodies; cells of tables keep their own short forms.
std::vector<TextField> text_fields(data::Value& source);

struct FieldChange {
  std::string field;  // title of the field
  Change change;      // lines and columns of the field's text
};

// Cleans each text in place.
std::vector<FieldChange> normalise_source(data::Value& source);

}  // namespace wenshu::notice
