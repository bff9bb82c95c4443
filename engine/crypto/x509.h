// What is asked of an X.509 certificate; inside this room only.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace wenshu::crypto {

std::string common_name(const X509* certificate);  // of its subject; "" when there is none
std::string fingerprint(const X509* certificate);  // SHA-256 of its DER, 32 bytes

}  // namespace wenshu::crypto
