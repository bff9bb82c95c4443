// The container itself. libzip writes only what it has unpacked; entries that come packed are most of a filled template.
#include <algorithm>

#include "base/error.h"
#include "package/archive.h"
#include "package/container.h"

namespace wenshu::package {
void ArchiveWriter::add(std::string name, const std::string& bytes, Method method) {
  add(std::move(name), method == Method::store ? store(bytes) : pack(bytes));
}

void ArchiveWriter::add(std::string name, const Packed& packed) {
  const bool known =
      std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
  if (known) throw Failure("无法生成压缩包（两个文件同名：" + name + "）");
  const size_t offset = container_.size();
  if (entries_.size() >= kMostMembers || packed.size > kMostBytes ||
      offset + packed.bytes.size() + name.size() > kMostBytes)
    throw Failure("无法生成压缩包（内容过大）");
  Record record(container_);
  record.four(0x04034b50);
  describe(record, name, {packed.crc, packed.size, packed.bytes.size(), packed.deflated});
  container_ += name;
  container_ += packed.bytes;
  entries_.push_back(
      {std::move(name), packed.crc, packed.size, packed.bytes.size(), offset, packed.deflated});
}

std::string ArchiveWriter::finish() {
  std::string container = std::move(container_);
  const std::vector<Entry> entries = std::move(entries_);
  container_.clear();
  entries_.clear();
  if (entries.empty()) return {};
  const size_t directory = container.size();
  Record record(container);
  for (const Entry& entry : entries) {
    record.four(0x02014b50).two(kVersion);
    describe(record, entry.name, {entry.crc, entry.size, entry.packed_size, entry.deflated});
    record.two(0).two(0).two(0).four(0).four(entry.offset);  // no comment, disk 0, no attributes
    container += entry.name;
  }
  const size_t end = container.size();
  if (end > kMostBytes) throw Failure("无法生成压缩包（内容过大）");
  record.four(0x06054b50).two(0).two(0).two(entries.size()).two(entries.size());
  record.four(end - directory).four(directory).two(0);
  return container;
}

}  // namespace wenshu::package
