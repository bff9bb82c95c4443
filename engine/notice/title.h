// The lines of a title: broken where the sense allows, about equally long (GB/T 9704 7.3.1).
#pragma once

#include <string>

namespace wenshu::notice {

constexpr size_t kTitleCharacters = 20;  // 156 mm hold 20 characters of 22 pt

// With breaks of its own, or when it fits one line, the title stays as it is. Otherwise '\n' goes where line
// lengths are even and no word is cut that the function knows of: before 关于 and 《, after 印发, 转发, 》
// and 、; not before 的 or 通知.
std::string balance_title(const std::string& title);

}  // namespace wenshu::notice
