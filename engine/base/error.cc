#include "base/error.h"

#include <fmt/format.h>

namespace wenshu {
namespace {

std::string sentences(const std::vector<Blocker>& blockers) {
  std::string text;
  for (const Blocker& blocker : blockers) {
    if (!text.empty()) text += "；";
    text += blocker.text;
  }
  return text;
}

}  // namespace

FaultyInput::FaultyInput(Diagnostics findings)
    : std::runtime_error(to_text(findings)), findings_(std::move(findings)) {}

Refused::Refused(std::vector<Blocker> blockers)
    : std::runtime_error(sentences(blockers)), blockers_(std::move(blockers)) {}

}  // namespace wenshu
