#include "template/tag.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "expression/guard.h"

namespace wenshu::templates {
namespace {

constexpr int kMostFaults = 100;     // of one text; more say nothing new
constexpr size_t kLongestTag = 400;  // bytes; a path and some formatters, not a page of text

struct Brace {
  size_t at = std::string_view::npos;
  size_t length = 0;
};

// How many bytes of `text` at `at` write `delimiter`, all in ASCII or all in full width; 0 when they do not.
size_t matches(std::string_view text, size_t at, std::string_view delimiter) {
  if (text.substr(at, delimiter.size()) == delimiter) return delimiter.size();
  const size_t begin = at;
  for (const char c : delimiter) {
    if (static_cast<unsigned char>(c) >= 0x80) return 0;
    // U+FF01 … U+FF5E are U+0021 … U+007E in full width: EF BC 81 … EF BD 9E
    const unsigned wide = 0xFF00u + static_cast<unsigned char>(c) - 0x20u;
    const char bytes[] = {static_cast<char>(0xEF), static_cast<char>(0x80u | ((wide >> 6) & 0x3Fu)),
                          static_cast<char>(0x80u | (wide & 0x3Fu))};
    if (text.substr(at, sizeof bytes) != std::string_view(bytes, sizeof bytes)) return 0;
    at += sizeof bytes;
  }
  return at - begin;
}

// The first place of a delimiter from `from` on. One pass, so that a long text stays linear.
Brace find_delimiter(std::string_view text, size_t from, std::string_view delimiter) {
  for (size_t i = from; i < text.size(); ++i) {
    if (text[i] != delimiter[0] && static_cast<unsigned char>(text[i]) != 0xEF) continue;
    if (const size_t length = matches(text, i, delimiter)) return {i, length};
  }
  return {};
}

bool take(std::string_view& text, std::string_view ascii, std::string_view wide) {
  for (const std::string_view prefix : {ascii, wide}) {
    if (text.substr(0, prefix.size()) == prefix) {
      text.remove_prefix(prefix.size());
      return true;
    }
  }
  return false;
}

// Blanks of all kinds off both ends, also those that Word puts in (U+00A0, U+200B).
std::string_view strip(std::string_view text) {
  for (bool again = true; again;) {
    const size_t before = text.size();
    text = trim(text);
    for (const std::string_view blank : {"\u00A0", "\u200B", "\uFEFF"}) {
      if (text.substr(0, blank.size()) == blank) text.remove_prefix(blank.size());
      if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank) {
        text.remove_suffix(blank.size());
      }
    }
    again = text.size() != before;
  }
  return text;
}

// Quotes around an argument are not part of it; they let it begin or end with blanks.
std::string unquote(std::string_view text) {
  const std::vector<std::pair<std::string_view, std::string_view>> kQuotes = {
      {"\"", "\""}, {"“", "”"}, {"'", "'"}, {"‘", "’"}};
  for (const auto& [open, close] : kQuotes) {
    if (text.size() >= open.size() + close.size() && text.substr(0, open.size()) == open &&
        text.substr(text.size() - close.size()) == close) {
      return std::string(text.substr(open.size(), text.size() - open.size() - close.size()));
    }
  }
  return std::string(text);
}

bool is_path(std::string_view path) {
  if (path == ".") return true;
  if (path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != std::string_view::npos)
    return false;
  for (const char32_t c : to_characters(path)) {
    const bool ascii_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                            c == '_' || c == '-' || c == '.';
    if (c < 0x80 ? !(ascii_word || c == '@') : (c < 0x2E80 && c != U'·')) return false;
    if (c >= 0xFF00 && c <= 0xFF5E) return false;  // full-width punctuation
  }
  static const std::vector<std::string_view> kCounters = {"@index", "@first", "@last", "@count", "@number"};
  if (path.find('@') == std::string_view::npos) return true;
  return std::find(kCounters.begin(), kCounters.end(), path) != kCounters.end();
}

constexpr const char* kMissing = "missing";

// Stands for the @ of @index in a condition: a letter of no word, as long as @ for one who counts characters.
constexpr std::string_view kCounterSign = "\u3400";

// At single bars: || is the "or" of a condition.
std::vector<std::string> split_at_bars(const std::string& text) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '|') {
      parts.back() += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '|') {
      parts.back() += "||";
      ++i;
    } else {
      parts.emplace_back();
    }
  }
  return parts;
}

