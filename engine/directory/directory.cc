#include "directory/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "data/file_name.h"
#include "data/schema.h"

namespace wenshu::directory {
namespace {

using data::Need;
using data::Value;

const data::Shape& shape() {
  const data::Shape days =
      data::map({{"from", data::date(), Need::required}, {"until", data::date(), Need::required}});
  static const data::Shape kShape = data::map({
      {"directory", data::identifier(), Need::required},
      {"title", data::text(), Need::required},
      {"posts", data::list(data::identifier(), 1), Need::required},
      {"departments",
       data::map_of(data::map({{"title", data::text(), Need::required},
                               {"members", data::list(data::identifier(), 1), Need::required},
                               {"head", data::identifier()},
                               {"under", data::identifier()}}),
                    1),
       Need::required},
      {"people",
       data::map_of(data::map({{"name", data::text(), Need::required},
                               {"department", data::identifier(), Need::required},
                               {"posts", data::list(data::identifier(), 1)},
                               {"away", days},
                               {"signature", data::text()}}),
                    1),
       Need::required},
      {"roles", data::map_of(data::list(data::identifier(), 1), 1)},
      {"stand_ins", data::list(data::map({{"of", data::identifier(), Need::required},
                                          {"by", data::identifier(), Need::required},
                                          {"from", data::date(), Need::required},
                                          {"until", data::date(), Need::required},
                                          {"workflows", data::list(data::identifier(), 1)}}),
                               1)},
  });
  return kShape;
}

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> result;
  for (const Value& item : list.items()) result.push_back(item.text());
  return result;
}

std::vector<std::string> keys(const Value& map) {
  std::vector<std::string> result;
  for (const Value::Entry& entry : map.entries()) result.push_back(entry.key);
  return result;
}

// The checks that need the whole file. REQUIRES: the shape is right.
class Checker {
 public:
  Checker(const Value& source, Diagnostics& findings)
      : posts_(source["posts"]),
        departments_(source["departments"]),
        people_(source["people"]),
        roles_(source["roles"]),
        stand_ins_(source["stand_ins"]),
        findings_(findings) {}

  void check() {
    check_no_doubles(posts_, "职务");
    check_titles();
    check_members();
    check_people();
    check_posts_are_held();
    check_heads();
    for (const Value::Entry& role : roles_.entries()) {
      check_no_doubles(role.value, "人员");
      for (const Value& person : role.value.items()) check_known(person, people_, "unknown-person", "人员");
    }
    for (const Value& one : stand_ins_.items()) {
      check_known(one["of"], people_, "unknown-person", "人员");
      check_known(one["by"], people_, "unknown-person", "人员");
      check_days(one);
    }
    for (const Value::Entry& person : people_.entries()) {
      if (const Value* away = person.value.find("away")) check_days(*away);
    }
  }

 private:
  void check_known(const Value& name, const Value& among, std::string_view code, std::string_view what) {
    if (!among.find(name.text())) data::report_unknown(name, code, what, keys(among), findings_);
  }

  void check_days(const Value& source) {
    if (*data::to_date(source["until"]) < *data::to_date(source["from"]))
      findings_.error("days-reversed", source["until"].place(), "until 早于 from");
  }

  // Who stands above whom must come to an end.
  void check_heads() {
    for (const Value::Entry& entry : departments_.entries()) {
      if (const Value* head = entry.value.find("head")) check_known(*head, people_, "unknown-person", "人员");
      const Value* under = entry.value.find("under");
      if (!under) continue;
      check_known(*under, departments_, "unknown-department", "部门");
      std::set<std::string> seen = {entry.key};
      for (const Value* above = under; above; above = departments_[above->text()].find("under")) {
        if (seen.insert(above->text()).second) continue;
        findings_.error("departments-in-a-circle", under->place(),
                        fmt::format("部门 {} 的上级绕了一圈又绕回来", entry.key));
        break;
      }
    }
  }

  void check_no_doubles(const Value& list, std::string_view what) {
    std::set<std::string> seen;
    for (const Value& item : list.items()) {
      if (!seen.insert(item.text()).second) {
        findings_.error("duplicate-item", item.place(), fmt::format("{} “{}” 写了两次", what, item.text()));
      }
    }
  }

