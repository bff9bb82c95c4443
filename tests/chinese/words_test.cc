#include "chinese/words.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace wenshu::chinese {
namespace {

std::string words(const std::string& text) {
  const std::u32string all = to_characters(text);
  std::string made;
  size_t begin = 0;
  std::vector<size_t> ends = find_words(all);
  ends.push_back(all.size());
  for (const size_t end : ends) {
    made += (begin > 0 ? "/" : "") + to_utf8(std::u32string_view(all).substr(begin, end - begin));
    begin = end;
  }
  return made;
}

TEST(Words, BeginWhereTheDictionarySays) {
  EXPECT_EQ(words("关于做好暑期培训工作的通知"), "关于/做好/暑期/培训/工作/的/通知");
}

TEST(Words, OfOfficesAreWhole) {
  EXPECT_EQ(words("清河县教育体育局关于印发"), "清河县/教育/体育局/关于/印发");
  EXPECT_EQ(words("中小学幼儿园教师"), "中小学/幼儿园/教师");
  EXPECT_EQ(words("2020年计划"), "2020年/计划");
}

TEST(Words, CountCharactersOutsideTheBasicPlaneOnce) {
  EXPECT_EQ(words("𬬭𫘦关于通知"), "𬬭/𫘦/关于/通知");
  EXPECT_EQ(words(""), "");
}

}  // namespace
}  // namespace wenshu::chinese
