#include "app/office_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "data/write.h"

namespace wenshu::app {
namespace {

using workflow::SeatRule;

std::string in_quotes(const std::string& text) { return data::to_json(data::Value(text)); }

class Office {
 public:
  explicit Office(const workflow::Definition& flow) : flow_(flow) {
    for (const workflow::Step& step : flow.steps) {
      for (const SeatRule& seat : step.seats) take(seat);
      for (const auto* more : {&step.copy_to, &step.circulate_to, &step.overdue_to})
        for (const SeatRule& seat : *more) take(seat);
    }
    for (const SeatRule& seat : flow.managers) take(seat);
  }

  std::string text() {
    for (const auto& [post, departments] : posts_in_)
      for (const std::string& department : departments) add_person("", department, post);
    for (const std::string& post : posts_)
      if (!posts_in_.contains(post)) add_person("", kOwn, post);
    for (const std::string& id : named_) add_person(id, kOwn, "");
    for (const std::string& role : roles_) {
      const std::string first = add_person("", kOwn, ""), second = add_person("", kOwn, "");
      roles_text_ += fmt::format("  {}: [{}, {}]\n", in_quotes(role), first, second);
    }
    add_person("", kOwn, "");  // who begins
    return write();
  }

 private:
  struct Person {
    std::string id, department, post;
  };
  inline static const std::string kOwn = "经办科室";

  void take(const SeatRule& seat) {
    for (const SeatRule& one : seat.from) take(one);
    if (seat.kind == SeatRule::Kind::post) {
      posts_.insert(seat.post.name);
      if (seat.of_initiator)
        posts_in_[seat.post.name].insert(kOwn);
      else if (seat.of)
        posts_in_[seat.post.name].insert(seat.of->name);
      if (seat.of) departments_.insert(seat.of->name);
    } else if (seat.kind == SeatRule::Kind::head && seat.of) {
      departments_.insert(seat.of->name);
      headed_.insert(seat.of->name);
    } else if (seat.kind == SeatRule::Kind::superior) {
      deepest_ = std::max(deepest_, seat.level);
    } else if (seat.kind == SeatRule::Kind::person) {
      named_.insert(seat.person.name);
    } else if (seat.kind == SeatRule::Kind::role) {
      roles_.insert(seat.role.name);
    }
  }

  std::string add_person(const std::string& id, const std::string& department, const std::string& post) {
    people_.push_back({id.empty() ? fmt::format("p{}", people_.size() + 1) : id, department, post});
    departments_.insert(department);
    return people_.back().id;
  }

  // 甲, 乙, … , 甲二: names that nobody takes for real ones.
  static std::string name_of(size_t index) {
    static const std::vector<std::string> kStems = {"甲", "乙", "丙", "丁", "戊",
                                                    "己", "庚", "辛", "壬", "癸"};
    const size_t round = index / kStems.size();
    return kStems[index % kStems.size()] + (round ? std::to_string(round + 1) : "");
  }

  std::string write() {
    // Above the own department stand as many as the workflow asks superiors of; each with a head.
    std::map<std::string, std::string> above;
    std::string below = kOwn;
    for (int level = 1; level < std::max(deepest_, 1); ++level) {
      const std::string title = fmt::format("上级{}", level);
      add_person("", title, "");
      headed_.insert(title);
      above[below] = title;
      below = title;
    }
    headed_.insert(kOwn);
    std::string text = fmt::format(
        "# 试办用的通讯录：流程写到的职务和部门都有人。正式的通讯录在 wenshu init 时给出。\n"
        "directory: {}\ntitle: 示例单位\nposts: [{}]\ndepartments:\n",
        flow_.name, posts_text());
    for (const std::string& department : departments_) {
      std::vector<std::string> members;
      for (const Person& person : people_)
        if (person.department == department) members.push_back(person.id);
      if (members.empty()) members.push_back(add_person("", department, ""));
      text += fmt::format("  {}: {{title: {}, members: [{}]", in_quotes(department), in_quotes(department),
                          join(members, ", "));
      if (headed_.contains(department)) text += ", head: " + head_of(department);
      if (above.contains(department)) text += ", under: " + in_quotes(above[department]);
      text += "}\n";
    }
    text += "people:\n";
    for (size_t i = 0; i < people_.size(); ++i)
      text += fmt::format("  {}: {{name: {}, department: {}, posts: [{}]}}\n", people_[i].id, name_of(i),
                          in_quotes(people_[i].department),
                          people_[i].post.empty() ? "科员" : in_quotes(people_[i].post));
    if (!roles_text_.empty()) text += "roles:\n" + roles_text_;
    return text;
  }

  // Not who begins, where there is anybody else.
  std::string head_of(const std::string& department) const {
    for (const Person& person : people_)
      if (person.department == department) return person.id;
    return "";
  }

  std::string posts_text() const {
    std::vector<std::string> posts;
    for (const std::string& post : posts_) posts.push_back(in_quotes(post));
    if (!posts_.contains("科员")) posts.push_back("科员");
    return join(posts, ", ");
  }

  const workflow::Definition& flow_;
  std::set<std::string> posts_, departments_, headed_, named_, roles_;
  std::map<std::string, std::set<std::string>> posts_in_;  // departments where somebody must hold it
  std::vector<Person> people_;
  std::string roles_text_;
  int deepest_ = 0;
};

}  // namespace

std::string draft_office(const workflow::Definition& flow) { return Office(flow).text(); }

}  // namespace wenshu::app
