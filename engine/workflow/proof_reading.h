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
// Slips of the pen in text fields alone, and against every text that was signed: at each place what stood there was no
// word and what stands there now is one, read alike (布署, 部署) or changed about, or something stood there twice; 的 and
// 地; one mark for another. No figure or anything beside it, no word that says no or the opposite, no name, no short text
// of a row; at most a quarter of the characters and eight at the most; nothing else may have changed since the signing.
// Codes: signature-void proof-not-text proof-substance proof-word proof-name proof-too-much proof-nothing.
std::vector<Blocker> find_proof_blockers(const Rules& rules, const Marking& marking, const Proof& proof);

// “关于布署工作”改为“关于部署工作”: what differs, with a few characters around it.
std::string shown_change(const std::string& before, const std::string& after);

}  // namespace wenshu::workflow
