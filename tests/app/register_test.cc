#include "app/register.h"

#include <gmock/gmock.h>

#include "app/audit.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Register, ListsShowsAndExportsItsRows) {
  const TemporaryOffice office;
  office.open();
  office.act("xu-lei", office.start_and_approve(), "issue");
  const auto lines = list_registers(office.as(""));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].rows, 2);
  EXPECT_THAT(lines[0].series, ElementsAre("用印"));
  const std::string csv = export_register(office.as(""), "seal-book");
  EXPECT_THAT(
      csv,
      HasSubstr(
          "事项,材料,份数,日期,经办人,办件,备注\r\n聘任合同,合同,2,2020-07-27,徐磊,seal-request-1,\r\n"));
  EXPECT_THROW(show_register(office.as(""), "seal-boook"), NotFound);
}

TEST(Register, NumbersWithoutGapsAndSaysWhereASeriesStands) {
  const TemporaryOffice office;
  office.open();
  for (int i = 0; i < 3; ++i) office.act("xu-lei", office.start_and_approve(), "issue");
  EXPECT_THAT(find_gaps(office.as("")), IsEmpty());
  const auto series = list_series(office.as(""));
  ASSERT_EQ(series.size(), 1u);
  EXPECT_EQ(series[0].given, 3);
  EXPECT_EQ(series[0].last_number, "柳校印〔2020〕3号");
}

TEST(Import, TakesRowsByColumnNameOrTitleOnce) {
  const TemporaryOffice office;
  office.open();
  office.write("old.csv", "事项,name,份数\n旧合同,正本,1\n旧证明,,2\n");
  EXPECT_EQ(import_rows(office.as("xu-lei"), "seal-book", office / "old.csv"), 2);
  const auto table = show_register(office.as(""), "seal-book");
  EXPECT_THAT(table.rows[1], ElementsAre("旧证明", "", "2", "", "", "", ""));
  EXPECT_THAT(table.origins, ElementsAre("import", "import"));
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "old.csv"); }),
              ElementsAre("rows-imported-before"));
  EXPECT_TRUE(verify_store(office.as("")).findings.empty());
}

TEST(Import, NumbersOfImportedRowsAreNotGivenAgain) {
  const TemporaryOffice office;
  office.open();
  office.write("old.csv", "事项,备注\n旧合同,柳校印〔2020〕1号\n旧证明,柳校印〔2020〕2号\n");
  EXPECT_EQ(import_rows(office.as("xu-lei"), "seal-book", office / "old.csv"), 2);
  const auto answer = office.act("xu-lei", office.start_and_approve(), "issue");
  EXPECT_THAT(answer.numbers, ElementsAre("柳校印〔2020〕3号"));
  EXPECT_THAT(find_gaps(office.as("")), IsEmpty());
  EXPECT_TRUE(verify_store(office.as("")).findings.empty()) << to_text(verify_store(office.as("")).findings);
}

TEST(Import, ReportsEveryFaultAndTakesNothing) {
  const TemporaryOffice office;
  office.open();
  office.write("bad.csv", "事项,材枓,页数\n旧合同,正本,1\n,,3\n");
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "bad.csv"); }),
              ElementsAre("unknown-column", "unknown-column", "empty-row"));
  office.write("control.csv", "事项\na\x01\n");
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "control.csv"); }),
              Contains("forbidden-character"));
  office.write("twice.csv", "事项,title\n旧合同,新合同\n");
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "twice.csv"); }),
              ElementsAre("duplicate-column"));
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "office"); }),
              ElementsAre("not-a-file"));
  EXPECT_THAT(show_register(office.as(""), "seal-book").rows, IsEmpty());
  EXPECT_THAT(refusals([&] { import_rows(office.as("xu-lei"), "seal-book", office / "absent.csv"); }),
              Contains("no-such-file"));
}

}  // namespace
}  // namespace wenshu::app
