// A small office in which a workflow can run: for trying it before there is a directory. Inner header of app/.
#pragma once

#include <string>

#include "workflow/definition.h"

namespace wenshu::app {

// The text of a directory file: whoever the workflow names - posts, departments, people, roles - and a clerk who begins.
std::string draft_office(const workflow::Definition& flow);

}  // namespace wenshu::app
