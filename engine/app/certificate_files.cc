#include "app/certificate_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/crew.h"
#include "base/error.h"
#include "base/file.h"
#include "base/folder_writer.h"
#include "base/text.h"
#include "certificate/impose.h"
#include "pdf/document.h"
#include "pdf/prepared.h"
#include "picture/decode.h"

namespace wenshu::app {

namespace fs = std::filesystem;

struct CertificateFiles::Shared {
  const certificate::Blank& blank;
  FileEntries entries;
  size_t workers;
  pdf::Prepared prepared;

  std::string prove(const FileEntry& entry) const { return entries.prove ? entries.prove(entry) : ""; }
  std::vector<document::PlacedPage> draw(const FileEntry& entry, const std::string& proof,
                                         certificate::Pen& pen) const;
  fs::path write_volume(const fs::path& target, size_t begin, size_t end) const;
};

std::shared_ptr<const picture::Pixels> load_photo(const fs::path& path, const Place& where) {
  if (path.empty()) return nullptr;
  Diagnostics findings;
  auto pixels = picture::decode_png(read_file(path), {path.filename().string()}, findings);
  if (!pixels) {
    findings.error("bad-photo", where, "无法读取照片 " + path.filename().string(), "另存为 PNG");
    throw FaultyInput(std::move(findings));
  }
  return std::make_shared<const picture::Pixels>(std::move(*pixels));
}

void prove_writable(const fs::path& folder) {
  std::error_code none;
  const bool was_there = fs::exists(folder, none);
  try {
    write_file(folder / ".wenshu-probe", "?", Durability::later);
    fs::remove(folder / ".wenshu-probe", none);
  } catch (const Failure& failure) {
    if (!was_there) fs::remove(folder, none);
    throw Failure(replace_all(failure.what(), "/.wenshu-probe", ""));  // the folder is what a person knows
  }
  remove_stale_parts(folder);
}

namespace {

fs::path volume_path(const fs::path& target, size_t volume, size_t volumes) {
  if (volumes == 1) return target;
  const int digits = static_cast<int>(std::to_string(volumes).size());
  fs::path path = target;
  path.replace_filename(
      fmt::format("{}-{:0{}}{}", target.stem().string(), volume + 1, digits, target.extension().string()));
  return path;
}

}  // namespace

std::vector<document::PlacedPage> CertificateFiles::Shared::draw(const FileEntry& entry,
                                                                 const std::string& proof,
                                                                 certificate::Pen& pen) const {
  Diagnostics findings;
  std::vector<document::PlacedPage> pages;
  const bool good =
      pen.draw({entry.person, entry.number, proof, entry.mark, load_photo(entry.photo, entry.person.place)},
               pages, findings);
  if (!good) throw FaultyInput(std::move(findings));
  return pages;
}

namespace {

// What numbers and marks show besides what was checked: the first of each new character is learned of.
font::Characters number_characters(const certificate::Blank& blank, const FileEntries& entries) {
  certificate::Pen pen(blank);
  std::set<char32_t> seen;
  for (size_t i = 0; i < entries.count; ++i) {
    bool is_new = i == 0;
    for (const char32_t c : to_characters(entries.shown_at(i))) is_new = seen.insert(c).second || is_new;
    if (!is_new) continue;
    const FileEntry entry = entries.at(i);
    pen.learn({entry.person, entry.number, "", entry.mark});
  }
  return pen.characters();
}

}  // namespace

CertificateFiles::CertificateFiles(const certificate::Blank& blank, std::shared_ptr<font::Batch> fonts,
                                   FileEntries entries, size_t workers) {
  fonts->add(number_characters(blank, entries));
  pdf::Prepared prepared(std::move(fonts), blank.fixed_characters(), {blank.pictures(), blank.grounds()});
  shared_.reset(new Shared{blank, std::move(entries), std::max<size_t>(1, workers), std::move(prepared)});
}
CertificateFiles::~CertificateFiles() = default;

void CertificateFiles::write_each(const fs::path& folder, const FileSigner& signer,
                                  const Progress& progress) const {
  const Shared& shared = *shared_;
  const FolderWriter writer(folder);
  const std::string& title = shared.blank.sheet().title;
  Crew(shared.entries.count, progress).run(shared.workers, [&] {
    return [&shared, &writer, &title, &folder, &signer, pen = certificate::Pen(shared.blank),
            bytes = std::string()](size_t i) mutable {
      const FileEntry entry = shared.entries.at(i);
      const std::string proof = shared.prove(entry);
      if (signer.keeps(proof, folder / (entry.number + ".pdf"))) return;
      pdf::Document document({title + ' ' + entry.number + entry.mark, "", entry.person.name, entry.created},
                             shared.prepared);
      for (auto& page : shared.draw(entry, proof, pen)) document.add_page(std::move(page));
      document.finish(bytes);
      signer.finish(proof, bytes);
      writer.write(entry.number + ".pdf", bytes);
    };
  });
  writer.sync();
}

// One file of the certificates from `begin` on: the fonts hold the characters of all of them, once.
fs::path CertificateFiles::Shared::write_volume(const fs::path& target, size_t begin, size_t end) const {
  certificate::Pen pen(blank);
  for (size_t i = begin; i < end; ++i) {
    const FileEntry entry = entries.at(i);
    pen.learn({entry.person, entry.number, "", entry.mark});
  }
  const auto& many = blank.sheet().many;
  std::optional<certificate::Imposer> imposer;
  if (many) imposer.emplace(*many);
  const pdf::Prepared all = prepared.for_volume(pen.characters());
  pdf::Volume volume(all);
  std::vector<document::PlacedPage> waiting;  // for a printed page to be full
  std::vector<document::OutlineEntry> outline;
  size_t count = 0;
  const auto print = [&] {
    volume.add_page(imposer->impose(waiting));
    waiting.clear();
    ++count;
  };
  for (size_t i = begin; i < end; ++i) {
    const FileEntry entry = entries.at(i);
    outline.push_back({1, entry.person.name + ' ' + entry.number, count, 0});
    for (auto& page : draw(entry, prove(entry), pen)) {
      if (!imposer) {
        volume.add_page(page);
        ++count;
      } else {
        waiting.push_back(std::move(page));
        if (waiting.size() == imposer->cells()) print();
      }
    }
  }
  if (!waiting.empty()) print();
  const FileEntry first = entries.at(begin), last = entries.at(end - 1);
  write_file(target,
             volume.finish({fmt::format("{} {} 至 {}", blank.sheet().title, first.number, last.number), "",
                            "", first.created},
                           outline),
             Durability::later);
  return target;
}

std::vector<fs::path> CertificateFiles::write_merged(const fs::path& target, size_t pages) const {
  const auto& many = shared_->blank.sheet().many;
  const size_t sides = shared_->blank.sheet().sides.size();
  const size_t people =
      many ? pages * static_cast<size_t>(many->columns * many->rows) : std::max<size_t>(1, pages / sides);
  const size_t all = shared_->entries.count, volumes = (all + people - 1) / people;
  std::vector<fs::path> files;
  for (size_t volume = 0; volume < volumes; ++volume)
    files.push_back(shared_->write_volume(volume_path(target, volume, volumes), volume * people,
                                          std::min(all, (volume + 1) * people)));
  return files;
}

}  // namespace wenshu::app
