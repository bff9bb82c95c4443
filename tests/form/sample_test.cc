#include "form/sample.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "data/load.h"

namespace wenshu::form {
namespace {

TEST(Sample, OfEveryShippedFormPassesItsForm) {
  int forms = 0;
  for (const auto& entry : std::filesystem::directory_iterator(WENSHU_SOURCE_DIR "/workflows")) {
    if (!entry.path().string().ends_with(".form.yaml")) continue;
    Diagnostics findings;
    const auto source = data::load_file(entry.path(), findings);
    const auto form = source ? load_form(*source, findings) : std::nullopt;
    ASSERT_TRUE(form) << to_text(findings);
    EXPECT_TRUE(check_record(*form, sample_record(*form), findings)) << to_text(findings);
    ++forms;
  }
  EXPECT_GE(forms, 2);
}

TEST(Sample, HoldsEveryFieldAndAsManyRowsAsTheLeast) {
  Diagnostics findings;
  const auto source = data::parse_yaml(
      "form: x\ntitle: 表\nfields:\n  days: {type: integer}\n  rows: {type: table, least: 3, fields: {a: "
      "{type: text}}}\n",
      "x.form.yaml", findings);
  const auto form = load_form(*source, findings);
  ASSERT_TRUE(form) << to_text(findings);
  const auto sample = sample_record(*form);
  EXPECT_EQ(sample["days"].text(), "1");
  EXPECT_EQ(sample["rows"].size(), 3u);
  EXPECT_FALSE(sample["rows"][2]["a"].is_null());
}

}  // namespace
}  // namespace wenshu::form
