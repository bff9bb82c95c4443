#include "template/text.h"

#include <fmt/format.h>

#include <deque>
#include <kainjow/mustache.hpp>

#include "base/error.h"
#include "base/text.h"
#include "template/scope.h"
#include "template/tag.h"

namespace wenshu::templates {
namespace {

namespace mustache = kainjow::mustache;

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

struct Scanned {
  std::vector<FoundTag> found;
  std::vector<Tag> tags;
  std::vector<Place> places;
  std::vector<Pair> pairs;
};

void refuse_marks(const Tag& tag, const Place& place, Diagnostics& findings) {
  for (const Mark& mark : tag.marks)
    findings.error("mark-in-text", place,
                   fmt::format("{}：“{}”管版面，文字里没有版面", to_text(tag), mark.name),
                   "删去它，或改用 Word 模板（.docx）");
}

// Nothing when there was a fault.
std::optional<Scanned> scan(std::string_view text, const Place& place, Diagnostics& findings) {
  Diagnostics here;
  const TextLocator locator(text, place);
  Scanned scanned;
  if (const auto at = find_malformed_utf8(text)) {
    here.error("not-utf8", place, "模板文字不是正确的 UTF-8", "另存为 UTF-8");
  } else if (const auto control = find_forbidden_character(text)) {
    here.error("forbidden-character", locator.place_of(*control), "模板文字含有文档不能存放的控制字符",
               "删去这个字符");
  } else {
    scanned.found = find_tags(text, locator, here);
    for (const FoundTag& found : scanned.found) {
      scanned.tags.push_back(found.faulty ? Tag{Tag::Kind::remark, "", {}} : found.tag);
      scanned.places.push_back(locator.place_of(found.begin));
      if (!found.faulty) refuse_marks(found.tag, scanned.places.back(), here);
    }
    scanned.pairs = match_sections(scanned.tags, scanned.places, here);
  }
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  return scanned;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

// Does the remark stand alone in its line? Then the line goes with it: `end` moves behind its end.
bool stands_alone(std::string_view text, size_t begin, size_t& end) {
  const size_t line = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;  // npos + 1 == 0
  const size_t next = text.find('\n', end);
  if (!is_blank(text.substr(line, begin - line)) || !is_blank(text.substr(end, next - end))) return false;
  end = next == std::string_view::npos ? text.size() : next + 1;
  return true;
}

constexpr const char* kBraceName = "b";  // a lone { that would run into a tag

// The text with every tag named by its number, as kainjow/Mustache reads it: {{&0}} {{#1}} {{^2}} {{/1}}.
std::string numbered(std::string_view text, const Scanned& scanned) {
  std::vector<size_t> name(scanned.found.size());
  for (size_t i = 0; i < name.size(); ++i) name[i] = i;
  for (const Pair& pair : scanned.pairs) name[pair.end] = pair.open;
  std::string result;
  size_t from = 0;
  for (size_t i = 0; i < scanned.found.size(); ++i) {
    const FoundTag& found = scanned.found[i];
    result += text.substr(from, found.begin - from);
    from = found.end;
    if (!result.empty() && result.back() == '{') {
      result.pop_back();
      result += fmt::format("{{{{&{}}}}}", kBraceName);
    }
    switch (found.tag.kind) {
      case Tag::Kind::value:
        result += fmt::format("{{{{&{}}}}}", name[i]);
        break;
      case Tag::Kind::section:
        result += fmt::format("{{{{#{}}}}}", name[i]);
        break;
      case Tag::Kind::inverted:
        result += fmt::format("{{{{^{}}}}}", name[i]);
        break;
      case Tag::Kind::end:
        result += fmt::format("{{{{/{}}}}}", name[i]);
        break;
      case Tag::Kind::remark:
        if (stands_alone(text, found.begin, from)) result.resize(result.find_last_not_of(" \t") + 1);
        break;
    }
  }
  result += text.substr(from);
  return result;
}

// Answers kainjow's questions out of a Scope: a name is the number of a tag.
class NumberedContext : public mustache::basic_context<std::string> {
 public:
  NumberedContext(const Scanned& scanned, Scope& scope) : scanned_(scanned), scope_(scope) {}

  // A round of a section comes as the text "ROUNDS:INDEX" that get() put into its list.
  void push(const mustache::data* data) override {
    entered_.push_back(data->is_string());
    if (!data->is_string()) return;
    const std::string& name = data->string_value();
    const size_t colon = name.find(':');
    scope_.enter(rounds_[std::stoul(name)], std::stoul(name.substr(colon + 1)));
  }

  void pop() override {
    if (entered_.back()) scope_.leave();
    entered_.pop_back();
  }

  const mustache::data* get(const std::string& name) const override {
    if (name == kBraceName) return &brace_;
    const size_t index = std::stoul(name);
    const Tag& tag = scanned_.tags[index];
    const Place& place = scanned_.places[index];
    if (tag.kind == Tag::Kind::value) {
      value_ = mustache::data(scope_.value(tag, place));
      return &value_;
    }
    rounds_.push_back(scope_.rounds(tag, place));
    const size_t count = rounds_.back().items.size();
    if (tag.kind == Tag::Kind::inverted) return count > 0 ? &false_ : &true_;
    lists_.emplace_back(mustache::data::type::list);
    for (size_t i = 0; i < count; ++i) lists_.back().push_back(fmt::format("{}:{}", rounds_.size() - 1, i));
    return &lists_.back();
  }

  const mustache::data* get_partial(const std::string&) const override { return nullptr; }

 private:
  const Scanned& scanned_;
  Scope& scope_;
  std::vector<bool> entered_;
  mutable std::deque<Rounds> rounds_;         // a deque: what scopes point to must not move
  mutable std::deque<mustache::data> lists_;  // the same
  mutable mustache::data value_;
  mustache::data brace_{std::string("{")}, true_{true}, false_{false};
};

}  // namespace

bool check_text(std::string_view text, const Place& place, Diagnostics& findings) {
  return scan(text, place, findings).has_value();
}

std::vector<TagPlace> list_tags(std::string_view text, const Place& place) {
  Diagnostics ignored;
  const auto scanned = scan(text, place, ignored);
  return scanned ? list_tags(scanned->tags, scanned->places) : std::vector<TagPlace>();
}

std::vector<TagPlace> list_tags(const std::vector<Tag>& tags, const std::vector<Place>& places) {
  std::vector<TagPlace> list;
  std::vector<std::string> open = {""};
  for (size_t i = 0; i < tags.size(); ++i) {
    const Tag& tag = tags[i];
    if (tag.kind == Tag::Kind::value || tag.opens())
      list.push_back({to_text(tag), places[i], tag.path, tag.opens(), open.back()});
    if (tag.opens()) open.push_back(tag.path);
    if (tag.kind == Tag::Kind::end && open.size() > 1) open.pop_back();
  }
  return list;
}

std::optional<std::string> fill_text(std::string_view text, const data::Value& data, const Place& place,
                                     Diagnostics& findings, const Filling& filling) {
  const auto scanned = scan(text, place, findings);
  if (!scanned) return std::nullopt;
  if (scanned->tags.empty()) return std::string(text);
  mustache::mustache engine(numbered(text, *scanned));
  if (!engine.is_valid()) throw Failure("文字模板无法解析（" + engine.error_message() + "）");
  Diagnostics here;
  Scope scope(data, here, filling);
  NumberedContext context(*scanned, scope);
  std::string result = engine.render(context);
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  return result;
}

}  // namespace wenshu::templates
