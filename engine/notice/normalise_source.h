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
  Form form = Form::prose;
};

// title, to, body, attachments, note, copy_to, those of the issued document, and the annexes' titles, bodies, and heads
// and cells of tables.
std::vector<TextField> text_fields(data::Value& source);

struct FieldChange {
  std::string field;  // title of the field
  Change change;      // lines and columns of the field's text
  Form form = Form::prose;
};

// Cleans each text in place.
std::vector<FieldChange> normalise_source(data::Value& source);

// 正文 第3行第12列 …, 附件1表格第2行第3列 第4字 …
std::string to_text(const FieldChange& changed);

}  // namespace wenshu::notice