  // Departments are named by title as well: a title must mean one of them.
  void check_titles() {
    std::map<std::string, std::string> ids;
    for (const Value::Entry& entry : departments_.entries()) {
      const Value& title = entry.value["title"];
      auto [found, fresh] = ids.emplace(title.text(), entry.key);
      bool is_other_id = title.text() != entry.key && departments_.find(title.text());
      if (!fresh || is_other_id) {
        findings_.error(
            "duplicate-title", title.place(),
            fmt::format("部门名称 “{}” 也指 {}", title.text(), fresh ? title.text() : found->second));
      }
    }
  }

  void check_members() {
    for (const Value::Entry& entry : departments_.entries()) {
      for (const Value& member : entry.value["members"].items()) {
        if (!people_.find(member.text())) {
          data::report_unknown(member, "unknown-person", "人员", keys(people_), findings_);
          continue;
        }
        auto [found, fresh] = member_of_.emplace(member.text(), entry.key);
        if (!fresh) {
          findings_.error("two-departments", member.place(),
                          fmt::format("{} 已列在部门 {} 中", member.text(), found->second),
                          "每人只在一个部门");
        }
      }
    }
  }

  void check_people() {
    for (const Value::Entry& entry : people_.entries()) {
      const Value& department = entry.value["department"];
      if (!departments_.find(department.text())) {
        data::report_unknown(department, "unknown-department", "部门", keys(departments_), findings_);
      } else if (auto found = member_of_.find(entry.key); found == member_of_.end()) {
        findings_.error("no-department", entry.key_place,
                        fmt::format("{} 不在任何部门的 members 中", entry.key),
                        fmt::format("请列入 {} 的 members", department.text()));
      } else if (found->second != department.text()) {
        findings_.error("two-departments", department.place(),
                        fmt::format("{} 列在 {} 的 members 中，这里却写 {}", entry.key, found->second,
                                    department.text()));
      }
      const Value& posts = entry.value["posts"];
      check_no_doubles(posts, "职务");
      for (const Value& post : posts.items()) {
        if (!held_.insert(post.text()).second) continue;  // an unknown post is reported once
        std::vector<std::string> known = texts(posts_);
        if (std::find(known.begin(), known.end(), post.text()) == known.end()) {
          data::report_unknown(post, "unknown-post", "职务", known, findings_);
        }
      }
    }
  }

  void check_posts_are_held() {
    for (const Value& post : posts_.items()) {
      if (held_.contains(post.text())) continue;
      findings_.error("unheld-post", post.place(), fmt::format("职务 “{}” 没有人担任", post.text()),
                      "请写在某人的 posts 中，或删去");
    }
  }

  const Value& posts_;
  const Value& departments_;
  const Value& people_;
  const Value& roles_;
  const Value& stand_ins_;
  Diagnostics& findings_;
  std::map<std::string, std::string> member_of_;  // person to department
  std::set<std::string> held_;
};

Days read_days(const Value& source) {
  return {*data::to_date(source["from"]), *data::to_date(source["until"])};
}

Directory read(const Value& source) {
  Directory directory;
  directory.name = source["directory"].text();
  directory.title = source["title"].text();
  directory.posts = texts(source["posts"]);
  for (const Value::Entry& entry : source["departments"].entries()) {
    directory.departments.push_back({entry.key, entry.value["title"].text(), texts(entry.value["members"]),
                                     entry.value["head"].text(), entry.value["under"].text()});
  }
  for (const Value::Entry& entry : source["people"].entries()) {
    directory.people.push_back({entry.key,
                                entry.value["name"].text(),
                                entry.value["department"].text(),
                                texts(entry.value["posts"]),
                                {}});
    if (const Value* away = entry.value.find("away")) directory.people.back().away = read_days(*away);
    directory.people.back().signature = entry.value["signature"].text();
  }
  for (const Value::Entry& entry : source["roles"].entries())
    directory.roles.push_back({entry.key, texts(entry.value)});
  for (const Value& one : source["stand_ins"].items())
    directory.stand_ins.push_back(
        {one["of"].text(), one["by"].text(), read_days(one), texts(one["workflows"]), one.place()});
  return directory;
}

}  // namespace

