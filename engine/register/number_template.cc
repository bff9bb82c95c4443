#include "register/number_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "data/schema.h"

namespace wenshu::registers {
namespace {

using data::Value;

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> token_names(const std::vector<Piece>& pieces) {
  std::vector<std::string> names;
  for (const Piece& piece : pieces) {
    if (piece.token) names.push_back(piece.text);
  }
  return names;
}

void check_tokens(const Series& series, const Value& number, const std::vector<std::string>& tokens,
                  Diagnostics& findings) {
  std::vector<std::string> known = series.per;
  known.insert(known.end(), {"serial", "year", "check"});
  std::set<std::string> seen;
  for (const std::string& token : tokens) {
    if (!has(known, token)) {
      Value place(token);
      place.set_place(number.place());
      data::report_unknown(place, "unknown-token", "编号标签", known, findings);
    } else if (!seen.insert(token).second) {
      findings.error("duplicate-token", number.place(), fmt::format("编号中 {{{{{}}}}} 写了两次", token));
    }
  }
  if (!has(tokens, "serial")) {
    findings.error("missing-token", number.place(), "编号中没有流水号", "请加入 {{serial}}");
  }
}

void check_scope(const Value& source, const std::vector<std::string>& tokens, Diagnostics& findings) {
  std::set<std::string> seen;
  for (const Value& name : source["per"].items()) {
    if (name.text() == "serial" || name.text() == "check") {
      findings.error("bad-scope", name.place(), fmt::format("per 里不能写 {}", name.text()));
    } else if (!seen.insert(name.text()).second) {
      findings.error("duplicate-item", name.place(), fmt::format("“{}” 写了两次", name.text()));
    } else if (!has(tokens, name.text())) {
      // Otherwise the serial would begin again and give a number that is out already.
      findings.error("missing-token", name.place(),
                     fmt::format("编号按 {} 重新起号，但编号中没有它", name.text()),
                     fmt::format("请在 number 中加入 {{{{{}}}}}", name.text()));
    }
  }
}

void check_check(const Series& series, const Value& source, const std::vector<Piece>& pieces,
                 Diagnostics& findings) {
  bool written = has(token_names(pieces), "check");
  const Place& place = source["number"].place();
  if (written && !series.check) {
    findings.error("missing-field", place, "编号中有 {{check}}，但没有写校验方法", "请加入 check: mod-37-36");
  }
  if (!written && series.check) {
    findings.error("missing-token", place, "写了校验方法，但编号中没有校验符",
                   "请在 number 末尾加入 {{check}}");
  }
  bool last = !pieces.empty() && pieces.back().token && pieces.back().text == "check";
  if (written && !last) findings.error("check-not-last", place, "校验符 {{check}} 应在编号末尾");
}

// A number becomes the name of a file.
void check_fixed_text(const std::vector<Piece>& pieces, const Place& place, Diagnostics& findings) {
  std::string fixed;
  for (const Piece& piece : pieces) fixed += piece.token ? "0" : piece.text;
  if (!is_file_name(fixed))
    findings.error("unsafe-number", place, "编号要用作文件名，不能含有斜线、控制字符，也不能以点开头");
}

}  // namespace

bool is_file_name(std::string_view number) {
  const bool harmless = std::none_of(number.begin(), number.end(), [](char c) {
    return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  return harmless && !number.empty() && number.front() != '.';
}

std::optional<std::vector<Piece>> split_template(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    size_t open = text.find("{{");
    std::string_view fixed = text.substr(0, open);
    if (fixed.find_first_of("{}") != fixed.npos) return std::nullopt;
    if (!fixed.empty()) pieces.push_back({false, std::string(fixed)});
    if (open == text.npos) break;
    size_t close = text.find("}}", open);
    if (close == text.npos) return std::nullopt;
    std::string_view name = trim(text.substr(open + 2, close - open - 2));
    if (name.empty() || name.find_first_of("{}") != name.npos) return std::nullopt;
    pieces.push_back({true, std::string(name)});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

void check_number_template(const Series& series, const Value& source, Diagnostics& findings) {
  const Value& number = source["number"];
  std::optional<std::vector<Piece>> pieces = split_template(series.number);
  if (!pieces) {
    findings.error("unclosed-token", number.place(), "编号中的花括号不成对", "标签写作 {{year}}");
    return;
  }
  std::vector<std::string> tokens = token_names(*pieces);
  check_tokens(series, number, tokens, findings);
  check_scope(source, tokens, findings);
  check_check(series, source, *pieces, findings);
  check_fixed_text(*pieces, number.place(), findings);
}

}  // namespace wenshu::registers
