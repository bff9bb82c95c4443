// Where the words of Chinese text begin.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace wenshu::chinese {

// Indexes of the characters that begin a word by the dictionary of ICU; ascending, 0 left out. Words of offices
// that it cuts (印发, 幼儿园, 中小学, names in 县 局 厅) are whole. For titles: the time grows with the text, which
// is kept in memory twice.
std::vector<size_t> find_words(std::u32string_view text);

}  // namespace wenshu::chinese
