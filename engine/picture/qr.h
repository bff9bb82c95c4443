// QR codes (ISO/IEC 18004) as modules.
#pragma once

#include <optional>
#include <string_view>

#include "picture/pixels.h"

namespace wenshu::picture {

// UTF-8 bytes, error correction M (15 %: a stamp or a fold does not spoil it), the smallest version that
// holds it. Nothing when the text is empty or longer than 2,331 bytes, the most that version 40-M holds.
std::optional<Modules> make_qr(std::string_view text);

}  // namespace wenshu::picture
