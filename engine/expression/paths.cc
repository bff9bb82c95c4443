#include "expression/paths.h"

#include <algorithm>
#include <map>

#include "expression/guard.h"
#include "expression/node.h"

namespace wenshu::expression {
namespace {

// The path of a field of the data, or of a row that a macro goes through; nothing for what is calculated.
class Walker {
 public:
  explicit Walker(bool by_columns) : by_columns_(by_columns) {}
  std::vector<std::string> walk(const Node& node) {
    visit(node);
    return std::move(paths_);
  }

 private:
  std::optional<std::string> path_of(const Node& node) {
    switch (node.kind) {
      case Node::Kind::name:
        return node.text;
      case Node::Kind::local:
        return locals_[node.slot];
      case Node::Kind::field: {
        std::optional<std::string> before = path_of(node.child(0));
        return before ? std::optional(*before + "." + node.text) : std::nullopt;
      }
      case Node::Kind::index: {
        const Node& key = node.child(1);
        std::optional<std::string> before = path_of(node.child(0));
        if (before && key.kind == Node::Kind::text) return *before + "." + key.text;
        return before;
      }
      case Node::Kind::comprehension:  // filter leaves the rows as they are
        return node.function == Function::filter ? path_of(node.child(0)) : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  void visit(const Node& node) {
    if (std::optional<std::string> path = path_of(node)) add(*path);
    if (walk_path(node)) return;
    if (node.kind == Node::Kind::comprehension) return go_through(node);
    for (const auto& child : node.children) visit(*child);
  }

  void go_through(const Node& macro) {
    visit_range(macro.child(0));
    locals_.resize(macro.slot);
    locals_.push_back(path_of(macro.child(0)));
    for (size_t i = 1; i < macro.children.size(); ++i) visit(macro.child(i));
  }

  void visit_range(const Node& range) {
    if (by_columns_ && is_name(range)) return;
    const bool filters = range.kind == Node::Kind::comprehension && range.function == Function::filter;
    if (by_columns_ && filters) return go_through(range);
    visit(range);
  }

  // A path says it all: of what it is made, only the keys in [ ] are looked at.
  bool walk_path(const Node& node) {
    if (node.kind != Node::Kind::field && node.kind != Node::Kind::index) return false;
    const Node* inner = &node;
    std::vector<const Node*> keys;
    for (; inner->kind == Node::Kind::field || inner->kind == Node::Kind::index; inner = &inner->child(0)) {
      if (inner->kind == Node::Kind::index) keys.push_back(&inner->child(1));
    }
    if (inner->kind != Node::Kind::name && inner->kind != Node::Kind::local) return false;
    for (const Node* key : keys) visit(*key);
    return true;
  }

  static bool is_name(const Node& node) {
    return node.kind == Node::Kind::name || (node.kind == Node::Kind::field && is_name(node.child(0)));
  }

  void add(const std::string& path) {
    if (std::find(paths_.begin(), paths_.end(), path) == paths_.end()) paths_.push_back(path);
  }

  const bool by_columns_;
  std::vector<std::string> paths_;
  std::vector<std::optional<std::string>> locals_;
};

}  // namespace

std::vector<std::string> paths_read(const Guard& guard) { return Walker(false).walk(guard.root()); }

std::vector<std::string> columns_read(const Guard& guard) { return Walker(true).walk(guard.root()); }

}  // namespace wenshu::expression
