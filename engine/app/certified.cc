#include "app/certified.h"

#include <algorithm>

#include "base/text.h"
#include "certificate/batch.h"

namespace wenshu::app {

using certificate::CertifiedField;
using certificate::CertifiedFields;
using data::Value;

const std::string kReplacedLabel = "原证书编号";
const std::string kReissueLabel = "补发日期";

void set_labelled(const certificate::Sheet& sheet, const Value& merged, Value& fields) {
  const auto* qr = sheet.find_qr();
  const bool is_signed = qr && qr->is_signed();
  auto list = Value::list();
  for (const auto& [label, text] :
       is_signed ? certificate::certified_fields(sheet, merged) : certificate::shown_fields(sheet, merged)) {
    if (label == certificate::kNumberLabel || text.empty()) continue;  // the number is the store's to give
    auto pair = Value::list();
    pair.add(label);
    pair.add(text);
    list.add(std::move(pair));
  }
  fields.set(is_signed ? kCertified : kShown, std::move(list));
}

bool is_kept(const std::string& key, const store::Certificate& held) {
  if (key == "number" || key == kShown) return false;
  return key != kCertified || !held.fields[kCertified].is_null();
}

CertifiedFields certified_by(const store::Certificate& held) {
  const auto& list = held.fields[held.fields[kCertified].is_null() ? kShown : kCertified];
  if (list.is_null()) return {};
  CertifiedFields fields{{certificate::kNumberLabel, held.number}};
  for (const auto& pair : list.items())
    if (pair.size() == 2) fields.push_back({pair.items()[0].text(), pair.items()[1].text()});
  if (!held.replaces.empty() && find_label(fields, kReplacedLabel).empty())
    fields.push_back({kReplacedLabel, held.replaces});
  return fields;
}

std::string find_label(const CertifiedFields& fields, std::string_view label) {
  for (const auto& field : fields)
    if (field.label == label) return field.text;
  return "";
}

namespace {

// A store of a time that kept no labels: the holder, and each text among the values.
Agreement compare_values(const store::Certificate& held, const CertifiedFields& proof) {
  const auto holds = [&](const CertifiedField& field) {
    if (field.label == "姓名") return field.text == held.name;
    return field.label == "证书名称" ||
           std::any_of(held.fields.entries().begin(), held.fields.entries().end(), [&](const auto& entry) {
             return entry.value.is_scalar() && trim(entry.value.text()) == field.text;
           });
  };
  return std::all_of(proof.begin(), proof.end(), holds) ? Agreement::within : Agreement::differs;
}

}  // namespace

Agreement compare(const store::Certificate& held, const CertifiedFields& proof,
                  const std::vector<std::string>& reissued_on) {
  const auto known = certified_by(held);
  if (known.empty()) return compare_values(held, proof);
  const auto has = [](const CertifiedFields& fields, const CertifiedField& field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  };
  for (const auto& field : proof) {
    const bool is_reissue = field.label == kReissueLabel && std::find(reissued_on.begin(), reissued_on.end(),
                                                                      field.text) != reissued_on.end();
    if (!is_reissue && !has(known, field)) return Agreement::differs;
  }
  const bool whole =
      std::all_of(known.begin(), known.end(), [&](const auto& field) { return has(proof, field); });
  return whole ? Agreement::exact : Agreement::within;
}

}  // namespace wenshu::app
