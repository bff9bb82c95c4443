#include "certificate/batch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "certificate/blank.h"
#include "certificate/check.h"
#include "certificate/roster.h"
#include "data/load.h"
#include "data/table.h"

namespace wenshu::certificate {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string kSource = WENSHU_SOURCE_DIR;
const std::string kData =
    "data: d\ncertificate: completion\nvalues:\n  class: ZX01\n  title: 新录用教师入职培训班\n  period: "
    "2020年9月1日至9月4日\n"
    "  hours: 30\n  issuer: 教师进修学校\n  date: 2020-09-30\n";

class Batch : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto value = data::load_file(kSource + "/templates/certificates/completion.yaml", findings_);
    ASSERT_TRUE(value) << to_text(findings_);
    sheet_ = load_sheet(*value, findings_);
    ASSERT_TRUE(sheet_) << to_text(findings_);
  }
  std::optional<People> roster(const std::string& csv) {
    const auto rows = data::parse_csv(csv, "roster.csv", findings_);
    return rows ? load_roster(*sheet_, *rows, findings_) : std::nullopt;
  }
  std::optional<data::Value> values(const std::string& yaml) {
    const auto file = data::parse_yaml(yaml, "batch.yaml", findings_);
    return file ? load_batch_data(*sheet_, *file, findings_) : std::nullopt;
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& finding : findings_) codes.push_back(finding.code);
    return codes;
  }
  std::string edited(const std::string& from, const std::string& to) {
    std::string yaml = kData;
    return yaml.replace(yaml.find(from), from.size(), to);
  }

  Diagnostics findings_;
  std::optional<Sheet> sheet_;
};

TEST_F(Batch, ReadsARosterByIdsOrByTitles) {
  for (const char* head : {"id,name,school\n", "学号,姓名,单位\n"}) {
    const auto people = roster(std::string(head) + "a1,周𬱟,一中\na2, 王静 ,二中\n");
    ASSERT_TRUE(people) << to_text(findings_);
    EXPECT_EQ((*people)[0].name, "周𬱟");
    EXPECT_EQ((*people)[1].name, "王静");
    EXPECT_EQ((*people)[1].id, "a2");
    EXPECT_EQ((*people)[1].row["school"].text(), "二中");
  }
  EXPECT_TRUE(findings_.empty()) << to_text(findings_);
}

TEST_F(Batch, NamesARowWithoutAName) {
  EXPECT_FALSE(roster("id,name,school\na1,王静,一中\na2,,二中\n"));
  ASSERT_THAT(codes(), ElementsAre("empty-cell"));
  EXPECT_EQ(findings_.begin()->where.line, 3);
}

TEST_F(Batch, TakesNamesOfAllPeoples) {
  ASSERT_TRUE(roster(
      "id,name,school\na1,Mary "
      "Smith,一中\na2,김철수,一中\na3,阿卜杜热合曼·买买提江,一中\na4,扎西·多吉,一中\na5,さくら,一中\n"));
  EXPECT_TRUE(findings_.empty()) << to_text(findings_);
}

TEST_F(Batch, LeavesTheOfficesOwnColumnsUnread) {
  const auto people = roster("序号,id,name,school,备注,培训批次\n1,a1,王静,一中,,甲\n");
  ASSERT_TRUE(people);
  EXPECT_EQ((*people)[0].id, "a1");
  EXPECT_THAT(codes(), ElementsAre("unused-column"));
  EXPECT_THAT(to_text(findings_), HasSubstr("培训批次"));
}

TEST_F(Batch, NamesUnknownAndMissingColumns) {
  EXPECT_FALSE(roster("id,nmae,school\na1,王静,一中\n"));
  EXPECT_THAT(codes(), UnorderedElementsAre("unknown-column", "missing-column"));
  EXPECT_THAT(to_text(findings_), HasSubstr("是否为 \"name\""));
}

TEST_F(Batch, RefusesTwoRowsOfOneNameWithoutIds) {
  EXPECT_FALSE(roster("name,school\n王静,一中\n王静,二中\n"));
  EXPECT_THAT(codes(), ElementsAre("same-name-without-id"));
  findings_ = {};
  EXPECT_FALSE(roster("id,name,school\na1,王静,一中\n,王静,二中\n"));
  EXPECT_THAT(codes(), ElementsAre("same-name-without-id"));
  findings_ = {};
  EXPECT_TRUE(roster("id,name,school\na1,王静,一中\na2,王静,二中\n"));
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Batch, RefusesOneIdTwice) {
  EXPECT_FALSE(roster("id,name,school\na1,王静,一中\na1,李明,二中\n"));
  EXPECT_THAT(codes(), ElementsAre("repeated-id"));
}

