#include "workflow/words.h"

#include <fmt/format.h>

namespace wenshu::workflow {

std::string to_chinese(const Due& due) {
  static constexpr const char* kUnits[] = {"小时", "个工作小时", "天", "个工作日"};
  return fmt::format("{} {}", due.amount, kUnits[static_cast<size_t>(due.unit)]);
}

bool is_plain_text(const Document& document) {
  return document.kind == Document::Kind::word_template && document.path.name.ends_with(".txt");
}

std::vector<std::string> files_of(const Document& document) {
  if (is_plain_text(document)) return {document.id + ".txt"};
  if (document.kind == Document::Kind::word_template) return {document.id + ".docx"};
  return {document.id + ".docx", document.id + ".pdf"};
}

}  // namespace wenshu::workflow
