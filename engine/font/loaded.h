// HarfBuzz objects of one face; inside this room only.
#pragma once

#include <hb.h>

#include <memory>

#include "font/faces.h"

namespace wenshu::font {

struct Destroy {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_font_t* font) const { hb_font_destroy(font); }
  void operator()(hb_set_t* set) const { hb_set_destroy(set); }
};
template <class T>
using Owned = std::unique_ptr<T, Destroy>;

struct Face::Loaded {
  Owned<hb_face_t> face;
  Owned<hb_font_t> font;       // scaled to units per em
  Owned<hb_set_t> characters;  // that the face draws with a glyph of its own
  double units_per_em = 1000;
};

}  // namespace wenshu::font
