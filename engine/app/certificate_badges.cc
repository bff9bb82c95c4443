#include "app/certificate_badges.h"

#include "base/file.h"
#include "certificate/badge.h"
#include "certificate/proof.h"

namespace wenshu::app {

void write_badges(const CheckedBatch& batch, const std::vector<store::Certificate>& certificates,
                  const std::vector<FileEntry>& entries, const std::string& issuer,
                  const crypto::PrivateKey& key, const std::filesystem::path& folder) {
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto proof = certificate::parse_proof(entries[i].proof);
    certificate::Badge badge;
    badge.proof = entries[i].proof;
    badge.issuer = issuer;
    badge.holder = certificates[i].name;
    badge.title = batch.sheet.title;
    badge.words = certificates[i].fields[kWords].text();
    if (proof) badge.fields = proof->fields;
    badge.awarded = china_date(entries[i].created);
    write_file(folder / (entries[i].number + ".badge.jwt"), certificate::make_badge(badge, key) + "\n",
               Durability::later);
  }
  sync_folder(folder);
}

}  // namespace wenshu::app
