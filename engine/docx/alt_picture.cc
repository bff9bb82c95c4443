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

class HerePlace : public templates::Locator {
 public:
  explicit HerePlace(const Place& place) : place_(place) {}
  Place place_of(size_t) const override { return place_; }

 private:
  const Place& place_;
};

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

void find_alt_pictures(pugi::xml_node root, const std::string& prefix, const std::string& file,
                       const templates::Delimiters& delimiters, PlacedTags& placed) {
  int number = 0;
  for_each_drawing(root, [&](pugi::xml_node drawing) {
    ++number;
    pugi::xml_attribute text = frame_of(drawing).child("wp:docPr").attribute("descr");
    const std::string words = text.value();
    if (!words.starts_with(delimiters.open) && !words.starts_with("｛")) return;
    if (!holds_picture(drawing)) return;
    const Place place{file, 0, 0, fmt::format("{}第{}张图片的替代文字", prefix, number)};
    Diagnostics unheard;  // place_tags has told what is wrong with it
    const auto tags = templates::find_tags(words, HerePlace(place), unheard, delimiters);
    if (tags.size() != 1 || tags[0].faulty || tags[0].end != words.size() ||
        tags[0].tag.kind != templates::Tag::Kind::value)
      return;
    text.set_value("");
    drawing.append_attribute(kAltTag).set_value(static_cast<unsigned long long>(placed.tags.size()));
    placed.partner.push_back(placed.tags.size());
    placed.tags.push_back(tags[0].tag);
    placed.tags.back().marks.clear();  // a picture it is in any case
    placed.places.push_back(place);
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
