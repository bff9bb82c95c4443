// wenshu certificates issue: number, draw and file the certificates of a class.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/table_file.h"
#include "base/diagnostic.h"

namespace wenshu::app {

struct CertificateBatch {
  size_t issued_now = 0;             // numbered by this run
  size_t issued_before = 0;          // numbered by an earlier run, drawn again where the file was missing
  std::vector<std::string> numbers;  // in the order of the roster
  Diagnostics warnings;
};

struct CertificateRequest {
  std::filesystem::path sheet, roster, data, out;
  std::function<void(size_t done, size_t all)> progress;  // may be empty
  TableChoice choice = {};                                // of the roster
};

// 1 check the whole batch (sheet, data, every row, every character); 2 number the missing ones in one
// transaction; 3 draw and write beside, rename; 4 sync the folder once. A person of a class has one
// certificate: run again, the batch goes on where it stopped. Throws FaultyInput before anything is numbered
// or written.
CertificateBatch issue_certificates(const Context& context, const CertificateRequest& request);

}  // namespace wenshu::app
