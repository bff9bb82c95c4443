// The tags of a part, and the slots that replace them in its tree.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "template/tag.h"
#include "xml/tree.h"

namespace wenshu::docx {

// A slot is an empty element of this name with the index of its tag as
// attribute `i`: inside a w:t for values, and where a section begins or ends
// between runs, paragraphs or rows. No XML file can hold an element of such a
// name.
constexpr const char* kSlot = "\x01tag";
// The same for what marks put into the tree (mark.h): index of a hook; what
// stands inside is its body.
constexpr const char* kHook = "\x01hook";

// A stretch of a text: as it is, or one tag that begins here, or (of an attribute) what a hook writes.
struct Piece {
  std::string text;
  size_t tag = std::string::npos;
  size_t hook = std::string::npos;  // of Marking::hooks()
};

struct PlacedTags {
  std::vector<templates::Tag> tags;
  std::vector<Place> places;    // parallel to tags
  std::vector<size_t> partner;  // of section tags: the other end; else the tag itself
  // Attributes with tags (an alternative text, a watermark, an address), by
  // hash_value().
  std::map<size_t, std::vector<Piece>> attributes = {};
};

// Finds all tags below `root`, reports their faults, and, when there was none,
// changes the tree: tags are gone, slots stand in their places, paragraphs and
// rows that held nothing but section tags are gone.
PlacedTags place_tags(pugi::xml_node root, const std::string& prefix, const std::string& file,
                      const templates::Delimiters& delimiters, Diagnostics& findings);

// Is there a picture in it (a:blip), and not only a shape?
bool holds_picture(const pugi::xml_node& node);

}  // namespace wenshu::docx
