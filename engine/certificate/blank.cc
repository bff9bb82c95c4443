#include "certificate/blank.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "certificate/blank_inside.h"
#include "certificate/border.h"
#include "certificate/compose.h"
#include "certificate/lettering.h"

namespace wenshu::certificate {

using data::Value;

document::PlacedPicture place_picture(std::shared_ptr<const picture::Pixels> pixels, const Box& box) {
  const double scale = std::min(box.width / pixels->width, box.height / pixels->height);
  const double width = pixels->width * scale, height = pixels->height * scale;
  return {box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height,
          std::move(pixels)};
}

char32_t upright(char32_t character) {
  static constexpr std::pair<char32_t, char32_t> kForms[] = {
      {U'，', U'︐'}, {U'、', U'︑'}, {U'。', U'︒'}, {U'：', U'︓'}, {U'；', U'︔'}, {U'！', U'︕'},
      {U'？', U'︖'}, {U'（', U'︵'}, {U'）', U'︶'}, {U'〔', U'︹'}, {U'〕', U'︺'}, {U'【', U'︻'},
      {U'】', U'︼'}, {U'《', U'︽'}, {U'》', U'︾'}, {U'〈', U'︿'}, {U'〉', U'﹀'}, {U'「', U'﹁'},
      {U'」', U'﹂'}, {U'『', U'﹃'}, {U'』', U'﹄'}, {U'“', U'﹁'},  {U'”', U'﹂'}};
  for (const auto& [across, down] : kForms)
    if (across == character) return down;
  return character;
}

namespace {

constexpr std::string_view kDigits = "0123456789";

// Draws what all certificates of a class have in common.
class Common {
 public:
  Common(Blank::Inside& blank, std::string_view number_characters, const Place& where, Diagnostics& findings)
      : blank_(blank),
        letterings_(blank.faces),
        number_characters_(to_characters(std::string(kDigits) + std::string(number_characters))),
        where_(where),
        findings_(findings) {
    Person nobody;
    nobody.row = Value::map();
    common_ = merge(blank.sheet, blank.values, nobody, "");
  }
  void draw() {
    for (const Side& side : blank_.sheet.sides) draw_side(side);
    letterings_.add_to(blank_.fixed);
  }

 private:
  void draw_side(const Side& side);
  std::vector<Letter> letters(const Text& text, const std::vector<Words>& runs);
  std::shared_ptr<const picture::Pixels> picture(const std::string& id) const {
    const auto found = blank_.pictures.find(id);
    return found == blank_.pictures.end() ? nullptr : found->second;
  }
  void report_uncovered(char32_t character);

  Blank::Inside& blank_;
  Letterings letterings_;
  std::u32string number_characters_;
  const Place& where_;
  Diagnostics& findings_;
  Value common_;
  std::set<char32_t> reported_;
};

void Common::report_uncovered(char32_t character) {
  if (!reported_.insert(character).second) return;
  findings_.error(
      "uncovered-character", where_,
      fmt::format("证书上有一个字所有字体都没有：“{}”（{}）", to_utf8(character), code_point_name(character)),
      "核对这个字；若无误，安装含有它的字体并写进 fonts/fonts.yaml（wenshu fonts 可查）");
}

std::vector<Letter> Common::letters(const Text& text, const std::vector<Words>& runs) {
  std::vector<Letter> letters;
  for (size_t i = 0; i < runs.size(); ++i) {
    Lettering& lettering = letterings_.of(text.runs[i].role);
    for (char32_t c : to_characters(runs[i].common_part())) {
      if (text.direction == Direction::down && lettering.find(upright(c)).face) c = upright(c);
      const auto found = c == U'\n' ? Lettering::Found() : lettering.find(c);
      if (found.face || c == U'\n')
        letters.push_back({c, found.face, &text.runs[i], found.em});
      else
        report_uncovered(c);
    }
  }
  return letters;
}

void Common::draw_side(const Side& side) {
  const Sheet& sheet = blank_.sheet;
  auto ground = std::make_shared<document::PlacedPage>();
  ground->width_mm = sheet.width_mm;
  ground->height_mm = sheet.height_mm;
  Blank::Inside::PersonalSide& personal = blank_.sides.emplace_back();
  for (const Rectangle& box : side.boxes) {
    if (box.fill) {  // as a path: the border is drawn over it
      document::PlacedPath& path = ground->paths.emplace_back();
      using Step = document::PlacedPath::Step;
      path.steps = {Step::move, Step::line, Step::line, Step::line, Step::close};
      const double right = box.box.x + box.box.width, bottom = box.box.y + box.box.height;
      path.points = {{box.box.x, box.box.y}, {right, box.box.y}, {right, bottom}, {box.box.x, bottom}};
      path.colour = *box.fill;
    }
    if (box.line)
      ground->rectangles.push_back(
          {box.box.x, box.box.y, box.box.width, box.box.height, box.line_pt, false, *box.line});
  }
  draw_border(side.border, *ground);
  for (const Text& text : side.texts) {
    std::vector<Words> runs;
    for (const TextRun& run : text.runs) {
      Words& words = runs.emplace_back(sheet, run.text, common_);
      if (words.says_number())
        for (const char32_t c : number_characters_) letterings_.of(run.role).find(c);
    }
    const auto placed = letters(text, runs);  // of all texts, so that their faces are known
    if (!std::all_of(runs.begin(), runs.end(), [](const Words& words) { return words.is_common(); })) {
      personal.texts.push_back({&text, std::move(runs)});
    } else if (!compose(text, placed, *ground)) {
      findings_.error("text-too-long", where_, "证书上有一段文字太长，缩到最小也放不下",
                      fmt::format("缩短文字，或在 {} 加大这一块", to_text(text.runs.front().text.place)));
    }
  }
  if (side.qr && !side.qr->is_signed()) personal.qr.emplace(sheet, side.qr->text, common_);
  if (side.background)
    if (auto pixels = picture(side.background->name))
      personal.under.push_back(place_picture(std::move(pixels), side.background->box));
  if (side.seal)
    if (auto pixels = picture(side.seal->field))
      personal.over.push_back(
          place_picture(std::move(pixels), {side.seal->x, side.seal->y, side.seal->side, side.seal->side}));
  blank_.grounds.push_back(std::move(ground));
}

}  // namespace

Blank::Blank(const Sheet& sheet, Value values, const font::Faces& faces, Pictures pictures,
             std::string_view number_characters, const Place& where, Diagnostics& findings)
    : inside_(new Inside{sheet, std::move(values), faces, std::move(pictures), {}, {}, {}}) {
  Common(*inside_, number_characters, where, findings).draw();
}
Blank::~Blank() = default;
Blank::Blank(Blank&&) noexcept = default;

const Sheet& Blank::sheet() const { return inside_->sheet; }
const Value& Blank::values() const { return inside_->values; }
const std::vector<std::shared_ptr<const document::PlacedPage>>& Blank::grounds() const {
  return inside_->grounds;
}
const font::Characters& Blank::fixed_characters() const { return inside_->fixed; }

std::vector<std::shared_ptr<const picture::Pixels>> Blank::pictures() const {
  std::vector<std::shared_ptr<const picture::Pixels>> list;
  for (const auto& [id, pixels] : inside_->pictures) list.push_back(pixels);
  return list;
}

}  // namespace wenshu::certificate
