#include "pdf/document.h"

#include <xxhash.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "pdf/archive.h"
#include "pdf/bookmarks.h"
#include "pdf/content.h"
#include "pdf/fonts.h"
#include "pdf/haru.h"
#include "pdf/parts.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

constexpr double kPoints = 72 / 25.4;
constexpr int kLevel =
    1;  // contents: level 6 takes three times the time for one byte in six, of a tenth of the file

// The content of a certificate is a kilobyte beside thirty of fonts: packing it takes a fifth of the time of the file and saves a
// sixtieth of its size. Only in a file of many pages it counts.
constexpr size_t kSmallContent = 2048, kFewPages = 2;

// Things of one kind that the pages point to (pictures, grounds), each written once; those that were not
// prepared are made by `make`.
template <class Thing, class Part>
class Shared {
 public:
  using Make = std::unique_ptr<Part> (*)(const Thing&, const Fonts&);
  Shared(char prefix, const std::map<const Thing*, std::unique_ptr<Part>>& prepared, const Fonts& fonts,
         Make make)
      : prefix_(prefix), prepared_(prepared), fonts_(fonts), make_(make) {}

  void add(const Thing* thing) {
    if (!thing || find(thing)) return;
    const auto found = prepared_.find(thing);
    const Part* part = found == prepared_.end() ? nullptr : found->second.get();
    if (!part) part = own_.emplace_back(make_(*thing, fonts_)).get();
    std::string name(1, prefix_);
    append_integer(name, entries_.size());
    entries_.push_back({thing, std::move(name), part});
  }
  const std::string& name(const Thing* thing) const { return find(thing)->name; }
  // Another thing may get the address of one that was not prepared, once the page that showed it is gone.
  void forget() {
    for (; known_ < entries_.size(); ++known_)
      if (!prepared_.contains(entries_[known_].thing)) entries_[known_].thing = nullptr;
  }

  struct Entry {
    const Thing* thing = nullptr;
    std::string name;
    const Part* part = nullptr;
  };
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Entry* find(const Thing* thing) const {
    for (const Entry& entry : entries_)
      if (entry.thing == thing) return &entry;
    return nullptr;
  }
  char prefix_;
  const std::map<const Thing*, std::unique_ptr<Part>>& prepared_;
  const Fonts& fonts_;
  Make make_;
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<Part>> own_;
  size_t known_ = 0;  // entries before this one are settled
};
using Pictures = Shared<picture::Pixels, PicturePart>;
using Grounds = Shared<document::PlacedPage, GroundPart>;

std::unique_ptr<PicturePart> make_picture(const picture::Pixels& pixels, const Fonts&) {
  return std::make_unique<PicturePart>(pixels);
}
std::unique_ptr<GroundPart> make_ground(const document::PlacedPage& ground, const Fonts& fonts) {
  return std::make_unique<GroundPart>(ground, fonts, Pack::quickly);
}

std::string reference(const Object& object) {
  std::string text;
  append_reference(text, object);
  return text;
}

std::vector<const document::PlacedPage*> addresses(const std::vector<document::PlacedPage>& pages) {
  std::vector<const document::PlacedPage*> list;
  for (const document::PlacedPage& page : pages) list.push_back(&page);
  return list;
}

bool shows_ink(const document::PlacedPage& page) {
  const auto has_alpha = [](const document::PlacedPicture& picture) {
    return picture.pixels && !picture.pixels->alpha.empty();
  };
  return std::any_of(page.pictures.begin(), page.pictures.end(), has_alpha) ||
         std::any_of(page.under.begin(), page.under.end(), has_alpha);
}

// 16 bytes that tell one file from another (ISO 32000-1, 14.4): a name, not a proof, so a quick hash serves.
std::string name_of(std::string_view said) {
  XXH128_canonical_t name;
  XXH128_canonicalFromHash(&name, XXH3_128bits(said.data(), said.size()));
  return {reinterpret_cast<const char*>(name.digest), sizeof name.digest};
}

constexpr size_t kMuchSaid = 1 << 16, kUsualInformation = 512;

// A node of the page tree has at most this many children, as readers like it.
constexpr size_t kMostKids = 64;

}  // namespace

