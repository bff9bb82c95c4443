#include <fmt/format.h>

#include "docx/cell_xml.h"
#include "docx/mark_value.h"
#include "docx/media.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

constexpr const char* kAltTag =
    "\x01"
    "alt";  // on a w:drawing: which tag its text was

pugi::xml_node frame_of(const pugi::xml_node& drawing) {
  const pugi::xml_node anchor = drawing.child("wp:anchor");
  return anchor ? anchor : drawing.child("wp:inline");
}

void for_each_drawing(pugi::xml_node node, const std::function<void(pugi::xml_node)>& act) {
  for (pugi::xml_node child = node.first_child(); child;) {
    const pugi::xml_node next = child.next_sibling();
    if (std::string_view(child.name()) == "w:drawing")
      act(child);
    else
      for_each_drawing(child, act);
    child = next;
  }
}

// attribute="…" of the first `element` in finished XML.
void set_attribute(std::string& xml, const std::string& element, const std::string& attribute,
                   const std::string& value) {
  const size_t begin = xml.find("<" + element + " ");
  const size_t at = begin == std::string::npos ? begin : xml.find(" " + attribute + "=\"", begin);
  if (at == std::string::npos) return;
  const size_t from = at + attribute.size() + 3;
  xml.replace(from, xml.find('"', from) - from, value);
}

// What was cut off the picture that stood there is no matter of the new one.
void drop_crop(std::string& xml) {
  const size_t begin = xml.find("<a:srcRect");
  if (begin == std::string::npos) return;
  const size_t end = xml.find('>', begin);
  const bool is_short = end != std::string::npos && xml[end - 1] == '/';
  const size_t close =
      is_short ? end + 1 : xml.find("</a:srcRect>", begin) + std::string_view("</a:srcRect>").size();
  xml.erase(begin, close - begin);
}

class AltPictureHook : public Hook {
 public:
  AltPictureHook(const templates::Tag& tag, const Place& place, const PictureBox& frame)
      : lifted_(tag, place), frame_(frame) {}

  void run(Renderer& renderer, const Program& drawing) const override {
    const Renderer::Hold hold(renderer);
    const size_t begin = renderer.out().size();
    const auto name = take_value(renderer, lifted_);
    const Media* media = name ? find_media(renderer, lifted_, *name) : nullptr;
    renderer.out().resize(begin);  // no text stands between a run and its drawing
    renderer.run(drawing);
    if (!media) return;
    std::string xml = renderer.out().substr(begin);
    renderer.out().resize(begin);
    const PictureBox box = frame_.width > 0 ? fit_into(media->size, frame_) : media->size;
    set_attribute(xml, "a:blip", "r:embed",
                  renderer.package().relate(renderer.part().name, "image", media->target));
    drop_crop(xml);
    for (const char* extent : {"wp:extent", "a:ext"}) {
      set_attribute(xml, extent, "cx", std::to_string(box.width));
      set_attribute(xml, extent, "cy", std::to_string(box.height));
    }
    renderer.out() += xml;
  }

 private:
  Lifted lifted_;
  PictureBox frame_;
};

}  // namespace

void find_alt_pictures(pugi::xml_node root, PlacedTags& placed) {
  for_each_drawing(root, [&](pugi::xml_node drawing) {
    pugi::xml_attribute text = frame_of(drawing).child("wp:docPr").attribute("descr");
    const auto tagged = placed.attributes.find(text.hash_value());
    if (!text || tagged == placed.attributes.end() || !holds_picture(drawing)) return;
    size_t tag = std::string::npos;
    for (const Piece& piece : tagged->second) {
      if (piece.tag == std::string::npos && piece.text.empty()) continue;
      if (piece.tag == std::string::npos || tag != std::string::npos) return;  // words as well: a text it is
      tag = piece.tag;
    }
    if (tag == std::string::npos) return;
    placed.attributes.erase(tagged);
    text.set_value("");
    drawing.append_attribute(kAltTag).set_value(static_cast<unsigned long long>(tag));
  });
}

void mark_alt_pictures(pugi::xml_node root, const PlacedTags& placed, Marking& marking) {
  for_each_drawing(root, [&](pugi::xml_node drawing) {
    const pugi::xml_attribute mark = drawing.attribute(kAltTag);
    if (!mark) return;
    const size_t tag = mark.as_ullong();
    drawing.remove_attribute(mark);
    const pugi::xml_node extent = frame_of(drawing).child("wp:extent");
    const PictureBox frame{extent.attribute("cx").as_llong(), extent.attribute("cy").as_llong()};
    marking.wrap(drawing, drawing,
                 std::make_shared<AltPictureHook>(placed.tags[tag], placed.places[tag], frame));
  });
}

}  // namespace wenshu::docx
