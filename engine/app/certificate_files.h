// Numbered certificates become files: one PDF each by several workers, volumes for the print shop, one ZIP.
// Inside this room only.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/certificate_signing.h"
#include "base/date.h"
#include "certificate/blank.h"
#include "font/faces.h"

namespace wenshu::app {

struct FileEntry {
  const certificate::Person* person = nullptr;
  std::string number;
  std::string mark = {};  // behind the number on the sheet: （补发）
  Time created;
  std::string proof = {};            // what the QR code says when the sheet certifies
  std::filesystem::path photo = {};  // of the person; may be empty
};

// nullptr for an empty path. Throws NotFound; FaultyInput `bad-photo` at the row.
std::shared_ptr<const picture::Pixels> load_photo(const std::filesystem::path& path, const Place& where);

// Finished pages and what libharu keeps of them are in memory until a volume is written: about 5 kB a page.
constexpr size_t kPagesAVolume = 5'000;

class CertificateFiles {
 public:
  using Progress = std::function<void(size_t done, size_t all)>;

  // `characters` of all entries, and of the blank. REQUIRES: entries that check_certificates passed, which outlive
  // this.
  CertificateFiles(const certificate::Blank& blank, const font::Faces& faces,
                   const font::Characters& characters, const std::vector<FileEntry>& entries);
  ~CertificateFiles();

  // NUMBER.pdf for each entry. The same bytes whatever the number of workers and whatever else is in the batch. A file
  // that is there already stays. Throws Failure.
  // `signer` seals and signs each; one that it keeps is not drawn again.
  void write_each(const std::filesystem::path& folder, size_t workers, const FileSigner& signer,
                  const Progress& progress) const;
  // `target`, or target-1, target-2 … when the certificates need more than one volume of `pages`; bookmarks by person.
  // Gives the files.
  std::vector<std::filesystem::path> write_merged(const std::filesystem::path& target, size_t pages) const;

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace wenshu::app
