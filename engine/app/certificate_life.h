// A number's later life: wenshu certificates void, replace, reissue. Each is one act with a reason; nothing is deleted.
#pragma once

#include <filesystem>
#include <string>

#include "app/certificates.h"
#include "app/context.h"

namespace wenshu::app {

// From now on the number proves nothing. Throws NotFound, Refused `not-in-force` (void or replaced already),
// `no-reason`, `no-person`.
void void_certificate(const Context& context, const std::string& number, const std::string& reason);

// The same person gets the next number; the old one is replaced and names it. The roster holds the person's new row
// (of the same id, or as its only row). Gives the new number.
std::string replace_certificate(const Context& context, const std::string& number, const std::string& reason,
                                const CertificateRequest& request);

// The certificate once more under its number, with （补发） where the sheet says {{mark}}. What it says comes from the store;
// the request's data file gives the pictures. Throws FaultyInput `certified-differently` when the sheet says something
// else by now, `no-mark` when it has no {{mark}}.
void reissue_certificate(const Context& context, const std::string& number, const std::string& reason,
                         const CertificateRequest& request);

}  // namespace wenshu::app
