// wenshu workflow simulate: one case of a workflow, played on a store in memory before anything is published.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/case.h"
#include "app/case_act.h"
#include "app/context.h"
#include "base/date.h"
#include "data/value.h"

namespace wenshu::app {

class Simulation {
 public:
  // What is not given is taken from the scenario file beside the workflow: its office, its data, who begins its first
  // case. Data that stand nowhere are a sample that the form makes up.
  struct Setting {
    std::filesystem::path file;
    std::optional<std::filesystem::path> office;
    std::optional<data::Value> data;
    std::string person;
    Time now;
    std::filesystem::path home;
  };
  // Throws FaultyInput, Refused.
  explicit Simulation(const Setting& setting);

  // Of each person who holds a seat each action of his step; those without blockers can be chosen.
  struct Choice {
    std::string person, person_name;
    std::string action, action_title;
    bool opinion_required = false;
    std::vector<Blocker> blockers;
  };
  std::vector<Choice> choices() const;

  CaseView view() const;
  std::vector<HistoryLine> history() const;

  // As `case act`: an action of the step or an act that every workflow knows. `changes` may be null.
  CaseAnswer act(const std::string& person, const std::string& action, const std::string& opinion,
                 const data::Value& changes);

 private:
  Context as(const std::string& person) const;

  std::unique_ptr<FixedClock> clock_;
  Context context_;
  std::string id_;
};

}  // namespace wenshu::app
