// CT_PPr is a sequence (wml.xsd): Word refuses a file in which its children stand in another order.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "xml/tree.h"

namespace wenshu::docx {

inline constexpr std::array kParagraphOrder = {"w:pStyle",
                                               "w:keepNext",
                                               "w:keepLines",
                                               "w:pageBreakBefore",
                                               "w:framePr",
                                               "w:widowControl",
                                               "w:numPr",
                                               "w:suppressLineNumbers",
                                               "w:pBdr",
                                               "w:shd",
                                               "w:tabs",
                                               "w:suppressAutoHyphens",
                                               "w:kinsoku",
                                               "w:wordWrap",
                                               "w:overflowPunct",
                                               "w:topLinePunct",
                                               "w:autoSpaceDE",
                                               "w:autoSpaceDN",
                                               "w:bidi",
                                               "w:adjustRightInd",
                                               "w:snapToGrid",
                                               "w:spacing",
                                               "w:ind",
                                               "w:contextualSpacing",
                                               "w:mirrorIndents",
                                               "w:suppressOverlap",
                                               "w:jc",
                                               "w:textDirection",
                                               "w:textAlignment",
                                               "w:textboxTightWrap",
                                               "w:outlineLvl",
                                               "w:divId",
                                               "w:cnfStyle",
                                               "w:rPr",
                                               "w:sectPr",
                                               "w:pPrChange"};

// The first child that comes behind `name` in the order; null: `name` comes last. What the order does not know comes behind all.
template <class Order>
pugi::xml_node find_behind(const pugi::xml_node& parent, std::string_view name, const Order& order) {
  const auto rank = [&](std::string_view each) {
    return std::find(order.begin(), order.end(), each) - order.begin();
  };
  for (const pugi::xml_node& child : parent.children())
    if (rank(child.name()) > rank(name)) return child;
  return {};
}

}  // namespace wenshu::docx
