// ZIP containers (.docx, .xlsx): read with limits, written with the same bytes for the same input.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "package/deflate.h"

namespace wenshu::package {

// Reference platform 6.3. Sizes are counted while unpacking, since declared ones may lie.
constexpr size_t kMaxEntries = 2'000;
constexpr size_t kMaxUnpackedBytes = 64u << 20;  // all entries together
constexpr size_t kMaxPackedBytes = 64u << 20;
constexpr size_t kMaxRatio = 200;                 // unpacked to packed
constexpr size_t kRatioFloor = 1u << 20;          // smaller entries may be packed as tightly as they like
constexpr size_t kPictureRatioFloor = 40u << 20;  // of bitmaps: a white page scanned at 300 dpi has 26 MB

// A container that passed every limit: all entries are unpacked and in memory.
class Archive {
 public:
  // Names in the order of the container; folders ("word/") are left out.
  const std::vector<std::string>& names() const { return names_; }
  bool has(std::string_view name) const { return find(name) != nullptr; }
  // The unpacked bytes, nullptr when there is no such entry. Lives as long as the archive.
  const std::string* find(std::string_view name) const;
  // The same; throws Failure when there is no such entry.
  const std::string& read(std::string_view name) const;
  // The same as it stands in the container, to be copied into another one. Throws Failure likewise.
  const Packed& packed(std::string_view name) const;

 private:
  friend std::optional<Archive> open_archive(std::string_view, std::string_view, Diagnostics&);
  std::vector<std::string> names_;
  std::vector<std::string> contents_;  // parallel to names_
  std::vector<Packed> packed_;         // the same
};

// `file` is the name that findings carry. Codes: not-a-zip, locked-or-old, zip-too-large, zip-too-many-entries, zip-bomb,
// zip-duplicate-name, zip-unsafe-name, zip-symlink, zip-encrypted, zip-damaged. `bytes` is not needed
// afterwards.
std::optional<Archive> open_archive(std::string_view bytes, std::string_view file, Diagnostics& findings);

// Entries stand in the order of add(); time 1980-01-01, one compression level, no owner: same input, same
// bytes.
class ArchiveWriter {
 public:
  enum class Method { deflate, store };
  // REQUIRES: the name was not added before. For OPC add "[Content_Types].xml" first, for OFD and ODF
  // "mimetype" stored.
  void add(std::string name, const std::string& bytes, Method method = Method::deflate);
  void add(std::string name, const Packed& packed);
  // The container; the writer is empty afterwards. Throws Failure.
  std::string finish();

 private:
  struct Entry {
    std::string name;
    uint32_t crc;
    size_t size, packed_size, offset;
    bool deflated;
  };
  std::string container_;  // the entries so far
  std::vector<Entry> entries_;
};

}  // namespace wenshu::package
