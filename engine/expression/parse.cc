#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "expression/guard.h"
#include "expression/node.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using NodePointer = std::shared_ptr<Node>;

// A person cannot read more levels than this, and the stack holds them easily.
constexpr int kMaxDepth = 32;

// One method for each rule of the grammar in guard.h. A fault is reported once; then every method returns
// null.
class Parser {
 public:
  Parser(std::string_view text, const Place& place, std::vector<Token> tokens, Diagnostics& findings)
      : text_(text), place_(place), findings_(findings), tokens_(std::move(tokens)) {}

  NodePointer parse() {
    NodePointer root = condition();
    if (root && now().kind != Token::Kind::end) {
      return fault(now(), "unexpected", fmt::format("此处多出 “{}”", now().text));
    }
    return root;
  }

 private:
  struct Level {  // one step deeper while it lives
    explicit Level(int& depth) : depth_(++depth) {}
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    int& depth_;
  };

  const Token& now() const { return tokens_[at_]; }
  bool is_symbol(std::string_view symbol) const {
    return now().kind == Token::Kind::symbol && now().text == symbol;
  }
  bool is_word(std::string_view word) const { return now().kind == Token::Kind::name && now().text == word; }
  bool accept(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++at_;
    return true;
  }
  bool expect(std::string_view symbol) {
    if (accept(symbol)) return true;
    fault(now(), "missing-symbol", fmt::format("此处缺少 “{}”", symbol));
    return false;
  }

