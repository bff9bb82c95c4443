#include "app/case_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "app/data_file.h"
#include "app/lookups.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "data/load.h"
#include "form/calculate.h"
#include "workflow/scenario.h"
#include "workflow/signatures.h"

namespace wenshu::app {

using data::Value;

namespace {

// An office's scans are a few megabytes; the store is one file that is copied every day.
constexpr uintmax_t kMostBytes = 64u << 20;

// A `data:` file names the form that its values are for.
Value record_in(const Value& given, const form::Form& form) {
  const Value* named = is_data_file(given) ? given.find("form") : nullptr;
  if (named && named->text() != form.name) {
    Diagnostics findings;
    findings.error("wrong-form", named->place(),
                   fmt::format("这份数据是按表单 {} 写的，流程要的是 {}", named->text(), form.name),
                   "换一份数据，或换一个流程");
    throw FaultyInput(std::move(findings));
  }
  return values_in(given);
}

// Hashes of all values of fields of type file.
void collect_files(const std::vector<form::Field>& fields, const Value& record,
                   std::vector<const Value*>& found) {
  for (const form::Field& field : fields) {
    const Value* value = record.find(field.key);
    if (!value) continue;
    if (field.type == form::FieldType::file && value->is_map()) found.push_back(value);
    if (value->is_map()) collect_files(field.fields, *value, found);
    for (const Value& row : value->items()) collect_files(field.fields, row, found);
  }
}

// A hash that somebody typed would stand for bytes that nobody has seen.
void check_files(store::Tx& tx, const form::Form& form, const Value& data, Diagnostics& findings) {
  std::vector<const Value*> files;
  collect_files(form.fields, data, files);
  for (const Value* file : files) {
    const std::string& hash = (*file)["hash"].text();
    if (tx.query("SELECT 1 FROM contents WHERE hash = ?", hash).next()) continue;
    findings.error("unknown-attachment", file->place(),
                   fmt::format("附件 “{}” 的内容不在库中", (*file)["name"].text()),
                   "用 --attach 字段=文件 附上");
  }
}

std::optional<size_t> index_of(const std::string& key) {
  size_t index = 0;
  const auto [after, fault] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (fault != std::errc() || after != key.data() + key.size()) return std::nullopt;
  return index;
}

// The place of a field in the changes; a table that they leave alone comes over from the stored data, because
// changes replace tables as a whole.
Value* find_spot(Value& changes, const Value& stored, const std::vector<std::string>& keys) {
  Value* at = &changes;
  const Value* before = &stored;
  for (const std::string& key : keys) {
    if (const auto index = index_of(key)) {
      if (at->is_null() && before->is_list()) *at = *before;
      if (!at->is_list() || *index >= at->size()) return nullptr;
      before = before->is_list() && *index < before->size() ? &before->items()[*index] : nullptr;
      at = &at->items()[*index];
    } else {
      if (!at->is_map() && !at->is_null()) return nullptr;
      before = before ? before->find(key) : nullptr;
      if (!at->find(key)) at->set(key, Value());
      at = at->find(key);
    }
    static const Value kNothing;
    if (!before) before = &kNothing;
  }
  return at;
}

std::string without_indexes(const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const std::string& key : keys)
    if (!index_of(key)) names.push_back(key);
  return join(names, ".");
}

form::Beginning beginning_of(const CaseRecord& record, const DataSurroundings& around) {
  const auto* department = around.office.department_of(record.initiator);
  return {record.initiator, around.office.name_of(record.initiator), department ? department->title : "",
          wenshu::to_text(around.date)};
}

void check_all(CaseRecord& record, const DataSurroundings& around, const form::Beginning* beginning) {
  Diagnostics findings;
  form::calculate(record.published->form, record.data, findings, beginning);
  form::check_record(record.published->form, record.data, findings, lookups_in(around.office));
  check_files(around.act.tx(), record.published->form, record.data, findings);
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
}

}  // namespace

std::map<std::string, ReadAttachment> read_attachments(const Attachments& files) {
  std::map<std::string, ReadAttachment> read;
  Diagnostics findings;
  for (const auto& [field, path] : files) {
    std::error_code fault;
    const auto size =
        std::filesystem::is_regular_file(path, fault) ? std::filesystem::file_size(path, fault) : 0;
    const Place place{data::display_name(path), 0, 0, ""};
    if (!std::filesystem::is_regular_file(path, fault)) {
      findings.error("no-such-file", place, fmt::format("没有文件 {}", path.string()), "核对路径");
    } else if (size > kMostBytes) {
      findings.error("file-too-large", place, fmt::format("附件最大 {} MB", kMostBytes >> 20), "压缩后再附");
    } else {
      ReadAttachment one{path.filename().string(), read_file(path), {}};
      one.hash = crypto::sha256_hex(one.bytes);
      read.emplace(field, std::move(one));
    }
  }
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  return read;
}

Value attach(const CaseRecord& record, Value changes, const std::map<std::string, ReadAttachment>& attached,
             store::Act& act) {
  if (attached.empty()) return changes;
  changes = record_in(changes, record.published->form);
  Diagnostics findings;
  for (const auto& [path, file] : attached) {
    const std::vector<std::string> keys = split(path, ".");
    const form::Field* field = record.published->form.find(without_indexes(keys));
    Value* spot =
        field && field->type == form::FieldType::file ? find_spot(changes, record.data, keys) : nullptr;
    if (!spot) {
      findings.error("no-file-field", Place{"--attach", 0, 0, ""},
                     fmt::format("表单没有放附件的字段 {}", path),
                     near_name_hint(path, record.published->form.paths()));
      continue;
    }
    *spot = Value::map();
    spot->set("name", file.name);
    spot->set("size", std::to_string(file.bytes.size()));
    spot->set("hash", file.hash);
    act.add_attachment(path, file.name, file.bytes);
  }
  if (findings.has_errors()) throw FaultyInput(std::move(findings));
  return changes;
}

void begin_data(CaseRecord& record, const Value& given, const std::map<std::string, ReadAttachment>& attached,
                const DataSurroundings& around) {
  record.data = attach(record, record_in(given, record.published->form), attached, around.act);
  const form::Beginning beginning = beginning_of(record, around);
  check_all(record, around, &beginning);
}

void take_changes(CaseRecord& record, const Value& changes, const workflow::Act& wanted,
                  const DataSurroundings& around) {
  const Value before = record.data;
  form::clear_derived(record.published->form, record.data);
  workflow::merge(record.data, record_in(changes, record.published->form));
  check_all(record, around, nullptr);
  auto blockers =
      workflow::find_edit_blockers(record.rules(around.office), record.marking, before, record.data, wanted);
  if (!blockers.empty()) throw Refused(std::move(blockers));
}

void calculate_again(CaseRecord& record) {
  if (record.published->form.calculated.empty()) return;
  Diagnostics findings;
  form::clear_derived(record.published->form, record.data);
  if (!form::calculate(record.published->form, record.data, findings)) throw FaultyInput(std::move(findings));
}

}  // namespace wenshu::app
