#include "template/text.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <utility>

#include "expression/guard.h"
#include "template/scope.h"
#include "template/tag.h"

namespace wenshu::templates {
namespace {

constexpr size_t kMostOutput = 64u << 20;  // bytes; a text of this size is no letter
constexpr size_t kMostPartials = 100'000;  // written in one text: partials in partials multiply
constexpr size_t kMostPartialFiles = 100;
constexpr int kMostPartialsDeep = kMaxNesting;  // a partial may name itself, as trees need

std::string indented(const std::string& text, const std::string& indent) {
  std::string result = text.empty() ? "" : indent;
  for (size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) result += indent;
  }
  return result;
}

// The partials of a text, each scanned once for each indentation.
class Partials {
 public:
  Partials(const TextOptions& options, Diagnostics& findings) : options_(options), findings_(findings) {}

  // All that the tags reach, so that their faults show before any data is looked at.
  void load(const std::vector<TextTag>& tags, bool may_be_missing) {
    for (const TextTag& tag : tags) {
      if (tag.partial.empty() || plain_.count(tag.partial)) continue;
      Partial& partial = plain_[tag.partial];
      if (options_.partial && plain_.size() <= kMostPartialFiles)
        partial.text = options_.partial(tag.partial);
      if (!partial.text) {
        if (!may_be_missing) report_missing(tag);
        continue;
      }
      partial.scanned = scan_text(*partial.text, {tag.partial, 1, 1}, {}, findings_);
      if (partial.scanned) load(partial.scanned->tags, may_be_missing);
    }
  }

  const std::map<std::string, std::vector<TextTag>> tags() const {
    std::map<std::string, std::vector<TextTag>> all;
    for (const auto& [name, partial] : plain_)
      if (partial.scanned) all[name] = partial.scanned->tags;
    return all;
  }

  // Null when there is none. REQUIRES: load()
  const ScannedText* find(const TextTag& tag) {
    const Partial& plain = plain_.at(tag.partial);
    if (!plain.scanned || tag.indent.empty()) return plain.scanned ? &*plain.scanned : nullptr;
    Partial& partial = indented_[{tag.partial, tag.indent}];
    if (partial.scanned) return &*partial.scanned;
    partial.text = indented(*plain.text, tag.indent);
    Diagnostics known;
    partial.scanned = scan_text(*partial.text, {tag.partial, 1, 1}, {}, known);
    for (size_t i = 0; i < partial.scanned->tags.size(); ++i)
      partial.scanned->tags[i].place = plain.scanned->tags[i].place;
    return &*partial.scanned;
  }

 private:
  struct Partial {
    std::optional<std::string> text;
    std::optional<ScannedText> scanned;  // views into `text`: neither moves
  };

  void report_missing(const TextTag& tag) {
    if (options_.partial)
      findings_.error("missing-partial", tag.place, fmt::format("没有要嵌入的文件“{}”", tag.partial),
                      "把它放在模板旁边，或改正名称");
    else
      findings_.error("bad-tag", tag.place, fmt::format("这里不能嵌入别的文件（{{{{> {}}}}}）", tag.partial),
                      "把文字直接写在这里");
  }

  const TextOptions& options_;
  Diagnostics& findings_;
  std::map<std::string, Partial> plain_;
  std::map<std::pair<std::string, std::string>, Partial> indented_;
};

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

class TextWriter {
 public:
  TextWriter(Scope& scope, Partials& partials, bool html) : scope_(scope), partials_(partials), html_(html) {}

  // literals[from], tags[from], literals[from + 1] … literals[to]
  void write(const ScannedText& text, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      const TextTag& tag = text.tags[i];
      result += text.literals[i];
      if (result.size() > kMostOutput) scope_.stop(tag.place);
      if (scope_.stopped()) return;
      if (!tag.partial.empty()) {
        write_partial(tag);
      } else if (tag.tag.kind == Tag::Kind::value) {
        const std::string value = scope_.value(tag.tag, tag.place);
        result += html_ && !tag.raw ? escaped(value) : value;
      } else if (tag.tag.opens()) {
        write_section(text, i);
        i = tag.end;
      }
    }
    result += text.literals[to];
  }

