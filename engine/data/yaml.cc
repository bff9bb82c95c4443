// The door to yaml-cpp. Only its events are used: its nodes resolve aliases (which can grow without end),
// keep the first of two equal keys in silence and lose the places of keys.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "base/text.h"
#include "data/load.h"
#include "data/shortened.h"
#include "data/source.h"

namespace wenshu::data {
namespace {

// Reference platform 6.3.
constexpr size_t kMaxBytes = 1u << 20;
constexpr size_t kMaxDepth = 32;
// Of definitions, whose parts are weighed against one another …
constexpr size_t kMaxNodes = 20'000;
constexpr std::array kDefinitions = {"workflow",    "form",     "register", "notice",
                                     "certificate", "calendar", "scenarios"};
// … and of lists of people and records, where each is looked at by itself: a bureau has 10,000 teachers.
constexpr size_t kMaxNodesOfLists = 200'000;

struct Message {
  std::string_view english, chinese, hint;
};

constexpr std::array kMessages = {
    Message{"end of map not found", "这里的缩进或冒号不对", "同一级的字段要左对齐，冒号后面要有空格"},
    Message{"end of map flow not found", "花括号 { } 没有配对", "请补上 }"},
    Message{"end of sequence not found", "这里的缩进或短横不对", "同一级的 - 要左对齐"},
    Message{"end of sequence flow not found", "方括号 [ ] 没有配对", "请补上 ]"},
    Message{"illegal document indicator in scalar", "引号里的文字中断了", "请补上引号"},
    Message{"illegal EOF in scalar", "引号没有配对，一直到文件末尾", "请补上引号"},
    Message{"illegal tab when looking for indentation", "缩进用了制表符（Tab）", "请改用空格缩进"},
    Message{"illegal flow end", "多出了 ] 或 }", "请删去，或用引号把整段文字括起来"},
    Message{"illegal block entry", "这里不能写 - 列表项", "列表要另起一行"},
    Message{"illegal map key", "这里不能写字段", "字段要另起一行，值里有冒号时请加引号"},
    Message{"illegal map value", "这里多出了冒号", "值里有冒号加空格时，请用引号把值括起来"},
    Message{"unknown escape character", "双引号里的反斜杠 \\ 写法不对", "请改用单引号，或把 \\ 写成 \\\\"},
    Message{"invalid unicode", "双引号里的 \\ 转义不是字符", "请直接写出这个字符"},
    Message{"unknown token", "这个字符不能放在值的开头", "请用引号把值括起来"},
    Message{"unexpected character in block scalar", "| 或 > 的后面不能写文字", "文字请从下一行缩进写起"},
    Message{"alias not found after *", "值以 * 开头", "请用引号把值括起来"},
    Message{"anchor not found after &", "值以 & 开头", "请用引号把值括起来"},
    Message{"the referenced anchor is not defined", "不支持 * 引用", "请把内容写全；文字以 * 开头时请加引号"},
    Message{"illegal character found while scanning alias", "值以 * 开头", "请用引号把值括起来"},
    Message{"illegal character found while scanning anchor", "值以 & 开头", "请用引号把值括起来"},
};

// Thrown through yaml-cpp by a limit, whose finding is already written.
struct LimitReached {};

// What yaml-cpp sees of a text has the same lines; its columns are others.
struct Source {
  explicit Source(std::string plain)
      : text(std::move(plain)), lines(text), seen(text), seen_lines(seen.text()) {}
  std::string text;
  Lines lines;
  Shortened seen;
  Lines seen_lines;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view file, const Source& source, Diagnostics& findings)
      : file_(file),
        text_(source.text),
        lines_(source.lines),
        seen_(source.seen),
        seen_lines_(source.seen_lines),
        findings_(findings) {}

  Value& root() { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    // yaml-cpp takes the words null, Null and NULL for nothing; here they are text like any other word.
    std::string_view rest = text_.substr(offset(mark), 4);
    bool is_word = rest == "null" || rest == "Null" || rest == "NULL";
    take(is_word ? Value(std::string(rest)) : Value(), is_word ? place(mark) : place_of_null(mark));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    findings_.error("alias", place(mark), "不支持 * 引用", "请把内容写全；文字以 * 开头时请加引号");
    take(Value("*"), place(mark));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    if (name.empty()) return;
    findings_.error("anchor", place(mark), fmt::format("不支持 &{} 锚点", restore(name, mark, "&")),
                    "请删去；文字以 & 开头时请加引号");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& made) override {
    check_tag(mark, tag);
    check_quotes(mark);
    std::string value = restore(made, mark, "");
    check_characters(mark, value);
    take(Value(std::move(value)), place(mark));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(Value::list(), place(mark));
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(Value::map(), place(mark));
  }
  void OnMapEnd() override { close(); }

