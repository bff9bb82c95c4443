// A typing error in any key, id or reference of the county's workflows, forms, registers, directory and data
// is found by loading and checking the set.
#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <set>

#include "base/text.h"
#include "tests/workflow/set_up.h"

namespace wenshu::workflow {
namespace {

using data::Value;
using Set = std::map<std::string, Value>;  // by file

const std::vector<std::string> kFiles = {"workflows/annual-plan.workflow.yaml",
                                         "workflows/annual-plan.form.yaml",
                                         "workflows/training-application.workflow.yaml",
                                         "workflows/training-application.form.yaml",
                                         "workflows/issued-documents.register.yaml",
                                         "workflows/training-classes.register.yaml",
                                         "workflows/training-applications.register.yaml",
                                         "samples/county-2020/directory.yaml",
                                         "samples/county-2020/plan.yaml",
                                         "samples/county-2020/application.yaml"};

// The series of letters serves workflows with forms of their own; this one stands for them.
const char* const kLetters = R"(workflow: letters
title: 发函
version: 1
form: annual-plan
steps:
  draft: {title: 拟稿, seat: initiator, actions: {submit: {to: sign}}}
  sign:
    title: 签发
    seat: {post: 副局长}
    actions:
      sign: {to: done, effects: [{number: {series: 县教函, into: notice.number}}]}
      return: {to: draft, opinion: required}
  done: {end: true}
)";

// What a file's own loader says.
Diagnostics load_alone(const std::string& path, const Value& value) {
  Diagnostics findings;
  if (path.ends_with(".form.yaml")) form::load_form(value, findings);
  if (path.ends_with(".register.yaml")) registers::load_register(value, findings);
  if (path.ends_with(".workflow.yaml")) load_workflow(value, findings);
  if (path.ends_with("directory.yaml")) directory::load_directory(value, findings);
  return findings;
}

// Everything that load and check say of a whole set.
Diagnostics check(const Set& set) {
  Diagnostics findings;
  std::map<std::string, form::Form> forms;
  std::map<std::string, registers::Register> registers;
  std::vector<Definition> workflows;
  std::optional<directory::Directory> office;
  for (const auto& [path, value] : set) {
    if (path.ends_with(".form.yaml")) {
      if (auto form = form::load_form(value, findings)) forms.emplace(form->name, *form);
    } else if (path.ends_with(".register.yaml")) {
      if (auto target = registers::load_register(value, findings)) registers.emplace(target->name, *target);
    } else if (path.ends_with(".workflow.yaml")) {
      if (auto flow = load_workflow(value, findings)) workflows.push_back(*flow);
    } else if (path.ends_with("directory.yaml")) {
      office = directory::load_directory(value, findings);
    }
  }
  Known known{{}, {}, office ? &*office : nullptr};
  for (const auto& [name, form] : forms) known.forms[name] = &form;
  for (const auto& [name, target] : registers) known.registers[name] = &target;
  for (const Definition& flow : workflows) check_references(flow, known, findings);
  form::Lookups lookups;
  lookups.person = [&](const Value& value, Diagnostics& out) {
    if (office) directory::check_person(*office, value.text(), value.place(), out);
  };
  lookups.department = [&](const Value& value, Diagnostics& out) {
    if (office && !office->department(value.text()))
      out.error("unknown-department", value.place(), value.text());
  };
  for (const auto& [path, value] : set) {
    if (!value.find("data") && !path.ends_with("plan.yaml") && !path.ends_with("application.yaml")) continue;
    auto form = forms.find(value["form"].text());
    if (form == forms.end() || !value.find("values")) {
      findings.error("unknown-form", value.place(), path);
    } else {
      form::check_record(form->second, value["values"], findings, lookups);
    }
  }
  return findings;
}

// One letter wrong, one lost, one doubled, two swapped.
std::vector<std::string> typing_errors(const std::string& word) {
  std::u32string letters = to_characters(word);
  size_t middle = letters.size() / 2;
  std::vector<std::u32string> wrong;
  for (size_t at : {size_t{0}, middle, letters.size() - 1}) {
    std::u32string changed = letters, lost = letters, doubled = letters;
    changed[at] = letters[at] == U'q' ? U'k' : letters[at] < 128 ? U'q' : U'错';
    lost.erase(at, 1);
    doubled.insert(at, 1, letters[at]);
    wrong.insert(wrong.end(), {changed, lost, doubled});
    if (at + 1 < letters.size() && letters[at] != letters[at + 1]) {
      std::u32string swapped = letters;
      std::swap(swapped[at], swapped[at + 1]);
      wrong.push_back(swapped);
    }
  }
  std::vector<std::string> result;
  for (const std::u32string& text : wrong) result.push_back(to_utf8(text));
  return result;
}

// Words inside a guard or a number's template; figures and signs are no ids.
std::vector<std::string> mutate_scalar(const std::string& key, const std::string& text) {
  static const std::set<std::string> kProse = {"title", "name",     "version", "width",
                                               "least", "required", "end"};
  static const std::set<std::string> kPaths = {"notice",
                                               "template"};  // files: app/ looks whether they are there
  if (kProse.contains(key) || kPaths.contains(key)) return {};
  if (key == "number")
    return {replace_all(text, "{{year}}", "{{yaer}}"), replace_all(text, "{{serial}}", "{{seral}}")};
  if (key == "when") {
    std::vector<std::string> all;
    for (std::string word :
         {"size", "plan", "groups", "application", "teams", "stage", "has", "reason", "小学"}) {
      if (text.find(word) == text.npos) continue;
      for (const std::string& wrong : typing_errors(word)) all.push_back(replace_all(text, word, wrong));
    }
    return all;
  }
  if (key == "due") {
    std::vector<std::string> all;
    for (const std::string& wrong : typing_errors("workdays"))
      all.push_back(replace_all(text, "workdays", wrong));
    return all;
  }
  return typing_errors(text);
}

class Mutator {
 public:
  explicit Mutator(Set set) : set_(std::move(set)) {}

