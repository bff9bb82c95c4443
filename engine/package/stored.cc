#include "package/stored.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include <memory>
#include <system_error>

#include "base/error.h"

namespace wenshu::package {

namespace fs = std::filesystem;

namespace {

constexpr zip_uint16_t kDate = 0x21;  // 1980-01-01

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

[[noreturn]] void fail(const fs::path& target, const std::string& cause) {
  throw Failure(fmt::format("无法写入 {}（{}）", target.string(), cause));
}

}  // namespace

void gather_files(const std::vector<std::pair<std::string, fs::path>>& files, const fs::path& target) {
  std::error_code error;
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  fs::path part = target;
  part.replace_filename(fmt::format(".{}.part-{}", target.filename().string(), ::getpid()));
  int fault = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(part.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &fault));
  if (!archive) fail(target, fmt::format("libzip 错误 {}", fault));
  for (const auto& [name, path] : files) {
    zip_source_t* source = zip_source_file(archive.get(), path.c_str(), 0, -1);
    const zip_int64_t index =
        source ? zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      zip_source_free(source);
      fail(target, zip_strerror(archive.get()));
    }
    zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(index), 0, kDate, 0);
  }
  if (zip_close(archive.get()) != 0) fail(target, zip_strerror(archive.get()));
  (void)archive.release();
  fs::rename(part, target, error);
  if (!error) return;
  fs::remove(part, error);
  fail(target, "无法改名");
}

}  // namespace wenshu::package
