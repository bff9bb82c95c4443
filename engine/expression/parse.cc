#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "expression/guard.h"
#include "expression/node.h"
#include "expression/pattern.h"
#include "expression/token.h"

namespace wenshu::expression {
namespace {

using NodePointer = std::shared_ptr<Node>;

// A person cannot read more levels than this, and the stack holds them easily. CEL asks for 32 brackets at least.
constexpr int kMaxDepth = 40;

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
    if (depth_ > kMaxDepth) return too_deep("条件嵌套");
    NodePointer test = chain(Node::Kind::any, "||", [this] { return conjunction(); });
    size_t offset = now().offset;
    if (!test || !accept("?")) return test;
    if (is_symbol(".")) return fault(now(), "unexpected", "条件中没有可选取值 “?.”", "请用 has(…) ? … : …");
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

  // a < b == c compares the outcome; a < b < c is what people write for a < b && b < c.
  NodePointer relation() {
    NodePointer node = sum();
    bool ordering_before = false;
    for (int length = 1; node; ++length) {
      std::optional<Operator> op = relation_operator();
      if (!op) return node;
      bool ordering = *op >= Operator::less && *op <= Operator::greater_equal;
      if (ordering && ordering_before) {
        return fault(now(), "chained-relation", "比较不能连写", "例如 a < b && b < c");
      }
      if (length > kMaxDepth) return too_deep("条件嵌套");
      ordering_before = ordering_before || ordering;
      size_t offset = now().offset;
      ++at_;
      NodePointer right = sum();
      if (!right) return nullptr;
      node = make(Node::Kind::relation, offset, {node, right});
      node->operators = {*op};
    }
    return node;
  }