// {{#@index > 1}}: the same with a sign that names may hold, outside of texts.
std::string without_counters(const std::string& condition) {
  std::string text;
  char quote = '\0';
  for (const char c : condition) {
    if (quote == '\0' && c == '@') {
      text += kCounterSign;
      continue;
    }
    if (c == '"' || c == '\'') quote = quote == '\0' ? c : quote == c ? '\0' : quote;
    text += c;
  }
  return text;
}

// As the expression language writes it: what Word and Chinese keyboards make of operators and quotes.
std::string plain_expression(std::string_view written) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kSigns = {
      {"“", "\""}, {"”", "\""}, {"‘", "'"},  {"’", "'"},  {"＞", ">"},     {"＜", "<"},
      {"＝", "="}, {"！", "!"}, {"（", "("}, {"）", ")"}, {"，", ","},     {"＆", "&"},
      {"≥", ">="}, {"≤", "<="}, {"≠", "!="}, {"．", "."}, {"\u00A0", " "}, {"\u3000", " "},
      {"＋", "+"}, {"－", "-"}, {"？", "?"}, {"：", ":"}};
  std::string text;
  char quote = '\0';
  for (std::string_view rest = strip(written); !rest.empty();) {
    std::string_view sign = rest.substr(0, 1), plain = sign;
    if (quote == '\0' && rest.starts_with("＠"))
      sign = rest.substr(0, std::string_view("＠").size()), plain = "@";
    for (const auto& [wide, ascii] : kSigns) {
      const bool is_quote = ascii == "\"" || ascii == "'";
      if ((quote == '\0' || is_quote) && rest.substr(0, wide.size()) == wide) sign = wide, plain = ascii;
    }
    if (plain == "\"" || plain == "'") {
      if (quote == '\0')
        quote = plain[0];
      else if (quote == plain[0])
        quote = '\0';
      else
        plain = sign;  // the other kind of quotes inside a text
    }
    text += plain;
    rest.remove_prefix(sign.size());
  }
  return text;
}

class TagReader {
 public:
  TagReader(std::string_view written, const Place& place, Diagnostics& findings)
      : written_(written), place_(place), findings_(findings) {}

  std::optional<Tag> read(std::string_view inside) {
    Tag tag;
    std::string_view rest = strip(inside);
    const bool asks = read_sigil(rest, tag);
    if (tag.kind == Tag::Kind::remark) return tag;
    const std::vector<std::string> parts = split_at_bars(replace_all(std::string(rest), "｜", "|"));
    tag.path = std::string(strip(parts[0]));
    if (tag.kind == Tag::Kind::end) {  // what follows a bar is not looked at
      tag.path = plain_path(tag.path);
      if (is_path(tag.path) || tag.path.empty()) return tag;
      tag.path = plain_expression(parts[0]);
      if (has_operator(tag.path)) return tag;
      return refuse_path();
    }
    if (is_path(plain_path(tag.path))) {
      tag.path = plain_path(tag.path);
      tag.is_condition = asks;
    } else if (!read_condition(parts[0], asks, tag)) {
      return std::nullopt;
    }
    for (size_t i = 1; i < parts.size(); ++i) {
      if (!read_formatter(parts[i], tag)) return std::nullopt;
    }
    return tag;
  }

 private:
  // True for {{? …}}, which shows its content once and leaves the scope as it is.
  static bool read_sigil(std::string_view& rest, Tag& tag) {
    const bool asks = take(rest, "?", "？");
    if (asks || take(rest, "#", "＃"))
      tag.kind = Tag::Kind::section;
    else if (take(rest, "^", "＾"))
      tag.kind = Tag::Kind::inverted;
    else if (take(rest, "/", "／"))
      tag.kind = Tag::Kind::end, take(rest, "?", "？");  // {{/?x}} is another way of {{/x}}
    else if (take(rest, "!", "！"))
      tag.kind = Tag::Kind::remark;
    return asks;
  }

  static std::string plain_path(std::string_view path) {
    return without_stretching(replace_all(replace_all(std::string(strip(path)), "．", "."), "＠", "@"));
  }

