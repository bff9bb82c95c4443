#include "app/certificates.h"

#include <gmock/gmock.h>

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
  county.office.write("roster.csv", "id,name,school\nx1,买买提•艾力,县实验小学\n");
  const auto batch = county.issue(county.office / "roster.csv");
  EXPECT_EQ(batch.issued_now, 1u);
  ASSERT_EQ(batch.warnings.size(), 1u);
  EXPECT_EQ(batch.warnings.begin()->code, "name-separator");
}

}  // namespace
}  // namespace wenshu::app
