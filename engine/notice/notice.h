// An official notice (公文) as its elements, GB/T 9704-2012 7.2 to 7.4 and 条例 art. 9.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::notice {

// A table of an annex: one text a cell.
struct Table {
  struct Column {
    std::string title;
    double width = 0;  // share of the width; 0 counts as 1
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

// 附件: `title` equals the entry of `attachments` that it belongs to.
struct Annex {
  size_t attachment = 0;  // index into the attachments
  std::string title;
  std::string body;  // may be empty when there is a table
  std::optional<Table> table;
};

// The document that a notice issues (印发类): it follows on a new page under its own title.
struct Issued {
  std::string title;
  std::string body;
};

struct Notice {
  std::string name;                      // the id after `notice:`
  std::string kind;                      // one of kind_names()
  std::string mark;                      // 发文机关标志, e.g. 清河县教育体育局文件
  std::string number;                    // 发文字号, e.g. 清教〔2020〕18号
  std::string signer;                    // 签发人, upward documents only
  std::string title;                     // '\n' where its lines break
  std::string to;                        // 主送机关, without the colon
  std::string body;                      // one paragraph a line
  std::vector<std::string> attachments;  // 附件说明, names only
  bool attachments_of_issued = false;    // they stand at the end of the issued document, not of the notice
  std::string organ;                     // 发文机关署名
  Date date;                             // 成文日期
  bool seal = true;                      // room for a seal (7.3.5.1) or none (7.3.5.2)
  std::string note;                      // 附注, without its brackets
  std::string copy_to;                   // 抄送, without label and full stop
  std::string printed_by;                // 印发机关; "" when there is no 版记
  std::optional<Date> print_date;        // 印发日期
  bool fixed_page = false;  // the PDF is the original: its lines need not agree with the Word file
  std::optional<Issued> issued;
  std::vector<Annex> annexes;
};

// The 15 kinds of 条例 art. 8.
const std::vector<std::string>& kind_names();

// All faults at once: unknown-field, missing-field, wrong-type, bad-choice, bad-date, number-brackets,
// number-form, unfilled-tag, attachment-punctuation, unknown-attachment … Nothing when there was an error.
std::optional<Notice> load_notice(const data::Value& source, Diagnostics& findings);

// The same checks of a source whose texts may still hold tags: a text with a tag is only checked as a
// template.
void check_notice(const data::Value& source, Diagnostics& findings);

}  // namespace wenshu::notice
