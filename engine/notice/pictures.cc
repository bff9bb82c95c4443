#include "notice/pictures.h"

#include <fmt/format.h>

#include "data/schema.h"
#include "notice/source_check.h"
#include "picture/decode.h"

namespace wenshu::notice {
namespace {

bool load(Picture& picture, const ReadPicture& read, Diagnostics& findings) {
  const auto bytes = read(picture.file);
  if (!bytes) {
    findings.error("no-such-file", picture.place, fmt::format("找不到图片 {}", picture.file),
                   "路径从公文源文件所在的文件夹算起");
    return false;
  }
  Place where = picture.place;
  where.spot = picture.file;
  auto pixels = picture::decode_png(*bytes, where, findings);
  if (!pixels) return false;
  picture.pixels = std::make_shared<const picture::Pixels>(picture::clear_white(std::move(*pixels)));
  return true;
}

}  // namespace

bool load_pictures(Notice& notice, const ReadPicture& read, Diagnostics& findings) {
  bool whole = true;
  for (Organ& organ : notice.organ)
    if (organ.seal) whole = load(*organ.seal, read, findings) && whole;
  for (Signature& signer : notice.signature)
    if (signer.stamp) whole = load(*signer.stamp, read, findings) && whole;
  return whole;
}

std::vector<const data::Value*> picture_files(const data::Value& source) {
  std::vector<const data::Value*> files;
  const auto add = [&](const data::Value& file) {
    const std::string name = trimmed(file);
    if (!name.empty() && !has_tag(name) && !data::to_boolean(file)) files.push_back(&file);
  };
  for (const data::Value* seal : each_of(source["seal"])) add(seal->is_map() ? (*seal)["picture"] : *seal);
  for (const data::Value* signer : each_of(source["signature"])) add((*signer)["picture"]);
  return files;
}

void check_pictures(const data::Value& source, const ReadPicture& read, Diagnostics& findings) {
  for (const data::Value* file : picture_files(source)) {
    Picture picture{trimmed(*file), kSealWidthMm, file->place()};
    load(picture, read, findings);
  }
}

}  // namespace wenshu::notice
