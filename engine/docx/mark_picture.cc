// {{照片 | picture 25mm 35mm}}: a picture file that the data name, as large as fits into the box; without a box its own
// size, at most the width of the cell or of the text. `floating` lays it over the text.
#include <algorithm>

#include "docx/mark_value.h"
#include "docx/media.h"

namespace wenshu::docx {
namespace {

class PictureHook : public Hook {
 public:
  PictureHook(const MarkSite& site, const PictureBox& box, bool floating)
      : lifted_(site), box_(box), room_(room_around(site)), floating_(floating) {}

  void run(Renderer& renderer, const Program&) const override {
    const auto name = take_value(renderer, lifted_);
    const Media* media = name ? find_media(renderer, lifted_, *name) : nullptr;
    if (!media) return;
    PictureBox box = fit_into(media->size, box_);
    if (box.width > room_ && box_.width == 0) box = fit_into(media->size, {room_, 0});
    renderer.out() += floating_ ? floating_picture(renderer, media->target, box, {}, *name)
                                : inline_picture(renderer, media->target, box, *name, lifted_.format);
  }

  Lifted lifted_;

 private:
  PictureBox box_;
  long long room_;
  bool floating_;
};

}  // namespace

void mark_picture(const MarkSite& site, Marking& marking) {
  std::string fault;
  const auto lengths = read_lengths(site.mark.argument, fault);
  const auto is_known = [](const std::string& word) { return word == "floating"; };
  if (lengths &&
      (lengths->emu.size() > 2 || !std::all_of(lengths->words.begin(), lengths->words.end(), is_known)))
    fault = "图片后面写宽和高（毫米），浮动的再写 floating";
  if (!fault.empty()) return marking.refuse(site, fault, "如 {{照片 | picture 25mm 35mm}}");
  PictureBox box;
  if (!lengths->emu.empty()) box.width = lengths->emu[0];
  if (lengths->emu.size() > 1) box.height = lengths->emu[1];
  const auto hook = std::make_shared<PictureHook>(site, box, !lengths->words.empty());
  hook->lifted_.format = marking.lift(site, hook);
}

}  // namespace wenshu::docx
