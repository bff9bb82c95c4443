// Everything of a batch that is checked before anything is numbered. Inside this room only.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/certificates.h"
#include "app/definitions.h"
#include "app/keys.h"
#include "certificate/batch.h"
#include "certificate/blank.h"
#include "certificate/check.h"
#include "font/faces.h"
#include "register/register.h"
#include "store/certificates.h"

namespace wenshu::app {

struct CheckedBatch {
  certificate::Sheet sheet;
  registers::Series series;
  data::Value values;
  certificate::People people;          // who can have one
  std::filesystem::path photo_folder;  // where the paths of photos begin
  std::string photo_column;            // "" where the sheet has none
  size_t set_aside = 0;
  certificate::Pictures pictures;
  registers::Parameters parameters;
  std::string scope;                   // of the serials, which is the class too
  font::Characters characters;         // of all certificates
  std::shared_ptr<font::Batch> fonts;  // cut to them
  std::unique_ptr<certificate::Blank> blank;
  Diagnostics warnings;

  Time created(const std::string& numbered_at) const;                       // the certificate's own date
  std::filesystem::path photo_of(const certificate::Person& person) const;  // empty where there is none
};

// Throws FaultyInput. The batch stays where it is: its blank points into it. `own_rows` stand in for the roster's file. `keys` are
// those of the office: without any, a sheet that has a plain text for its QR code prints that, and a warning says what the paper lacks.
std::unique_ptr<CheckedBatch> load_batch(const CertificateRequest& request, const Definitions& known,
                                         const std::filesystem::path& home, const font::Faces& faces,
                                         const std::vector<SigningKey>& keys,
                                         const data::Value* own_rows = nullptr);

// The pictures of the data, whose paths begin where `near` is.
certificate::Pictures load_pictures(const certificate::Sheet& sheet, const data::Value& values,
                                    const std::filesystem::path& near, Diagnostics& findings);

// Throws FaultyInput when fonts.yaml is faulty.
font::Faces load_office_faces(const std::filesystem::path& home);

// Certified is all that the sheet may say of a person and what it says; the store adds the number.
store::Candidate make_candidate(const CheckedBatch& batch, const certificate::Person& person,
                                certificate::Pen& pen);
data::Value make_register_row(const CheckedBatch& batch, const store::Candidate& candidate,
                              const std::string& number);
// The number of a serial. REQUIRES: the whole span was checked.
store::NumberFormat number_format(const CheckedBatch& batch);
// "证书文字", or the title of a column or field.
std::string title_of(const certificate::Sheet& sheet, const std::string& key);
// Opens the keys that the sheet and the request ask for. Throws what FileSigner throws; Refused `badge-needs-ed25519`, `badge-needs-proof`.
FileSigner make_signer(const Context& context, const CheckedBatch& batch, const CertificateRequest& request);
// Behind the number on the paper; empty for most.
std::string mark_of(const History& history);
// One person's file, as write_each wants it. Of a certificate that stands in another's place the paper and the proof name the old number.
FileEntry make_entry(const CheckedBatch& batch, certificate::Person person, const std::string& number,
                     const std::string& numbered_at, const History& history = {});
// What the QR codes of the files say; empty for a sheet that certifies nothing. REQUIRES: both outlive the result.
FileEntries::Prove prove_with(const CheckedBatch& batch, const crypto::PrivateKey* key);

[[noreturn]] void give_up(Diagnostics findings);

}  // namespace wenshu::app
