// What is done to a finished certificate before it is written: room for a PDF signature, the seal that binds the proof to every byte, the
// signature itself.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/context.h"
#include "app/password.h"
#include "base/date.h"
#include "crypto/cms.h"
#include "crypto/key.h"

namespace wenshu::app {

struct SigningRequest {
  std::string key = {};  // name or id of the key that signs proofs; "" for the only active one
  PasswordSource key_password = {};
  std::filesystem::path identity = {};  // .p12 or .pem with key and certificates; may be empty
  PasswordSource password = {};         // of the identity
  // Shell commands, both may be empty. `timestamp` gets a TimeStampReq (RFC 3161) and gives the TimeStampResp, such as
  //   curl -s -H 'Content-Type: application/timestamp-query' --data-binary @- https://tsa.example.cn
  // `service` is an office's own signing or seal service in place of the identity: it gets the bytes that are covered and gives a
  // detached CMS in DER.
  std::string timestamp = {}, service = {};
  // Of the certificate (.pem, .cer) that the service signs with: the seal binds it. Empty: whoever signs the file anew is not told.
  std::filesystem::path service_certificate = {};
};

// Const use from several threads is safe.
class FileSigner {
 public:
  // Signs nothing.
  FileSigner() = default;
  // Opens the key when the sheet certifies, and the identity. Throws what open_signing_key throws; FaultyInput `wrong-password`,
  // `not-an-identity`; NotFound. Before anything is numbered.
  FileSigner(const Context& context, const SigningRequest& request, bool certifies);

  const crypto::PrivateKey* key() const { return key_ ? &*key_ : nullptr; }

  // Whether the file stands there already with the same fields, sealed by this key, and signed if it is to be: signatures differ from
  // run to run, so it is kept.
  bool keeps(const std::string& proof, const std::filesystem::path& file) const;
  // `proof` is "" for a sheet that certifies nothing. Throws Failure when a command fails.
  void finish(const std::string& proof, std::string& pdf) const;

 private:
  bool signs() const { return identity_ || !service_.empty(); }

  std::optional<crypto::PrivateKey> key_;
  std::optional<crypto::Identity> identity_;
  std::string timestamp_, service_, service_print_;
  Time now_;
};

}  // namespace wenshu::app
