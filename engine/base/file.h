// Files read with limits and written so that a reader never sees half of one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wenshu {

// Throws NotFound when there is no such file, Failure on any other fault or when it is larger than `limit`
// bytes.
std::string read_file(const std::filesystem::path& path, size_t limit = 64u << 20);

enum class Durability {
  sync,   // cannot be made again: file and folder are flushed to the disk before the name appears
  later,  // can be made again: the batch is synced once at its end
};

// Writes beside (".NAME.part-PID") and renames; makes missing parent folders. Leaves nothing behind on
// failure. A symbolic link stays, and what it leads to is written. Throws Failure: 无法写入 PATH（原因）, also where a
// device or a pipe of that name stands.
void write_file(const std::filesystem::path& path, std::string_view bytes,
                Durability durability = Durability::sync);

// Files of which none appears before all are written: each is written beside its place as write_file does it,
// commit() flushes them and renames them in the order they came. What was not committed is removed
// again, also a folder that was made for it.
class StagedFiles {
 public:
  StagedFiles() = default;
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;
  ~StagedFiles();

  // Throws Failure: 无法写入 PATH（原因）. REQUIRES: a path that was not added before.
  void add(const std::filesystem::path& path, std::string_view bytes);
  void commit();

 private:
  struct Staged {
    std::filesystem::path part, path;
  };
  std::vector<Staged> files_;
  std::vector<std::filesystem::path> made_;  // folders, outer ones first
};

// Removes the leavings of killed writers (".NAME.part-PID" whose process is gone) in one folder.
void remove_stale_parts(const std::filesystem::path& folder);

// Flushes the file system that holds `folder` once, at the end of a batch written with Durability::later.
void sync_folder(const std::filesystem::path& folder);

// All regular files below the paths (a path may be a file), sorted by name, dot files and dot folders left
// out. Throws NotFound when a path is not there.
std::vector<std::filesystem::path> list_files(const std::vector<std::filesystem::path>& paths);

}  // namespace wenshu