TEST_F(Batch, RefusesPrivateUseCharactersAndTellsTheRealOne) {
  EXPECT_FALSE(roster("id,name,school\na1,刘\uE863,一中\n"));
  ASSERT_THAT(codes(), ElementsAre("private-use-character"));
  EXPECT_THAT(findings_.begin()->hint, HasSubstr("U+4DAE"));
}

TEST_F(Batch, RefusesCharactersThatNobodySees) {
  for (const char* name : {"李\u200B明", "赵\uFE00", "\uFEFF李明", "李\u202E明", "葛\U000E0100"}) {
    findings_ = {};
    EXPECT_FALSE(roster(std::string("id,name,school\na1,") + name + ",一中\n")) << name;
    EXPECT_THAT(codes(), ElementsAre("invisible-character")) << name;
  }
}

TEST_F(Batch, RefusesTheMarkThatALostCharacterLeaves) {
  for (const char* name : {"周?", "刘\uFFFD", "李？明", "□明"}) {
    findings_ = {};
    EXPECT_FALSE(roster(std::string("id,name,school\na1,") + name + ",一中\n")) << name;
    EXPECT_THAT(codes(), ElementsAre("lost-character")) << name;
  }
}

TEST_F(Batch, GivesTheGoodRowsBesideTheFaultyOnes) {
  const auto rows = data::parse_csv("id,name,school\na1,,一中\na2,王静,二中\n", "roster.csv", findings_);
  const auto people = read_people(*sheet_, *rows, findings_);
  EXPECT_THAT(codes(), ElementsAre("empty-cell"));
  ASSERT_EQ(people.size(), 1u);
  EXPECT_EQ(people[0].id, "a2");
}

TEST_F(Batch, RefusesAFalseSeparatorBetweenIdeographsAndWarnsOfOthers) {
  EXPECT_FALSE(roster("id,name,school\na1,阿卜杜•买买提,一中\n"));
  EXPECT_THAT(codes(), ElementsAre("name-separator"));
  findings_ = {};
  EXPECT_TRUE(roster("id,name,school\na1,J.Smith,一中\n"));
  EXPECT_THAT(codes(), ElementsAre("name-separator"));
}

TEST_F(Batch, RefusesWhatIsNoName) {
  for (const char* name : {"a9", "=1+1", "#REF!", "{{title}}", "王2", "王２", "王😀", "王/李"}) {
    findings_ = {};
    EXPECT_FALSE(roster(std::string("id,name,school\na1,") + name + ",一中\n")) << name;
    EXPECT_THAT(codes(), ElementsAre("not-a-name")) << name;
    EXPECT_EQ(findings_.begin()->where.column, 2) << name;
  }
}

TEST_F(Batch, RefusesAnIdThatASpreadsheetRuined) {
  EXPECT_FALSE(roster("id,name,school\n3.30101199001011E+17,王静,一中\n"));
  EXPECT_THAT(codes(), ElementsAre("ruined-number"));
  EXPECT_TRUE(roster("id,name,school\nE+17,王静,一中\n2E1,王一,一中\n"));
}

TEST_F(Batch, WarnsOfIdsThatDifferInCaseOrWidthAlone) {
  EXPECT_TRUE(roster("id,name,school\na1,王静,一中\nＡ１,王一,一中\n"));
  EXPECT_THAT(codes(), ElementsAre("similar-id"));
  EXPECT_EQ(findings_.begin()->where.line, 3);
}

