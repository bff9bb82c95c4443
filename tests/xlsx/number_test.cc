#include "xlsx/number.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace wenshu::xlsx {
namespace {

std::string shown(std::string_view written, const NumberFormat& format, Epoch epoch = Epoch::from_1900) {
  CellFault fault;
  const auto value = read_number(written, format, epoch, fault);
  return value ? value->text() : fault.code;
}
std::string shown(std::string_view written, std::string_view code) {
  return shown(written, parse_format(code));
}

TEST(Number, LosesTheNoiseOfBinaryFractions) {
  EXPECT_EQ(shown("0.30000000000000004", "General"), "0.3");
  EXPECT_EQ(shown("36.5", "General"), "36.5");
  EXPECT_EQ(shown("1E-3", "General"), "0.001");
  EXPECT_EQ(shown("1.2345E+8", "General"), "123450000");
  EXPECT_EQ(shown("-7.10", "General"), "-7.1");
  EXPECT_EQ(shown("0", "General"), "0");
  EXPECT_EQ(shown("-0", "General"), "0");
  EXPECT_EQ(shown("5.5511151231257827E-17", "General"), "0.0000000000000000555111512312578");
}

TEST(Number, KeepsTheZerosThatItsFormatShows) {
  EXPECT_EQ(shown("7", "000"), "007");
  EXPECT_EQ(shown("1.5", "0.00"), "1.50");
  EXPECT_EQ(shown("1234.5", "#,##0.00"), "1234.50");
  EXPECT_EQ(shown("1234.5", "#,##0.00_);[Red](#,##0.00)"), "1234.50");
  EXPECT_EQ(shown("1.2345", "0.00"), "1.2345") << "digits that the sheet hides are not cut";
  EXPECT_EQ(shown("1.5", builtin_format(2)), "1.50");
  EXPECT_EQ(shown("36.6", builtin_format(1)), "36.6");
}

TEST(Number, KeepsTheZerosOfAnAmountOfMoney) {
  for (const char* code : {"￥#,##0.00", "¥#,##0.00", "\"￥\"#,##0.00;\"￥\"\\-#,##0.00", "[$¥-804]#,##0.00",
                           "$#,##0.00", "_ ¥* #,##0.00_ ", "#,##0.00元"})
    EXPECT_EQ(shown("1234.5", code), "1234.50") << code;
  EXPECT_EQ(shown("1234.5", builtin_format(44)), "1234.50");
}

TEST(Number, IsReadAsThePercentageThatIsShown) {
  EXPECT_EQ(shown("0.5", "0.0%"), "50.0%");
  EXPECT_EQ(shown("0.123456", "0%"), "12.3456%") << "digits that the sheet hides are not cut";
  EXPECT_EQ(shown("-0.07", builtin_format(10)), "-7.00%");
  EXPECT_EQ(shown("0", builtin_format(9)), "0%");
  EXPECT_EQ(shown("1", builtin_format(9)), "100%");
}

TEST(Number, IsRefusedWhereDigitsAreLost) {
  EXPECT_EQ(shown("999999999999999", "General"), "999999999999999");
  EXPECT_EQ(shown("110101198001011230", "General"), "number-too-long");
  EXPECT_EQ(shown("1.1010119800101123E+17", "0"), "number-too-long");
  EXPECT_EQ(shown("abc", "General"), "bad-cell");
  EXPECT_EQ(shown("1e999", "General"), "bad-cell");
  EXPECT_EQ(shown("nan", "General"), "bad-cell");
}

TEST(Day, IsWrittenAsPeopleWriteItInData) {
  for (const char* code : {"yyyy/m/d", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy-mm-dd;@", "m/d/yy", "mm-dd",
                           "[$-F800]dddd, mmmm dd, yyyy", "aaaa", "yyyy\\-mm\\-dd"}) {
    EXPECT_EQ(shown("45449", code), "2024-06-06") << code;
  }
  for (const int id : {14, 15, 16, 28, 31, 51, 58})
    EXPECT_EQ(shown("45449", builtin_format(id)), "2024-06-06") << id;
}

TEST(Day, WithoutADayInItsFormatIsAMonth) {
  EXPECT_EQ(shown("45449", "yyyy\"年\"m\"月\""), "2024年6月");
  EXPECT_EQ(shown("45449", "mmm-yy"), "2024年6月");
  EXPECT_EQ(shown("45449", builtin_format(57)), "2024年6月");
}

TEST(Day, CountsFromTheEpochOfItsWorkbook) {
  EXPECT_EQ(shown("1", "yyyy/m/d"), "1900-01-01");
  EXPECT_EQ(shown("59", "yyyy/m/d"), "1900-02-28");
  EXPECT_EQ(shown("60", "yyyy/m/d"), "bad-date") << "1900 was no leap year";
  EXPECT_EQ(shown("61", "yyyy/m/d"), "1900-03-01");
  EXPECT_EQ(shown("2958465", "yyyy/m/d"), "9999-12-31");
  EXPECT_EQ(shown("2958466", "yyyy/m/d"), "bad-date");
  EXPECT_EQ(shown("-1", "yyyy/m/d"), "bad-date");
  EXPECT_EQ(shown("43987", parse_format("yyyy/m/d"), Epoch::from_1904), "2024-06-06");
  EXPECT_EQ(shown("0", parse_format("yyyy/m/d"), Epoch::from_1904), "1904-01-01");
}

TEST(Time, IsKeptToTheSecondWhereTheFormatShowsIt) {
  EXPECT_EQ(shown("45449.375", "yyyy/m/d h:mm"), "2024-06-06 09:00");
  EXPECT_EQ(shown("45449.9999999", "yyyy/m/d h:mm"), "2024-06-07");
  EXPECT_EQ(shown("45449.375011574", "yyyy/m/d h:mm:ss"), "2024-06-06 09:00:01");
  EXPECT_EQ(shown("45449.375", "yyyy/m/d"), "2024-06-06");
  EXPECT_EQ(shown("0.604166666666667", "h:mm AM/PM"), "14:30");
  EXPECT_EQ(shown("0.604166666666667", builtin_format(32)), "14:30");
  EXPECT_EQ(shown("1.5", "[h]:mm"), "36:00");
}

TEST(Format, WithLettersInQuotesOrBracketsIsANumber) {
  for (const char* code :
       {"0\"个 days\"", "[Red]0", "[DBNum2][$-804]General", "\\d0", "_m0", "0.00E+00", "0%", "@"}) {
    EXPECT_EQ(parse_format(code).kind, NumberFormat::Kind::number) << code;
  }
}

}  // namespace
}  // namespace wenshu::xlsx
