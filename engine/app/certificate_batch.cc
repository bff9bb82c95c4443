#include "app/certificate_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/certified.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "certificate/roster.h"
#include "data/load.h"
#include "font/report.h"
#include "font/subset.h"
#include "picture/decode.h"

namespace wenshu::app {

namespace fs = std::filesystem;
using certificate::Person;

void give_up(Diagnostics findings) {
  findings.sort();
  throw FaultyInput(std::move(findings));
}

Time CheckedBatch::created(const std::string& numbered_at) const {
  const auto date = certificate::date_of(sheet, values);
  const auto time = date ? parse_time(to_text(*date)) : parse_time(numbered_at);
  return time.value_or(Time{});
}

fs::path CheckedBatch::photo_of(const Person& person) const {
  if (photo_column.empty() || person.row[photo_column].text().empty()) return {};
  return photo_folder / person.row[photo_column].text();
}

font::Faces load_office_faces(const fs::path& home) {
  Diagnostics findings;
  auto faces = font::load_faces(home / "fonts" / "fonts.yaml", findings);
  if (!faces || findings.has_errors()) give_up(std::move(findings));
  return std::move(*faces);
}

namespace {

std::set<std::string> seals_of(const certificate::Sheet& sheet) {
  std::set<std::string> names;
  for (const auto& side : sheet.sides)
    if (side.seal) names.insert(side.seal->field);
  return names;
}

std::vector<std::string> roles_of(const certificate::Sheet& sheet) {
  std::set<std::string> roles;
  for (const auto& side : sheet.sides)
    for (const auto& text : side.texts)
      for (const auto& run : text.runs) roles.insert(run.role);
  return {roles.begin(), roles.end()};
}

// A row whose photo is not there, or is no picture, is faulty.
bool check_photo(const CheckedBatch& batch, const Person& person, Diagnostics& findings) {
  const fs::path path = batch.photo_of(person);
  if (path.empty()) return true;
  Diagnostics own;
  std::error_code none;
  if (!fs::is_regular_file(path, none))
    own.error("no-such-file", person.place,
              fmt::format("找不到{}的照片 {}", person.name, person.row[batch.photo_column].text()),
              "路径从花名册所在的文件夹算起");
  else
    picture::decode_png(read_file(path), {data::display_name(path)}, own);
  findings.append(own);
  return !own.has_errors();
}

Diagnostics as_warnings(const Diagnostics& findings) {
  Diagnostics warnings;
  for (Diagnostic finding : findings) {
    if (finding.severity == Severity::error) finding.severity = Severity::warning;
    warnings.add(std::move(finding));
  }
  return warnings;
}

// What every number of the class shows besides digits: letters of the series and of its parameters. The same for any
// batch of the class, so that a certificate that is made again has the same bytes.
std::string number_characters(const CheckedBatch& batch) {
  std::string characters;
  std::string pattern = batch.series.number;
  for (size_t open; (open = pattern.find("{{")) != std::string::npos;) {
    const size_t close = pattern.find("}}", open);
    characters += pattern.substr(0, open);
    pattern.erase(0, close == std::string::npos ? pattern.size() : close + 2);
  }
  characters += pattern;
  for (const auto& [name, value] : batch.parameters) characters += value;
  return characters;
}

// Faults of the roster as a whole, or of two rows that cannot be told apart: no row is left out for them.
bool speaks_of_whole(const Diagnostics& findings) {
  static const std::set<std::string> kCodes = {"unknown-column",       "repeated-column", "missing-column",
                                               "empty-roster",         "wrong-type",      "repeated-id",
                                               "same-name-without-id", "swapped-columns"};
  return std::any_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
    return finding.severity == Severity::error && kCodes.contains(finding.code);
  });
}

// Before anything is numbered: what the files will need of the fonts is cut out, so that a font that is damaged (a Failure) or
// must not be embedded does not stop a batch half way.
void cut_fonts(CheckedBatch& batch, const font::Faces& faces, Diagnostics& findings) {
  Diagnostics own;
  for (const auto& [id, drawn] : batch.characters) {
    const font::Face* face = drawn.empty() ? nullptr : faces.find(id);
    if (face && !font::may_embed(*face))
      own.error("font-not-embeddable", {data::display_name(face->path())},
                fmt::format("字体 {} 的许可不准把它放进 PDF（OS/2 fsType）", id),
                "换用准许嵌入的字体，改 fonts/fonts.yaml 里的次序");
  }
  if (!own.has_errors()) batch.fonts = std::make_shared<font::Batch>(faces, batch.characters);
  findings.append(own);
}

