#include "app/certificates.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>

#include "app/certificate_badges.h"
#include "app/certificate_batch.h"
#include "app/certificate_lists.h"
#include "app/certified.h"
#include "app/office.h"
#include "app/published.h"
#include "app/withdrawn.h"
#include "base/crew.h"
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
void report_namesake(const CheckedBatch& batch, const certificate::Person& person,
                     const store::Certificate& one, Diagnostics& findings) {
  const auto& id = batch.sheet.find_column(batch.sheet.person)->title;
  const bool has_no_id = person.id == person.name;
  findings.error("perhaps-certified", person.place,
                 has_no_id ? fmt::format("本班的{}（{} {}）已有证书 {}，这一行没有填“{}”，分不清是否同一人",
                                         one.name, id, one.person, one.number, id)
                           : fmt::format("本班的{}已有证书 {}，当时没有填“{}”，分不清是否同一人", one.name,
                                         one.number, id),
                 has_no_id ? fmt::format("补上“{}”", id) : fmt::format("若是同一人，这一行的“{}”仍空着", id));
}

// What was certified once is not certified differently under the same number.
void check_same(const CheckedBatch& batch, const store::Candidate& candidate, const store::Certificate& held,
                const Place& where, Diagnostics& findings) {
  std::string differing;
  for (const auto& entry : candidate.fields.entries())
    if (is_kept(entry.key, held) && !(held.fields[entry.key] == entry.value))
      differing += (differing.empty() ? "" : "、") + title_of(batch.sheet, entry.key);
  if (differing.empty()) return;
  findings.error("certified-differently", where,
                 fmt::format("{} 已有证书 {}，现在的 {} 与当时不同", candidate.name, held.number, differing),
                 "改回原来的内容；确要更改，用 wenshu certificates replace 换发新证书");
}

// One event holds the rows of so many people. A class is one act; what is larger is several, each of which stands by itself: no memory
// has room for a whole county at once.
constexpr size_t kPeopleAnAct = 1'000;

using Latest = std::optional<store::Certificate>;

// Candidates drawn by several workers, each with a pen that goes on learning.
class Drawers {
 public:
  Drawers(const CheckedBatch& batch, size_t workers) : batch_(batch) {
    for (size_t i = 0; i < std::max<size_t>(1, workers); ++i) pens_.emplace_back(*batch.blank);
  }
  // Of these people, in their order.
  std::vector<store::Candidate> draw(const std::vector<size_t>& whom) {
    std::vector<store::Candidate> drawn(whom.size());
    std::atomic<size_t> taken = 0;
    Crew(whom.size()).run(pens_.size(), [&] {
      return [&, &pen = pens_[taken++]](size_t i) {
        drawn[i] = make_candidate(batch_, batch_.people[whom[i]], pen);
      };
    });
    return drawn;
  }

 private:
  const CheckedBatch& batch_;
  std::vector<certificate::Pen> pens_;
};

// Who of the class had a certificate before, by name: hashes and serials, as a class may be a county.
class Namesakes {
 public:
  Namesakes(const CheckedBatch& batch, store::Tx& tx) : batch_(batch), tx_(tx) {
    store::visit_certificates(tx, batch.sheet.series, batch.scope, [&](const store::Certificate& one) {
      known_.push_back({std::hash<std::string>()(one.name), one.serial, one.person == one.name});
    });
    std::sort(known_.begin(), known_.end());
  }
  // One of them that may be the same person: where both have ids, the ids tell.
  Latest find(const std::string& person, const std::string& name) const {
    const size_t hash = std::hash<std::string>()(name);
    for (auto at = std::lower_bound(known_.begin(), known_.end(), Known{hash, 0, false});
         at != known_.end() && at->hash == hash; ++at) {
      if (person != name && !at->is_without_id) continue;
      auto one = store::find_certificate(tx_, number_format(batch_)(at->serial));
      if (one && one->name == name) return one;
    }
    return {};
  }

 private:
  struct Known {
    size_t hash;
    int64_t serial;
    bool is_without_id;
    auto operator<=>(const Known&) const = default;
  };
  const CheckedBatch& batch_;
  store::Tx& tx_;
  std::vector<Known> known_;
};

