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
    Row{"merge", mark_merge},
    Row{"separator", mark_separator},
};

}  // namespace

MarkFunction find_mark_function(const std::string& name) {
  for (const Row& row : kFunctions)
    if (name == row.name) return row.function;
  return nullptr;
}

}  // namespace wenshu::docx
