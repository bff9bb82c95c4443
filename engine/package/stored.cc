#include "package/stored.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/unwritable.h"
#include "package/container.h"
#include "package/deflate.h"

namespace wenshu::package {

namespace fs = std::filesystem;

namespace {

constexpr size_t kLongEnd = 56;  // bytes of ZIP64's end record

// A file on its way: written beside its place, gone again unless it is committed.
class Part {
 public:
  explicit Part(const fs::path& target) : target_(target), part_(target) {
    std::error_code none;
    if (target.has_parent_path()) fs::create_directories(target.parent_path(), none);
    part_.replace_filename(fmt::format(".{}.part-{}", target.filename().string(), ::getpid()));
    file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file_ < 0) throw_unwritable(target_, errno);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part() {
    if (file_ >= 0) ::close(file_);
    if (!committed_) ::unlink(part_.c_str());
  }

  void write(std::string_view bytes) {
    if (const int fault = write_all(file_, bytes)) throw_unwritable(target_, fault);
    size_ += bytes.size();
  }
  size_t size() const { return size_; }

  void commit() {
    const int closed = ::close(file_);
    file_ = -1;
    if (closed != 0 && errno != EINTR) throw_unwritable(target_, errno);
    if (::rename(part_.c_str(), target_.c_str()) != 0) throw_unwritable(target_, errno);
    committed_ = true;
  }

 private:
  fs::path target_, part_;
  int file_ = -1;
  size_t size_ = 0;
  bool committed_ = false;
};

struct Member {
  uint32_t crc, size;
};

std::string local_header(const std::string& name, const Member& member) {
  std::string header;
  Record record(header);
  record.four(0x04034b50);
  describe(record, name, {member.crc, member.size, member.size});
  return header + name;
}

// Beyond 4 GiB the place stands in an extra field.
std::string central_header(const std::string& name, const Member& member, size_t offset) {
  const bool is_far = offset > kMostBytes;
  std::string header;
  Record record(header);
  record.four(0x02014b50).two(is_far ? kLongVersion : kVersion);
  describe(record, name, {member.crc, member.size, member.size, false, is_far ? size_t{12} : size_t{0}});
  record.two(0).two(0).two(0).four(0).four(is_far ? 0xFFFF'FFFFu
                                                  : offset);  // no comment, disk 0, no attributes
  header += name;
  if (is_far) record.two(1).two(8).eight(offset);
  return header;
}

std::string end_records(size_t count, size_t directory, size_t end) {
  std::string records;
  Record record(records);
  const bool is_long = count > kMostMembers || end > kMostBytes;
  if (is_long) {
    record.four(0x06064b50).eight(kLongEnd - 12).two(kLongVersion).two(kLongVersion).four(0).four(0);
    record.eight(count).eight(count).eight(end - directory).eight(directory);
    record.four(0x07064b50).four(0).eight(end).four(1);
  }
  const size_t shown = is_long ? 0xFFFF : count;
  record.four(0x06054b50).two(0).two(0).two(shown).two(shown);
  record.four(is_long ? 0xFFFF'FFFFu : end - directory).four(is_long ? 0xFFFF'FFFFu : directory).two(0);
  return records;
}

}  // namespace

void gather_files(size_t count, const std::function<StoredFile(size_t index)>& file, const fs::path& target) {
  Part part(target);
  std::vector<Member> members;
  members.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const StoredFile one = file(i);
    const Packed content = store(read_file(one.path, kMostBytes));
    members.push_back({content.crc, static_cast<uint32_t>(content.size)});
    part.write(local_header(one.name, members.back()) + content.bytes);
  }
  const size_t directory = part.size();
  size_t offset = 0;
  std::string slice;
  constexpr size_t kSlice = 1u << 16;
  for (size_t i = 0; i < count; ++i) {
    const std::string name = file(i).name;
    slice += central_header(name, members[i], offset);
    offset += local_header(name, members[i]).size() + members[i].size;
    if (slice.size() < kSlice) continue;
    part.write(slice);
    slice.clear();
  }
  part.write(slice);
  part.write(end_records(count, directory, part.size()));
  part.commit();
}

}  // namespace wenshu::package
