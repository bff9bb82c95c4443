#include "chinese/width.h"

#include <gtest/gtest.h>

namespace wenshu::chinese {
namespace {

TEST(Width, ChangesFormsBothWays) {
  EXPECT_EQ(to_full_width("A-2024 (1)"), "Ａ－２０２４　（１）");
  EXPECT_EQ(to_half_width("Ａ－２０２４　5％"), "A-2024 5%");
  EXPECT_EQ(to_half_width("甲，乙：丙（丁）！"), "甲，乙：丙（丁）！") << "Chinese punctuation is full-width";
}

TEST(Spread, StretchesNamesToOneWidth) {
  EXPECT_EQ(spread("王芳", 3), "王　芳");
  EXPECT_EQ(spread("王芳", 4), "王　　芳");
  EXPECT_EQ(spread("周小明", 4), "周　小明");
  EXPECT_EQ(spread("欧阳小明", 3), "欧阳小明");
  EXPECT_EQ(spread("王", 3), "王");
  EXPECT_EQ(spread("", 3), "");
}

}  // namespace
}  // namespace wenshu::chinese