// The batch against what was given before: the same words under the same number, and no void one made again.
class Numbering {
 public:
  Numbering(CheckedBatch& batch, Drawers& drawers, store::Tx& tx)
      : batch_(batch), drawers_(drawers), tx_(tx), namesakes_(batch, tx) {}
  // Leaves in the batch those who have or may get a number; gives who of them has one.
  std::vector<bool> check(Diagnostics& findings);

 private:
  bool is_void(const certificate::Person& person, const store::Certificate& held);
  void check_slice(size_t begin, size_t end, Diagnostics& findings);

  CheckedBatch& batch_;
  Drawers& drawers_;
  store::Tx& tx_;
  Namesakes namesakes_;
  std::vector<bool> kept_, has_;
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

void Numbering::check_slice(size_t begin, size_t end, Diagnostics& findings) {
  std::vector<size_t> holders;
  std::vector<store::Certificate> held;
  for (size_t i = begin; i < end; ++i) {
    const certificate::Person person = batch_.people[i];
    Latest latest = store::find_certificate(tx_, batch_.sheet.series, batch_.scope, person.id);
    const bool ended = latest && is_void(person, *latest);
    kept_.push_back(!ended);
    if (ended) continue;
    has_.push_back(latest.has_value());
    if (latest) {
      holders.push_back(i);
      held.push_back(std::move(*latest));
    } else if (const Latest namesake = namesakes_.find(person.id, person.name)) {
      report_namesake(batch_, person, *namesake, findings);
    }
  }
  const auto drawn = drawers_.draw(holders);
  for (size_t i = 0; i < drawn.size(); ++i)
    check_same(batch_, drawn[i], held[i], batch_.people.place(holders[i]), findings);
}

std::vector<bool> Numbering::check(Diagnostics& findings) {
  for (size_t begin = 0; begin < batch_.people.size(); begin += kPeopleAnAct)
    check_slice(begin, std::min(begin + kPeopleAnAct, batch_.people.size()), findings);
  const size_t all = batch_.people.size();
  batch_.people.keep(kept_);
  batch_.set_aside += all - batch_.people.size();
  return std::move(has_);
}

// What the batch's people were given, in their order.
struct Given {
  PackedTexts numbers;
  std::vector<std::string> times;          // of numbering, each once
  std::vector<uint32_t> when;              // an index into them
  std::map<size_t, std::string> replaced;  // of the few that stand in another's place, its number

