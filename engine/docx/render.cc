#include <fmt/format.h>

#include "base/text.h"
#include "docx/program.h"

namespace wenshu::docx {
namespace {

constexpr std::string_view kTextBreak = "</w:t><w:br/><w:t xml:space=\"preserve\">";
constexpr std::string_view kTextTab = "</w:t><w:tab/><w:t xml:space=\"preserve\">";
constexpr size_t kMostBytes = 256u << 20;  // of one part: Word no longer opens a document of this size
constexpr size_t kLongestBookmark = 40;    // characters; Word cuts longer names off and then finds them twice

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

std::string Renderer::render(const Part& part) {
  out_.clear();
  bookmarks_.clear();
  run(part, part.program);
  return std::move(out_);
}

void Renderer::run(const Part& part, const Program& program) {
  for (const Step& step : program) {
    switch (step.kind) {
      case Step::Kind::xml:
        out_ += step.text;
        break;
      case Step::Kind::value:
        put_value(scope_.value(part.tags[step.tag], part.places[step.tag]));
        break;
      case Step::Kind::section: {
        templates::Rounds rounds = scope_.rounds(part.tags[step.tag], part.places[step.tag]);
        for (size_t i = 0; i < rounds.items.size() && !scope_.stopped(); ++i) {
          if (out_.size() > kMostBytes) scope_.stop(part.places[step.tag]);
          scope_.enter(rounds, i);
          run(part, step.body);
          scope_.leave();
        }
        break;
      }
      case Step::Kind::drawing_id:
        out_ += fresh_id(Family::drawing, step.text);
        break;
      case Step::Kind::control_id:
        out_ += fresh_id(Family::control, step.text);
        break;
      case Step::Kind::bookmark_id:
        out_ += bookmarks_[step.text] = fresh_id(Family::bookmark, step.text);
        break;
      case Step::Kind::bookmark_end:
        out_ += bookmarks_[step.text];
        break;
      case Step::Kind::bookmark_name: {
        std::string name = step.text;
        for (int n = 2; !bookmark_names_.insert(name).second || (n > 2 && used_.bookmark_names.count(name));
             ++n) {
          const std::string suffix = fmt::format("_{}", n);
          name = to_utf8(to_characters(step.text).substr(0, kLongestBookmark - suffix.size())) + suffix;
        }
        out_ += name;
        break;
      }
      case Step::Kind::table_begin:
        tables_.push_back(out_.size());
        break;
      case Step::Kind::table_end:
        if (out_.find("<w:tr", tables_.back()) == std::string::npos) out_.resize(tables_.back());
        tables_.pop_back();
        break;
      case Step::Kind::container_end:
        if (!ends_with(out_, "</w:p>") && !ends_with(out_, "</w:sdt>")) out_ += "<w:p></w:p>";
        break;
    }
  }
}

void Renderer::put_value(const std::string& text) {
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '\t':
        out_ += kTextTab;
        break;
      case '\r':
        if (i + 1 < text.size() && text[i + 1] == '\n') break;
        [[fallthrough]];
      case '\n':
        out_ += kTextBreak;
        break;
      default:
        out_ += text[i];
    }
  }
}

// The first use keeps the number of the template, so that a section shown once changes nothing.
std::string Renderer::fresh_id(Family family, const std::string& original) {
  if (taken_.insert({family, original}).second) return original;
  const std::set<long long>& used = family == Family::drawing   ? used_.drawings
                                    : family == Family::control ? used_.controls
                                                                : used_.bookmarks;
  long long& last = last_[family];
  do ++last;
  while (used.count(last));
  return std::to_string(last);
}

}  // namespace wenshu::docx
