#include "docx/annotate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "docx/escape.h"
#include "docx/insertions.h"
#include "docx/open.h"
#include "docx/package_edit.h"
#include "docx/relations.h"
#include "docx/story.h"
#include "package/archive.h"
#include "template/tag.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kBody = "word/document.xml";
constexpr const char* kComments = "word/comments.xml";
constexpr const char* kAuthor = "文枢";
constexpr const char* kInitials = "WS";
constexpr std::string_view kBox = "的文本框";
constexpr const char* kNoComments =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments "
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:comments>";

class Nowhere : public templates::Locator {
 public:
  Place place_of(size_t) const override { return {}; }
};

struct Range {
  size_t begin = 0, end = 0;  // bytes of the paragraph's text; end 0 for the whole paragraph
  friend auto operator<=>(const Range&, const Range&) = default;
};

// Which tag of a paragraph a finding speaks of: the one that its message quotes.
Range find_range(const std::string& text, const Diagnostic& finding) {
  Diagnostics unheard;
  const auto tags = templates::find_tags(text, Nowhere(), unheard);
  const auto quotes = [&](std::string_view words) {
    return !words.empty() && finding.message.find(words) != std::string::npos;
  };
  Range found;
  size_t longest = 0;
  for (const auto& tag : tags) {
    const std::string written = text.substr(tag.begin, tag.end - tag.begin);
    const std::string plain = tag.faulty ? "" : templates::to_text(tag.tag);
    const bool named = !tag.faulty && !tag.tag.path.empty() && quotes("“" + tag.tag.path + "”");
    const size_t length = quotes(written) || quotes(plain) ? written.size() : named ? 1 : 0;
    if (length > longest) longest = length, found = {tag.begin, tag.end};
  }
  if (longest > 0) return found;
  if (finding.code == "unclosed-tag") {
    const size_t open = std::min(finding.message.find("{{"), finding.message.find("｛｛"));
    if (open == std::string::npos) return {};
    std::string beginning = finding.message.substr(open);
    if (beginning.ends_with("…")) beginning.resize(beginning.size() - std::string_view("…").size());
    const size_t at = text.find(beginning);
    if (at != std::string::npos) return {at, at + beginning.size()};
  }
  if (finding.code == "stray-braces") {
    for (size_t at = text.find("}}"); at != std::string::npos; at = text.find("}}", at + 2))
      if (std::none_of(tags.begin(), tags.end(),
                       [at](const auto& tag) { return tag.begin < at && at < tag.end; }))
        return {at, at + 2};
  }
  return {};
}

// Puts the marks of comments around stretches of one paragraph. A run that a stretch begins or ends in is cut in two of
// the same format.
class Marker {
 public:
  Marker(Insertions& insertions, const pugi::xml_node& paragraph)
      : insertions_(insertions), paragraph_(paragraph), read_(read_paragraph(paragraph)) {}

  void mark(const std::map<Range, std::vector<long long>>& comments) {
    std::map<size_t, std::string> opening, closing;  // by where they stand in the text
    for (const auto& [range, ids] : comments) {
      std::string begin, end;
      for (const long long id : ids) {
        begin += fmt::format("<w:commentRangeStart w:id=\"{}\"/>", id);
        end +=
            fmt::format("<w:commentRangeEnd w:id=\"{0}\"/><w:r><w:commentReference w:id=\"{0}\"/></w:r>", id);
      }
      if (range.end == 0 || !can_cut(range)) {
        const auto properties = paragraph_.child("w:pPr");
        properties ? insertions_.after(properties, begin) : insertions_.at_beginning(paragraph_, begin);
        insertions_.at_end(paragraph_, end);
        continue;
      }
      opening[range.begin] += begin;
      closing[range.end] += end;
    }
    for (const auto& [at, text] : closing) {
      const auto also = opening.find(at);
      const bool both = also != opening.end() && ends_inside(at);
      cut(segment_before(at), at, both ? text + also->second : text);
      if (both) opening.erase(also);
    }
    for (const auto& [at, text] : opening) cut(segment_after(at), at, text);
  }

 private:
  const Segment* segment_after(size_t at) const {
    for (const Segment& each : read_.segments)
      if (each.begin <= at && at < each.end) return &each;
    return nullptr;
  }
  const Segment* segment_before(size_t at) const {
    for (const Segment& each : read_.segments)
      if (each.begin < at && at <= each.end) return &each;
    return nullptr;
  }
  bool ends_inside(size_t at) const { return segment_before(at) == segment_after(at); }

  static bool is_plain(const Segment* segment) {
    if (!segment || std::string_view(segment->text.parent().name()) != "w:r") return false;
    const auto inside = segment->text.children();
    return std::all_of(inside.begin(), inside.end(),
                       [](const pugi::xml_node& each) { return each.type() == pugi::node_pcdata; });
  }
  bool can_cut(const Range& range) const {
    return is_plain(segment_after(range.begin)) && is_plain(segment_before(range.end));
  }

