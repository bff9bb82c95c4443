#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "chinese/count.h"
#include "chinese/period.h"
#include "data/schema.h"
#include "form/form.h"
#include "form/rules.h"

namespace wenshu::form {
namespace {

using data::Value;

class Checker {
 public:
  Checker(const Lookups& lookups, Diagnostics& findings) : lookups_(lookups), findings_(findings) {}

  void check_fields(const std::vector<Field>& fields, const Value& record) {
    std::vector<std::string> known;
    for (const Field& field : fields) known.push_back(field.key);
    for (const Value::Entry& entry : record.entries()) {
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        std::string hint = near_name_hint(entry.key, known);
        findings_.error("unknown-field", entry.key_place, fmt::format("未知字段 \"{}\"", entry.key),
                        hint.empty() ? "可用: " + join(known, "、") : hint);
      }
    }
    for (const Field& field : fields) {
      const Value& value = record[field.key];
      if (is_absent(value)) {
        if (field.required) report_missing(field, record);
      } else {
        check(field, value);
      }
    }
  }

 private:
  static bool is_absent(const Value& value) {
    return value.is_null() || (value.is_scalar() && trim(value.text()).empty());
  }

  void report_missing(const Field& field, const Value& record) {
    const Value* empty = record.find(field.key);
    bool placed = empty && !empty->place().file().empty();
    findings_.error("missing-field", placed ? empty->place() : record.place(),
                    fmt::format("缺少 “{}”（{}）", field.title, field.key));
  }

  void wrong(const Field& field, const Value& value, std::string_view wanted, std::string hint = {}) {
    std::string shown = value.is_list() ? "列表" : value.is_map() ? "一组字段" : "“" + value.text() + "”";
    findings_.error("wrong-type", value.place(),
                    fmt::format("“{}” 应是{}，现在是{}", field.title, wanted, shown), std::move(hint));
  }

  void check(const Field& field, const Value& value) {
    switch (field.type) {
      case FieldType::group:
        return value.is_map() ? check_fields(field.fields, value) : wrong(field, value, "一组字段");
      case FieldType::table:
        return check_table(field, value);
      case FieldType::choices:
        return check_choices(field, value);
      case FieldType::file:
        return check_file(field, value);
      default:
        return value.is_scalar() ? check_scalar(field, value) : wrong(field, value, scalar_name(field.type));
    }
  }

  static std::string_view scalar_name(FieldType type) {
    switch (type) {
      case FieldType::integer:
        return "整数";
      case FieldType::decimal:
        return "数";
      case FieldType::money:
        return "金额";
      case FieldType::boolean:
        return " true 或 false";
      case FieldType::date:
        return "日期";
      case FieldType::period:
        return "时间";
      case FieldType::count:
        return "人数";
      default:
        return "文字";
    }
  }

  void check_scalar(const Field& field, const Value& value) {
    switch (field.type) {
      case FieldType::text:
        if (value.text().find('\n') != std::string::npos) wrong(field, value, "一行文字");
        return;
      case FieldType::integer:
        if (!data::to_integer(value)) wrong(field, value, scalar_name(field.type), "例如 36");
        return;
      case FieldType::decimal:
        if (!data::to_decimal(value)) wrong(field, value, scalar_name(field.type), "例如 36 或 4.5");
        return;
      case FieldType::money:
        if (!is_money(value))
          wrong(field, value, scalar_name(field.type), "以元为单位，最多两位小数，例如 1280.50");
        return;
      case FieldType::boolean:
        if (!data::to_boolean(value)) wrong(field, value, scalar_name(field.type));
        return;
      case FieldType::date:
        if (!data::to_date(value)) wrong(field, value, scalar_name(field.type), "写作 2020-07-27");
        return;
      case FieldType::period:
        if (!chinese::parse_period(value.text())) {
          wrong(field, value, scalar_name(field.type), "例如 7月下旬、9月—12月、2020年9月、待定");
        }
        return;
      case FieldType::count:
        if (!chinese::parse_count(value.text())) {
          wrong(field, value, scalar_name(field.type), "例如 32人、40人左右、40人＋30人、见附件");
        }
        return;
      case FieldType::choice:
        return check_choice(field, value);
      case FieldType::person:
        if (lookups_.person) lookups_.person(value, findings_);
        return;
      case FieldType::department:
        if (lookups_.department) lookups_.department(value, findings_);
        return;
      default:
        return;
    }
  }

  void check_choice(const Field& field, const Value& value) {
    const auto& names = field.choices;
    if (std::find(names.begin(), names.end(), value.text()) != names.end()) return;
    std::string hint = near_name_hint(value.text(), names);
    findings_.error("bad-choice", value.place(), fmt::format("“{}” 没有选项 “{}”", field.title, value.text()),
                    hint.empty() ? "可用: " + join(names, "、") : hint);
  }

  void check_choices(const Field& field, const Value& value) {
    if (!value.is_list()) return wrong(field, value, "列表", "写作 [甲, 乙]");
    check_least(field, value);
    std::set<std::string> seen;
    for (const Value& item : value.items()) {
      if (!item.is_scalar()) {
        wrong(field, item, "选项");
      } else if (!seen.insert(item.text()).second) {
        findings_.error("duplicate-item", item.place(), fmt::format("选项 “{}” 写了两次", item.text()));
      } else {
        check_choice(field, item);
      }
    }
  }

  void check_table(const Field& field, const Value& value) {
    if (!value.is_list()) return wrong(field, value, "若干行", "每行以 - 开头");
    check_least(field, value);
    for (const Value& row : value.items()) {
      if (row.is_map()) {
        check_fields(field.fields, row);
      } else {
        wrong(field, row, "一行字段");
      }
    }
  }

  static bool is_money(const Value& value) {
    const auto amount = data::to_decimal(value);
    return amount && (*amount * Decimal(100)).is_integer();
  }

  // {name, size, hash}, as `wenshu case … --attach` writes it.
  void check_file(const Field& field, const Value& value) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    const std::string hash = value.is_map() && value["hash"].is_scalar() ? value["hash"].text() : "";
    const auto size = data::to_integer(value["size"]);
    const bool good = value.is_map() && value.size() == 3 && value["name"].is_scalar() &&
                      !trim(value["name"].text()).empty() && size && *size >= 0 && hash.size() == 64 &&
                      std::all_of(hash.begin(), hash.end(), is_hex);
    if (!good) wrong(field, value, "附件", fmt::format("用 --attach {}=文件 附上", field.key));
  }

  void check_least(const Field& field, const Value& value) {
    size_t least = std::max(field.least, static_cast<size_t>(field.required ? 1 : 0));
    if (value.size() >= least) return;
    findings_.error("too-few", value.place(),
                    fmt::format("“{}” 至少要 {} 项，现在有 {} 项", field.title, least, value.size()));
  }

  const Lookups& lookups_;
  Diagnostics& findings_;
};

}  // namespace

bool check_record(const Form& form, const Value& values, Diagnostics& findings, const Lookups& lookups) {
  Diagnostics own;
  if (values.is_map() || values.is_null()) {
    Checker(lookups, own).check_fields(form.fields, values);
    check_rules(form, values, own);
  } else {
    own.error("wrong-type", values.place(), fmt::format("“{}” 的数据应是一组字段", form.title));
  }
  findings.append(own);
  return !own.has_errors();
}

}  // namespace wenshu::form
