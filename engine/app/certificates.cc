#include "app/certificates.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/definitions.h"
#include "app/published.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "certificate/batch.h"
#include "certificate/draw.h"
#include "data/load.h"
#include "font/faces.h"
#include "font/report.h"
#include "pdf/document.h"
#include "pdf/prepared.h"
#include "picture/decode.h"
#include "register/register.h"
#include "store/act.h"
#include "store/certificates.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

// Everything of a batch that was checked before anything is numbered.
struct CheckedBatch {
  certificate::Sheet sheet;
  registers::Series series;
  data::Value values;
  std::vector<certificate::Person> people;
  std::shared_ptr<const picture::Pixels> seal;
  registers::Parameters parameters;
  Diagnostics warnings;
};

[[noreturn]] void give_up(Diagnostics findings) {
  findings.sort();
  throw FaultyInput(std::move(findings));
}

std::shared_ptr<const picture::Pixels> load_seal(const CheckedBatch& batch, const fs::path& data_file,
                                                 Diagnostics& findings) {
  const auto name = certificate::seal_path(batch.sheet, batch.values);
  if (name.empty()) return nullptr;
  const auto path = data_file.parent_path() / name;
  std::error_code none;
  if (!fs::is_regular_file(path, none)) {
    findings.error("no-such-file", batch.values[batch.sheet.seal->field].place(), "找不到印章图片 " + name,
                   "路径从数据文件所在的文件夹算起");
    return nullptr;
  }
  auto pixels = picture::decode_png(read_file(path), {data::display_name(path)}, findings);
  return pixels ? std::make_shared<const picture::Pixels>(picture::clear_white(std::move(*pixels))) : nullptr;
}

std::vector<std::string> roles_of(const certificate::Sheet& sheet) {
  std::set<std::string> roles;
  for (const auto& text : sheet.texts)
    for (const auto& run : text.runs) roles.insert(run.role);
  return {roles.begin(), roles.end()};
}

CheckedBatch load_batch(const CertificateRequest& request, const Definitions& known, const fs::path& home,
                        const font::Faces& faces) {
  Diagnostics findings;
  auto definitions = load_definitions({request.sheet}, home, findings, &known);
  const auto data_file = load_table_file(request.data, findings);
  const auto rows = load_table_file(request.roster, findings, request.choice);
  if (definitions.sheets.empty() && !findings.has_errors())
    findings.error("not-a-sheet", {data::display_name(request.sheet)}, "这不是证书版面",
                   "第一行应是 certificate: 名称");
  if (findings.has_errors() || !data_file || !rows) give_up(std::move(findings));
  CheckedBatch batch{std::move(definitions.sheets.begin()->second.object), {}, {}, {}, nullptr, {}, {}};
  const auto& target = known.registers.at(batch.sheet.register_name).object;
  batch.series = *target.find_series(batch.sheet.series);
  const auto values = certificate::load_batch_data(batch.sheet, *data_file, findings);
  batch.people = certificate::read_people(batch.sheet, *rows, findings);
  if (values) batch.values = *values;
  // Without the role's own face the last resort would draw everything, and nobody would know why it is ugly.
  Diagnostics fonts;
  font::check_roles(faces, roles_of(batch.sheet), fonts);
  findings.append(fonts);
  if (values) batch.seal = load_seal(batch, request.data, findings);
  if (values) {
    // The last serial of the batch is the longest: when it fits, all do.
    batch.parameters = certificate::number_parameters(batch.sheet, batch.values);
    const auto sample = registers::format_number(
        batch.series, batch.parameters, std::max<long long>(1, static_cast<long long>(batch.people.size())),
        {data::display_name(request.data)}, findings);
    if (sample && !fonts.has_errors())
      certificate::check_batch(batch.sheet, batch.values, batch.people, *sample, faces, findings);
  }
  if (findings.has_errors()) give_up(std::move(findings));
  batch.warnings = std::move(findings);
  return batch;
}

// The number of a serial, checked for the whole span before the first is given.
store::NumberFormat number_format(const CheckedBatch& batch, const Place& where) {
  return [&batch, where](int64_t serial) {
    Diagnostics findings;
    const auto number = registers::format_number(batch.series, batch.parameters, serial, where, findings);
    if (!number) throw FaultyInput(findings);
    return *number;
  };
}

constexpr const char* kWords =
    "words";  // of the certified fields: what the certificate says, without its number

std::string words_of(const document::PlacedPage& page) {
  std::u32string words;
  for (const auto& text : page.texts) words += text.characters;
  return to_utf8(words);
}

// Certified is all that the sheet may say of a person and what it says; the store adds the number.
std::vector<store::Candidate> make_candidates(const CheckedBatch& batch, const font::Faces& faces) {
  std::vector<store::Candidate> candidates;
  for (const auto& person : batch.people) {
    auto fields = certificate::merge(batch.sheet, batch.values, person, "");
    Diagnostics findings;
    const auto page = certificate::draw(batch.sheet, fields, faces, nullptr, person.place, findings);
    if (!page) give_up(std::move(findings));
    fields.set(kWords, words_of(*page));
    candidates.push_back({person.id, person.name, std::move(fields)});
  }
  return candidates;
}

std::string title_of(const certificate::Sheet& sheet, const std::string& key) {
  if (key == kWords) return "证书文字";
  if (const auto* field = sheet.find_field(key)) return field->title;
  if (const auto* column = sheet.find_column(key)) return column->title;
  return key;
}

