// 勘误: a correction of words that leaves signatures valid.
#pragma once

#include <string>
#include <vector>

#include "workflow/moves.h"
#include "workflow/signatures.h"

namespace wenshu::workflow {

struct Proof {
  const data::Value &before, &after;
  std::vector<data::Value> signed_texts;  // the data as each valid signature judged them
};
// Slips of the pen in text fields alone: no rows more or fewer, and against every text that was signed no other word, no
// figure, date or word that says no, no name, at most a quarter of its characters and eight at the most; nothing else
// may have changed since the signing. Codes: signature-void proof-not-text proof-substance proof-word proof-name
// proof-too-much proof-nothing.
std::vector<Blocker> find_proof_blockers(const Rules& rules, const Marking& marking, const Proof& proof);

// “关于布署工作”改为“关于部署工作”: what differs, with a few characters around it.
std::string shown_change(const std::string& before, const std::string& after);

}  // namespace wenshu::workflow
