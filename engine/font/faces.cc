#include "font/faces.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <string_view>

#include "base/error.h"
#include "font/bytes.h"
#include "font/loaded.h"

namespace wenshu::font {
namespace {

// Whether the tables that the head of the face tells of lie inside the file (OpenType specification, table directory). HarfBuzz
// takes what is there of one that was cut off, and would draw nothing for the characters behind.
bool is_whole(std::string_view file, unsigned index) {
  constexpr std::string_view kCollection = "ttcf";
  constexpr size_t kDirectory = 12, kRecord = 16;
  const auto number = [&](size_t at, int size) { return size_t{Reader(file, at).number(size)}; };
  const size_t begin = file.starts_with(kCollection) ? number(kDirectory + 4 * size_t{index}, 4) : 0;
  const size_t count = number(begin + 4, 2);
  if (file.size() < begin + kDirectory + kRecord * count) return false;
  for (size_t i = 0; i < count; ++i) {
    const size_t record = begin + kDirectory + kRecord * i;
    if (number(record + 8, 4) + number(record + 12, 4) > file.size()) return false;
  }
  return true;
}

}  // namespace

struct Face::Lazy {
  std::once_flag once;
  Loaded loaded;
};

Face::Face(Source source, std::filesystem::path path)
    : source_(std::move(source)), path_(std::move(path)), lazy_(std::make_unique<Lazy>()) {}
Face::~Face() = default;

const Face::Loaded& Face::loaded() const {
  std::call_once(lazy_->once, [this] {
    Loaded& loaded = lazy_->loaded;
    const Owned<hb_blob_t> blob(hb_blob_create_from_file_or_fail(path_.c_str()));  // maps the file
    if (!blob) throw Failure(fmt::format("无法打开字体文件 {}", path_.string()));
    loaded.face.reset(hb_face_create(blob.get(), source_.index));
    if (hb_face_get_glyph_count(loaded.face.get()) == 0)
      throw Failure(fmt::format("{} 不是字体文件，或其中没有第 {} 个字体", path_.string(), source_.index));
    unsigned size = 0;
    const char* bytes = hb_blob_get_data(blob.get(), &size);
    if (!is_whole({bytes, size}, source_.index))
      throw Failure(fmt::format("字体文件 {} 不完整，重新安装它", path_.string()));
    hb_face_make_immutable(loaded.face.get());
    loaded.units_per_em = hb_face_get_upem(loaded.face.get());
    loaded.font.reset(hb_font_create(loaded.face.get()));
    hb_font_make_immutable(loaded.font.get());
    loaded.characters.reset(hb_set_create());
    hb_face_collect_unicodes(loaded.face.get(), loaded.characters.get());
  });
  return lazy_->loaded;
}

bool Face::has(char32_t character) const { return hb_set_has(loaded().characters.get(), character); }

double Face::advance(char32_t character) const {
  const Loaded& face = loaded();
  hb_codepoint_t glyph = 0;
  if (!hb_font_get_nominal_glyph(face.font.get(), character, &glyph)) return 0;
  return hb_font_get_glyph_h_advance(face.font.get(), glyph) / face.units_per_em;
}

const Role* Faces::find_role(std::string_view role) const {
  const auto found = std::find_if(roles_.begin(), roles_.end(), [&](const Role& r) { return r.id == role; });
  return found == roles_.end() ? nullptr : &*found;
}

const Face* Faces::find(std::string_view id) const {
  const auto found =
      std::find_if(faces_.begin(), faces_.end(), [&](const auto& face) { return face->id() == id; });
  return found == faces_.end() ? nullptr : found->get();
}

const Face* Faces::find_face(std::string_view role, char32_t character) const {
  const Role* wanted = find_role(role);
  if (!wanted) return nullptr;
  for (const Face* face : role_faces_[static_cast<size_t>(wanted - roles_.data())])
    if (face->has(character)) return face;
  return nullptr;
}

const Face* Faces::find_main_face(std::string_view role) const {
  const Role* wanted = find_role(role);
  if (!wanted) return nullptr;
  const auto& installed = role_faces_[static_cast<size_t>(wanted - roles_.data())];
  return installed.empty() || last_resort_.contains(installed.front()->id()) ? nullptr : installed.front();
}

}  // namespace wenshu::font
