// Open Badges beside the certificates of a batch. Inside this room only.
#pragma once

#include <filesystem>
#include <string>

#include "app/certificate_batch.h"

namespace wenshu::app {

// NUMBER.badge.jwt for each entry. REQUIRES: entries with proofs, parallel to the batch's people; an Ed25519 key.
void write_badges(const CheckedBatch& batch, const FileEntries& entries, const std::string& issuer,
                  const crypto::PrivateKey& key, const std::filesystem::path& folder);

}  // namespace wenshu::app
