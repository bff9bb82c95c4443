#include "pdf/document.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "picture/qr.h"

namespace wenshu::pdf {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

struct Output {
  int code = -1;
  std::string text;
};

Output run(const std::string& command) {
  Output output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return output;
  std::array<char, 4096> buffer{};
  while (const size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
    output.text.append(buffer.data(), count);
  output.code = pclose(pipe);
  return output;
}

bool has_program(const std::string& name) { return run("command -v " + name).code == 0; }

#define NEEDS(program) \
  if (!has_program(program)) GTEST_SKIP() << program << " is not installed"

class Pdf : public ::testing::Test {
 protected:
  void SetUp() override {
    Diagnostics findings;
    faces_ = font::load_faces(fs::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings);
    ASSERT_TRUE(faces_) << to_text(findings);
    for (const char* role : {"kaiti", "songti"})
      if (!faces_->find_main_face(role)) GTEST_SKIP() << "no font for " << role;
    folder_ = fs::temp_directory_path() / ("wenshu-pdf-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // One line; a new piece where the face changes, as callers do it.
  void add_line(document::PlacedPage& page, std::string_view role, const std::string& utf8, double baseline,
                double size = 20, double spacing = 0) const {
    double x = 30;
    for (const char32_t c : to_characters(utf8)) {
      const font::Face* face = faces_->find_face(role, c);
      ASSERT_TRUE(face) << code_point_name(c);
      const bool more = !page.texts.empty() && page.texts.back().baseline_mm == baseline &&
                        page.texts.back().face_file == face->id();
      if (!more) {
        auto& piece = page.texts.emplace_back();
        piece.x_mm = x;
        piece.baseline_mm = baseline;
        piece.face_file = face->id();
        piece.size_pt = size;
      }
      const double advance = (face->advance(c) + spacing) * size * 25.4 / 72;
      page.texts.back().characters += c;
      page.texts.back().advances_mm.push_back(advance);
      x += advance;
    }
  }

  std::string make(const std::vector<document::PlacedPage>& pages, const font::Characters& fixed = {}) const {
    font::Characters all;
    for (const auto& page : pages) add_characters(page, all);
    const Prepared prepared(*faces_, fixed, all);
    Document document({"结业证书 <A&B> 𬱟", "清河县教师进修学校", "示例", *parse_time("2020-09-30")},
                      prepared);
    for (const auto& page : pages) document.add_page(page);
    return document.finish();
  }

  std::string save(const std::string& bytes, const std::string& name = "page.pdf") const {
    write_file(folder_ / name, bytes, Durability::later);
    return (folder_ / name).string();
  }

  std::optional<font::Faces> faces_;
  fs::path folder_;
};

// 𬱟 and 𠮷 stand outside the BMP, 䶮 and 㛃 in Extension A, 彧 outside GB 2312; the last name has ten
// characters.
const std::vector<std::string> kNames = {"周𬱟", "刘䶮", "陈㛃", "赵彧", "𠮷川", "阿卜杜热合曼·买买提"};

TEST_F(Pdf, GivesEveryNameBackUnchangedInEveryFace) {
  NEEDS("pdftotext");
  for (const font::Role& role : faces_->roles()) {
    document::PlacedPage page;
    double baseline = 20;
    for (const std::string& name : kNames) add_line(page, role.id, name, baseline += 15);
    const Output text = run("pdftotext " + save(make({page})) + " -");
    for (const std::string& name : kNames) EXPECT_THAT(text.text, HasSubstr(name + "\n")) << role.id;
  }
}

// The 196 characters of 通用规范汉字表 outside the BMP, in every face, 14 a line.
TEST_F(Pdf, GivesBackEveryStandardCharacterOutsideTheBmp) {
  NEEDS("pdftotext");
  std::vector<std::string> lines;
  size_t count = 0;
  for (const char32_t c : to_characters(read_file(fs::path(WENSHU_SOURCE_DIR) / "fonts/tonggui-8105.txt"))) {
    if (c <= 0xFFFF) continue;
    if (count++ % 14 == 0) lines.emplace_back();
    lines.back() += to_utf8(c);
  }
  ASSERT_EQ(count, 196u);
  for (const font::Role& role : faces_->roles()) {
    if (!faces_->find_face(role.id, U'\U0002C1D9')) GTEST_SKIP() << "no font for " << role.id;
    document::PlacedPage page;
    double baseline = 20;
    for (const std::string& line : lines) add_line(page, role.id, line, baseline += 12);
    const Output text = run("pdftotext " + save(make({page})) + " -");
    for (const std::string& line : lines) EXPECT_THAT(text.text, HasSubstr(line + "\n")) << role.id;
  }
}

TEST_F(Pdf, GivesBackANameWhoseCharactersStandInTwoSubsets) {
  NEEDS("pdftotext");
  document::PlacedPage page;
  add_line(page, "kaiti", "王小明同志", 40);
  const std::string face = faces_->find_face("kaiti", U'王')->id();
  const Output text = run("pdftotext " + save(make({page}, {{face, {U'小', U'同', U'志', U'不'}}})) + " -");
  EXPECT_THAT(text.text, HasSubstr("王小明同志\n"));
}

TEST_F(Pdf, TellsApartTwoCharactersOfOneGlyph) {
  NEEDS("pdftotext");
  document::PlacedPage page;
  add_line(page, "songti", "一\u2F00一", 40);
  const Output text = run("pdftotext " + save(make({page})) + " -");
  EXPECT_THAT(text.text, HasSubstr("一\u2F00一"));
}

TEST_F(Pdf, KeepsLetterSpacedWordsWhole) {
  NEEDS("pdftotext");
  document::PlacedPage page;
  add_line(page, "songti", "结业证书", 40, 40, 0.5);
  EXPECT_THAT(run("pdftotext " + save(make({page})) + " -").text, HasSubstr("结业证书\n"));
}

TEST_F(Pdf, CarriesBookmarksAsATreeOfTheirLevels) {
  NEEDS("pdftohtml");
  NEEDS("qpdf");
  document::PlacedPage page;
  add_line(page, "songti", "一二三", 40);
  font::Characters all;
  add_characters(page, all);
  const Prepared prepared(*faces_, {}, all);
  Document document({"标题", "", "", *parse_time("2020-09-30")}, prepared);
  document.add_page(page);
  const std::string without = document.finish();
  document.add_page(page);
  document.set_outline(
      {{1, "一、指导思想", 0, 40}, {2, "（一）细则", 0, 60}, {4, "跳级", 1, 50}, {1, "二、𠮷", 1, 90}});
  const std::string file = save(document.finish());
  EXPECT_EQ(run("qpdf --check " + file).code, 0);
  const std::string outline = run("pdftohtml -xml -i -stdout " + file).text;
  EXPECT_THAT(outline, HasSubstr("<outline>\n<item page=\"1\">一、指导思想</item>\n"
                                 "<outline>\n<item page=\"1\">（一）细则</item>\n"
                                 "<outline>\n<item page=\"2\">跳级</item>\n</outline>\n</outline>\n"
                                 "<item page=\"2\">二、𠮷</item>\n</outline>"));
  EXPECT_THAT(without, ::testing::Not(HasSubstr("/Outlines")));
}

// Pages come and go: the photo of one may get the address that another's had.
TEST_F(Pdf, KeepsThePicturesOfAVolumeApart) {
  NEEDS("qpdf");
  NEEDS("pdfimages");
  document::PlacedPage line;
  add_line(line, "kaiti", "王静", 40);
  font::Characters all;
  add_characters(line, all);
  const Prepared prepared(*faces_, {}, all), whole = prepared.for_volume(all);
  Volume volume(whole);
  constexpr size_t kPages = 70;  // more than a node of the page tree has
  std::vector<document::OutlineEntry> outline;
  for (size_t i = 0; i < kPages; ++i) {
    auto page = std::make_unique<document::PlacedPage>(line);
    auto pixels = std::make_shared<picture::Pixels>();
    pixels->width = pixels->height = 1;
    pixels->rgb = {static_cast<uint8_t>(i), 1, 2};
    page->pictures.push_back({10, 10, 20, 20, std::move(pixels)});
    volume.add_page(*page);
    outline.push_back({1, "王静 " + std::to_string(i), i, 0});
  }
  const std::string file = save(volume.finish({"合订本", "", "", *parse_time("2020-09-30")}, outline));
  EXPECT_EQ(run("qpdf --check " + file).code, 0);
  run("pdfimages -png " + file + " " + (folder_ / "photo").string());
  std::set<std::string> colours;
  for (const auto& entry : fs::directory_iterator(folder_))
    if (entry.path().extension() == ".png") colours.insert(read_file(entry.path()));
  EXPECT_EQ(colours.size(), kPages);
  const std::string text = run("pdftotext -raw " + file + " -").text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), static_cast<std::ptrdiff_t>(kPages));
}

TEST_F(Pdf, IsCleanForQpdf) {
  NEEDS("qpdf");
  document::PlacedPage page;
  add_line(page, "kaiti", "周𬱟", 40);
  page.rectangles.push_back({10, 10, 100, 50, 1, true, {0.9, 0.1, 0.1}});
  page.rules.push_back({10, 70, 200, 70, 0.5, {}});
  page.modules.push_back({50, 100, 20, {3, {true, false, true, false, true, false, true, false, true}}});
  const Output check = run("qpdf --check " + save(make({page, page})));
  EXPECT_EQ(check.code, 0) << check.text;
  EXPECT_THAT(check.text, HasSubstr("No syntax or stream encoding errors found"));
  EXPECT_THAT(check.text, HasSubstr("PDF Version: 1.7"));
}

TEST_F(Pdf, EmbedsSubsetsWithUnicodeMapsOnly) {
  NEEDS("pdffonts");
  document::PlacedPage page;
  double baseline = 20;
  for (const font::Role& role : faces_->roles()) add_line(page, role.id, "周𬱟同志2020", baseline += 15);
  const Output fonts = run("pdffonts " + save(make({page})));
  const auto lines = split(fonts.text, "\n");
  ASSERT_GT(lines.size(), 4u) << fonts.text;
  for (size_t i = 2; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    EXPECT_THAT(lines[i], HasSubstr("yes yes yes")) << fonts.text;
    EXPECT_EQ(lines[i][6], '+') << lines[i];
  }
}

TEST_F(Pdf, SaysItsTitleAndDateInTheInformation) {
  NEEDS("pdfinfo");
  document::PlacedPage page;
  add_line(page, "kaiti", "一", 40);
  const Output info = run("TZ=Asia/Shanghai pdfinfo " + save(make({page})));
  EXPECT_THAT(info.text, HasSubstr("结业证书 <A&B> 𬱟"));
  EXPECT_THAT(info.text, HasSubstr("841.89 x 595.276 pts (A4)"));
}

TEST_F(Pdf, IsTheSameBytesForTheSameInput) {
  document::PlacedPage page, other;
  add_line(page, "kaiti", "周𬱟", 40);
  add_line(other, "kaiti", "王静欧阳书瑶", 40);
  const std::string first = make({page});
  EXPECT_EQ(first, make({page}));
  EXPECT_NE(first, make({other}));

  // Prepared for a larger batch, the document is still the same.
  font::Characters all;
  for (const auto& each : {page, other}) add_characters(each, all);
  const Prepared prepared(*faces_, {}, all);
  Document document({"结业证书 <A&B> 𬱟", "清河县教师进修学校", "示例", *parse_time("2020-09-30")},
                    prepared);
  document.add_page(page);
  EXPECT_EQ(first, document.finish());
}

TEST_F(Pdf, DrawsPicturesThroughTheirTransparency) {
  NEEDS("pdftoppm");
  auto seal = std::make_shared<picture::Pixels>(picture::Pixels{2, 1, {255, 0, 0, 0, 0, 255}, {255, 0}});
  document::PlacedPage page;
  page.width_mm = 20;
  page.height_mm = 10;
  page.pictures.push_back({0, 0, 20, 10, seal});
  const std::string file = save(make({page}));
  ASSERT_EQ(run("pdftoppm -r 72 " + file + " " + (folder_ / "shown").string()).code, 0);
  const std::string picture = read_file(folder_ / "shown-1.ppm");
  const std::string pixels = picture.substr(picture.size() - 57 * 3);  // the last row of 57 pixels
  EXPECT_EQ(pixels.substr(3 * 8, 3), std::string("\xFF\0\0", 3));
  EXPECT_EQ(pixels.substr(3 * 48, 3), "\xFF\xFF\xFF");
}

// A seal stands on the name and the date of the signature: both stay readable, and the seal stays red.
TEST_F(Pdf, ShowsTheWordsUnderASeal) {
  NEEDS("pdftoppm");
  NEEDS("pdftotext");
  auto seal = std::make_shared<picture::Pixels>(picture::Pixels{2, 1, {230, 0, 0, 230, 0, 0}, {255, 255}});
  document::PlacedPage page;
  page.width_mm = page.height_mm = 60;
  add_line(page, "songti", "一", 30, 72);
  page.pictures.push_back({0, 0, 60, 60, seal});
  const std::string file = save(make({page}));
  EXPECT_THAT(run("pdftotext " + file + " -").text, HasSubstr("一"));
  ASSERT_EQ(run("pdftoppm -r 72 " + file + " " + (folder_ / "shown").string()).code, 0);
  const std::string picture = read_file(folder_ / "shown-1.ppm");
  size_t red = 0, black = 0;
  for (size_t at = picture.size() - size_t{170 * 170 * 3}; at + 3 <= picture.size(); at += 3) {
    red += picture.compare(at, 3, "\xE6\0\0", 3) == 0;
    black += picture.compare(at, 3, "\0\0\0", 3) == 0;
  }
  EXPECT_GT(red, 20000u);
  EXPECT_GT(black, 50u);
}

TEST_F(Pdf, TurnsTextToRunDownThePage) {
  NEEDS("pdftotext");
  document::PlacedPage page;
  page.width_mm = page.height_mm = 100;
  add_line(page, "songti", "一二三四", 40, 20);
  page.texts.front().turned = true;
  const Output boxes = run("pdftotext -bbox " + save(make({page})) + " -");
  EXPECT_THAT(boxes.text, HasSubstr(">一二三四</word>"));
  double left = 0, top = 0, right = 0, bottom = 0;
  const std::string word = boxes.text.substr(boxes.text.find("<word "));
  ASSERT_EQ(std::sscanf(word.c_str(), "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left,
                        &top, &right, &bottom),
            4);
  const double mm = 72 / 25.4;
  EXPECT_NEAR(top, 40 * mm, 0.1);          // begins at the baseline's place
  EXPECT_NEAR(bottom, 40 * mm + 80, 0.1);  // four characters of 20 pt further down
  EXPECT_LT(left, 30 * mm);                // its feet point to the left
  EXPECT_GT(right, 30 * mm + 10);
}

TEST_F(Pdf, PrintsAQrCodeThatReadersRead) {
  NEEDS("zbarimg");
  NEEDS("pdftoppm");
  const std::string said =
      "QHJX2020ZX010001A;周𬱟;新录用教师入职培训班;30学时;清河县教师进修学校;2020-09-"
      "30";
  document::PlacedPage page;
  page.modules.push_back({30, 30, 27, *picture::make_qr(said)});
  const std::string file = save(make({page}));
  ASSERT_EQ(run("pdftoppm -r 150 -png " + file + " " + (folder_ / "shown").string()).code, 0);
  const Output read = run("zbarimg -q --raw " + (folder_ / "shown-1.png").string());
  EXPECT_THAT(read.text, HasSubstr(said + "\n"));
}

TEST_F(Pdf, RefusesACharacterThatWasNotPrepared) {
  document::PlacedPage page;
  add_line(page, "kaiti", "一二", 40);
  const Prepared prepared(*faces_, {}, {{faces_->find_face("kaiti", U'一')->id(), {U'一'}}});
  Document document({}, prepared);
  document.add_page(page);
  EXPECT_ANY_THROW(document.finish());
}

}  // namespace
}  // namespace wenshu::pdf