data::Value make_register_row(const CheckedBatch& batch, const store::Candidate& candidate,
                              const std::string& number) {
  auto merged = candidate.fields;
  merged.set("number", number);
  auto row = data::Value::map();
  for (const auto& [column, text] : certificate::register_row(batch.sheet, merged)) row.set(column, text);
  return row;
}

// A roster that has lost its ids, or has got them since, would number the same people again.
void check_not_namesake(const CheckedBatch& batch, const store::Candidate& candidate, const Place& where,
                        const std::vector<store::Certificate>& issued, Diagnostics& findings) {
  for (const auto& one : issued) {
    if (one.name != candidate.name || (candidate.person != candidate.name && one.person != one.name))
      continue;
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

// What was certified once is not certified differently under the same number. Gives how many were issued
// before.
size_t check_unchanged(const CheckedBatch& batch, const std::vector<store::Candidate>& candidates,
                       const std::vector<store::Certificate>& issued, Diagnostics& findings) {
  std::map<std::string, const store::Certificate*> by_person;
  for (const auto& one : issued) by_person[one.person] = &one;
  size_t before = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const auto found = by_person.find(candidates[i].person);
    if (found == by_person.end()) {
      check_not_namesake(batch, candidates[i], batch.people[i].place, issued, findings);
      continue;
    }
    ++before;
    std::string differing;
    for (const auto& entry : candidates[i].fields.entries())
      if (entry.key != "number" && !(found->second->fields[entry.key] == entry.value))
        differing += (differing.empty() ? "" : "、") + title_of(batch.sheet, entry.key);
    if (differing.empty()) continue;
    findings.error("certified-differently", batch.people[i].place,
                   fmt::format("{} 已有证书 {}，现在的 {} 与当时不同", candidates[i].name,
                               found->second->number, differing),
                   "改回原来的内容；确要更改，应换发新证书");
  }
  return before;
}

std::vector<store::Certificate> number_batch(const Context& context, store::Store& opened,
                                             const CheckedBatch& batch, const font::Faces& faces,
                                             const std::string& actor, const Place& roster, size_t& before) {
  const auto candidates = make_candidates(batch, faces);
  const auto scope = registers::scope_key(batch.series, batch.parameters);
  store::Act act(opened, {.actor = actor, .at = context.clock->now()});
  const auto issued = store::find_certificates(act.tx(), batch.sheet.series, scope);
  Diagnostics findings;
  before = check_unchanged(batch, candidates, issued, findings);
  if (findings.has_errors()) give_up(std::move(findings));
  const auto row = [&](const store::Candidate& candidate, const std::string& number) {
    return make_register_row(batch, candidate, number);
  };
  return store::number_certificates(act, {batch.sheet.series, scope, scope, batch.sheet.register_name, row},
                                    candidates, number_format(batch, roster));
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

bool holds(const fs::path& file, const std::string& bytes) {
  std::error_code none;
  return fs::file_size(file, none) == bytes.size() && !none && read_file(file) == bytes;
}

Time created_at(const CheckedBatch& batch, const std::string& numbered_at) {
  const auto date = certificate::date_of(batch.sheet, batch.values);
  const auto time = date ? parse_time(to_text(*date)) : parse_time(numbered_at);
  return time.value_or(Time{});
}

void draw_files(const CheckedBatch& batch, const std::vector<store::Certificate>& certificates,
                const font::Faces& faces, const CertificateRequest& request) {
  pdf::Common common;
  if (batch.seal) common.pictures.push_back(batch.seal);
  if (batch.sheet.ground) common.grounds.push_back(batch.sheet.ground);
  const pdf::Prepared prepared(
      faces, certificate::fixed_characters(batch.sheet, batch.values, certificates.front().number, faces),
      certificate::batch_characters(batch.sheet, batch.values, batch.people, certificates.front().number,
                                    faces),
      common);
  for (size_t i = 0; i < certificates.size(); ++i) {
    const auto& one = certificates[i];
    Diagnostics findings;
    const auto& person = batch.people[i];
    auto page =
        certificate::draw(batch.sheet, certificate::merge(batch.sheet, batch.values, person, one.number),
                          faces, batch.seal, person.place, findings);
    if (!page) give_up(std::move(findings));
    pdf::Document document({batch.sheet.title + " " + one.number, "", one.name, created_at(batch, one.at)},
                           prepared);
    document.add_page(std::move(*page));
    const auto bytes = document.finish();
    const auto file = request.out / (one.number + ".pdf");
    if (!holds(file, bytes)) write_file(file, bytes, Durability::later);
    if (request.progress) request.progress(i + 1, certificates.size());
  }
  sync_folder(request.out);
}

}  // namespace

CertificateBatch issue_certificates(const Context& context, const CertificateRequest& request) {
  Diagnostics findings;
  const auto faces = font::load_faces(context.home / "fonts" / "fonts.yaml", findings);
  if (!faces || findings.has_errors()) give_up(std::move(findings));
  auto opened = open_store(context);
  std::optional<Definitions> known;
  std::string actor;
  {
    store::Tx tx(opened.db(), store::Access::read);
    known = load_known(tx);
    if (!context.person.empty()) actor = resolve_person(context, load_office(tx));
  }
  const auto batch = load_batch(request, *known, context.home, *faces);
  prove_writable(request.out);
  size_t before = 0;
  const auto certificates =
      number_batch(context, opened, batch, *faces, actor, {data::display_name(request.roster)}, before);
  draw_files(batch, certificates, *faces, request);
  CertificateBatch report;
  for (const auto& one : certificates) report.numbers.push_back(one.number);
  report.warnings = batch.warnings;
  report.issued_before = before;
  report.issued_now = certificates.size() - before;
  return report;
}

}  // namespace wenshu::app
