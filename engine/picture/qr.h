// QR codes (ISO/IEC 18004) as modules.
#pragma once

#include <optional>
#include <string_view>

#include "picture/pixels.h"

namespace wenshu::picture {

// UTF-8, error correction M (15 %: a stamp or a fold does not spoil it), the smallest version that holds it; capitals and
// digits take less room than other bytes. Nothing when the text is empty, has a zero byte, or is more than version 40-M holds
// (2,331 bytes, or 3,391 capitals and digits).
std::optional<Modules> make_qr(std::string_view text);

// The white that readers need around a code (ISO/IEC 18004 clause 6.3.8).
constexpr int kQuietModules = 4;
// Black on white, the quiet zone around it, `pixels` along each module.
Pixels draw(const Modules& modules, int pixels);

}  // namespace wenshu::picture
