// Which function serves which mark.
#include <array>

#include "docx/mark.h"

namespace wenshu::docx {
namespace {

struct Row {
  const char* name;
  MarkFunction function;
};

constexpr std::array kFunctions = {
    Row{"columns", mark_columns},
    Row{"document", mark_document},
    Row{"every", mark_every},
    Row{"footnote", mark_footnote},
    Row{"group", mark_group},
    Row{"link", mark_link},
    Row{"markdown", mark_markdown},
    Row{"merge", mark_merge},
    Row{"new-page", mark_new_page},
    Row{"new-section", mark_new_section},
    Row{"pad", mark_pad},
    Row{"picture", mark_picture},
    Row{"qr", mark_qr},
    Row{"restart", mark_restart},
    Row{"seal", mark_seal},
    Row{"separator", mark_separator},
    Row{"timetable", mark_timetable},
};

}  // namespace

MarkFunction find_mark_function(const std::string& name) {
  for (const Row& row : kFunctions)
    if (name == row.name) return row.function;
  return nullptr;
}

}  // namespace wenshu::docx
