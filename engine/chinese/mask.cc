#include "chinese/mask.h"

#include <algorithm>

#include "base/text.h"

namespace wenshu::chinese {
namespace {

bool is_figures(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// `left` and `right` stay.
std::string hide(std::string_view text, size_t left, size_t right) {
  return std::string(text.substr(0, left)) + std::string(text.size() - left - right, '*') +
         std::string(text.substr(text.size() - right));
}

}  // namespace

std::optional<std::string> mask_identity(std::string_view number) {
  number = trim(number);
  const bool is_new = number.size() == 18 && is_figures(number.substr(0, 17)) &&
                      (is_figures(number.substr(17)) || number[17] == 'X' || number[17] == 'x');
  const bool is_old = number.size() == 15 && is_figures(number);
  if (is_new) return hide(number, 6, 4);
  if (is_old) return hide(number, 6, 3);
  return std::nullopt;
}

std::optional<std::string> mask_telephone(std::string_view number) {
  constexpr size_t kMobile = 11, kShown = 4;
  number = trim(number);
  if (number.size() == kMobile && is_figures(number) && number[0] == '1') return hide(number, 3, kShown);
  const size_t dash = number.find('-');
  const std::string_view area = dash == std::string_view::npos ? "" : number.substr(0, dash);
  const std::string_view local = dash == std::string_view::npos ? number : number.substr(dash + 1);
  const bool has_area =
      dash == std::string_view::npos || (is_figures(area) && area.size() >= 3 && area.size() <= 4);
  if (!has_area || !is_figures(local) || local.size() < 7 || local.size() > 8) return std::nullopt;
  return std::string(number.substr(0, number.size() - local.size())) + hide(local, 0, kShown);
}

std::string mask_name(std::string_view name) {
  std::u32string characters = to_characters(trim(name));
  const size_t last = characters.size() > 2 ? characters.size() - 1 : characters.size();
  for (size_t i = 1; i < last; ++i) characters[i] = U'*';
  return to_utf8(characters);
}

}  // namespace wenshu::chinese
