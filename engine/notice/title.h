// The lines of a title: whole in sense, symmetric, as a trapezoid or a rhombus (GB/T 9704-2012 7.3.1).
#pragma once

#include <string>
#include <vector>

namespace wenshu::notice {

constexpr size_t kTitleCharacters = 20;  // 156 mm hold 20 characters of 22 pt

// In characters; digits and letters as wide as bold serif faces have them.
double title_width(const std::string& text);

// With breaks of its own, or when it fits one line, the title stays as it is. Otherwise '\n' goes between words,
// rather before 关于 and after 印发 and 、, hardly inside 《 》, and before 的 和 及, inside a date or inside one of the
// `names` (of organs) only where nothing else is left; lines get longer up to one and shorter after it. A title of more than 400
// characters, or with a word that no line can hold, stays as it is, too.
std::string balance_title(const std::string& title, const std::vector<std::string>& names = {});

}  // namespace wenshu::notice
