// Finished files gathered into one ZIP as they are, however many and however large together (ZIP64): of each eight bytes are
// held in memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace wenshu::package {

struct StoredFile {
  std::string name;            // in the ZIP
  std::filesystem::path path;  // under 4 GiB
};

// Writes `target` beside its place and renames it. Entries in the order given, time 1980-01-01: same input, same bytes.
// `file` is asked twice for each, in order; names must differ. Throws Failure: 无法写入 PATH（原因）, or that a file cannot be read.
void gather_files(size_t count, const std::function<StoredFile(size_t index)>& file,
                  const std::filesystem::path& target);

}  // namespace wenshu::package
