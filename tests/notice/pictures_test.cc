#include "notice/pictures.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/file.h"
#include "data/load.h"

namespace wenshu::notice {
namespace {

using testing::HasSubstr;

Notice sealed() {
  Notice notice;
  notice.organ = {{"清河县教育体育局", Picture{"seal.png", 42, {"plain.yaml", 8, 7}}}};
  return notice;
}

std::string seal_bytes() {
  return read_file(std::filesystem::path(WENSHU_SOURCE_DIR) / "samples/notices/seals/education.png");
}

TEST(Pictures, OfASealAreReadAndItsPaperIsClear) {
  Notice notice = sealed();
  Diagnostics findings;
  EXPECT_TRUE(load_pictures(
      notice, [](const std::string&) { return std::optional(seal_bytes()); }, findings));
  ASSERT_TRUE(notice.organ[0].seal->pixels);
  EXPECT_FALSE(notice.organ[0].seal->pixels->alpha.empty());
}

TEST(Pictures, ThatAreMissingCutOffNoPicturesOrHugeAreNamedWithTheirPlace) {
  std::string huge = seal_bytes();
  huge[16] = huge[20] = 0, huge[17] = huge[21] = 0, huge[18] = huge[22] = 0x4E;  // 20,000 pixels a side
  huge[19] = huge[23] = 0x20;
  const std::vector<std::pair<std::optional<std::string>, std::string>> cases = {
      {std::nullopt, "no-such-file"},
      {"", "bad-picture"},
      {"GIF89a", "bad-picture"},
      {seal_bytes().substr(0, 900), "bad-picture"},
      {huge, "picture"},
  };
  for (const auto& [bytes, code] : cases) {
    Notice notice = sealed();
    Diagnostics findings;
    EXPECT_FALSE(load_pictures(
        notice, [&](const std::string&) { return bytes; }, findings));
    EXPECT_THAT(to_text(findings), HasSubstr("plain.yaml:8:7: ")) << code;
    EXPECT_THAT(to_text(findings), HasSubstr(code));
  }
}

TEST(Pictures, AreListedWithoutWordsAndTags) {
  Diagnostics findings;
  const auto source = data::parse_yaml(
      "notice: x\nseal: [a.png, true, \"{{seal}}\", {picture: b.png, width: 40}]\nsignature: {post: 县长, "
      "name: "
      "何某某, picture: c.png}\n",
      "x.yaml", findings);
  ASSERT_TRUE(source);
  std::vector<std::string> files;
  for (const data::Value* file : picture_files(*source)) files.push_back(file->text());
  EXPECT_THAT(files, testing::ElementsAre("a.png", "b.png", "c.png"));
}

}  // namespace
}  // namespace wenshu::notice