  // {{姓 名}}: people stretch two characters to the width of four.
  static std::string without_stretching(const std::string& path) {
    if (path.find(' ') == path.npos && path.find("\u3000") == path.npos) return path;
    constexpr char32_t kFirstWide = 0x2E80;
    const std::u32string written = to_characters(path);
    std::u32string name;
    for (size_t i = 0; i < written.size();) {
      const size_t next = std::min(written.find_first_not_of(U" \u3000\u00A0", i), written.size());
      const bool stretches = next > i && i > 0 && next < written.size() && written[i - 1] >= kFirstWide &&
                             written[next] >= kFirstWide;
      if (!stretches) name += written.substr(i, std::max<size_t>(next - i, next == i ? 1 : 0));
      i = std::max(next, next == i ? i + 1 : next);
    }
    return to_utf8(name);
  }

  static bool has_operator(std::string_view text) {
    return text.find_first_of("<>=!&|()+*/?%'\"[") != std::string_view::npos ||
           text.find(" in ") != text.npos;
  }

  std::optional<Tag> refuse_path() {
    findings_.error("bad-tag", place_, fmt::format("标签 {} 里的名称写法不对", written_),
                    "名称由字母、数字、汉字和 - _ 组成，层次之间用一个点，如 {{plan.title}}");
    return std::nullopt;
  }

  // {{#hours >= 24}}: a guard of the expression language. Its faults stand at the tag.
  bool read_condition(std::string_view written, bool asks, Tag& tag) {
    tag.path = plain_expression(written);
    if (!tag.opens() || (!asks && !has_operator(tag.path))) return refuse_path().has_value();
    Diagnostics faults;
    auto guard = expression::parse_guard(without_counters(tag.path), Place{"", 1, 1, ""}, faults);
    for (const Diagnostic& fault : faults)
      findings_.error(
          "bad-condition", place_,
          fmt::format("标签 {} 的条件第{}个字符处：{}", written_, fault.where.column,
                      replace_all(fault.message, kCounterSign, "@")),
          fault.hint.empty() ? "条件如 {{#学时 >= 24}}、{{#系部 == '教务处' && 人数 > 0}}" : fault.hint);
    if (!guard) return false;
    for (const std::string& name : expression::paths_read(*guard))
      if (name.starts_with(kCounterSign) && !is_path(counter_of(name))) return refuse_path().has_value();
    tag.guard = std::make_shared<const expression::Guard>(std::move(*guard));
    tag.is_condition = true;
    return true;
  }

  // One word behind a bar with its argument.
  bool read_formatter(std::string_view part, Tag& tag) {
    std::string text = replace_all(std::string(strip(part)), "\u00A0", " ");
    const size_t end = std::min({text.find(' '), text.find("\u3000"), text.find('\t')});
    Formatter word{text.substr(0, end), ""};
    if (end != std::string::npos) word.argument = unquote(strip(std::string_view(text).substr(end)));
    if (word.name == kMissing) return read_missing(word.argument, tag);
    const MarkOn on = tag.opens() ? MarkOn::section : MarkOn::value;
    const bool formats = is_formatter(word.name) && (!tag.opens() || word.name == "default");
    if (!formats && !is_mark(word.name, on)) return refuse_word(word.name, tag);
    const std::string fault = formats ? check_argument(word) : check_mark({word.name, word.argument}, on);
    if (!fault.empty()) {
      findings_.error("bad-argument", place_, fmt::format("标签 {}：{}", written_, fault),
                      formats ? "wenshu tags --formatters 列出全部格式和例子"
                              : "wenshu tags --marks 列出全部版面词和例子");
      return false;
    }
    if (formats)
      tag.formatters.push_back(std::move(word));
    else
      tag.marks.push_back({std::move(word.name), std::move(word.argument)});
    return true;
  }

  bool read_missing(const std::string& argument, Tag& tag) {
    constexpr std::pair<const char*, Missing> kWays[] = {{"error", Missing::error},
                                                         {"blank", Missing::blank},
                                                         {"keep", Missing::keep},
                                                         {"line", Missing::line}};
    for (const auto& [way, missing] : kWays)
      if (argument == way) tag.missing = missing;
    if (!tag.missing)
      findings_.error("bad-argument", place_,
                      fmt::format("标签 {}：missing 后面写 error、blank、keep 或 line", written_),
                      "error 算错，blank 空着，keep 留下标签，line 留线手填");
    return tag.missing.has_value();
  }

