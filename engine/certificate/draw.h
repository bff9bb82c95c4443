// One certificate as boxes on a page.
#pragma once

#include <memory>
#include <optional>

#include "certificate/batch.h"
#include "document/placed.h"
#include "font/subset.h"

namespace wenshu::certificate {

// `merged` as from merge(); `seal` may be null. Findings (`uncovered-character`, `text-too-long`,
// `qr-too-long`) stand at `where`, the roster row, and name the person; nothing when there was one.
std::optional<document::PlacedPage> draw(const Sheet& sheet, const data::Value& merged,
                                         const font::Faces& faces,
                                         std::shared_ptr<const picture::Pixels> seal, const Place& where,
                                         Diagnostics& findings);

// The characters that stand on every certificate of the batch: the sheet's own words, the data's values,
// digits and capital letters. They make the subset that all certificates share.
font::Characters fixed_characters(const Sheet& sheet, const data::Value& values,
                                  const std::string& sample_number, const font::Faces& faces);

// The characters of the whole batch: the fixed ones and those of the people.
font::Characters batch_characters(const Sheet& sheet, const data::Value& values,
                                  const std::vector<Person>& people, const std::string& sample_number,
                                  const font::Faces& faces);

}  // namespace wenshu::certificate
