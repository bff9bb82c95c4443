#include "docx/insertions.h"

#include "base/text.h"
#include "xml/source.h"

namespace wenshu::docx {
namespace {

// How many bytes of text the reference "&…;" stands for.
size_t length_of(std::string_view reference) {
  if (reference.substr(0, 2) != "&#") return 1;  // the five names
  const bool hex = reference.substr(2, 1) == "x";
  const std::string digits(reference.substr(hex ? 3 : 2));
  return to_utf8(static_cast<char32_t>(std::stoul(digits, nullptr, hex ? 16 : 10))).size();
}

}  // namespace

Insertions::Insertions(std::string_view bytes)
    : bytes_(bytes), mark_(bytes.size() - xml::without_mark(bytes).size()) {}

size_t Insertions::begin_of(const pugi::xml_node& element) const {
  return mark_ + static_cast<size_t>(element.offset_debug()) - 1;
}

size_t Insertions::tag_end(size_t begin) const {
  const auto behind = [&](std::string_view end) { return bytes_.find(end, begin) + end.size(); };
  if (bytes_.substr(begin, 4) == "<!--") return behind("-->");
  if (bytes_.substr(begin, 9) == "<![CDATA[") return behind("]]>");
  if (bytes_.substr(begin, 2) == "<?") return behind("?>");
  char quote = 0;
  for (size_t i = begin;; ++i) {
    const char c = bytes_[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
}

bool Insertions::is_short(const pugi::xml_node& element) const {
  return bytes_[tag_end(begin_of(element)) - 2] == '/';
}

size_t Insertions::end_of(const pugi::xml_node& element) const {
  size_t at = begin_of(element);
  int depth = 0;
  do {
    const size_t end = tag_end(at);
    if (bytes_[at + 1] == '/') {
      --depth;
    } else if (bytes_[at + 1] != '!' && bytes_[at + 1] != '?' && bytes_[end - 2] != '/') {
      ++depth;
    }
    at = depth > 0 ? bytes_.find('<', end) : end;
  } while (depth > 0);
  return at;
}

std::string_view Insertions::raw(const pugi::xml_node& element) const {
  if (!element) return {};
  return bytes_.substr(begin_of(element), end_of(element) - begin_of(element));
}

void Insertions::before(const pugi::xml_node& element, const std::string& text) {
  texts_[begin_of(element)] += text;
}

void Insertions::after(const pugi::xml_node& element, const std::string& text) {
  texts_[end_of(element)] += text;
}

void Insertions::at_beginning(const pugi::xml_node& element, const std::string& text) {
  const size_t end = tag_end(begin_of(element));
  if (is_short(element))
    opened_[end - 2].insert(0, text);
  else
    texts_[end] += text;
}

void Insertions::at_end(const pugi::xml_node& element, const std::string& text) {
  if (is_short(element))
    opened_[tag_end(begin_of(element)) - 2] += text;
  else
    texts_[bytes_.rfind('<', end_of(element) - 1)] += text;
}

bool Insertions::inside(const pugi::xml_node& element, size_t offset, const std::string& text) {
  size_t at = tag_end(begin_of(element));
  const size_t end = bytes_.find('<', at);
  if (bytes_.substr(end, 2) != "</") return false;
  while (offset > 0 && at < end) {
    const bool reference = bytes_[at] == '&';
    const size_t behind = reference ? bytes_.find(';', at) + 1 : at + 1;
    const bool line_end = bytes_.substr(at, 2) == "\r\n";
    const size_t length = reference ? length_of(bytes_.substr(at, behind - at)) : 1;
    if (length > offset) return false;
    offset -= length;
    at = behind + (line_end ? 1 : 0);
  }
  texts_[at] += text;
  return true;
}

void Insertions::add_attribute(const pugi::xml_node& element, const std::string& attribute) {
  std::string& text = texts_[begin_of(element) + 1 + std::string_view(element.name()).size()];
  if (text.find(attribute) == std::string::npos) text += " " + attribute;
}

std::string Insertions::apply() const {
  std::string made;
  size_t from = 0;
  auto text = texts_.begin();
  auto opened = opened_.begin();
  while (text != texts_.end() || opened != opened_.end()) {
    if (opened == opened_.end() || (text != texts_.end() && text->first <= opened->first)) {
      made += bytes_.substr(from, text->first - from);
      made += text->second;
      from = text->first;
      ++text;
      continue;
    }
    made += bytes_.substr(from, opened->first - from);
    const size_t begin = bytes_.rfind('<', opened->first);
    const size_t name_end = bytes_.find_first_of(" \t\r\n/>", begin);
    made += ">" + opened->second + "</" + std::string(bytes_.substr(begin + 1, name_end - begin - 1)) + ">";
    from = opened->first + 2;
    ++opened;
  }
  made += bytes_.substr(from);
  return made;
}

}  // namespace wenshu::docx
