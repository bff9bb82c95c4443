// The form of each element, and what they say of each other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "data/schema.h"
#include "notice/number.h"
#include "notice/profile.h"
#include "notice/source_check.h"
#include "notice/title.h"

namespace wenshu::notice {
namespace {

using data::Value;

bool ends(const std::string& text, std::string_view word) { return text.ends_with(word); }

void check_dates(const SourceCheck& check) {
  const auto day = [&](const char* field) {
    return check.known(field) ? day_of(check.source[field]) : std::nullopt;
  };
  for (const char* field : {"date", "print_date"})
    if (check.known(field) && !day(field))
      data::check_shape(check.source[field], data::date(), check.findings);
  const auto date = day("date"), printed = day("print_date");
  if (date && printed && *printed < *date)
    check.error("print-before-date", check.source["print_date"], "印发日期早于成文日期");
}

// A case may choose the kind: `{{document.kind}}`.
void check_kind(const SourceCheck& check) {
  if (check.known("kind"))
    data::check_shape(check.source["kind"], data::choice(kind_names()), check.findings);
}

void check_the_number(const SourceCheck& check) {
  const std::string* number = check.known("number");
  if (!number) return;
  const Place& place = check.source["number"].place();
  switch (format_of(check.source)) {
    case Format::command:
      check_command_number(*number, place, check.findings);
      break;
    case Format::minutes:
      check_minutes_number(*number, place, check.findings);
      break;
    default:
      if (const std::string* kind = check.known("kind"); kind && (*kind == "公告" || *kind == "通告"))
        check_announcement_number(*number, place, check.findings);
      else
        check_number(*number, place, check.findings);
  }
}

// 秘密★1年, or the day until which it is kept: 秘密★2026年6月30日.
bool is_secrecy(const std::string& text) {
  if (has_form(text, "(绝密|机密|秘密)(★([1-9][0-9]?年|[1-9][0-9]{0,2}(个月|日)|长期))?")) return true;
  if (!has_form(text, "(绝密|机密|秘密)★[0-9]{4}年[1-9][0-9]?月[1-9][0-9]?日(前)?")) return false;
  const size_t day = text.find("★") + std::string_view("★").size();
  return parse_day(text.substr(day, text.rfind("日") + std::string_view("日").size() - day)).has_value();
}

// 7.2.1 to 7.2.3
void check_top_left(const SourceCheck& check) {
  if (const std::string* text = check.known("copy_number"); text && !has_form(*text, "[0-9]{6}"))
    check.error("copy-number-form", check.source["copy_number"], fmt::format("份号 \"{}\" 不合格式", *text),
                "一般用六位数字，例如 \"000001\"");
  if (const std::string* text = check.known("secrecy"); text && !is_secrecy(*text))
    check.error("secrecy-form", check.source["secrecy"], fmt::format("密级和保密期限 \"{}\" 不合格式", *text),
                "例如 秘密★1年、秘密★2026年6月30日：密级为绝密、机密、秘密，期限用阿拉伯数字");
  if (const std::string* text = check.known("urgency"); text && *text != "特急" && *text != "加急")
    check.error("urgency-form", check.source["urgency"], fmt::format("紧急程度不能是 \"{}\"", *text),
                "公文的紧急程度为 特急 或 加急（特提、平急只用于电报）");
}

// 文件, 令, 纪要 and nothing before it.
bool is_without_organ(const std::string& mark) {
  const std::string_view name = trim(mark);
  return name == "文件" || name == "命令" || name == "令" || name == "纪要";
}

// 7.2.4, 10.1 to 10.3
void check_mark(const SourceCheck& check) {
  const Value& mark = check.source["mark"];
  const Format format = format_of(check.source);
  if (mark.is_list() && mark.size() > 1 && format != Format::ordinary)
    return check.error("mark-form", mark, "这种格式只标一个机关的标志",
                       format == Format::letter ? "联合行文的信函使用主办机关标志（GB/T 9704 10.1）" : "");
  for (const Value* each : each_of(mark))
    if (const std::string* text = check.known(*each); text && is_without_organ(*text))
      check.error("mark-form", *each,
                  fmt::format("发文机关标志“{}”里没有机关名称（GB/T 9704 7.2.4）", trim(*text)),
                  "由发文机关全称或者规范化简称加“文件”组成，也可以只用机关名称");
  const std::string* text = check.known(mark);
  if (!text || is_without_organ(*text)) return;
  const std::string name(trim(*text));
  if (format == Format::letter && ends(name, "文件"))
    check.error("mark-form", mark, "信函格式的标志是机关名称，不加“文件”（GB/T 9704 10.1）", "删去“文件”");
  if (format == Format::command && !ends(name, "令"))
    check.error("mark-form", mark, "命令（令）格式的标志由机关全称加“命令”或“令”组成（GB/T 9704 10.2）");
  if (format == Format::minutes && !ends(name, "纪要"))
    check.error("mark-form", mark, "纪要格式的标志由“××××纪要”组成（GB/T 9704 10.3）");
}

// 7.2.6: the line of the number begins one character from the left, the signers end one from the right, two a line.
bool fits_signer_line(const SourceCheck& check) {
  constexpr double kLabel = 4;  // 签发人：
  double widest[2] = {0, 0};
  size_t place = 0;
  for (const Value* signer : each_of(check.source["signer"]))
    widest[place % 2] = std::max(widest[place % 2], title_width(trimmed(*signer))), ++place;
  const double names = widest[0] + (place > 1 ? 1 + widest[1] : 0);
  const double number = title_width(trimmed(check.source["number"]));
  return 1 + number + 1 + kLabel + names + 1 <= kCharacters;
}

// What one line or one page cannot hold would be shrunk past reading or pushed off the first page.
void check_lengths(const SourceCheck& check) {
  struct Length {
    const char *field, *name;
    size_t most;
    const char* why;
  };
  static constexpr Length kLengths[] = {
      {"mark", "发文机关标志", 26, "排成一行后比正文还小"},  // 150 mm hold 26 characters of 3号
      {"number", "发文字号", 28, "一行排不下"},
      {"signer", "签发人姓名", 8, "和发文字号一行排不下"},
      {"organ", "署名", 26, "一行排不下"},
      {"title", "标题", 120, "首页排不下"},  // six lines of 2号
  };
  for (const Length& length : kLengths)
    for (const Value* value : each_of(check.source[length.field])) {
      const std::string* text = check.known(*value);
      const size_t count = text ? count_characters(trim(*text)) : 0;
      if (std::string_view(length.field) == "signer" && fits_signer_line(check)) continue;
      if (count > length.most)
        check.error("too-long", *value, fmt::format("{}有{}个字，{}", length.name, count, length.why),
                    fmt::format("不超过{}个字；机关名称可用规范化简称", length.most));
    }
}

// 7.3.5.3: the post stands two characters left of the stamp, which stands four from the right.
void check_posts(const SourceCheck& check) {
  for (const Value* signature : each_of(check.source["signature"])) {
    const std::string *post = check.known((*signature)["post"]), *name = check.known((*signature)["name"]);
    if (!post || !name) continue;
    const auto width = data::to_decimal((*signature)["width"]);
    const double stamp = (width ? std::stod(width->to_text()) : kStampWidthMm) / kCellMm;
    const size_t room =
        signature->find("picture") ? static_cast<size_t>(std::ceil(stamp)) : count_characters(trim(*name));
    const size_t most = room + 6 < kCharacters ? kCharacters - 6 - room : 0,
                 count = count_characters(trim(*post));
    if (count > most)
      check.error("too-long", (*signature)["post"],
                  fmt::format("签发人职务有{}个字，和签名章一行排不下", count),
                  fmt::format("不超过{}个字；职务可用规范化简称", most));
  }
}

// The kind that a title ends with, whatever stands in brackets behind it: 通知 of …的通知（试行）. 令 alone may end other
// words.
std::string kind_at_end(const std::string& title) {
  std::string text(trim(title));
  if (text.ends_with("）"))
    if (const size_t open = text.rfind("（"); open != text.npos) text.resize(open);
  for (const std::string& kind : kind_names())
    if (text.ends_with(kind)) return kind;
  return "";
}

// 标题 = 机关 + 事由 + 文种 (条例 art. 9); a line of 2号 holds 20 characters.
void check_title(const SourceCheck& check) {
  const Value& value = check.source["title"];
  const std::string* title = check.known(value);
  if (!title || trim(*title).empty()) return;
  const std::string kind = check.kind(), ends_with = kind_at_end(*title);
  if (!kind.empty() && !ends_with.empty() && ends_with != kind)
    check.error("title-kind-differs", value,
                fmt::format("文种是{}，标题却以“{}”结尾（条例第八条、第九条）", kind, ends_with),
                fmt::format("把标题的文种改为“{}”，或把 \"kind\" 改为 {}", kind, ends_with));
  else if (!kind.empty() && kind != "命令（令）" && trim(*title).find(kind) == std::string_view::npos &&
           format_of(check.source) != Format::minutes)
    check.warn("title-without-kind", value, fmt::format("标题没有写明文种“{}”", kind));
  const auto lines = split(std::string(trim(*title)), "\n");
  for (const std::string& line : lines)
    if (lines.size() > 1 && title_width(line) > kTitleCharacters)
      check.warn("title-too-wide", value, fmt::format("标题一行超过20字：{}", line),
                 "在词意完整处换行，排成梯形或菱形");
}

void check_printing(const SourceCheck& check) {
  const Value& source = check.source;
  const bool by = source.find("printed_by"), on = source.find("print_date");
  if (by && !on)
    check.error("missing-field", source["printed_by"], "有印发机关而没有印发日期 \"print_date\"");
  if (on && !by)
    check.error("missing-field", source["print_date"], "有印发日期而没有印发机关 \"printed_by\"");
  if (format_of(source) == Format::letter || by || on) return;
  const bool moved = source.find("to_at_foot") && data::to_boolean(source["to_at_foot"]) == true;
  if (source.find("copy_to") || moved)
    check.error("missing-field", source[moved ? "to_at_foot" : "copy_to"],
                fmt::format("版记里有{}而没有印发机关 \"printed_by\" 和印发日期 \"print_date\"",
                            moved ? "主送机关" : "抄送机关"));
}

// 联合行文: as many of each as there are organs.
void check_joint(const SourceCheck& check) {
  const Value &mark = check.source["mark"], &organ = check.source["organ"], &seal = check.source["seal"];
  const Value& signer = check.source["signer"];
  const size_t organs = each_of(organ).size();
  if (organs == 0) return;
  if (mark.is_list() && mark.size() > 1 && mark.size() != organs)
    check.error("joint-organs-differ", organ,
                fmt::format("发文机关标志有{}个机关，署名有{}个", mark.size(), organs),
                "联合发文机关逐一署名，主办机关在前；标志也可以只用主办机关的");
  if (seal.is_list() && seal.size() != organs)
    check.error("joint-seals-differ", seal, fmt::format("有{}个发文机关，{}枚印章", organs, seal.size()),
                "印章与署名一一对应，顺序相同");
  if (seal.is_map() && organs > 1)
    check.error("joint-seals-differ", seal, fmt::format("有{}个发文机关，只有一枚印章", organs),
                "印章与署名一一对应，写成列表");
  if (const std::string* text = check.known(seal); text && organs > 1 && !data::to_boolean(seal))
    check.error("joint-seals-differ", seal, fmt::format("有{}个发文机关，只有一枚印章", organs),
                "印章与署名一一对应，写成列表");
  if (goes_up(check.kind()) && check.source.find("signer") && each_of(signer).size() != organs)
    check.error("joint-signers-differ", signer,
                fmt::format("有{}个发文机关，{}名签发人", organs, each_of(signer).size()),
                "联合上报的公文由各机关负责人会签，顺序与发文机关相同（GB/T 9704 7.2.6）");
}

void check_width(const SourceCheck& check, const Value& picture) {
  const auto width = data::to_decimal(picture["width"]);
  if (!width) return;
  const double mm = std::stod(width->to_text());
  if (mm < 10 || mm > 60)
    check.error("picture-width", picture["width"], fmt::format("印章宽 {} 毫米，不合情理", width->to_text()),
                "应在 10 到 60 毫米之间；县级机关的印章直径 42 毫米");
}

void check_file(const SourceCheck& check, const Value& file) {
  const std::string* name = check.known(file);
  if (name && !data::to_boolean(file) && !name->ends_with(".png") && !name->ends_with(".PNG"))
    check.error("bad-picture", file, fmt::format("印章不能是 \"{}\"", *name),
                "true、false，或者一个 .png 文件名");
}

void check_pictures(const SourceCheck& check) {
  for (const Value* seal : each_of(check.source["seal"])) {
    check_width(check, *seal);
    check_file(check, seal->is_map() ? (*seal)["picture"] : *seal);
  }
  for (const Value* signature : each_of(check.source["signature"])) {
    check_width(check, *signature);
    check_file(check, (*signature)["picture"]);
    if (signature->find("width") && !signature->find("picture"))
      check.error("missing-field", *signature, "给出了签名章的宽度而没有图片 \"picture\"");
  }
}

// 附注 tells who may read it; a classified document is not for everybody.
void check_publicity(const SourceCheck& check) {
  const std::string* note = check.known("note");
  if (!note || !check.source.find("secrecy")) return;
  for (const char* open : {"公开发布", "主动公开", "公开印发"})
    if (note->find(open) != note->npos && note->find(std::string("不") + open) == note->npos)
      return check.error("secret-published", check.source["note"], fmt::format("涉密公文标了“{}”", open),
                         "删去公开标识，或者先按规定解密");
}

}  // namespace

void check_elements(const SourceCheck& check) {
  check_kind(check);
  check_dates(check);
  check_the_number(check);
  check_top_left(check);
  check_mark(check);
  check_lengths(check);
  check_posts(check);
  check_title(check);
  check_printing(check);
  check_joint(check);
  check_pictures(check);
  check_publicity(check);
}

}  // namespace wenshu::notice
