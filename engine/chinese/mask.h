// Numbers of people with their middle hidden, as public lists show them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu::chinese {

// 110101199001011230 gives 110101********1230: the day of birth is hidden. 18 or 15 figures, the last may be X
// (GB 11643). Nothing for anything else.
std::optional<std::string> mask_identity(std::string_view number);

// 13800138000 gives 138****8000, 010-62345678 gives 010-****5678. Nothing for what is no telephone number.
std::optional<std::string> mask_telephone(std::string_view number);

// 王芳 gives 王*, 欧阳小明 gives 欧**明: the first and, of three characters or more, the last are left.
std::string mask_name(std::string_view name);

}  // namespace wenshu::chinese
