#include "docx/picture_xml.h"

#include <fmt/format.h>

#include "docx/escape.h"

namespace wenshu::docx {
namespace {

constexpr const char* kWordDrawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
constexpr const char* kMain = "http://schemas.openxmlformats.org/drawingml/2006/main";
constexpr const char* kPicture = "http://schemas.openxmlformats.org/drawingml/2006/picture";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// From wp:docPr to the end of inline and anchor alike. The prefixes are declared here, whatever the part's root knows.
std::string properties_and_graphic(Renderer& renderer, const std::string& target, const PictureBox& box,
                                   const std::string& description) {
  const std::string id = renderer.fresh_id(Family::drawing);
  const std::string relation = renderer.package().relate(renderer.part().name, "image", target);
  const std::string name = "图片 " + id;
  return fmt::format(
      R"(<wp:docPr id="{0}" name="{1}" descr="{2}"/><wp:cNvGraphicFramePr>)"
      R"(<a:graphicFrameLocks xmlns:a="{3}" noChangeAspect="1"/></wp:cNvGraphicFramePr>)"
      R"(<a:graphic xmlns:a="{3}"><a:graphicData uri="{4}"><pic:pic xmlns:pic="{4}"><pic:nvPicPr>)"
      R"(<pic:cNvPr id="{0}" name="{1}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>)"
      R"(<a:blip xmlns:r="{5}" r:embed="{6}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>)"
      R"(<a:xfrm><a:off x="0" y="0"/><a:ext cx="{7}" cy="{8}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>)"
      R"(</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>)",
      id, name, escaped(description), kMain, kPicture, kRelations, relation, box.width, box.height);
}

}  // namespace

PictureBox fit_into(const PictureBox& picture, const PictureBox& box) {
  if (box.width == 0 && box.height == 0) return picture;
  const auto part = [](long long side, long long of, long long by) { return (side * of + by / 2) / by; };
  const PictureBox by_width{box.width, part(box.width, picture.height, picture.width)};
  const PictureBox by_height{part(box.height, picture.width, picture.height), box.height};
  if (box.height == 0) return by_width;
  if (box.width == 0) return by_height;
  return by_width.height <= box.height ? by_width : by_height;
}

std::string inline_picture(Renderer& renderer, const std::string& target, const PictureBox& box,
                           const std::string& description, const std::string& format) {
  return fmt::format(R"(<w:r>{}<w:drawing><wp:inline xmlns:wp="{}" distT="0" distB="0" distL="0" distR="0">)"
                     R"(<wp:extent cx="{}" cy="{}"/>{}</wp:inline></w:drawing></w:r>)",
                     format, kWordDrawing, box.width, box.height,
                     properties_and_graphic(renderer, target, box, description));
}

std::string floating_picture(Renderer& renderer, const std::string& target, const PictureBox& box,
                             const FloatingPlace& place, const std::string& description) {
  // Later pictures lie over earlier ones.
  const std::string graphic = properties_and_graphic(renderer, target, box, description);
  return fmt::format(
      R"(<w:r><w:drawing><wp:anchor xmlns:wp="{}" distT="0" distB="0" distL="0" distR="0" simplePos="0" )"
      R"(relativeHeight="{}" behindDoc="{}" locked="0" layoutInCell="1" allowOverlap="1">)"
      R"(<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{}"><wp:posOffset>{}</wp:posOffset></wp:positionH>)"
      R"(<wp:positionV relativeFrom="{}"><wp:posOffset>{}</wp:posOffset></wp:positionV>)"
      R"(<wp:extent cx="{}" cy="{}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>{}</wp:anchor>)"
      R"(</w:drawing></w:r>)",
      kWordDrawing, 251658240, place.behind ? 1 : 0, place.across_from, place.across, place.down_from,
      place.down, box.width, box.height, graphic);
}

}  // namespace wenshu::docx
