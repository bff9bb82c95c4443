// Pictures of a workflow.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "workflow/definition.h"

namespace wenshu::workflow::dump {

enum class Format { svg, dot, mermaid };
std::optional<Format> parse_format(std::string_view name);  // svg dot mermaid

// Of a case: the steps where it stands and those it has been through. Empty for a definition alone.
struct Progress {
  std::set<std::string> current, done;
};

// The same bytes for the same definition.
std::string draw(const Definition& definition, Format format, const Progress& progress = {});

}  // namespace wenshu::workflow::dump
