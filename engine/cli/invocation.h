// What every command shares: the global options, how results and refusals are printed.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/context.h"
#include "base/date.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "data/value.h"

namespace wenshu::cli {

struct Invocation {
  std::string store;   // --store sqlite:FILE or a path; $WENSHU_STORE; wenshu.db
  std::string office;  // --office DIR
  std::string now;     // --now TIME
  std::string person;  // --as PERSON
  bool json = false;
  std::function<Exit()> run;  // set by the chosen subcommand

  // Made when the first act needs it. Throws WrongUsage for a bad --now.
  const app::Context& context();
  // Where templates/ and fonts/ of the program stand: $WENSHU_HOME or above the program itself.
  const std::filesystem::path& home();

 private:
  std::filesystem::path home_;
  std::unique_ptr<Clock> clock_;
  app::Context context_;
  bool ready_ = false;
};

// Findings to stderr as text, or to stdout as a JSON list.
void print_findings(const Invocation& invocation, const Diagnostics& findings);
void print_blockers(const Invocation& invocation, const std::vector<Blocker>& blockers);
// One line of plain words, or nothing with --json.
void say(const Invocation& invocation, const std::string& line);
// That a file was written.
void print_written(const Invocation& invocation, const std::string& file);
void print_json(const data::Value& value);
// A bar on a terminal, a plain line for each tenth elsewhere; on stderr, so that results stay clean. Nothing with
// --json.
std::function<void(size_t done, size_t all)> progress_printer(const Invocation& invocation);

// ok without errors. Files named on the command line that are not there make it not_found; one that a file names
// makes that file faulty_input.
Exit exit_of(const Diagnostics& findings);

// Each adds its subcommands; a chosen one sets invocation.run.
void add_document_commands(CLI::App& app, Invocation& invocation);     // notice fill tags check eval
void add_fonts_command(CLI::App& app, Invocation& invocation);         // fonts
void add_lint_command(CLI::App& app, Invocation& invocation);          // lint
void add_case_commands(CLI::App& app, Invocation& invocation);         // init publish case inbox
void add_outbox_commands(CLI::App& app, Invocation& invocation);       // outbox
void add_workflow_commands(CLI::App& app, Invocation& invocation);     // workflow
void add_register_commands(CLI::App& app, Invocation& invocation);     // register audit
void add_certificate_commands(CLI::App& app, Invocation& invocation);  // certificates
void add_key_commands(CLI::App& app, Invocation& invocation);          // keys
void add_verify_command(CLI::App& app, Invocation& invocation);        // verify
void add_new_command(CLI::App& app, Invocation& invocation);           // new
void add_due_command(CLI::App& app, Invocation& invocation);           // due
void add_demo_command(CLI::App& app, Invocation& invocation);          // demo

}  // namespace wenshu::cli
