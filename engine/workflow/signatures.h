// What a signature has judged, and what becomes of it when that changes (条例 22, 25).
#pragma once

#include <string>
#include <vector>

#include "workflow/act_parts.h"
#include "workflow/moves.h"

namespace wenshu::workflow {

// SHA-256 of what a consent at the step judges: the documents it binds, by the hashes of their files, and the fields
// that it covers, derived fields and the hashes of attachments among them.
std::string judged_hash(const Rules& rules, const data::Value& data, const Step& step);
// Whether such a hash is still that of the data. Fields that effects and sub-workflows write (the number, its date, a
// result) may have come since, where they were empty then; what they held then must be there still.
bool still_judges(const Rules& rules, const data::Value& data, const Step& step, const std::string& hash);

// Adds the signature of whoever has decided for at a step that binds papers.
void add_signature(const Rules& rules, Marking& marking, const data::Value& data, const Act& act,
                   const Step& step, const std::string& seat);
// The step has been left forward: what was voided there is made good.
void renew_signatures(Marking& marking, const Step& step);

// Signatures whose text is no longer the one they judged become void; seats of a step that is still open are asked
// again.
std::vector<Fact> void_changed(const Rules& rules, Marking& marking, const data::Value& data);
// 勘误: valid signatures hold for the text as it is now.
void carry_signatures(const Rules& rules, Marking& marking, const data::Value& data);

// A step whose voided signature the case could reach an end without renewing, as it stands now; nullptr when there is
// none. Only `ended` counts as an end of its own way.
const Step* find_passed_signature(const Rules& rules, const Marking& marking);

// Whether each way from a step to an end passes another; a refusal that ends the case does not count.
bool leads_through(const Definition& definition, const std::string& from, const std::string& through);

struct TextChange {
  std::string path, before, after;
};
std::vector<TextChange> text_changes(const data::Value& before, const data::Value& after);

}  // namespace wenshu::workflow
