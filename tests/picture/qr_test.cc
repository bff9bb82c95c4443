#include "picture/qr.h"

#include <gtest/gtest.h>

#include <string>

namespace wenshu::picture {
namespace {

TEST(Qr, HasTheThreeFinderPatterns) {
  const auto code = make_qr("结业证书;QHJX2020ZX010001A;周𬱟");
  ASSERT_TRUE(code);
  ASSERT_EQ(code->rows.size(), static_cast<size_t>(code->side) * static_cast<size_t>((code->side + 7) / 8));
  const auto dark = [&](int x, int y) { return code->is_dark(x, y); };
  for (const auto& [x, y] : {std::pair{0, 0}, {code->side - 7, 0}, {0, code->side - 7}}) {
    for (int i = 0; i < 7; ++i) EXPECT_TRUE(dark(x + i, y) && dark(x, y + i));
    EXPECT_FALSE(dark(x + 1, y + 1));
    EXPECT_TRUE(dark(x + 3, y + 3));
  }
}

TEST(Qr, RefusesWhatNoVersionHolds) {
  EXPECT_TRUE(make_qr(std::string(2331, 'a')));
  EXPECT_FALSE(make_qr(std::string(2332, 'a')));
  EXPECT_FALSE(make_qr(""));
}

}  // namespace
}  // namespace wenshu::picture