  NodePointer sum() {
    return arithmetic({{"+", Operator::plus}, {"-", Operator::minus}}, [this] {
      return arithmetic({{"*", Operator::times}, {"/", Operator::divide}, {"%", Operator::modulo}},
                        [this] { return unary(); });
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
    if (!is_symbol("!") && !is_symbol("-")) return member();
    Level level(depth_);
    if (depth_ > kMaxDepth) return too_deep("条件嵌套");
    bool negation = is_symbol("!");
    ++at_;
    if (!negation && now().kind == Token::Kind::number) return member("-");
    NodePointer operand = unary();
    if (!operand) return nullptr;
    return make(negation ? Node::Kind::negation : Node::Kind::opposite, offset, {operand});
  }

  NodePointer too_deep(std::string_view what) {
    return fault(now(), "too-deep", fmt::format("{}超过 {} 层", what, kMaxDepth), "请拆成几个较简单的条件");
  }

  // `sign` stands before a number.
  NodePointer member(std::string_view sign = "") {
    NodePointer node = sign.empty() ? primary() : number(sign);
    for (int length = 1; node && (is_symbol(".") || is_symbol("[")); ++length) {
      if (length > kMaxDepth) return too_deep("字段路径");
      size_t offset = now().offset;
      if (accept(".")) {
        node = select(node);
      } else {
        ++at_;
        if (is_symbol("?")) return fault(now(), "unexpected", "条件中没有可选取值 “[?”");
        NodePointer key = condition();
        if (!key || !expect("]")) return nullptr;
        node = make(Node::Kind::index, offset, {node, key});
      }
    }
    return node;
  }

  // After the dot: a field, or a method and its arguments.
  NodePointer select(const NodePointer& before) {
    Token name = now();
    bool quoted = name.kind == Token::Kind::quoted_name;
    if (name.kind != Token::Kind::name && !quoted) {
      return fault(now(), "missing-name", "“.” 后面缺少字段名");
    }
    ++at_;
    if (!quoted && is_symbol("(")) return call(name, before);
    NodePointer node = make(Node::Kind::field, name.offset, {before});
    node->text = name.text;
    return node;
  }

  NodePointer primary() {
    Token token = now();
    switch (token.kind) {
      case Token::Kind::number:
        return number("");
      case Token::Kind::text: {
        ++at_;
        NodePointer node = make(Node::Kind::text, token.offset);
        node->text = token.text;
        return node;
      }
      case Token::Kind::name:
        return word();
      case Token::Kind::symbol:
        return bracket(token);
      case Token::Kind::quoted_name:
        return fault(token, "unexpected", fmt::format("此处不应是 “`{}`”", token.text),
                     "反引号只用在 “.” 后面");
      case Token::Kind::end:
        break;
    }
    return fault(token, "incomplete", "条件没有写完");
  }

  NodePointer bracket(const Token& token) {
    if (accept("(")) {
      NodePointer inner = condition();
      return inner && expect(")") ? inner : nullptr;
    }
    if (token.text == "[") return list();
    if (token.text == "{") return map();
    if (accept(".")) {  // .name is the field of the data, whatever the variables of macros are called
      if (now().kind != Token::Kind::name) return fault(now(), "missing-name", "“.” 后面缺少字段名");
      NodePointer node = make(Node::Kind::name, now().offset);
      node->text = now().text;
      ++at_;
      return node;
    }
    return fault(token, "unexpected", fmt::format("此处不应是 “{}”", token.text));
  }

  NodePointer number(std::string_view sign) {
    Token token = now();
    std::optional<Number> value = Number::parse_literal(std::string(sign) + token.text);
    if (!value) {
      return fault(token, "bad-number", fmt::format("“{}” 不是可用的数", token.text),
                   "整数在正负 9223372036854775807 以内，小数最多 18 位、小数点后最多 9 位");
    }
    ++at_;
    NodePointer node = make(Node::Kind::number, token.offset);
    node->number = *value;
    return node;
  }

  NodePointer list() {
    NodePointer node = make(Node::Kind::list, now().offset);
    ++at_;
    while (!accept("]")) {
      if (is_symbol("?")) return fault(now(), "unexpected", "条件中没有可选的项 “?”");
      NodePointer item = condition();
      if (!item) return nullptr;
      node->children.push_back(item);
      if (!accept(",") && !is_symbol("]")) return expect("]"), nullptr;
    }
    return node;
  }

  NodePointer map() {
    NodePointer node = make(Node::Kind::map, now().offset);
    ++at_;
    while (!accept("}")) {
      if (is_symbol("?")) return fault(now(), "unexpected", "条件中没有可选的项 “?”");
      NodePointer key = condition();
      if (!key || !expect(":")) return nullptr;
      NodePointer value = condition();
      if (!value) return nullptr;
      node->children.insert(node->children.end(), {key, value});
      if (!accept(",") && !is_symbol("}")) return expect("}"), nullptr;
    }
    return node;
  }

  NodePointer word() {
    static constexpr std::array<std::string_view, 17> kReserved = {
        "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
        "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};
    Token token = now();
    ++at_;
    if (token.text == "true" || token.text == "false") {
      NodePointer node = make(Node::Kind::boolean, token.offset);
      node->truth = token.text == "true";
      return node;
    }
    if (token.text == "null") return make(Node::Kind::null, token.offset);
    if (token.text == "in") return fault(token, "unexpected", "“in” 前面缺少要找的值");
    if (std::find(kReserved.begin(), kReserved.end(), token.text) != kReserved.end()) {
      return fault(token, "reserved-word", fmt::format("“{}” 是保留字，不能单独作字段名", token.text));
    }
    if (is_symbol("(")) return call(token, nullptr);
    auto variable = std::find(scope_.rbegin(), scope_.rend(), token.text);
    bool local = variable != scope_.rend();
    NodePointer node = make(local ? Node::Kind::local : Node::Kind::name, token.offset);
    node->text = token.text;
    if (local) node->slot = static_cast<size_t>(scope_.rend() - variable) - 1;
    return node;
  }

  // name(…), or before.name(…)
  NodePointer call(const Token& name, const NodePointer& before) {
    if (!before && name.text == "has") return has(name);
    const FunctionRow* row = find_function(name.text, before != nullptr, 0);
    if (!row) {
      bool other = find_function(name.text, before == nullptr, 0) != nullptr;
      return fault(name, "unknown-function", fmt::format("没有函数 “{}”", name.text),
                   !other   ? near_name_hint(name.text, function_names(before != nullptr))
                   : before ? fmt::format("写作 {}(…)", name.text)
                            : fmt::format("写在值的后面：值.{}(…)", name.text));
    }
    if (row->style == FunctionRow::Style::macro) return comprehension(name, before);
    NodePointer node = make(Node::Kind::call, name.offset);
    if (before) node->children.push_back(before);
    if (!arguments(*node)) return nullptr;
    size_t given = node->children.size() - (before ? 1 : 0);
    row = find_function(name.text, before != nullptr, given);
    if (given < row->least || given > row->most) {
      return fault(name, "bad-argument",
                   fmt::format("函数 “{}” 要 {} 个参数，写了 {} 个", name.text,
                               row->least == row->most ? std::to_string(row->least)
                                                       : fmt::format("{} 至 {}", row->least, row->most),
                               given));
    }
    node->function = row->function;
    return row->function == Function::matches ? with_pattern(node) : node;
  }

  bool arguments(Node& node) {
    expect("(");
    while (!accept(")")) {
      NodePointer argument = condition();
      if (!argument) return false;
      node.children.push_back(argument);
      if (!accept(",") && !is_symbol(")")) return expect(")");
    }
    return true;
  }

  NodePointer with_pattern(const NodePointer& node) {
    const Node& pattern = node->child(1);
    if (pattern.kind != Node::Kind::text) return node;
    std::string why;
    node->pattern = Pattern::compile(pattern.text, why);
    if (node->pattern) return node;
    findings_.error("bad-pattern", place_at(place_, text_, pattern.offset), "匹配式不对：" + why,
                    "写法见 RE2，例如 '^县教〔[0-9]{4}〕'");
    return nullptr;
  }

  NodePointer has(const Token& function) {
    expect("(");
    Token inside = now();
    NodePointer argument = condition();
    if (!argument || !expect(")")) return nullptr;
    if (argument->kind != Node::Kind::field && argument->kind != Node::Kind::name) {
      return fault(inside, "bad-argument", "has() 里只能写字段", "例如 has(application.reason)");
    }
    return make(Node::Kind::has, function.offset, {argument});
  }

  // list.all(row, condition) and its kin; `row` is known inside the brackets alone.
  NodePointer comprehension(const Token& name, const NodePointer& before) {
    NodePointer node = make(Node::Kind::comprehension, name.offset, {before});
    node->slot = scope_.size();
    expect("(");
    Token variable = now();
    if (variable.kind != Token::Kind::name) {
      return fault(variable, "bad-argument", fmt::format("“{}” 的第一个参数是各项的名字", name.text),
                   "例如 rows.all(row, row.hours > 0)");
    }
    ++at_;
    scope_.push_back(variable.text);
    bool good = true;
    while (good && accept(",")) {
      NodePointer part = condition();
      good = part != nullptr;
      if (good) node->children.push_back(part);
    }
    scope_.pop_back();
    if (!good || !expect(")")) return nullptr;
    size_t given = node->children.size();
    const FunctionRow* row = find_function(name.text, true, given);
    if (given < row->least || given > row->most) {
      return fault(name, "bad-argument", fmt::format("“{}” 的参数个数不对", name.text),
                   fmt::format("例如 rows.{}(row, row.hours > 0)", name.text));
    }
    node->function = row->function;
    return node;
  }

  std::string_view text_;
  const Place& place_;
  Diagnostics& findings_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
  std::vector<std::string> scope_;  // variables of the macros around, outermost first
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
