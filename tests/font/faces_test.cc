#include "font/faces.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "font/report.h"

namespace wenshu::font {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kFonts = fs::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml";

std::vector<std::string> codes(const Diagnostics& findings) {
  std::vector<std::string> codes;
  for (const Diagnostic& finding : findings) codes.push_back(finding.code);
  return codes;
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("wenshu-font-" + std::to_string(::getpid()))) {
    fs::create_directories(path_ / "local");
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path write(const std::string& yaml) const {
    write_file(path_ / "fonts.yaml", yaml);
    return path_ / "fonts.yaml";
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(Fonts, TheRepositorysFileIsClean) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts, findings);
  ASSERT_TRUE(faces) << to_text(findings);
  EXPECT_TRUE(findings.empty()) << to_text(findings);
  for (const char* role : {"fangsong", "kaiti", "heiti", "xiaobiaosong", "songti"})
    EXPECT_TRUE(faces->find_role(role));
}

TEST(Fonts, FallBackFaceByFaceToTheLastResort) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts, findings);
  ASSERT_TRUE(faces);
  if (!faces->find("wenkai") || !faces->find("hanamin-b"))
    GTEST_SKIP() << "fonts-lxgw-wenkai or fonts-hanazono missing";
  EXPECT_EQ(faces->find_face("kaiti", U'\U0002CC5F')->id(), "wenkai");     // 𬱟
  EXPECT_EQ(faces->find_face("kaiti", U'\U0002A700')->id(), "hanamin-b");  // a rare one of Extension C
  EXPECT_EQ(faces->find_face("kaiti", U'\U00031350'), nullptr);            // Extension H of 2022
  EXPECT_EQ(faces->find_face("kaitl", U'一'), nullptr);
  if (faces->find("fandol-fang") && faces->find("wenkai-light")) {
    EXPECT_EQ(faces->find_face("fangsong", U'一')->id(), "fandol-fang");
    EXPECT_EQ(faces->find_face("fangsong", U'彧')->id(), "wenkai-light");  // not in GB 2312, so not in Fandol
  }
}

TEST(Fonts, MeasureIdeographsOneEmWide) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts, findings);
  ASSERT_TRUE(faces);
  for (const Role& role : faces->roles())
    if (const Face* face = faces->find_main_face(role.id)) {
      EXPECT_DOUBLE_EQ(face->advance(U'一'), 1.0) << role.id;
      EXPECT_LT(face->advance(U'1'), 0.7) << role.id;
      EXPECT_EQ(face->advance(U'\U00031350'), 0) << role.id;
    }
}

TEST(Fonts, ReportEveryFaultOfTheirFile) {
  const Folder folder;
  Diagnostics findings;
  EXPECT_FALSE(
      load_faces(folder.write("fonts: mine\nfolders: [local]\n"
                              "roles:\n  kaiti: {title: 楷体, chain: [wenkei]}\n"
                              "faces:\n  wenkai: {file: ../a.ttf, licence: x, sha256: 12, pakage: y}\n"),
                 findings));
  EXPECT_EQ(codes(findings), std::vector<std::string>{"unknown-field"}) << to_text(findings);
  findings = {};
  EXPECT_FALSE(load_faces(folder.write("fonts: mine\nfolders: [local]\n"
                                       "roles:\n  kaiti: {title: 楷体, chain: [wenkei]}\n"
                                       "faces:\n  wenkai: {file: ../a.ttf, licence: x, sha256: \"12\"}\n"),
                          findings));
  EXPECT_THAT(codes(findings), ::testing::UnorderedElementsAre("unknown-face", "bad-hash", "bad-file-name"))
      << to_text(findings);
  EXPECT_THAT(to_text(findings), HasSubstr("wenkai"));
}

TEST(Fonts, SayWhichPackageBringsAMissingRole) {
  const Folder folder;
  Diagnostics findings;
  const auto faces = load_faces(folder.write("fonts: mine\nfolders: [local]\n"
                                             "roles:\n  kaiti: {title: 楷体, chain: [own, wenkai]}\n"
                                             "faces:\n  wenkai: {file: a.ttf, package: fonts-a, licence: x}\n"
                                             "  own: {file: b.ttf, licence: x}\n"),
                                findings);
  ASSERT_TRUE(faces) << to_text(findings);
  EXPECT_EQ(faces->find_main_face("kaiti"), nullptr);
  check_roles(*faces, {"kaiti"}, findings);
  ASSERT_EQ(codes(findings), std::vector<std::string>{"missing-font"});
  EXPECT_THAT(findings.begin()->hint, HasSubstr("fonts-a"));
  EXPECT_THAT(findings.begin()->message, HasSubstr("楷体"));
}

TEST(Fonts, TellWhichCharactersFellBack) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts, findings);
  ASSERT_TRUE(faces);
  if (!faces->find("fandol-fang") || !faces->find("wenkai-light"))
    GTEST_SKIP() << "Fandol or LXGW WenKai is missing";
  FallBacks fall_backs(*faces);
  for (const char32_t c : std::u32string(U"赵彧㛃彧"))
    fall_backs.note("fangsong", c, *faces->find_face("fangsong", c));
  fall_backs.report("证书上", {"roster.csv", 3, 1}, findings);
  ASSERT_EQ(codes(findings), std::vector<std::string>{"fallback-face"}) << to_text(findings);
  EXPECT_EQ(findings.begin()->severity, Severity::hint);
  EXPECT_EQ(findings.begin()->message,
            "证书上仿宋字体没有“㛃”（U+36C3）、“彧”（U+5F67），改用 LXGWWenKai-Light.ttf");
}

TEST(Fonts, CheckNoticesAnAlteredFile) {
  const Folder folder;
  write_file(folder.path() / "local/a.ttf", "not the font that was registered");
  const auto yaml = folder.write(
      "fonts: mine\nfolders: [local]\nroles:\n  kaiti: {title: 楷体, chain: [wenkai]}\n"
      "faces:\n  wenkai: {file: a.ttf, package: fonts-a, licence: x, sha256: "
      "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8}\n");
  Diagnostics findings;
  const auto faces = load_faces(yaml, findings);
  ASSERT_TRUE(faces);
  check_files(*faces, findings);
  EXPECT_EQ(codes(findings), std::vector<std::string>{"altered-font"}) << to_text(findings);
}

}  // namespace
}  // namespace wenshu::font