  std::string result;

 private:
  void write_section(const ScannedText& text, size_t open) {
    const TextTag& tag = text.tags[open];
    Rounds rounds = scope_.rounds(tag.tag, tag.place);
    for (size_t i = 0; i < rounds.items.size() && !scope_.stopped(); ++i) {
      scope_.enter(rounds, i);
      write(text, open + 1, tag.end);
      scope_.leave();
    }
  }

  void write_partial(const TextTag& tag) {
    const ScannedText* partial = partials_.find(tag);
    if (!partial) return;
    if (++partials_written_ > kMostPartials || depth_ == kMostPartialsDeep) return scope_.stop(tag.place);
    ++depth_;
    write(*partial, 0, partial->tags.size());
    --depth_;
  }

  Scope& scope_;
  Partials& partials_;
  bool html_;
  size_t partials_written_ = 0;
  int depth_ = 0;
};

std::vector<TagPlace> list_scanned(const std::vector<TextTag>& scanned) {
  std::vector<Tag> tags;
  std::vector<Place> places;
  for (const TextTag& tag : scanned) {
    tags.push_back(tag.tag);
    places.push_back(tag.place);
  }
  return list_tags(tags, places);
}

}  // namespace

bool check_text(std::string_view text, const Place& place, Diagnostics& findings,
                const TextOptions& options) {
  Diagnostics here;
  const auto scanned = scan_text(text, place, options.delimiters, here);
  if (scanned) Partials(options, here).load(scanned->tags, false);
  findings.append(here);
  return !here.has_errors();
}

std::vector<TagPlace> list_tags(std::string_view text, const Place& place, const TextOptions& options) {
  Diagnostics ignored;
  const auto scanned = scan_text(text, place, options.delimiters, ignored);
  if (!scanned) return {};
  std::vector<TagPlace> list = list_scanned(scanned->tags);
  Partials partials(options, ignored);
  partials.load(scanned->tags, true);
  for (const auto& [name, tags] : partials.tags())
    for (TagPlace& tag : list_scanned(tags)) list.push_back(std::move(tag));
  return list;
}

std::vector<TagPlace> list_tags(const std::vector<Tag>& tags, const std::vector<Place>& places) {
  std::vector<TagPlace> list;
  std::vector<std::string> open = {""};
  for (size_t i = 0; i < tags.size(); ++i) {
    const Tag& tag = tags[i];
    if (tag.guard) {
      for (const std::string& path : expression::paths_read(*tag.guard))
        list.push_back({to_text(tag), places[i], path, false, open.back()});
    } else if (tag.kind == Tag::Kind::value || tag.opens()) {
      list.push_back({to_text(tag), places[i], tag.path, tag.opens() && !tag.is_condition, open.back()});
    }
    if (tag.opens()) open.push_back(tag.is_condition ? std::string(open.back()) : tag.path);
    if (tag.kind == Tag::Kind::end && open.size() > 1) open.pop_back();
  }
  return list;
}

std::optional<std::string> fill_text(std::string_view text, const data::Value& data, const Place& place,
                                     Diagnostics& findings, const Filling& filling,
                                     const TextOptions& options) {
  Diagnostics here;
  const auto scanned = scan_text(text, place, options.delimiters, here);
  Partials partials(options, here);
  const bool may_be_missing = filling.missing == Missing::blank || filling.missing == Missing::keep;
  if (scanned) partials.load(scanned->tags, may_be_missing);
  if (scanned && !here.has_errors()) {
    Scope scope(data, here, filling);
    TextWriter writer(scope, partials, options.html);
    writer.write(*scanned, 0, scanned->tags.size());
    findings.append(here);
    if (here.has_errors()) return std::nullopt;
    return std::move(writer.result);
  }
  findings.append(here);
  return std::nullopt;
}

}  // namespace wenshu::templates
