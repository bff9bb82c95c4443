#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "data/file_name.h"
#include "data/schema.h"
#include "notice/notice.h"
#include "notice/number.h"
#include "notice/title.h"
#include "template/text.h"

namespace wenshu::notice {
namespace {

using data::Need;
using data::Value;

const data::Shape& shape() {
  static const data::Shape kTable = data::map({
      {"columns",
       data::list(data::map({{"title", data::text(), Need::required}, {"width", data::decimal()}}), 1),
       Need::required},
      {"rows", data::list(data::list(data::any()), 1), Need::required},
  });
  static const data::Shape kAnnex = data::map({
      {"title", data::text(), Need::required},
      {"body", data::text()},
      {"table", kTable},
  });
  static const data::Shape kIssued = data::map({
      {"title", data::text(), Need::required},
      {"body", data::text(), Need::required},
      {"attachments", data::list(data::text(), 1)},
  });
  // Dates, numbers and choices are texts here, since a source may hold tags: check_values() reads them.
  static const data::Shape kNotice = data::map({
      {"notice", data::identifier(), Need::required},
      {"kind", data::choice(kind_names()), Need::required},
      {"mark", data::text(), Need::required},
      {"number", data::text(), Need::required},
      {"signer", data::text()},
      {"title", data::text(), Need::required},
      {"to", data::text()},
      {"body", data::text(), Need::required},
      {"attachments", data::list(data::text(), 1)},
      {"organ", data::text(), Need::required},
      {"date", data::text(), Need::required},
      {"seal", data::boolean()},
      {"note", data::text()},
      {"copy_to", data::text()},
      {"printed_by", data::text()},
      {"print_date", data::text()},
      {"fixed_page", data::boolean()},
      {"issued", kIssued},
      {"annexes", data::list(kAnnex, 1)},
  });
  return kNotice;
}

bool has_tag(const std::string& text) {
  return text.find("{{") != std::string::npos || text.find("｛｛") != std::string::npos;
}

bool is_one_of(const std::string& kind, std::initializer_list<const char*> kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const char* each) { return kind == each; });
}

// Kinds that go to everybody name no 主送机关.
bool names_receivers(const std::string& kind) {
  return !is_one_of(kind, {"决议", "决定", "公报", "公告", "通告", "意见", "命令（令）", "纪要"});
}

bool goes_up(const std::string& kind) { return is_one_of(kind, {"请示", "报告"}); }

// What one check of a source needs to know. `tagged`: texts may hold tags.
class Checker {
 public:
  Checker(const Value& source, bool tagged, Diagnostics& findings)
      : source_(source), tagged_(tagged), findings_(findings) {}

  void run() {
    if (!data::check_shape(source_, shape(), findings_)) stop_ = true;
    if (!source_.is_map()) return;
    check_texts(source_);
    data::check_file_name(source_["notice"], findings_);
    check_values();
    check_kind();
    check_lengths();
    check_title(source_["title"]);
    check_printing();
    if (!stop_) check_attachments();
  }

 private:
  void error(const char* code, const Value& at, std::string message, std::string hint = {}) {
    findings_.error(code, at.place(), std::move(message), std::move(hint));
  }

  // A text that is there and can be judged now.
  const std::string* known(const Value& value) const {
    return value.is_scalar() && !has_tag(value.text()) ? &value.text() : nullptr;
  }

  void check_texts(const Value& value) {
    for (const Value& item : value.items()) check_texts(item);
    for (const auto& entry : value.entries()) check_texts(entry.value);
    if (!value.is_scalar()) return;
    if (tagged_)
      templates::check_text(value.text(), value.place(), findings_);
    else if (has_tag(value.text()))
      error("unfilled-tag", value, "文中还有没有填入数据的标签", "请用 --data 给出数据");
  }

  void check_date(const char* key) {
    const Value& value = source_[key];
    if (known(value) && !data::check_shape(value, data::date(), findings_)) stop_ = true;
  }

  void check_values() {
    check_date("date");
    check_date("print_date");
    if (const std::string* number = known(source_["number"]); number)
      check_number(*number, source_["number"].place(), findings_);
  }

