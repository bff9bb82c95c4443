#include "pdf/bookmarks.h"

#include <string>

#include "base/text.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr double kPoints = 72 / 25.4;

struct Node {
  HPDF_Dict object = nullptr;
  size_t parent = 0;  // 0 is the root
  std::vector<size_t> children;
  size_t below = 0;  // all descendants
};

std::string hex_string(const std::string& utf8) {
  std::string text = "<FEFF";
  for (const char32_t c : to_characters(utf8)) text += utf16_hex(c);
  return text + ">";
}

// Node i + 1 is entry i.
std::vector<Node> make_tree(const std::vector<document::OutlineEntry>& outline) {
  std::vector<Node> nodes(outline.size() + 1);
  std::vector<size_t> path = {0};  // from the root to the latest entry
  for (size_t i = 0; i < outline.size(); ++i) {
    while (path.size() > 1 && outline[path.back() - 1].level >= outline[i].level) path.pop_back();
    nodes[i + 1].parent = path.back();
    nodes[path.back()].children.push_back(i + 1);
    for (const size_t above : path) ++nodes[above].below;
    path.push_back(i + 1);
  }
  return nodes;
}

}  // namespace

void write_bookmarks(Haru& haru, const std::vector<document::OutlineEntry>& outline,
                     const std::vector<Target>& pages) {
  if (outline.empty()) return;
  std::vector<Node> nodes = make_tree(outline);
  for (size_t i = 0; i < nodes.size(); ++i) {
    std::string entries = i == 0 ? "/Type /Outlines" : "/Title " + hex_string(outline[i - 1].text);
    if (nodes[i].below > 0) entries += " /Count " + std::to_string(nodes[i].below);
    nodes[i].object = haru.add_dictionary(entries);
  }
  for (size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (i > 0) {
      const document::OutlineEntry& entry = outline[i - 1];
      const Target& target = pages.at(entry.page);
      haru.refer_destination(node.object, target.page, (target.height_mm - entry.y_mm) * kPoints);
      haru.refer(node.object, "Parent", nodes[node.parent].object);
    }
    if (node.children.empty()) continue;
    haru.refer(node.object, "First", nodes[node.children.front()].object);
    haru.refer(node.object, "Last", nodes[node.children.back()].object);
    for (size_t k = 0; k + 1 < node.children.size(); ++k) {
      haru.refer(nodes[node.children[k]].object, "Next", nodes[node.children[k + 1]].object);
      haru.refer(nodes[node.children[k + 1]].object, "Prev", nodes[node.children[k]].object);
    }
  }
  haru.refer(haru.catalog(), "Outlines", nodes[0].object);
}

}  // namespace wenshu::pdf
