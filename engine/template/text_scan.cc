#include "template/text_scan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace wenshu::templates {
namespace {

constexpr int kMostFaults = 100;     // of one text; more say nothing new
constexpr size_t kLongestTag = 400;  // bytes; remarks may be longer
constexpr size_t kNowhere = std::string_view::npos;

// Lines and columns of one text. Remembers where it was: tags are asked for in their order.
class TextLocator : public Locator {
 public:
  TextLocator(std::string_view text, const Place& place)
      : text_(text), place_(place), own_lines_(place.line <= 1 && place.column <= 1) {}

  Place place_of(size_t byte) const override {
    if (byte < at_) at_ = 0, line_ = 1, column_ = 1;
    for (; at_ < byte; ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) {
        ++column_;
      }
    }
    Place place = place_;
    if (own_lines_) {
      place.line = line_;
      place.column = column_;
    } else if (byte > 0) {
      place.spot += fmt::format("文字第{}行第{}列", line_, column_);
    }
    return place;
  }

 private:
  std::string_view text_;
  const Place& place_;
  bool own_lines_;
  mutable size_t at_ = 0;
  mutable int line_ = 1, column_ = 1;
};

struct Found {
  size_t at = kNowhere, length = 0;
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == kNowhere; }

class TextScanner {
 public:
  TextScanner(std::string_view text, const Place& place, Delimiters delimiters, Diagnostics& findings)
      : text_(text), locator_(text, place), delimiters_(std::move(delimiters)), findings_(findings) {}

  ScannedText scan() {
    for (int faults = 0; faults < kMostFaults;) {
      const Found open = find_open(text_, from_);
      report_stray_braces(open.at);
      if (open.at == kNowhere) break;
      if (!read(open)) ++faults;
    }
    scanned_.literals.push_back(text_.substr(literal_));
    return std::move(scanned_);
  }

 private:
  bool is_default() const { return delimiters_.open == "{{" && delimiters_.close == "}}"; }

  Found find(std::string_view text, size_t from, const std::string& mark, std::string_view wide) const {
    const size_t plain = text.find(mark, from);
    const size_t other = is_default() ? text.substr(0, plain).find(wide, from) : kNowhere;
    return other < plain ? Found{other, wide.size()} : Found{plain, mark.size()};
  }
  Found find_open(std::string_view text, size_t from) const {
    return find(text, from, delimiters_.open, "｛｛");
  }
  Found find_close(std::string_view text, size_t from) const {
    return find(text, from, delimiters_.close, "｝｝");
  }

  void report_stray_braces(size_t to) {
    if (!is_default()) return;
    const Found close = find_close(text_.substr(0, to), from_);
    if (close.at != kNowhere)
      findings_.error("stray-braces", locator_.place_of(close.at), "多出的 }}，前面没有与它成对的 {{",
                      "补上 {{，或删去多出的 }}");
  }

  // The tag that begins at `open`; false after a fault.
  bool read(Found open) {
    const size_t inside = open.at + open.length;
    const char sigil = inside < text_.size() ? text_[inside] : ' ';
    if (sigil == '!' || text_.substr(inside, std::string_view("！").size()) == "！")
      return read_remark(open, inside);
    const size_t content = inside + (sigil == '{' || sigil == '=');
    Found close = sigil == '{'   ? find_in_tag(content, "}" + delimiters_.close)
                  : sigil == '=' ? find_in_tag(content, "=" + delimiters_.close)
                                 : find_in_tag(content, "");
    if (close.at == kNowhere) {
      const std::string_view window = text_.substr(0, inside + kLongestTag);
      const size_t next = find_open(window, inside).at;
      from_ = std::max(inside, std::min({next, window.find('\n', inside), window.size()}));
      findings_.error("unclosed-tag", locator_.place_of(open.at),
                      fmt::format("标签没有写完：{}", beginning(text_.substr(open.at, kLongestTag))),
                      fmt::format("标签要在一行之内写完，用 {} 结束", delimiters_.close));
      return false;
    }
    const size_t end = close.at + close.length;
    TextTag tag{{}, locator_.place_of(open.at)};
    const std::string_view content_text = text_.substr(content, close.at - content);
    const std::string_view written = text_.substr(open.at, end - open.at);
    tag.raw = sigil == '{';
    tag.faulty =
        !(sigil == '=' ? read_delimiters(content_text, tag) : read_content(content_text, written, tag));
    const bool fine = !tag.faulty;
    add(std::move(tag), open.at, end);
    return fine;
  }

  // The end of a tag in its own line and before the next tag. `mark` "": the closing delimiter.
  Found find_in_tag(size_t from, const std::string& mark) const {
    std::string_view window = text_.substr(0, from + kLongestTag);
    window = window.substr(0, window.find('\n', from));
    const Found close = mark.empty() ? find_close(window, from) : Found{window.find(mark, from), mark.size()};
    if (delimiters_.open != delimiters_.close && find_open(window.substr(0, close.at), from).at < close.at)
      return {};
    return close;
  }

  bool read_remark(Found open, size_t inside) {
    const Found close = find_close(text_, inside);
    if (close.at == kNowhere) {
      findings_.error("unclosed-tag", locator_.place_of(open.at), "说明没有写完",
                      fmt::format("说明用 {} 结束", delimiters_.close));
      from_ = text_.size();
      return false;
    }
    TextTag tag{{Tag::Kind::remark, "", {}}, locator_.place_of(open.at)};
    add(std::move(tag), open.at, close.at + close.length);
    return true;
  }