  void add(const store::Certificate& one) {
    if (!one.replaces.empty()) replaced.emplace(numbers.size(), one.replaces);
    numbers.add(one.number);
    if (times.empty() || times.back() != one.at) times.push_back(one.at);
    when.push_back(static_cast<uint32_t>(times.size() - 1));
  }
  std::string number(size_t i) const { return std::string(numbers[i]); }
  const std::string& at(size_t i) const { return times[when[i]]; }
  History history(size_t i) const {
    const auto found = replaced.find(i);
    return {.replaces = found == replaced.end() ? "" : found->second};
  }
};

// All is checked before the first number is taken.
Given number_batch(const Context& context, store::Store& opened, CheckedBatch& batch,
                   const std::string& actor, size_t workers, size_t& before) {
  const auto row = [&](const store::Candidate& candidate, const std::string& number) {
    return make_register_row(batch, candidate, number);
  };
  const store::Batch target{batch.sheet.series, batch.scope, batch.scope, batch.sheet.register_name, row};
  const store::Deed deed{.actor = actor, .at = context.clock->now()};
  Drawers drawers(batch, workers);
  Given given;
  std::vector<bool> has;
  size_t next = 0;
  do {
    store::Act act(opened, deed);
    Diagnostics findings;
    if (next == 0) has = Numbering(batch, drawers, act.tx()).check(findings);
    if (findings.has_errors()) give_up(std::move(findings));
    const size_t begin = next;
    next = std::min(begin + kPeopleAnAct, has.size());
    std::vector<size_t> missing;
    std::vector<store::Certificate> held;
    for (size_t i = begin; i < next; ++i)
      if (has[i])
        held.push_back(
            *store::find_certificate(act.tx(), batch.sheet.series, batch.scope, batch.people[i].id));
      else
        missing.push_back(i);
    before += held.size();
    const auto candidates = drawers.draw(missing);
    const auto made = store::number_certificates(act, target, candidates, number_format(batch));
    // Another process may have numbered them between two acts.
    for (size_t i = 0; i < made.size(); ++i)
      check_same(batch, candidates[i], made[i], batch.people.place(missing[i]), findings);
    if (findings.has_errors()) give_up(std::move(findings));
    auto one = held.cbegin(), other = made.cbegin();
    for (size_t i = begin; i < next; ++i) given.add(has[i] ? *one++ : *other++);
  } while (next < has.size());
  return given;
}

FileEntries entries_of(const CheckedBatch& batch, const Given& given, const crypto::PrivateKey* key) {
  return {batch.people.size(),
          [&](size_t i) {
            return make_entry(batch, batch.people[i], given.number(i), given.at(i), given.history(i));
          },
          [&](size_t i) { return given.number(i) + mark_of(given.history(i)); }, prove_with(batch, key)};
}

void write_files(const CheckedBatch& batch, const Given& given, const FileSigner& signer,
                 const std::string& issuer, const CertificateRequest& request, CertificateBatch& report) {
  if (given.numbers.empty()) return;
  const auto entries = entries_of(batch, given, signer.key());
  const CertificateFiles files(*batch.blank, batch.fonts, entries, request.jobs);
  files.write_each(request.out, signer, request.progress);
  if (request.badges) write_badges(batch, entries, issuer, *signer.key(), request.out);
  if (!request.merged.empty()) report.volumes = files.write_merged(request.merged, request.pages_a_volume);
  if (request.zip.empty()) return;
  package::gather_files(
      given.numbers.size(),
      [&](size_t i) {
        const std::string name = given.number(i) + ".pdf";
        return package::StoredFile{name, request.out / name};
      },
      request.zip);
}

void write_lists(const CheckedBatch& batch, const Given& given, const CertificateRequest& request,
                 const std::string& now) {
  const auto row = [&](size_t i) -> IssuedRow {
    const certificate::Person person = batch.people[i];
    const Place where = person.place;
    return {given.number(i),
            person.name,
            person.id,
            given.at(i) == now,
            day_of(given.at(i)),
            given.history(i).replaces,
            where.spot.empty() ? std::to_string(where.line) : where.spot};
  };
  if (!request.list.empty()) write_issue_list(request.list, given.numbers.size(), row);
  if (!request.errors.empty()) write_error_list(request.errors, batch.warnings);
}

CertificateBatch issue(const Context& context, const CertificateRequest& request) {
  const auto faces = load_office_faces(context.home);
  auto opened = open_store(context);
  std::optional<Definitions> known;
  std::string actor, issuer;
  std::vector<SigningKey> keys;
  {
    store::Tx tx(opened.db(), store::Access::read);
    known = load_known(tx);
    issuer = load_office(tx).title;
    keys = list_keys(tx);
    if (!context.person.empty()) actor = resolve_person(context, load_office(tx));
  }
  const auto batch = load_batch(request, *known, context.home, faces, keys);
  const auto signer = make_signer(context, *batch, request);
  prove_writable(request.out);
  CertificateBatch report;
  auto given = number_batch(context, opened, *batch, actor, request.jobs, report.issued_before);
  try {
    write_files(*batch, given, signer, issuer, request, report);
    write_lists(*batch, given, request, to_text(context.clock->now()));
  } catch (const Failure& failure) {  // a full disk, say: nothing is lost
    const bool full = std::string_view(failure.what()).find("磁盘已满") != std::string_view::npos;
    throw Failure(fmt::format("{}；{} 份的编号已经入库，{}后照原样再运行一次，会接着做", failure.what(),
                              given.numbers.size(), full ? "腾出地方" : "排除"));
  }
  report.warnings = batch->warnings;
  report.set_aside = batch->set_aside;
  report.is_signed = signer.key() != nullptr;
  report.issued_now = given.numbers.size() - report.issued_before;
  report.numbers = std::move(given.numbers);
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