  void check_kind() {
    const Value& value = source_["kind"];
    if (!value.is_scalar()) return;
    const std::string& kind = value.text();
    if (is_one_of(kind, {"命令（令）", "纪要"}))
      error("kind-without-layout", value, fmt::format("{} 有特定格式，目前不能排版", kind),
            "请用一般格式的文种");
    if (names_receivers(kind) && !source_.find("to"))
      error("missing-field", source_, fmt::format("{} 缺少主送机关 \"to\"", kind));
    if (goes_up(kind) && !source_.find("signer"))
      error("missing-field", source_, fmt::format("上行文（{}）缺少签发人 \"signer\"", kind));
    if (!goes_up(kind) && source_.find("signer"))
      findings_.warning("signer-not-upward", source_["signer"].place(), "只有上行文标注签发人");
  }

  // What one line or one page cannot hold would be shrunk past reading or pushed off the first page.
  void check_lengths() {
    struct Length {
      const char *field, *name;
      size_t most;
      const char* why;
    };
    static constexpr Length kLengths[] = {
        {"mark", "发文机关标志", 26, "排成一行后比正文还小"},  // 150 mm hold 26 characters of 3号
        {"number", "发文字号", 28, "一行排不下"},
        {"organ", "署名", 28, "一行排不下"},
        {"title", "标题", 120, "首页排不下"},  // six lines of 2号
    };
    for (const Length& length : kLengths) {
      const std::string* text = known(source_[length.field]);
      const size_t count = text ? count_characters(trim(*text)) : 0;
      if (count > length.most)
        error("too-long", source_[length.field],
              fmt::format("{}有{}个字，{}", length.name, count, length.why),
              fmt::format("不超过{}个字；机关名称可用规范化简称", length.most));
    }
  }

  // 标题 = 机关 + 事由 + 文种 (条例 art. 9); a line of 2号 holds 20 characters.
  void check_title(const Value& value) {
    const std::string* title = known(value);
    if (!title) return;
    const std::string kind = source_["kind"].is_scalar() ? source_["kind"].text() : "";
    if (!kind.empty() && kind != "命令（令）" && trim(*title).find(kind) == std::string_view::npos)
      findings_.warning("title-without-kind", value.place(), fmt::format("标题没有写明文种“{}”", kind));
    const auto lines = split(std::string(trim(*title)), "\n");
    for (const std::string& line : lines)
      if (lines.size() > 1 && count_characters(line) > kTitleCharacters)
        findings_.warning("title-too-wide", value.place(), fmt::format("标题一行超过20字：{}", line),
                          "在词意完整处换行，排成梯形或菱形");
  }

  void check_printing() {
    const bool by = source_.find("printed_by"), on = source_.find("print_date");
    if (by && !on) error("missing-field", source_["printed_by"], "有印发机关而没有印发日期 \"print_date\"");
    if (on && !by) error("missing-field", source_["print_date"], "有印发日期而没有印发机关 \"printed_by\"");
    if (source_.find("copy_to") && !by && !on)
      error("missing-field", source_["copy_to"],
            "有抄送机关而没有印发机关 \"printed_by\" 和印发日期 \"print_date\"");
    const auto date = known(source_["date"]) ? data::to_date(source_["date"]) : std::nullopt;
    const auto printed = known(source_["print_date"]) ? data::to_date(source_["print_date"]) : std::nullopt;
    if (date && printed && *printed < *date)
      error("print-before-date", source_["print_date"], "印发日期早于成文日期");
  }

  void check_attachments() {
    const Value& own = source_["attachments"];
    const Value& issued = source_["issued"]["attachments"];
    if (own.size() && issued.size())
      error("attachments-twice", issued, "正文与所印发的文件各有附件说明，附件编号无法一致",
            "只在一处列出附件");
    const Value& list = own.size() ? own : issued;
    std::vector<std::string> names;
    for (const Value& item : list.items()) {
      names.emplace_back(trim(item.text()));
      const std::u32string name = to_characters(names.back());
      if (!name.empty() && std::u32string_view(U"。；，、.;,").find(name.back()) != std::u32string_view::npos)
        error("attachment-punctuation", item, "附件名称后不加标点符号（GB/T 9704 7.3.4）");
    }
    for (const Value& annex : source_["annexes"].items()) check_annex(annex, names);
  }