  NodePointer fault(const Token& at, std::string code, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place_at(place_, text_, at.offset), std::move(message), std::move(hint));
    return nullptr;
  }

  static NodePointer make(Node::Kind kind, size_t offset,
                          std::vector<std::shared_ptr<const Node>> children = {}) {
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->offset = offset;
    node->children = std::move(children);
    return node;
  }

  NodePointer condition() {
    Level level(depth_);
    if (depth_ > kMaxDepth) {
      return fault(now(), "too-deep", fmt::format("条件嵌套超过 {} 层", kMaxDepth), "请拆成几个较简单的条件");
    }
    NodePointer test = chain(Node::Kind::any, "||", [this] { return conjunction(); });
    size_t offset = now().offset;
    if (!test || !accept("?")) return test;
    NodePointer yes = chain(Node::Kind::any, "||", [this] { return conjunction(); });
    if (!yes || !expect(":")) return nullptr;
    NodePointer no = condition();
    return no ? make(Node::Kind::conditional, offset, {test, yes, no}) : nullptr;
  }

  NodePointer conjunction() {
    return chain(Node::Kind::all, "&&", [this] { return relation(); });
  }

  template <class Part>
  NodePointer chain(Node::Kind kind, std::string_view symbol, Part part) {
    NodePointer first = part();
    size_t offset = now().offset;
    if (!first || !is_symbol(symbol)) return first;
    NodePointer node = make(kind, offset, {first});
    while (accept(symbol)) {
      NodePointer next = part();
      if (!next) return nullptr;
      node->children.push_back(next);
    }
    return node;
  }

  std::optional<Operator> relation_operator() const {
    static const std::map<std::string, Operator, std::less<>> kOperators = {
        {"==", Operator::equal},      {"!=", Operator::unequal}, {"<", Operator::less},
        {"<=", Operator::less_equal}, {">", Operator::greater},  {">=", Operator::greater_equal}};
    if (is_word("in")) return Operator::in;
    if (now().kind != Token::Kind::symbol) return std::nullopt;
    auto found = kOperators.find(now().text);
    return found == kOperators.end() ? std::nullopt : std::optional(found->second);
  }

  NodePointer relation() {
    NodePointer left = sum();
    std::optional<Operator> op = left ? relation_operator() : std::nullopt;
    if (!op) return left;
    size_t offset = now().offset;
    ++at_;
    NodePointer right = sum();
    if (!right) return nullptr;
    if (relation_operator()) return fault(now(), "chained-relation", "比较不能连写", "例如 a < b && b < c");
    NodePointer node = make(Node::Kind::relation, offset, {left, right});
    node->operators = {*op};
    return node;
  }

  NodePointer sum() {
    return arithmetic({{"+", Operator::plus}, {"-", Operator::minus}}, [this] {
      return arithmetic({{"*", Operator::times}}, [this] { return unary(); });
    });
  }

  template <class Part>
  NodePointer arithmetic(const std::map<std::string, Operator>& operators, Part part) {
    NodePointer first = part();
    auto op = [&] {
      return now().kind == Token::Kind::symbol ? operators.find(now().text) : operators.end();
    };
    if (!first || op() == operators.end()) return first;
    NodePointer node = make(Node::Kind::arithmetic, now().offset, {first});
    for (auto found = op(); found != operators.end(); found = op()) {
      ++at_;
      NodePointer next = part();
      if (!next) return nullptr;
      node->operators.push_back(found->second);
      node->children.push_back(next);
    }
    return node;
  }

  NodePointer unary() {
    size_t offset = now().offset;
    if (is_symbol("!") || is_symbol("-")) {
      Level level(depth_);
      if (depth_ > kMaxDepth) {
        return fault(now(), "too-deep", fmt::format("条件嵌套超过 {} 层", kMaxDepth),
                     "请拆成几个较简单的条件");
      }
      bool negation = is_symbol("!");
      ++at_;
      NodePointer operand = unary();
      if (!operand) return nullptr;
      return make(negation ? Node::Kind::negation : Node::Kind::opposite, offset, {operand});
    }
    return member();
  }

  NodePointer member() {
    NodePointer node = primary();
    for (int length = 1; node && (is_symbol(".") || is_symbol("[")); ++length) {
      if (length > kMaxDepth) {
        return fault(now(), "too-deep", fmt::format("字段路径超过 {} 层", kMaxDepth));
      }
      size_t offset = now().offset;
      if (accept(".")) {
        if (now().kind != Token::Kind::name) return fault(now(), "missing-name", "“.” 后面缺少字段名");
        node = make(Node::Kind::field, now().offset, {node});
        node->text = now().text;
        ++at_;
      } else {
        ++at_;
        NodePointer key = condition();
        if (!key || !expect("]")) return nullptr;
        node = make(Node::Kind::index, offset, {node, key});
      }
    }
    return node;
  }

  NodePointer primary() {
    Token token = now();
    switch (token.kind) {
      case Token::Kind::number:
        return number();
      case Token::Kind::text: {
        ++at_;
        NodePointer node = make(Node::Kind::text, token.offset);
        node->text = token.text;
        return node;
      }
      case Token::Kind::name:
        return word();
      case Token::Kind::symbol:
        if (accept("(")) {
          NodePointer inner = condition();
          return inner && expect(")") ? inner : nullptr;
        }
        if (token.text == "[") return list();
        return fault(token, "unexpected", fmt::format("此处不应是 “{}”", token.text));
      case Token::Kind::end:
        break;
    }
    return fault(token, "incomplete", "条件没有写完");
  }

  NodePointer number() {
    Token token = now();
    std::optional<Decimal> value = Decimal::parse(token.text);
    if (!value) return fault(token, "bad-number", fmt::format("“{}” 不是可用的数", token.text));
    ++at_;
    NodePointer node = make(Node::Kind::number, token.offset);
    node->number = *value;
    return node;
  }

  NodePointer list() {
    NodePointer node = make(Node::Kind::list, now().offset);
    ++at_;
    if (accept("]")) return node;
    do {
      NodePointer item = condition();
      if (!item) return nullptr;
      node->children.push_back(item);
    } while (accept(","));
    return expect("]") ? node : nullptr;
  }

  NodePointer word() {
    Token token = now();
    ++at_;
    if (token.text == "true" || token.text == "false") {
      NodePointer node = make(Node::Kind::boolean, token.offset);
      node->truth = token.text == "true";
      return node;
    }
    if (token.text == "null") return make(Node::Kind::null, token.offset);
    if (token.text == "in") return fault(token, "unexpected", "“in” 前面缺少要找的值");
    if (is_symbol("(")) return call(token);
    NodePointer node = make(Node::Kind::name, token.offset);
    node->text = token.text;
    return node;
  }

  NodePointer call(const Token& function) {
    static const std::vector<std::string> kFunctions = {"size", "has"};
    if (function.text != "size" && function.text != "has") {
      return fault(function, "unknown-function", fmt::format("没有函数 “{}”", function.text),
                   near_name_hint(function.text, kFunctions));
    }
    ++at_;
    Token inside = now();
    NodePointer argument = condition();
    if (!argument || !expect(")")) return nullptr;
    if (function.text == "size") return make(Node::Kind::size, function.offset, {argument});
    if (argument->kind != Node::Kind::field && argument->kind != Node::Kind::name) {
      return fault(inside, "bad-argument", "has() 里只能写字段", "例如 has(application.reason)");
    }
    return make(Node::Kind::has, function.offset, {argument});
  }

  std::string_view text_;
  const Place& place_;
  Diagnostics& findings_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<Guard> parse_guard(std::string_view text, const Place& place, Diagnostics& findings) {
  if (find_malformed_utf8(text)) {
    findings.error("bad-encoding", place, "条件不是 UTF-8 文本");
    return std::nullopt;
  }
  std::optional<std::vector<Token>> tokens = split_tokens(text, place, findings);
  if (!tokens) return std::nullopt;
  std::shared_ptr<const Node> root = Parser(text, place, std::move(*tokens), findings).parse();
  if (!root) return std::nullopt;
  return Guard(std::string(text), place, std::move(root));
}

}  // namespace wenshu::expression