  void run() {
    for (auto& [path, value] : set_) {
      path_ = path;
      is_data_ = path.ends_with("plan.yaml") || path.ends_with("application.yaml");
      visit(value, "");
    }
  }

  std::vector<std::string> missed;
  size_t tried = 0;

 private:
  void try_now(const Place& place, const std::string& what) {
    // The rows of a table repeat their words; once is enough.
    if (is_data_ && !seen_.insert(path_ + what).second) return;
    ++tried;
    if (!load_alone(path_, set_[path_]).empty()) return;  // most are found so, and sooner
    if (check(set_).empty()) missed.push_back(path_ + ":" + std::to_string(place.line) + " " + what);
  }

  void visit(Value& value, const std::string& key) {
    for (Value& item : value.items()) visit(item, key);
    for (size_t i = 0; i < value.entries().size(); ++i) {
      Value::Entry& entry = value.entries()[i];
      const std::string right = entry.key;
      if (!(is_data_ && right == "data")) {
        for (const std::string& wrong : typing_errors(right)) {
          if (value.find(wrong)) continue;  // a doubled key is the reader's finding
          entry.key = wrong;
          try_now(entry.key_place, right + " -> " + wrong);
          entry.key = right;
        }
      }
      visit(entry.value, right);
    }
    if (value.is_scalar()) visit_scalar(value, key);
  }

  void visit_scalar(Value& value, const std::string& key) {
    // Data is prose but for what names something: forms, people, departments, choices.
    static const std::set<std::string> kNames = {"form", "teacher", "school", "stage", "modes"};
    if (is_data_ && !kNames.contains(key)) return;
    const Value right = value;
    for (const std::string& wrong : mutate_scalar(key, right.text())) {
      if (wrong == right.text() || is_harmless(key, right.text(), wrong)) continue;
      value = Value(wrong);
      value.set_place(right.place());
      try_now(right.place(), key + ": " + right.text() + " -> " + wrong);
    }
    value = right;
  }

  // A choice that neither data nor guard names is a label that only its own list knows. 副局长 without its 副 is a post,
  // too, and 县教函 without its 函 a series: whoever writes them may mean them.
  bool is_harmless(const std::string& key, const std::string& text, const std::string& wrong) const {
    return (key == "of" && text == "高中") || (key == "post" && wrong == "局长") ||
           (key == "series" && wrong == "县教");
  }

  Set set_;
  std::string path_;
  bool is_data_ = false;
  std::set<std::string> seen_;
};

TEST(Mutation, EachTypingErrorInTheCountysFilesIsFound) {
  Set set;
  for (const std::string& path : kFiles) {
    if (!std::filesystem::exists(WENSHU_SOURCE_DIR "/" + path)) GTEST_SKIP() << "no " << path;
    set[path] = file(path);
  }
  set["workflows/letters.workflow.yaml"] = yaml(kLetters, "workflows/letters.workflow.yaml");
  Diagnostics clean = check(set);
  ASSERT_TRUE(clean.empty()) << to_text(clean);
  Mutator mutator(set);
  mutator.run();
  EXPECT_GT(mutator.tried, 2000u);
  EXPECT_THAT(mutator.missed, testing::IsEmpty());
}

}  // namespace
}  // namespace wenshu::workflow