  void check_annex(const Value& annex, const std::vector<std::string>& names) {
    if (const std::string* title = known(annex["title"]))
      if (std::find(names.begin(), names.end(), trim(*title)) == names.end())
        data::report_unknown(annex["title"], "unknown-attachment", "附件说明里没有的附件", names, findings_);
    if (!annex.find("body") && !annex.find("table"))
      error("missing-field", annex, "附件没有内容：缺少 \"body\" 或 \"table\"");
    const size_t columns = annex["table"]["columns"].size();
    for (const Value& row : annex["table"]["rows"].items()) {
      if (row.size() != columns)
        error("row-length", row, fmt::format("这一行有{}格，表头有{}栏", row.size(), columns));
      for (const Value& cell : row.items())
        if (cell.is_list() || cell.is_map()) error("wrong-type", cell, "表格的一格应当是文字");
    }
  }

  const Value& source_;
  bool tagged_;
  Diagnostics& findings_;
  bool stop_ = false;
};

std::string text_of(const Value& value) { return value.is_scalar() ? std::string(trim(value.text())) : ""; }

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& item : list.items()) texts.push_back(text_of(item));
  return texts;
}

Table read_table(const Value& value) {
  Table table;
  for (const Value& column : value["columns"].items()) {
    const auto width = data::to_decimal(column["width"]);
    table.columns.push_back({text_of(column["title"]), width ? std::stod(width->to_text()) : 0});
  }
  for (const Value& row : value["rows"].items()) table.rows.push_back(texts_of(row));
  return table;
}

Annex read_annex(const Value& value, const std::vector<std::string>& attachments) {
  Annex annex;
  annex.title = text_of(value["title"]);
  annex.attachment = std::find(attachments.begin(), attachments.end(), annex.title) - attachments.begin();
  annex.body = text_of(value["body"]);
  if (value.find("table")) annex.table = read_table(value["table"]);
  return annex;
}

// Brackets, colons and full stops that the layout itself sets.
std::string strip(std::string text, const std::vector<std::string>& before,
                  const std::vector<std::string>& after) {
  for (const std::string& mark : before)
    if (text.rfind(mark, 0) == 0) text.erase(0, mark.size());
  for (const std::string& mark : after)
    if (text.size() >= mark.size() && text.ends_with(mark)) text.resize(text.size() - mark.size());
  return text;
}

Notice read(const Value& source) {
  Notice notice;
  notice.name = text_of(source["notice"]);
  notice.kind = text_of(source["kind"]);
  notice.mark = text_of(source["mark"]);
  notice.number = text_of(source["number"]);
  notice.signer = text_of(source["signer"]);
  notice.title = text_of(source["title"]);
  notice.to = strip(text_of(source["to"]), {}, {"：", ":"});
  notice.body = text_of(source["body"]);
  notice.attachments_of_issued = source["issued"].find("attachments");
  notice.attachments =
      texts_of(notice.attachments_of_issued ? source["issued"]["attachments"] : source["attachments"]);
  notice.organ = text_of(source["organ"]);
  notice.date = *data::to_date(source["date"]);
  notice.seal = data::to_boolean(source["seal"]).value_or(true);
  notice.note = strip(text_of(source["note"]), {"（", "("}, {"）", ")"});
  notice.copy_to = strip(text_of(source["copy_to"]), {"抄送：", "抄送:"}, {"。"});
  notice.printed_by = text_of(source["printed_by"]);
  notice.print_date = data::to_date(source["print_date"]);
  notice.fixed_page = data::to_boolean(source["fixed_page"]).value_or(false);
  if (source.find("issued"))
    notice.issued = Issued{text_of(source["issued"]["title"]), text_of(source["issued"]["body"])};
  for (const Value& annex : source["annexes"].items())
    notice.annexes.push_back(read_annex(annex, notice.attachments));
  std::stable_sort(notice.annexes.begin(), notice.annexes.end(),
                   [](const Annex& a, const Annex& b) { return a.attachment < b.attachment; });
  return notice;
}

}  // namespace

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> kNames = {"决议", "决定", "命令（令）", "公报", "公告",
                                                  "通告", "意见", "通知",       "通报", "报告",
                                                  "请示", "批复", "议案",       "函",   "纪要"};
  return kNames;
}

void check_notice(const Value& source, Diagnostics& findings) { Checker(source, true, findings).run(); }

std::optional<Notice> load_notice(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  Checker(source, false, own).run();
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return read(source);
}

}  // namespace wenshu::notice
