#include "app/certificate_life.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/certificate_batch.h"
#include "app/certified.h"
#include "app/office.h"
#include "app/published.h"
#include "app/withdrawn.h"
#include "base/error.h"
#include "base/text.h"
#include "data/load.h"
#include "store/act.h"
#include "store/store.h"

namespace wenshu::app {
namespace {

[[noreturn]] void refuse(const std::string& code, const std::string& text, const std::string& number) {
  throw Refused(std::vector<Blocker>{{code, text, {{"number", number}}}});
}

void check_reason(const std::string& reason, const std::string& number) {
  if (trim(reason).empty()) refuse("no-reason", "没有写明原因：请加 --reason", number);
}

// What the act needs of the store before it begins.
struct Ground {
  Definitions known;
  std::string actor;
  store::Certificate certificate;
  std::vector<SigningKey> keys;
};

enum class Wanted { in_force, void_too };

// A void one may still be replaced: what was voided by mistake would otherwise never be mended.
store::Certificate find_number(store::Tx& tx, const std::string& number, Wanted wanted) {
  auto certificate = store::find_certificate(tx, number);
  if (!certificate) throw NotFound(fmt::format("没有编号为 {} 的证书", number));
  for (const auto& act : store::find_certificate_acts(tx, number)) {
    if (act.act == "void" && wanted == Wanted::in_force)
      refuse("not-in-force", fmt::format("{} 已于 {} 作废（{}）", number, day_of(act.at), act.reason),
             number);
    if (act.act == "replace")
      refuse("not-in-force", fmt::format("{} 已于 {} 换发为 {}", number, day_of(act.at), act.other), number);
  }
  return std::move(*certificate);
}

Ground look(const Context& context, store::Store& opened, const std::string& number, Wanted wanted) {
  store::Tx tx(opened.db(), store::Access::read);
  std::string actor = resolve_person(context, load_office(tx));
  return {load_known(tx), std::move(actor), find_number(tx, number, wanted), list_keys(tx)};
}

std::unique_ptr<store::Act> begin(const Context& context, store::Store& opened, const Ground& ground,
                                  Wanted wanted) {
  auto act =
      std::make_unique<store::Act>(opened, store::Deed{.actor = ground.actor, .at = context.clock->now()});
  find_number(act->tx(), ground.certificate.number, wanted);  // nobody was faster
  return act;
}

void check_sheet(const CheckedBatch& batch, const store::Certificate& certificate,
                 const CertificateRequest& request) {
  if (batch.sheet.series == certificate.series && batch.scope == certificate.class_code &&
      batch.people.size() == 1)
    return;
  Diagnostics findings = batch.warnings;
  if (batch.people.size() == 1)
    findings.error("other-class", {data::display_name(request.data)},
                   fmt::format("证书 {} 属于 {} {}，这里的版面和数据是 {} {}", certificate.number,
                               certificate.series, certificate.class_code, batch.sheet.series, batch.scope),
                   "用发这份证书时的版面和数据");
  else
    findings.error("not-one-person", {data::display_name(request.roster)},
                   fmt::format("这份证书的持有人（{}）不能发证，或不在花名册里", certificate.name));
  give_up(std::move(findings));
}

void write_one(const CheckedBatch& batch, const FileEntry& entry, const FileSigner& signer,
               const CertificateRequest& request) {
  const FileEntries one{1, [&](size_t) { return entry; }, [&](size_t) { return entry.number + entry.mark; },
                        prove_with(batch, signer.key())};
  CertificateFiles(*batch.blank, batch.fonts, one, 1).write_each(request.out, signer, {});
}

// Before the act: the mark and what the proof says besides have room on the sheet.
void prove_drawable(const CheckedBatch& batch, const FileEntry& entry, const FileSigner& signer) {
  const auto prove = prove_with(batch, signer.key());
  Diagnostics findings;
  std::vector<document::PlacedPage> pages;
  certificate::Pen pen(*batch.blank);
  pen.draw({entry.person, entry.number, prove ? prove(entry) : "", entry.mark}, pages, findings);
  if (findings.has_errors()) give_up(std::move(findings));
}

std::string cell_of(const data::Value& row, const certificate::Column& column) {
  for (const auto* key : {&column.id, &column.title})
    if (const auto* cell = row.find(*key); cell && cell->is_scalar()) return std::string(trim(cell->text()));
  return "";
}

// The person's row of the roster: by the id, or by the name where the roster gives none.
data::Value row_of(const CertificateRequest& request, const store::Certificate& certificate,
                   const certificate::Sheet& sheet) {
  Diagnostics findings;
  const auto rows = load_table_file(request.roster, findings, request.choice);
  if (!rows || findings.has_errors()) give_up(std::move(findings));
  const auto *id = sheet.find_column(sheet.person), *name = sheet.find_column(sheet.holder);
  auto list = data::Value::list();
  list.set_place(rows->place());
  for (const auto& row : rows->items()) {
    const std::string own = cell_of(row, *id);
    // The name of an only row may be what was wrong.
    const bool is_only = rows->size() == 1 && certificate.person == certificate.name;
    if (own.empty() ? is_only || cell_of(row, *name) == certificate.person : own == certificate.person)
      list.add(row);
  }
  if (list.size() == 1) return list;
  findings.error(
      "not-one-person", rows->place(),
      fmt::format("花名册里没有 {}（{} {}），或不止一行", certificate.name, id->title, certificate.person),
      fmt::format("要有这个人的一行，“{}”与发证时相同；{}本身写错的，先作废再另发", id->title, id->title));
  give_up(std::move(findings));
}

// What was certified, as the row of a roster and the values of the data.
data::Value stored_row(const certificate::Sheet& sheet, const store::Certificate& certificate) {
  auto row = data::Value::map();
  for (const auto& column : sheet.columns)
    if (const auto& value = certificate.fields[column.id]; !value.is_null()) row.set(column.id, value);
  row.set_place({"证书 " + certificate.number});
  auto rows = data::Value::list();
  rows.add(std::move(row));
  rows.set_place({"证书 " + certificate.number});
  return rows;
}

certificate::Sheet load_sheet_file(const CertificateRequest& request, const Definitions& known,
                                   const std::filesystem::path& home) {
  Diagnostics findings;
  auto definitions = load_definitions({request.sheet}, home, findings, &known);
  if (definitions.sheets.empty() && !findings.has_errors())
    findings.error("not-a-sheet", {data::display_name(request.sheet)}, "这不是证书版面");
  if (findings.has_errors()) give_up(std::move(findings));
  return std::move(definitions.sheets.begin()->second.object);
}

// The copy does not take the place of the first print, which the batch's volumes and lists speak of.
void check_place(const std::filesystem::path& folder, const std::string& number) {
  std::error_code none;
  if (!std::filesystem::exists(folder / (number + ".pdf"), none)) return;
  throw Refused(std::vector<Blocker>{
      {"file-exists",
       fmt::format("{} 里已有 {}.pdf，补发的那一份会盖掉它：-o 另写一个文件夹", folder.string(), number),
       {}}});
}

bool shows_mark(const certificate::Sheet& sheet) {
  for (const auto& side : sheet.sides)
    for (const auto& text : side.texts)
      for (const auto& run : text.runs)
        if (run.text.text.find("{{mark") != std::string::npos) return true;
  return false;
}

void check_unchanged(const CheckedBatch& batch, const store::Candidate& now, const store::Certificate& then,
                     const CertificateRequest& request) {
  std::string differing;
  for (const auto& entry : now.fields.entries())
    if (is_kept(entry.key, then) && !(then.fields[entry.key] == entry.value))
      differing += (differing.empty() ? "" : "、") + title_of(batch.sheet, entry.key);
  if (differing.empty()) return;
  Diagnostics findings;
  findings.error("certified-differently", {data::display_name(request.data)},
                 fmt::format("{} 的 {} 与发证时不同，补发的证书必须和原来一样", then.number, differing),
                 "用发这份证书时的版面和数据；确要更改，用 wenshu certificates replace");
  give_up(std::move(findings));
}

}  // namespace

void void_certificate(const Context& context, const std::string& number, const std::string& reason) {
  check_reason(reason, number);
  auto opened = open_store(context);
  const Ground ground = look(context, opened, number, Wanted::in_force);
  const auto act = begin(context, opened, ground, Wanted::in_force);
  store::void_certificate(*act, number, reason);
}

std::string replace_certificate(const Context& context, const std::string& number, const std::string& reason,
                                const CertificateRequest& request) {
  check_reason(reason, number);
  const auto faces = load_office_faces(context.home);
  auto opened = open_store(context);
  const Ground ground = look(context, opened, number, Wanted::void_too);
  const auto rows = row_of(request, ground.certificate, load_sheet_file(request, ground.known, context.home));
  const auto batch = load_batch(request, ground.known, context.home, faces, ground.keys, &rows);
  check_sheet(*batch, ground.certificate, request);
  certificate::Pen pen(*batch->blank);
  store::Candidate candidate = make_candidate(*batch, batch->people.front(), pen);
  candidate.person = ground.certificate.person;
  const auto row = [&](const store::Candidate& of, const std::string& given) {
    return make_register_row(*batch, of, given);
  };
  const auto signer = make_signer(context, *batch, request);
  prove_writable(request.out);
  const auto entry_of = [&](const store::Certificate& one) {
    return make_entry(*batch, batch->people.front(), one.number, one.at, {.replaces = number});
  };
  prove_drawable(*batch, entry_of(ground.certificate), signer);  // as long as the one to come
  const auto act = begin(context, opened, ground, Wanted::void_too);
  const auto made = store::replace_certificate(
      *act, ground.certificate,
      {batch->sheet.series, batch->scope, batch->scope, batch->sheet.register_name, row}, candidate,
      number_format(*batch), reason);
  write_one(*batch, entry_of(made), signer, request);
  return made.number;
}

void reissue_certificate(const Context& context, const std::string& number, const std::string& reason,
                         const CertificateRequest& request) {
  check_reason(reason, number);
  const auto faces = load_office_faces(context.home);
  auto opened = open_store(context);
  const Ground ground = look(context, opened, number, Wanted::in_force);
  const auto sheet = load_sheet_file(request, ground.known, context.home);
  if (!shows_mark(sheet)) {
    Diagnostics findings;
    findings.error("no-mark", sheet.place, "版面上没有 {{mark}}，补发的证书看不出是补发",
                   "在编号后面加上 {{mark}}：证书编号：{{number}}{{mark}}");
    give_up(std::move(findings));
  }
  const auto rows = stored_row(sheet, ground.certificate);
  const auto batch = load_batch(request, ground.known, context.home, faces, ground.keys, &rows);
  check_sheet(*batch, ground.certificate, request);
  certificate::Pen pen(*batch->blank);
  check_unchanged(*batch, make_candidate(*batch, batch->people.front(), pen), ground.certificate, request);
  const auto signer = make_signer(context, *batch, request);
  check_place(request.out, number);
  prove_writable(request.out);
  const FileEntry entry = make_entry(
      *batch, batch->people.front(), ground.certificate.number, ground.certificate.at,
      {.replaces = ground.certificate.replaces, .reissued_on = to_text(china_date(context.clock->now()))});
  prove_drawable(*batch, entry, signer);
  const auto act = begin(context, opened, ground, Wanted::in_force);
  store::reissue_certificate(*act, number, reason);
  write_one(*batch, entry, signer, request);
}

}  // namespace wenshu::app
