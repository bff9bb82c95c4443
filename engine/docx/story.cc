#include "docx/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace wenshu::docx {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool begins_story(std::string_view name) {
  return is_one_of(name, {"w:txbxContent", "w:footnote", "w:endnote", "w:comment"});
}

// What annotate.h wrote quotes faulty tags; it is no part of the template.
bool is_own_comment(const pugi::xml_node& node) {
  return std::string_view(node.name()) == "w:comment" &&
         std::string_view(node.attribute("w:author").value()) == "文枢";
}

class Collector {
 public:
  explicit Collector(std::vector<Story>& stories) : stories_(stories) {}

  void collect(const pugi::xml_node& root, const std::string& prefix) {
    stories_.emplace_back();
    Counters counters;
    walk(root, prefix, counters, stories_.size() - 1);
  }

 private:
  struct Counters {
    int paragraphs = 0, tables = 0;
    bool cell = false;  // then the cell is place enough
  };

  void walk(const pugi::xml_node& node, const std::string& prefix, Counters& counters, size_t story) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:p") {
        const std::string spot =
            counters.cell ? prefix : prefix + fmt::format("第{}段", ++counters.paragraphs);
        stories_[story].push_back({child, spot});
        find_boxes(child, spot);
      } else if (name == "w:tbl") {
        walk_table(child, prefix + fmt::format("{}第{}个表格", counters.cell ? "内" : "", ++counters.tables),
                   story);
      } else if (is_own_comment(child)) {
        continue;
      } else if (begins_story(name)) {
        collect(child, prefix);
      } else {
        walk(child, prefix, counters, story);
      }
    }
  }

  void walk_table(const pugi::xml_node& table, const std::string& prefix, size_t story) {
    int row = 0;
    walk_rows(table, prefix, row, story);
  }

  // Rows may stand in content controls.
  void walk_rows(const pugi::xml_node& node, const std::string& prefix, int& row, size_t story) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:tr") {
        int column = 0;
        walk_cells(child, prefix + fmt::format("第{}行", ++row), column, story);
      } else if (is_one_of(name, {"w:sdt", "w:sdtContent", "w:customXml"})) {
        walk_rows(child, prefix, row, story);
      }
    }
  }

  void walk_cells(const pugi::xml_node& node, const std::string& prefix, int& column, size_t story) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:tc") {
        Counters counters;
        counters.cell = true;
        walk(child, prefix + fmt::format("第{}列", ++column), counters, story);
      } else if (is_one_of(name, {"w:sdt", "w:sdtContent", "w:customXml"})) {
        walk_cells(child, prefix, column, story);
      }
    }
  }

  void find_boxes(const pugi::xml_node& node, const std::string& spot) {
    for (const pugi::xml_node& child : node.children()) {
      if (std::string_view(child.name()) == "w:txbxContent") {
        collect(child, spot + "的文本框");
      } else {
        find_boxes(child, spot);
      }
    }
  }

  std::vector<Story>& stories_;
};

void read_runs(const pugi::xml_node& node, ParagraphText& result) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:t") {
      const size_t begin = result.text.size();
      for (const pugi::xml_node& text : child.children()) result.text += text.value();
      std::replace(result.text.begin() + static_cast<std::ptrdiff_t>(begin), result.text.end(), '\n', ' ');
      result.segments.push_back({child, begin, result.text.size()});
    } else if (is_one_of(name, {"w:r", "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt",
                                "w:sdtContent", "w:fldSimple", "w:customXml", "w:bdo", "w:dir"})) {
      read_runs(child, result);
    } else if (!is_one_of(name, {"w:pPr",
                                 "w:rPr",
                                 "w:sdtPr",
                                 "w:sdtEndPr",
                                 "w:proofErr",
                                 "w:bookmarkStart",
                                 "w:bookmarkEnd",
                                 "w:lastRenderedPageBreak",
                                 "w:del",
                                 "w:moveFrom",
                                 "w:permStart",
                                 "w:permEnd",
                                 "w:commentRangeStart",
                                 "w:commentRangeEnd",
                                 "w:smartTagPr",
                                 "w:customXmlPr",
                                 "w:moveFromRangeStart",
                                 "w:moveFromRangeEnd",
                                 "w:moveToRangeStart",
                                 "w:moveToRangeEnd"}) &&
               child.type() == pugi::node_element) {
      result.text += '\n';
    }
  }
}

}  // namespace

std::vector<Story> collect_stories(const pugi::xml_node& root, const std::string& prefix) {
  std::vector<Story> stories;
  Collector(stories).collect(root, prefix);
  return stories;
}

ParagraphText read_paragraph(const pugi::xml_node& paragraph) {
  ParagraphText result;
  read_runs(paragraph, result);
  return result;
}

namespace {

// Fields that are open, innermost last; what is closed goes to `codes`.
void collect_codes(const pugi::xml_node& node, std::vector<ParagraphText>& open,
                   std::vector<ParagraphText>& codes) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:fldChar") {
      const std::string_view type = child.attribute("w:fldCharType").value();
      if (type == "begin") open.emplace_back();
      if (type == "end" && !open.empty()) {
        codes.push_back(std::move(open.back()));
        open.pop_back();
      }
    } else if (name == "w:instrText" && !open.empty()) {
      ParagraphText& code = open.back();
      const size_t begin = code.text.size();
      code.text += child.child_value();
      code.segments.push_back({child, begin, code.text.size()});
    } else if (!begins_story(name) && name != "w:p") {
      collect_codes(child, open, codes);
    }
  }
}

}  // namespace

std::vector<ParagraphText> read_field_codes(const pugi::xml_node& paragraph) {
  std::vector<ParagraphText> open, codes;
  collect_codes(paragraph, open, codes);
  for (ParagraphText& code : open) codes.push_back(std::move(code));  // ends in a later paragraph
  return codes;
}

pugi::xml_node find_around(const pugi::xml_node& node, const char* name) {
  for (pugi::xml_node around = node.parent(); around; around = around.parent()) {
    if (std::string_view(around.name()) == name) return around;
    if (begins_story(around.name())) break;
  }
  return {};
}

}  // namespace wenshu::docx
