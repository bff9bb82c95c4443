// People, posts and departments of an office.
//
//   directory: county
//   title: 清河县教育体育局
//   posts: [局长, 办公室主任, 负责人]
//   departments:
//     office: {title: 办公室, members: [zhou-min]}
//   people:
//     zhou-min: {name: 周敏, department: office, posts: [办公室主任, 负责人]}
//
// Besides, where an office has them: a department's `head: PERSON` and the department it stands `under: DEPARTMENT`;
// `away: {from: DATE, until: DATE}` and `signature: PICTURE` of a person; groups of people (`roles: {expert: [zhou-min, sun-yuehua]}`); and
// who stands in for whom (`stand_ins: [{of: PERSON, by: PERSON, from: DATE, until: DATE, workflows: [annual-plan]}]`).
//
// Every id is written twice (a person under `people` and in `members`, a department under `departments` and
// as a person's `department`, a post in `posts` and with each holder), so that a typing error in any of them
// is found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::directory {

struct Days {
  Date from, until;  // both inside
  bool contains(Date day) const { return from <= day && day <= until; }
};

struct Person {
  std::string id;
  std::string name;
  std::string department;          // its id
  std::vector<std::string> posts;  // held inside that department
  std::optional<Days> away = {};
  std::string signature =
      {};  // a picture of his signature, a file beside the directory; "" when there is none
};

struct Department {
  std::string id;
  std::string title;
  std::vector<std::string> members;  // ids of people
  std::string head = {};             // id of a person; "" when the file names none
  std::string under = {};            // id of the department above; "" at the top
};

// A group of people that is no department: 评审专家.
struct Role {
  std::string id;
  std::vector<std::string> people;
};

// 代理: `by` may act for `of` on these days.
struct StandIn {
  std::string of, by;
  Days days;
  std::vector<std::string> workflows;  // empty: all
  Place place;

  bool covers(std::string_view workflow) const;
};

// In the order written.
struct Directory {
  std::string name;
  std::string title;
  std::vector<std::string> posts;
  std::vector<Department> departments;
  std::vector<Person> people;
  std::vector<Role> roles = {};
  std::vector<StandIn> stand_ins = {};

  const Role* role(std::string_view id) const;                       // nullptr when there is none
  const Person* person(std::string_view id) const;                   // nullptr when there is none
  const Department* department(std::string_view id_or_title) const;  // an id wins over a title
  const Department* department_of(std::string_view person_id) const;
  // "周敏"; the id itself when nobody has it.
  std::string name_of(std::string_view person_id) const;
};

std::optional<Directory> load_directory(const data::Value& source, Diagnostics& findings);

// Who is meant by an id or a name. `person` is set when exactly one is; otherwise `candidates` holds the ids
// of all who bear the name (two or more), or is empty when nobody does.
struct Match {
  const Person* person = nullptr;
  std::vector<std::string> candidates;
};
Match find_person(const Directory& directory, std::string_view id_or_name);

// Adds `unknown-person` (with a near name) or `ambiguous-person` (with the ids to choose from) at `where`.
const Person* check_person(const Directory& directory, std::string_view id_or_name, const Place& where,
                           Diagnostics& findings);

// Ids of all who hold `post`, inside one department (id or title) or anywhere.
std::vector<std::string> holders(const Directory& directory, std::string_view post,
                                 std::optional<std::string_view> department = std::nullopt);

// The n-th person above: 1 is the head of one's own department, or of the next department above that another
// person heads. "" when the directory knows none.
std::string superior(const Directory& directory, std::string_view person_id, int level);

// Ids of those for whom this person stands in on that day in a workflow of this name.
std::vector<std::string> stood_in_for(const Directory& directory, std::string_view person_id,
                                      std::string_view workflow, Date day);

}  // namespace wenshu::directory
