#include "certificate/words.h"

#include <algorithm>

#include "template/tag.h"
#include "template/text.h"

namespace wenshu::certificate {
namespace {

class OnePlace : public templates::Locator {
 public:
  explicit OnePlace(const Place& place) : place_(place) {}
  Place place_of(size_t) const override { return place_; }

 private:
  const Place& place_;
};

std::string root_of(const std::string& path) { return path.substr(0, path.find('.')); }

}  // namespace

Words::Words(const Sheet& sheet, const Template& text, const data::Value& common) : place_(text.place) {
  Diagnostics ignored;  // the sheet was checked
  const auto tags = templates::find_tags(text.text, OnePlace(text.place), ignored);
  const bool simple = std::all_of(tags.begin(), tags.end(), [](const templates::FoundTag& found) {
    return found.tag.kind == templates::Tag::Kind::value && !found.faulty;
  });
  for (const auto& found : tags) says_number_ = says_number_ || root_of(found.tag.path) == "number";
  const auto speaks_of_person = [&](const std::string& path) { return !sheet.find_field(root_of(path)); };
  const bool personal = std::any_of(tags.begin(), tags.end(),
                                    [&](const auto& found) { return speaks_of_person(found.tag.path); });
  if (!personal) {
    fill_piece(text.text, common, pieces_.emplace_back().text, ignored);
    return;
  }
  if (!simple) {
    pieces_.push_back({Kind::filled, text.text});
    return;
  }
  size_t from = 0;
  for (const auto& found : tags) {
    add_common(text.text.substr(from, found.begin - from));
    from = found.end;
    const std::string tag = text.text.substr(found.begin, found.end - found.begin);
    if (!speaks_of_person(found.tag.path)) {
      std::string said;
      fill_piece(tag, common, said, ignored);
      add_common(std::move(said));
    } else if (!found.tag.formatters.empty()) {
      pieces_.push_back({Kind::filled, tag});
    } else if (found.tag.path == "number") {
      pieces_.push_back({Kind::number, ""});
    } else if (found.tag.path == "mark") {
      pieces_.push_back({Kind::mark, ""});
    } else if (sheet.find_column(found.tag.path)) {
      pieces_.push_back({Kind::column, found.tag.path});
    } else {
      pieces_.push_back({Kind::filled, tag});
    }
  }
  add_common(text.text.substr(from));
}

void Words::add_common(std::string text) {
  if (!text.empty()) pieces_.push_back({Kind::common, std::move(text)});
}

bool Words::is_common() const {
  return std::all_of(pieces_.begin(), pieces_.end(),
                     [](const Piece& piece) { return piece.kind == Kind::common; });
}

std::string Words::common_part() const {
  std::string part;
  for (const Piece& piece : pieces_)
    if (piece.kind == Kind::common || piece.kind == Kind::filled) part += piece.text;
  return part;
}

void Words::fill_piece(const std::string& text, const data::Value& merged, std::string& out,
                       Diagnostics& findings) const {
  if (const auto filled = templates::fill_text(text, merged, place_, findings)) out += *filled;
}

}  // namespace wenshu::certificate
