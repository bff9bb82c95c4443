#include "notice/fill.h"

#include "template/text.h"

namespace wenshu::notice {
namespace {

// Null for a text that the data made empty: its element is left out.
std::optional<data::Value> fill_value(const data::Value& source, const data::Value& data,
                                      Diagnostics& findings, templates::Fields fields) {
  data::Value filled = source;
  if (source.is_scalar()) {
    auto text = templates::fill_text(source.text(), data, source.place(), findings, fields);
    if (!text) return std::nullopt;
    if (*text == source.text()) return filled;
    filled = text->empty() ? data::Value() : data::Value(*text);
    filled.set_place(source.place());
    return filled;
  }
  bool whole = true;
  filled.items().clear();
  for (const data::Value& item : source.items()) {
    auto value = fill_value(item, data, findings, fields);
    whole = whole && value;
    if (value && !(value->is_null() && !item.is_null())) filled.items().push_back(std::move(*value));
  }
  filled.entries().clear();
  for (const auto& entry : source.entries()) {
    auto value = fill_value(entry.value, data, findings, fields);
    whole = whole && value;
    if (value && !(value->is_null() && !entry.value.is_null()))
      filled.entries().push_back({entry.key, entry.key_place, std::move(*value)});
  }
  if (!whole) return std::nullopt;
  return filled;
}

}  // namespace

std::optional<data::Value> fill_notice(const data::Value& source, const data::Value& data,
                                       Diagnostics& findings, templates::Fields fields) {
  return fill_value(source, data, findings, fields);
}

}  // namespace wenshu::notice
