// The failure of all who write files.
#pragma once

#include <filesystem>

namespace wenshu {

// Failure: 无法写入 PATH（原因）. `error` is an errno.
[[noreturn]] void throw_unwritable(const std::filesystem::path& path, int error);

}  // namespace wenshu