  Place place(const YAML::Mark& mark) const { return place_at(file_, lines_.at(offset(mark))); }

 private:
  struct Frame {
    Value value;
    bool has_key = false;  // a map whose key was read and whose value comes next
    bool drops_value = false;
    bool is_key = false;  // a list or map where the key should be: read for its faults and dropped
    std::string key;
    StoredPlace key_place;
    std::map<std::string, int, std::less<>> lines;  // line of each key
  };

  size_t seen_offset(const YAML::Mark& mark) const {
    return seen_lines_.offset(static_cast<size_t>(mark.line), static_cast<size_t>(mark.column));
  }
  size_t offset(const YAML::Mark& mark) const {
    return mark.is_null() ? text_.size() : seen_.to_original(seen_offset(mark));
  }

  // What yaml-cpp made of the text from the mark on, or from the first `sign` behind it.
  std::string restore(const std::string& made, const YAML::Mark& mark, std::string_view sign) const {
    if (mark.is_null() || made.find(Shortened::kStretch) == std::string::npos) return made;
    const std::string& seen = seen_.text();
    size_t from = std::min(seen.find(sign, seen_offset(mark)), seen.size());
    const bool is_block = sign.empty() && from < seen.size() && (seen[from] == '|' || seen[from] == '>');
    if (is_block) from = std::min(seen.find('\n', from), seen.size());  // a remark may follow the | itself
    return seen_.restore(made, from);
  }

  // yaml-cpp finds an empty item only at the token behind it: its dash is the last one before.
  Place place_of_null(const YAML::Mark& mark) const {
    size_t at = offset(mark);
    bool is_written = at < text_.size() && text_[at] == '~';
    bool is_item = !frames_.empty() && frames_.back().value.is_list();
    size_t dash = is_written || !is_item || at == 0 ? std::string_view::npos : text_.rfind('-', at - 1);
    return place_at(file_, lines_.at(dash == std::string_view::npos ? at : dash));
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;  // what yaml-cpp says of plain and of quoted text
    findings_.error("tag", place(mark), fmt::format("不支持 ! 标签 {}", restore(tag, mark, "!")),
                    "请删去；文字以 ! 开头时请加引号");
  }

  // yaml-cpp takes the end of the file for a missing quote.
  void check_quotes(const YAML::Mark& mark) {
    size_t at = offset(mark);
    char quote = at < text_.size() ? text_[at] : '\0';
    if (quote != '"' && quote != '\'') return;
    for (++at; at < text_.size(); ++at) {
      bool is_double = quote == '\'' && text_[at] == '\'' && at + 1 < text_.size() && text_[at + 1] == '\'';
      if (is_double || (quote == '"' && text_[at] == '\\')) {
        ++at;
      } else if (text_[at] == quote) {
        return;
      }
    }
    findings_.error("bad-yaml", place(mark), "引号没有配对，一直到文件末尾", "请补上引号");
  }

  void check_characters(const YAML::Mark& mark, const std::string& value) {
    if (find_malformed_utf8(value)) {  // "\xD800" and the like: an escape that is no character
      findings_.error("bad-yaml", place(mark), "双引号里的 \\ 转义不是字符", "请直接写出这个字符");
    } else if (auto at = find_forbidden_character(value)) {
      report_forbidden(value, *at, place(mark), findings_);
    }
  }

  // The first key of a file names its kind.
  void set_limit(std::string_view kind) {
    const bool defines = std::find(kDefinitions.begin(), kDefinitions.end(), kind) != kDefinitions.end();
    if (!defines) most_nodes_ = kMaxNodesOfLists;
  }

  void count_node(const Place& where) {
    if (++nodes_ <= most_nodes_) return;
    findings_.error("too-many-nodes", where, fmt::format("内容过多，上限为 {} 项", most_nodes_),
                    "请拆成几个文件；一个流程太大时把一段写成子流程（start）");
    throw LimitReached();
  }

  void take(Value value, Place where) {
    count_node(where);
    value.set_place(std::move(where));
    if (expects_key()) {
      take_key(std::move(value));
    } else {
      attach(std::move(value));
    }
  }

  bool expects_key() const {
    return !frames_.empty() && frames_.back().value.is_map() && !frames_.back().has_key;
  }

  void take_key(Value key) {
    Frame& frame = frames_.back();
    frame.has_key = true;
    frame.key = key.text();
    frame.key_place = key.place();
    if (frames_.size() == 1 && frame.lines.empty()) set_limit(frame.key);
    auto [earlier, is_new] = frame.lines.try_emplace(key.text(), key.place().line());
    frame.drops_value = !is_new || key.is_null();
    if (key.is_null()) {
      findings_.error("bad-key", key.place(), "字段没有名称", "请在冒号前写上字段名");
    } else if (!is_new) {
      findings_.error("duplicate-key", key.place(), fmt::format("字段 \"{}\" 重复", key.text()),
                      fmt::format("第一次写在第 {} 行，请删去一处", earlier->second));
    }
  }

