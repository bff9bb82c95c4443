#include "docx/read_number.h"

#include <algorithm>

#include "base/text.h"
#include "chinese/numeral.h"

namespace wenshu::docx {
namespace {

constexpr int kMostCount = 1'000'000;  // no list of ours goes so far

std::string figure(int n, std::string_view format) {
  if (n < 0 || n > kMostCount) return "";
  if (format == "chineseCounting" || format == "chineseCountingThousand" || format == "japaneseCounting" ||
      format == "taiwaneseCountingThousand" || format == "taiwaneseCounting")
    return chinese::to_numeral(n);
  if (format == "ideographDigital" || format == "japaneseDigitalTenThousand")
    return chinese::to_digit_numeral(n);
  if (format.substr(0, 21) == "decimalEnclosedCircle" && n >= 1 && n <= 20)
    return to_utf8(static_cast<char32_t>(U'①' + n - 1));
  if ((format == "lowerLetter" || format == "upperLetter") && n >= 1)
    return std::string(1, static_cast<char>((format == "lowerLetter" ? 'a' : 'A') + (n - 1) % 26));
  return std::to_string(n);
}

std::string value_of(const pugi::xml_node& element) { return element.attribute("w:val").value(); }

}  // namespace

Numbering::Numbering(const pugi::xml_node& numbering) {
  for (const pugi::xml_node& each : numbering.children("w:abstractNum"))
    abstracts_.emplace(each.attribute("w:abstractNumId").value(), each);
  for (const pugi::xml_node& each : numbering.children("w:num"))
    numbers_.emplace(each.attribute("w:numId").value(), each);
}

pugi::xml_node Numbering::level_of(const std::string& id, int level) const {
  const auto number = numbers_.find(id);
  if (number == numbers_.end() || level < 0 || level >= kLevels) return {};
  const std::string wanted = std::to_string(level);
  const auto override = number->second.find_child_by_attribute("w:lvlOverride", "w:ilvl", wanted.c_str());
  if (const auto own = override.child("w:lvl")) return own;
  const auto abstract = abstracts_.find(value_of(number->second.child("w:abstractNumId")));
  return abstract == abstracts_.end()
             ? pugi::xml_node()
             : abstract->second.find_child_by_attribute("w:lvl", "w:ilvl", wanted.c_str());
}

pugi::xml_node Numbering::properties_of(const std::string& id, int level) const {
  return level_of(id, level).child("w:pPr");
}

std::string Numbering::next(const std::string& id, int level) {
  const pugi::xml_node here = level_of(id, level);
  if (!here) return "";
  std::vector<int>& counts = counts_[value_of(numbers_[id].child("w:abstractNumId"))];
  const auto start_of = [&](int i) { return level_of(id, i).child("w:start").attribute("w:val").as_int(1); };
  for (int i = static_cast<int>(counts.size()); i < kLevels; ++i) counts.push_back(start_of(i) - 1);
  if (counts[level] < kMostCount) ++counts[level];
  for (int i = level + 1; i < kLevels; ++i) counts[i] = start_of(i) - 1;
  if (value_of(here.child("w:numFmt")) == "bullet" || value_of(here.child("w:numFmt")) == "none") return "";
  std::string label;
  const std::string pattern = value_of(here.child("w:lvlText"));
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool place =
        pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
    if (!place) {
      label += pattern[i];
      continue;
    }
    const int which = pattern[++i] - '1';
    label += figure(counts[which], value_of(level_of(id, which).child("w:numFmt")));
  }
  return label;
}

}  // namespace wenshu::docx
