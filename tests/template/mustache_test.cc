// Text templates against the core of the Mustache specification: its own cases (mustache/cases.json, made by
// mustache/convert.mjs), all of which must pass, and cases of ours for what the specification demands since.
#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "data/load.h"
#include "template/text.h"

namespace wenshu::templates {
namespace {

using data::Value;
using Partials = std::map<std::string, std::string>;

// As the specification wants it: HTML escapes, and nothing for names that are nowhere.
std::string render_data(const std::string& text, const Value& data, const Partials& partials) {
  TextOptions options;
  options.html = true;
  options.partial = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = partials.find(name);
    if (found == partials.end()) return std::nullopt;
    return found->second;
  };
  Diagnostics findings;
  const auto filled = fill_text(text, data, {"t.html", 1, 1}, findings, {Missing::blank, nullptr}, options);
  return filled && findings.empty() ? *filled : "FAULT " + to_text(findings);
}

std::string render(const std::string& text, const std::string& json, const Partials& partials = {}) {
  Diagnostics findings;
  const auto data = data::parse_json(json, "data.json", findings);
  return data ? render_data(text, *data, partials) : to_text(findings);
}

TEST(MustacheSpecification, EveryCoreCasePasses) {
  Diagnostics findings;
  const auto cases = data::parse_json(read_file(WENSHU_SOURCE_DIR "/tests/template/mustache/cases.json"),
                                      "cases.json", findings);
  ASSERT_TRUE(cases) << to_text(findings);
  std::map<std::string, int> passed;
  for (const Value& each : cases->items()) {
    Partials partials;
    for (const auto& entry : each["partials"].entries()) partials[entry.key] = entry.value.text();
    const std::string result = render_data(each["template"].text(), each["data"], partials);
    EXPECT_EQ(result, each["expected"].text()) << each["module"].text() << ": " << each["name"].text();
    passed[each["module"].text()] += result == each["expected"].text();
  }
  const std::map<std::string, int> all = {{"comments", 11}, {"delimiters", 14}, {"interpolation", 30},
                                          {"inverted", 21}, {"partials", 11},   {"sections", 25}};
  EXPECT_EQ(passed, all);
}

TEST(MustacheSpecification, TheFirstPartOfANameDecidesItsContext) {
  EXPECT_EQ(render("{{#a}}{{b.c}}{{/a}}", R"({"a": {"b": {}}, "b": {"c": "外"}})"), "");
  EXPECT_EQ(render("{{#a}}{{b.c}}{{/a}}", R"({"a": {"b": {"c": "内"}}, "b": {"c": "外"}})"), "内");
  EXPECT_EQ(render("{{#a}}{{b.c}}{{/a}}", R"({"a": {"x": 1}, "b": {"c": "外"}})"), "外");
  EXPECT_EQ(render("{{#a.b}}{{c}}{{/a.b}}{{^a.b.x}}无{{/a.b.x}}", R"({"a": {"b": {"c": "深"}}})"), "深无");
}

TEST(MustacheSpecification, TheItemItselfIsADotInValuesAndSections) {
  EXPECT_EQ(render("{{#rows}}({{#.}}{{.}},{{/.}}){{/rows}}", R"({"rows": [[1, 2], ["三"]]})"), "(1,2,)(三,)");
  EXPECT_EQ(render("{{#n}}{{.}}={{{.}}}={{&.}};{{/n}}", R"({"n": ["<", 1.5]})"), "&lt;=<=<;1.5=1.5=1.5;");
  EXPECT_EQ(render("{{#.}}{{a}}{{/.}}", R"({"a": "根"})"), "根");
}

TEST(MustacheSpecification, NullIsFalseAndHidesWhatStandsFurtherOut) {
  EXPECT_EQ(render("[{{n}}]{{#n}}有{{/n}}{{^n}}无{{/n}}", R"({"n": null})"), "[]无");
  EXPECT_EQ(render("{{#a}}[{{n}}]{{/a}}", R"({"a": {"n": null}, "n": "外"})"), "[]");
}

TEST(MustacheSpecification, ARemarkMayHoldWhatLooksLikeATag) {
  EXPECT_EQ(render("前{{! {{#a 与 {{b }}后", "{}"), "前后");
  EXPECT_EQ(render("{{!\n两行\n}}\n后", "{}"), "后");
}

TEST(MustacheSpecification, OnlyLinesWithASingleTagGoAway) {
  EXPECT_EQ(render("甲\n{{#a}}{{/a}}\n乙\n", R"({"a": true})"), "甲\n\n乙\n");
  EXPECT_EQ(render("{{#a}}\n\n  \n{{/a}}\n", R"({"a": true})"), "\n  \n");
  EXPECT_EQ(render("  {{a}}  \n", R"({"a": ""})"), "    \n");
}

TEST(MustacheSpecification, PartialsStandInPartialsEachWithItsIndentation) {
  const Partials partials = {{"outer", "*\n  {{>inner}}\n*\n"}, {"inner", "{{t}}\n-\n"}};
  EXPECT_EQ(render("|\n {{>outer}}\n|", R"({"t": "甲\n乙"})", partials), "|\n *\n   甲\n乙\n   -\n *\n|");
  EXPECT_EQ(render("a {{>inner}} b", R"({"t": 1})", partials), "a 1\n-\n b");
}

TEST(MustacheSpecification, PartialsBeginWithTheUsualDelimiters) {
  EXPECT_EQ(render("{{=<% %>=}}<%> p%>{{t}}", R"({"t": 1})", {{"p", "{{t}}{{=| |=}}|t|"}}), "11{{t}}");
}

}  // namespace
}  // namespace wenshu::templates