  void open(Value value, Place where) {
    count_node(where);
    if (frames_.size() >= kMaxDepth) {
      findings_.error("too-deep", where, fmt::format("嵌套过深，上限为 {} 层", kMaxDepth));
      throw LimitReached();
    }
    Frame frame;
    frame.value = std::move(value);
    if (expects_key()) {
      findings_.error("bad-key", where, "字段名只能是文字，不能是列表或一组字段");
      frame.is_key = true;
    }
    frame.value.set_place(std::move(where));
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.is_key) {
      frames_.back().has_key = true;
      frames_.back().drops_value = true;
    } else {
      attach(std::move(frame.value));
    }
  }

  void attach(Value value) {
    if (frames_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.value.is_list()) {
      frame.value.add(std::move(value));
      return;
    }
    frame.has_key = false;
    if (frame.drops_value) return;
    if (value.is_null()) value.set_place(frame.key_place);  // an empty value stands nowhere of its own
    frame.value.entries().push_back({frame.key, frame.key_place, std::move(value)});
  }

  std::string_view file_;
  std::string_view text_;
  const Lines& lines_;
  const Shortened& seen_;
  const Lines& seen_lines_;
  Diagnostics& findings_;
  std::vector<Frame> frames_;
  size_t nodes_ = 0, most_nodes_ = kMaxNodes;
  Value root_;
};

// yaml-cpp counts lines by "\n" alone.
std::string with_plain_line_ends(std::string_view text) {
  if (text.find('\r') == std::string_view::npos) return std::string(text);
  return replace_all(replace_all(std::string(text), "\r\n", "\n"), "\r", "\n");
}

// A tab in the indentation of the line at fault is the likely cause, whatever yaml-cpp stumbled over.
std::optional<size_t> find_tab(std::string_view text, const Lines& lines, const YAML::Mark& mark) {
  if (mark.is_null()) return std::nullopt;
  size_t start = lines.offset(static_cast<size_t>(mark.line), 0);
  size_t tab = text.find_first_not_of(' ', start);
  if (tab == std::string_view::npos || text[tab] != '\t') return std::nullopt;
  return tab;
}

void report(const YAML::Exception& fault, const TreeBuilder& builder, std::optional<size_t> tab,
            std::string_view file, const Lines& lines, Diagnostics& findings) {
  if (tab) {
    findings.error("bad-yaml", place_at(file, lines.at(*tab)), "缩进用了制表符（Tab）", "请改用空格缩进");
    return;
  }
  const std::string said = replace_all(fault.msg, std::string(1, Shortened::kStretch), "…");
  for (const Message& message : kMessages) {
    if (!fault.msg.starts_with(message.english)) continue;
    findings.error("bad-yaml", builder.place(fault.mark), fmt::format("{}（{}）", message.chinese, said),
                   std::string(message.hint));
    return;
  }
  findings.error("bad-yaml", builder.place(fault.mark), fmt::format("YAML 写法不对（{}）", said));
}

void read_documents(YAML::Parser& parser, TreeBuilder& builder, std::string_view file, const Source& source,
                    Diagnostics& findings) {
  parser.HandleNextDocument(builder);
  Diagnostics ignored;
  TreeBuilder second(file, source, ignored);
  if (!parser.HandleNextDocument(second)) return;
  findings.error("many-documents", second.root().place(), "一个文件里只能有一份内容",
                 "请删去 --- 或拆成几个文件");
}

}  // namespace

std::optional<Value> parse_yaml(std::string_view text, std::string_view name, Diagnostics& findings) {
  if (!check_utf8_source(text, kMaxBytes, name, findings)) return std::nullopt;
  const Source source(with_plain_line_ends(without_byte_order_mark(text)));
  Diagnostics found;
  TreeBuilder builder(name, source, found);
  try {
    std::istringstream stream(source.seen.text());
    YAML::Parser parser(stream);
    read_documents(parser, builder, name, source, found);
  } catch (const YAML::Exception& fault) {
    report(fault, builder, find_tab(source.text, source.lines, fault.mark), name, source.lines, found);
  } catch (const LimitReached&) {  // its finding is written
  }
  findings.append(found);
  if (found.has_errors()) return std::nullopt;
  if (builder.root().is_null())
    builder.root().set_place(place_at(name, {}));  // an empty file has a beginning
  return std::move(builder.root());
}

}  // namespace wenshu::data
