#include "certificate/sheet.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "data/load.h"

namespace wenshu::certificate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

const std::string kPath = std::string(WENSHU_SOURCE_DIR) + "/templates/certificates/completion.yaml";

std::vector<std::string> faults(const std::string& from, const std::string& to) {
  std::string yaml = read_file(kPath);
  EXPECT_THAT(yaml, HasSubstr(from));
  const size_t at = yaml.find(from);
  yaml.replace(at, from.size(), to);
  Diagnostics findings;
  const auto value = data::parse_yaml(yaml, "completion.yaml", findings);
  std::vector<std::string> codes;
  EXPECT_FALSE(value && load_sheet(*value, findings)) << to;
  for (const Diagnostic& finding : findings) {
    codes.push_back(finding.code);
    EXPECT_GT(finding.where.line, 0) << to_text(finding);
  }
  return codes;
}

TEST(Sheet, TheRepositorysIsClean) {
  Diagnostics findings;
  const auto value = data::load_file(kPath, findings);
  ASSERT_TRUE(value) << to_text(findings);
  const auto sheet = load_sheet(*value, findings);
  ASSERT_TRUE(sheet) << to_text(findings);
  EXPECT_TRUE(findings.empty()) << to_text(findings);
  EXPECT_EQ(sheet->series, "completion");
  EXPECT_EQ(sheet->number.size(), 2u);
  EXPECT_EQ(sheet->sides.size(), 1u);
  EXPECT_EQ(sheet->rules.size(), 6u);
}

TEST(Sheet, NamesEveryWrongReference) {
  EXPECT_THAT(faults("person: id", "person: idd"), Contains("unknown-column"));
  EXPECT_THAT(faults("holder: name", "holder: nmae"), Contains("unknown-column"));
  EXPECT_THAT(faults("{year: date, class: class}", "{year: dat, class: class}"), Contains("unknown-field"));
  EXPECT_THAT(faults("picture: seal", "picture: date"), Contains("unknown-field"));
  EXPECT_THAT(faults("共{{hours}}学时", "共{{houres}}学时"), Contains("unknown-name"));
  EXPECT_THAT(faults("编号：{{number}}", "编号：{{nummer}}"), Contains("unknown-name"));
  EXPECT_THAT(faults("{{date | date-cn}}", "{{date | date-cm}}"), Contains("unknown-formatter"));
  EXPECT_THAT(faults("face: songti", "face: songty"), Contains("bad-choice"));
}

TEST(Sheet, NamesEveryWrongMeasure) {
  EXPECT_THAT(faults("{x: 40, y: 31, width: 217,", "{x: 140, y: 31, width: 217,"), Contains("outside-page"));
  EXPECT_THAT(faults("size: 54", "size: 540"), Contains("out-of-range"));
  EXPECT_THAT(faults("size: 54", "size: large"), Contains("bad-number"));
  EXPECT_THAT(faults("\"#8C1A1F\"", "\"#8C1A1\""), Contains("bad-colour"));
  EXPECT_THAT(faults("    text: 结业证书\n", ""), Contains("text-or-runs"));
}

TEST(Sheet, ChecksRulesByTheTypesOfItsColumns) {
  EXPECT_THAT(faults("!has(attended) || attended >= hours", "!has(attended) || attended >= ours"),
              Contains("unknown-field"));
  EXPECT_THAT(faults("!has(attended) || attended >= hours", "!has(attended) || attended >="),
              Contains("incomplete"));
  EXPECT_THAT(faults("!has(attended) || attended >= hours", "attended"), Contains("type-mismatch"));
}

TEST(Sheet, WantsACertifyingCodeWhole) {
  const std::string code = "certifies: [number, name, school, title, period, hours, issuer, date]";
  EXPECT_THAT(faults(code, "address: \"https://a.cn/v\""), Contains("text-or-certifies"));
  EXPECT_THAT(faults(code, "address: \"https://a.cn/v\"\n  certifies: [name]"),
              Contains("number-not-certified"));
  EXPECT_THAT(faults(code, "address: \"http://a.cn/v\"\n  certifies: [number]"), Contains("bad-address"));
}

TEST(Sheet, ForbidsOneNameForTwoThings) {
  EXPECT_THAT(faults("  subject: {title: 学科}", "  title: {title: 学科}"), Contains("repeated-name"));
  EXPECT_THAT(faults("name: {title: 姓名, required: true, sample: 周𬱟}", "name: {title: 姓名}"),
              Contains("holder-not-required"));
}

}  // namespace
}  // namespace wenshu::certificate
