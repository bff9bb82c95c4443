#include "notice/parting.h"

#include <gtest/gtest.h>

namespace wenshu::notice {
namespace {

TEST(Parting, SendsTwoLinesOfABodyThatEndsOnPageOneAlongWithTheSignature) {
  const Parting parting = find_parting({.room = 10, .all = 8, .after = 6});
  EXPECT_TRUE(parting.is_possible);
  EXPECT_EQ(parting.on_first, 6);
  EXPECT_FALSE(parting.on_second);
}

TEST(Parting, LeavesPageOneItsHeadingWithALine) {
  EXPECT_EQ(find_parting({.room = 10, .all = 2, .after = 9}).on_first, 1);
  EXPECT_EQ(find_parting({.room = 10, .all = 3, .least = 2, .after = 9}).on_first, 2);
  EXPECT_FALSE(find_parting({.room = 10, .all = 1, .after = 10}).is_possible)
      << "one line stands on one page";
}

TEST(Parting, DoesNotTrustAPageThatTheBodyJustOverflows) {
  EXPECT_EQ(find_parting({.room = 5, .all = 6, .after = 6}).on_first, 4);
  EXPECT_EQ(find_parting({.room = 1, .all = 2, .after = 6}).on_first, 1);
  EXPECT_EQ(find_parting({.room = 1, .all = 24, .after = 6}).on_second, 20);
}

TEST(Parting, DoesNothingWhereTheSignatureFindsLinesOnPageTwo) {
  const Parting parting = find_parting({.room = 5, .all = 9, .after = 6});
  EXPECT_TRUE(parting.is_possible);
  EXPECT_FALSE(parting.on_first || parting.on_second);
  EXPECT_TRUE(parting.fits);
}

TEST(Parting, TrustsALongBodyOnlyWhereItsLastPageHasRoomToSpare) {
  EXPECT_TRUE(find_parting({.room = 5, .all = 5 + 44 + 10, .after = 6}).fits);
  EXPECT_FALSE(find_parting({.room = 5, .all = 5 + 44 + 1, .after = 6}).fits);
  EXPECT_FALSE(find_parting({.room = 5, .all = 5 + 44 + 15, .after = 6}).fits);
}

TEST(Parting, PartsTheBodyAgainWherePageTwoHasNoRoomForTheSignature) {
  EXPECT_EQ(find_parting({.room = 5, .all = 25, .after = 6}).on_second, 18);
  EXPECT_EQ(find_parting({.room = 5, .all = 7, .after = 21}).on_second, 1);
  EXPECT_FALSE(find_parting({.room = 5, .all = 25, .after = 22}).is_possible);
}

}  // namespace
}  // namespace wenshu::notice
