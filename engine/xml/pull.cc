#include "xml/pull.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "xml/source.h"
#include "xml/tree.h"

namespace wenshu::xml {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Of each byte: does a name end before it? Looked up some ten times a cell.
constexpr std::array<bool, 256> kEndsName = [] {
  std::array<bool, 256> ends = {};
  for (const char c : {' ', '\t', '\n', '\r', '>', '/', '=', '<'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

std::string_view without_prefix(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_character(unsigned long code) {
  return code != 0 && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
}

}  // namespace

Pull::Pull(std::string_view bytes) : bytes_(without_mark(bytes)) {}

Pull::Event Pull::fail(const char* code, std::string message) {
  if (!code_) {
    code_ = code;
    message_ = std::move(message);
    fault_at_ = std::min(at_, bytes_.size());
  }
  at_ = bytes_.size();
  return event_ = Event::end;
}

Pull::Event Pull::next() {
  if (code_) return Event::end;
  if (empty_) {
    empty_ = false;
    open_.pop_back();
    return event_ = Event::close;
  }
  for (;;) {
    if (at_ == bytes_.size()) {
      if (open_.empty() && seen_root_) return event_ = Event::end;
      return fail("bad-xml", seen_root_ ? "没有写完" : "没有内容");
    }
    if (bytes_[at_] != '<') {
      if (read_text() != Event::end || code_) return event_;
    } else {
      const char mark = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\0';
      const bool passed = (mark == '!' && pass_over("<!--", "-->")) || (mark == '?' && pass_over("<?", "?>"));
      if (!passed) return read_tag();
    }
    if (code_) return Event::end;
  }
}

// Blanks around the root are nothing.
Pull::Event Pull::read_text() {
  const size_t end = std::min(bytes_.find('<', at_), bytes_.size());
  text_ = bytes_.substr(at_, end - at_);
  if (open_.empty()) {
    if (!trim(text_).empty()) return fail("bad-xml", "根元素之外有文字");
    at_ = end;
    return event_ = Event::end;
  }
  at_ = end;
  literal_ = false;
  return event_ = Event::text;
}

Pull::Event Pull::read_tag() {
  const std::string_view rest = bytes_.substr(at_);
  if (rest.size() > 1 && rest[1] == '/') return read_close();
  if (!rest.starts_with("<!")) return read_open();
  constexpr std::string_view kCdata = "<![CDATA[";
  if (!rest.starts_with(kCdata)) return fail("xml-doctype", "");
  if (open_.empty()) return fail("bad-xml", "根元素之外有文字");
  const size_t end = rest.find("]]>");
  if (end == std::string_view::npos) return fail("bad-xml", "CDATA 没有结束");
  text_ = rest.substr(kCdata.size(), end - kCdata.size());
  literal_ = true;
  at_ += end + 3;
  return event_ = Event::text;
}

Pull::Event Pull::read_close() {
  const size_t begin = at_;
  at_ += 2;
  const std::string_view name = take_name();
  skip_blanks();
  if (at_ == bytes_.size() || bytes_[at_] != '>') return fail("bad-xml", "结束标签写法不对");
  if (open_.empty() || open_.back() != name) {
    at_ = begin;
    return fail("bad-xml", "开始标签与结束标签不配对");
  }
  ++at_;
  open_.pop_back();
  name_ = without_prefix(name);
  return event_ = Event::close;
}

Pull::Event Pull::read_open() {
  if (open_.empty() && seen_root_) return fail("bad-xml", "有两个根元素");
  if (open_.size() >= static_cast<size_t>(kMaxDepth)) return fail("xml-too-deep", "");
  ++at_;
  const std::string_view name = take_name();
  if (name.empty()) return fail("bad-xml", "开始标签写法不对");
  seen_root_ = true;
  attributes_.clear();
  for (;;) {
    const bool blank = skip_blanks();
    if (at_ == bytes_.size()) return fail("bad-xml", "开始标签没有写完");
    if (bytes_[at_] == '>' || bytes_[at_] == '/') break;
    if (!blank || !read_attribute()) return fail("bad-xml", "属性写法不对");
  }
  empty_ = bytes_[at_] == '/';
  if (empty_) ++at_;
  if (at_ == bytes_.size() || bytes_[at_] != '>') return fail("bad-xml", "开始标签写法不对");
  ++at_;
  open_.push_back(name);
  name_ = without_prefix(name);
  return event_ = Event::open;
}

bool Pull::read_attribute() {
  const std::string_view key = take_name();
  skip_blanks();
  if (key.empty() || at_ == bytes_.size() || bytes_[at_] != '=') return false;
  ++at_;
  skip_blanks();
  if (at_ == bytes_.size() || (bytes_[at_] != '"' && bytes_[at_] != '\'')) return false;
  const size_t end = bytes_.find(bytes_[at_], at_ + 1);
  if (end == std::string_view::npos) return false;
  const std::string_view value = bytes_.substr(at_ + 1, end - at_ - 1);
  if (value.find('<') != std::string_view::npos) return false;
  attributes_.emplace_back(without_prefix(key), value);
  at_ = end + 1;
  return true;
}

bool Pull::skip_blanks() {
  const size_t begin = at_;
  while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
  return at_ > begin;
}

std::string_view Pull::take_name() {
  const size_t begin = at_;
  while (at_ < bytes_.size() && !kEndsName[static_cast<unsigned char>(bytes_[at_])]) ++at_;
  return bytes_.substr(begin, at_ - begin);
}

bool Pull::pass_over(std::string_view open, std::string_view close) {
  if (!bytes_.substr(at_).starts_with(open)) return false;
  const size_t end = bytes_.find(close, at_ + open.size());
  if (end == std::string_view::npos) {
    fail("bad-xml", "注释或处理指令没有结束");
  } else {
    at_ = end + close.size();
  }
  return true;
}

std::optional<std::string_view> Pull::attribute(std::string_view key) const {
  for (const auto& [name, value] : attributes_)
    if (name == key) return value;
  return std::nullopt;
}

void Pull::append_text(std::string& to) {
  size_t from = 0;
  for (;;) {
    const size_t stop = text_.find_first_of(literal_ ? "\r" : "&\r", from);
    to += text_.substr(from, stop - from);
    if (stop == std::string_view::npos) return;
    if (text_[stop] == '\r') {
      const bool pair = stop + 1 < text_.size() && text_[stop + 1] == '\n';
      to += '\n';
      from = stop + (pair ? 2 : 1);
      continue;
    }
    const size_t length = append_reference(text_.substr(stop), to);
    if (length == 0) {
      at_ = static_cast<size_t>(text_.data() - bytes_.data()) + stop;
      fail("bad-xml", "字符引用写法不对");
      return;
    }
    from = stop + length;
  }
}

// &amp; and the like at the front of `text`: how long it is, 0 when it is none.
size_t Pull::append_reference(std::string_view text, std::string& to) {
  static constexpr std::pair<std::string_view, char> kNamed[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (const auto& [name, character] : kNamed) {
    if (!text.starts_with(name)) continue;
    to += character;
    return name.size();
  }
  constexpr size_t kLongest = 12;  // &#x0010FFFF; and no more zeros than that
  const size_t end = text.substr(0, kLongest).find(';');
  if (end == std::string_view::npos || end < 3 || text[1] != '#') return 0;
  const bool hexadecimal = text[2] == 'x';
  const char* first = text.data() + (hexadecimal ? 3 : 2);
  unsigned long code = 0;
  const auto [behind, error] = std::from_chars(first, text.data() + end, code, hexadecimal ? 16 : 10);
  if (error != std::errc() || behind != text.data() + end || !is_character(code)) return 0;
  to += to_utf8(static_cast<char32_t>(code));
  return end + 1;
}

std::string Pull::take_text() {
  std::string text;
  const int around = depth();
  for (int inner = 0; next() != Event::end;) {
    if (event_ == Event::text && inner == 0) append_text(text);
    if (event_ == Event::open) ++inner;
    if (event_ == Event::close && depth() == around) break;
    if (event_ == Event::close) --inner;
  }
  return text;
}

void Pull::skip() {
  const int around = depth();
  while (next() != Event::end)
    if (event_ == Event::close && depth() == around) return;
}

bool Pull::check(std::string_view file, std::string_view part, Diagnostics& findings) const {
  if (!code_) return true;
  report_fault(code_, message_, bytes_, fault_at_, file, part, findings);
  return false;
}

}  // namespace wenshu::xml
