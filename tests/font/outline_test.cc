#include "font/outline.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

namespace wenshu::font {
namespace {

TEST(Outline, StaysInsideTheInkForBothKindsOfFontFiles) {
  Diagnostics findings;
  const auto faces = load_faces(std::filesystem::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
  ASSERT_TRUE(faces) << to_text(findings);
  for (const char* role : {"kaiti", "songti"}) {  // quadratic and cubic curves
    const Face* face = faces->find_face(role, U'永');
    if (!face) GTEST_SKIP() << "no font for " << role;
    const Ink ink = ink_of(*face, U'永');
    EXPECT_GT(ink.top, 0.6) << role;
    EXPECT_LT(ink.bottom, 0.1) << role;
    const Outline outline = outline_of(*face, U'永');
    ASSERT_FALSE(outline.steps.empty()) << role;
    EXPECT_EQ(outline.steps.front(), Outline::Step::move);
    EXPECT_EQ(outline.steps.back(), Outline::Step::close);
    double top = 0;
    for (const auto& [x, y] : outline.points) top = std::max(top, y);
    EXPECT_NEAR(top, ink.top, 0.02) << role;
  }
}

TEST(Outline, IsEmptyForBlanks) {
  Diagnostics findings;
  const auto faces = load_faces(std::filesystem::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
  ASSERT_TRUE(faces) << to_text(findings);
  const Face* face = faces->find_face("songti", U' ');
  if (!face) GTEST_SKIP() << "no font for songti";
  EXPECT_TRUE(outline_of(*face, U' ').steps.empty());
  EXPECT_EQ(ink_of(*face, U' ').top, 0);
}

}  // namespace
}  // namespace wenshu::font
