// Which elements a kind and a format need (条例 art. 9, GB/T 9704 10) and which they have no place for. What is
// needed is asked for by name; nothing is made up.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "data/schema.h"
#include "notice/source_check.h"

namespace wenshu::notice {
namespace {

using data::Value;

bool is_one_of(const std::string& kind, std::initializer_list<const char*> kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const char* each) { return kind == each; });
}

struct Setting {
  const Value& source;
  std::string kind;
  Format format;

  bool has(const char* field) const { return source.find(field) != nullptr; }
};

bool is_command(const Setting& s) { return s.format == Format::command; }
bool is_letter(const Setting& s) { return s.format == Format::letter; }
bool is_minutes(const Setting& s) { return s.format == Format::minutes; }

// Kinds that go to everybody name no 主送机关.
bool names_receivers(const Setting& s) {
  return !is_command(s) && !is_minutes(s) &&
         !is_one_of(s.kind, {"决议", "决定", "公报", "公告", "通告", "意见", "命令（令）", "纪要"});
}

struct Wanted {
  const char *field, *name, *clause;
  bool (*when)(const Setting& s);
};

constexpr Wanted kWanted[] = {
    {"mark", "发文机关标志", "条例第九条", [](const Setting&) { return true; }},
    {"number", "发文字号", "条例第九条", [](const Setting&) { return true; }},
    {"title", "标题", "条例第九条", [](const Setting& s) { return !is_command(s) && !is_minutes(s); }},
    {"to", "主送机关", "条例第九条", names_receivers},
    {"body", "正文", "条例第九条", [](const Setting&) { return true; }},
    {"signer", "签发人", "条例第九条：上行文标注签发人姓名",
     [](const Setting& s) { return goes_up(s.kind); }},
    {"signature", "签发人职务和签名章", "GB/T 9704 10.2", [](const Setting& s) { return is_command(s); }},
    {"organ", "发文机关署名", "条例第九条",
     [](const Setting& s) { return !is_command(s) && !s.has("signature"); }},
    {"date", "成文日期", "条例第九条", [](const Setting&) { return true; }},
    {"copy_number", "份号", "条例第九条：涉密公文标注份号",
     [](const Setting& s) { return s.has("secrecy"); }},
};

struct Misplaced {
  const char *field, *name;
  bool (*when)(const Setting& s);
  const char* why;
};

constexpr Misplaced kMisplaced[] = {
    {"title", "标题", is_command, "命令（令）格式在令号之下直接编排正文（GB/T 9704 10.2）"},
    {"to", "主送机关", [](const Setting& s) { return is_command(s) || is_minutes(s); },
     "命令（令）和纪要格式没有主送机关；纪要的发送范围写在 \"copy_to\""},
    {"to_at_foot", "主送机关的位置", [](const Setting& s) { return !s.has("to"); }, "没有主送机关 \"to\""},
    {"organ", "发文机关署名", [](const Setting& s) { return is_command(s) || s.has("signature"); },
     "加盖签发人签名章的公文由签发人署名（GB/T 9704 7.3.5.3）"},
    {"seal", "印章", [](const Setting& s) { return is_command(s) || s.has("signature"); },
     "加盖签发人签名章的公文不加盖机关印章（GB/T 9704 7.3.5.3）"},
    {"signature", "签名章", is_minutes, "纪要不用签名章"},
    {"signer", "签发人", [](const Setting& s) { return s.format != Format::ordinary; },
     "只有一般格式的上行文标注签发人（GB/T 9704 7.2.6）"},
    {"copy_number", "份号", is_command, "命令（令）格式没有这一项（GB/T 9704 10.2）"},
    {"secrecy", "密级", is_command, "命令（令）格式没有这一项（GB/T 9704 10.2）"},
    {"urgency", "紧急程度", is_command, "命令（令）格式没有这一项（GB/T 9704 10.2）"},
    {"foot_on_even", "版记的位置", [](const Setting& s) { return !s.has("fixed_page"); },
     "只有以 PDF 为准的公文（fixed_page: true）能这样排"},
    {"present", "出席人员", [](const Setting& s) { return !is_minutes(s); }, "只有纪要列出参会人员"},
    {"absent", "请假人员", [](const Setting& s) { return !is_minutes(s); }, "只有纪要列出参会人员"},
    {"observers", "列席人员", [](const Setting& s) { return !is_minutes(s); }, "只有纪要列出参会人员"},
    {"printed_by", "印发机关", is_letter, "信函格式的版记不加印发机关和印发日期（GB/T 9704 10.1）"},
    {"print_date", "印发日期", is_letter, "信函格式的版记不加印发机关和印发日期（GB/T 9704 10.1）"},
};

void check_format(const SourceCheck& check, const Setting& setting) {
  const Value& at = check.source["format"];
  const auto refuse = [&](const std::string& message) {
    check.error("format-kind", at.is_scalar() ? at : check.source["kind"], message,
                "改文种，或改 \"format\"");
  };
  if (is_command(setting) != (setting.kind == "命令（令）"))
    refuse(fmt::format("命令（令）格式与命令（令）文种相互对应，这里的文种是{}", setting.kind));
  else if (is_minutes(setting) && setting.kind != "纪要")
    refuse(fmt::format("纪要格式只用于纪要，这里的文种是{}", setting.kind));
  else if (is_letter(setting) && (goes_up(setting.kind) || setting.kind == "纪要"))
    refuse(fmt::format("{}不用信函格式", setting.kind));
}

// 印章: required but for documents to everybody under a mark of their own (条例 art. 9).
void check_seal(const SourceCheck& check, const Setting& setting) {
  const Value& seal = check.source["seal"];
  const bool none = seal.is_scalar() && data::to_boolean(seal) == false;
  if (is_minutes(setting) && setting.has("seal") && !none)
    check.error("field-out-of-place", seal, "纪要不加盖印章", "删去 \"seal\"");
  if (none && is_one_of(setting.kind, {"请示", "报告", "函", "批复", "议案"}))
    check.warn("seal-missing", seal, fmt::format("{}应当加盖印章（条例第九条）", setting.kind),
               "只有带特定发文机关标志的普发性公文可以不加盖印章");
}

}  // namespace

void check_wanted(const SourceCheck& check) {
  const Setting setting{check.source, check.kind(), format_of(check.source)};
  const auto& kinds = kind_names();
  const bool knows_kind = std::find(kinds.begin(), kinds.end(), setting.kind) != kinds.end();
  for (const Wanted& wanted : kWanted)
    if (!setting.has(wanted.field) && wanted.when(setting))
      check.error("missing-field", check.source,
                  fmt::format("{}缺少{} \"{}\"（{}）", knows_kind ? setting.kind : "公文", wanted.name,
                              wanted.field, wanted.clause));
  for (const Misplaced& misplaced : kMisplaced)
    if (setting.has(misplaced.field) && misplaced.when(setting))
      check.error("field-out-of-place", check.source[misplaced.field],
                  fmt::format("{} \"{}\" 在这里没有位置：{}", misplaced.name, misplaced.field, misplaced.why),
                  fmt::format("删去 \"{}\"", misplaced.field));
  if (is_minutes(setting) && !setting.has("present"))
    check.warn("missing-field", check.source, "纪要没有出席人员 \"present\"（GB/T 9704 10.3）");
  if (setting.has("signer") && knows_kind && !goes_up(setting.kind) &&
      !is_one_of(setting.kind, {"意见", "议案"}))
    check.warn("signer-not-upward", check.source["signer"], "只有上行文标注签发人");
  if (knows_kind) check_format(check, setting);
  check_seal(check, setting);
}

}  // namespace wenshu::notice
