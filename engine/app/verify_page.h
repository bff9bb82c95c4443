// The page that verifies QR codes in a browser without a server: one file, with the office's keys inside.
#pragma once

#include <filesystem>
#include <string>

#include "certificate/published_keys.h"
#include "certificate/revocations.h"

namespace wenshu::app {

// templates/web/verify.html below `home`, with keys, the numbers withdrawn until now, labels and character ranges filled in.
// Throws NotFound without it.
std::string make_verify_page(const std::filesystem::path& home, const certificate::PublishedKeys& keys,
                             const certificate::RevocationList& withdrawn);

}  // namespace wenshu::app
