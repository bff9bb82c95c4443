#include "font/subset.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "font/cff.h"

namespace wenshu::font {
namespace {

class Subsets : public ::testing::Test {
 protected:
  void SetUp() override {
    Diagnostics findings;
    faces_ = load_faces(std::filesystem::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
    ASSERT_TRUE(faces_);
    if (!faces_->find("wenkai") || !faces_->find("noto-serif"))
      GTEST_SKIP() << "fonts-lxgw-wenkai or fonts-noto-cjk missing";
  }
  std::optional<Faces> faces_;
};

TEST_F(Subsets, HoldACodeForEveryCharacterBeyondTheBmpToo) {
  const std::set<char32_t> name = {U'王', U'\U0002CC5F', U'\u4DAE', U'·'};
  for (const char* face : {"wenkai", "noto-serif"}) {
    const Batch batch(*faces_, {{face, name}});
    const Subset subset = batch.cut(face, name);
    EXPECT_EQ(subset.glyphs.size(), name.size());
    std::set<uint16_t> codes;
    for (const auto& [c, glyph] : subset.glyphs) codes.insert(glyph.code);
    EXPECT_EQ(codes.size(), name.size()) << face;
    EXPECT_FALSE(codes.contains(0)) << "code 0 is .notdef";
    EXPECT_EQ(subset.glyphs.at(U'王').width, 1000);
    EXPECT_LT(subset.program.bytes.size(), 20'000u) << face;
  }
}

TEST_F(Subsets, DoNotDependOnTheRestOfTheBatch) {
  const std::set<char32_t> name = {U'周', U'敏'};
  for (const char* face : {"wenkai", "noto-serif", "fandol-fang"}) {
    if (!faces_->find(face)) continue;
    const Batch alone(*faces_, {{face, name}});
    const Batch many(*faces_, {{face, {U'一', U'周', U'敏', U'王', U'静', U'，', U'A'}}});
    const Subset one = alone.cut(face, name), same = many.cut(face, name);
    EXPECT_EQ(one.program.bytes, same.program.bytes) << face;
    EXPECT_EQ(one.name, same.name);
    EXPECT_EQ(one.glyphs.at(U'敏').code, same.glyphs.at(U'敏').code);
  }
}

// A folder with one face of its own, whose file was changed.
class ChangedFace {
 public:
  template <class Change>
  ChangedFace(const Face& face, Change change) {
    std::string bytes = read_file(face.path(), 64u << 20);
    change(bytes);
    write_file(folder_ / "face.ttf", bytes, Durability::later);
    write_file(folder_ / "fonts.yaml",
               "fonts: one\nfolders: [.]\nroles: {kaiti: {title: 楷体, chain: [one]}}\nlast-resort: [one]\n"
               "faces: {one: {file: face.ttf, licence: none}}\n",
               Durability::later);
    Diagnostics findings;
    faces_ = load_faces(folder_ / "fonts.yaml", findings);
    EXPECT_TRUE(faces_) << to_text(findings);
  }
  ~ChangedFace() { std::filesystem::remove_all(folder_); }
  const Faces& faces() const { return *faces_; }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("wenshu-face-" + std::to_string(::getpid()));
  std::optional<Faces> faces_;
};

// Of a table in the directory of the file (OpenType specification).
size_t offset_of(const std::string& bytes, std::string_view tag) {
  const size_t entry = bytes.find(tag) + 8;
  size_t offset = 0;
  for (size_t i = 0; i < 4; ++i) offset = offset << 8 | static_cast<uint8_t>(bytes[entry + i]);
  return offset;
}

TEST_F(Subsets, AreNotMadeOfAFaceThatForbidsIt) {
  for (const auto& [flags, allowed] : {std::pair{0x0002, false}, {0x0100, false}, {0x0008, true}}) {
    const ChangedFace changed(*faces_->find("wenkai"), [flags = flags](std::string& bytes) {
      const size_t at = offset_of(bytes, "OS/2") + 8;
      bytes[at] = static_cast<char>(flags >> 8);
      bytes[at + 1] = static_cast<char>(flags & 0xFF);
    });
    EXPECT_EQ(may_embed(*changed.faces().find("one")), allowed) << flags;
    if (allowed)
      EXPECT_NO_THROW(Batch(changed.faces(), {{"one", {U'王'}}}));
    else
      EXPECT_THROW(Batch(changed.faces(), {{"one", {U'王'}}}), Failure);
  }
}

// What HarfBuzz would show as blanks.
TEST_F(Subsets, AreNotMadeOfAFaceThatWasCutOff) {
  for (const size_t part : {1, 30, 99}) {
    const ChangedFace changed(*faces_->find("wenkai"),
                              [part](std::string& bytes) { bytes.resize(bytes.size() / 100 * part); });
    EXPECT_THROW(changed.faces().find("one")->has(U'王'), Failure) << part;
  }
}

TEST_F(Subsets, GiveCharactersOfOneGlyphASpellingEach) {
  // U+2F00 KANGXI RADICAL ONE is drawn with the glyph of U+4E00.
  const std::set<char32_t> ones = {U'\u2F00', U'\u4E00'};
  ASSERT_TRUE(faces_->find("noto-serif")->has(U'\u2F00'));
  const Batch batch(*faces_, {{"noto-serif", ones}});
  const Subset subset = batch.cut("noto-serif", ones);
  EXPECT_EQ(subset.glyphs.at(U'\u2F00').code, subset.glyphs.at(U'\u4E00').code);
  EXPECT_NE(subset.glyphs.at(U'\u2F00').spelling, subset.glyphs.at(U'\u4E00').spelling);
  EXPECT_EQ(subset.spellings, 2);
}

TEST_F(Subsets, AreNamedByTheirContent) {
  const Batch batch(*faces_, {{"wenkai", {U'一', U'二'}}});
  const std::string first = batch.cut("wenkai", {U'一'}).name, second = batch.cut("wenkai", {U'二'}).name;
  EXPECT_EQ(first.substr(6), "+LXGWWenKai-Regular");
  EXPECT_NE(first, second);
  EXPECT_EQ(first.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 6u);
}

TEST_F(Subsets, ReadDamagedCffTablesToTheEndOnly) {
  const Batch batch(*faces_, {{"noto-serif", {U'一', U'二'}}});
  const std::string table = batch.cut("noto-serif", {U'一', U'二'}).program.bytes;
  ASSERT_TRUE(parse_cff(table));
  for (size_t length = 0; length < std::min<size_t>(table.size(), 400); ++length)
    parse_cff(std::string_view(table).substr(0, length));  // AddressSanitizer judges
  for (size_t at = 0; at < std::min<size_t>(table.size(), 400); ++at) {
    std::string damaged = table;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    if (const auto font = parse_cff(damaged)) assemble_cff(*font, {1}, "Damaged");
  }
}

TEST_F(Subsets, ReadWhatTheyAssembled) {
  const Batch batch(*faces_, {{"noto-serif", {U'一', U'二', U'A'}}});
  const std::string table = batch.cut("noto-serif", {U'一', U'二', U'A'}).program.bytes;
  const auto font = parse_cff(table);
  ASSERT_TRUE(font);
  EXPECT_EQ(font->charstrings.size(), 4u);
  EXPECT_EQ(font->dicts.size(), 3u) << "of .notdef, of Han characters, of Latin letters";
  EXPECT_EQ(assemble_cff(*font, {1, 2, 3}, "NotoSerifCJKsc-Regular").bytes, table);
}

// The parts of é lie behind the glyphs that were asked for.
TEST_F(Subsets, TakeThePartsOfComposedGlyphsAlong) {
  const Batch batch(*faces_, {{"wenkai", {U'é', U'王'}}});
  const Subset alone = batch.cut("wenkai", U"é");
  EXPECT_EQ(alone.glyphs.size(), 1u);
  EXPECT_EQ(alone.glyphs.at(U'é').code, 1);
  EXPECT_GT(alone.program.bytes.size(), 300u);
}

}  // namespace
}  // namespace wenshu::font
