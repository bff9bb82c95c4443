// A file that proves itself. Before its cross-reference table stands one comment line (ISO 32000-1, 7.2.3: readers
// pass over it) that binds what the certificate says to every byte of the file:
//
//   %wenshu-seal-1 PROOF HOLE KEYID SIGNATURE
//
// PROOF is the text of the QR code; HOLE is OFFSET+LENGTH of the digits that a PDF signature will fill later, with
// +SIGNER (base64url of the SHA-256 of its certificate) where that is known beforehand, or "-";
// SIGNATURE (base64url) is over "wenshu-seal-1" 00 and SHA-256 of the file with SIGNATURE and the hole left out, whose
// places the hashed bytes name themselves. So a proof copied into another file, or an altered file, is told.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.h"

namespace wenshu::pdf {

// REQUIRES: a file of Document::finish(), unsigned (a signature field may be there, its digits still zeros); `proof`
// is ASCII without blanks. `signer`: SHA-256 of the certificate that is going to sign, "" when that is not known.
std::string seal_file(std::string pdf, std::string_view proof, const crypto::PrivateKey& key,
                      std::string_view signer = {});

// What stands in the room of a PDF signature, which the seal leaves out, and the bytes that it ought to cover.
struct FileSignature {
  std::string cms, covered;
  std::string signer = {};  // SHA-256 of the certificate that was to sign; "" when that was not known
};

struct FileSeal {
  std::string proof, key_id;
  std::string message, signature;                   // what was signed, over this file's bytes as they are now
  std::optional<FileSignature> pdf_signature = {};  // when the file was made with room for one

  bool verify(const crypto::PublicKey& key) const { return key.verify(message, signature); }
};

// The last seal line of a file, wherever it stands; nothing when there is none.
std::optional<FileSeal> find_seal(std::string_view pdf);

}  // namespace wenshu::pdf
