#include "picture/encode.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "picture/decode.h"

namespace wenshu::picture {
namespace {

TEST(EncodePng, IsReadBackAsItWas) {
  const Pixels opaque{2, 1, {255, 0, 0, 0, 0, 255}, {}};
  Pixels clear = opaque;
  clear.alpha = {0, 128};
  for (const Pixels& pixels : {opaque, clear}) {
    Diagnostics findings;
    const auto read = decode_png(encode_png(pixels), {"seal.png"}, findings);
    ASSERT_TRUE(read) << to_text(findings);
    EXPECT_EQ(read->width, 2);
    EXPECT_EQ(read->rgb, pixels.rgb);
    EXPECT_EQ(read->alpha, pixels.alpha);
  }
}

TEST(EncodePng, RefusesAPictureWithoutPixels) { EXPECT_THROW(encode_png({}), Failure); }

}  // namespace
}  // namespace wenshu::picture
