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
  data::Value fields;         // all certified fields, `number` among them
  std::string at;             // UTC time of numbering
  int64_t generation = 1;     // the how manieth of the person in the class
  std::string replaces = {};  // the number in whose place it stands; "" for a first one
};

// What became of a number after it was given: nothing is deleted.
struct CertificateAct {
  std::string number, act;  // act: void, replace, reissue
  std::string reason;
  std::string other;  // replace: the number that takes its place
  std::string actor, at;
};

// Among the fields; an @ stands in no id of a column.
inline const std::string kReplaces = "@replaces";

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

// Of one class, by person: the latest of each, without `fields`. One after another, as a class may be a county.
void visit_certificates(Tx& tx, const std::string& series, const std::string& class_code,
                        const std::function<void(const Certificate&)>& see);
// The latest of one person in a class.
std::optional<Certificate> find_certificate(Tx& tx, const std::string& series, const std::string& class_code,
                                            const std::string& person);
std::optional<Certificate> find_certificate(Tx& tx, const std::string& number);
std::vector<Certificate> list_certificates(Tx& tx);  // all, by series, class and serial

// Oldest first: of one number; of all.
std::vector<CertificateAct> find_certificate_acts(Tx& tx, const std::string& number);
std::vector<CertificateAct> list_certificate_acts(Tx& tx);
// The act that ended it, void or replace; nothing while it is in force.
std::optional<CertificateAct> find_end(Tx& tx, const std::string& number);

// Each is one event about the number, with a reason, and commits. REQUIRES: a certificate that is in force.
void void_certificate(Act& act, const std::string& number, const std::string& reason);
void reissue_certificate(Act& act, const std::string& number, const std::string& reason);
// The next number of the same series and class for the same person, who now has what `candidate` says; its fields name the old number
// under kReplaces.
Certificate replace_certificate(Act& act, const Certificate& old, const Batch& batch,
                                const Candidate& candidate, const NumberFormat& format,
                                const std::string& reason);

// Numbers those candidates who have none yet, in their order, in one event `certificates-numbered`, and
// commits (no event when nobody is missing). Returns the certificate of every candidate, in the order given:
// for one that was numbered before, with the fields certified then. REQUIRES: candidates' persons differ. The
// act must not have been answered.
std::vector<Certificate> number_certificates(Act& act, const Batch& batch,
                                             const std::vector<Candidate>& candidates,
                                             const NumberFormat& format);

}  // namespace wenshu::store