TEST_F(Batch, RefusesSchoolsUnderTheHeadOfNames) {
  EXPECT_FALSE(roster("id,name,school\na1,清河县实验小学,王静\na2,河口镇中心幼儿园,欧阳小明\n"));
  ASSERT_THAT(codes(), ElementsAre("swapped-columns"));
  EXPECT_THAT(findings_.begin()->message,
              HasSubstr("“姓名”列里多是学校（清河县实验小学），“单位”列里多是姓名（王静）"));
  findings_ = {};
  EXPECT_TRUE(roster("id,name,school\na1,王静,县一中\na2,张小园,实小\n"));
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Batch, ReadsATableRowByRowAsItReadsTheWhole) {
  const std::string csv = "学号,姓名,单位\na1,周𬱟,一中\na2,,二中\na3,王静,\n";
  const auto whole = data::parse_csv(csv, "roster.csv", findings_);
  Diagnostics of_whole, of_rows;
  const People all = read_people(*sheet_, *whole, of_whole);
  Roster roster(*sheet_, {"roster.csv"}, of_rows);
  const auto table = data::parse_csv(
      csv, "roster.csv", [&](const data::Value& row) { roster.take(row); }, findings_);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->size(), 0u);
  EXPECT_EQ(roster.taken(), 3u);
  const People some = roster.finish();
  EXPECT_EQ(to_text(of_rows), to_text(of_whole));
  ASSERT_EQ(some.size(), all.size());
  EXPECT_EQ(some[0].row, all[0].row);
  EXPECT_EQ(some[0].id, "a1");
}

TEST_F(Batch, ChecksTheDataByTheSheet) {
  EXPECT_TRUE(values(kData)) << to_text(findings_);
  EXPECT_FALSE(values(edited("date: 2020-09-30", "date: 2020-09-31")));
  EXPECT_FALSE(values(edited("hours:", "houres:")));
  EXPECT_FALSE(values(edited("class: ZX01", "class: zx01")));
  EXPECT_FALSE(values(edited("certificate: completion", "certificate: completoin")));
  EXPECT_THAT(codes(), UnorderedElementsAre("bad-date", "unknown-field", "missing-field", "bad-code",
                                            "unknown-certificate"))
      << to_text(findings_);
}

TEST_F(Batch, ChecksTheCharactersOfTheDataOnceAndNotPerPerson) {
  EXPECT_FALSE(values(edited("教师进修学校", "\"教师\\u200B进修学校\"")));
  EXPECT_FALSE(values(edited("新录用教师入职培训班", "\"新录用\\uE000班\"")));
  EXPECT_THAT(codes(), ElementsAre("invisible-character", "private-use-character"));
}

TEST_F(Batch, TakesTheNumbersYearFromTheDate) {
  const auto data = values(kData);
  ASSERT_TRUE(data);
  EXPECT_THAT(number_parameters(*sheet_, *data),
              UnorderedElementsAre(std::pair<const std::string, std::string>{"year", "2020"},
                                   std::pair<const std::string, std::string>{"class", "ZX01"}));
  EXPECT_EQ(to_text(*date_of(*sheet_, *data)), "2020-09-30");
}

TEST_F(Batch, FillsTheRegistersRow) {
  const auto data = values(kData);
  const auto people = roster("id,name,school\na1,周𬱟,一中\n");
  ASSERT_TRUE(data && people);
  const auto row = register_row(*sheet_, merge(*sheet_, *data, people->front(), "QHJX1"));
  EXPECT_THAT(row, ::testing::Contains(std::pair<std::string, std::string>{"number", "QHJX1"}));
  EXPECT_THAT(row, ::testing::Contains(std::pair<std::string, std::string>{"name", "周𬱟"}));
  EXPECT_THAT(row, ::testing::Contains(std::pair<std::string, std::string>{"hours", "30"}));
}

class Page : public Batch {
 protected:
  void SetUp() override {
    Batch::SetUp();
    faces_ = font::load_faces(kSource + "/fonts/fonts.yaml", findings_);
    ASSERT_TRUE(faces_);
    for (const char* role : {"fangsong", "kaiti", "songti", "xiaobiaosong"})
      if (!faces_->find_main_face(role)) GTEST_SKIP() << "no font for " << role;
    values_ = values(kData);
    ASSERT_TRUE(values_);
    for (auto& side : sheet_->sides)
      if (side.qr) side.qr->certifies.clear();  // an office without a key prints the plain text
  }
  Blank blank() { return Blank(*sheet_, *values_, *faces_, {}, "QHJX2020ZX01", {"batch.yaml"}, findings_); }
  std::optional<document::PlacedPage> page(const std::string& name, const std::string& school = "一中") {
    const auto people = roster("id,name,school\na1," + name + "," + school + "\n");
    if (!people) return std::nullopt;
    const Blank sheet = blank();
    std::vector<document::PlacedPage> pages;
    if (!Pen(sheet).draw({people->front(), "QHJX2020ZX010001A"}, pages, findings_)) return std::nullopt;
    return pages.at(0);
  }
  static std::u32string text_of(const document::PlacedPage& page) {
    std::u32string text;
    for (const auto& piece : page.texts) text += piece.characters;
    return text;
  }