// One document on its way into a file.
class Making {
 public:
  Making(const Prepared::Parts& parts, Fonts fonts)
      : fonts_(std::move(fonts)),
        pictures_('I', parts.pictures, fonts_, make_picture),
        grounds_('G', parts.grounds, fonts_, make_ground) {}

  // How many pages there will be decides how hard they are packed.
  void add_page(const document::PlacedPage& page, bool is_one_of_few);
  // What the page pointed to may go.
  void forget_page() { pictures_.forget(); }
  void write(const Info& info, const std::vector<document::OutlineEntry>& outline, std::string& file);

 private:
  std::string forms();
  void set_resources();
  Object page_tree();
  std::string archive_entries(const Properties& properties);
  Object information(const Properties& properties);

  Fonts fonts_;
  Pictures pictures_;
  Grounds grounds_;
  Haru haru_;
  Object resources_, group_;   // the second of pages with ink
  std::vector<Object> nodes_;  // of the page tree: one for each kMostKids pages
  std::vector<Target> targets_;
  std::deque<std::string> contents_;
  std::string metadata_;
  std::string said_;  // all that makes this file another than the next, long ones by their hash
};

// Puts the forms into the file; gives the entries of /XObject.
std::string Making::forms() {
  std::string entries;
  const auto add = [&](const std::string& name, const Object& object) {
    entries += '/' + name + ' ';
    append_reference(entries, object);
    entries += ' ';
  };
  for (const auto& ground : grounds_.entries()) {
    std::string form = ground.part->entries + " /Resources << ";
    if (!ground.part->faces.empty()) form += "/Font << " + fonts_.resources(ground.part->faces) + " >> ";
    add(ground.name, haru_.add_stream(form + ">>", ground.part->bytes));
    said_ += ground.part->digest;
  }
  for (const auto& picture : pictures_.entries()) {
    std::string form = picture.part->entries;
    if (!picture.part->mask.empty())
      form += " /SMask " + reference(haru_.add_stream(picture.part->mask_entries, picture.part->mask));
    add(picture.name, haru_.add_stream(std::move(form), picture.part->bytes));
    said_ += picture.part->digest;
  }
  return entries;
}

// One dictionary for all pages.
void Making::set_resources() {
  fonts_.write(haru_);
  std::string entries = "/Font << " + fonts_.resources() + " >>";
  if (const std::string objects = forms(); !objects.empty()) entries += " /XObject << " + objects + ">>";
  if (group_.dictionary) {
    entries += " /ExtGState << /" + std::string(kInk) + ' ';
    append_reference(entries, haru_.add_dictionary("/Type /ExtGState /BM /Multiply"));
    entries += " >>";
  }
  haru_.set(resources_, std::move(entries));
}

void Making::add_page(const document::PlacedPage& page, bool is_one_of_few) {
  grounds_.add(page.ground.get());
  for (const auto* list : {&page.under, &page.pictures})
    for (const document::PlacedPicture& picture : *list) pictures_.add(picture.pixels.get());
  const Names names{
      fonts_, [&](const picture::Pixels* pixels) -> const std::string& { return pictures_.name(pixels); },
      [&](const document::PlacedPage* ground) -> const std::string& { return grounds_.name(ground); }};
  std::string content = make_content(page, names);
  said_ += content;
  if (said_.size() > kMuchSaid) said_ = name_of(said_);
  const bool packed = !is_one_of_few || content.size() > kSmallContent;
  contents_.push_back(packed ? deflate(content, kLevel) : std::move(content));
  if (!resources_.dictionary) resources_ = haru_.add();
  if (targets_.size() % kMostKids == 0) nodes_.push_back(haru_.add());
  std::string entries = "/Type /Page /Parent " + reference(nodes_.back()) + " /MediaBox [0 0 ";
  append_number(entries, page.width_mm * kPoints);
  entries += ' ';
  append_number(entries, page.height_mm * kPoints);
  entries += "] /Resources ";
  append_reference(entries, resources_);
  entries += " /Contents ";
  append_reference(entries, haru_.add_stream(packed ? "/Filter /FlateDecode" : "", contents_.back()));
  if (shows_ink(page)) {
    if (!group_.dictionary) group_ = haru_.add_dictionary("/Type /Group /S /Transparency /CS /DeviceRGB");
    entries += " /Group " + reference(group_);
  }
  targets_.push_back({haru_.add_dictionary(std::move(entries)), page.height_mm});
}

