// Several people's certificates on one printed page.
#pragma once

#include <vector>

#include "certificate/sheet.h"

namespace wenshu::certificate {

// The pages of one printed sheet after another, cells from the left top corner in rows. REQUIRES: pages of one side.
std::vector<document::PlacedPage> impose(const Many& many, const std::vector<document::PlacedPage>& pages);

}  // namespace wenshu::certificate
