#include "notice/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "data/schema.h"
#include "notice/source_check.h"
#include "picture/decode.h"

namespace wenshu::notice {
namespace {

// How much longer than the other a side may be: seals are round or oval, stamps of signatures are lines.
constexpr double kSealLongest = 2, kStampLongest = 6;

bool load(Picture& picture, double longest, const ReadPicture& read, Diagnostics& findings) {
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
  const double width = pixels->width, height = pixels->height;
  if (std::max(width, height) > longest * std::min(width, height)) {
    findings.error("picture-shape", std::move(where),
                   fmt::format("图片宽 {} 像素、高 {} 像素，不像{}", pixels->width, pixels->height,
                               longest > kSealLongest ? "签名章" : "印章"),
                   fmt::format("长边不超过短边的{}倍；裁去多余的白边，或者换一张图片", longest));
    return false;
  }
  picture.pixels = std::make_shared<const picture::Pixels>(picture::clear_white(std::move(*pixels)));
  return true;
}

// The texts that name a picture, each with how long it may be.
std::vector<std::pair<const data::Value*, double>> files_of(const data::Value& source) {
  std::vector<std::pair<const data::Value*, double>> files;
  const auto add = [&](const data::Value& file, double longest) {
    const std::string name = trimmed(file);
    if (!name.empty() && !has_tag(name) && !data::to_boolean(file)) files.emplace_back(&file, longest);
  };
  for (const data::Value* seal : each_of(source["seal"]))
    add(seal->is_map() ? (*seal)["picture"] : *seal, kSealLongest);
  for (const data::Value* signer : each_of(source["signature"])) add((*signer)["picture"], kStampLongest);
  return files;
}

}  // namespace

bool load_pictures(Notice& notice, const ReadPicture& read, Diagnostics& findings) {
  bool whole = true;
  for (Organ& organ : notice.organ)
    if (organ.seal) whole = load(*organ.seal, kSealLongest, read, findings) && whole;
  for (Signature& signer : notice.signature)
    if (signer.stamp) whole = load(*signer.stamp, kStampLongest, read, findings) && whole;
  return whole;
}

std::vector<const data::Value*> picture_files(const data::Value& source) {
  std::vector<const data::Value*> files;
  for (const auto& [file, longest] : files_of(source)) files.push_back(file);
  return files;
}

void check_pictures(const data::Value& source, const ReadPicture& read, Diagnostics& findings) {
  for (const auto& [file, longest] : files_of(source)) {
    Picture picture{trimmed(*file), kSealWidthMm, file->place()};
    load(picture, longest, read, findings);
  }
}

}  // namespace wenshu::notice