Object Making::page_tree() {
  const bool single = nodes_.size() == 1;
  const Object root = single ? nodes_.front() : haru_.add();
  std::string kids_of_root;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const size_t begin = i * kMostKids, end = std::min(begin + kMostKids, targets_.size());
    std::string entries = "/Type /Pages /Kids [";
    for (size_t k = begin; k < end; ++k) {
      append_reference(entries, targets_[k].page);
      entries += ' ';
    }
    entries += "] /Count ";
    append_integer(entries, end - begin);
    if (!single) entries += " /Parent " + reference(root);
    haru_.set(nodes_[i], std::move(entries));
    append_reference(kids_of_root, nodes_[i]);
    kids_of_root += ' ';
  }
  if (!single) {
    std::string entries = "/Type /Pages /Kids [" + kids_of_root + "] /Count ";
    append_integer(entries, targets_.size());
    haru_.set(root, std::move(entries));
  }
  return root;
}

// What PDF/A-2 wants of the whole file (archive.h), for the catalog.
std::string Making::archive_entries(const Properties& properties) {
  static const std::string profile = deflate(srgb_profile(), kLevel);
  std::string intent =
      "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
      "/RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile ";
  append_reference(intent, haru_.add_stream("/N 3 /Filter /FlateDecode", profile));
  metadata_ = make_metadata(properties);
  said_ +=
      properties.title + '\n' + properties.author + '\n' + properties.subject + '\n' + properties.created;
  std::string entries = " /Lang (zh-CN) /Metadata ";
  append_reference(entries, haru_.add_stream("/Type /Metadata /Subtype /XML", metadata_));
  entries += " /OutputIntents [";
  append_reference(entries, haru_.add_dictionary(std::move(intent)));
  return entries + "]";
}

// The document information, in the same words as the metadata.
Object Making::information(const Properties& properties) {
  std::string entries;
  entries.reserve(kUsualInformation);
  const auto say = [&](const char* key, const std::string& text) {
    if (text.empty()) return;
    entries += key;
    append_text_string(entries, text);
  };
  say("/Title ", properties.title);
  say(" /Author ", properties.author);
  say(" /Subject ", properties.subject);
  say(" /Creator ", Properties::kCreator);
  say(" /Producer ", properties.producer);
  std::string digits;
  for (const char c : properties.created.substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  for (const char* key : {" /CreationDate (D:", " /ModDate (D:"}) entries += key + digits + "+08'00')";
  return haru_.add_dictionary(std::move(entries));
}

void Making::write(const Info& info, const std::vector<document::OutlineEntry>& outline, std::string& file) {
  if (targets_.empty()) throw Failure("无法生成 PDF（没有页面）");
  const Properties properties(info);
  set_resources();
  std::string catalog = "/Type /Catalog /Pages " + reference(page_tree());
  if (!outline.empty()) catalog += " /Outlines " + reference(write_bookmarks(haru_, outline, targets_));
  for (const document::OutlineEntry& entry : outline) said_ += entry.text + "\n";
  catalog += archive_entries(properties);
  said_ += fonts_.names();
  const Object root = haru_.add_dictionary(std::move(catalog)), information = this->information(properties);
  haru_.write(root, information, name_of(said_), file);
}

void Document::finish(std::string& file) const {
  const Prepared::Parts& parts = prepared_.parts();
  Making making(parts, Fonts(parts, addresses(pages_)));
  for (const document::PlacedPage& page : pages_) making.add_page(page, pages_.size() <= kFewPages);
  making.write(info_, outline_, file);
}

std::string Document::finish() const {
  std::string file;
  finish(file);
  return file;
}

Volume::Volume(const Prepared& prepared)
    : making_(std::make_unique<Making>(prepared.parts(), Fonts(prepared.parts()))) {}
Volume::~Volume() = default;

void Volume::add_page(const document::PlacedPage& page) {
  if (page.ground && (grounds_.empty() || grounds_.back() != page.ground)) grounds_.push_back(page.ground);
  making_->add_page(page, false);
  making_->forget_page();
}

std::string Volume::finish(const Info& info, const std::vector<document::OutlineEntry>& outline) {
  std::string file;
  making_->write(info, outline, file);
  return file;
}

}  // namespace wenshu::pdf
