// Amounts in capitals, as bills and contracts write them (支付结算办法, annex 1).
#pragma once

#include <optional>
#include <string>

#include "base/decimal.h"

namespace wenshu::chinese {

// 1409.50 壹仟肆佰零玖元伍角, 325.04 叁佰贰拾伍元零肆分, 1680.32 壹仟陆佰捌拾元零叁角贰分, 100 壹佰元整,
// 0.05 伍分, 0 零元整, -8 负捌元整. 整 stands behind 元 alone. Where the annex leaves a 零 open, it is written
// once: 107000.53 壹拾万柒仟元零伍角叁分. Without 人民币 before it. Nothing for fractions of a 分 and from
// 10^12 on.
std::optional<std::string> to_capital_money(Decimal amount);

}  // namespace wenshu::chinese
