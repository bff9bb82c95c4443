// A certificate for machines: an Open Badges 3.0 credential (1EdTech, on W3C Verifiable Credentials 2.0) as VC-JWT with EdDSA, which other
// programs and wallets can check with the office's published key.
#pragma once

#include <string>

#include "certificate/proof.h"
#include "crypto/key.h"

namespace wenshu::certificate {

struct Badge {
  std::string proof;   // the QR code's text: the credential's own id, an address that opens as its check
  std::string issuer;  // the office's name; its id is the address before the fragment
  std::string holder;  // the person's name
  std::string title;   // of the certificate: 结业证书
  std::string words;   // what it says
  CertifiedFields fields;
  Date awarded;
};

// REQUIRES: an Ed25519 key (the standard knows no SM2).
std::string make_badge(const Badge& badge, const crypto::PrivateKey& key);

}  // namespace wenshu::certificate
