// 2024年{{印章 | seal}}6月6日: a seal whose middle lies over this place of the line, a little above it, so that it presses upon
// the organ's name and the date and both stand slightly below its middle (GB/T 9704 7.3.5.1). Several seals (a list) stand
// in line, three at most, further ones below. The text stays where it is.
#include <algorithm>

#include "docx/mark_value.h"
#include "docx/media.h"
#include "picture/measure.h"

namespace wenshu::docx {
namespace {

constexpr long long kDiameter = 40 * picture::kEmuPerMm;  // of a county's seal, 国发〔1999〕25号
constexpr long long kGap = 2 * picture::kEmuPerMm;        // seals never touch
// The name stands a line (about 10 mm) above the date; a middle this far above the date's line has both below it.
constexpr long long kAboveLine = 7 * picture::kEmuPerMm;
constexpr size_t kInRow = 3;

class SealHook : public Hook {
 public:
  SealHook(const MarkSite& site, long long diameter, bool behind)
      : lifted_(site), diameter_(diameter), behind_(behind) {}

  void run(Renderer& renderer, const Program&) const override {
    std::vector<std::string> names;
    const data::Value* value = renderer.scope().find_value(lifted_.tag);
    if (value && value->is_list() && lifted_.tag.formatters.empty()) {
      for (const data::Value& each : value->items())
        if (each.is_scalar() && !each.text().empty()) names.push_back(each.text());
    }
    if (names.empty()) {
      const auto name = take_value(renderer, lifted_);
      if (!name) return;
      names.push_back(*name);
    }
    for (size_t i = 0; i < names.size(); ++i) put(renderer, names[i], i, names.size());
  }

  Lifted lifted_;

 private:
  void put(Renderer& renderer, const std::string& name, size_t index, size_t all) const {
    const Media* media = find_media(renderer, lifted_, name, Ink::clear_paper);
    if (!media) return;
    const PictureBox box = fit_into(media->size, {diameter_, diameter_});
    const size_t row = index / kInRow, in_row = std::min(all - row * kInRow, kInRow);
    const auto step = diameter_ + kGap;
    const auto column = static_cast<long long>(index % kInRow);
    FloatingPlace place;
    place.across_from = "character";
    place.across =
        column * step - (static_cast<long long>(in_row) * step - kGap) / 2 + (diameter_ - box.width) / 2;
    place.down_from = "paragraph";  // LibreOffice counts lines upwards
    place.down =
        static_cast<long long>(row) * step - kAboveLine - diameter_ / 2 + (diameter_ - box.height) / 2;
    place.behind = behind_;
    renderer.out() += floating_picture(renderer, media->target, box, place, name);
  }

  long long diameter_;
  bool behind_;
};

}  // namespace

void mark_seal(const MarkSite& site, Marking& marking) {
  std::string fault;
  const auto lengths = read_lengths(site.mark.argument, fault);
  const auto is_known = [](const std::string& word) { return word == "behind"; };
  if (lengths &&
      (lengths->emu.size() > 1 || !std::all_of(lengths->words.begin(), lengths->words.end(), is_known)))
    fault = "印章后面写直径（毫米），要衬在文字下面的再写 behind";
  if (!fault.empty()) return marking.refuse(site, fault, "如 {{印章 | seal 42mm}}");
  const auto hook = std::make_shared<SealHook>(site, lengths->emu.empty() ? kDiameter : lengths->emu[0],
                                               !lengths->words.empty());
  hook->lifted_.format = marking.lift(site, hook);
}

}  // namespace wenshu::docx
