// Who of a roster can have a certificate, and why others cannot.
#pragma once

#include <string>
#include <vector>

#include "certificate/blank.h"

namespace wenshu::certificate {

// Parallel to the people: may each have one?
using Verdicts = std::vector<bool>;

// Draws each certificate once, with a number of the series' form, to see that every character has a font, every text
// has room and the QR code too: `uncovered-character`, `text-too-long`, `qr-too-long`, `cannot-certify`, naming the
// person and the character, at the roster row. Of one fault that many people share the first 20 are named and the
// others counted.
// `characters` gets those that were drawn.
Verdicts check_certificates(const Blank& blank, const People& people, const std::string& sample_number,
                            size_t workers, font::Characters& characters, Diagnostics& findings);

// The sheet's rules, person by person: who does not meet one is a warning `not-entitled` with the rule's reason at
// the roster row.
Verdicts check_rules(const Sheet& sheet, const data::Value& values, const People& people,
                     Diagnostics& findings);

}  // namespace wenshu::certificate
