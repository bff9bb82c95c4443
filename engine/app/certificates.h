// wenshu certificates issue: number, draw and file the certificates of a class.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/certificate_files.h"
#include "app/certificate_signing.h"
#include "app/context.h"
#include "app/table_file.h"
#include "base/diagnostic.h"
#include "base/packed_texts.h"

namespace wenshu::app {

struct CertificateBatch {
  size_t issued_now = 0;     // numbered by this run
  size_t issued_before = 0;  // numbered by an earlier run, drawn again where the file was missing
  size_t set_aside = 0;      // who meets a rule not, whose certificate is void, or whose row is faulty
  PackedTexts numbers;       // in the order of the roster
  std::vector<std::filesystem::path> volumes;
  bool is_signed = false;  // their QR codes carry a proof
  Diagnostics warnings;
};

struct CertificateRequest {
  std::filesystem::path sheet, roster, data, out;
  std::function<void(size_t done, size_t all)> progress;  // may be empty
  TableChoice choice = {};                                // of the roster
  size_t jobs = 1;                                        // workers that draw
  bool set_faulty_aside = false;                          // a row with an error is left out, the rest goes on
  std::filesystem::path merged = {};  // may be empty: one file for the print shop, or several
  size_t pages_a_volume = kPagesAVolume;
  std::filesystem::path zip = {};     // may be empty: all files in one
  std::filesystem::path list = {};    // may be empty: who got which number, .xlsx
  std::filesystem::path errors = {};  // may be empty: who got none and why, .xlsx
  SigningRequest signing = {};        // keys, for sheets whose QR code certifies and for PDF signatures
  bool badges = false;                // NUMBER.badge.jwt beside each file
  std::function<void(const std::string&)> notice =
      {};  // may be empty: told what the papers lack without a key
};

// 1 check the whole batch (sheet, data, every row, every character, every rule); 2 number the missing ones in one
// transaction; 3 draw and write beside, rename; 4 sync the folder once. A person of a class has one certificate: run
// again, the batch goes on where it stopped. Who meets a rule not is told and left out. Throws FaultyInput before
// anything is numbered or written.
CertificateBatch issue_certificates(const Context& context, const CertificateRequest& request);

}  // namespace wenshu::app
