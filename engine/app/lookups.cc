#include "app/lookups.h"

#include "data/schema.h"

namespace wenshu::app {

form::Lookups lookups_in(const directory::Directory& office) {
  return {.person =
              [&office](const data::Value& value, Diagnostics& findings) {
                directory::check_person(office, value.text(), value.place(), findings);
              },
          .department =
              [&office](const data::Value& value, Diagnostics& findings) {
                if (office.department(value.text())) return;
                std::vector<std::string> known;
                for (const auto& department : office.departments) known.push_back(department.title);
                data::report_unknown(value, "department", "部门", known, findings);
              }};
}

}  // namespace wenshu::app
