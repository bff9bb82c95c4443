#include "docx/package_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "docx/escape.h"

namespace wenshu::docx {
namespace {

constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kBody = "word/document.xml";
constexpr std::string_view kTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kNoRelationships =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

std::string_view media_type(std::string_view extension) {
  if (extension == "jpg" || extension == "jpeg") return "image/jpeg";
  if (extension == "gif") return "image/gif";
  if (extension == "bmp") return "image/bmp";
  if (extension == "svg") return "image/svg+xml";
  if (extension == "emf") return "image/x-emf";
  if (extension == "wmf") return "image/x-wmf";
  return "image/png";
}

// Where `element` begins as a start tag, npos when it does not.
size_t find_element(std::string_view bytes, std::string_view element) {
  const std::string open = "<" + std::string(element);
  for (size_t at = bytes.find(open); at != bytes.npos; at = bytes.find(open, at + 1)) {
    const size_t end = at + open.size();
    if (end < bytes.size() && (bytes[end] == ' ' || bytes[end] == '>' || bytes[end] == '/')) return at;
  }
  return bytes.npos;
}

// Before the end tag of the root; a root without content is opened up.
size_t find_root_end(std::string& bytes) {
  const size_t end = bytes.rfind('<');
  if (end != bytes.npos && bytes.compare(end, 2, "</") == 0) return end;
  const size_t slash = bytes.rfind("/>");
  if (end == bytes.npos || slash == bytes.npos || slash < end) return bytes.size();
  const std::string name = bytes.substr(end + 1, bytes.find_first_of(" \t\r\n/>", end + 1) - end - 1);
  bytes.replace(slash, 2, "></" + name + ">");
  return slash + 1;
}

bool has_relationship_id(std::string_view bytes, const std::string& id) {
  return bytes.find("\"" + id + "\"") != bytes.npos || bytes.find("'" + id + "'") != bytes.npos;
}

}  // namespace

std::string relationships_of(const std::string& part) {
  const size_t slash = part.rfind('/');
  const size_t name = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

bool PackageEdit::has(const std::string& name) const {
  return base_.has(name) ||
         std::any_of(added_.begin(), added_.end(), [&](const Added& added) { return added.name == name; });
}

PackageEdit::Added* PackageEdit::find_added(const std::string& name) {
  const auto added =
      std::find_if(added_.begin(), added_.end(), [&](const Added& each) { return each.name == name; });
  return added == added_.end() ? nullptr : &*added;
}

std::string_view PackageEdit::original(const std::string& part) const {
  if (const std::string* bytes = base_.find(part)) return *bytes;
  for (const Added& added : added_)
    if (added.name == part) return added.bytes;
  return {};
}

std::string PackageEdit::relate(const std::string& part, std::string_view type, const std::string& target,
                                Target where) {
  std::string& id = relationships_[fmt::format("{}\n{}\n{}", part, type, target)];
  if (!id.empty()) return id;
  const std::string file = relationships_of(part);
  if (!has(file)) added_.push_back({file, std::string(kNoRelationships)});
  int& last = names_["relationship " + part];
  do id = fmt::format("rIdW{}", ++last);
  while (has_relationship_id(original(file), id));
  append(file, fmt::format(R"(<Relationship Id="{}" Type="{}{}" Target="{}"{}/>)", id, kTypes, type,
                           escaped(target), where == Target::outside ? R"( TargetMode="External")" : ""));
  return id;
}

void PackageEdit::relate_as(const std::string& part, const std::string& id, const std::string& full_type,
                            const std::string& target, Target where) {
  const std::string file = relationships_of(part);
  if (!has(file)) added_.push_back({file, std::string(kNoRelationships)});
  append(file,
         fmt::format(R"(<Relationship Id="{}" Type="{}" Target="{}"{}/>)", escaped(id), escaped(full_type),
                     escaped(target), where == Target::outside ? R"( TargetMode="External")" : ""));
}

void PackageEdit::declare_default(const std::string& extension, std::string_view content_type) {
  if (!extensions_.insert(extension).second) return;
  const std::string_view types = original(kContentTypes);
  std::string upper = extension;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  for (const std::string& written : {extension, upper})
    if (types.find(fmt::format("Extension=\"{}\"", written)) != types.npos) return;
  append(kContentTypes,
         fmt::format(R"(<Default Extension="{}" ContentType="{}"/>)", extension, content_type));
}

std::string PackageEdit::add_media(std::string bytes, const std::string& extension) {
  std::string& target = media_[bytes];
  if (!target.empty()) return target;
  int& last = names_["media"];
  do target = fmt::format("media/wenshu{}.{}", ++last, extension);
  while (has("word/" + target));
  declare_default(extension, media_type(extension));
  added_.push_back({"word/" + target, std::move(bytes)});
  return target;
}

std::string PackageEdit::add_part(const std::string& stem, const std::string& extension, std::string bytes,
                                  std::string_view content_type) {
  int& last = names_[stem];
  std::string name;
  do name = fmt::format("{}{}.{}", stem, ++last, extension);
  while (has(name));
  append(kContentTypes,
         fmt::format(R"(<Override PartName="/{}" ContentType="{}"/>)", escaped(name), content_type));
  added_.push_back({name, std::move(bytes)});
  return name;
}

void PackageEdit::need_part(const std::string& name, std::string_view content_type, std::string_view type,
                            std::string_view skeleton) {
  if (has(name)) return;
  append(kContentTypes, fmt::format(R"(<Override PartName="/{}" ContentType="{}"/>)", name, content_type));
  added_.push_back({name, std::string(skeleton)});
  relate(kBody, type, name.substr(name.find('/') + 1));
}

void PackageEdit::append(const std::string& part, std::string_view xml, std::string_view before) {
  insertions_[part].push_back({std::string(xml), std::string(before)});
}

long long PackageEdit::next_number(const std::string& part, std::string_view attribute, long long least) {
  const auto [number, is_new] = numbers_.try_emplace(fmt::format("{} {}", part, attribute), least);
  if (is_new) {
    const std::string_view bytes = original(part);
    const std::string begin = fmt::format(" {}=\"", attribute);
    for (size_t at = bytes.find(begin); at != bytes.npos; at = bytes.find(begin, at + 1)) {
      long long found = 0;
      const char* digits = bytes.data() + at + begin.size();
      std::from_chars(digits, bytes.data() + bytes.size(), found);
      number->second = std::max(number->second, found);
    }
  }
  return ++number->second;
}

bool PackageEdit::changes(const std::string& part) const { return insertions_.count(part) > 0; }

std::string PackageEdit::apply(const std::string& part, std::string bytes) const {
  const auto found = insertions_.find(part);
  if (found == insertions_.end()) return bytes;
  std::map<size_t, std::string> at_places;  // all places are those of the bytes as they are now
  const size_t root_end = find_root_end(bytes);
  for (const Insertion& insertion : found->second) {
    const size_t place = insertion.before.empty() ? bytes.npos : find_element(bytes, insertion.before);
    std::string& there = at_places[place == bytes.npos ? root_end : place];
    // A part without such an element may get one by the same way.
    const size_t before =
        place == bytes.npos && !insertion.before.empty() ? find_element(there, insertion.before) : there.npos;
    there.insert(std::min(before, there.size()), insertion.xml);
  }
  for (auto place = at_places.rbegin(); place != at_places.rend(); ++place)
    bytes.insert(place->first, place->second);
  return bytes;
}

}  // namespace wenshu::docx
