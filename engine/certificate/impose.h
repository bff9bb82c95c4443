// Several people on one printed page.
#pragma once

#include <memory>
#include <vector>

#include "certificate/sheet.h"
#include "document/placed.h"

namespace wenshu::certificate {

class Imposer {
 public:
  // REQUIRES: the arrangement outlives this.
  explicit Imposer(const Many& many) : many_(many) {}

  size_t cells() const { return static_cast<size_t>(many_.columns * many_.rows); }
  // One printed page of at most cells() certificates, in rows from the left top corner. Full pages share one ground. REQUIRES: pages of
  // one side of one sheet.
  document::PlacedPage impose(const std::vector<document::PlacedPage>& pages);

 private:
  document::PlacedPage blank_page() const;

  const Many& many_;
  std::shared_ptr<document::PlacedPage> shared_;  // every cell's ground
};

}  // namespace wenshu::certificate
