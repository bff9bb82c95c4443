#include "register/check_character.h"

#include <string>

namespace wenshu::registers {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// ISO/IEC 7064 pure system, radix 2 modulus 11: the weighted sum with the check is 1 mod 11.
std::optional<char> check_11_2(std::string_view text) {
  int product = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    product = (product + (c - '0')) * 2 % 11;
  }
  int check = (12 - product) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

// ISO/IEC 7064 hybrid system, moduli 37 and 36.
std::optional<char> check_37_36(std::string_view text) {
  constexpr int kSize = 36;
  int product = kSize;
  for (char c : text) {
    size_t value = kAlphanumeric.find(c);
    if (value == kAlphanumeric.npos) return std::nullopt;
    int sum = (product + static_cast<int>(value)) % kSize;
    product = (sum == 0 ? kSize : sum) * 2 % (kSize + 1);
  }
  return kAlphanumeric[static_cast<size_t>((kSize + 1 - product) % kSize)];
}

}  // namespace

std::optional<CheckSystem> parse_check_system(std::string_view name) {
  if (name == "mod-11-2") return CheckSystem::mod_11_2;
  if (name == "mod-37-36") return CheckSystem::mod_37_36;
  return std::nullopt;
}

std::string_view to_text(CheckSystem system) {
  return system == CheckSystem::mod_11_2 ? "mod-11-2" : "mod-37-36";
}

std::optional<char> check_character(CheckSystem system, std::string_view text) {
  if (text.empty()) return std::nullopt;
  return system == CheckSystem::mod_11_2 ? check_11_2(text) : check_37_36(text);
}

bool has_valid_check(CheckSystem system, std::string_view text_with_check) {
  if (text_with_check.empty()) return false;
  std::optional<char> check = check_character(system, text_with_check.substr(0, text_with_check.size() - 1));
  return check && *check == text_with_check.back();
}

}  // namespace wenshu::registers
