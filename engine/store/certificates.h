// Certificates by series, class and person: each person of a class has one number, whatever is run again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "data/value.h"
#include "store/act.h"

namespace wenshu::store {

struct Certificate {
  std::string series, class_code, person, name, number;
  int64_t serial = 0;
  data::Value fields;  // all certified fields, `number` among them
  std::string at;      // UTC time of numbering
};

struct Candidate {
  std::string person;  // the roster column that identifies
  std::string name;
  data::Value fields;  // a map; `number` is set by the store
};

struct Batch {
  std::string series;
  std::string class_code;
  std::string scope;          // of the serial, e.g. "2020/A03"
  std::string register_name;  // "" when the certificates go into no register
  // The cells of a certificate's row in that register, by column.
  std::function<data::Value(const Candidate& candidate, const std::string& number)> make_row;
};

// Of one class, by serial.
std::vector<Certificate> find_certificates(Tx& tx, const std::string& series, const std::string& class_code);
std::optional<Certificate> find_certificate(Tx& tx, const std::string& number);
std::vector<Certificate> list_certificates(Tx& tx);  // all, by series, class and serial

// Numbers those candidates who have none yet, in their order, in one event `certificates-numbered`, and
// commits (no event when nobody is missing). Returns the certificate of every candidate, in the order given:
// for one that was numbered before, with the fields certified then. REQUIRES: candidates' persons differ. The
// act must not have been answered.
std::vector<Certificate> number_certificates(Act& act, const Batch& batch,
                                             const std::vector<Candidate>& candidates,
                                             const NumberFormat& format);

}  // namespace wenshu::store
