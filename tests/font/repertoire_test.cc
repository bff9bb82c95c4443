#include "font/repertoire.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "font/report.h"

namespace wenshu::font {
namespace {

namespace fs = std::filesystem;
const fs::path kFonts = fs::path(WENSHU_SOURCE_DIR) / "fonts";

std::u32string tonggui() {
  std::u32string table;
  for (const auto& level : load_repertoires(kFonts))
    if (level.id.starts_with("tonggui")) table += level.characters;
  return table;
}

TEST(Repertoire, HoldsTheThreeLevelsOfTheTable) {
  const auto tables = load_repertoires(kFonts);
  ASSERT_EQ(tables.size(), 4u);
  EXPECT_EQ(tables[0].characters.size(), 3500u);
  EXPECT_EQ(tables[1].characters.size(), 3000u);
  EXPECT_EQ(tables[2].characters.size(), 1605u);
  EXPECT_EQ(to_utf8(tables[0].characters.substr(0, 5)), "一乙二十丁");
  EXPECT_EQ(tables[1].characters.substr(0, 1), U"乂");
  EXPECT_NE(tables[2].characters.find(U'\U0002B5AF'), std::u32string::npos);
  std::set<char32_t> once;
  size_t outside = 0;
  for (const char32_t c : tonggui()) {
    once.insert(c);
    outside += c > 0xFFFF;
  }
  EXPECT_EQ(once.size(), 8105u);
  EXPECT_EQ(outside, 196u);
}

// 27,584 of level 1 and the 196 that the table has beyond it.
TEST(Repertoire, CountsLevelTwoOfGb18030) {
  const auto level = load_repertoires(kFonts).back();
  EXPECT_EQ(level.id, "gb18030-2");
  EXPECT_EQ(level.characters.size(), 27780u);
  for (const char32_t c : tonggui())
    ASSERT_NE(level.characters.find(c), std::u32string::npos) << code_point_name(c);
  EXPECT_NE(level.characters.find(U'\u9FEF'), std::u32string::npos);
  EXPECT_EQ(level.characters.find(U'\u9FF0'), std::u32string::npos);
}

TEST(Repertoire, RefusesATableThatLostCharacters) {
  const fs::path folder = fs::temp_directory_path() / "wenshu-repertoire";
  write_file(folder / "tonggui-8105.txt", "一\n乙\n");
  EXPECT_THROW(load_repertoires(folder), Failure);
  fs::remove_all(folder);
  EXPECT_THROW(load_repertoires(folder), NotFound);
}

// What each file brings, counted by an independent reader of its cmap as well (fontTools).
TEST(Repertoire, IsCoveredByEachFaceAsMeasured) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts / "fonts.yaml", findings);
  ASSERT_TRUE(faces);
  const std::map<std::string, size_t> missing = {
      {"noto-serif", 0},   {"noto-serif-bold", 0}, {"noto-sans-bold", 0}, {"wenkai", 0},
      {"wenkai-light", 0}, {"fandol-fang", 1467},  {"hanamin-a", 0},      {"hanamin-b", 7905},
  };
  const std::u32string table = tonggui();
  for (const auto& [id, count] : missing)
    if (const Face* face = faces->find(id)) {
      EXPECT_EQ(find_missing(*face, table).size(), count) << id;
    }
}

TEST(Repertoire, IsCoveredByEveryRoleWithItsFallBacks) {
  Diagnostics findings;
  const auto faces = load_faces(kFonts / "fonts.yaml", findings);
  ASSERT_TRUE(faces);
  if (!faces->find("hanamin-a")) GTEST_SKIP() << "fonts-hanazono is not installed";
  for (const Role& role : faces->roles())
    for (const Repertoire& table : load_repertoires(kFonts))
      EXPECT_EQ(to_utf8(find_missing(*faces, role.id, table.characters)), "") << role.id << " " << table.id;
}

}  // namespace
}  // namespace wenshu::font
