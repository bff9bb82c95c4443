// PAdES B-B (ETSI EN 319 142-1): a detached CMS in a signature field without appearance, by a P-256 or RSA key with the
// X.509 certificate that an authority gave the office. Signed files differ from run to run, so they are kept.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace wenshu::pdf {

// Takes the bytes that the signature covers, gives the CMS in DER: crypto::CmsSigner, or an office's own seal service.
using Signer = std::function<std::string(std::string_view covered)>;

// Fills the signature field of a file (Document::reserve_signature, and seal_file before this). Throws Failure when
// there is no empty one, or the CMS has no room in it.
std::string sign_file(std::string pdf, const Signer& signer);

}  // namespace wenshu::pdf