// What the last place of a number may be (ISO 7064): no sample shows more than one of them.
constexpr std::string_view kCheckCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

void add_check_characters(const CheckedBatch& batch, std::string number, font::Characters& all) {
  if (batch.people.empty() || number.empty()) return;
  certificate::Pen pen(*batch.blank);
  const Person person = batch.people.front();
  for (const char c : kCheckCharacters) {
    number.back() = c;
    pen.learn({person, number});
  }
  for (const auto& [face, characters] : pen.characters())
    all[face].insert(characters.begin(), characters.end());
}

// Each person with a certificate that can be drawn. `own` are the findings of the roster, `findings` gets what stops the whole batch.
void check_people(CheckedBatch& batch, const CertificateRequest& request, size_t rows, Diagnostics own,
                  const font::Faces& faces, Diagnostics& findings) {
  Diagnostics common;
  batch.set_aside = rows - std::min(rows, batch.people.size());
  batch.parameters = certificate::number_parameters(batch.sheet, batch.values);
  // The last serial of the batch is the longest: when it fits, all do.
  const Place data_file{data::display_name(request.data)};
  const auto sample = registers::format_number(
      batch.series, batch.parameters, std::max<long long>(1, static_cast<long long>(batch.people.size())),
      data_file, common);
  if (!sample) {
    findings.append(own);
    findings.append(common);
    return;
  }
  batch.scope = registers::scope_key(batch.series, batch.parameters);
  batch.blank = std::make_unique<certificate::Blank>(batch.sheet, batch.values, faces, batch.pictures,
                                                     number_characters(batch), data_file, common);
  auto good = certificate::check_certificates(*batch.blank, batch.people, *sample, request.jobs,
                                              batch.characters, own);
  if (!batch.photo_column.empty())
    for (size_t i = 0; i < good.size(); ++i) good[i] = check_photo(batch, batch.people[i], own) && good[i];
  Diagnostics rules;
  const auto entitled = certificate::check_rules(batch.sheet, batch.values, batch.people, rules);
  for (size_t i = 0; i < good.size(); ++i) good[i] = good[i] && entitled[i];
  add_check_characters(batch, *sample, batch.characters);
  const bool stops = !request.set_faulty_aside || speaks_of_whole(own);
  findings.append(common);
  findings.append(stops ? own : as_warnings(own));
  findings.append(rules);
  if (!findings.has_errors()) cut_fonts(batch, faces, findings);
  if (findings.has_errors()) return;
  batch.set_aside += static_cast<size_t>(std::count(good.begin(), good.end(), false));
  batch.people.keep(good);
}

// The file of a roster on its way into a batch.
struct RosterFile {
  std::optional<certificate::Roster> people;  // of a sheet that is known
  std::optional<data::Value> table;           // without its rows where they were taken one by one
  Diagnostics own;                            // of the rows

  void load(const CertificateRequest& request, const certificate::Sheet* sheet, const data::Value* own_rows,
            Diagnostics& findings);
};

void RosterFile::load(const CertificateRequest& request, const certificate::Sheet* sheet,
                      const data::Value* own_rows, Diagnostics& findings) {
  const Place whole = own_rows ? Place(own_rows->place()) : Place{data::display_name(request.roster)};
  if (sheet) people.emplace(*sheet, whole, own);
  const data::RowSink take = [&](const data::Value& row) {
    if (people) people->take(row);
  };
  const data::RowSink see = [&](const data::Value& row) {
    if (people) people->see_columns(row);
  };
  // The items of a list in JSON need not be alike: all are looked at for their columns first.
  const bool is_list = !own_rows && data::extension_of(request.roster) == ".json";
  table = own_rows ? std::optional(*own_rows)
                   : load_table_file(request.roster, findings, request.choice, is_list ? see : take);
  if (!table || !people) return;
  Diagnostics again;  // what there was to find was found
  if (is_list && table->is_list()) (void)load_table_file(request.roster, again, {}, take);
  if (!table->is_list()) {
    own.error("wrong-type", table->place(), "花名册应是一张表（CSV）或一个列表（JSON）");
    people.reset();
    return;
  }
  for (const data::Value& row : table->items()) people->see_columns(row);
  for (const data::Value& row : table->items()) people->take(row);
  table->items().clear();
}

