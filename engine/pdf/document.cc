#include "pdf/document.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "crypto/hash.h"
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

std::string from_hex(std::string_view hex) {
  std::string bytes;
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
  return bytes;
}

// A node of the page tree has at most this many children, as readers like it.
constexpr size_t kMostKids = 64;

// One document on its way into a file.
class Making {
 public:
  Making(const Info& info, const Prepared::Parts& parts, const std::vector<document::PlacedPage>& pages)
      : properties_(info),
        pages_(pages),
        fonts_(parts, addresses(pages)),
        pictures_('I', parts.pictures, fonts_, make_picture),
        grounds_('G', parts.grounds, fonts_, make_ground) {
    for (const document::PlacedPage& page : pages_) {
      grounds_.add(page.ground.get());
      for (const auto* list : {&page.under, &page.pictures})
        for (const document::PlacedPicture& picture : *list) pictures_.add(picture.pixels.get());
    }
  }

  void write(const std::vector<document::OutlineEntry>& outline, std::string& file);

 private:
  std::string forms();
  Object resources();
  std::vector<Target> pages();
  Object page_tree(const std::vector<Target>& targets);
  std::string archive_entries();
  Object information();

  const Properties properties_;
  const std::vector<document::PlacedPage>& pages_;
  Fonts fonts_;
  Pictures pictures_;
  Grounds grounds_;
  Haru haru_;
  std::vector<Object> nodes_;  // of the page tree: one for each kMostKids pages
  std::deque<std::string> contents_;
  std::string metadata_;
  std::string said_;  // all that makes this file another than the next
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
Object Making::resources() {
  fonts_.write(haru_);
  std::string entries = "/Font << " + fonts_.resources() + " >>";
  if (const std::string objects = forms(); !objects.empty()) entries += " /XObject << " + objects + ">>";
  if (std::any_of(pages_.begin(), pages_.end(), shows_ink)) {
    entries += " /ExtGState << /" + std::string(kInk) + ' ';
    append_reference(entries, haru_.add_dictionary("/Type /ExtGState /BM /Multiply"));
    entries += " >>";
  }
  return haru_.add_dictionary(std::move(entries));
}

std::vector<Target> Making::pages() {
  const Names names{
      fonts_, [&](const picture::Pixels* pixels) -> const std::string& { return pictures_.name(pixels); },
      [&](const document::PlacedPage* ground) -> const std::string& { return grounds_.name(ground); }};
  const std::string shared = " /Resources " + reference(resources()) + " /Contents ";
  std::vector<Target> targets;
  Object group;
  for (size_t i = 0; i < pages_.size(); ++i) {
    const document::PlacedPage& page = pages_[i];
    std::string content = make_content(page, names);
    said_ += content;
    contents_.push_back(deflate(content, kLevel));
    if (i % kMostKids == 0) nodes_.push_back(haru_.add());
    std::string entries = "/Type /Page /Parent " + reference(nodes_.back()) + " /MediaBox [0 0 ";
    append_number(entries, page.width_mm * kPoints);
    entries += ' ';
    append_number(entries, page.height_mm * kPoints);
    entries += ']';
    entries += shared;
    append_reference(entries, haru_.add_stream("/Filter /FlateDecode", contents_.back()));
    if (shows_ink(page)) {
      if (!group.dictionary) group = haru_.add_dictionary("/Type /Group /S /Transparency /CS /DeviceRGB");
      entries += " /Group " + reference(group);
    }
    targets.push_back({haru_.add_dictionary(std::move(entries)), page.height_mm});
  }
  return targets;
}

Object Making::page_tree(const std::vector<Target>& targets) {
  const bool single = nodes_.size() == 1;
  const Object root = single ? nodes_.front() : haru_.add();
  std::string kids_of_root;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const size_t begin = i * kMostKids, end = std::min(begin + kMostKids, targets.size());
    std::string entries = "/Type /Pages /Kids [";
    for (size_t k = begin; k < end; ++k) {
      append_reference(entries, targets[k].page);
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
    append_integer(entries, targets.size());
    haru_.set(root, std::move(entries));
  }
  return root;
}

// What PDF/A-2 wants of the whole file (archive.h), for the catalog.
std::string Making::archive_entries() {
  static const std::string profile = deflate(srgb_profile(), kLevel);
  std::string intent =
      "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
      "/RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1) /DestOutputProfile ";
  append_reference(intent, haru_.add_stream("/N 3 /Filter /FlateDecode", profile));
  metadata_ = make_metadata(properties_);
  said_ += metadata_;
  std::string entries = " /Lang (zh-CN) /Metadata ";
  append_reference(entries, haru_.add_stream("/Type /Metadata /Subtype /XML", metadata_));
  entries += " /OutputIntents [";
  append_reference(entries, haru_.add_dictionary(std::move(intent)));
  return entries + "]";
}

// The document information, in the same words as the metadata.
Object Making::information() {
  std::string entries;
  const auto say = [&](const char* key, const std::string& text) {
    if (text.empty()) return;
    entries += key;
    append_text_string(entries, text);
  };
  say("/Title ", properties_.title);
  say(" /Author ", properties_.author);
  say(" /Subject ", properties_.subject);
  say(" /Creator ", Properties::kCreator);
  say(" /Producer ", properties_.producer);
  std::string digits;
  for (const char c : properties_.created.substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  for (const char* key : {" /CreationDate (D:", " /ModDate (D:"}) entries += key + digits + "+08'00')";
  return haru_.add_dictionary(std::move(entries));
}

void Making::write(const std::vector<document::OutlineEntry>& outline, std::string& file) {
  const std::vector<Target> targets = pages();
  if (targets.empty()) throw Failure("无法生成 PDF（没有页面）");
  std::string catalog = "/Type /Catalog /Pages " + reference(page_tree(targets));
  if (!outline.empty()) catalog += " /Outlines " + reference(write_bookmarks(haru_, outline, targets));
  for (const document::OutlineEntry& entry : outline) said_ += entry.text + "\n";
  catalog += archive_entries();
  said_ += fonts_.names();
  const Object root = haru_.add_dictionary(std::move(catalog)), info = information();
  haru_.write(root, info, from_hex(crypto::sha256_hex(said_).substr(0, 32)), file);
}

}  // namespace

void Document::finish(std::string& file) const {
  Making(info_, prepared_.parts(), pages_).write(outline_, file);
}

std::string Document::finish() const {
  std::string file;
  finish(file);
  return file;
}

}  // namespace wenshu::pdf
