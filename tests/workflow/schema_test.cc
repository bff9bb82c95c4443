// The page for those who write workflows tells of each key that the loader knows, and of no other.
#include <gmock/gmock.h>

#include <fstream>
#include <regex>
#include <set>

#include "form/form.h"
#include "workflow/shape.h"

namespace wenshu::workflow {
namespace {

// Seats are written alike everywhere, and so are effects: the page tells of them once.
std::string told_once(const std::string& key) {
  static const std::regex kSeats(
      R"(^(managers\.\*|steps\.\*\.(seats|copy_to|circulate_to|overdue_to)\.\*)(?=[.=]))");
  static const std::regex kFrom(R"(^steps\.\*\.seat\.from\.\*(?=[.=]))");
  static const std::regex kEffects(R"(^steps\.\*\.effects\.\*(?=[.=]))");
  std::string result = std::regex_replace(key, kSeats, "steps.*.seat");
  result = std::regex_replace(result, kFrom, "steps.*.seat");
  return std::regex_replace(result, kEffects, "steps.*.actions.*.effects.*");
}

std::set<std::string> known() {
  std::set<std::string> keys;
  for (const std::string& key : data::keys_of(workflow_shape())) keys.insert(told_once(key));
  return keys;
}

// The rows of the part of the page that tells of forms, or of all parts but that and the one of scenario files.
std::set<std::string> told(bool of_forms) {
  std::ifstream page(WENSHU_SOURCE_DIR "/workflows/README.md");
  bool at_forms = false, elsewhere = false;
  static const std::regex kRow(R"(^\| `([a-z_.*=-]+)` \| .+ \|$)");
  std::set<std::string> keys;
  for (std::string line; std::getline(page, line);) {
    std::smatch found;
    if (line.starts_with("## ")) at_forms = line == "## 表单的每个键", elsewhere = line == "## 场景文件";
    if (at_forms != of_forms || elsewhere) continue;
    if (!std::regex_match(line, found, kRow)) continue;
    EXPECT_TRUE(keys.insert(found[1]).second) << "told twice: " << found[1];
  }
  return keys;
}

TEST(Schema, IsToldKeyByKey) {
  EXPECT_GT(known().size(), 90u);
  EXPECT_THAT(told(false), testing::ContainerEq(known()));
}

TEST(Schema, OfFormsIsToldKeyByKey) {
  const auto keys = data::keys_of(form::form_shape());
  EXPECT_GT(keys.size(), 30u);
  EXPECT_THAT(told(true), testing::ContainerEq(std::set<std::string>(keys.begin(), keys.end())));
}

}  // namespace
}  // namespace wenshu::workflow
