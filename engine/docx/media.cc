#include "docx/media.h"

#include <map>
#include <optional>
#include <utility>

#include "picture/decode.h"
#include "picture/encode.h"
#include "picture/measure.h"

namespace wenshu::docx {
namespace {

using Known = std::map<std::pair<std::string, Ink>, Media>;
constexpr char kOwner = 0;

// What the picture room says becomes a finding about the field.
std::optional<Media> load(Renderer& renderer, const Lifted& lifted, const std::string& name, Ink ink) {
  const auto bytes = read_named_file(renderer, lifted, name);
  if (!bytes) return std::nullopt;
  Diagnostics faults;
  const auto measured = picture::measure_picture(*bytes, lifted.place, faults);
  std::string packed = *bytes;
  if (measured && ink == Ink::clear_paper) {
    auto pixels = picture::decode_png(*bytes, lifted.place, faults);
    if (pixels && pixels->alpha.empty())
      packed = picture::encode_png(picture::clear_white(std::move(*pixels)));
  }
  for (const Diagnostic& each : faults)
    renderer.scope().report_value(lifted.tag, lifted.place, each.code.c_str(), name + "：" + each.message,
                                  each.hint);
  if (faults.has_errors()) return std::nullopt;
  const char* extension = measured->kind == picture::FileKind::png ? "png" : "jpeg";
  return Media{renderer.package().add_media(std::move(packed), extension),
               {measured->width_emu, measured->height_emu}};
}

}  // namespace

const Media* find_media(Renderer& renderer, const Lifted& lifted, const std::string& name, Ink ink) {
  Known& known = renderer.state<Known>(&kOwner);
  const auto found = known.find({name, ink});
  if (found != known.end()) return &found->second;
  auto media = load(renderer, lifted, name, ink);  // a faulty one is told of each record
  return media ? &(known[{name, ink}] = std::move(*media)) : nullptr;
}

}  // namespace wenshu::docx
