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

}  // namespace
}  // namespace wenshu::app
