// Judges a document against the table of rules (RULES.md) and mends what is certain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"
#include "notice/lint/rule.h"

namespace wenshu::notice {

std::vector<Finding> lint(const Draft& draft);

Diagnostics to_diagnostics(const std::vector<Finding>& findings);

// The file's text with every certain fix in it. REQUIRES: the findings come from this text.
std::string apply_fixes(std::string_view text, const std::vector<Finding>& findings);

// The same for a Word file (docx/amend.h); none of the changes overlap.
document::Amendments amendments_of(const std::vector<Finding>& findings);

// RULES.md: the tables of rules and of what they cover, as Markdown.
std::string rules_table();
data::Value rules_value();  // the same for --json

}  // namespace wenshu::notice
