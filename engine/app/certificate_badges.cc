#include "app/certificate_badges.h"

#include "app/certified.h"
#include "base/file.h"
#include "certificate/badge.h"
#include "certificate/proof.h"

namespace wenshu::app {

void write_badges(const CheckedBatch& batch, const FileEntries& entries, const std::string& issuer,
                  const crypto::PrivateKey& key, const std::filesystem::path& folder) {
  certificate::Pen pen(*batch.blank);
  for (size_t i = 0; i < entries.count; ++i) {
    const FileEntry entry = entries.at(i);
    certificate::Badge badge;
    badge.proof = entries.prove(entry);
    badge.issuer = issuer;
    badge.holder = entry.person.name;
    badge.title = batch.sheet.title;
    badge.words = make_candidate(batch, entry.person, pen).fields[kWords].text();
    if (const auto proof = certificate::parse_proof(badge.proof)) badge.fields = proof->fields;
    badge.awarded = china_date(entry.created);
    write_file(folder / (entry.number + ".badge.jwt"), certificate::make_badge(badge, key) + "\n",
               Durability::later);
  }
  sync_folder(folder);
}

}  // namespace wenshu::app
