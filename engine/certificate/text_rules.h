// What a text may hold that goes onto certificates, from the roster or from the data; inside this room only.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "certificate/sheet.h"
#include "data/schema.h"

namespace wenshu::certificate {

data::Shape shape_of(FieldType type);
bool is_code(std::string_view text);

// Every character must be seen, and be the same on every machine: findings otherwise, named by the column's or field's title.
bool check_characters(const std::string& title, const Place& where, const std::string& text,
                      Diagnostics& findings);
void report_lost(const std::string& title, const Place& where, const std::string& text, char32_t mark,
                 Diagnostics& findings);

}  // namespace wenshu::certificate
