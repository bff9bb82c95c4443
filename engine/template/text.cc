#include "template/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <kainjow/mustache.hpp>
#include <map>
#include <memory>
#include <utility>

#include "base/error.h"
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

namespace mustache = kainjow::mustache;

// kainjow reads a text in which each tag bears a number and delimiters that no text may hold; what stands alone in
// its line has gone already, so a mark beside each tag keeps kainjow from looking for such lines itself.
constexpr char kOpen = '\x01', kClose = '\x02', kBeside = '\x03';

std::string numbered(const ScannedText& text, size_t number) {
  std::string result = fmt::format("{{{{={} {}=}}}}", kOpen, kClose);
  std::map<size_t, size_t> openings;  // by their end tags
  for (size_t i = 0; i < text.tags.size(); ++i)
    if (text.tags[i].tag.opens()) openings[text.tags[i].end] = i;
  const auto put = [&](char sign, size_t tag) {
    result += fmt::format("{}{}{}{}-{}{}{}", kBeside, kOpen, sign, number, tag, kClose, kBeside);
  };
  for (size_t i = 0; i < text.tags.size(); ++i) {
    result += text.literals[i];
    const TextTag& tag = text.tags[i];
    if (!tag.partial.empty()) {  // in a section of its own, which tells how deep it stands
      put('#', i);
      put('>', i);
      put('/', i);
    } else if (tag.tag.kind == Tag::Kind::value) {
      put('&', i);
    } else if (tag.tag.opens()) {
      put(tag.tag.kind == Tag::Kind::section ? '#' : '^', i);
    } else if (tag.tag.kind == Tag::Kind::end) {
      put('/', openings.at(i));
    }
  }
  result += text.literals.back();
  return result;
}

// Answers kainjow's questions out of a Scope.
class NumberedContext : public mustache::basic_context<std::string> {
 public:
  NumberedContext(Scope& scope, Partials& partials, bool html)
      : scope_(scope), partials_(partials), html_(html) {}

  // The number of a text: the first part of the names of its tags.
  size_t number_of(const ScannedText& text) {
    texts_.push_back(&text);
    return texts_.size() - 1;
  }

  // A round of a section comes as the text that get() put into its list.
  void push(const mustache::data* data) override {
    const std::string round = data->is_string() ? data->string_value() : "";
    entered_.push_back(round);
    if (round == kPartialRound) ++depth_;
    if (round.empty() || round == kPartialRound) return;
    const size_t colon = round.find(':');
    const Open& open = open_[std::stoul(round)];
    written_ += open.bytes;
    if (written_ > kMostOutput) scope_.stop(open.tag->place);
    scope_.enter(*open.rounds, std::stoul(round.substr(colon + 1)));
  }

  void pop() override {
    if (entered_.back() == kPartialRound)
      --depth_;
    else if (!entered_.back().empty())
      scope_.leave();
    entered_.pop_back();
  }

  const mustache::data* get(const std::string& name) const override {
    const auto [text, index] = find(name);
    const TextTag& tag = text->tags[index];
    if (scope_.stopped()) return &false_;
    if (!tag.partial.empty()) return enter_partial(tag);
    if (tag.tag.kind == Tag::Kind::value) {
      std::string value = scope_.value(tag.tag, tag.place);
      if (html_ && !tag.raw) value = escaped(value);
      written_ += value.size();
      if (written_ > kMostOutput) scope_.stop(tag.place);
      value_ = mustache::data(std::move(value));
      return &value_;
    }
    auto rounds = std::make_unique<Rounds>(scope_.rounds(tag.tag, tag.place));
    const size_t count = rounds->items.size();
    // The scope has turned an inverted section round: kainjow asks whether to hide it.
    if (tag.tag.kind == Tag::Kind::inverted && count == 0) return &true_;
    open_.push_back({&tag, std::move(rounds), bytes_inside(*text, index)});
    if (tag.tag.kind == Tag::Kind::inverted) return &false_;
    lists_.emplace_back(mustache::data::type::list);
    for (size_t i = 0; i < count; ++i) lists_.back().push_back(fmt::format("{}:{}", open_.size() - 1, i));
    return &lists_.back();
  }