std::optional<Directory> load_directory(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  if (data::check_shape(source, shape(), own)) Checker(source, own).check();
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  data::check_file_name(source["directory"], findings);
  return read(source);
}

const Person* Directory::person(std::string_view id) const {
  auto found = std::find_if(people.begin(), people.end(), [&](const Person& p) { return p.id == id; });
  return found == people.end() ? nullptr : &*found;
}

const Department* Directory::department(std::string_view id_or_title) const {
  for (const Department& department : departments) {
    if (department.id == id_or_title) return &department;
  }
  for (const Department& department : departments) {
    if (department.title == id_or_title) return &department;
  }
  return nullptr;
}

const Department* Directory::department_of(std::string_view person_id) const {
  const Person* found = person(person_id);
  return found ? department(found->department) : nullptr;
}

const Role* Directory::role(std::string_view id) const {
  auto found = std::find_if(roles.begin(), roles.end(), [&](const Role& r) { return r.id == id; });
  return found == roles.end() ? nullptr : &*found;
}

bool StandIn::covers(std::string_view workflow) const {
  return workflows.empty() || std::find(workflows.begin(), workflows.end(), workflow) != workflows.end();
}

std::string Directory::name_of(std::string_view person_id) const {
  const Person* found = person(person_id);
  return found ? found->name : std::string(person_id);
}

Match find_person(const Directory& directory, std::string_view id_or_name) {
  Match match;
  match.person = directory.person(id_or_name);
  if (match.person) return match;
  for (const Person& person : directory.people) {
    if (person.name == id_or_name) match.candidates.push_back(person.id);
  }
  if (match.candidates.size() == 1) {
    match.person = directory.person(match.candidates.front());
    match.candidates.clear();
  }
  return match;
}

const Person* check_person(const Directory& directory, std::string_view id_or_name, const Place& where,
                           Diagnostics& findings) {
  Match match = find_person(directory, id_or_name);
  if (match.person) return match.person;
  if (!match.candidates.empty()) {
    findings.error("ambiguous-person", where,
                   fmt::format("有 {} 人叫 “{}”", match.candidates.size(), id_or_name),
                   "请写标识: " + join(match.candidates, "、"));
    return nullptr;
  }
  std::vector<std::string> known;
  for (const Person& person : directory.people) known.insert(known.end(), {person.id, person.name});
  findings.error("unknown-person", where, fmt::format("通讯录中没有 “{}”", id_or_name),
                 near_name_hint(id_or_name, known));
  return nullptr;
}

std::vector<std::string> holders(const Directory& directory, std::string_view post,
                                 std::optional<std::string_view> department) {
  const Department* inside = department ? directory.department(*department) : nullptr;
  std::vector<std::string> ids;
  for (const Person& person : directory.people) {
    if (department && (!inside || person.department != inside->id)) continue;
    if (std::find(person.posts.begin(), person.posts.end(), post) != person.posts.end())
      ids.push_back(person.id);
  }
  return ids;
}

std::string superior(const Directory& directory, std::string_view person_id, int level) {
  std::string below(person_id);
  const Department* at = directory.department_of(person_id);
  for (size_t guard = 0; at && guard <= directory.departments.size(); ++guard) {
    if (!at->head.empty() && at->head != below) {
      if (--level == 0) return at->head;
      below = at->head;
    }
    at = at->under.empty() ? nullptr : directory.department(at->under);
  }
  return {};
}

std::vector<std::string> stood_in_for(const Directory& directory, std::string_view person_id,
                                      std::string_view workflow, Date day) {
  std::vector<std::string> principals;
  for (const StandIn& one : directory.stand_ins) {
    if (one.by == person_id && one.covers(workflow) && one.days.contains(day)) principals.push_back(one.of);
  }
  return principals;
}

}  // namespace wenshu::directory
