// The reports one by one. Used inside workflow/check/ only.
#pragma once

#include <string>
#include <vector>

#include "workflow/check/check.h"
#include "workflow/check/net.h"
#include "workflow/check/translate.h"

namespace wenshu::workflow::check {

// What the reports look at.
struct Subject {
  const Definition& flow;
  const Known& known;
  const form::Form* form = nullptr;  // nullptr when it is not known
  std::vector<Edge> edges;
  Diagnostics& findings;
};

void check_structure(const Subject& subject);  // S1 to S6
void check_guards(const Subject& subject);     // G1 to G3
void check_people(const Subject& subject);     // P1 to P4
void check_returns(const Subject& subject);    // R1
void check_papers(const Subject& subject);     // R2, R3
void check_deadlines(const Subject& subject);  // T1

// Steps that every way from the start to a step passes, itself among them: dominators over all edges.
std::vector<std::vector<char>> visited_before(const Definition& flow, const std::vector<Edge>& edges);

// "\n  经过: ① 经办人 在“拟稿”送审 → ② …": one line of its own under the sentence; `stuck` says where it ends.
std::string story(const Subject& subject, const Flow& flow, const Path& path, const std::string& stuck);
// The shortest way of acts to a step, as such a line; "" when it is not reached.
std::string story_to(const Subject& subject, size_t step, const std::string& stuck);
// 孙月华（人事科负责人）, or 人事科负责人 where nobody is known.
std::string who_sits(const Subject& subject, const Step& step);
std::string who_sits(const Subject& subject, const SeatRule& rule);
// Ids of those who can sit there whoever began the case; empty when it depends or is not known.
std::vector<std::string> fixed_people(const Known& known, const SeatRule& rule);

}  // namespace wenshu::workflow::check
