#include "docx/render.h"

#include <fmt/format.h>

#include "base/text.h"
#include "docx/escape.h"
#include "docx/mark.h"

namespace wenshu::docx {
namespace {

constexpr size_t kMostBytes = 512u << 20;  // of one part: Word no longer opens a document of this size
constexpr size_t kTail = 64;               // what stays, for who looks back: the end of a paragraph
constexpr size_t kLongOut = package::PackStream::kPieceBytes + kTail;  // beyond it pieces leave
constexpr size_t kHasRows = std::string::npos;
constexpr size_t kLongestBookmark = 40;  // characters; Word cuts longer names off and then finds them twice

}  // namespace

std::string Renderer::render(const Part& part) {
  part_ = &part;
  out_.clear();
  ranges_.clear();
  run(part.program);
  return std::move(out_);
}

package::Packed Renderer::render_packed(const Part& part) {
  package::PackStream stream;
  stream_ = &stream;
  const std::string rest = render(part);
  stream_ = nullptr;
  return stream.finish(rest);
}

// What nobody looks back at any more goes to the stream.
void Renderer::let_out() {
  if (!stream_ || holds_ > 0 || out_.size() <= kLongOut) return;
  for (size_t& table : tables_) {
    if (table == kHasRows) continue;
    if (out_.find("<w:tr", table) == std::string::npos) return;
    table = kHasRows;
  }
  out_.erase(0, stream_->write_pieces(std::string_view(out_).substr(0, out_.size() - kTail)));
}

void Renderer::run(const Program& body) {
  for (const Step& step : body) {
    if (step.kind == Step::Kind::xml)
      out_ += step.text;
    else
      run_step(step);
  }
}

void Renderer::run_step(const Step& step) {
  switch (step.kind) {
    case Step::Kind::xml:
      break;
    case Step::Kind::value:
      if (const std::string* text = scope_.find_text(part_->tags[step.tag]))
        append_run_text(out_, *text);
      else
        append_run_text(out_, scope_.value(part_->tags[step.tag], part_->places[step.tag]));
      break;
    case Step::Kind::plain_value:
      append_escaped(out_, scope_.value(part_->tags[step.tag], part_->places[step.tag]));
      break;
    case Step::Kind::section:
      run_section(step);
      break;
    case Step::Kind::hook:
      step.hook->run(*this, step.body);
      break;
    case Step::Kind::drawing_id:
      out_ += renewed_id(Family::drawing, step.text);
      break;
    case Step::Kind::control_id:
      out_ += renewed_id(Family::control, step.text);
      break;
    case Step::Kind::range_id:
      out_ += ranges_[{step.family, step.text}] = renewed_id(step.family, step.text);
      break;
    case Step::Kind::range_end:
      out_ += ranges_[{step.family, step.text}];
      break;
    case Step::Kind::revision_id:
      out_ += renewed_id(Family::revision, step.text);
      break;
    case Step::Kind::once:
      if (once_.insert(step.text).second) out_ += step.text;
      break;
    case Step::Kind::bookmark_name:
      append_escaped(out_, reserve_bookmark(step.text, false));
      reserved_names_.erase(step.text);
      break;
    case Step::Kind::table_begin:
      tables_.push_back(out_.size());
      break;
    case Step::Kind::table_end:
      if (tables_.back() != kHasRows && out_.find("<w:tr", tables_.back()) == std::string::npos)
        out_.resize(tables_.back());
      tables_.pop_back();
      break;
    case Step::Kind::table_apart:
      if (out_.ends_with("</w:tbl>")) out_ += "<w:p></w:p>";
      break;
    case Step::Kind::note:
      if (used_.repeated_notes.count(step.text)) break;  // written where it is referred to
      note_now_ = step.text.substr(step.text.find(' ') + 1);
      run(step.body);
      break;
    case Step::Kind::note_id:
      out_ += note_now_;
      break;
    case Step::Kind::note_reference:
      put_note(step.text);
      break;
    case Step::Kind::container_end:
      if (!out_.ends_with("</w:p>") && !out_.ends_with("</w:sdt>")) out_ += "<w:p></w:p>";
      break;
  }
}

void Renderer::run_section(const Step& step) {
  const Place& place = part_->places[step.tag];
  templates::Rounds rounds = scope_.rounds(part_->tags[step.tag], place);
  for (const auto& hook : step.section_hooks) hook->begin(*this, rounds);
  for (size_t i = 0; i < rounds.items.size() && !scope_.stopped(); ++i) {
    if (out_.size() + (stream_ ? stream_->size() : 0) > kMostBytes) scope_.stop(place);
    scope_.enter(rounds, i);
    for (const auto& hook : step.section_hooks) hook->before_round(*this, rounds, i);
    run(step.body);
    for (const auto& hook : step.section_hooks) hook->after_round(*this, rounds, i);
    scope_.leave();
    let_out();
  }
  for (const auto& hook : step.section_hooks) hook->end(*this, rounds);
}

std::string Renderer::fresh_bookmark_name(const std::string& original) {
  std::string name = original;
  for (int n = 2; !bookmark_names_.insert(name).second || (n > 2 && used_.bookmark_names.count(name)); ++n) {
    const std::string suffix = fmt::format("_{}", n);
    name = to_utf8(to_characters(original).substr(0, kLongestBookmark - suffix.size())) + suffix;
  }
  return name;
}

std::string Renderer::reserve_bookmark(const std::string& original, bool anew) {
  std::string& reserved = reserved_names_[original];
  if (anew || reserved.empty()) reserved = fresh_bookmark_name(original);
  return reserved;
}

// The note is written beside: its tags see the record of the place that refers to it.
void Renderer::put_note(const std::string& name) {
  const auto note = notes_.find(name);
  std::string id = name.substr(name.find(' ') + 1);
  if (note != notes_.end() && used_.repeated_notes.count(name)) {
    const Part& part = *note->second.part;
    if (!notes_taken_.insert(name).second) id = std::to_string(package_.next_number(part.name, "w:id", 0));
    std::string around = std::exchange(out_, {});
    const Part* const part_around = std::exchange(part_, &part);
    package::PackStream* const stream = std::exchange(stream_, nullptr);
    note_now_ = id;
    run(note->second.step->body);
    package_.append(part.name, out_);
    stream_ = stream;
    part_ = part_around;
    out_ = std::move(around);
  }
  out_ += id;
}

// The first use keeps the number of the template, so that a section shown once
// changes nothing.
std::string Renderer::renewed_id(Family family, const std::string& original) {
  return taken_.insert({family, original}).second ? original : fresh_id(family);
}

std::string Renderer::fresh_id(Family family) {
  const std::set<long long>& used = family == Family::drawing   ? used_.drawings
                                    : family == Family::control ? used_.controls
                                                                : used_.annotations;
  const bool annotates = family != Family::drawing && family != Family::control;
  long long& last = last_[annotates ? Family::bookmark : family];
  do ++last;
  while (used.count(last));
  return std::to_string(last);
}

}  // namespace wenshu::docx