  std::optional<font::Faces> faces_;
  std::optional<data::Value> values_;
};

TEST_F(Page, NamesThePersonAndTheCodePointThatNoFontHas) {
  EXPECT_FALSE(page("王\U00031350"));
  ASSERT_THAT(codes(), ElementsAre("uncovered-character"));
  EXPECT_THAT(findings_.begin()->message, HasSubstr("王\U00031350"));
  EXPECT_THAT(findings_.begin()->message, HasSubstr("U+31350"));
  EXPECT_EQ(findings_.begin()->where.line, 2);
}

TEST_F(Page, CountsAFaultThatAWholeClassShares) {
  std::string csv = "id,name,school\n";
  for (int i = 0; i < 2000; ++i) csv += fmt::format("a{0},王静,一\U00031350中\n", i);
  const auto people = roster(csv);
  ASSERT_TRUE(people);
  const Blank sheet = blank();
  font::Characters drawn;
  const Verdicts verdicts = check_certificates(sheet, *people, "QHJX2020ZX010001A", 2, drawn, findings_);
  EXPECT_EQ(std::count(verdicts.begin(), verdicts.end(), false), 2000);
  EXPECT_EQ(findings_.size(), 21u);
  EXPECT_THAT(to_text(findings_),
              HasSubstr("roster.csv:22: 第22行: error[uncovered-character]: 从这一行起还有1980人的证书上"));
}

TEST_F(Page, SaysTheWholeSentence) {
  const auto drawn = page("阿卜杜热合曼·买买提");
  ASSERT_TRUE(drawn) << to_text(findings_);
  EXPECT_NE(text_of(*drawn).find(U"阿卜杜热合曼·买买提同志（一中）于2020年9月1日至9月4日参加新录用教师入职培"
                                 U"训班学习，共30学时，考核合格，准予结业。"),
            std::u32string::npos);
  EXPECT_EQ(drawn->modules.size(), 1u);
}

TEST_F(Page, BreaksNoLineBeforeAClosingMark) {
  for (int length = 1; length < 30; ++length) {
    std::string school;
    for (int i = 0; i < length; ++i) school += "学";
    const auto drawn = page("王静", school);
    ASSERT_TRUE(drawn) << to_text(findings_);
    for (const auto& piece : drawn->texts) {
      if (piece.x_mm > 44.01) continue;  // not at the beginning of a line of the sentence
      EXPECT_EQ(std::u32string(U"，。、）").find(piece.characters.front()), std::u32string::npos) << length;
    }
  }
}

TEST_F(Page, ShrinksThenRefusesWhatHasNoRoom) {
  std::string school;
  for (int i = 0; i < 60; ++i) school += "学";
  const auto drawn = page("王静", school);
  ASSERT_TRUE(drawn) << to_text(findings_);
  for (int i = 0; i < 400; ++i) school += "学";
  EXPECT_FALSE(page("王静", school));
  EXPECT_THAT(codes(), ElementsAre("text-too-long"));
}

TEST_F(Page, StaysInsideThePageAndOutOfTheBorder) {
  const auto drawn = page("阿卜杜热合曼·买买提", "清河县职业中等专业学校（南校区）");
  ASSERT_TRUE(drawn);
  for (const auto& piece : drawn->texts) {
    double right = piece.x_mm;
    for (const double advance : piece.advances_mm) right += advance;
    EXPECT_GE(piece.x_mm, 20);
    EXPECT_LE(right, 277 + 1e-6);
    EXPECT_LE(piece.baseline_mm, 190);
  }
}

