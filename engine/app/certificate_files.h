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
#include "font/subset.h"

namespace wenshu::app {

// What the number went through.
struct History {
  std::string replaces = {};     // the number in whose place it stands; "" for a first one
  std::string reissued_on = {};  // the day on which it is printed once more, "" for the first time
};

struct FileEntry {
  certificate::Person person = {};
  std::string number;
  std::string mark = {};  // behind the number on the sheet: （补发）
  History history = {};
  Time created;
  std::filesystem::path photo = {};  // of the person; may be empty
};

// Made one by one, as all of a county would need room beside one another. Asked by several threads at once.
struct FileEntries {
  using Prove = std::function<std::string(const FileEntry& entry)>;
  size_t count = 0;
  std::function<FileEntry(size_t index)> at;
  std::function<std::string(size_t index)> shown_at;  // the same entry's number and mark, at less cost
  Prove prove = {};  // what the QR code says; empty for a sheet that certifies nothing
};

// nullptr for an empty path. Throws NotFound; FaultyInput `bad-photo` at the row.
std::shared_ptr<const picture::Pixels> load_photo(const std::filesystem::path& path, const Place& where);

// Proved before a number is taken; a folder that had to be made goes again if it takes no files. Throws Failure.
void prove_writable(const std::filesystem::path& folder);

// Finished pages and what libharu keeps of them are in memory until a volume is written: about 5 kB a page.
constexpr size_t kPagesAVolume = 5'000;

class CertificateFiles {
 public:
  using Progress = std::function<void(size_t done, size_t all)>;

  // `fonts` has the characters of all entries and of the blank, but perhaps for those of their numbers. REQUIRES: entries that
  // check_certificates passed; the blank and what the entries refer to outlive this.
  CertificateFiles(const certificate::Blank& blank, std::shared_ptr<font::Batch> fonts, FileEntries entries,
                   size_t workers);
  ~CertificateFiles();

  // NUMBER.pdf for each entry. The same bytes whatever the number of workers and whatever else is in the batch. A file
  // that is there already stays. Throws Failure.
  // `signer` seals and signs each; one that it keeps is not drawn again.
  void write_each(const std::filesystem::path& folder, const FileSigner& signer,
                  const Progress& progress) const;
  // `target`, or target-1, target-2 … when the certificates need more than one volume of `pages`; bookmarks by person.
  // Gives the files.
  std::vector<std::filesystem::path> write_merged(const std::filesystem::path& target, size_t pages) const;

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace wenshu::app
