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
// Every id is written twice (a person under `people` and in `members`, a department under `departments` and
// as a person's `department`, a post in `posts` and with each holder), so that a typing error in any of them
// is found.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::directory {

struct Person {
  std::string id;
  std::string name;
  std::string department;          // its id
  std::vector<std::string> posts;  // held inside that department
};

struct Department {
  std::string id;
  std::string title;
  std::vector<std::string> members;  // ids of people
};

// In the order written.
struct Directory {
  std::string name;
  std::string title;
  std::vector<std::string> posts;
  std::vector<Department> departments;
  std::vector<Person> people;

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

}  // namespace wenshu::directory
