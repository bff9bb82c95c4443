// Whether a detached CMS (RFC 5652) belongs to some bytes. Whose certificate it is, and whether an authority stands behind it, is told
// but not judged: readers and pdfsig know the authorities.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wenshu::crypto {

enum class CmsState {
  good,        // the digest is of these bytes and the signature is of the certificate inside
  bad,         // of other bytes, or altered
  unreadable,  // no CMS at all
  foreign      // signed data of another standard (GM/T 0010, say), which is not read here
};

struct CmsCheck {
  CmsState state = CmsState::unreadable;
  std::string signer;            // common name of the certificate; "" when there is none
  std::string fingerprint = {};  // SHA-256 of the certificate, 32 bytes
};

// `der` may end in zeros, as the room in a PDF does.
CmsCheck check_cms(std::string_view der, std::string_view covered);

// SHA-256 of an X.509 certificate in PEM or DER, 32 bytes; nothing when it is none.
std::optional<std::string> find_fingerprint(std::string_view certificate);

}  // namespace wenshu::crypto
