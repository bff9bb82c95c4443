#include "docx/field.h"

#include <string_view>

#include "docx/story.h"

namespace wenshu::docx {
namespace {

bool is(const pugi::xml_node& node, std::string_view name) { return node.name() == name; }

void split_run(pugi::xml_node run) {
  std::vector<pugi::xml_node> content;
  bool has_field = false;
  for (const pugi::xml_node& child : run.children()) {
    if (child.type() != pugi::node_element || is(child, "w:rPr")) continue;
    content.push_back(child);
    has_field = has_field || is(child, "w:fldChar") || is(child, "w:instrText");
  }
  if (!has_field) return;
  for (size_t i = 0; i + 1 < content.size(); ++i) {
    pugi::xml_node part = run.parent().insert_child_before("w:r", run);
    for (const pugi::xml_attribute& attribute : run.attributes()) part.append_copy(attribute);
    if (const pugi::xml_node format = run.child("w:rPr")) part.append_copy(format);
    part.append_move(content[i]);
  }
}

void split_runs(pugi::xml_node node) {
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (is(child, "w:r")) split_run(child);
    split_runs(child);
  }
}

class FieldCollector {
 public:
  std::vector<Field> collect(const pugi::xml_node& root) {
    walk(root);
    return std::move(all_);
  }

 private:
  struct Open {
    Field field;
    bool shows = false;  // behind its separator
  };

  void walk(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      if (is(child, "w:del") || is(child, "w:moveFrom")) continue;
      if (is(child, "w:txbxContent") || is(child, "w:footnote") || is(child, "w:endnote")) {
        for (Field& field : FieldCollector().collect(child)) all_.push_back(std::move(field));
      } else if (is(child, "w:fldSimple")) {
        begin(child);
        open_.back().field.instruction.push_back({child.attribute("w:instr").value(), {}});
        open_.back().shows = true;
        walk(child);
        end(child);
      } else if (is(child, "w:r")) {
        read_run(child);
        walk(child);  // text boxes
      } else {
        walk(child);
      }
    }
  }

  void read_run(const pugi::xml_node& run) {
    for (const pugi::xml_node& child : run.children()) {
      const std::string_view type = child.attribute("w:fldCharType").value();
      if (is(child, "w:fldChar") && type == "begin") begin(run);
      if (open_.empty()) continue;
      if (is(child, "w:fldChar") && type == "separate") open_.back().shows = true;
      if (is(child, "w:fldChar") && type == "end") end(run);
      if (open_.empty()) continue;
      Open& top = open_.back();
      if (is(child, "w:instrText") && !top.shows) top.field.instruction.push_back({child.text().get(), {}});
      if (!is(child, "w:fldChar") && !is(child, "w:rPr") && top.shows && !top.field.shown)
        top.field.shown = run;
    }
  }

  void begin(const pugi::xml_node& node) {
    open_.emplace_back();
    open_.back().field.first = node;
    open_.back().field.paragraph = find_around(node, "w:p");
  }

  void end(const pugi::xml_node& node) {
    Field field = std::move(open_.back().field);
    open_.pop_back();
    field.last = node;
    if (open_.empty()) {
      all_.push_back(std::move(field));
      return;
    }
    Open& around = open_.back();
    if (!around.shows) {
      around.field.instruction.push_back({"", {}});
      around.field.instruction.back().field.push_back(std::move(field));
    } else {
      around.field.result.push_back(std::move(field));
    }
  }

  std::vector<Open> open_;
  std::vector<Field> all_;
};

}  // namespace

std::vector<Field> collect_fields(pugi::xml_node root) {
  split_runs(root);
  return FieldCollector().collect(root);
}

}  // namespace wenshu::docx
