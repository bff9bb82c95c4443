// The door to simdjson. Its on-demand reader checks only what one looks at, so everything is looked at here:
// all strings are decoded, all other tokens are held against the grammar of RFC 8259.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/pages.h"
#include "base/text.h"
#include "data/load.h"
#include "data/source.h"
#include "data/table.h"

namespace wenshu::data {
namespace {

namespace json = simdjson::ondemand;

// Reference platform 6.3.
constexpr size_t kMaxBytes = 64u << 20;
constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxNodes =
    1'000'000;  // a node costs some 400 bytes as a Value: half a gigabyte at the most

// Ends the walk; its finding is already written.
struct Stop {};

std::string_view take_digits(std::string_view& token) {
  size_t end = std::min(token.find_first_not_of("0123456789"), token.size());
  std::string_view digits = token.substr(0, end);
  token.remove_prefix(end);
  return digits;
}

// -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
bool is_number(std::string_view token) {
  if (token.starts_with('-')) token.remove_prefix(1);
  std::string_view whole = take_digits(token);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
  if (token.starts_with('.')) {
    token.remove_prefix(1);
    if (take_digits(token).empty()) return false;
  }
  if (token.starts_with('e') || token.starts_with('E')) {
    token.remove_prefix(1);
    if (token.starts_with('+') || token.starts_with('-')) token.remove_prefix(1);
    if (take_digits(token).empty()) return false;
  }
  return token.empty();
}

std::string_view without_trailing_blanks(std::string_view token) {
  size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

class Walker {
 public:
  // With `rows` the items of a list at the top go there.
  Walker(std::string_view text, std::string_view file, const RowSink& rows, Diagnostics& findings)
      : text_(text),
        begin_(text.data()),
        file_(file),
        origin_(StoredPlace::keep({std::string(file)})),
        walk_(text),
        rows_(rows),
        findings_(findings) {}

  Value read_document(json::document& document) {
    document_ = &document;
    Value root = read(document, 1);
    // What follows a container stands where the reader is; a lone scalar is not consumed, so its token must
    // be all.
    if (next_ < text_.size()) fail_at(next_, "内容结束之后还有文字", "请删去多余的文字");
    return root;
  }

  // Faults in strings, which the first pass of simdjson finds without saying where.
  [[noreturn]] void fail_in_strings() {
    size_t opened = text_.size();
    bool inside = false;
    for (size_t i = 0; i < text_.size(); ++i) {
      char c = text_[i];
      if (inside && c == '\\') {
        ++i;
      } else if (c == '"') {
        inside = !inside;
        opened = i;
      } else if (inside && c == '\t') {
        fail_at(i, "文字里不能直接写制表符（Tab）", "请写成 \\t");
      } else if (inside && (c == '\n' || c == '\r')) {
        break;
      }
    }
    fail_at(opened, "引号没有配对，或文字里直接换了行", "请补上引号；换行要写成 \\n");
  }

  [[noreturn]] void fail_at(size_t at, std::string_view message, std::string_view hint) {
    findings_.error("bad-json", place(at), std::string(message), std::string(hint));
    throw Stop();
  }

 private:
  // Of a fault, wherever it is; the nodes come in the order of the text.
  Place place(size_t at) const { return place_at(file_, Lines(text_).at(at)); }
  StoredPlace place_of_node(size_t at) {
    const Position position = walk_.at(at);
    return {origin_, position.line, position.column};
  }
  size_t offset(const char* at) const { return std::min(static_cast<size_t>(at - begin_), text_.size()); }

  // simdjson knows that brackets do not match as soon as it begins, not which ones.
  [[noreturn]] void fail_at_bracket() {
    std::vector<size_t> open;
    bool inside = false;
    for (size_t i = 0; i < text_.size(); ++i) {
      char c = text_[i];
      if (inside && c == '\\') {
        ++i;
      } else if (c == '"') {
        inside = !inside;
      } else if (!inside && (c == '[' || c == '{')) {
        open.push_back(i);
      } else if (!inside && (c == ']' || c == '}')) {
        if (open.empty()) fail_at(i, fmt::format("多出了 {}", c), "请删去");
        char opener = text_[open.back()];
        if ((opener == '[') != (c == ']')) {
          fail_at(i, fmt::format("{} 与第 {} 行的 {} 不配对", c, place(open.back()).line, opener),
                  kCloseHint);
        }
        open.pop_back();
      }
    }
    if (open.empty()) fail_at(text_.size(), "内容结束之后还有文字", "请删去多余的文字");
    fail_at(open.back(), fmt::format("{} 没有配对", text_[open.back()]), kCloseHint);
  }

  static constexpr std::string_view kCloseHint = "请补上 ] 或 }";

  // simdjson stops behind the token it did not expect; `next_` is that token, or the comma or bracket before
  // it.
  [[noreturn]] void fail_here(simdjson::error_code error) {
    size_t at = next_;
    bool is_separator = at < text_.size() && (text_[at] == ',' || text_[at] == '{' || text_[at] == '[');
    if (is_separator) at = std::min(text_.find_first_not_of(" \t\r\n", at + 1), text_.size());
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || at == text_.size()) fail_at_bracket();
    if (error == simdjson::STRING_ERROR) fail_at(at, "文字里的 \\ 转义写法不对", "反斜杠要写成 \\\\");
    fail_at(at, "这里少了逗号、冒号或引号，或多了逗号", "字段名和文字都要用英文双引号；最后一项后面不要逗号");
  }

  // `source` is the document or a value within it: simdjson gives both the same words.
  template <typename Source>
  Value read(Source& source, size_t depth) {
    std::string_view token;
    if (auto error = simdjson::simdjson_result<std::string_view>(source.raw_json_token()).get(token)) {
      fail_here(error);
    }
    size_t begin = next_ = offset(token.data());
    check_limits(begin, depth);
    token = text_.substr(begin, token.size());
    char first = token.empty() ? '\0' : token.front();
    StoredPlace where = place_of_node(begin);
    Value value = first == '['   ? read_list(source, depth)
                  : first == '{' ? read_map(source, depth)
                  : first == '"' ? read_string(source, token)
                                 : read_token(begin, token);
    value.set_place(where);
    return value;
  }

  void check_limits(size_t at, size_t depth) {
    if (depth > kMaxDepth) {
      findings_.error("too-deep", place(at), fmt::format("嵌套过深，上限为 {} 层", kMaxDepth));
      throw Stop();
    }
    if (++nodes_ > kMaxNodes) {
      findings_.error("too-many-nodes", place(at), fmt::format("内容过多，上限为 {} 项", kMaxNodes),
                      "请拆成几个文件");
      throw Stop();
    }
  }

  template <typename Source>
  Value read_list(Source& source, size_t depth) {
    json::array array;
    if (auto error = source.get_array().get(array)) fail_here(error);
    Value list = Value::list();
    for (auto element : array) {
      json::value item;
      if (auto error = std::move(element).get(item)) fail_here(error);
      if (depth > 1 || !rows_) {
        list.add(read(item, depth + 1));
      } else {
        rows_(read(item, depth + 1));
        nodes_ = 1;  // the others are gone
      }
    }
    move_behind_container();
    return list;
  }

  template <typename Source>
  Value read_map(Source& source, size_t depth) {
    json::object object;
    if (auto error = source.get_object().get(object)) fail_here(error);
    Value map = Value::map();
    map.entries().reserve(width_);  // rows of a table are alike
    Keys keys;
    for (auto element : object) {
      json::field field;
      if (auto error = std::move(element).get(field)) fail_here(error);
      read_field(field, map, keys, depth);
    }
    width_ = std::min(map.size(), kFewKeys);
    move_behind_container();
    return map;
  }

  // The keys of a map are few as a rule: then looking through them is faster than an index.
  using Keys = std::unordered_map<std::string, int>;  // line of each key; empty while they are few
  static constexpr size_t kFewKeys = 16;

  static std::optional<int> line_of_key(const Value& map, Keys& keys, const std::string& key) {
    if (map.size() < kFewKeys) {
      const auto& entries = map.entries();
      const auto found =
          std::find_if(entries.begin(), entries.end(), [&](const Value::Entry& e) { return e.key == key; });
      return found == entries.end() ? std::nullopt : std::optional(found->key_place.line());
    }
    if (keys.empty())
      for (const Value::Entry& entry : map.entries()) keys.emplace(entry.key, entry.key_place.line());
    const auto found = keys.find(key);
    return found == keys.end() ? std::nullopt : std::optional(found->second);
  }

  void read_field(json::field& field, Value& map, Keys& keys, size_t depth) {
    size_t at = next_ = offset(field.key().raw()) - 1;  // raw() begins behind the quote
    const StoredPlace key_place = place_of_node(at);
    const size_t end = std::min(text_.find_first_of("\"\\", at + 1), text_.size());
    std::string key(text_.substr(at + 1, end - at - 1));
    if (end < text_.size() && text_[end] == '\\') {  // as with texts
      std::string_view unescaped;
      if (auto error = field.unescaped_key().get(unescaped)) fail_here(error);
      key = unescaped;
      check_characters(key, at);
    }
    const std::optional<int> earlier = line_of_key(map, keys, key);
    if (earlier) {
      findings_.error("duplicate-key", key_place, fmt::format("字段 \"{}\" 重复", key),
                      fmt::format("第一次写在第 {} 行，请删去一处", *earlier));
    }
    const std::string_view around = std::exchange(field_, key);
    Value value = read(field.value(), depth + 1);
    field_ = around;
    if (earlier) return;
    if (!keys.empty()) keys.emplace(key, key_place.line());
    map.entries().emplace_back(std::move(key), key_place, std::move(value));
  }

  template <typename Source>
  Value read_string(Source& source, std::string_view token) {
    if (token.find('\\') ==
        token.npos) {  // as it is written: simdjson would copy it first, a page for every page
      json::raw_json_string raw;
      if (auto error = source.get_raw_json_string().get(raw)) fail_here(error);
      next_ += token.size();
      return Value(std::string(token.substr(1, token.rfind('"') - 1)));
    }
    std::string_view unescaped;
    if (auto error = source.get_string().get(unescaped)) fail_here(error);
    std::string text(unescaped);
    check_characters(text, next_);  // the source is checked: only what is written with \ can hide a fault
    next_ += token.size();
    return Value(std::move(text));
  }

  Value read_token(size_t begin, std::string_view token) {
    next_ = begin + token.size();
    token = without_trailing_blanks(token);
    if (token == "null") return Value();
    if (token == "true" || token == "false") return Value::boolean(token == "true");
    if (is_number(token)) return Value::number(std::string(token));
    bool is_missing = token.empty() || token == "]" || token == "}" || token == "," || token == ":";
    if (is_missing) fail_at(begin, "这里少了一个值", "最后一项后面不要逗号");
    fail_at(begin, "不认识的写法", "文字要用英文双引号；数字不能以 0、+ 或小数点开头");
  }

  void check_characters(const std::string& text, size_t at_byte) {
    if (find_malformed_utf8(text)) {  // half of a \uD83D\uDE00 pair
      findings_.error("bad-json", place(at_byte), "文字里的 \\u 转义不是字符", "请直接写出这个字符");
    } else if (auto at = find_forbidden_character(text)) {
      if (field_.empty()) return report_forbidden(text, *at, place(at_byte), findings_);
      const char32_t character = to_characters(std::string_view(text).substr(*at, 4)).front();
      findings_.error("forbidden-character", place(at_byte),
                      fmt::format("字段“{}”有不可用的控制字符 {}", field_, code_point_name(character)),
                      "请删去这个字符");
    }
  }

  void move_behind_container() {
    const char* here = nullptr;
    bool is_inside = document_->current_location().get(here) == simdjson::SUCCESS;
    next_ = is_inside ? offset(here) : text_.size();
  }

  std::string_view text_;
  const char* begin_;
  std::string_view file_;
  StoredPlace::OriginId origin_;
  Walk walk_;
  const RowSink& rows_;
  Diagnostics& findings_;
  json::document* document_ = nullptr;
  std::string_view field_;  // whose value is read
  size_t nodes_ = 0;
  size_t width_ = 0;  // of the map read last
  size_t next_ = 0;   // the token that comes next
};

std::optional<Value> walk(simdjson::padded_string_view text, std::string_view name, const RowSink& rows,
                          Diagnostics& findings) {
  Walker walker(text, name, rows, findings);
  try {
    json::parser parser;
    json::document document;
    simdjson::error_code error = parser.iterate(text).get(document);
    if (error == simdjson::EMPTY) walker.fail_at(0, "文件是空的", "");
    if (error == simdjson::UNCLOSED_STRING || error == simdjson::UNESCAPED_CHARS) walker.fail_in_strings();
    if (error != simdjson::SUCCESS) {
      throw Failure(fmt::format("无法读取 JSON（{}）", simdjson::error_message(error)));
    }
    constexpr size_t kTreeToText = 6;                 // at the most; where it is less, nothing is lost
    if (!rows) grow_heap(text.size() * kTreeToText);  // behind iterate(), whose index would take its place
    return walker.read_document(document);
  } catch (const Stop&) {
    return std::nullopt;
  }
}

std::optional<Value> parse_and_walk(std::string bytes, std::string_view name, const RowSink& rows,
                                    Diagnostics& findings) {
  if (!check_utf8_source(bytes, kMaxBytes, name, findings)) return std::nullopt;
  bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
  const std::string_view text = without_byte_order_mark(bytes);
  const size_t mark = bytes.size() - text.size();
  Diagnostics found;
  std::optional<Value> value = walk(
      simdjson::padded_string_view(text.data(), text.size(), bytes.capacity() - mark), name, rows, found);
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Value> parse_json(std::string_view text, std::string_view name, Diagnostics& findings) {
  return parse_own_json(std::string(text), name, findings);
}

std::optional<Value> parse_own_json(std::string bytes, std::string_view name, Diagnostics& findings) {
  return parse_and_walk(std::move(bytes), name, {}, findings);
}

std::optional<Value> parse_json(std::string bytes, std::string_view name, const RowSink& rows,
                                Diagnostics& findings) {
  return parse_and_walk(std::move(bytes), name, rows, findings);
}

}  // namespace wenshu::data
