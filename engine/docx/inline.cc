#include "docx/inline.h"

#include <algorithm>
#include <string_view>

namespace wenshu::docx {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_page_field(std::string_view code) {
  const size_t begin = code.find_first_not_of(' ');
  if (begin == code.npos) return false;
  const std::string_view word = code.substr(begin, code.find_first_of(" \\", begin) - begin);
  return word == "PAGE" || word == "Page" || word == "page";
}

class Collector {
 public:
  std::vector<Inline> collect(const pugi::xml_node& paragraph) {
    walk(paragraph);
    return std::move(found_);
  }

 private:
  struct Field {
    std::string code;
    bool shows = false;  // behind w:separate
  };

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:r") {
        read_run(child);
      } else if (name == "w:fldSimple") {
        fields_.push_back({child.attribute("w:instr").value(), true});
        walk(child);
        fields_.pop_back();
      } else if (is_one_of(name, {"w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent",
                                  "w:customXml", "w:bdo", "w:dir"})) {
        walk(child);
      }
    }
  }

  bool is_code() const { return !fields_.empty() && !fields_.back().shows; }
  bool is_page_number() const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [](const Field& each) { return is_page_field(each.code); });
  }

  void read_run(const pugi::xml_node& run) {
    for (const pugi::xml_node& child : run.children()) {
      const std::string_view name = child.name();
      if (name == "w:fldChar")
        read_mark(child.attribute("w:fldCharType").value());
      else if (name == "w:instrText" && is_code())
        fields_.back().code += child.child_value();
      else if (!is_code())
        read_content(run, child, name);
    }
  }

  void read_mark(std::string_view type) {
    if (type == "begin") fields_.emplace_back();
    if (fields_.empty()) return;
    if (type == "separate") fields_.back().shows = true;
    if (type == "end") fields_.pop_back();
  }

  void read_content(const pugi::xml_node& run, const pugi::xml_node& child, std::string_view name) {
    using Kind = Inline::Kind;
    const auto add = [&](Kind kind, std::string text) {
      found_.push_back({kind, run, child, std::move(text), is_page_number()});
    };
    if (name == "w:t") {
      std::string text;
      for (const pugi::xml_node& piece : child.children()) text += piece.value();
      std::replace(text.begin(), text.end(), '\n', ' ');
      add(Kind::text, std::move(text));
    } else if (name == "w:tab" || name == "w:ptab") {
      add(Kind::tab, "\t");
    } else if (name == "w:br" || name == "w:cr") {
      const std::string_view type = child.attribute("w:type").value();
      const bool page = type == "page" || type == "column";
      add(page ? Kind::page_break : Kind::line_break, page ? "" : "\n");
    } else if (name == "w:noBreakHyphen") {
      add(Kind::text, "-");
    } else if (is_one_of(name, {"w:drawing", "w:pict", "w:object"})) {
      add(Kind::drawing, "");
    } else if (name == "mc:AlternateContent") {  // the first choice; Fallback says the same again
      for (const pugi::xml_node& inside : child.child("mc:Choice").children())
        read_content(run, inside, inside.name());
    }
  }

  std::vector<Inline> found_;
  std::vector<Field> fields_;
};

void add_paragraphs(const pugi::xml_node& node, std::vector<pugi::xml_node>& all) {
  for (const pugi::xml_node& child : node.children()) {
    if (std::string_view(child.name()) == "w:p") all.push_back(child);
    add_paragraphs(child, all);
  }
}

}  // namespace

std::vector<Inline> read_inline(const pugi::xml_node& paragraph) { return Collector().collect(paragraph); }

std::vector<pugi::xml_node> all_paragraphs(const pugi::xml_node& root) {
  std::vector<pugi::xml_node> all;
  add_paragraphs(root, all);
  return all;
}

}  // namespace wenshu::docx
