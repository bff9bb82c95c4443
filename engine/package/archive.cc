#include "package/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace wenshu::package {
namespace {

// Of Windows (MS-CFB): what .doc and .xls are, and what a .docx with a password is wrapped in.
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// Bitmaps are white paper for the most part, and no library of ours makes more of them than they are.
size_t ratio_floor(std::string_view name) {
  constexpr std::string_view kBitmaps[] = {".bmp", ".dib", ".emf", ".wmf", ".tif", ".tiff"};
  std::string folded(name.substr(std::min(name.rfind('.'), name.size())));
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool is_bitmap = std::find(std::begin(kBitmaps), std::end(kBitmaps), folded) != std::end(kBitmaps);
  return is_bitmap ? kPictureRatioFloor : kRatioFloor;
}

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using ArchiveHandle = std::unique_ptr<zip_t, DiscardArchive>;
using FileHandle = std::unique_ptr<zip_file_t, CloseFile>;
using SourceHandle = std::unique_ptr<zip_source_t, FreeSource>;

class Unpacker {
 public:
  Unpacker(std::string_view file, Diagnostics& findings) : file_(file), findings_(findings) {}

  // Nothing when the bytes are no container at all.
  ArchiveHandle open(std::string_view bytes) {
    constexpr size_t kEmptyContainer =
        22;  // the end record alone; libzip takes no bytes at all for an empty one
    if (bytes.size() < kEmptyContainer) {
      if (bytes.empty())
        error("not-a-zip", {}, "文件是空的（0 字节），可能没有存好或没有下载完", "请找回完好的文件");
      else
        error("not-a-zip", {}, "不是 .docx、.xlsx 或 .zip 文件", kSaveAgain);
      return nullptr;
    }
    if (bytes.starts_with(kCompoundFile)) {
      error("locked-or-old", {}, "文件加了打开密码，或者是旧的 .doc、.xls 格式，读不了",
            "用 Word 或 WPS 去掉密码，另存为 .docx 或 .xlsx");
      return nullptr;
    }
    zip_error_t fault;
    zip_error_init(&fault);
    SourceHandle source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &fault));
    ArchiveHandle archive(source ? zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, &fault)
                                 : nullptr);
    if (archive) {
      (void)source.release();  // the archive owns it now
    } else {
      report_unopened(fault);
    }
    zip_error_fini(&fault);
    return archive;
  }

  // Name and unpacked bytes of one entry; false after the finding that ends all reading.
  bool read(zip_t* archive, zip_uint64_t index, std::vector<std::string>& names,
            std::vector<std::string>& contents, std::vector<Packed>& packed) {
    zip_stat_t status;
    if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &status) != 0 || (status.valid & ZIP_STAT_NAME) == 0) {
      error("zip-damaged", {}, "压缩包的目录已经损坏", kSaveAgain);
      return false;
    }
    std::string name = status.name;
    if (!check_name(name) || !check_kind(archive, index, name, status))
      return true;  // go on: all faults at once
    if (name.ends_with('/')) return true;
    if (says_too_much(status)) return refuse_size(name);
    Packed as_it_stands = read_packed(archive, index, status);
    std::string content;
    if (auto whole = unpack_whole(name, as_it_stands)) {
      content = std::move(*whole);
      total_ += content.size();
    } else {
      if (!unpack(archive, index, name, status, content)) return false;
      as_it_stands = pack(content);
    }
    packed.push_back(std::move(as_it_stands));
    names.push_back(std::move(name));
    contents.push_back(std::move(content));
    return true;
  }

  void error(std::string code, std::string_view entry, std::string message, std::string_view hint = {}) {
    findings_.error(std::move(code), {std::string(file_), 0, 0, std::string(entry)}, std::move(message),
                    std::string(hint));
  }

  static constexpr std::string_view kSaveAgain = "请用 Word 或 WPS 打开后另存一份";

 private:
  void report_unopened(zip_error_t& fault) {
    switch (zip_error_code_zip(&fault)) {
      case ZIP_ER_NOZIP:
        return error("not-a-zip", {}, "不是 .docx、.xlsx 或 .zip 文件", kSaveAgain);
      case ZIP_ER_EXISTS:
        return error("zip-duplicate-name", {}, "压缩包内有两个同名的文件", kSaveAgain);
      default:
        return error("zip-damaged", {}, fmt::format("文件已经损坏（{}）", zip_error_strerror(&fault)),
                     "请找回完好的文件，或用 Word、WPS 修复后另存一份");
    }
  }

  bool check_name(const std::string& name) {
    if (find_malformed_utf8(name) || find_forbidden_character(name)) {
      error("zip-unsafe-name", {}, "压缩包内有文件名不是 UTF-8 或含控制字符", kSaveAgain);
      return false;
    }
    std::vector<std::string> parts = split(name, "/");
    bool climbs =
        std::any_of(parts.begin(), parts.end(), [](const std::string& p) { return p == ".." || p == "."; });
    bool has_drive = name.size() > 1 && name[1] == ':';
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string::npos || climbs || has_drive) {
      error("zip-unsafe-name", name, fmt::format("压缩包内的文件名不安全: \"{}\"", name), kSaveAgain);
      return false;
    }
    // Windows and Word take names that differ in case alone for one.
    std::string folded = name;
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!seen_.insert(std::move(folded)).second) {
      error("zip-duplicate-name", name, fmt::format("压缩包内有两个 \"{}\"", name), kSaveAgain);
      return false;
    }
    return true;
  }

  bool check_kind(zip_t* archive, zip_uint64_t index, const std::string& name, const zip_stat_t& status) {
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
      error("zip-encrypted", name, "文件有密码保护", "请去掉密码后另存一份");
      return false;
    }
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    zip_file_get_external_attributes(archive, index, 0, &system, &attributes);
    constexpr zip_uint32_t kTypeMask = 0170000, kSymbolicLink = 0120000;  // stat.h, in the upper half
    if (system == ZIP_OPSYS_UNIX && ((attributes >> 16) & kTypeMask) == kSymbolicLink) {
      error("zip-symlink", name, fmt::format("压缩包内有符号链接 \"{}\"", name), kSaveAgain);
      return false;
    }
    return true;
  }

  bool unpack(zip_t* archive, zip_uint64_t index, const std::string& name, const zip_stat_t& status,
              std::string& content) {
    FileHandle file(zip_fopen_index(archive, index, 0));
    if (!file) {
      error("zip-damaged", name, fmt::format("无法解压 \"{}\"（{}）", name, zip_strerror(archive)),
            kSaveAgain);
      return false;
    }
    char buffer[1 << 16];
    for (;;) {
      zip_int64_t count = zip_fread(file.get(), buffer, sizeof buffer);
      if (count == 0) return true;
      if (count < 0) {
        error("zip-damaged", name, fmt::format("无法解压 \"{}\"（{}）", name, zip_file_strerror(file.get())),
              kSaveAgain);
        return false;
      }
      content.append(buffer, static_cast<size_t>(count));
      total_ += static_cast<size_t>(count);
      bool is_tight = content.size() > ratio_floor(name) && content.size() / kMaxRatio > status.comp_size;
      if (total_ > kMaxUnpackedBytes || is_tight) {
        return refuse_size(name);
      }
    }
  }

  // What the directory itself says is believed when it is too much: then nothing is unpacked at all.
  bool says_too_much(const zip_stat_t& status) const {
    constexpr zip_uint64_t kWanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    return (status.valid & kWanted) == kWanted &&
           (status.size > kMaxUnpackedBytes - total_ ||
            (status.size > ratio_floor(status.name) && status.size / kMaxRatio > status.comp_size));
  }

  bool refuse_size(const std::string& name) {
    error("zip-bomb", name,
          fmt::format("解压后过大（上限 {} MiB，压缩比上限 {}）", kMaxUnpackedBytes >> 20, kMaxRatio),
          kSaveAgain);
    return false;
  }

  // The bytes as they stand in the container, when they are deflated or stored; else nothing stands in `bytes`.
  static Packed read_packed(zip_t* archive, zip_uint64_t index, const zip_stat_t& status) {
    constexpr zip_uint64_t kWanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC;
    const bool known = (status.valid & kWanted) == kWanted && status.comp_size <= kMaxPackedBytes &&
                       (status.comp_method == ZIP_CM_DEFLATE || status.comp_method == ZIP_CM_STORE);
    if (!known) return {};
    Packed packed{std::string(status.comp_size, '\0'), status.crc, status.size,
                  status.comp_method == ZIP_CM_DEFLATE};
    FileHandle file(zip_fopen_index(archive, index, ZIP_FL_COMPRESSED));
    const zip_int64_t count = file ? zip_fread(file.get(), packed.bytes.data(), packed.bytes.size()) : -1;
    return count == static_cast<zip_int64_t>(packed.bytes.size()) ? packed : Packed();
  }

  // What keeps the promises of the directory is unpacked at one go, three times as fast. All else is for unpack(),
  // which counts what comes out and says what is wrong.
  std::optional<std::string> unpack_whole(const std::string& name, const Packed& packed) const {
    if (packed.bytes.empty() || packed.size > kMaxUnpackedBytes - total_) return std::nullopt;
    if (packed.size > ratio_floor(name) && packed.size / kMaxRatio > packed.bytes.size()) return std::nullopt;
    return package::unpack(packed);
  }

  std::string_view file_;
  Diagnostics& findings_;
  std::set<std::string> seen_;
  size_t total_ = 0;
};

}  // namespace

