// A small office with a workflow of its own, written into a temporary folder: no C++ knows of it.
#pragma once

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "app/case_act.h"
#include "app/office.h"
#include "app/publish.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"

namespace wenshu::app {

inline constexpr std::string_view kDirectory = R"(directory: town
title: 柳林镇中心学校
posts: [负责人, 干事, 文印]
departments:
  teaching: {title: 教导处, members: [li-na, zhou-min, zhou-min-2]}
  finance: {title: 总务处, members: [sun-yuehua]}
  office: {title: 办公室, members: [xu-lei]}
people:
  li-na: {name: 李娜, department: teaching, posts: [干事]}
  zhou-min: {name: 周敏, department: teaching, posts: [负责人]}
  zhou-min-2: {name: 周敏, department: teaching, posts: [干事]}
  sun-yuehua: {name: 孙月华, department: finance, posts: [负责人]}
  xu-lei: {name: 徐磊, department: office, posts: [文印]}
)";

inline constexpr std::string_view kForm = R"(form: seal-request
title: 用印申请
fields:
  request:
    title: 申请
    type: group
    required: true
    fields:
      title: {title: 事项, type: text, required: true}
      copies: {title: 份数, type: integer, required: true}
      items:
        title: 材料
        type: table
        least: 1
        fields:
          name: {title: 名称, type: text, required: true}
  reply:
    title: 批复
    type: group
    fields:
      number: {title: 文号, type: text}
      date: {title: 日期, type: date}
)";

inline constexpr std::string_view kRegister = R"(register: seal-book
title: 用印登记簿
columns:
  title: {title: 事项}
  name: {title: 材料}
  copies: {title: 份数}
  date: {title: 日期}
  person: {title: 经办人}
  case: {title: 办件}
  remark: {title: 备注, by_hand: true}
series:
  用印:
    title: 用印批复
    number: "柳校印〔{{year}}〕{{serial}}号"
    per: [year]
)";

inline constexpr std::string_view kWorkflow = R"(workflow: seal-request
title: 用印审批
version: 1
form: seal-request
documents:
  reply: {title: 用印批复, notice: reply.yaml}
steps:
  draft:
    title: 填报
    seat: initiator
    edit: [request]
    actions:
      submit: {title: 送审, to: review, when: "request.copies > 0"}
  review:
    title: 会签
    seats: [{post: 负责人, of: initiator.department}, {post: 负责人, of: 总务处}]
    decide: {rule: all}
    binds: [reply]
    actions:
      agree: {to: register}
      return: {to: draft, opinion: required}
  register:
    title: 登记用印
    seat: {post: 文印}
    actions:
      issue:
        to: done
        effects:
          - number: {series: 用印, into: reply.number, date: reply.date}
          - render: [reply]
          - append: {register: seal-book, rows: request.items}
  done: {end: true}
)";

inline constexpr std::string_view kReply = R"(notice: reply
kind: 批复
mark: 柳林镇中心学校文件
number: "{{reply.number}}"
title: 关于{{request.title}}用印的批复
to: "{{case.department}}"
body: |
  {{case.initiator}}申请为{{request.title}}用印{{request.copies}}份。
  {{#case.opinions}}{{person}}{{action}}；{{/case.opinions}}
organ: 柳林镇中心学校
date: "{{reply.date}}"
)";

inline constexpr std::string_view kRequest = R"({"request": {"title": "聘任合同", "copies": "2",
  "items": [{"name": "合同"}, {"name": "附件"}]}})";

inline data::Value json(std::string_view text) {
  Diagnostics findings;
  auto value = data::parse_json(text, "test", findings);
  if (!value) throw std::runtime_error(to_text(findings));
  return *value;
}

class TemporaryOffice {
 public:
  TemporaryOffice() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wenshu-app-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
    folder_ = pattern;
    write("office/directory.yaml", kDirectory);
    write("workflows/seal-request.form.yaml", kForm);
    write("workflows/seal-book.register.yaml", kRegister);
    write("workflows/seal-request.workflow.yaml", kWorkflow);
    write("workflows/reply.yaml", kReply);
  }
  ~TemporaryOffice() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void write(const std::string& name, std::string_view text) const { write_file(folder_ / name, text); }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  Context as(const std::string& person) const {
    return {"sqlite:" + (folder_ / "wenshu.db").string(), &clock_, WENSHU_SOURCE_DIR, person};
  }
  void open() const {
    init_store(as(""), folder_ / "office");
    publish(as(""), {folder_ / "workflows"});
  }
  std::string start() const { return start_case(as("li-na"), "seal-request", json(kRequest)).id; }
  CaseAnswer act(const std::string& person, const std::string& id, const std::string& action,
                 const std::string& opinion = {}) const {
    return act_on_case(as(person), id, action, opinion);
  }
  // Through to the step where the number is given.
  std::string start_and_approve() const {
    const std::string id = start();
    act("li-na", id, "submit");
    act("zhou-min", id, "agree");
    act("sun-yuehua", id, "agree");
    return id;
  }

 private:
  std::filesystem::path folder_;
  FixedClock clock_{std::chrono::sys_days{std::chrono::year{2020} / 7 / 27} + std::chrono::hours{1}};
};

// The codes of what an act was refused for; empty when it was not.
template <class Act>
std::vector<std::string> refusals(Act act) {
  std::vector<std::string> codes;
  try {
    act();
  } catch (const Refused& refused) {
    for (const auto& blocker : refused.blockers()) codes.push_back(blocker.code);
  } catch (const FaultyInput& faulty) {
    for (const auto& finding : faulty.findings()) codes.push_back(finding.code);
  }
  return codes;
}

}  // namespace wenshu::app
