#include "cli/run.h"

int main(int argc, char** argv) { return wenshu::cli::run(argc, argv); }
