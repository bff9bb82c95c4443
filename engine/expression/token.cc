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
    while (true) {
      while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r' || peek() == '\f') ++at_;
      if (peek() != '/' || peek(1) != '/') return;
      while (at_ < characters_.size() && peek() != '\n') ++at_;  // a comment
    }
  }

  bool fault(size_t offset, std::string code, std::string message, std::string hint = {}) {
    findings_.error(std::move(code), place_at(place_, text_, offset), std::move(message), std::move(hint));
    return false;
  }

  bool read_token() {
    if (is_digit(peek()) || begins_fraction()) return read_number();
    if (size_t prefix = text_prefix(); prefix != kNoText) return read_text(prefix);
    if (starts_name(peek())) return read_name();
    if (peek() == '`') return read_quoted_name();
    return read_symbol();
  }

  // ".5", but not the dot of a.b or of a()[0].b
  bool begins_fraction() const {
    if (peek() != '.' || !is_digit(peek(1))) return false;
    if (tokens_.empty()) return true;
    const Token& last = tokens_.back();
    return last.kind == Token::Kind::symbol && last.text != ")" && last.text != "]";
  }

  bool read_number() {
    size_t begin = at_;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at_ += 2;
      while (is_digit(peek()) || (peek() >= 'a' && peek() <= 'f') || (peek() >= 'A' && peek() <= 'F')) ++at_;
    } else {
      while (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) ++at_;
      bool sign = peek(1) == '+' || peek(1) == '-';
      if ((peek() == 'e' || peek() == 'E') && is_digit(peek(sign ? 2 : 1))) {
        at_ += sign ? 2 : 1;
        while (is_digit(peek())) ++at_;
      }
    }
    if (peek() == 'u' || peek() == 'U') ++at_;
    add(Token::Kind::number, begin);
    return true;
  }

  // Any key may stand between back quotes after a dot: a.`content-type`.
  bool read_quoted_name() {
    size_t begin = at_++;
    while (at_ < characters_.size() && peek() != '`' && peek() != '\n') ++at_;
    if (peek() != '`') return fault(begin, "unclosed-text", "字段名没有结束的反引号");
    std::string name = to_utf8(std::u32string_view(characters_).substr(begin + 1, at_ - begin - 1));
    ++at_;
    tokens_.push_back({Token::Kind::quoted_name, name, begin});
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
    static constexpr std::u32string_view kOne = U"<>!?:+-*/%().,[]{}";
    for (std::u32string_view two : kTwo) {
      if (std::u32string_view(characters_).substr(at_, 2) == two) return add_symbol(2);
    }
    if (kOne.find(peek()) != kOne.npos) return add_symbol(1);
    return fault(at_, "bad-character", fmt::format("条件中有不认识的字符 “{}”", to_utf8(peek())),
                 hint_for(peek()));
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

  static constexpr size_t kNoText = 9;

  // How many letters (r, b, rb) stand before the quote of a text that begins here, or kNoText.
  size_t text_prefix() const {
    size_t letters = 0;
    while (letters < 2 &&
           (peek(letters) == 'r' || peek(letters) == 'R' || peek(letters) == 'b' || peek(letters) == 'B')) {
      ++letters;
    }
    return peek(letters) == '"' || peek(letters) == '\'' ? letters : kNoText;
  }

  bool read_text(size_t prefix) {
    size_t begin = at_;
    bool raw = false;
    for (; prefix > 0; --prefix, ++at_) {
      if (peek() == 'b' || peek() == 'B') return fault(begin, "no-bytes", "条件中没有字节串", "请用文本");
      raw = true;
    }
    char32_t quote = peek();
    size_t width = peek(1) == quote && peek(2) == quote ? 3 : 1;
    at_ += width;
    std::u32string content;
    while (at_ < characters_.size() && !closes(quote, width) && (width == 3 || peek() != '\n')) {
      char32_t c = characters_[at_++];
      if (c == '\\' && !raw && !read_escape(c)) return false;
      content += c;
    }
    if (!closes(quote, width)) return fault(begin, "unclosed-text", "文本没有结束的引号");
    at_ += width;
    tokens_.push_back({Token::Kind::text, to_utf8(content), begin});
    return true;
  }

  bool closes(char32_t quote, size_t width) const {
    for (size_t i = 0; i < width; ++i) {
      if (peek(i) != quote || at_ + i >= characters_.size()) return false;
    }
    return true;
  }

  // After the backslash: one letter, or the number of a character as \x41 \u5c40 \U00005c40 \101.
  bool read_escape(char32_t& c) {
    static constexpr std::u32string_view kLetters = U"abfnrtv\\?\"'`";
    static constexpr std::u32string_view kMeanings = U"\a\b\f\n\r\t\v\\?\"'`";
    size_t begin = at_ - 1;
    char32_t letter = peek();
    size_t found = kLetters.find(letter);
    if (at_ < characters_.size() && found != kLetters.npos) {
      c = kMeanings[found];
      ++at_;
      return true;
    }
    size_t digits = letter == 'x' || letter == 'X' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    bool octal = letter >= '0' && letter <= '3';
    if (!octal) ++at_;
    if ((digits || octal) && read_code(octal ? 3 : digits, octal ? 8 : 16, c)) return true;
    return fault(begin, "bad-escape", "文本中的转义不认识", R"(例如 \\ \" \' \n \t \u5c40)");
  }

  bool read_code(size_t digits, char32_t base, char32_t& code) {
    code = 0;
    for (size_t i = 0; i < digits; ++i, ++at_) {
      char32_t c = peek();
      char32_t digit = is_digit(c)            ? c - '0'
                       : c >= 'a' && c <= 'f' ? c - 'a' + 10
                       : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                              : 99;
      if (digit >= base) return false;
      code = code * base + digit;
    }
    return code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
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