  // REQUIRES: is_plain(segment).
  void cut(const Segment* segment, size_t at, const std::string& marks) {
    const pugi::xml_node run = segment->text.parent();
    const std::string again = "<w:r>" + std::string(insertions_.raw(run.child("w:rPr")));
    const auto is_content = [](const pugi::xml_node& node) {
      return node.type() == pugi::node_element && std::string_view(node.name()) != "w:rPr";
    };
    pugi::xml_node before = segment->text.previous_sibling(), after = segment->text.next_sibling();
    while (before && !is_content(before)) before = before.previous_sibling();
    while (after && !is_content(after)) after = after.next_sibling();
    if (at == segment->begin) {
      before ? insertions_.before(segment->text, "</w:r>" + marks + again) : insertions_.before(run, marks);
    } else if (at == segment->end) {
      after ? insertions_.after(segment->text, "</w:r>" + marks + again) : insertions_.after(run, marks);
    } else if (insertions_.inside(segment->text, at - segment->begin,
                                  "</w:t></w:r>" + marks + again + "<w:t xml:space=\"preserve\">")) {
      if (!segment->text.attribute("xml:space"))
        insertions_.add_attribute(segment->text, "xml:space=\"preserve\"");
    }
  }

  Insertions& insertions_;
  pugi::xml_node paragraph_;
  ParagraphText read_;
};

class Annotator {
 public:
  Annotator(const package::Archive& archive, pugi::xml_node root, Time now)
      : archive_(archive),
        edit_(archive),
        insertions_(archive.read(kBody)),
        stories_(collect_stories(root, "")),
        time_(to_text(now + std::chrono::hours(8))) {}  // Word shows a comment's time as it is written

  std::string annotate(const std::vector<Diagnostic>& findings) {
    read_comments();
    for (const Diagnostic& finding : findings) place(finding);
    for (const StoryParagraph& paragraph : stories_.front())
      if (const auto mine = marks_.find(paragraph.node); mine != marks_.end())
        Marker(insertions_, paragraph.node).mark(mine->second);
    if (!has_comments_)
      edit_.need_part(comments_name_,
                      "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
                      "comments", kNoComments);
    edit_.append(comments_name_, written_);
    return pack();
  }

 private:
  void read_comments() {
    for (const auto& [id, relation] : read_relations(archive_, kBody))
      if (relation.type == "comments" && archive_.has(relation.target)) comments_name_ = relation.target;
    has_comments_ = comments_name_ != kComments || archive_.has(kComments);
    next_ = edit_.next_number(comments_name_, "w:id", -1);
  }

  void place(const Diagnostic& finding) {
    const Story& body = stories_.front();
    if (body.empty()) return;
    std::string spot = finding.where.spot;
    const size_t box = spot.find(kBox);
    if (box != std::string::npos) spot.resize(box);
    const StoryParagraph* first = nullptr;
    Range range;
    for (const StoryParagraph& each : body) {
      if (each.spot != spot) continue;
      if (!first) first = &each;
      if (box != std::string::npos) break;
      const Range here = find_range(read_paragraph(each.node).text, finding);
      if (here.end == 0) continue;
      first = &each;
      range = here;
      break;
    }
    const bool elsewhere = !first || box != std::string::npos;  // then the words must say where
    if (!first) first = &body.front();
    marks_[first->node][range].push_back(next_);
    write(finding, elsewhere);
  }

  void write(const Diagnostic& finding, bool elsewhere) {
    const auto paragraph = [](const std::string& text) {
      return "<w:p><w:r><w:t xml:space=\"preserve\">" + escaped(text) + "</w:t></w:r></w:p>";
    };
    const char* word = finding.severity == Severity::error     ? "错误"
                       : finding.severity == Severity::warning ? "提醒"
                                                               : "建议";
    const std::string spot = elsewhere && !finding.where.spot.empty() ? finding.where.spot + "：" : "";
    written_ += fmt::format("<w:comment w:id=\"{}\" w:author=\"{}\" w:date=\"{}\" w:initials=\"{}\">", next_,
                            kAuthor, time_, kInitials);
    written_ += paragraph(fmt::format("{}：{}{}", word, spot, finding.message));
    if (!finding.hint.empty()) written_ += paragraph("怎么改：" + finding.hint);
    written_ += "</w:comment>";
    next_ = edit_.next_number(comments_name_, "w:id", -1);
  }

  std::string pack() {
    package::ArchiveWriter writer;
    for (const std::string& name : archive_.names())
      writer.add(name, edit_.apply(name, name == kBody ? insertions_.apply() : archive_.read(name)));
    for (const PackageEdit::Added& added : edit_.added())
      writer.add(added.name, edit_.apply(added.name, added.bytes));
    return writer.finish();
  }

  const package::Archive& archive_;
  PackageEdit edit_;
  Insertions insertions_;
  std::vector<Story> stories_;
  std::string time_;
  std::string comments_name_ = kComments, written_;
  bool has_comments_ = false;
  long long next_ = 0;
  std::map<pugi::xml_node, std::map<Range, std::vector<long long>>> marks_;
};

}  // namespace

std::optional<std::string> annotate(std::string_view bytes, std::string_view display_name,
                                    const Diagnostics& findings, Time now) {
  Diagnostics unheard;  // what is wrong with the file itself is among the findings
  const auto archive = open_word(bytes, display_name, unheard);
  if (!archive || !archive->has(kBody) || !archive->has("[Content_Types].xml")) return std::nullopt;
  const auto body = xml::parse_part(archive->read(kBody), display_name, kBody, unheard);
  if (!body) return std::nullopt;
  std::vector<Diagnostic> mine;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(mine),
               [&](const Diagnostic& each) { return each.where.file == display_name; });
  return Annotator(*archive, *body, now).annotate(mine);
}

}  // namespace wenshu::docx
