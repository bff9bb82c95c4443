#include "docx/cell_xml.h"

#include <fmt/format.h>

#include <charconv>

namespace wenshu::docx {
namespace {

constexpr std::string_view kOpen = "<w:tcPr>", kClose = "</w:tcPr>";

// From the end of the cell's own start tag to behind its w:tcPr; empty when it has none.
std::string_view properties_of(std::string_view cell) {
  const size_t begin = cell.find('>') + 1;
  if (cell.substr(begin, kOpen.size()) != kOpen) return cell.substr(begin, 0);
  const size_t end = cell.find(kClose, begin);
  return cell.substr(begin, end + kClose.size() - begin);
}

std::string_view element_of(std::string_view xml, std::string_view name) {
  const std::string open = fmt::format("<{}", name);
  for (size_t at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
    const char next = at + open.size() < xml.size() ? xml[at + open.size()] : '\0';
    if (next != ' ' && next != '/' && next != '>') continue;
    const size_t end = xml.find('>', at) + 1;
    if (xml[end - 2] == '/') return xml.substr(at, end - at);
    const std::string close = fmt::format("</{}>", name);
    return xml.substr(at, xml.find(close, at) + close.size() - at);
  }
  return {};
}

std::string_view attribute_of(std::string_view element, std::string_view name) {
  const std::string open = fmt::format(" {}=\"", name);
  const size_t at = element.find(open);
  if (at == element.npos) return {};
  const size_t begin = at + open.size();
  return element.substr(begin, element.find('"', begin) - begin);
}

long long number_of(std::string_view text, long long otherwise) {
  long long number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void remove(std::string& xml, std::string_view name) {
  const std::string_view element = element_of(xml, name);
  if (!element.empty()) xml.erase(static_cast<size_t>(element.data() - xml.data()), element.size());
}

}  // namespace

CellShape shape_of(std::string_view cell) {
  const std::string_view properties = properties_of(cell);
  const std::string_view width = element_of(properties, "w:tcW");
  const std::string_view span = element_of(properties, "w:gridSpan");
  return {number_of(attribute_of(width, "w:w"), 0), std::string(attribute_of(width, "w:type")),
          static_cast<size_t>(number_of(attribute_of(span, "w:val"), 1))};
}

std::string reshaped(std::string_view cell, const CellShape& shape, Merge merge) {
  const std::string_view old = properties_of(cell);
  std::string inside(old.empty() ? old : old.substr(kOpen.size(), old.size() - kOpen.size() - kClose.size()));
  for (const char* name : {"w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge"}) remove(inside, name);
  std::string ours;
  if (!shape.width_type.empty())
    ours += fmt::format(R"(<w:tcW w:w="{}" w:type="{}"/>)", shape.width, shape.width_type);
  if (shape.span > 1) ours += fmt::format(R"(<w:gridSpan w:val="{}"/>)", shape.span);
  if (merge != Merge::none) ours += merge == Merge::begins ? R"(<w:vMerge w:val="restart"/>)" : "<w:vMerge/>";
  inside.insert(element_of(inside, "w:cnfStyle").size(), ours);  // CT_TcPr is a sequence
  const size_t begin = static_cast<size_t>(old.data() - cell.data());
  std::string made(cell.substr(0, begin));
  made += kOpen;
  made += inside;
  made += kClose;
  const std::string_view content = cell.substr(begin + old.size());
  if (merge != Merge::goes_on) return made += content;
  const size_t paragraph = content.find("<w:p");
  const std::string_view properties =
      paragraph == content.npos ? std::string_view() : content.substr(content.find('>', paragraph) + 1);
  made += "<w:p>";
  if (properties.starts_with("<w:pPr>")) made += properties.substr(0, properties.find("</w:pPr>") + 8);
  return made += "</w:p></w:tc>";
}

std::string text_of(std::string_view xml) {
  std::string text;
  for (size_t at = xml.find("<w:t"); at != xml.npos; at = xml.find("<w:t", at + 1)) {
    const char next = at + 4 < xml.size() ? xml[at + 4] : '\0';
    const size_t begin = xml.find('>', at) + 1;
    if ((next != '>' && next != ' ') || begin == 0 || xml[begin - 2] == '/') continue;
    text += xml.substr(begin, xml.find('<', begin) - begin);
  }
  return text;
}

}  // namespace wenshu::docx
