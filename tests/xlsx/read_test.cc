#include "xlsx/read.h"

#include <gmock/gmock.h>

#include <random>

#include "base/text.h"
#include "data/write.h"
#include "tests/xlsx/small_xlsx.h"

namespace wenshu::xlsx {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::rows;
using testing::Small;
using testing::texts;
using testing::to_bytes;

struct Read {
  std::string json;  // "" when there is no table
  std::vector<std::string> codes;
  std::string told;
};

Read read(const std::string& bytes, const Choice& choice = {}) {
  Diagnostics findings;
  const auto table = read_table(bytes, "a.xlsx", choice, findings);
  Read result{table ? data::to_json(*table) : "", {}, to_text(findings)};
  for (const Diagnostic& finding : findings) result.codes.push_back(finding.code);
  return result;
}
Read read(const Small& book, const Choice& choice = {}) { return read(to_bytes(book), choice); }

Small sheet(const std::string& inside) { return {{{"Sheet1", inside}}, {}, {}, {}, {}}; }

TEST(Xlsx, ReadsSharedInlineRichAndSpokenText) {
  Small book = sheet(rows({texts({"姓名", "单位", "备注"}),
                           "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"str\"><f>A1</f>"
                           "<v>算出的</v></c>"}));
  book.strings =
      "<si><t>王芳</t><rPh sb=\"0\" eb=\"1\"><t>ワンファン</t></rPh><phoneticPr fontId=\"1\"/></si>"
      "<si><r><t>县</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">实 小</t></r></si>";
  EXPECT_EQ(read(book).json, R"([{"姓名":"王芳","单位":"县实 小","备注":"算出的"}])");
}

TEST(Xlsx, ReadsNumbersDaysAndTruthsByTheirFormats) {
  Small book =
      sheet(rows({texts({"学时", "日期", "合格", "编码", "严格"}),
                  "<c><v>0.30000000000000004</v></c><c s=\"1\"><v>45449</v></c><c t=\"b\"><v>1</v></c>"
                  "<c s=\"2\"><v>7</v></c><c t=\"d\"><v>2024-06-06T00:00:00</v></c>"}));
  book.formats =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"000\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>";
  EXPECT_EQ(read(book).json,
            R"([{"学时":0.3,"日期":"2024-06-06","合格":true,"编码":"007","严格":"2024-06-06"}])");
  book.workbook = "<workbookPr date1904=\"1\"/>";
  EXPECT_THAT(read(book).json, HasSubstr("\"日期\":\"2028-06-07\""));
}

TEST(Xlsx, TakesTheWordsOfAnyMaker) {
  Small book;
  book.sheets = {{"Sheet1", ""}};
  book.instead["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row><x:c "
      "t=\"inlineStr\"><x:is><x:t>姓名</x:t></x:is></x:c></x:row>"
      "<x:row><x:c r=\"A2\" t=\"inlineStr\"><x:is><x:t>_x0031_王_x005F_x0031_</x:t></x:is></x:c></x:row>"
      "</x:sheetData></x:worksheet>";
  EXPECT_EQ(read(book).json, R"([{"姓名":"1王_x0031_"}])");
}

TEST(Xlsx, SaysPlacesAsTheSheetShowsThem) {
  Diagnostics findings;
  const auto one =
      read_table(to_bytes(sheet(rows({texts({"a", "b"}), "", texts({"", "2"})}))), "a.xlsx", {}, findings);
  ASSERT_TRUE(one);
  EXPECT_EQ(to_text((*one)[0]["b"].place()), "a.xlsx:3:2: 第3行B列");
  Small two = sheet(rows({texts({"a"}), texts({"1"})}));
  two.sheets.push_back({"二班", rows({texts({"a"}), texts({"2"})})});
  const auto table = read_table(to_bytes(two), "a.xlsx", {.sheet = "二班"}, findings);
  ASSERT_TRUE(table);
  EXPECT_EQ(to_text((*table)[0]["a"].place()), "a.xlsx:2:1: 工作表“二班”第2行A列");
}

TEST(Xlsx, PassesTitlesOverTheHeader) {
  const std::string table = texts({"姓名", "学时"});
  EXPECT_EQ(read(sheet(rows({texts({"2024年花名册"}), table, texts({"王芳", "36"})}) +
                       "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"))
                .json,
            R"([{"姓名":"王芳","学时":"36"}])");
  EXPECT_EQ(
      read(sheet(rows({texts({"花名册"}), texts({"姓名", "学时", "单位"}), texts({"王芳", "36", "县实小"})})))
          .json,
      R"([{"姓名":"王芳","学时":"36","单位":"县实小"}])");
}

TEST(Xlsx, NeverTakesPeopleForATitle) {
  const std::string list = rows({texts({"姓名"}), texts({"王芳"}), texts({"李雷"})});
  EXPECT_EQ(read(sheet(list)).json, R"([{"姓名":"王芳"},{"姓名":"李雷"}])");
  const Read remark = read(sheet(rows({texts({"姓名"}), texts({"王芳"}), texts({"李雷", "调走"})})));
  EXPECT_THAT(remark.codes, ElementsAre("empty-column-name"));
  EXPECT_THAT(remark.told, HasSubstr("第1行B列"));  // where the name is to be written
  EXPECT_THAT(remark.told, HasSubstr("第3行却有内容"));
}

TEST(Xlsx, TakesTheHeaderRowThatIsChosen) {
  const Small book = sheet(rows({texts({"说明", "填报"}), texts({"姓名", "学时"}), texts({"王芳", "36"})}));
  EXPECT_EQ(read(book, {.header_row = 2}).json, R"([{"姓名":"王芳","学时":"36"}])");
  EXPECT_THAT(read(book, {.header_row = 9}).codes, ElementsAre("no-header-row"));
}

std::string merged(const std::vector<std::string>& areas) {
  std::string xml = "<mergeCells>";
  for (const std::string& area : areas) xml += "<mergeCell ref=\"" + area + "\"/>";
  return xml + "</mergeCells>";
}

TEST(Xlsx, ReadsAHeadOfTwoStoreys) {
  const Small book =
      sheet(rows({texts({"成绩册"}), texts({"姓名", "成绩", "", "备注"}), texts({"", "语文", "数学"}),
                  texts({"王芳", "90", "85"}), texts({"李雷", "70", "", "补考"})}) +
            merged({"A1:D1", "A2:A3", "B2:C2", "D2:D3"}));
  constexpr const char* kRead = R"([{"姓名":"王芳","语文":"90","数学":"85","备注":null},)"
                                R"({"姓名":"李雷","语文":"70","数学":null,"备注":"补考"}])";
  EXPECT_EQ(read(book).json, kRead);
  EXPECT_EQ(read(book, {.header_row = 2}).json, kRead);
  EXPECT_EQ(read(book, {.header_row = 3}).json, kRead);
}

TEST(Xlsx, NamesColumnsByAllTheirHeadsWhereTheLowestStandsTwice) {
  EXPECT_EQ(
      read(sheet(rows({texts({"姓名", "上学期", "", "下学期", "", ""}),
                       texts({"", "语文", "数学", "语文", "数学", "体育"}),
                       texts({"王芳", "1", "2", "3", "4", "5"})}) +
                 merged({"B1:C1", "D1:F1"})))
          .json,
      R"([{"姓名":"王芳","上学期_语文":"1","上学期_数学":"2","下学期_语文":"3","下学期_数学":"4","体育":"5"}])");
}

TEST(Xlsx, ReadsAHeadOfThreeStoreysAndOneOfGroupsAlone) {
  EXPECT_EQ(
      read(sheet(rows({texts({"姓名", "上学期", "", "", ""}), texts({"", "期中", "", "期末", ""}),
                       texts({"", "语", "数", "语", "数"}), texts({"王芳", "1", "2", "3", "4"})}) +
                 merged({"A1:A3", "B1:E1", "B2:C2", "D2:E2"})))
          .json,
      R"([{"姓名":"王芳","上学期_期中_语":"1","上学期_期中_数":"2","上学期_期末_语":"3","上学期_期末_数":"4"}])");
  EXPECT_EQ(read(sheet(rows({texts({"基本信息", "", "培训"}), texts({"姓名", "性别", "课程", "学时"}),
                             texts({"王芳", "女", "管理", "8"})}) +
                       merged({"A1:B1", "C1:D1"})))
                .json,
            R"([{"姓名":"王芳","性别":"女","课程":"管理","学时":"8"}])");
}

TEST(Xlsx, NeverTakesARecordForPartOfTheHead) {
  // A name merged across, and records whose cells are not.
  const Read two =
      read(sheet(rows({texts({"姓名", "电话", ""}), texts({"王芳", "甲", "乙"})}) + merged({"B1:C1"})));
  EXPECT_THAT(two.codes, ElementsAre("empty-column-name"));
  EXPECT_EQ(
      read(sheet(rows({texts({"姓名", "电话", ""}), texts({"王芳", "甲", ""})}) + merged({"B1:C1", "B2:C2"})))
          .json,
      R"([{"姓名":"王芳","电话":"甲"}])");
}

TEST(Xlsx, NamesOfColumnsAreOneWordHoweverStretched) {
  EXPECT_EQ(read(sheet(rows({texts({"姓　 名", "身份\n证号", "  No. 1 "}), texts({"王芳", "1", "2"})}))).json,
            R"([{"姓名":"王芳","身份证号":"1","No. 1":"2"}])");
}

TEST(Xlsx, AMergedCellCountsForEachOfItsRows) {
  EXPECT_EQ(
      read(sheet(rows({texts({"单位", "姓名"}), texts({"县实小", "王芳"}), texts({"", "李雷"}),
                       texts({"", ""}), texts({"二小", "韩梅"}), texts({"", "孙立"})}) +
                 "<mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"A5:A5\"/></mergeCells>"))
          .json,
      R"([{"单位":"县实小","姓名":"王芳"},{"单位":"县实小","姓名":"李雷"},{"单位":"二小","姓名":"韩梅"},)"
      R"({"单位":null,"姓名":"孙立"}])");
}

TEST(Xlsx, TellsWhichSheetsItDidNotRead) {
  Small book = sheet(rows({texts({"a"}), texts({"1"})}));
  book.sheets.push_back({"二班", rows({texts({"a"}), texts({"2"})})});
  book.sheets.push_back({"空", rows({})});
  const Read first = read(book);
  EXPECT_EQ(first.json, R"([{"a":"1"}])");
  EXPECT_THAT(first.codes, ElementsAre("other-sheets"));
  EXPECT_THAT(first.told, HasSubstr("没有读“二班”"));
  EXPECT_EQ(read(book, {.sheet = "二班"}).json, R"([{"a":"2"}])");
  const Read wrong = read(book, {.sheet = "三班"});
  EXPECT_THAT(wrong.codes, ElementsAre("unknown-sheet"));
  EXPECT_THAT(wrong.told, HasSubstr("是否为 \"二班\"?"));
}

TEST(Xlsx, WarnsOfRowsThatNobodySees) {
  const Read hidden = read(sheet("<sheetData><row r=\"1\">" + texts({"a"}) +
                                 "</row><row r=\"2\" hidden=\"1\">" + texts({"1"}) + "</row></sheetData>"));
  EXPECT_EQ(hidden.json, R"([{"a":"1"}])");
  EXPECT_THAT(hidden.codes, ElementsAre("hidden-rows"));
}

TEST(Xlsx, ReportsEveryFaultOfItsCells) {
  Small book = sheet(rows({texts({"a", "b", "c", "d", "e"}),
                           "<c t=\"e\"><v>#REF!</v></c><c><f>1+1</f></c><c><v>110101198001011230</v></c>"
                           "<c s=\"0\"><v>-5</v></c><c t=\"s\"><v>3</v></c>",
                           "<c><v>x</v></c><c s=\"9\"><v>1</v></c>" + texts({"坏_x0001_字"})}));
  book.formats = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>";
  const Read faults = read(book);
  EXPECT_EQ(faults.json, "");
  EXPECT_THAT(faults.codes, ElementsAre("cell-error", "formula-without-value", "number-too-long", "bad-date",
                                        "bad-sheet", "bad-cell", "bad-sheet", "forbidden-character"));
  EXPECT_THAT(faults.told, HasSubstr("a.xlsx:2:1: 第2行A列: error[cell-error]: 单元格里是错误值 #REF!"));
}

TEST(Xlsx, CountsAFaultThatAWholeColumnShares) {
  std::vector<std::string> all = {texts({"a"})};
  for (int i = 0; i < 500; ++i) all.push_back("<c t=\"e\"><v>#N/A</v></c>");
  const Read faults = read(sheet(rows(all)));
  EXPECT_EQ(faults.codes.size(), 21u);
  EXPECT_THAT(faults.told, HasSubstr("第501行A列: error[cell-error]: 同样的问题一共 500 处"));
}

TEST(Xlsx, SaysWhatAFileIsThatIsNone) {
  const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  std::string secret = compound + std::string(600, '\0');
  for (const char c : std::string("EncryptedPackage")) secret += std::string{c, '\0'};
  EXPECT_THAT(read(secret).codes, ElementsAre("password-protected"));
  EXPECT_THAT(read(compound + std::string(600, 'x')).codes, ElementsAre("old-spreadsheet"));
  EXPECT_THAT(read("姓名,学时\n王芳,36\n").codes, ElementsAre("not-a-zip"));
  const std::string whole = to_bytes(sheet(rows({texts({"a"}), texts({"1"})})));
  EXPECT_THAT(read(whole.substr(0, whole.size() / 2)).codes, ElementsAre("not-a-zip"));
  Small word = sheet("");
  word.instead["xl/workbook.xml"] = "<document/>";
  EXPECT_THAT(read(word).codes, ElementsAre("not-a-workbook"));
  word.instead["xl/workbook.xml"] = "";
  EXPECT_THAT(read(word).codes, ElementsAre("not-a-workbook"));
}

TEST(Xlsx, RefusesDanglingRelationsAndBrokenParts) {
  const std::string inside = rows({texts({"a"}), texts({"1"})});
  const std::pair<std::map<std::string, std::string>, std::string> stories[] = {
      {{{"xl/worksheets/sheet1.xml", ""}}, "missing-part"},
      {{{"xl/sharedStrings.xml", ""}}, "missing-part"},
      {{{"xl/worksheets/sheet1.xml", "<worksheet><sheetData></worksheet>"}}, "bad-xml"},
      {{{"xl/worksheets/sheet1.xml", "<!DOCTYPE a><worksheet/>"}}, "xml-doctype"},
      {{{"xl/sharedStrings.xml", "<sst><si>"}}, "bad-xml"},
      {{{"xl/worksheets/sheet1.xml", "<worksheet/>"}}, "empty-file"},
      {{{"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData><row r=\"2\"><c r=\"A9\"><v>1</v></c></row></sheetData></worksheet>"}},
       "bad-sheet"},
      {{{"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>"}},
       "bad-sheet"},
  };
  for (const auto& [instead, code] : stories) {
    Small book = sheet(inside);
    book.strings = "<si><t>x</t></si>";
    book.instead = instead;
    EXPECT_THAT(read(book).codes, ElementsAre(code)) << instead.begin()->second;
  }
  Small outside = sheet(inside);
  outside.instead["xl/_rels/workbook.xml.rels"] = fmt::format(
      "<Relationships><Relationship Id=\"rId1\" Type=\"{}/worksheet\" "
      "Target=\"../../../etc/passwd\"/></Relationships>",
      testing::kRelations);
  EXPECT_THAT(read(outside).codes, ElementsAre("missing-part"));
}

TEST(Xlsx, RefusesTablesWithoutEnd) {
  const Read wide = read(sheet(rows({texts({"a"}), "<c r=\"XFD2\"><v>1</v></c>"})));
  EXPECT_THAT(wide.codes, ElementsAre("table-too-large"));
  Small long_text = sheet("");
  long_text.strings = "<si><t>" + std::string(1 << 16, 'x') + "</t></si>";
  std::vector<std::string> all(1100, "<c t=\"s\"><v>0</v></c>");
  long_text.sheets[0].second = rows(all);
  EXPECT_THAT(read(long_text).codes, ElementsAre("table-too-large"));
  const Read nameless = read(sheet(rows({"", "<c r=\"A2\"><v/></c>"})));
  EXPECT_THAT(nameless.codes, ElementsAre("empty-file"));
}

// No mutation of a sound workbook's parts may crash, hang or pass for sound with a fault inside.
TEST(Xlsx, SurvivesMutatedParts) {
  Small sound = sheet(rows({texts({"姓名", "日期"}),
                            "<c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" s=\"1\"><v>45449</v></c>"}) +
                      "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>");
  sound.strings = "<si><t>王芳</t></si>";
  sound.formats = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>";
  Diagnostics none;
  const auto parts = package::open_archive(to_bytes(sound), "a.xlsx", none);
  std::mt19937 random(20260102);  // fixed
  const std::string_view alphabet = "<>/\"= 0129AZ:s_x";
  int read_well = 0;
  for (int i = 0; i < 1500; ++i) {
    Small book = sound;
    const std::string& name = parts->names()[random() % parts->names().size()];
    std::string bytes = parts->read(name);
    for (auto n = 1 + random() % 3; n-- > 0 && !bytes.empty();) {
      const size_t at = random() % bytes.size();
      if (random() % 2 == 0) {
        bytes.erase(at, 1 + random() % 8);
      } else {
        bytes[at] = alphabet[random() % alphabet.size()];
      }
    }
    book.instead[name] = bytes;
    const Read result = read(book);
    EXPECT_TRUE(!result.json.empty() || !result.codes.empty()) << bytes;
    read_well += !result.json.empty();
  }
  EXPECT_GT(read_well, 50);
}

}  // namespace
}  // namespace wenshu::xlsx
