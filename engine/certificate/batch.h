// A batch: the data all its certificates share, and the people of the roster.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "certificate/people.h"
#include "certificate/proof.h"
#include "certificate/sheet.h"
#include "font/faces.h"

namespace wenshu::certificate {

// `file` is a whole data file (`data: …`, `certificate: NAME`, `values: {…}`); gives its values, each of its
// type. With `certificate: other` it is a finding. For a plain map of values use check_values.
std::optional<data::Value> load_batch_data(const Sheet& sheet, const data::Value& file,
                                           Diagnostics& findings);
bool check_values(const Sheet& sheet, const data::Value& values, Diagnostics& findings);

// The parameters of the number series that the data decides, e.g. {year: 2020, class: 04}.
std::map<std::string, std::string> number_parameters(const Sheet& sheet, const data::Value& values);
// The certificate's own date: the first date field of the data; nothing when the sheet has none.
std::optional<Date> date_of(const Sheet& sheet, const data::Value& values);
// The path of the seal's picture, relative to the data file; empty when there is none.
std::string seal_path(const Sheet& sheet, const data::Value& values);
// What the QR code certifies of one person (proof.h). REQUIRES: the sheet has such a code.
CertifiedFields certified_fields(const Sheet& sheet, const data::Value& merged);
// All that the row and the data say, by the titles of columns and fields, pictures and empty ones left out.
CertifiedFields shown_fields(const Sheet& sheet, const data::Value& merged);

// What the sheet's texts see for one person: the row, the data, `number`, and `mark` (（补发）, mostly nothing).
data::Value merge(const Sheet& sheet, const data::Value& values, const Person& person,
                  const std::string& number, const std::string& mark = {});
// The row for the register, by column. REQUIRES: a batch that check_certificates passed.
std::vector<std::pair<std::string, std::string>> register_row(const Sheet& sheet, const data::Value& merged);

}  // namespace wenshu::certificate