const std::string* Archive::find(std::string_view name) const {
  auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? nullptr : &contents_[static_cast<size_t>(found - names_.begin())];
}

const std::string& Archive::read(std::string_view name) const {
  const std::string* content = find(name);
  if (content == nullptr) throw Failure(fmt::format("压缩包内没有 {}", name));
  return *content;
}

const Packed& Archive::packed(std::string_view name) const {
  const std::string& content = read(name);
  return packed_[static_cast<size_t>(&content - contents_.data())];
}

std::optional<Archive> open_archive(std::string_view bytes, std::string_view file, Diagnostics& findings) {
  Diagnostics found;
  Unpacker unpacker(file, found);
  Archive result;
  if (bytes.size() > kMaxPackedBytes) {
    unpacker.error("zip-too-large", {}, fmt::format("文件过大，上限为 {} MiB", kMaxPackedBytes >> 20));
  } else if (ArchiveHandle archive = unpacker.open(bytes)) {
    zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > static_cast<zip_int64_t>(kMaxEntries)) {
      unpacker.error("zip-too-many-entries", {}, fmt::format("压缩包内文件过多，上限为 {} 个", kMaxEntries));
      count = 0;
    }
    for (zip_int64_t i = 0; i < count; ++i) {
      if (!unpacker.read(archive.get(), static_cast<zip_uint64_t>(i), result.names_, result.contents_,
                         result.packed_))
        break;
    }
  }
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  return result;
}

}  // namespace wenshu::package
