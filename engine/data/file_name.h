// A file says its name twice: after its kind, and on its folder or itself.
#pragma once

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::data {

// `name` is the text after the kind (`workflow: annual-plan`), its place knows the file. A name that nobody
// refers to can only be held against the file: annual-plan.workflow.yaml, or county-2020/demo.yaml. One that
// is nearly but not quite the file's or the folder's is the warning `name-differs`; an altogether different
// one was meant.
void check_file_name(const Value& name, Diagnostics& findings);

}  // namespace wenshu::data
