// A workflow in layers, from the start down. Used inside workflow/dump/ only.
#pragma once

#include <string>

#include "workflow/dump/draw.h"
#include "workflow/scope.h"

namespace wenshu::workflow::dump {

std::string label_of(const Definition& definition,
                     const Edge& edge);  // 同意, or a branch's title or condition

std::string to_svg(const Definition& definition, const Progress& progress);

}  // namespace wenshu::workflow::dump
