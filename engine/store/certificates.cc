#include "store/certificates.h"

#include <utility>

#include "base/error.h"
#include "data/load.h"

namespace wenshu::store {

using data::Value;

namespace {

const std::string kSelect =
    "SELECT series, class, person, name, number, serial, fields, at, generation FROM certificates ";

Value parse_fields(const std::string& json, const std::string& number) {
  Diagnostics findings;
  auto fields = data::parse_json(json, "证书 " + number, findings);
  if (!fields) throw Failure("无法读取证书 " + number + "（内容不是 JSON）");
  return *fields;
}

Certificate to_certificate_without_fields(const Row& row) {
  return {.series = row.text(0),
          .class_code = row.text(1),
          .person = row.text(2),
          .name = row.text(3),
          .number = row.text(4),
          .serial = row.integer(5),
          .fields = {},
          .at = row.text(7),
          .generation = row.integer(8),
          .replaces = {}};
}

Certificate to_certificate(const Row& row) {
  Certificate certificate = to_certificate_without_fields(row);
  certificate.fields = parse_fields(row.text(6), certificate.number);
  certificate.replaces = certificate.fields[kReplaces].text();
  return certificate;
}

std::vector<Certificate> read_all(Stmt rows) {
  std::vector<Certificate> list;
  while (rows.next()) list.push_back(to_certificate(rows.row()));
  return list;
}

Value section_of(const Batch& batch) {
  Value section = Value::map();
  section.set("series", batch.series);
  section.set("class", batch.class_code);
  section.set("scope", batch.scope);
  section.set("register", batch.register_name);
  section.set("rows", Value::list());
  return section;
}

CertificateAct to_act(const Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}
const std::string kSelectActs = "SELECT number, act, reason, other, actor, at FROM certificate_acts ";

std::vector<CertificateAct> read_acts(Stmt rows) {
  std::vector<CertificateAct> list;
  while (rows.next()) list.push_back(to_act(rows.row()));
  return list;
}

Value act_of(const std::string& number, const std::string& kind, const std::string& reason) {
  Value act = Value::map();
  act.set("number", number);
  act.set("act", kind);
  act.set("reason", reason);
  return act;
}

Certificate certificate_of(const Batch& batch, const Value& row, const std::string& at, int64_t generation) {
  return {.series = batch.series,
          .class_code = batch.class_code,
          .person = row["person"].text(),
          .name = row["name"].text(),
          .number = row["number"].text(),
          .serial = std::stoll(row["serial"].text()),
          .fields = row["fields"],
          .at = at,
          .generation = generation,
          .replaces = row["fields"][kReplaces].text()};
}

Value fields_of(const Candidate& candidate, const Number& number) {
  Value fields = candidate.fields;
  fields.set("number", number.number);
  return fields;
}

Certificate first_of(const Batch& batch, const Candidate& candidate, const Number& number,
                     const std::string& at) {
  return {.series = batch.series,
          .class_code = batch.class_code,
          .person = candidate.person,
          .name = candidate.name,
          .number = number.number,
          .serial = number.serial,
          .fields = fields_of(candidate, number),
          .at = at};
}

Value row_of(const Batch& batch, const Candidate& candidate, const Number& number) {
  Value row = Value::map();
  row.set("person", candidate.person);
  row.set("name", candidate.name);
  row.set("serial", Value::number(static_cast<long long>(number.serial)));
  row.set("number", number.number);
  row.set("fields", fields_of(candidate, number));
  if (!batch.register_name.empty()) row.set("cells", batch.make_row(candidate, number.number));
  return row;
}

}  // namespace

void visit_certificates(Tx& tx, const std::string& series, const std::string& class_code,
                        const std::function<void(const Certificate&)>& see) {
  Stmt rows = tx.query(
      "SELECT series, class, person, name, number, serial, '', at, generation FROM certificates AS one "
      "WHERE series = ? AND class = ? AND generation = (SELECT max(generation) FROM certificates "
      "WHERE series = one.series AND class = one.class AND person = one.person) ORDER BY person",
      series, class_code);
  while (rows.next()) see(to_certificate_without_fields(rows.row()));
}

std::optional<Certificate> find_certificate(Tx& tx, const std::string& series, const std::string& class_code,
                                            const std::string& person) {
  Stmt rows =
      tx.query(kSelect + "WHERE series = ? AND class = ? AND person = ? ORDER BY generation DESC LIMIT 1",
               series, class_code, person);
  if (!rows.next()) return {};
  return to_certificate(rows.row());
}

std::optional<Certificate> find_certificate(Tx& tx, const std::string& number) {
  Stmt rows = tx.query(kSelect + "WHERE number = ?", number);
  if (!rows.next()) return {};
  return to_certificate(rows.row());
}

std::vector<Certificate> list_certificates(Tx& tx) {
  return read_all(tx.query(kSelect + "ORDER BY series, class, serial"));
}

std::vector<CertificateAct> find_certificate_acts(Tx& tx, const std::string& number) {
  return read_acts(tx.query(kSelectActs + "WHERE number = ? ORDER BY position", number));
}

std::vector<CertificateAct> list_certificate_acts(Tx& tx) {
  return read_acts(tx.query(kSelectActs + "ORDER BY seq, number"));
}

std::optional<CertificateAct> find_end(Tx& tx, const std::string& number) {
  Stmt rows =
      tx.query(kSelectActs + "WHERE number = ? AND act IN ('void', 'replace') ORDER BY position", number);
  if (!rows.next()) return {};
  return to_act(rows.row());
}

void void_certificate(Act& act, const std::string& number, const std::string& reason) {
  act.add_certificate_act(act_of(number, "void", reason));
  act.finish("certificate-voided", number);
}

void reissue_certificate(Act& act, const std::string& number, const std::string& reason) {
  act.add_certificate_act(act_of(number, "reissue", reason));
  act.finish("certificate-reissued", number);
}

Certificate replace_certificate(Act& act, const Certificate& old, const Batch& batch,
                                const Candidate& candidate, const NumberFormat& format,
                                const std::string& reason) {
  const Number number = act.take_serials(batch.series, batch.scope, 1, format).front();
  Value row = row_of(batch, candidate, number);
  row.find("fields")->set(kReplaces, old.number);
  row.set("generation", Value::number(static_cast<long long>(old.generation + 1)));
  Value section = section_of(batch);
  section.find("rows")->add(row);
  act.set_certificates(std::move(section));
  Value ended = act_of(old.number, "replace", reason);
  ended.set("other", number.number);
  act.add_certificate_act(std::move(ended));
  const Event event = act.finish("certificate-replaced", old.number);
  return certificate_of(batch, row, event.at, old.generation + 1);
}

std::vector<Certificate> number_certificates(Act& act, const Batch& batch,
                                             const std::vector<Candidate>& candidates,
                                             const NumberFormat& format) {
  std::vector<Certificate> result(candidates.size());
  std::vector<size_t> missing;
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (auto held = find_certificate(act.tx(), batch.series, batch.class_code, candidates[i].person))
      result[i] = std::move(*held);
    else
      missing.push_back(i);
  }

  if (!missing.empty()) {
    Value section = section_of(batch);
    const auto numbers = act.take_serials(batch.series, batch.scope, missing.size(), format);
    for (size_t i = 0; i < missing.size(); ++i)
      section.find("rows")->add(row_of(batch, candidates[missing[i]], numbers[i]));
    act.set_certificates(std::move(section));
    const std::string at = act.finish("certificates-numbered", batch.class_code).at;
    for (size_t i = 0; i < missing.size(); ++i)
      result[missing[i]] = first_of(batch, candidates[missing[i]], numbers[i], at);
  }
  return result;
}

}  // namespace wenshu::store
