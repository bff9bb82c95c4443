#include "base/text.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace wenshu {
namespace {

TEST(Text, FindsTheFirstMalformedByte) {
  EXPECT_EQ(find_malformed_utf8("中文 𬳽"), std::nullopt);
  EXPECT_EQ(find_malformed_utf8("a\x80"), 1u);
  EXPECT_EQ(find_malformed_utf8("\xC0\xAF"), 0u);          // overlong "/"
  EXPECT_EQ(find_malformed_utf8("\xE0\x80\xAF"), 0u);      // overlong
  EXPECT_EQ(find_malformed_utf8("\xED\xA0\x80"), 0u);      // surrogate
  EXPECT_EQ(find_malformed_utf8("\xF4\x90\x80\x80"), 0u);  // above U+10FFFF
  EXPECT_EQ(find_malformed_utf8("ok\xE4\xB8"), 2u);        // cut off
}

TEST(Text, FindsForbiddenCharactersButLetsLineEndsAndTabsBe) {
  EXPECT_EQ(find_forbidden_character("甲\t\r\n乙"), std::nullopt);
  EXPECT_EQ(find_forbidden_character("甲\x01"), 3u);
  EXPECT_EQ(find_forbidden_character("a\x7F"), 1u);
  EXPECT_EQ(find_forbidden_character("a\uFFFE"), 1u);
  EXPECT_EQ(find_forbidden_character(std::string_view("a\0b", 3)), 1u);
}

// The scan takes eight bytes at once where it can: no place in a text may hide a fault.
TEST(Text, FindsAFaultAtEveryPlace) {
  for (const std::string fault :
       {"\x01", "\x1F", "\x7F", "\xEF\xBF\xBE", "\x80", "\xFF", "\xC3", "\xE4\xB8"}) {
    const bool malformed = static_cast<unsigned char>(fault.back()) >= 0x80 && fault != "\xEF\xBF\xBE";
    for (size_t at = 0; at < 20; ++at) {
      const std::string text = std::string(at, at % 3 == 0 ? '~' : ' ') + fault + std::string(20, 'a');
      if (malformed)
        EXPECT_EQ(find_malformed_utf8(text), at);
      else
        EXPECT_EQ(find_forbidden_character(text), at);
    }
  }
  const std::string fine = " \t\r\n~abcdefgh\xC2\x80中文𠮷 12345678~~~~~~~~";
  EXPECT_FALSE(find_malformed_utf8(fine));
  EXPECT_FALSE(find_forbidden_character(fine));
}

TEST(Text, GoesToCharactersAndBack) {
  std::string text = "aé中𬳽";
  EXPECT_EQ(to_characters(text), U"aé中𬳽");
  EXPECT_EQ(to_utf8(to_characters(text)), text);
  EXPECT_EQ(count_characters(text), 4u);
  EXPECT_EQ(code_point_name(U'𬳽'), "U+2CCFD");
  EXPECT_EQ(code_point_name(U'a'), "U+0061");
}

TEST(Text, CountsCharactersAtAnyPlaceOfTheEightBytesItReads) {
  const std::string kinds[] = {"a", "é", "通", "，", "𬱖"};
  std::string text;
  for (size_t count = 0; count < 60; ++count) {
    EXPECT_EQ(count_characters(text), count) << text;
    EXPECT_EQ(to_utf8(to_characters(text)), text);
    text += kinds[count * 7 % 5];
  }
}

TEST(Text, TrimsIdeographicSpaces) {
  EXPECT_EQ(trim(" \u3000甲 乙\u3000\n"), "甲 乙");
  EXPECT_EQ(trim("\u3000"), "");
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ","), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ","), (std::vector<std::string>{""}));
  EXPECT_EQ(join({"甲", "乙"}, "、"), "甲、乙");
  EXPECT_EQ(replace_all("aaa", "a", "aa"), "aaaaaa");
  EXPECT_EQ(replace_all("x", "", "y"), "x");
}

TEST(Encoding, ReadsUtf8AndGb18030) {
  bool was_gb18030 = true;
  EXPECT_EQ(decode_text("\xEF\xBB\xBF中", &was_gb18030), "中");
  EXPECT_FALSE(was_gb18030);
  EXPECT_EQ(decode_text("\xD6\xD0\xCE\xC4", &was_gb18030), "中文");
  EXPECT_TRUE(was_gb18030);
  EXPECT_EQ(decode_text("\x99\x33\xD4\x33"), "𬳽");          // four bytes, outside the BMP
  EXPECT_EQ(decode_text("\xFF\xFE\x2D\x4E\x87\x65"), "中文");  // what Notepad calls Unicode
  EXPECT_EQ(decode_text("\xFE\xFF\x4E\x2D\x65\x87"), "中文");
  EXPECT_EQ(decode_text("\xFF\xFE\x2D"), std::nullopt);
  EXPECT_EQ(decode_text("\xFF\xFF"), std::nullopt);
  EXPECT_EQ(decode_text("\xD6"), std::nullopt);  // half a character
}

// Long text is passed by several characters at once: any byte that is changed is found where it would be alone.
TEST(Text, FindsAChangedByteAmongLongText) {
  const std::string text = "全县中小学教师（第8期）𠮷，ok é 一二三四五六七八九十";
  for (size_t at = 0; at < text.size(); ++at)
    for (const char byte : {'\xE0', '\xED', '\xEF', '\xFF', '\x80', '\xBF', '\xC2', 'a', '\x01'}) {
      std::string changed = text;
      changed[at] = byte;
      std::optional<size_t> wanted, forbidden;
      for (size_t begin = 0; begin < changed.size() && !wanted;) {
        size_t length = 1;
        while (length <= 4 && find_malformed_utf8(changed.substr(begin, length))) ++length;
        if (length > 4) wanted = begin;
        if (changed[begin] == '\x01' && !forbidden) forbidden = begin;
        begin += length;
      }
      ASSERT_EQ(find_malformed_utf8(changed), wanted) << changed;
      const size_t none = changed.size();
      const size_t first = std::min(wanted.value_or(none), forbidden.value_or(none));
      ASSERT_EQ(find_forbidden_character(changed).value_or(none), first) << changed;
    }
}

}  // namespace
}  // namespace wenshu
