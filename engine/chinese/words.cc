#include "chinese/words.h"

#include <unicode/ubrk.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/error.h"

namespace wenshu::chinese {
namespace {

// Whole where ICU 72 cuts: 印|发, 幼儿|园, 中|小学, 校园|长, 高|质量.
constexpr std::u32string_view kWhole[] = {
    U"印发",   U"转发",   U"批转",     U"中小学",   U"幼儿园",   U"校园长",   U"班主任",
    U"教职工", U"高质量", U"师德师风", U"全县",     U"全市",     U"全省",     U"全国",
    U"全区",   U"全镇",   U"进修学校", U"中小学校", U"专任教师", U"继续教育", U"立德树人"};
// They end a name or a word whose beginning ICU takes for a word of its own: 教育|局, 清河|县, 中心|校, 2020|年.
constexpr std::u32string_view kEndings =
    U"省市县区乡镇村局厅委部院校所会办处科室组站队员长者性化率度年月日期届级类项型版";

// ICU counts in UTF-16: the code points of `text` that begin at each of its units.
std::u16string to_utf16(std::u32string_view text, std::vector<size_t>& indexes) {
  std::u16string units;
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    indexes.push_back(i);
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
      continue;
    }
    indexes.push_back(i);
    units += static_cast<char16_t>(0xD7C0 + (c >> 10));
    units += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
  }
  return units;
}

std::vector<bool> cut(std::u32string_view text) {
  std::vector<size_t> indexes;
  const std::u16string units = to_utf16(text, indexes);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> iterator(
      ubrk_open(UBRK_WORD, "zh", units.data(), static_cast<int32_t>(units.size()), &error), &ubrk_close);
  if (U_FAILURE(error)) throw Failure(std::string("无法按词断行（ICU：") + u_errorName(error) + "）");
  std::vector<bool> begins(text.size() + 1, false);
  for (int32_t at = ubrk_first(iterator.get()); at != UBRK_DONE; at = ubrk_next(iterator.get()))
    begins[static_cast<size_t>(at) < indexes.size() ? indexes[static_cast<size_t>(at)] : text.size()] = true;
  return begins;
}

}  // namespace

std::vector<size_t> find_words(std::u32string_view text) {
  if (text.empty()) return {};
  std::vector<bool> begins = cut(text);
  for (const std::u32string_view whole : kWhole)
    for (size_t at = text.find(whole); at != text.npos; at = text.find(whole, at + 1)) {
      std::fill_n(begins.begin() + static_cast<std::ptrdiff_t>(at) + 1, whole.size() - 1, false);
      begins[at + whole.size()] = true;
    }
  std::vector<size_t> words;
  for (size_t i = 1; i < text.size(); ++i) {
    const bool ending = begins[i + 1] && kEndings.find(text[i]) != kEndings.npos;
    if (begins[i] && !ending) words.push_back(i);
  }
  return words;
}

}  // namespace wenshu::chinese
