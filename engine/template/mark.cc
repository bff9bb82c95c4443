#include "template/mark.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace wenshu::templates {
namespace {

// Each gives a sentence about an argument that does not fit, or "".
std::string nothing(std::string_view argument) { return argument.empty() ? "" : "后面不写别的"; }
std::string free_text(std::string_view) { return ""; }
std::string some_text(std::string_view argument) { return argument.empty() ? "后面要写文字" : ""; }

std::string direction(std::string_view argument) {
  return argument.empty() || argument == "down" || argument == "across" || argument == "both"
             ? ""
             : "后面写 down、across 或 both，或不写";
}

std::string count(std::string_view argument) {
  constexpr int kMost = 1000;  // rows of a form; more is a list
  const bool digits = !argument.empty() && argument.size() <= 4 &&
                      argument.find_first_not_of("0123456789") == std::string_view::npos;
  const int number = digits ? std::stoi(std::string(argument)) : 0;
  return number >= 1 && number <= kMost ? "" : fmt::format("后面要写行数，1 到 {}", kMost);
}

struct Entry {
  const char* name;
  MarkOn on;
  const char* argument_word;
  std::string (*fault)(std::string_view argument);
  const char* does;
  const char* tag;  // an example
};

// A new mark is one line here, one file docx/mark_NAME.cc, one line in docx/mark_table.cc, and
// `wenshu tags --marks > engine/template/MARKS.md`.
constexpr std::array kMarks = {
    Entry{"merge", MarkOn::value, "[across 或 both]", direction,
          "与相邻的同内容单元格合并：向下（不写时）、向右、两个方向；不越过上一级的记录", "{{系部 | merge}}"},
    Entry{"picture", MarkOn::value, "[宽 [高]] [floating]", free_text,
          "图片，内容是文件名（PNG、JPEG）；给了宽高（毫米）时不变形地放进去，floating 浮于文字上方",
          "{{照片 | picture 25 35}}"},
    Entry{"seal", MarkOn::value, "[直径] [behind]", free_text,
          "印章，中心落在标签处偏上，压住署名和日期；内容是列表时几枚排成一行；behind 衬在文字下面",
          "{{印章 | seal 42}}"},
    Entry{"qr", MarkOn::value, "[边长]", free_text, "二维码，边长含四周留白（毫米，不给时 25）",
          "{{网址 | qr 20}}"},
    Entry{"link", MarkOn::value, "[文字]", free_text, "超链接；可给显示的文字；内容也可以是 {title, url}",
          "{{网址 | link 报名入口}}"},
    Entry{"footnote", MarkOn::value, "", nothing, "脚注，标签处是注码", "{{说明 | footnote}}"},
    Entry{"markdown", MarkOn::value, "", nothing, "带格式的文字：**粗** *斜* 标题 列表 表格",
          "{{正文 | markdown}}"},
    Entry{"document", MarkOn::value, "", nothing, "插入另一个 .docx 的正文，内容是文件名，标签独占一段",
          "{{附件 | document}}"},
    Entry{"pad", MarkOn::section, "行数", count, "不足几项时补空白，凑满固定的行数", "{{#rows | pad 20}}"},
    Entry{"group", MarkOn::section, "栏目", some_text,
          "按一栏分组，每组一轮：里面有这一栏、这一组的 {{#rows}}，小计写 {{rows.学时 | sum}}",
          "{{#rows | group 学科}}"},
    Entry{"every", MarkOn::section, "项数", count,
          "每几项一轮，里面有这几项的 {{#rows}}：固定行数的分页表，本页小计写 {{rows.学时 | sum}}",
          "{{#rows | every 20}}"},
    Entry{"columns", MarkOn::section, "", nothing, "按列重复：两个标签之间的单元格每项一列",
          "{{#科目 | columns}}"},
    Entry{"timetable", MarkOn::section, "行 列", free_text, "把记录排成课程表",
          "{{#课 | timetable 节次 星期}}"},
    Entry{"new-page", MarkOn::section, "", nothing, "每项另起一页", "{{#人员 | new-page}}"},
    Entry{"new-section", MarkOn::section, "", nothing, "每项另起一节，页码可以重新编",
          "{{#人员 | new-section}}"},
    Entry{"separator", MarkOn::section, "文字", some_text, "各项之间写什么（同一段之内）",
          "{{#姓名 | separator 、}}"},
    Entry{"restart", MarkOn::section, "", nothing, "每项里的自动编号重新从 1 开始", "{{#人员 | restart}}"},
};

const Entry* find_entry(std::string_view name, MarkOn on) {
  const auto entry = std::find_if(kMarks.begin(), kMarks.end(),
                                  [&](const Entry& each) { return each.name == name && each.on == on; });
  return entry == kMarks.end() ? nullptr : &*entry;
}

const char* word(MarkOn on) { return on == MarkOn::value ? "内容" : "区段"; }

}  // namespace

std::vector<std::string> mark_names(MarkOn on) {
  std::vector<std::string> names;
  for (const Entry& entry : kMarks)
    if (entry.on == on) names.emplace_back(entry.name);
  return names;
}

bool is_mark(std::string_view name, MarkOn on) { return find_entry(name, on) != nullptr; }

std::string check_mark(const Mark& mark, MarkOn on) {
  const std::string fault = find_entry(mark.name, on)->fault(mark.argument);
  return fault.empty() ? "" : fmt::format("{} {}", mark.name, fault);
}

std::string marks_page() {
  std::string page =
      "# 标签的版面词\n\n"
      "`wenshu tags --marks` 由程序里的表生成本页，不要手改。版面词写在竖线之后，只用在 Word "
      "模板里：它不改内容，"
      "而改标签周围的版面。\n\n"
      "| 版面词 | 用于 | 后面写 | 作用 | 标签 |\n|---|---|---|---|---|\n";
  for (const Entry& entry : kMarks)
    page += fmt::format("| `{}` | {} | {} | {} | `{}` |\n", entry.name, word(entry.on), entry.argument_word,
                        replace_all(entry.does, "|", "\\|"), replace_all(entry.tag, "|", "\\|"));
  return page;
}

data::Value marks_value() {
  data::Value list = data::Value::list();
  for (const Entry& entry : kMarks) {
    data::Value& item = list.add(data::Value::map());
    item.set("name", entry.name);
    item.set("on", entry.on == MarkOn::value ? "value" : "section");
    item.set("argument", entry.argument_word);
    item.set("does", entry.does);
    item.set("tag", entry.tag);
  }
  return list;
}

}  // namespace wenshu::templates
