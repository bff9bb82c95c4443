// Proves a workflow before it is published: that every case comes to an end, that somebody can act at each step, that
// guards leave no gap. Each finding has a place, a sentence, the shortest story that leads there where one does, and a
// way out. Codes and reports of reference §5:
//
//   S1 no-end, no-start (and unknown-step … of loading)     G1 guard-never-true, guard-always-true
//   S2 unreachable-step, dead-join                          G2 guard-gap, guard-overlap
//   S3 deadlock, no-way-to-end                              G3 guard-may-lack-value, guard-may-fault,
//                                                              seat-may-lack-person
//   S4 work-left-at-end, double-task                        P1 nobody-can-act (check_references), long-away
//   S5 unpaired-branches, shared-branches, join-astray,     P2 only-candidate-barred, same-person-alone,
//      into-branch                                             same-person-twice
//   S6 automatic-circle                                     P3 votes-out-of-reach, votes-may-fall-short
//   R1 return-not-visited, return-into-branch,              P4 stand-ins-in-a-circle, stand-in-elsewhere
//      return-nowhere
//   R2 number-before-signing, number-editable, rows-twice
//   R3 required-but-hidden, text-changed-after-signing      T1 remind-without-due, overdue-without-due,
//   M1 step-gone, action-gone, people-gone                      remind-after-due, no-overdue, overdue-without-action
//      (a condition that no longer holds is G1 of the new version)
//   not-decided: more states than kMostStates
#pragma once

#include "base/diagnostic.h"
#include "workflow/definition.h"

namespace wenshu::workflow::check {

// REQUIRES: the definition passed check_references without errors against `known` (which may lack everything: then
// what needs it is not checked).
void check_workflow(const Definition& definition, const Known& known, Diagnostics& findings);

// M1: what a new version would do to cases that run by the old one, at any of its steps.
void check_change(const Definition& before, const Definition& after, const Known& known,
                  Diagnostics& findings);

}  // namespace wenshu::workflow::check
