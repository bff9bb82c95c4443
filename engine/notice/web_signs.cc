// What only a page of the web has: furniture around the text, and tags within.
#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "base/text.h"
#include "notice/line_signs.h"
#include "notice/normalise_line.h"

namespace wenshu::notice {

bool is_web_furniture(std::u32string_view line) {
  static const std::regex kTime(R"(\s*(19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d\d:\d\d\s*)");
  if (line.empty() || line.size() > 100 || line.find(U'。') != line.npos) return false;
  std::u32string plain(line);
  for (char32_t& c : plain)
    if (is_space(c)) c = U' ';
  const std::string text = to_utf8(plain);
  const std::string_view words = trim(text);
  const bool may_be_time = words.starts_with("19") || words.starts_with("20");  // the pattern is slow
  if (may_be_time && std::regex_match(text, kTime)) return true;
  for (const std::string_view label : {"Tags:", "Tag:", "Tags：", "Tag："})
    if (words.substr(0, label.size()) == label) return true;
  for (const std::string_view home : {"首页", "网站首页", "当前位置", "您的位置", "您现在的位置"})
    if (words.substr(0, home.size()) == home && split(text, " > ").size() > 1) return true;
  return false;  // 教育云 > 教师中心 > 报名 says where to click
}

bool is_web_tag(std::u32string_view line, size_t i) {
  static const std::set<std::u32string> kNames = {
      U"a",   U"b",     U"br",    U"center", U"div",     U"em",    U"font",   U"h1",    U"h2",
      U"h3",  U"h4",    U"h5",    U"h6",     U"hr",      U"i",     U"img",    U"li",    U"o:p",
      U"ol",  U"p",     U"pre",   U"script", U"section", U"span",  U"strong", U"style", U"sub",
      U"sup", U"table", U"tbody", U"td",     U"th",      U"thead", U"tr",     U"u",     U"ul"};
  const auto at = [&](size_t k) { return k < line.size() ? line[k] : U'\0'; };
  size_t begin = i + (at(i + 1) == U'/' ? 2 : 1), end = begin;
  while (is_word_of(at(end)) || at(end) == U':') ++end;
  std::u32string name(line.substr(begin, end - begin));
  if (name.size() > 1)  // of one letter only as pages write them now
    for (char32_t& c : name) c = c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
  return kNames.contains(name) && (at(end) == U'>' || at(end) == U'/' || at(end) == U' ');
}

}  // namespace wenshu::notice
