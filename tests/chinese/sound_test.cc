#include "chinese/sound.h"

#include <gtest/gtest.h>

namespace wenshu::chinese {
namespace {

TEST(Sound, IsAlikeButForTheTone) {
  EXPECT_TRUE(sound_alike(U'布', U'部'));
  EXPECT_TRUE(sound_alike(U'恼', U'脑'));
  EXPECT_TRUE(sound_alike(U'制', U'置'));
  EXPECT_FALSE(sound_alike(U'选', U'先'));
  EXPECT_FALSE(sound_alike(U'明', U'朋'));
}

TEST(Sound, IsOfTwoChineseCharacters) {
  EXPECT_FALSE(sound_alike(U'部', U'部'));
  EXPECT_FALSE(sound_alike(U'a', U'b'));
  EXPECT_FALSE(sound_alike(U'，', U'。'));
}

}  // namespace
}  // namespace wenshu::chinese
