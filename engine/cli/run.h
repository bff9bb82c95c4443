// The command line: argv to an act of app/, diagnostics and an exit code back.
#pragma once

namespace wenshu::cli {

// Never throws; the exit code is one of wenshu::Exit.
int run(int argc, char** argv);

}  // namespace wenshu::cli
