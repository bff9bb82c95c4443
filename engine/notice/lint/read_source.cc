// A notice source to its elements. A literal block (body: |) and a plain or quoted one-line text stand in the
// file as they are, so that columns are known there.
#include <algorithm>

#include "base/text.h"
#include "notice/lint/draft.h"
#include "notice/normalise_source.h"
#include "notice/source_places.h"

namespace wenshu::notice {
namespace {

using data::Value;

class Reader {
 public:
  Reader(const Value& source, std::string_view bytes, bool is_clean)
      : source_(source), is_clean_(is_clean), document_(is_clean ? "" : all_text(source_)), places_(bytes) {
    draft_.pasted = false;
    draft_.start = source.place();
  }

  Draft run() {
    draft_.kind = source_["kind"].is_scalar() ? source_["kind"].text() : "";
    draft_.letter = source_["format"].is_scalar() && source_["format"].text() == "letter";
    draft_.copy_number = as_written("copy_number");
    draft_.secrecy = as_written("secrecy");
    draft_.urgency = as_written("urgency");
    draft_.mark = as_written("mark");
    draft_.mark_names = names_of("mark");
    draft_.number = as_written("number");
    draft_.signer = as_written("signer");
    read_title_lines();
    draft_.title = element("title");
    draft_.to = element("to");
    draft_.organ = as_written("organ");
    draft_.organs = names_of("organ");
    draft_.date = as_written("date");
    draft_.note = element("note");
    draft_.copy_to = element("copy_to");
    draft_.printed = as_written("printed_by");
    draft_.has_printing = draft_.copy_to || draft_.printed;
    draft_.bodies.push_back(read_body(source_["body"]));
    const Value& issued = source_["issued"];
    draft_.bodies.push_back(read_body(issued["body"]));
    if (issued["title"].is_scalar()) draft_.issued_title = joined(issued["title"]);
    add_listed(source_["attachments"]);
    add_listed(issued["attachments"]);
    for (const Value& annex : source_["annexes"].items()) add_annex(annex);
    for (const TextField& field : text_fields(source_))
      if (field.form == Form::cell)
        for (Text& line : read(*field.value, Form::cell)) draft_.cells.push_back(std::move(line));
    return std::move(draft_);
  }

 private:
  static std::string all_text(Value& source) {
    std::string all;
    for (const TextField& field : text_fields(source))
      if (field.form == Form::prose) all += field.value->text() + '\n';
    return all;
  }

  std::optional<Text> element(const char* key) {
    const Value& value = source_[key];
    return value.is_scalar() && !trim(value.text()).empty() ? std::optional(joined(value)) : std::nullopt;
  }

  // An element that is no prose: its form is the loader's to judge.
  std::optional<Text> as_written(const char* key) const {
    const Value& value = source_[key];
    const std::vector<std::string> names = names_in(value);
    if (names.empty()) return std::nullopt;
    return Text{names[0], value.place(), {}};
  }

  // Of a joint document: [NAME, …] or [{name: NAME, …}, …], host first.
  std::vector<std::string> names_of(const char* key) const {
    const auto names = names_in(source_[key]);
    return names.size() > 1 ? names : std::vector<std::string>();
  }

  static std::vector<std::string> names_in(const Value& value) {
    std::vector<std::string> names;
    const auto add = [&](const Value& each) {
      const Value& name = each.is_map() ? each["name"] : each;
      if (name.is_scalar() && !trim(name.text()).empty()) names.emplace_back(trim(name.text()));
    };
    if (!value.is_list()) add(value);
    for (const Value& item : value.items()) add(item);
    return names;
  }

  void read_title_lines() {
    const Value& title = source_["title"];
    if (!title.is_scalar()) return;
    for (const std::string& line : split(std::string(trim(title.text())), "\n"))
      draft_.title_lines.push_back({std::string(trim(line)), title.place(), {}});
  }

  // All lines of an element in one, as it reads.
  Text joined(const Value& value) {
    std::vector<Text> lines = read(value);
    if (lines.empty()) return {"", value.place(), {}};
    if (lines.size() > 1) lines[0].columns.clear();
    for (size_t i = 1; i < lines.size(); ++i) lines[0].text += lines[i].text;
    return lines[0];
  }

  std::vector<Paragraph> read_body(const Value& body) {
    std::vector<Paragraph> paragraphs;
    if (body.is_scalar())
      for (Text& line : read(body)) paragraphs.push_back(read_paragraph(std::move(line)));
    return paragraphs;
  }

  void add_listed(const Value& list) {
    for (const Value& item : list.items())
      if (item.is_scalar())
        draft_.listed.push_back({static_cast<int>(draft_.listed.size()) + 1, true, joined(item)});
  }

  // A source binds an annex to its entry by title; without one it takes the next number.
  void add_annex(const Value& annex) {
    if (!annex["title"].is_scalar()) return;
    Attachment here{static_cast<int>(draft_.annexes.size()) + 1, true, joined(annex["title"])};
    for (const Attachment& each : draft_.listed)
      if (each.name.text == here.name.text) here.number = each.number;
    draft_.annexes.push_back(std::move(here));
    draft_.bodies.push_back(read_body(annex["body"]));
  }

  static std::vector<Text> lines_of(const Value& value) {
    std::vector<Text> lines;
    for (std::string& line : split(value.text(), "\n"))
      if (!trim(line).empty()) lines.push_back({std::move(line), value.place(), {}});
    return lines;
  }

  std::vector<Text> read(const Value& value, Form form = Form::prose) {
    if (is_clean_) return lines_of(value);
    const CleanText clean = normalise(value.text(), document_, form);
    std::vector<std::optional<SourcePlaces::Origin>> origins;
    for (const std::string& each : split(value.text(), "\n"))
      origins.push_back(places_.find_origin(value, to_characters(each), origins.size()));
    for (const Change& change : clean.changes) {
      const auto& origin = origins[change.line - 1];
      PlacedChange placed{change, value.place(), origin.has_value()};
      if (origin) {
        placed.place.line = static_cast<int>(origin->line);
        placed.place.column = static_cast<int>(origin->column + change.column - 1);
      }
      draft_.changes.push_back(std::move(placed));
    }
    std::vector<Text> lines;
    for (const CleanLine& line : clean.lines) {
      if (trim(to_utf8(line.text)).empty()) continue;
      Text text{to_utf8(line.text), value.place(), {}};
      if (const auto& origin = origins[line.line - 1]; origin) {
        for (const size_t column : line.columns) text.columns.push_back(origin->column + column - 1);
        text.place.line = static_cast<int>(origin->line);
        text.place = text.at(0);
      }
      (line.is_row ? draft_.cells : lines).push_back(std::move(text));
    }
    return lines;
  }

  Value source_;
  bool is_clean_;
  Neighbours document_;
  SourcePlaces places_;
  Draft draft_;
};

}  // namespace

Draft read_source(const Value& source, std::string_view bytes) { return Reader(source, bytes, false).run(); }

Draft read_clean_source(const Value& source) { return Reader(source, "", true).run(); }

}  // namespace wenshu::notice
