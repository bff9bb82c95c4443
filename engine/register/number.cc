#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "register/number_template.h"
#include "register/register.h"

namespace wenshu::registers {
namespace {

bool is_covered(CheckSystem system, char c) {
  bool digit = c >= '0' && c <= '9';
  return digit || (system == CheckSystem::mod_37_36 && c >= 'A' && c <= 'Z');
}

// What the check is computed over: fixed signs such as 〔 or - do not count.
std::string covered_part(CheckSystem system, std::string_view number) {
  std::string covered;
  std::copy_if(number.begin(), number.end(), std::back_inserter(covered),
               [&](char c) { return is_covered(system, c); });
  return covered;
}

bool check_parameter(const Series& series, const std::string& name, const std::string& value,
                     const Place& where, Diagnostics& findings) {
  if (value.empty()) {
    findings.error("missing-parameter", where, fmt::format("编号序列 {} 需要 {}", series.name, name));
    return false;
  }
  bool covered = !series.check || std::all_of(value.begin(), value.end(),
                                              [&](char c) { return is_covered(*series.check, c); });
  if (!covered) {
    findings.error("bad-parameter", where, fmt::format("编号中的 {} “{}” 无法校验", name, value),
                   *series.check == CheckSystem::mod_37_36 ? "只用 0-9 和 A-Z" : "只用 0-9");
  }
  return covered;
}

}  // namespace

std::vector<std::string> parameter_names(const Series& series) {
  std::vector<std::string> names = series.per;
  for (const Piece& piece : split_template(series.number).value_or(std::vector<Piece>())) {
    bool known = std::find(names.begin(), names.end(), piece.text) != names.end();
    if (piece.token && piece.text == "year" && !known) names.push_back("year");
  }
  return names;
}

std::optional<std::string> format_number(const Series& series, const Parameters& parameters, long long serial,
                                         const Place& where, Diagnostics& findings) {
  bool good = true;
  for (const std::string& name : parameter_names(series)) {
    auto found = parameters.find(name);
    good = check_parameter(series, name, found == parameters.end() ? "" : found->second, where, findings) &&
           good;
  }
  std::string digits = fmt::format("{:0{}}", serial, series.width);
  if (series.width > 0 && digits.size() > static_cast<size_t>(series.width)) {
    findings.error("serial-too-long", where,
                   fmt::format("编号序列 {} 的流水号 {} 超过 {} 位", series.name, serial, series.width),
                   "请加大台账中的 width");
    good = false;
  }
  if (!good) return std::nullopt;

  std::string number;
  for (const Piece& piece : split_template(series.number).value_or(std::vector<Piece>())) {
    if (!piece.token) {
      number += piece.text;
    } else if (piece.text == "serial") {
      number += digits;
    } else if (piece.text == "check") {  // the last piece
      number += *check_character(*series.check, covered_part(*series.check, number));
    } else {
      number += parameters.at(piece.text);
    }
  }
  if (!is_file_name(number)) {
    findings.error("unsafe-number", where, fmt::format("编号 \"{}\" 不能用作文件名", number),
                   "去掉斜线、控制字符和开头的点");
    return std::nullopt;
  }
  return number;
}

bool has_valid_check(const Series& series, std::string_view number) {
  if (!series.check) return true;
  if (number.empty()) return false;
  std::string covered = covered_part(*series.check, number.substr(0, number.size() - 1));
  return has_valid_check(*series.check, covered + number.back());
}

std::string scope_key(const Series& series, const Parameters& parameters) {
  std::vector<std::string> parts;
  for (const std::string& name : series.per) parts.push_back(name + "=" + parameters.at(name));
  return join(parts, ",");
}

}  // namespace wenshu::registers
