// Pictures of a workflow.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "workflow/definition.h"

namespace wenshu::workflow::dump {

enum class Format { svg, dot, mermaid };
std::optional<Format> parse_format(std::string_view name);  // svg dot mermaid

// Of a case: the steps where it stands, those it has been through and those it will come to as things are; under each
// title a line of people and times. Empty for a definition alone.
struct Progress {
  std::set<std::string> current, done, forecast;
  std::map<std::string, std::string> notes;  // by step: 周敏 07-28
  // For names of people, departments and fields; without them their ids are shown.
  const directory::Directory* office = nullptr;
  const form::Form* form = nullptr;
};

// The same bytes for the same definition.
std::string draw(const Definition& definition, Format format, const Progress& progress = {});

}  // namespace wenshu::workflow::dump
