#include "app/certificates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/certificate_badges.h"
#include "app/certificate_batch.h"
#include "app/certificate_lists.h"
#include "app/office.h"
#include "app/published.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "package/stored.h"
#include "store/act.h"
#include "store/store.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

// A roster that has lost its ids, or has got them since, would number the same people again.
void check_not_namesake(const CheckedBatch& batch, const store::Candidate& candidate, const Place& where,
                        const std::vector<const store::Certificate*>& namesakes, Diagnostics& findings) {
  for (const auto* held : namesakes) {
    const store::Certificate& one = *held;
    if (candidate.person != candidate.name && one.person != one.name) continue;
    const auto& id = batch.sheet.find_column(batch.sheet.person)->title;
    findings.error(
        "perhaps-certified", where,
        candidate.person == candidate.name
            ? fmt::format("本班的{}（{} {}）已有证书 {}，这一行没有填“{}”，分不清是否同一人", one.name, id,
                          one.person, one.number, id)
            : fmt::format("本班的{}已有证书 {}，当时没有填“{}”，分不清是否同一人", one.name, one.number, id),
        candidate.person == candidate.name ? fmt::format("补上“{}”", id)
                                           : fmt::format("若是同一人，这一行的“{}”仍空着", id));
    return;
  }
}

// What was certified once is not certified differently under the same number.
void check_same(const CheckedBatch& batch, const store::Candidate& candidate, const store::Certificate& held,
                const Place& where, Diagnostics& findings) {
  std::string differing;
  for (const auto& entry : candidate.fields.entries())
    if (entry.key != "number" && !(held.fields[entry.key] == entry.value))
      differing += (differing.empty() ? "" : "、") + title_of(batch.sheet, entry.key);
  if (differing.empty()) return;
  findings.error("certified-differently", where,
                 fmt::format("{} 已有证书 {}，现在的 {} 与当时不同", candidate.name, held.number, differing),
                 "改回原来的内容；确要更改，用 wenshu certificates replace 换发新证书");
}

// One event holds the rows of so many people. A class is one act; what is larger is several, each of which stands by itself: no memory
// has room for a whole county at once.
constexpr size_t kPeopleAnAct = 1'000;

// The batch against what was given before: the same words under the same number, and no void one made again.
class Numbering {
 public:
  Numbering(CheckedBatch& batch, store::Tx& tx) : batch_(batch), tx_(tx) {
    issued_ = store::find_certificates(tx, batch.sheet.series, batch.scope);
    for (const auto& one : issued_) {
      by_person_[one.person] = &one;
      by_name_[one.name].push_back(&one);
    }
  }
  // Leaves in the batch those who have or may get a number, of whom `before` have one; gives what the first act numbers.
  std::vector<store::Candidate> check(certificate::Pen& pen, size_t& before, Diagnostics& findings);

 private:
  bool is_void(const certificate::Person& person, const store::Certificate& held);

  CheckedBatch& batch_;
  store::Tx& tx_;
  std::vector<store::Certificate> issued_;
  std::map<std::string_view, const store::Certificate*> by_person_;
  std::map<std::string_view, std::vector<const store::Certificate*>> by_name_;
};

bool Numbering::is_void(const certificate::Person& person, const store::Certificate& held) {
  const auto end = store::find_end(tx_, held.number);
  if (!end) return false;
  batch_.warnings.warning(
      "void-certificate", person.place,
      fmt::format("{} 的证书 {} 已作废（{}），不再制作", held.name, held.number, end->reason),
      "要另发一份，用 wenshu certificates replace");
  return true;
}

std::vector<store::Candidate> Numbering::check(certificate::Pen& pen, size_t& before, Diagnostics& findings) {
  std::vector<store::Candidate> first;
  std::vector<certificate::Person> kept;
  std::vector<fs::path> photos;
  for (size_t i = 0; i < batch_.people.size(); ++i) {
    certificate::Person& person = batch_.people[i];
    const auto held = by_person_.find(person.id);
    if (held != by_person_.end() && is_void(person, *held->second)) {
      ++batch_.set_aside;
      continue;
    }
    store::Candidate candidate = make_candidate(batch_, person, pen);
    if (held != by_person_.end()) {
      ++before;
      check_same(batch_, candidate, *store::find_certificate(tx_, held->second->number), person.place,
                 findings);
    } else if (const auto namesakes = by_name_.find(candidate.name); namesakes != by_name_.end()) {
      check_not_namesake(batch_, candidate, person.place, namesakes->second, findings);
    }
    if (kept.size() < kPeopleAnAct) first.push_back(std::move(candidate));
    kept.push_back(std::move(person));
    photos.push_back(std::move(batch_.photos[i]));
  }
  batch_.people = std::move(kept);
  batch_.photos = std::move(photos);
  return first;
}

