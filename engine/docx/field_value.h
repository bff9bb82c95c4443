// Values in the codes of fields and in the addresses of links that stand in the template: what the data say there is text,
// never a second address, a switch or the end of a word.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "docx/mark.h"

namespace wenshu::docx {

// What Word follows without running a program, and what people type without a scheme (www.a.cn, a@b.cn); "" for others.
std::string address_of(const std::string& text);

// Everything of the field's code before a tag in its w:instrText, however many runs Word made of it.
std::string code_before(const pugi::xml_node& slot);

// Writes the value of a tag behind `code` of its field: quotes and backslashes are escaped, what stands outside of quotes
// gets some when it needs them, and the address of a HYPERLINK is checked (`not-an-address`).
std::shared_ptr<const Hook> field_value(const templates::Tag& tag, const Place& place, std::string_view code);

// Runs its body, the whole address of a link, and checks it; `tag` is the first in it and `before` what stands before that.
std::shared_ptr<const Hook> link_target(const templates::Tag& tag, const Place& place,
                                        const std::string& before);

}  // namespace wenshu::docx