// How the sheet's code is made for this office: signed, with the address of its key; or as plain text, as long as it has no key.
void settle_code(certificate::Qr& qr, const CertificateRequest& request,
                 const std::vector<SigningKey>& keys) {
  const bool wants = !request.signing.key.empty() || request.badges || qr.text.text.empty();
  if (keys.empty() && !wants) {
    qr.certifies.clear();
    if (request.notice)
      request.notice(
          "还没有签名密钥：二维码只是文字，不带签名，谁都能照印，离线核验不了，只能按编号查库。"
          "要能核验，先 wenshu keys make 证书 --address 核验网页的网址，再运行一次，编号不变");
    return;
  }
  const auto* key = find_signing_key(keys, request.signing.key);
  if (qr.address.empty() && key) qr.address = key->address;
  if (qr.address.empty() && key && request.notice)
    request.notice(
        "密钥没有写核验网页的网址：二维码带签名，但手机扫了打不开网页，要把内容粘贴到核验网页。"
        "要能打开，用 wenshu keys rotate 名称 --address 网址，或在版面的 qr 里写 address");
}

}  // namespace

// A seal is like ink: its white is no colour of its own.
certificate::Pictures load_pictures(const certificate::Sheet& sheet, const data::Value& values,
                                    const fs::path& near, Diagnostics& findings) {
  certificate::Pictures pictures;
  const auto seals = seals_of(sheet);
  for (const auto& field : sheet.fields) {
    const auto& value = values[field.id];
    if (field.type != certificate::FieldType::picture || value.is_null()) continue;
    const auto path = near.parent_path() / value.text();
    std::error_code none;
    if (!fs::is_regular_file(path, none)) {
      findings.error("no-such-file", value.place(),
                     (seals.contains(field.id) ? "找不到印章图片 " : "找不到图片 ") + value.text(),
                     "路径从数据文件所在的文件夹算起");
      continue;
    }
    auto pixels = picture::decode_png(read_file(path), {data::display_name(path)}, findings);
    if (!pixels) continue;
    if (seals.contains(field.id)) pixels = picture::clear_white(std::move(*pixels));
    pictures[field.id] = std::make_shared<const picture::Pixels>(std::move(*pixels));
  }
  return pictures;
}

std::unique_ptr<CheckedBatch> load_batch(const CertificateRequest& request, const Definitions& known,
                                         const fs::path& home, const font::Faces& faces,
                                         const std::vector<SigningKey>& keys, const data::Value* own_rows) {
  Diagnostics findings;
  auto definitions = load_definitions({request.sheet}, home, findings, &known);
  const auto data_file = load_table_file(request.data, findings);
  auto batch = std::make_unique<CheckedBatch>();
  if (!definitions.sheets.empty()) batch->sheet = std::move(definitions.sheets.begin()->second.object);
  RosterFile roster;
  roster.load(request, definitions.sheets.empty() ? nullptr : &batch->sheet, own_rows, findings);
  if (definitions.sheets.empty() && !findings.has_errors())
    findings.error("not-a-sheet", {data::display_name(request.sheet)}, "这不是证书版面",
                   "第一行应是 certificate: 名称");
  if (findings.has_errors() || !data_file || !roster.table) give_up(std::move(findings));
  for (auto& side : batch->sheet.sides)
    if (side.qr && side.qr->is_signed()) settle_code(*side.qr, request, keys);
  const auto& target = known.registers.at(batch->sheet.register_name).object;
  batch->series = *target.find_series(batch->sheet.series);
  batch->photo_folder = request.roster.parent_path();
  for (const auto& side : batch->sheet.sides)
    if (side.photo) batch->photo_column = side.photo->name;
  const auto values = certificate::load_batch_data(batch->sheet, *data_file, findings);
  // Without the role's own face the last resort would draw everything, and nobody would know why it is ugly.
  Diagnostics fonts;
  font::check_roles(faces, roles_of(batch->sheet), fonts);
  findings.append(fonts);
  if (roster.people) batch->people = roster.people->finish();
  if (values && !fonts.has_errors()) {
    batch->values = *values;
    batch->pictures = load_pictures(batch->sheet, batch->values, request.data, findings);
    check_people(*batch, request, roster.people ? roster.people->taken() : 0, std::move(roster.own), faces,
                 findings);
  } else {
    findings.append(roster.own);
  }
  if (findings.has_errors()) give_up(std::move(findings));
  batch->warnings = std::move(findings);
  return batch;
}

