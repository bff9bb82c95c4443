#include "crypto/base64.h"

#include <gtest/gtest.h>

namespace wenshu::crypto {
namespace {

TEST(Base64, SpellsTheExamplesOfTheStandard) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, GoesOnWithoutASeamInLongText) {
  const std::string long_text = to_base64(std::string((3 << 20) + 2, 'a'));
  EXPECT_EQ(long_text.size(), (4U << 20) + 4);
  EXPECT_EQ(long_text.find('='), (4U << 20) + 3);
}

}  // namespace
}  // namespace wenshu::crypto
