// Loading for the tests of workflow/: small texts, and the county's own files.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "data/load.h"
#include "directory/directory.h"
#include "form/form.h"
#include "register/register.h"
#include "workflow/definition.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

inline data::Value yaml(const std::string& text, const std::string& name = "test.yaml") {
  Diagnostics findings;
  auto value = data::parse_yaml(text, name, findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value.value_or(data::Value());
}

inline data::Value file(const std::string& path) {
  Diagnostics findings;
  auto value = data::load_file(std::string(WENSHU_SOURCE_DIR "/") + path, findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value.value_or(data::Value());
}

// A directory of six people: 科员 in 教研室 drafts, three heads, the director, and a person with two posts.
inline const char* const kOffice = R"(directory: test
title: 示例局
posts: [局长, 负责人, 科员, 办公室主任, 文印]
departments:
  bureau:    {title: 局领导, members: [he]}
  office:    {title: 办公室, members: [zhou, xu]}
  personnel: {title: 人事科, members: [sun]}
  research:  {title: 教研室, members: [liang, fan]}
  finance:   {title: 计财科, members: [qian]}
people:
  he:    {name: 何建, department: bureau, posts: [局长]}
  zhou:  {name: 周敏, department: office, posts: [办公室主任, 负责人]}
  xu:    {name: 徐磊, department: office, posts: [文印]}
  sun:   {name: 孙月, department: personnel, posts: [负责人]}
  liang: {name: 梁文, department: research, posts: [负责人]}
  fan:   {name: 范宇, department: research, posts: [科员]}
  qian:  {name: 钱珍, department: finance, posts: [负责人]}
)";

// One workflow with its form and the office above. Kept together because Rules refer to all three.
struct Case {
  Definition definition;
  form::Form form;
  directory::Directory directory;
  data::Value data;
  Marking marking;

  Rules rules() const { return {definition, form, directory}; }

  void start(const std::string& initiator) { marking = workflow::start(rules(), initiator, data); }
  // "" when done, else the code of the first blocker.
  std::string act(const std::string& person, const std::string& action, const std::string& opinion = "") {
    return act(Act{person, action, opinion});
  }
  std::string act(const Act& wanted) {
    Attempt done = attempt(rules(), marking, data, wanted);
    if (!done.blockers.empty()) return done.blockers.front().code;
    last = std::move(done.move);
    return "";
  }
  Done last;
};

inline Case make_case(const data::Value& workflow, const data::Value& form, const data::Value& directory,
                      const data::Value& data) {
  Diagnostics findings;
  auto definition = load_workflow(workflow, findings);
  auto fields = form::load_form(form, findings);
  auto office = directory::load_directory(directory, findings);
  EXPECT_TRUE(definition && fields && office) << to_text(findings);
  if (!definition || !fields || !office) throw std::runtime_error("the case of the test does not load");
  return {*definition, *fields, *office, data, {}, {}};
}

inline std::string codes(const Diagnostics& findings) {
  std::string all;
  for (const Diagnostic& d : findings) all += (all.empty() ? "" : " ") + d.code;
  return all;
}

}  // namespace wenshu::workflow
