#include "docx/mail_merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "docx/field.h"
#include "docx/field_code.h"
#include "docx/mail_merge_source.h"
#include "docx/open.h"
#include "docx/story.h"
#include "package/archive.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr double kEmuPerMillimetre = 36'000;

bool is_one_of(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_name_character(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
         c == U'·' ||
         (c >= 0x2E80 && !(c >= 0xFF00 && c <= 0xFF5E) && c != 0x3000 && !(c >= 0x3001 && c <= 0x303F));
}

// The heading of a column as the name of a tag.
std::string path_of(const std::string& heading) {
  std::u32string path;
  for (const char32_t c : to_characters(trim(heading))) path += is_name_character(c) ? c : U'_';
  return to_utf8(path);
}

// Converts the fields of one part.
class PartConverter {
 public:
  PartConverter(std::string file, bool is_directory, Diagnostics& findings,
                std::vector<ConvertedField>& fields)
      : file_(std::move(file)), is_directory_(is_directory), findings_(findings), fields_(fields) {}

  // True when something was changed.
  bool convert(pugi::xml_node root, const std::string& prefix) {
    for (const Story& story : collect_stories(root, prefix))
      for (const StoryParagraph& paragraph : story) spots_[paragraph.node] = paragraph.spot;
    const size_t before = fields_.size();
    for (const Field& field : collect_fields(root)) convert(field);
    return fields_.size() != before;
  }

 private:
  Place place_of(const Field& field) const {
    const auto spot = spots_.find(field.paragraph);
    return {file_, 0, 0, spot == spots_.end() ? "" : spot->second};
  }

  static std::string written(const Field& field) {
    std::string text;
    for (const InstructionPart& part : field.instruction)
      text += part.field.empty() ? part.text : "{ " + written(part.field[0]) + " }";
    return std::string(trim(text));
  }

  void refuse(const Field& field, const std::string& hint) {
    findings_.error("field-not-converted", place_of(field),
                    fmt::format("域 {{ {} }} 不能转换成标签", written(field)), hint);
  }

  void convert(const Field& field) {
    const FieldCode code = read_code(field);
    std::optional<std::string> text;
    if (code.name == "MERGEFIELD") {
      text = value_of(field, code);
    } else if (code.name == "INCLUDEPICTURE") {
      text = picture_of(field, code);
      if (!text && !holds_merge_field(field)) return;
    } else if (code.name == "IF") {
      if (!holds_merge_field(field)) return;
      text = sections_of(field, code);
    } else if (code.name == "MERGEREC" || code.name == "MERGESEQ") {
      if (is_directory_)
        text = "{{@index}}";
      else
        refuse(field, "记录的序号只能写在 {{#rows}} 与 {{/rows}} 之间，写作 {{@index}}");
    } else if (is_one_of(code.name, {"NEXT", "NEXTIF", "SKIPIF"})) {
      refuse(field, "标签模板用 {{#rows}} … {{/rows}} 逐条写出，不需要跳到下一条；不要的记录先在数据里删去");
    } else if (is_one_of(code.name, {"ASK", "FILLIN", "SET", "ADDRESSBLOCK", "GREETINGLINE"})) {
      refuse(field, "在 Word 里把它换成要用的合并域，再转换");
    } else if (holds_merge_field(field)) {
      refuse(field, "合并域在别的域里面；在 Word 里把它改为普通文字和合并域，再转换");
    } else {
      for (const Field& inside : field.result) convert(inside);
    }
    if (text && !text->empty()) replace(field, *text);
  }

  static bool holds_merge_field(const Field& field) {
    return std::any_of(field.instruction.begin(), field.instruction.end(), [](const InstructionPart& part) {
      return !part.field.empty() &&
             (read_code(part.field[0]).name == "MERGEFIELD" || holds_merge_field(part.field[0]));
    });
  }

  // The name of a MERGEFIELD as a tag has it; "" after a finding.
  std::string name_of(const Field& field, const FieldCode& code) {
    std::string heading;
    for (const CodeWord& word : code.words) heading += (heading.empty() ? "" : " ") + word.text();
    const std::string path = path_of(heading);
    if (path.empty()) refuse(field, "合并域没有写名称");
    if (!path.empty() && path != heading)
      findings_.warning(
          "field-renamed", place_of(field),
          fmt::format("合并域“{}”改名为“{}”，标签的名称只能由字母、数字、汉字和 - _ 组成", heading, path),
          "数据表的栏目也改成这个名称");
    return path;
  }

  std::optional<std::string> value_of(const Field& field, const FieldCode& code) {
    const std::string path = name_of(field, code);
    if (path.empty()) return std::nullopt;
    std::vector<std::string> lost;
    const std::string tag = "{{" + path + formatters_of(code, lost) + "}}";
    for (const std::string& each : lost)
      findings_.warning("switch-dropped", place_of(field),
                        fmt::format("合并域“{}”的开关 {} 没有相应的格式，已略去", path, each),
                        "wenshu tags --formatters 列出全部格式");
    return tag;
  }

  // { INCLUDEPICTURE "{ MERGEFIELD 照片 }" } with the size of the picture it shows.
  std::optional<std::string> picture_of(const Field& field, const FieldCode& code) {
    const Field* inside = code.words.size() == 1 ? code.words[0].field() : nullptr;
    if (!inside || read_code(*inside).name != "MERGEFIELD") {
      if (holds_merge_field(field))
        refuse(field, "写成 {{照片 | picture 25mm 35mm}}，数据里给出图片的文件名");
      return std::nullopt;
    }
    const std::string path = name_of(*inside, read_code(*inside));
    if (path.empty()) return std::nullopt;
    const pugi::xml_node extent = find_extent(field.shown);
    const double width = extent.attribute("cx").as_double(), height = extent.attribute("cy").as_double();
    if (width <= 0 || height <= 0) return "{{" + path + " | picture}}";
    return fmt::format("{{{{{} | picture {:.0f}mm {:.0f}mm}}}}", path, width / kEmuPerMillimetre,
                       height / kEmuPerMillimetre);
  }

  static pugi::xml_node find_extent(const pugi::xml_node& run) {
    return run.find_node(
        [](const pugi::xml_node& node) { return std::string_view(node.name()) == "wp:extent"; });
  }

  // { IF { MERGEFIELD 备注 } <> "" "备注：{ MERGEFIELD 备注 }" "" }: a section, of whether there is something or of a
  // comparison.
  std::optional<std::string> sections_of(const Field& field, const FieldCode& code) {
    const Field* asked = code.words.size() == 4 || code.words.size() == 5 ? code.words[0].field() : nullptr;
    if (!asked || read_code(*asked).name != "MERGEFIELD" || code.words[2].field() || !field.in_one_place()) {
      refuse(
          field,
          "只有拿一个合并域与文字或数字比较的 IF 域能转换；其余的在数据里先算好，再用 {{#名称}} … {{/名称}}");
      return std::nullopt;
    }
    const std::string path = name_of(*asked, read_code(*asked));
    if (path.empty()) return std::nullopt;
    const std::string sign = code.words[1].text(), with = code.words[2].text();
    const bool asks_for_something = with.empty() && (sign == "=" || sign == "<>");
    const auto condition = asks_for_something ? path : comparison_of(field, path, sign, with);
    const auto when_true = branch_of(field, code.words[3]);
    const auto when_false = code.words.size() == 5 ? branch_of(field, code.words[4]) : std::string();
    if (!condition || !when_true || !when_false) return std::nullopt;
    const bool turned = asks_for_something && sign == "=";
    const std::string end = asks_for_something ? path : "";
    const auto section = [&](const char* sigil, const std::string& text) {
      return text.empty() ? "" : fmt::format("{{{{{}{}}}}}{}{{{{/{}}}}}", sigil, *condition, text, end);
    };
    return section("#", turned ? *when_false : *when_true) + section("^", turned ? *when_true : *when_false);
  }

  // 学时 >= 24, 系部 == '教务处': in the expression language. What is not there is simply not equal.
  std::optional<std::string> comparison_of(const Field& field, const std::string& path,
                                           const std::string& sign, const std::string& with) {
    constexpr std::pair<const char*, const char*> kSigns[] = {{"=", "=="}, {"<>", "!="}, {">", ">"},
                                                              {"<", "<"},  {">=", ">="}, {"<=", "<="}};
    const auto known = std::find_if(std::begin(kSigns), std::end(kSigns),
                                    [&](const auto& each) { return each.first == sign; });
    if (known == std::end(kSigns)) {
      refuse(field, "IF 域的比较符号只能是 = <> > < >= <=");
      return std::nullopt;
    }
    if (with.find_first_of("*?") != std::string::npos) {
      refuse(field, "IF 域里的 * 和 ? 是通配符，标签里没有；在数据里先算好，再用 {{#名称}} … {{/名称}}");
      return std::nullopt;
    }
    if (path.find_first_of("-") != std::string::npos || path.find("·") != std::string::npos ||
        (path[0] >= '0' && path[0] <= '9')) {
      refuse(field,
             fmt::format("条件里的名称“{}”不能有 - 和 ·，不能以数字开头；先在数据里给这一列改名", path));
      return std::nullopt;
    }
    const bool number = !with.empty() && with.find_first_not_of("0123456789.") == std::string::npos &&
                        with.front() != '.' && with.back() != '.';
    const std::string text = "'" + replace_all(replace_all(with, "\\", "\\\\"), "'", "\\'") + "'";
    return fmt::format("{} {} {} | missing blank", path, known->second, number ? with : text);
  }

  std::optional<std::string> branch_of(const Field& field, const CodeWord& word) {
    std::string text;
    for (const InstructionPart& part : word.parts) {
      text += part.text;
      if (part.field.empty()) continue;
      const FieldCode inside = read_code(part.field[0]);
      const auto value = inside.name == "MERGEFIELD" ? value_of(part.field[0], inside) : std::nullopt;
      if (!value) {
        refuse(field, "IF 域里还有别的域；在 Word 里把它们拆开，再转换");
        return std::nullopt;
      }
      text += *value;
    }
    return text;
  }

  // One run in place of the field, with the format of what it showed.
  void replace(const Field& field, const std::string& text) {
    if (!field.in_one_place()) return refuse(field, "域跨了几段；在 Word 里重新插入它，再转换");
    fields_.push_back({written(field), text, place_of(field)});
    pugi::xml_node parent = field.first.parent();
    const bool simple = std::string_view(field.first.name()) == "w:fldSimple";
    pugi::xml_node run = parent.insert_child_before("w:r", field.first);
    const pugi::xml_node like = field.shown ? field.shown : simple ? field.first.child("w:r") : field.first;
    if (const pugi::xml_node format = like.child("w:rPr")) run.append_copy(format).remove_child("w:noProof");
    pugi::xml_node words = run.append_child("w:t");
    words.append_attribute("xml:space") = "preserve";
    words.text().set(text.c_str());
    for (pugi::xml_node node = field.first; node;) {
      const pugi::xml_node next = node == field.last ? pugi::xml_node() : node.next_sibling();
      const std::string_view name = node.name();
      if (name == "w:r" || name == "w:fldSimple" || name == "w:proofErr" || name == "w:hyperlink")
        parent.remove_child(node);
      node = next;
    }
  }

  std::string file_;
  bool is_directory_;
  Diagnostics& findings_;
  std::vector<ConvertedField>& fields_;
  std::map<pugi::xml_node, std::string> spots_;
};

// Where a part of text stands in the words of findings; nothing for other parts.
std::optional<std::string> prefix_of(const std::string& name) {
  const std::string file = name.substr(name.rfind('/') + 1);
  if (name == "word/document.xml") return "";
  if (!name.starts_with("word/") || !name.ends_with(".xml")) return std::nullopt;
  if (file.starts_with("header")) return "页眉（" + file + "）";
  if (file.starts_with("footer")) return "页脚（" + file + "）";
  if (file == "footnotes.xml") return "脚注";
  if (file == "endnotes.xml") return "尾注";
  return std::nullopt;
}

void add_section_tag(pugi::xml_node paragraph, const char* tag) {
  paragraph.append_child("w:r").append_child("w:t").text().set(tag);
}

// Around all that stands in the body.
void repeat_body(pugi::xml_node root) {
  pugi::xml_node body = root.child("w:body");
  add_section_tag(body.prepend_child("w:p"), "{{#rows}}");
  const pugi::xml_node last = body.last_child();
  const bool has_section = std::string_view(last.name()) == "w:sectPr";
  add_section_tag(has_section ? body.insert_child_before("w:p", last) : body.append_child("w:p"),
                  "{{/rows}}");
}

}  // namespace

