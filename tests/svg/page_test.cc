#include "svg/page.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "base/file.h"

namespace wenshu::svg {
namespace {

using testing::HasSubstr;
using testing::Not;

class Page : public ::testing::Test {
 protected:
  void SetUp() override {
    Diagnostics findings;
    faces_ = font::load_faces(std::filesystem::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
    ASSERT_TRUE(faces_) << to_text(findings);
    const font::Face* face = faces_->find_face("songti", U'文');
    if (!face) GTEST_SKIP() << "no font for songti";
    page_.width_mm = 210;
    page_.height_mm = 297;
    document::PlacedText& text = page_.texts.emplace_back();
    text.x_mm = 28;
    text.baseline_mm = 42;
    text.characters = U"文 文<&";
    text.advances_mm = {5.5, 2.5, 5.5, 3, 3};
    text.face_file = face->id();
    text.colour = {1, 0, 0};
    page_.rules.push_back({28, 90, 184, 90, 2, {1, 0, 0}});
  }

  std::optional<font::Faces> faces_;
  document::PlacedPage page_;
};

TEST_F(Page, DrawsEachOutlineOnceAndNeedsNoFont) {
  const std::string picture = draw_page(page_, *faces_, "通知<1>");
  EXPECT_THAT(picture, HasSubstr("width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\""));
  EXPECT_THAT(picture, HasSubstr("<title>通知&lt;1&gt;</title>"));
  EXPECT_THAT(picture, HasSubstr("<path id=\"g1\""));
  const size_t first = picture.find("href=\"#g1\"");
  EXPECT_NE(picture.find("href=\"#g1\"", first + 1), std::string::npos);
  EXPECT_THAT(picture, HasSubstr("fill=\"#ff0000\" transform=\"translate(28 42)"));
  EXPECT_THAT(picture, HasSubstr("<path d=\"M28 90L184 90\" stroke=\"#ff0000\""));
}

TEST_F(Page, KeepsItsWordsForSearching) {
  EXPECT_THAT(
      draw_page(page_, *faces_, ""),
      HasSubstr("<text x=\"28 33.5 36 41.5 44.5\" y=\"42\" font-size=\"5.644\">文 文&lt;&amp;</text>"));
}

TEST_F(Page, IsWellFormed) {
  if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "xmllint is not installed";
  const auto file =
      std::filesystem::temp_directory_path() / ("wenshu-svg-" + std::to_string(::getpid()) + ".svg");
  write_file(file, draw_page(page_, *faces_, "<&>"));
  EXPECT_EQ(std::system(("xmllint --noout " + file.string()).c_str()), 0);
  std::filesystem::remove(file);
}

TEST_F(Page, LaysASealOverTheWordsAsInk) {
  const picture::Pixels dot{1, 1, {255, 0, 0}, {}};
  page_.pictures.push_back({100, 200, 42, 42, std::make_shared<const picture::Pixels>(dot)});
  const std::string picture = draw_page(page_, *faces_, "");
  EXPECT_THAT(picture, HasSubstr("<image x=\"100\" y=\"200\" width=\"42\" height=\"42\""));
  EXPECT_THAT(picture, HasSubstr("mix-blend-mode:multiply\" href=\"data:image/png;base64,iVBORw0KGgo"));
  EXPECT_GT(picture.find("<image"), picture.find("<use")) << "above the text";
}

TEST_F(Page, TurnsTextThatRunsDownThePage) {
  page_.texts[0].turned = true;
  const std::string picture = draw_page(page_, *faces_, "");
  EXPECT_THAT(picture, HasSubstr("transform=\"translate(28 42) rotate(90) scale("));
  EXPECT_THAT(picture, HasSubstr(" transform=\"rotate(90 28 42)\">文 文"));
}

TEST_F(Page, RefusesWhatItCannotDraw) {
  page_.modules.emplace_back();
  EXPECT_THROW(draw_page(page_, *faces_, ""), Failure);
}

}  // namespace
}  // namespace wenshu::svg
