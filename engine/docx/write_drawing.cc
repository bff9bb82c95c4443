#include "docx/write_drawing.h"

#include <fmt/format.h>

#include "docx/write_element.h"

namespace wenshu::docx {
namespace {

constexpr const char* kDrawing = "http://schemas.openxmlformats.org/drawingml/2006";
constexpr const char* kShape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

void add_position(pugi::xml_node anchor, const char* name, const char* from, double mm) {
  pugi::xml_node node = add_element(anchor, name);
  set_attribute(node, "relativeFrom", std::string(from));
  add_element(node, "wp:posOffset").text().set(static_cast<long long>(mm_to_emu(mm)));
}

void set_all(pugi::xml_node node, std::initializer_list<const char*> names, long long value) {
  for (const char* name : names) set_attribute(node, name, value);
}

void add_geometry(pugi::xml_node properties, const Box& box) {
  pugi::xml_node place = add_element(properties, "a:xfrm");
  set_all(add_element(place, "a:off"), {"x", "y"}, 0);
  pugi::xml_node size = add_element(place, "a:ext");
  set_attribute(size, "cx", mm_to_emu(box.width_mm));
  set_attribute(size, "cy", mm_to_emu(box.height_mm));
  pugi::xml_node shape = add_element(properties, "a:prstGeom");
  set_attribute(shape, "prst", std::string("rect"));
  add_element(shape, "a:avLst");
}

// Word 2010 and later, WPS and LibreOffice know shapes; what does not passes them over.
pugi::xml_node add_choice(pugi::xml_node paragraph) {
  pugi::xml_node content = add_element(add_element(paragraph, "w:r"), "mc:AlternateContent");
  pugi::xml_node choice = add_element(content, "mc:Choice");
  set_attribute(choice, "Requires", std::string("wps"));
  return choice;
}

pugi::xml_node add_graphic(pugi::xml_node anchor, const std::string& kind) {
  pugi::xml_node data = add_element(add_element(anchor, "a:graphic"), "a:graphicData");
  set_attribute(data, "uri", kind);
  return data;
}

void add_no_line(pugi::xml_node properties) { add_element(add_element(properties, "a:ln"), "a:noFill"); }

}  // namespace

void declare_drawing_names(pugi::xml_node root) {
  set_attribute(root, "xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
  set_attribute(root, "xmlns:wp", std::string(kDrawing) + "/wordprocessingDrawing");
  set_attribute(root, "xmlns:a", std::string(kDrawing) + "/main");
  set_attribute(root, "xmlns:pic", std::string(kDrawing) + "/picture");
  set_attribute(root, "xmlns:wps", kShape);
}

pugi::xml_node Drawings::add_anchor(pugi::xml_node run, const Box& box, const char* name,
                                    const std::string& description) {
  pugi::xml_node anchor = add_element(add_element(run, "w:drawing"), "wp:anchor");
  ++count_;
  set_all(anchor, {"distT", "distB", "distL", "distR", "simplePos"}, 0);
  set_attribute(anchor, "relativeHeight", count_);
  set_all(anchor, {"behindDoc", "locked"}, 0);
  set_all(anchor, {"layoutInCell", "allowOverlap"}, 1);
  set_all(add_element(anchor, "wp:simplePos"), {"x", "y"}, 0);
  const bool page = box.anchor == Anchor::page;
  add_position(anchor, "wp:positionH", page ? "page" : "margin", box.x_mm);
  add_position(anchor, "wp:positionV", page ? "page" : "paragraph", box.y_mm);
  pugi::xml_node size = add_element(anchor, "wp:extent");
  set_attribute(size, "cx", mm_to_emu(box.width_mm));
  set_attribute(size, "cy", mm_to_emu(box.height_mm));
  set_all(add_element(anchor, "wp:effectExtent"), {"l", "t", "r", "b"}, 0);
  add_element(anchor, "wp:wrapNone");
  pugi::xml_node properties = add_element(anchor, "wp:docPr");
  set_attribute(properties, "id", count_);
  set_attribute(properties, "name", fmt::format("{} {}", name, count_));
  if (!description.empty()) set_attribute(properties, "descr", description);
  add_element(anchor, "wp:cNvGraphicFramePr");
  return anchor;
}

void Drawings::add_picture(pugi::xml_node paragraph, const Box& box, const std::string& relation,
                           const std::string& description) {
  pugi::xml_node anchor = add_anchor(add_element(paragraph, "w:r"), box, "图片", description);
  pugi::xml_node picture = add_element(add_graphic(anchor, std::string(kDrawing) + "/picture"), "pic:pic");
  pugi::xml_node about = add_element(picture, "pic:nvPicPr");
  pugi::xml_node properties = add_element(about, "pic:cNvPr");
  set_attribute(properties, "id", count_);
  set_attribute(properties, "name", fmt::format("图片 {}", count_));
  add_element(about, "pic:cNvPicPr");
  pugi::xml_node fill = add_element(picture, "pic:blipFill");
  set_attribute(add_element(fill, "a:blip"), "r:embed", relation);
  add_element(add_element(fill, "a:stretch"), "a:fillRect");
  add_geometry(add_element(picture, "pic:spPr"), box);
}

void Drawings::add_filled(pugi::xml_node paragraph, const Box& box, document::Colour colour) {
  pugi::xml_node anchor = add_anchor(add_choice(paragraph), box, "横线", "");
  pugi::xml_node shape = add_element(add_graphic(anchor, kShape), "wps:wsp");
  add_element(shape, "wps:cNvSpPr");
  pugi::xml_node properties = add_element(shape, "wps:spPr");
  add_geometry(properties, box);
  set_attribute(add_element(add_element(properties, "a:solidFill"), "a:srgbClr"), "val",
                std::string(colour == document::Colour::red ? "FF0000" : "000000"));
  add_no_line(properties);
  add_element(shape, "wps:bodyPr");
}

pugi::xml_node Drawings::add_turned_text(pugi::xml_node paragraph, const Box& box) {
  pugi::xml_node anchor = add_anchor(add_choice(paragraph), box, "文本框", "");
  pugi::xml_node shape = add_element(add_graphic(anchor, kShape), "wps:wsp");
  set_attribute(add_element(shape, "wps:cNvSpPr"), "txBox", 1);
  pugi::xml_node properties = add_element(shape, "wps:spPr");
  add_geometry(properties, box);
  add_element(properties, "a:noFill");
  add_no_line(properties);
  pugi::xml_node content = add_element(add_element(shape, "wps:txbx"), "w:txbxContent");
  pugi::xml_node body = add_element(shape, "wps:bodyPr");
  set_attribute(body, "vert", std::string("vert"));
  set_all(body, {"lIns", "tIns", "rIns", "bIns"}, 0);
  return content;
}

}  // namespace wenshu::docx
