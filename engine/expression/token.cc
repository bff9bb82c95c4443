#include "expression/token.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace wenshu::expression {
namespace {

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

// Chinese characters of the basic plane and the supplementary ideographic planes.
bool is_ideograph(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3007;
}

bool starts_name(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_ideograph(c);
}

class Splitter {
 public:
  Splitter(std::string_view text, const Place& place, Diagnostics& findings)
      : text_(text), characters_(to_characters(text)), place_(place), findings_(findings) {}

  std::optional<std::vector<Token>> split() {
    while (skip_blanks(), at_ < characters_.size()) {
      if (!read_token()) return std::nullopt;
    }
    tokens_.push_back({Token::Kind::end, "", characters_.size()});
    return std::move(tokens_);
  }

 private:
  char32_t peek(size_t ahead = 0) const {
    return at_ + ahead < characters_.size() ? characters_[at_ + ahead] : U'\0';
  }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  void fault(size_t offset, std::string code, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place_at(place_, text_, offset), std::move(message), std::move(hint));
  }

  bool read_token() {
    if (is_digit(peek())) return read_number();
    if (starts_name(peek())) return read_name();
    if (peek() == '"' || peek() == '\'') return read_text();
    return read_symbol();
  }

  bool read_number() {
    size_t begin = at_;
    while (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) ++at_;
    add(Token::Kind::number, begin);
    return true;
  }

  // An identifier of a file may hold "-", a name in a guard may not: there it is the minus sign.
  bool read_name() {
    size_t begin = at_;
    while (starts_name(peek()) || is_digit(peek())) ++at_;
    add(Token::Kind::name, begin);
    return true;
  }

  bool read_symbol() {
    static constexpr std::array kTwo = {U"&&", U"||", U"==", U"!=", U"<=", U">="};
    static constexpr std::u32string_view kOne = U"<>!?:+-*().,[]";
    for (std::u32string_view two : kTwo) {
      if (std::u32string_view(characters_).substr(at_, 2) == two) return add_symbol(2);
    }
    if (kOne.find(peek()) != kOne.npos) return add_symbol(1);
    fault(at_, "bad-character", fmt::format("条件中有不认识的字符 “{}”", to_utf8(peek())), hint_for(peek()));
    return false;
  }

  // The slips of people who type guards with a Chinese input method or in another language.
  static std::string hint_for(char32_t c) {
    static constexpr std::u32string_view kWide = U"（）“”‘’，。＝＜＞！？：＋－＊．［］";
    if (kWide.find(c) != kWide.npos) return "请改用半角符号";
    if (c == '=') return "相等写作 ==";
    if (c == '&') return "并且写作 &&";
    if (c == '|') return "或者写作 ||";
    return {};
  }

  bool read_text() {
    size_t begin = at_;
    char32_t quote = characters_[at_++];
    std::u32string content;
    while (at_ < characters_.size() && peek() != quote) {
      char32_t c = characters_[at_++];
      if (c == '\\' && !read_escape(c)) return false;
      content += c;
    }
    if (at_ == characters_.size()) {
      fault(begin, "unclosed-text", "文本没有结束的引号");
      return false;
    }
    ++at_;
    tokens_.push_back({Token::Kind::text, to_utf8(content), begin});
    return true;
  }

  bool read_escape(char32_t& c) {
    char32_t escaped = peek();
    switch (escaped) {
      case 'n':
        c = '\n';
        break;
      case 't':
        c = '\t';
        break;
      case '\\':
      case '"':
      case '\'':
        c = escaped;
        break;
      default:
        fault(at_ - 1, "bad-escape", "文本中的转义不认识", R"(可用的转义: \\ \" \' \n \t)");
        return false;
    }
    ++at_;
    return true;
  }

  bool add_symbol(size_t length) {
    at_ += length;
    add(Token::Kind::symbol, at_ - length);
    return true;
  }

  void add(Token::Kind kind, size_t begin) {
    tokens_.push_back({kind, to_utf8(std::u32string_view(characters_).substr(begin, at_ - begin)), begin});
  }

  std::string_view text_;
  std::u32string characters_;
  const Place& place_;
  Diagnostics& findings_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> split_tokens(std::string_view text, const Place& place,
                                               Diagnostics& findings) {
  return Splitter(text, place, findings).split();
}

Place place_at(const Place& place, std::string_view text, size_t offset) {
  Place at = place;
  if (place.line == 0) {
    at.spot += fmt::format("{}第{}个字符", at.spot.empty() ? "" : " ", offset + 1);
    return at;
  }
  std::u32string characters = to_characters(text);
  size_t line_begin = 0;
  for (size_t i = 0; i < offset && i < characters.size(); ++i) {
    if (characters[i] != '\n') continue;
    line_begin = i + 1;
    ++at.line;
  }
  int before = at.line == place.line ? place.column : 1;
  at.column = before + static_cast<int>(offset - line_begin);
  return at;
}

}  // namespace wenshu::expression