  const mustache::data* get_partial(const std::string& name) const override {
    const auto [text, index] = find(name);
    const ScannedText* partial = partials_.find(text->tags[index]);
    if (!partial) return nullptr;
    auto& known = partial_texts_[partial];
    if (!known) {
      texts_.push_back(partial);
      known = std::make_unique<mustache::data>(numbered(*partial, texts_.size() - 1));
    }
    return known.get();
  }

 private:
  static constexpr const char* kPartialRound = "partial";
  struct Open {
    const TextTag* tag;
    std::unique_ptr<Rounds> rounds;  // what scopes point to must not move
    size_t bytes;                    // of the literals inside
  };

  std::pair<const ScannedText*, size_t> find(const std::string& name) const {
    return {texts_[std::stoul(name)], std::stoul(name.substr(name.find('-') + 1))};
  }

  const mustache::data* enter_partial(const TextTag& tag) const {
    if (++partials_written_ > kMostPartials || depth_ == kMostPartialsDeep) {
      scope_.stop(tag.place);
      return &false_;
    }
    return &partial_round_;
  }

  static size_t bytes_inside(const ScannedText& text, size_t open) {
    size_t bytes = 0;
    for (size_t i = open + 1; i <= text.tags[open].end; ++i) bytes += text.literals[i].size();
    return bytes;
  }

  Scope& scope_;
  Partials& partials_;
  bool html_;
  int depth_ = 0;
  std::vector<std::string> entered_;
  mutable size_t written_ = 0, partials_written_ = 0;
  mutable std::vector<const ScannedText*> texts_;
  mutable std::deque<Open> open_;
  mutable std::deque<mustache::data> lists_;
  mutable std::map<const ScannedText*, std::unique_ptr<mustache::data>> partial_texts_;
  mutable mustache::data value_;
  mustache::data true_{true}, false_{false};
  mustache::data partial_round_{mustache::list{mustache::data(std::string(kPartialRound))}};
};

std::string render(const ScannedText& text, Scope& scope, Partials& partials, bool html) {
  NumberedContext context(scope, partials, html);
  mustache::mustache engine(numbered(text, context.number_of(text)));
  if (!engine.is_valid()) throw Failure("文字模板无法解析（" + engine.error_message() + "）");
  std::string result = engine.render(context);
  std::erase(result, kBeside);
  return result;
}

// Literals and values alone, as most texts of a certificate are: nothing that asks for an engine.
std::string join_values(const ScannedText& text, Scope& scope, bool html) {
  std::string result;
  for (size_t i = 0; i < text.tags.size(); ++i) {
    const TextTag& tag = text.tags[i];
    result += text.literals[i];
    if (tag.tag.kind != Tag::Kind::value) continue;
    const std::string value = scope.value(tag.tag, tag.place);
    result += html && !tag.raw ? escaped(value) : value;
  }
  result += text.literals.back();
  return result;
}

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
      for (const std::string& path : expression::paths_read(*tag.guard)) {
        const std::string counter = counter_of(path);
        list.push_back({to_text(tag), places[i], counter.empty() ? path : counter, false, open.back()});
      }
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
    const bool plain = std::none_of(scanned->tags.begin(), scanned->tags.end(), [](const TextTag& tag) {
      return tag.tag.opens() || !tag.partial.empty();
    });
    std::string result =
        plain ? join_values(*scanned, scope, options.html) : render(*scanned, scope, partials, options.html);
    findings.append(here);
    if (here.has_errors()) return std::nullopt;
    return result;
  }
  findings.append(here);
  return std::nullopt;
}

}  // namespace wenshu::templates
