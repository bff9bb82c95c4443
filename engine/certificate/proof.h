// What a certificate's QR code says: an https address whose fragment carries the certified fields themselves and a
// signature over them, so that a phone without any server can tell whether the office certified this.
//
//   HTTPS://CERT.EXAMPLE.EDU.CN/V#…E    after # base 41 over 0-9 A-Z - . / : *, two bytes in three characters, and an E that
//                                        tells a text cut off: safe in an address, and alphanumeric mode of a QR code
//
//   bytes  = body signature              signature: 64 bytes over "wenshu-proof-1" 00 body
//   body   = 01 algorithm key-id field…  algorithm 1 Ed25519, 2 SM2 with SM3; key-id 4 bytes
//   field  = label value                 label: one byte, the place in known_labels(), or 00 and a string
//   value  = FF date | string            a text that is a day from 1900 to 2079 (2020-09-30): days since 1900-01-01, two bytes
//   string = size character…             size in bytes: one byte up to FA, or FB and two bytes
//   character = one byte below U+0080; two for Chinese and what stands with it (80-FB first, ranges in proof.cc);
//               three for all else up to U+3FFFF (FC-FF first)
//
// A sheet asks for it like this; the labels are the titles of the columns and fields:
//
//   qr: {x: 33, y: 147, side: 27, address: "https://cert.example.edu.cn/v", certifies: [number, name, school, title, hours]}
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "crypto/key.h"

namespace wenshu::certificate {

struct CertifiedField {
  std::string label;  // 姓名
  std::string text;   // 周𬱟; a date as 2020-09-30

  friend bool operator==(const CertifiedField&, const CertifiedField&) = default;
};

// In the order shown. The number stands under the label kNumberLabel, the last day of validity under
// kExpiryLabel. Those without text are left out of a proof.
using CertifiedFields = std::vector<CertifiedField>;

extern const std::string kNumberLabel;          // 证书编号
extern const std::string kExpiryLabel;          // 有效期至
constexpr const char* kSampleKey = "00000000";  // named by the codes of previews; no key has this id

// Labels that cost one byte. Only ever appended to: codes that hang on walls name their places.
const std::vector<std::string>& known_labels();
// The bounds of the character ranges that take two bytes, for the page that reads proofs: first, last, first, last …
const std::vector<char32_t>& packed_ranges();

// An address that can stand before the fragment: https, ASCII, no fragment of its own, at most 200 characters. What is
// wrong is one finding (`bad-address`) at `where`.
bool check_address(std::string_view address, const Place& where, Diagnostics& findings);

// The fields that a proof can hold: no label twice, a number among them, no control characters, labels of at most 60
// and texts of at most 1,000 characters, all together at most 1,500 bytes packed. Findings (`cannot-certify`) at
// `where`, the roster row.
bool check_fields(const CertifiedFields& fields, const Place& where, Diagnostics& findings);

// The text of the QR code. REQUIRES: both checks passed.
std::string make_proof(std::string_view address, const CertifiedFields& fields,
                       const crypto::PrivateKey& key);
// As long as the real one, without a key: to see before numbering whether the QR code has room.
std::string sample_proof(std::string_view address, const CertifiedFields& fields);

struct Proof {
  std::string
      address;  // as scanned; "" when the fragment alone was given. Not signed: never show it as certified.
  std::string key_id;  // of crypto::PublicKey::id
  crypto::Algorithm algorithm = crypto::Algorithm::ed25519;
  CertifiedFields fields;
  std::string signed_bytes, signature;

  std::string find(std::string_view label) const;  // "" when it is not certified
  std::string number() const { return find(kNumberLabel); }
  // Whether that key signed exactly these fields.
  bool verify(const crypto::PublicKey& key) const;
};

// Reads a scanned or pasted text: the whole address, or what follows #; blanks and line ends are passed over. Nothing
// when it is no proof, or not the one spelling that make_proof gives for its fields.
std::optional<Proof> parse_proof(std::string_view text);

}  // namespace wenshu::certificate