TEST_F(Page, ThePensCharactersHoldThoseOfEveryPage) {
  const auto people = roster("id,name,school\na1,周𬱟,一中\na2,赵彧,二中\n");
  ASSERT_TRUE(people);
  const Blank sheet = blank();
  Pen pen(sheet);
  for (size_t i = 0; i < people->size(); ++i) pen.learn({(*people)[i], "QHJX2020ZX010001A"});
  const auto fixed = sheet.fixed_characters(), all = pen.characters();
  std::vector<document::PlacedPage> pages;
  for (size_t i = 0; i < people->size(); ++i) {
    const Person person = (*people)[i];
    ASSERT_TRUE(Pen(sheet).draw({person, "QHJX2020ZX010001A"}, pages, findings_));
    for (const document::PlacedPage* page :
         {static_cast<const document::PlacedPage*>(&pages.front()), pages.front().ground.get()})
      for (const auto& piece : page->texts)
        for (const char32_t c : piece.characters) EXPECT_TRUE(all.at(piece.face_file).contains(c));
  }
  const std::string kaiti = faces_->find_face("kaiti", U'赵')->id();
  EXPECT_FALSE(fixed.contains(kaiti) && fixed.at(kaiti).contains(U'赵')) << "a name is not of the sheet";
}

// 民委发〔2016〕33号 wants fields of fifty characters; half of it is the longest name that a register of people shows.
TEST_F(Page, FitsNamesOfThirtyCharacters) {
  std::string name;
  for (int i = 0; i < 15; ++i) name += i == 7 ? "·" : "阿卜";
  const auto drawn = page(name);
  ASSERT_TRUE(drawn) << to_text(findings_);
  EXPECT_NE(text_of(*drawn).find(U"阿卜·阿卜"), std::u32string::npos);
}

TEST_F(Page, RunsDownFromRightToLeft) {
  sheet_->sides.front().texts[1].direction = Direction::down;
  sheet_->sides.front().texts[1].one_line = false;
  const auto drawn = page("周𬱟");
  ASSERT_TRUE(drawn) << to_text(findings_);
  double x = 1000, y = 0;
  for (const auto& piece : drawn->texts) {
    if (piece.characters.size() != 1 || piece.size_pt < 12) continue;
    const bool next_column = piece.baseline_mm < y;
    if (next_column) {
      EXPECT_LT(piece.x_mm, x);
    }
    x = next_column ? piece.x_mm : std::min(x, piece.x_mm + 5);
    y = piece.baseline_mm;
  }
  EXPECT_NE(text_of(*drawn).find(U"︵一中︶"), std::u32string::npos) << "brackets stand upright";
}

TEST_F(Page, TellsWhoMeetsARuleNot) {
  const auto people = roster(
      "id,name,school,attended,assessment,survey\na1,周𬱟,一中,30,合格,已填\na2,赵彧,二中,29.5,"
      "合格,"
      "已填\n"
      "a3,王静,二中,30,不合格,已填\na4,李明,二中,30,合格,\na5,孙策,二中,30,合格,未填\n");
  ASSERT_TRUE(people) << to_text(findings_);
  const Verdicts verdicts = check_rules(*sheet_, *values_, *people, findings_);
  EXPECT_THAT(verdicts, ElementsAre(true, false, false, false, false));
  EXPECT_THAT(codes(), Each("not-entitled"));
  EXPECT_EQ(findings_.size(), 4u);
  EXPECT_THAT(to_text(findings_), HasSubstr("李明：没有填“满意度问卷”"))
      << "an empty cell of a column that is there";
  EXPECT_THAT(to_text(findings_), HasSubstr("赵彧：学时不足：已学29.5学时，要求30学时"));
  EXPECT_EQ(findings_.begin()->where.line, 3);
}

TEST_F(Page, LetsNoOtherIssuerCertifyWithoutAnEntrustment) {
  const auto people = roster("id,name,school\na1,周𬱟,一中\n");
  const auto other = values(edited("issuer: 教师进修学校", "issuer: 某培训公司"));
  ASSERT_TRUE(people && other);
  EXPECT_THAT(check_rules(*sheet_, *other, *people, findings_), ElementsAre(false));
  const auto entrusted =
      values(edited("issuer: 教师进修学校", "issuer: 某培训公司\n  entrustment: 清教〔2020〕9号"));
  ASSERT_TRUE(entrusted);
  EXPECT_THAT(check_rules(*sheet_, *entrusted, *people, findings_), ElementsAre(true));
  const auto early = values(edited("date: 2020-09-30", "date: 2019-12-31"));
  ASSERT_TRUE(early);
  EXPECT_THAT(check_rules(*sheet_, *early, *people, findings_), ElementsAre(false))
      << "certified from 2020 on";
}

}  // namespace
}  // namespace wenshu::certificate
