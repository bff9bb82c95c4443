// What all who write files share.
#pragma once

#include <filesystem>
#include <string_view>

namespace wenshu {

// Failure: 无法写入 PATH（原因）. `error` is an errno.
[[noreturn]] void throw_unwritable(const std::filesystem::path& path, int error);

// 0 or the errno of what went wrong. Goes on after signals and short writes.
int write_all(int fd, std::string_view bytes);

}  // namespace wenshu
