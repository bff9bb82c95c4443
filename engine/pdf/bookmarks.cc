#include "pdf/bookmarks.h"

#include <string>

#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr double kPoints = 72 / 25.4;

struct Node {
  Object object;
  size_t parent = 0;  // 0 is the root
  std::vector<size_t> children;
  size_t below = 0;  // all descendants
};

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

Object write_bookmarks(Haru& haru, const std::vector<document::OutlineEntry>& outline,
                       const std::vector<Target>& pages) {
  std::vector<Node> nodes = make_tree(outline);
  for (Node& node : nodes) node.object = haru.add();
  std::vector<std::string> entries(nodes.size());
  const auto refer = [&](size_t from, const char* key, size_t to) {
    entries[from] += key;
    append_reference(entries[from], nodes[to].object);
  };
  for (size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (i == 0) {
      entries[i] += "/Type /Outlines";
    } else {
      const document::OutlineEntry& entry = outline[i - 1];
      const Target& target = pages.at(entry.page);
      entries[i] += "/Title ";
      append_text_string(entries[i], entry.text);
      entries[i] += " /Dest [";
      append_reference(entries[i], target.page);
      entries[i] += " /XYZ null ";
      append_number(entries[i], (target.height_mm - entry.y_mm) * kPoints);
      entries[i] += " null]";
      refer(i, " /Parent ", node.parent);
    }
    if (node.below > 0) entries[i] += " /Count " + std::to_string(node.below);
    if (node.children.empty()) continue;
    refer(i, " /First ", node.children.front());
    refer(i, " /Last ", node.children.back());
    for (size_t k = 0; k + 1 < node.children.size(); ++k) {
      refer(node.children[k], " /Next ", node.children[k + 1]);
      refer(node.children[k + 1], " /Prev ", node.children[k]);
    }
  }
  for (size_t i = 0; i < nodes.size(); ++i) haru.set(nodes[i].object, std::move(entries[i]));
  return nodes.front().object;
}

}  // namespace wenshu::pdf
