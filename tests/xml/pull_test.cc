#include "xml/pull.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "xml/tree.h"

namespace wenshu::xml {
namespace {

using testing::HasSubstr;

// <a k="v"> as "a k=v(", its text in [], its end as ")".
std::string events(std::string_view bytes) {
  Pull pull(bytes);
  std::string told;
  while (pull.next() != Pull::Event::end) {
    if (pull.event() == Pull::Event::open) {
      told += std::string(pull.name());
      if (const auto key = pull.attribute("k")) told += fmt::format(" k={}", *key);
      told += fmt::format("{}(", pull.depth());
    } else if (pull.event() == Pull::Event::close) {
      told += ")";
    } else {
      std::string text;
      pull.append_text(text);
      told += "[" + text + "]";
    }
  }
  Diagnostics findings;
  if (!pull.check("a.xlsx", "sheet1.xml", findings)) told += " " + findings.begin()->code;
  return told;
}

TEST(Pull, TellsElementsAttributesAndText) {
  EXPECT_EQ(events("<?xml version='1.0'?>\n<!-- 注 --><a k='v'><x:b x:k=\"1>2\"/>甲<c>乙</c></a>\n"),
            "a k=v0(b k=1>21()[甲]c1([乙]))");
}

TEST(Pull, ResolvesEntitiesAndLineEnds) {
  EXPECT_EQ(events("<a>1&lt;2&amp;&#29579;&#x738B;\r\n\r<![CDATA[&lt;\r\n]]></a>"),
            "a0([1<2&王王\n\n][&lt;\n])");
}

TEST(Pull, TakesTheTextOfAnElementWithoutItsInnerOnes) {
  Pull pull("<a><b>一<x>二</x>三</b><c>四</c></a>");
  pull.next();
  pull.next();
  EXPECT_EQ(pull.take_text(), "一三");
  pull.next();
  EXPECT_TRUE(pull.opens("c"));
  pull.skip();
  pull.next();
  EXPECT_TRUE(pull.closes("a"));
  EXPECT_EQ(pull.next(), Pull::Event::end);
}

TEST(Pull, StopsAtWhatIsNotWellFormed) {
  for (const char* bytes : {"",
                            "  ",
                            "甲",
                            "<a>",
                            "<a></b>",
                            "<a",
                            "<a/",
                            "<a k>",
                            "<a k=1/>",
                            "<a k='1/>",
                            "<a k='<'/>",
                            "<a/>b",
                            "<a/><b/>",
                            "<a></a",
                            "< a/>",
                            "<a>&unknown;</a>",
                            "<a>&#0;</a>",
                            "<a>&#xD800;</a>",
                            "<a>& b</a>",
                            "<a><!-- </a>",
                            "<a><![CDATA[ </a>",
                            "<a k='1'l='2'/>",
                            "</a>"}) {
    EXPECT_THAT(events(bytes), HasSubstr(" bad-xml")) << bytes;
  }
  EXPECT_THAT(events("<!DOCTYPE a><a/>"), HasSubstr(" xml-doctype"));
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_THAT(events(deep), HasSubstr(" xml-too-deep"));
}

TEST(Pull, SaysWhereItStopped) {
  Pull pull("<a>\n<b></c></a>");
  while (pull.next() != Pull::Event::end) {
  }
  Diagnostics findings;
  EXPECT_FALSE(pull.check("a.xlsx", "sheet1.xml", findings));
  EXPECT_THAT(to_text(findings), HasSubstr("a.xlsx:2:4: sheet1.xml: error[bad-xml]"));
}

void tell(const pugi::xml_node& node, int depth, std::string& told) {
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) {
      told += fmt::format("{}{}(", child.name(), depth);
      tell(child, depth + 1, told);
      told += ")";
    } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      told += fmt::format("[{}]", child.value());
    }
  }
}

// The tree reader is the other opinion. It is laxer in places; what both take they must read alike.
TEST(Pull, ReadsWhatTheTreeReadsOfTenThousandMutatedParts) {
  const std::string sound =
      "<?xml version=\"1.0\"?><r><row r=\"1\"><c t='s'><v>12</v></c><c/>甲&amp;&#65;</row><x>&lt;</x></r>";
  std::mt19937 random(20260101);  // fixed
  const std::string_view alphabet = "<>/&;'\"= \n!-?[]a1";
  int both = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string bytes = sound;
    for (auto n = random() % 3; n-- > 0;) {
      const size_t at = random() % bytes.size();
      if (random() % 2 == 0) {
        bytes.erase(at, 1 + random() % 4);
      } else {
        bytes.insert(at, 1, alphabet[random() % alphabet.size()]);
      }
    }
    Diagnostics findings;
    const auto tree = parse_part(bytes, "a", "b", findings);
    const std::string told = events(bytes);
    if (!tree || told.find(" bad-xml") != std::string::npos) continue;
    std::string expected;
    tell(*tree, 0, expected);
    EXPECT_EQ(told, expected) << bytes;
    ++both;
  }
  EXPECT_GT(both, 3000);
}

}  // namespace
}  // namespace wenshu::xml
