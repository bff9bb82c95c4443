#include "app/certificates.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/certificate_life.h"
#include "base/error.h"
#include "base/text.h"
#include "tests/app/temporary_office.h"

namespace wenshu::app {
namespace {

const std::filesystem::path kSource = WENSHU_SOURCE_DIR;

TEST(IssueCertificates, TellsWhichFontsAMachineLacksInsteadOfUsingTheLastResort) {
  const TemporaryOffice office;
  Context context = office.as("");
  init_store(context, kSource / "samples" / "county-2020");
  publish(context, {kSource / "workflows", kSource / "templates"});
  office.write("fonts/fonts.yaml",
               replace_all(read_file(kSource / "fonts" / "fonts.yaml"), "/usr/share/fonts", "/nowhere"));
  context.home = office / "";
  const auto sample = kSource / "samples" / "county-2020";
  const CertificateRequest request{kSource / "templates" / "certificates" / "completion.yaml",
                                   sample / "roster.csv",
                                   sample / "certificates.yaml",
                                   office / "out",
                                   {}};
  // One for each face of the sheet, and no list of every character besides.
  EXPECT_THAT(refusals([&] { issue_certificates(context, request); }),
              testing::ElementsAre("missing-font", "missing-font", "missing-font", "missing-font"));
  EXPECT_FALSE(std::filesystem::exists(office / "out"));
}

struct County {
  TemporaryOffice office;
  Context context = office.as("");
  std::filesystem::path sheet = kSource / "templates" / "certificates" / "completion.yaml";
  std::filesystem::path sample = kSource / "samples" / "county-2020";

  County() {
    init_store(context, sample);
    publish(context, {kSource / "workflows", kSource / "templates"});
    context.home = kSource;
  }
  CertificateBatch issue(const std::filesystem::path& roster) {
    return issue_certificates(context, {sheet, roster, sample / "certificates.yaml", office / "out", {}});
  }
  std::string replace(const std::string& number, const std::filesystem::path& roster,
                      const std::string& out = "out") {
    return replace_certificate(context, number, "姓名有误",
                               {sheet, roster, sample / "certificates.yaml", office / out, {}});
  }
};

TEST(IssueCertificates, RefusesToSaySomethingElseUnderANumberThatIsOut) {
  County county;
  EXPECT_EQ(county.issue(county.sample / "roster.csv").issued_now, 32u);
  EXPECT_EQ(county.issue(county.sample / "roster.csv").issued_before, 32u);
  county.office.write("completion.yaml", replace_all(read_file(county.sheet), "考核合格", "成绩优秀"));
  county.sheet = county.office / "completion.yaml";
  const auto codes = refusals([&] { county.issue(county.sample / "roster.csv"); });
  EXPECT_EQ(codes.size(), 32u);
  EXPECT_THAT(codes, testing::Each("certified-differently"));
}

TEST(IssueCertificates, HandsOnWhatIsOnlyAWarning) {
  County county;
  county.office.write("roster.csv", "id,name,school\nx1,J.Smith,县实验小学\n");
  const auto batch = county.issue(county.office / "roster.csv");
  EXPECT_EQ(batch.issued_now, 1u);
  ASSERT_EQ(batch.warnings.size(), 1u);
  EXPECT_EQ(batch.warnings.begin()->code, "name-separator");
}

TEST(ReplaceCertificate, GivesANumberToNobodyElse) {
  County county;
  county.context.person = "方琴";
  county.office.write("roster.csv", "id,name,school\nq1,王静,县实验小学\n");
  const std::string number(county.issue(county.office / "roster.csv").numbers.front());
  county.office.write("other.csv", "id,name,school\nzz,赵某某,别校\n");
  EXPECT_THAT(refusals([&] { county.replace(number, county.office / "other.csv"); }),
              testing::ElementsAre("not-one-person"));
  county.office.write("other.csv", "id,name,school\nq1,王靖,县实验小学\n");
  EXPECT_NE(county.replace(number, county.office / "other.csv"), number);
}

TEST(ReplaceCertificate, MendsWhatWasVoidedByMistake) {
  County county;
  county.context.person = "方琴";
  county.office.write("roster.csv", "id,name,school\nq1,王静,县实验小学\n");
  const auto roster = county.office / "roster.csv";
  const std::string number(county.issue(roster).numbers.front());
  void_certificate(county.context, number, "误作废");
  const auto again = county.issue(roster);
  EXPECT_EQ(again.set_aside, 1u);
  const std::string other = county.replace(number, roster);
  EXPECT_EQ(county.issue(roster).numbers.front(), other);
  EXPECT_THROW(county.replace(number, roster), Refused);
}

TEST(ReplaceCertificate, LeavesTheNumberInForceWhenTheFolderTakesNoFiles) {
  County county;
  county.context.person = "方琴";
  county.office.write("roster.csv", "id,name,school\nq1,王静,县实验小学\n");
  const auto roster = county.office / "roster.csv";
  const std::string number(county.issue(roster).numbers.front());
  county.office.write("file", "");
  EXPECT_THROW(county.replace(number, roster, "file"), Failure);
  EXPECT_NE(county.replace(number, roster), number);
}

TEST(IssueCertificates, NumbersAClassOfSeveralActsAndGoesOn) {
  County county;
  std::string csv = "id,name,school\n";
  for (int i = 0; i < 1200; ++i) csv += fmt::format("T{},王静,县实验小学\n", i);
  county.office.write("few.csv", csv.substr(0, csv.find("T700")));
  EXPECT_EQ(county.issue(county.office / "few.csv").issued_now, 700u);
  county.office.write("all.csv", csv);
  const auto batch = county.issue(county.office / "all.csv");
  EXPECT_EQ(batch.issued_before, 700u);
  EXPECT_EQ(batch.issued_now, 500u);
  EXPECT_THAT(std::string(batch.numbers[1199]), testing::HasSubstr("1200"));
}

}  // namespace
}  // namespace wenshu::app
