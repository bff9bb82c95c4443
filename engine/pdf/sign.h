// PAdES B-B (ETSI EN 319 142-1): a detached CMS in a signature field without appearance on the first page. Three steps, each on
// the bytes of a finished file: reserve_signature, seal_file (if the file proves itself), sign_file. Signed files differ from run to
// run, so they are kept.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace wenshu::pdf {

// Adds the field and `room` bytes for the CMS. REQUIRES: a file of Document::finish(). Throws Failure when the bytes are none.
std::string reserve_signature(std::string pdf, Time at, size_t room);

// Takes the bytes that the signature covers, gives the CMS in DER: crypto::Identity, or an office's own seal service.
using Signer = std::function<std::string(std::string_view covered)>;
// Throws Failure when there is no reserved room, or the CMS does not fit in it.
std::string sign_file(std::string pdf, const Signer& signer);

// Whether a file of ours carries a signature; whether it is good is for others to say.
bool is_signed(std::string_view pdf);

// Writes into the reserved field which bytes it covers: all but the room. sign_file does it; a seal, which covers these digits, must do it
// before. Nothing happens where no room is reserved.
void set_covered(std::string& pdf);

}  // namespace wenshu::pdf
