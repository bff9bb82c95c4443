#include "notice/source_places.h"

#include "base/text.h"

namespace wenshu::notice {
namespace {

using data::Value;

// What shows the character, from the texts of `value` downwards.
struct Search {
  const SourcePlaces& places;
  char32_t character;
  const std::string& paragraph;
  std::optional<Place> first, best;

  void look_in(const Value& value) {
    if (best) return;
    if (value.is_scalar()) return look_at(value);
    for (const Value& item : value.items()) look_in(item);
    for (const auto& entry : value.entries()) look_in(entry.value);
  }

  void look_at(const Value& value) {
    const std::u32string all = to_characters(value.text());
    for (size_t at = all.find(character); at != all.npos; at = all.find(character, at + 1)) {
      if (!first) first = places.place_of(value, at);
      const size_t begin = at == 0 ? 0 : all.rfind(U'\n', at - 1) + 1;  // npos + 1 is 0
      const size_t end = std::min(all.find(U'\n', at), all.size());
      if (paragraph.find(trim(to_utf8(all.substr(begin, end - begin)))) == paragraph.npos) continue;
      best = places.place_of(value, at);
      return;
    }
  }
};

}  // namespace

const std::vector<std::u32string>& SourcePlaces::file() const {
  if (!file_.empty()) return file_;
  for (std::string& line : split(bytes_, "\n")) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    file_.push_back(to_characters(line));
  }
  return file_;
}

std::optional<SourcePlaces::Origin> SourcePlaces::find_origin(const Value& value, const std::u32string& text,
                                                              size_t index) const {
  const std::vector<std::u32string>& file = this->file();
  const auto line = static_cast<size_t>(value.place().line()),
             column = static_cast<size_t>(value.place().column());
  if (line == 0 || line > file.size() || column == 0) return std::nullopt;
  const std::u32string& first = file[line - 1];
  if (column <= first.size() && first[column - 1] == U'|') {
    const size_t at = line + 1 + index;
    if (at > file.size()) return std::nullopt;
    const size_t begin = file[at - 1].find(text);
    return begin == text.npos || begin + text.size() != file[at - 1].size()
               ? std::nullopt
               : std::optional(Origin{at, begin + 1});
  }
  if (index > 0) return std::nullopt;
  for (const size_t begin : {column - 1, column})
    if (begin <= first.size() && first.compare(begin, text.size(), text) == 0) return Origin{line, begin + 1};
  return std::nullopt;
}

Place SourcePlaces::place_of(const Value& value, size_t at) const {
  Place place = value.place();
  size_t begin = 0, index = 0;
  const std::u32string all = to_characters(value.text());
  for (size_t end = all.find(U'\n'); end < at; end = all.find(U'\n', begin)) {
    begin = end + 1;
    ++index;
  }
  const size_t end = std::min(all.find(U'\n', begin), all.size());
  if (const auto origin = find_origin(value, all.substr(begin, end - begin), index)) {
    place.line = static_cast<int>(origin->line);
    place.column = static_cast<int>(origin->column + at - begin);
  }
  return place;
}

Place SourcePlaces::find(const Value& source, char32_t character, const std::string& paragraph) const {
  Search search{*this, character, paragraph, {}, {}};
  search.look_in(source);
  return search.best ? *search.best : search.first.value_or(Place{source.place().file()});
}

}  // namespace wenshu::notice
