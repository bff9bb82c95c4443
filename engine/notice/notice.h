// An official notice (公文) as its elements, GB/T 9704-2012 7.2 to 7.4 and 10, 条例 art. 9. The keys of a source are
// the names of the fields here; templates/notices/README.md tells clerks what each takes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"
#include "picture/pixels.h"

namespace wenshu::notice {

struct Written;  // notice/source_places.h

// 一般格式 and the 特定格式 of chapter 10: 信函, 命令（令）, 纪要.
enum class Format { ordinary, letter, command, minutes };

// A table of an annex: one text a cell.
struct Table {
  struct Column {
    std::string title;
    double width = 0;        // share of the width; 0 counts as 1
    bool merged = false;     // equal neighbours one above the other become one cell
    std::string group = {};  // head above this and the neighbours of the same group; "" for none
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

// 附件: `title` equals the entry of `attachments` that it belongs to.
struct Annex {
  size_t attachment = 0;  // index into the attachments
  std::string title;
  std::string body;  // may be empty when there is a table
  std::optional<Table> table = {};
  bool separate = false;   // bound by itself (7.3.7): its first line carries the number of the notice
  bool landscape = false;  // 7.6: on turned sheets
};

// The document that a notice issues (印发类): it follows on a new page under its own title.
struct Issued {
  std::string title;
  std::string body;
};

// A seal or a signature stamp as a PNG file. `pixels` is empty until load_pictures() has read it (picture.h).
struct Picture {
  std::string file;  // as written, beside the source
  double width_mm = 0;
  Place place;
  std::shared_ptr<const picture::Pixels> pixels = nullptr;
};

constexpr double kSealWidthMm = 42, kStampWidthMm = 30;  // where the source gives none; our choice

// One issuing organ: what stands at the end of the text.
struct Organ {
  std::string name;
  std::optional<Picture> seal = {};
};

// One signer by signature stamp (7.3.5.3); where there is no picture his name keeps the room.
struct Signature {
  std::string post, name;
  std::optional<Picture> stamp = {};
};

struct Notice {
  std::string name;  // the id after `notice:`
  std::string kind;  // one of kind_names()
  Format format = Format::ordinary;
  std::string copy_number;          // 份号, six digits
  std::string secrecy;              // 密级和保密期限, e.g. 秘密★1年
  std::string urgency;              // 紧急程度: 特急, 加急
  std::vector<std::string> mark;    // 发文机关标志; joint ones host first, without 文件 …
  std::string mark_word;            // … which then stands here, or ""
  std::string number;               // 发文字号 清教〔2020〕18号; 令号 第3号
  std::vector<std::string> signer;  // 签发人, upward documents only; in the order of the organs
  std::string title;                // '\n' where its lines break; "" in commands
  std::string to;                   // 主送机关, without the colon
  std::optional<bool> to_at_foot;  // moved into the 版记 (7.3.2); decided by the room on page 1 when absent
  std::string body;                // one paragraph a line
  std::string present, absent, observers;  // 出席, 请假, 列席 of 纪要
  std::vector<std::string> attachments;    // 附件说明, names only
  bool attachments_of_issued = false;      // they stand at the end of the issued document, not of the notice
  std::vector<Organ> organ;                // 发文机关署名, host first; empty where signers sign
  std::vector<Signature> signature;        // 7.3.5.3, host first
  Date date;                               // 成文日期
  bool seal = true;                        // seals or room for them (7.3.5.1), or none (7.3.5.2)
  std::string note;                        // 附注, without its brackets
  std::string copy_to;                     // 抄送, without label and full stop
  std::string printed_by;                  // 印发机关
  std::optional<Date> print_date;          // 印发日期
  bool fixed_page = false;    // the PDF is the original: its lines need not agree with the Word file
  bool foot_on_even = false;  // 版记 on the back of a sheet; only where the PDF is the original
  std::optional<Issued> issued;
  std::vector<Annex> annexes;  // in the order of the attachments
  Place mark_place, title_place, organ_place, signature_place;
};

// The 15 kinds of 条例 art. 8.
const std::vector<std::string>& kind_names();

// All faults at once: unknown-field, missing-field, field-out-of-place, wrong-type, bad-choice, bad-date,
// number-brackets, number-form, unfilled-tag, attachment-punctuation, unknown-attachment … Nothing when there was an
// error. Pictures are not read.
// With `written` characters are named where they stand in the file.
std::optional<Notice> load_notice(const data::Value& source, Diagnostics& findings,
                                  const Written* written = nullptr);

// The same checks of a source whose texts may still hold tags: a text with a tag is only checked as a
// template.
void check_notice(const data::Value& source, Diagnostics& findings, const Written* written = nullptr);

}  // namespace wenshu::notice