store::NumberFormat number_format(const CheckedBatch& batch) {
  return [&batch](int64_t serial) {
    Diagnostics findings;
    const auto number = registers::format_number(batch.series, batch.parameters, serial, {}, findings);
    if (!number) throw FaultyInput(findings);
    return *number;
  };
}

store::Candidate make_candidate(const CheckedBatch& batch, const Person& person, certificate::Pen& pen) {
  auto fields = certificate::merge(batch.sheet, batch.values, person, "");
  Diagnostics findings;
  std::vector<document::PlacedPage> pages;
  certificate::Entry entry{person, ""};
  entry.draws_code = false;
  if (!pen.draw(entry, pages, findings)) give_up(std::move(findings));
  std::u32string words;
  for (const auto& page : pages)
    for (const auto* part : {page.ground.get(), &page})
      for (const auto& text : part->texts) words += text.characters;
  fields.set(kWords, to_utf8(words));
  set_labelled(batch.sheet, fields, fields);
  return {person.id, person.name, std::move(fields)};
}

FileSigner make_signer(const Context& context, const CheckedBatch& batch, const CertificateRequest& request) {
  const certificate::Qr* qr = batch.sheet.find_qr();
  const bool certifies = qr && qr->is_signed();
  if (request.badges && !certifies)
    throw Refused(std::vector<Blocker>{
        {"badge-needs-proof", "这张版面的二维码不带签名（没有 certifies），不能同时出具电子徽章", {}}});
  if (request.badges && qr->address.empty())
    throw Refused(std::vector<Blocker>{
        {"badge-needs-address",
         "电子徽章要写发证单位的核验网址：wenshu keys rotate 名称 --address 网址，或在版面的 qr 里写 address",
         {}}});
  FileSigner signer(context, request.signing, certifies);
  if (request.badges && signer.key()->public_key().algorithm() != crypto::Algorithm::ed25519)
    throw Refused(
        std::vector<Blocker>{{"badge-needs-ed25519",
                              "电子徽章（Open Badges）只认 Ed25519 密钥，不认国密 SM2：用 --sign 指明另一把",
                              {}}});
  return signer;
}

std::string mark_of(const History& history) {
  const std::string again = history.reissued_on.empty() ? "" : "补发";
  if (history.replaces.empty()) return again.empty() ? "" : "（" + again + "）";
  return fmt::format("（{}换发，原编号{}）", again.empty() ? "" : again + "，", history.replaces);
}

FileEntry make_entry(const CheckedBatch& batch, Person person, const std::string& number,
                     const std::string& numbered_at, const History& history) {
  FileEntry entry;
  entry.photo = batch.photo_of(person);
  entry.person = std::move(person);
  entry.number = number;
  entry.history = history;
  entry.mark = mark_of(history);
  entry.created = batch.created(numbered_at);
  return entry;
}

namespace {

// What the number went through, unless the sheet has a column of that name.
void add_history(certificate::CertifiedFields& fields, const History& history) {
  for (const auto& [label, text] :
       {std::pair(kReplacedLabel, history.replaces), std::pair(kReissueLabel, history.reissued_on)})
    if (!text.empty() && find_label(fields, label).empty()) fields.push_back({label, text});
}

}  // namespace

FileEntries::Prove prove_with(const CheckedBatch& batch, const crypto::PrivateKey* key) {
  const certificate::Qr* qr = batch.sheet.find_qr();
  if (!qr || !qr->is_signed() || !key) return {};
  return [&batch, qr, key](const FileEntry& entry) {
    auto fields = certificate::certified_fields(
        batch.sheet, certificate::merge(batch.sheet, batch.values, entry.person, entry.number));
    add_history(fields, entry.history);
    return certificate::make_proof(qr->address, fields, *key);
  };
}

std::string title_of(const certificate::Sheet& sheet, const std::string& key) {
  if (key == kWords) return "证书文字";
  if (key == kCertified) return "二维码证明的各项";
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

}  // namespace wenshu::app
