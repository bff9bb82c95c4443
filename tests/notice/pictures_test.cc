#include "notice/pictures.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/file.h"
#include "data/load.h"
#include "picture/encode.h"

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

TEST(Pictures, OfSealsAreRoundOrOvalAndStampsMayBeLines) {
  const auto of_shape = [](int width, int height) {
    picture::Pixels pixels{
        width, height, std::vector<uint8_t>(static_cast<size_t>(3 * width * height), 200), {}};
    return [bytes = picture::encode_png(pixels)](const std::string&) { return std::optional(bytes); };
  };
  Notice notice = sealed();
  Diagnostics findings;
  EXPECT_TRUE(load_pictures(notice, of_shape(60, 40), findings)) << to_text(findings);
  EXPECT_FALSE(load_pictures(notice, of_shape(1, 500), findings));
  EXPECT_THAT(to_text(findings), HasSubstr("plain.yaml:8:7: seal.png: error[picture-shape]"));
  Notice stamped;
  stamped.signature = {{"县长", "何某某", Picture{"stamp.png", 30, {"a.yaml", 9, 1}}}};
  Diagnostics none;
  EXPECT_TRUE(load_pictures(stamped, of_shape(120, 40), none)) << to_text(none);
}

}  // namespace
}  // namespace wenshu::notice
