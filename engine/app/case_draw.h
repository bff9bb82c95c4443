// wenshu case draw: the picture of a case - where it has been and with whom, where it stands, where it will come.
#pragma once

#include <string>

#include "app/context.h"

namespace wenshu::app {

// `format`: svg, dot or mermaid. Throws NotFound, and FaultyInput for another format.
std::string draw_case(const Context& context, const std::string& id, const std::string& format);

}  // namespace wenshu::app
