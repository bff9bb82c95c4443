// What a box says below its title. Used inside workflow/dump/ only.
#pragma once

#include <string>
#include <vector>

#include "workflow/dump/draw.h"

namespace wenshu::workflow::dump {

// Who sits there, or who had it and when; how seats decide and until when; ways back that no line shows, because they
// lead to whatever step the case came by.
std::vector<std::string> lines_below(const Step& step, const Progress& progress);

}  // namespace wenshu::workflow::dump
