// What the parts of a definition are called.
#pragma once

#include <string>
#include <vector>

#include "workflow/definition.h"

namespace wenshu::workflow {

std::string to_chinese(const Due& due);  // 2 个工作日

// A template of plain text, by its name: letters/order.txt.
bool is_plain_text(const Document& document);
std::vector<std::string> files_of(const Document& document);  // what rendering it makes: letter.docx

}  // namespace wenshu::workflow