  bool read_delimiters(std::string_view content, TextTag& tag) {
    tag.tag.kind = Tag::Kind::remark;
    const std::string_view trimmed = trim(content);
    const size_t blank = trimmed.find_first_of(" \t");
    const std::string_view open = trimmed.substr(0, blank);
    const std::string_view close = blank == kNowhere ? "" : trim(trimmed.substr(blank));
    const bool fine =
        !close.empty() && (std::string(open) + std::string(close)).find_first_of(" \t=") == kNowhere;
    if (fine)
      delimiters_ = {std::string(open), std::string(close)};
    else
      findings_.error("bad-tag", tag.place, "改换标签括号的写法不对",
                      "写成 {{=<% %>=}}，等号之间是新的左右括号");
    return fine;
  }

  bool read_content(std::string_view content, std::string_view written, TextTag& tag) {
    std::string_view rest = trim(content);
    if (!tag.raw && !rest.empty() && rest.front() == '>')
      return read_partial(trim(rest.substr(1)), written, tag);
    if (!tag.raw && !rest.empty() && rest.front() == '&') {
      tag.raw = true;
      rest.remove_prefix(1);
    }
    auto read = read_tag(rest, written, tag.place, findings_);
    if (!read) return false;
    tag.tag = std::move(*read);
    refuse_marks(tag);
    if (!tag.raw || tag.tag.kind == Tag::Kind::value) return true;
    findings_.error("bad-tag", tag.place, fmt::format("标签 {} 的写法不对", written),
                    "三重括号和 & 只用于值");
    return false;
  }

  void refuse_marks(const TextTag& tag) {
    for (const Mark& mark : tag.tag.marks)
      findings_.error("mark-in-text", tag.place,
                      fmt::format("{}：“{}”管版面，文字里没有版面", to_text(tag.tag), mark.name),
                      "删去它，或改用 Word 模板（.docx）");
  }

  // A file beside the template, never one further away.
  bool read_partial(std::string_view name, std::string_view written, TextTag& tag) {
    tag.tag.kind = Tag::Kind::remark;
    tag.partial = name;
    const bool fine = !name.empty() && name.front() != '.' && name.find_first_of("/\\:") == kNowhere;
    if (!fine)
      findings_.error("bad-tag", tag.place, fmt::format("标签 {} 里的文件名不对", written),
                      "只能嵌入同一文件夹里的文件，如 {{> 页眉}}");
    return fine;
  }

  void add(TextTag tag, size_t begin, size_t end) {
    if (!tag.faulty && tag.tag.kind != Tag::Kind::value) take_line(tag, begin, end);
    scanned_.literals.push_back(text_.substr(literal_, begin - literal_));
    scanned_.tags.push_back(std::move(tag));
    from_ = literal_ = end;
  }

  // When the tag stands alone in its line, `begin` and `end` move over the line.
  void take_line(TextTag& tag, size_t& begin, size_t& end) const {
    const size_t line = begin == 0 ? 0 : text_.rfind('\n', begin - 1) + 1;  // npos + 1 == 0
    if (!is_blank(text_.substr(line, begin - line))) return;
    const size_t next = text_.find('\n', end);
    if (!is_blank(text_.substr(end, next - end))) return;
    if (!tag.partial.empty()) tag.indent = text_.substr(line, begin - line);
    begin = line;
    end = next == kNowhere ? text_.size() : next + 1;
  }

  static std::string beginning(std::string_view text) {
    const std::u32string line = to_characters(text.substr(0, text.find('\n')));
    return line.size() <= 20 ? to_utf8(line) : to_utf8(line.substr(0, 20)) + "…";
  }

  std::string_view text_;
  TextLocator locator_;
  Delimiters delimiters_;
  Diagnostics& findings_;
  ScannedText scanned_;
  size_t from_ = 0;  // behind the last tag, or behind its line
  size_t literal_ = 0;
};

void pair_sections(std::vector<TextTag>& tags, Diagnostics& findings) {
  std::vector<Tag> plain;
  std::vector<Place> places;
  for (const TextTag& tag : tags) {
    plain.push_back(tag.faulty ? Tag{Tag::Kind::remark, "", {}} : tag.tag);
    places.push_back(tag.place);
  }
  for (const Pair& pair : match_sections(plain, places, findings)) tags[pair.open].end = pair.end;
}

}  // namespace

std::optional<ScannedText> scan_text(std::string_view text, const Place& place, const Delimiters& delimiters,
                                     Diagnostics& findings) {
  Diagnostics here;
  ScannedText scanned;
  if (const auto at = find_malformed_utf8(text)) {
    here.error("not-utf8", place, "模板文字不是正确的 UTF-8", "另存为 UTF-8");
  } else if (const auto control = find_forbidden_character(text)) {
    here.error("forbidden-character", TextLocator(text, place).place_of(*control),
               "模板文字含有文档不能存放的控制字符", "删去这个字符");
  } else {
    scanned = TextScanner(text, place, delimiters, here).scan();
    pair_sections(scanned.tags, here);
  }
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  return scanned;
}

}  // namespace wenshu::templates