  bool refuse_word(const std::string& name, const Tag& tag) {
    if (tag.opens() && (is_formatter(name) || is_mark(name, MarkOn::value))) {
      findings_.error("bad-tag", place_, fmt::format("区段标签 {} 不能带“{}”", written_, name),
                      "区段标签只能带 default、" + join(mark_names(MarkOn::section), "、"));
      return false;
    }
    if (!tag.opens() && is_mark(name, MarkOn::section)) {
      findings_.error("bad-tag", place_, fmt::format("“{}”只能写在区段标签里", name),
                      fmt::format("如 {{{{#{} | {}}}}}", tag.path, name));
      return false;
    }
    std::vector<std::string> known = mark_names(tag.opens() ? MarkOn::section : MarkOn::value);
    if (tag.opens())
      known.emplace_back("default");
    else
      known.insert(known.begin(), formatter_names().begin(), formatter_names().end());
    known.emplace_back(kMissing);
    const std::string near = near_name_hint(name, known);
    findings_.error("unknown-formatter", place_, fmt::format("标签 {} 里没有“{}”这种格式", written_, name),
                    near.empty() ? "可用的格式：" + join(known, "、") : near);
    return false;
  }

  std::string written_;
  const Place& place_;
  Diagnostics& findings_;
};

std::string beginning(std::string_view text) {
  const std::u32string line = to_characters(text.substr(0, text.find('\n')));
  return line.size() <= 20 ? to_utf8(line) : to_utf8(line.substr(0, 20)) + "…";
}

void find_stray_braces(std::string_view text, size_t from, size_t to, const Locator& locator,
                       Diagnostics& findings, const Delimiters& delimiters) {
  const Brace brace = find_delimiter(text.substr(0, to), from, delimiters.close);
  if (brace.at == std::string_view::npos) return;
  findings.error("stray-braces", locator.place_of(brace.at), "多出的 }}，前面没有与它成对的 {{",
                 "补上 {{，或删去多出的 }}");
}

}  // namespace

bool Tag::allows_missing() const {
  return std::any_of(formatters.begin(), formatters.end(),
                     [](const Formatter& f) { return f.name == "default" || f.name == "line"; });
}

std::string counter_of(std::string_view name) {
  return name.starts_with(kCounterSign) ? "@" + std::string(name.substr(kCounterSign.size())) : "";
}

std::string to_text(const Tag& tag) {
  static constexpr const char* kSigils[] = {"", "#", "^", "/", "!"};
  const bool asks = tag.is_condition && !tag.guard;
  std::string text = "{{" + std::string(asks ? "?" : kSigils[static_cast<int>(tag.kind)]) + tag.path;
  const auto add = [&text](const std::string& name, const std::string& argument) {
    text += " | " + name;
    if (!argument.empty()) text += " " + argument;
  };
  for (const Formatter& formatter : tag.formatters) add(formatter.name, formatter.argument);
  for (const Mark& mark : tag.marks) add(mark.name, mark.argument);
  static constexpr const char* kWays[] = {"", "error", "blank", "keep", "line"};
  if (tag.missing) add(kMissing, kWays[static_cast<int>(*tag.missing)]);
  return text + "}}";
}

std::optional<Delimiters> parse_delimiters(std::string_view written) {
  const size_t blank = written.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const Delimiters delimiters{std::string(written.substr(0, blank)), std::string(written.substr(blank + 1))};
  if (find_malformed_utf8(written)) return std::nullopt;
  for (const std::string& each : {delimiters.open, delimiters.close}) {
    constexpr size_t kLongest = 4;
    const std::u32string characters = to_characters(each);
    const bool punctuation = std::all_of(characters.begin(), characters.end(), [](char32_t c) {
      return std::u32string_view(U"{}[]()<>%$@#&*+-~^!?=:;【】《》〈〉「」『』〔〕〖〗«»‹›").find(c) !=
             std::u32string_view::npos;
    });
    if (characters.empty() || characters.size() > kLongest || !punctuation) return std::nullopt;
  }
  return delimiters;
}

