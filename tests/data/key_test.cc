#include "data/key.h"

#include <gtest/gtest.h>

#include "data/value.h"

namespace wenshu::data {
namespace {

TEST(Key, IsKeptOnceForAll) {
  const Key one("姓名"), two(std::string("姓名"));
  EXPECT_EQ(&one.text(), &two.text());
  EXPECT_EQ(one, two);
  EXPECT_EQ(one, "姓名");
  EXPECT_TRUE(Key("").empty());
}

TEST(Key, BelongsToItsEntryWhenItIsNoWord) {
  const std::string text(300, 'x');
  const Key one(text);
  const Key copy = one;
  EXPECT_NE(&one.text(), &copy.text());
  EXPECT_EQ(one, copy);
  Key taken = std::move(Key(text));
  EXPECT_EQ(taken, text);
  taken = Key("短");
  EXPECT_EQ(taken, "短");
}

TEST(Value, IsReplacedByAPartOfItself) {
  Value inner = Value::map();
  inner.set("姓名", "王五");
  Value outer = Value::map();
  outer.set("学员", inner);
  Value copied = outer;
  copied = copied["学员"];
  EXPECT_EQ(copied, inner);
  outer = std::move(outer.entries().front().value);
  EXPECT_EQ(outer, inner);
  outer = std::move(outer.entries().front().value);
  EXPECT_EQ(outer.text(), "王五");
}

}  // namespace
}  // namespace wenshu::data