// Without the certified fields unless they are asked for. All is checked before the first number is taken.
std::vector<store::Certificate> number_batch(const Context& context, store::Store& opened,
                                             CheckedBatch& batch, const std::string& actor, bool with_fields,
                                             size_t& before) {
  const auto row = [&](const store::Candidate& candidate, const std::string& number) {
    return make_register_row(batch, candidate, number);
  };
  const store::Batch target{batch.sheet.series, batch.scope, batch.scope, batch.sheet.register_name, row};
  const store::Deed deed{.actor = actor, .at = context.clock->now()};
  certificate::Pen pen(*batch.blank);
  std::vector<store::Certificate> certificates;
  do {
    store::Act act(opened, deed);
    Diagnostics findings;
    std::vector<store::Candidate> candidates;
    const size_t begin = certificates.size();
    if (begin == 0) candidates = Numbering(batch, act.tx()).check(pen, before, findings);
    if (findings.has_errors()) give_up(std::move(findings));
    for (size_t i = begin + candidates.size(); i < std::min(begin + kPeopleAnAct, batch.people.size()); ++i)
      candidates.push_back(make_candidate(batch, batch.people[i], pen));
    auto numbered = store::number_certificates(act, target, candidates, number_format(batch));
    for (size_t i = 0; i < numbered.size(); ++i) {
      // Another process may have numbered them between two acts.
      check_same(batch, candidates[i], numbered[i], batch.people[begin + i].place, findings);
      if (!with_fields) numbered[i].fields = {};
      certificates.push_back(std::move(numbered[i]));
    }
    if (findings.has_errors()) give_up(std::move(findings));
  } while (certificates.size() < batch.people.size());
  return certificates;
}

// A folder that takes files, proved before a number is taken; one that had to be made goes again if it does
// not.
void prove_writable(const fs::path& folder) {
  std::error_code none;
  const bool was_there = fs::exists(folder, none);
  try {
    write_file(folder / ".wenshu-probe", "?", Durability::later);
    fs::remove(folder / ".wenshu-probe", none);
  } catch (const Failure& failure) {
    if (!was_there) fs::remove(folder, none);
    throw Failure(replace_all(failure.what(), "/.wenshu-probe", ""));  // the folder is what a person knows
  }
  remove_stale_parts(folder);
}

std::vector<FileEntry> make_entries(const CheckedBatch& batch,
                                    const std::vector<store::Certificate>& certificates,
                                    const crypto::PrivateKey* key) {
  std::vector<FileEntry> entries;
  entries.reserve(certificates.size());
  for (size_t i = 0; i < certificates.size(); ++i)
    entries.push_back(make_entry(batch, i, certificates[i], key));
  return entries;
}

void write_files(const CheckedBatch& batch, const std::vector<store::Certificate>& certificates,
                 const font::Faces& faces, const FileSigner& signer, const std::string& issuer,
                 const CertificateRequest& request, CertificateBatch& report) {
  if (certificates.empty()) return;
  const auto entries = make_entries(batch, certificates, signer.key());
  const CertificateFiles files(*batch.blank, faces, batch.characters, entries);
  files.write_each(request.out, request.jobs, signer, request.progress);
  if (request.badges) write_badges(batch, certificates, entries, issuer, *signer.key(), request.out);
  if (!request.merged.empty()) report.volumes = files.write_merged(request.merged, request.pages_a_volume);
  if (request.zip.empty()) return;
  std::vector<std::pair<std::string, fs::path>> members;
  for (const auto& one : certificates)
    members.emplace_back(one.number + ".pdf", request.out / (one.number + ".pdf"));
  package::gather_files(members, request.zip);
}

void write_lists(const CheckedBatch& batch, const std::vector<store::Certificate>& certificates,
                 const CertificateRequest& request, const std::string& now) {
  std::vector<IssuedRow> rows;
  for (size_t i = 0; i < certificates.size(); ++i) {
    const Place& where = batch.people[i].place;
    rows.push_back({certificates[i].number, certificates[i].name, certificates[i].person,
                    certificates[i].at == now, where.spot.empty() ? std::to_string(where.line) : where.spot});
  }
  if (!request.list.empty()) write_issue_list(request.list, rows);
  if (!request.errors.empty()) write_error_list(request.errors, batch.warnings);
}

CertificateBatch issue(const Context& context, const CertificateRequest& request) {
  const auto faces = load_office_faces(context.home);
  auto opened = open_store(context);
  std::optional<Definitions> known;
  std::string actor, issuer;
  {
    store::Tx tx(opened.db(), store::Access::read);
    known = load_known(tx);
    issuer = load_office(tx).title;
    if (!context.person.empty()) actor = resolve_person(context, load_office(tx));
  }
  const auto batch = load_batch(request, *known, context.home, faces);
  const auto signer = make_signer(context, *batch, request);
  prove_writable(request.out);
  CertificateBatch report;
  const auto certificates =
      number_batch(context, opened, *batch, actor, request.badges, report.issued_before);
  write_files(*batch, certificates, faces, signer, issuer, request, report);
  write_lists(*batch, certificates, request, to_text(context.clock->now()));
  for (const auto& one : certificates) report.numbers.push_back(one.number);
  report.warnings = batch->warnings;
  report.set_aside = batch->set_aside;
  report.issued_now = certificates.size() - report.issued_before;
  return report;
}

}  // namespace

CertificateBatch issue_certificates(const Context& context, const CertificateRequest& request) {
  try {
    return issue(context, request);
  } catch (const FaultyInput& fault) {
    if (!request.errors.empty()) write_error_list(request.errors, fault.findings());
    throw;
  }
}

}  // namespace wenshu::app