std::vector<FoundTag> find_tags(std::string_view text, const Locator& locator, Diagnostics& findings,
                                const Delimiters& delimiters) {
  const auto find_open = [&](std::string_view where, size_t begin) {
    return find_delimiter(where, begin, delimiters.open);
  };
  std::vector<FoundTag> found;
  size_t from = 0;
  for (int faults = 0; faults < kMostFaults;) {
    const Brace open = find_open(text, from);
    find_stray_braces(text, from, open.at == std::string_view::npos ? text.size() : open.at, locator,
                      findings, delimiters);
    if (open.at == std::string_view::npos) return found;
    const size_t inside = open.at + open.length;
    const std::string_view window = text.substr(0, inside + kLongestTag);
    const Brace close = find_delimiter(window, inside, delimiters.close);
    const size_t limit = std::min({find_open(window, inside).at, window.find('\n', inside), window.size()});
    if (close.at == std::string_view::npos || close.at > limit) {
      ++faults;
      findings.error("unclosed-tag", locator.place_of(open.at),
                     fmt::format("标签没有写完：{}", beginning(text.substr(open.at, kLongestTag))),
                     "标签要在一行之内写完，用 }} 结束");
      from = limit;
      continue;
    }
    FoundTag tag{{}, open.at, close.at + close.length, false};
    const Place place = locator.place_of(open.at);
    auto read = TagReader(text.substr(tag.begin, tag.end - tag.begin), place, findings)
                    .read(text.substr(inside, close.at - inside));
    tag.faulty = !read;
    if (!read) ++faults;
    if (read) tag.tag = std::move(*read);
    found.push_back(std::move(tag));
    from = close.at + close.length;
  }
  return found;
}

std::optional<Tag> read_tag(std::string_view inside, std::string_view written, const Place& place,
                            Diagnostics& findings) {
  return TagReader(written, place, findings).read(inside);
}

std::vector<Pair> match_sections(const std::vector<Tag>& tags, const std::vector<Place>& places,
                                 Diagnostics& findings) {
  std::vector<Pair> pairs;
  std::vector<size_t> open;  // indexes into tags
  std::vector<size_t> slot;  // and into pairs
  bool deep = false;
  std::vector<std::string> torn;  // sections that a crossing has ended: their own ends are no further fault
  for (size_t i = 0; i < tags.size(); ++i) {
    if (tags[i].opens()) {
      if (open.size() >= static_cast<size_t>(kMaxNesting) && !deep) {
        deep = true;
        findings.error("deep-nesting", places[i], fmt::format("区段套得太深，超过 {} 层", kMaxNesting),
                       "检查前面是否漏写了区段的结束标签");
      }
      open.push_back(i);
      slot.push_back(pairs.size());
      pairs.push_back({i, i});
      continue;
    }
    if (tags[i].kind != Tag::Kind::end || deep) continue;
    const auto match = std::find_if(open.rbegin(), open.rend(), [&](size_t o) {
      return tags[i].path.empty() || tags[o].path == tags[i].path;  // {{/}} ends what is open
    });
    if (const auto known = std::find(torn.begin(), torn.end(), tags[i].path);
        match == open.rend() && known != torn.end()) {
      torn.erase(known);
      continue;
    }
    if (match == open.rend()) {
      findings.error("stray-section-end", places[i],
                     fmt::format("{} 前面没有对应的区段开头", to_text(tags[i])),
                     open.empty() ? fmt::format("补上 {{{{#{}}}}}，或删去它", tags[i].path)
                                  : fmt::format("这里还没有结束的区段是 {}，结束标签应为 {{{{/{}}}}}",
                                                to_text(tags[open.back()]), tags[open.back()].path));
      continue;
    }
    if (match != open.rbegin()) {
      findings.error("crossed-sections", places[i],
                     fmt::format("区段交叉：{} 在 {} 之前结束", tags[i].path, tags[open.back()].path),
                     fmt::format("先写 {{{{/{}}}}}，再写 {}", tags[open.back()].path, to_text(tags[i])));
    }
    const size_t depth = static_cast<size_t>(open.rend() - match) - 1;
    for (size_t o = depth + 1; o < open.size(); ++o) torn.push_back(tags[open[o]].path);
    pairs[slot[depth]].end = i;
    open.resize(depth);
    slot.resize(depth);
  }
  if (deep) return {};
  for (const size_t i : open) {
    findings.error("unclosed-section", places[i], fmt::format("区段 {} 没有结束", to_text(tags[i])),
                   fmt::format("在区段末尾写 {{{{/{}}}}}", tags[i].path));
  }
  return pairs;
}

}  // namespace wenshu::templates
