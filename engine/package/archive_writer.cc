// The container itself: APPNOTE.TXT of PKWARE, 4.3 (local header, central directory, end record). libzip writes only
// what it has unpacked; entries that come packed are most of a filled template.
#include <algorithm>

#include "base/error.h"
#include "package/archive.h"

namespace wenshu::package {
namespace {

constexpr uint16_t kVersion = 20;         // 2.0: deflate, folders
constexpr uint16_t kUtf8Name = 1u << 11;  // a flag
constexpr uint16_t kDeflate = 8, kStore = 0;
constexpr uint16_t kFirstDosDay = (0 << 9) | (1 << 5) | 1;  // 1980-01-01, the earliest that ZIP knows
constexpr size_t kMostBytes = 0xFFFF'FFFEu;                 // beyond it ZIP64 begins
constexpr size_t kMostEntries = 0xFFFE;

class Record {
 public:
  explicit Record(std::string& to) : to_(to) {}
  Record& two(size_t value) { return bytes(value, 2); }
  Record& four(size_t value) { return bytes(value, 4); }

 private:
  Record& bytes(size_t value, int count) {
    for (; count > 0; --count, value >>= 8) to_ += static_cast<char>(value & 0xFF);
    return *this;
  }
  std::string& to_;
};

bool is_ascii(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What the local header and the central directory say alike.
void describe(Record& record, const std::string& name, uint32_t crc, size_t size, size_t packed_size,
              bool deflated) {
  record.two(kVersion).two(is_ascii(name) ? 0 : kUtf8Name).two(deflated ? kDeflate : kStore);
  record.two(0).two(kFirstDosDay).four(crc).four(packed_size).four(size).two(name.size()).two(0);
}

}  // namespace

void ArchiveWriter::add(std::string name, const std::string& bytes, Method method) {
  add(std::move(name), method == Method::store ? store(bytes) : pack(bytes));
}

void ArchiveWriter::add(std::string name, const Packed& packed) {
  const bool known =
      std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
  if (known) throw Failure("无法生成压缩包（两个文件同名：" + name + "）");
  const size_t offset = container_.size();
  if (entries_.size() >= kMostEntries || packed.size > kMostBytes ||
      offset + packed.bytes.size() + name.size() > kMostBytes)
    throw Failure("无法生成压缩包（内容过大）");
  Record record(container_);
  record.four(0x04034b50);
  describe(record, name, packed.crc, packed.size, packed.bytes.size(), packed.deflated);
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
    describe(record, entry.name, entry.crc, entry.size, entry.packed_size, entry.deflated);
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
