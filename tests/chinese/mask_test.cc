#include "chinese/mask.h"

#include <gtest/gtest.h>

namespace wenshu::chinese {
namespace {

TEST(Mask, HidesTheDayOfBirth) {
  EXPECT_EQ(mask_identity("110101199001011230"), "110101********1230");
  EXPECT_EQ(mask_identity(" 11010119900101123X "), "110101********123X");
  EXPECT_EQ(mask_identity("110101900101123"), "110101******123");
  for (const char* text :
       {"", "11010119900101123", "11010119900101123Y", "X10101199001011230", "护照E12345678"})
    EXPECT_EQ(mask_identity(text), std::nullopt) << text;
}

TEST(Mask, HidesTheMiddleOfTelephones) {
  EXPECT_EQ(mask_telephone("13800138000"), "138****8000");
  EXPECT_EQ(mask_telephone("010-62345678"), "010-****5678");
  EXPECT_EQ(mask_telephone("0734-6234567"), "0734-***4567");
  EXPECT_EQ(mask_telephone("6234567"), "***4567");
  for (const char* text : {"", "123456", "23800138000", "138001380001", "01-6234567", "a-62345678", "无"})
    EXPECT_EQ(mask_telephone(text), std::nullopt) << text;
}

TEST(Mask, LeavesTheEndsOfNames) {
  EXPECT_EQ(mask_name("王芳"), "王*");
  EXPECT_EQ(mask_name("周𬱟"), "周*");
  EXPECT_EQ(mask_name("欧阳小明"), "欧**明");
  EXPECT_EQ(mask_name("王"), "王");
  EXPECT_EQ(mask_name(""), "");
}

}  // namespace
}  // namespace wenshu::chinese