std::optional<ConvertedMerge> convert_mail_merge(std::string_view bytes, std::string_view display_name,
                                                 Diagnostics& findings) {
  Diagnostics here;
  ConvertedMerge converted;
  std::map<std::string, std::string> changed;
  const auto archive = open_word(bytes, display_name, here);
  const std::string file(display_name);
  if (archive && !archive->has("word/document.xml"))
    here.error("not-a-docx", {file}, "不是 Word 文件（没有 word/document.xml）", "用 Word 另存为 .docx");
  MergeSource source;
  if (archive && !here.has_errors()) source = cut_source(*archive, display_name, here, changed);
  for (const std::string& name : archive ? archive->names() : std::vector<std::string>()) {
    const auto prefix = prefix_of(name);
    if (!prefix || here.has_errors()) continue;
    auto part = xml::parse_part(archive->read(name), display_name, name, here);
    if (!part) continue;
    const pugi::xml_node root = part->document_element();
    const bool is_body = name == "word/document.xml";
    const bool is_changed =
        PartConverter(file, source.is_directory && is_body, here, converted.fields).convert(root, *prefix);
    if (source.is_directory && is_body) repeat_body(root);
    if (is_changed || (source.is_directory && is_body)) changed[name] = xml::to_bytes(*part);
  }
  if (!here.has_errors() && converted.fields.empty())
    here.error("no-merge-fields", {file}, "文件里没有邮件合并的域", "核对文件：应是插入了合并域的主文档");
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  package::ArchiveWriter writer;
  for (const std::string& name : archive->names()) {
    if (is_one_of(name, source.dropped)) continue;
    const auto found = changed.find(name);
    writer.add(name, found == changed.end() ? archive->read(name) : found->second);
  }
  converted.bytes = writer.finish();
  return converted;
}

}  // namespace wenshu::docx
