// The tables as numbered SQL text. Number n of the list brings user_version from n-1 to n; a number that was
// shipped is never edited, only followed.
#pragma once

#include <string_view>
#include <vector>

namespace wenshu::store::sqlite {

// "WENS" in ASCII, in the file's header: tells our files from other people's SQLite databases.
inline constexpr int kApplicationId = 0x57454E53;

const std::vector<std::string_view>& migrations();

}  // namespace wenshu::store::sqlite
