#include <algorithm>

#include "base/text.h"
#include "data/schema.h"
#include "notice/notice.h"
#include "notice/source_check.h"
#include "notice/table.h"

namespace wenshu::notice {
namespace {

using data::Value;

std::vector<std::string> texts_of(const Value& value) {
  std::vector<std::string> texts;
  for (const Value* each : each_of(value)) texts.push_back(trimmed(*each));
  return texts;
}

bool flag(const Value& value, bool otherwise) { return data::to_boolean(value).value_or(otherwise); }

// Brackets, colons and full stops that the layout itself sets.
std::string strip(std::string text, const std::vector<std::string>& before,
                  const std::vector<std::string>& after) {
  for (const std::string& mark : before)
    if (text.rfind(mark, 0) == 0) text.erase(0, mark.size());
  for (const std::string& mark : after)
    if (text.size() >= mark.size() && text.ends_with(mark)) text.resize(text.size() - mark.size());
  return text;
}

Annex read_annex(const Value& value, const std::vector<std::string>& attachments) {
  Annex annex;
  annex.title = trimmed(value["title"]);
  annex.attachment = std::find(attachments.begin(), attachments.end(), annex.title) - attachments.begin();
  annex.body = trimmed(value["body"]);
  if (value.find("table")) annex.table = read_table(value["table"]);
  annex.separate = flag(value["separate"], false);
  annex.landscape = flag(value["landscape"], false);
  return annex;
}

Picture read_picture(const Value& file, const Value& width, double otherwise) {
  const auto mm = data::to_decimal(width);
  return {trimmed(file), mm ? std::stod(mm->to_text()) : otherwise, file.place()};
}

// `true` and `false` are no file names: they leave room for a seal, or none.
std::optional<Picture> read_seal(const Value& value) {
  if (value.is_map()) return read_picture(value["picture"], value["width"], kSealWidthMm);
  if (value.is_null() || data::to_boolean(value)) return std::nullopt;
  return read_picture(value, Value(), kSealWidthMm);
}

Signature read_signature(const Value& value) {
  Signature signature{trimmed(value["post"]), trimmed(value["name"])};
  if (value.find("picture")) signature.stamp = read_picture(value["picture"], value["width"], kStampWidthMm);
  return signature;
}

// Joint marks stand one above the other with one 文件 beside them; a single one as it is written.
void read_mark(const Value& value, Notice& notice) {
  notice.mark = texts_of(value);
  if (notice.mark.size() < 2) return;
  if (notice.mark.back().ends_with("文件")) notice.mark_word = "文件";
  for (std::string& name : notice.mark) name = strip(name, {}, {"文件"});
}

void read_head(const Value& source, Notice& notice) {
  notice.name = trimmed(source["notice"]);
  notice.mark_place = source["mark"].place();
  notice.title_place = source[source.find("title") ? "title" : "mark"].place();
  notice.organ_place = source[source.find("organ") ? "organ" : "signature"].place();
  notice.signature_place = source["signature"].place();
  notice.kind = trimmed(source["kind"]);
  notice.format = format_of(source);
  notice.copy_number = trimmed(source["copy_number"]);
  notice.secrecy = trimmed(source["secrecy"]);
  notice.urgency = trimmed(source["urgency"]);
  read_mark(source["mark"], notice);
  notice.number = trimmed(source["number"]);
  notice.signer = texts_of(source["signer"]);
}

void read_main(const Value& source, Notice& notice) {
  notice.title = trimmed(source["title"]);
  notice.to = strip(trimmed(source["to"]), {}, {"：", ":"});
  notice.to_at_foot = data::to_boolean(source["to_at_foot"]);
  notice.body = trimmed(source["body"]);
  notice.present = strip(trimmed(source["present"]), {"出席：", "出席:"}, {});
  notice.absent = strip(trimmed(source["absent"]), {"请假：", "请假:"}, {});
  notice.observers = strip(trimmed(source["observers"]), {"列席：", "列席:"}, {});
  notice.attachments_of_issued = source["issued"].find("attachments");
  notice.attachments =
      texts_of(notice.attachments_of_issued ? source["issued"]["attachments"] : source["attachments"]);
  notice.date = *day_of(source["date"]);
  notice.note = strip(trimmed(source["note"]), {"（", "("}, {"）", ")"});
}

void read_signatures(const Value& source, Notice& notice) {
  const Value& seal = source["seal"];
  notice.seal = notice.format != Format::minutes && flag(seal, true);
  for (std::string& name : texts_of(source["organ"])) {
    const size_t index = notice.organ.size();
    notice.organ.push_back({std::move(name), read_seal(seal.is_list() ? seal[index] : seal)});
  }
  for (const Value* each : each_of(source["signature"])) notice.signature.push_back(read_signature(*each));
}

Notice read(const Value& source) {
  Notice notice;
  read_head(source, notice);
  read_main(source, notice);
  read_signatures(source, notice);
  notice.copy_to = strip(trimmed(source["copy_to"]), {"抄送：", "抄送:"}, {"。"});
  notice.printed_by = trimmed(source["printed_by"]);
  notice.print_date = day_of(source["print_date"]);
  notice.fixed_page = flag(source["fixed_page"], false);
  notice.foot_on_even = flag(source["foot_on_even"], false);
  if (source.find("issued"))
    notice.issued = Issued{trimmed(source["issued"]["title"]), trimmed(source["issued"]["body"])};
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

std::optional<Notice> load_notice(const Value& source, Diagnostics& findings, const Written* written) {
  if (!check_filled(source, findings, written)) return std::nullopt;
  return read(source);
}

}  // namespace wenshu::notice
