#include "app/certificate_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/folder_writer.h"
#include "certificate/impose.h"
#include "pdf/document.h"
#include "pdf/prepared.h"
#include "picture/decode.h"

namespace wenshu::app {

namespace fs = std::filesystem;

struct CertificateFiles::Shared {
  const certificate::Blank& blank;
  const std::vector<FileEntry>& entries;
  pdf::Prepared prepared;

  std::vector<document::PlacedPage> draw(const FileEntry& entry, certificate::Pen& pen) const;
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

namespace {

// The work of several threads on one list: each takes the next share, the first fault ends all.
class Crew {
 public:
  Crew(size_t count, CertificateFiles::Progress progress) : count_(count), progress_(std::move(progress)) {}

  template <class Work>  // work(i) for each i, by a worker of its own: make() gives one
  void run(size_t workers, const Work& make) {
    std::vector<std::thread> threads;
    for (size_t i = 1; i < workers; ++i) threads.emplace_back([&] { work(make); });
    work(make);
    for (std::thread& thread : threads) thread.join();
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  static constexpr size_t kShare = 16;

  template <class Work>
  void work(const Work& make) {
    try {
      auto worker = make();
      for (size_t from; !stop_ && (from = next_.fetch_add(kShare)) < count_;) {
        const size_t end = std::min(from + kShare, count_);
        for (size_t i = from; i < end; ++i) worker(i);
        tell(end - from);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      stop_ = true;
    }
  }

  void tell(size_t more) {
    if (!progress_) return;
    const std::lock_guard lock(mutex_);
    progress_(done_ += more, count_);
  }

  size_t count_;
  CertificateFiles::Progress progress_;
  std::atomic<size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  size_t done_ = 0;
  std::exception_ptr fault_;
};

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
                                                                 certificate::Pen& pen) const {
  Diagnostics findings;
  std::vector<document::PlacedPage> pages;
  const bool good = pen.draw(
      {*entry.person, entry.number, entry.proof, entry.mark, load_photo(entry.photo, entry.person->place)},
      pages, findings);
  if (!good) throw FaultyInput(std::move(findings));
  return pages;
}

CertificateFiles::CertificateFiles(const certificate::Blank& blank, const font::Faces& faces,
                                   const font::Characters& characters,
                                   const std::vector<FileEntry>& entries) {
  // Numbers end in a check character that no sample has shown.
  certificate::Pen pen(blank);
  for (const FileEntry& entry : entries) pen.learn({*entry.person, entry.number, entry.proof, entry.mark});
  font::Characters all = pen.characters();
  for (const auto& [face, drawn] : characters) all[face].insert(drawn.begin(), drawn.end());
  pdf::Prepared prepared(faces, blank.fixed_characters(), all, {blank.pictures(), blank.grounds()});
  shared_.reset(new Shared{blank, entries, std::move(prepared)});
}
CertificateFiles::~CertificateFiles() = default;

void CertificateFiles::write_each(const fs::path& folder, size_t workers, const FileSigner& signer,
                                  const Progress& progress) const {
  const Shared& shared = *shared_;
  const FolderWriter writer(folder);
  const std::string& title = shared.blank.sheet().title;
  Crew(shared.entries.size(), progress).run(std::max<size_t>(1, workers), [&] {
    return [&shared, &writer, &title, &folder, &signer, pen = certificate::Pen(shared.blank),
            bytes = std::string()](size_t i) mutable {
      const FileEntry& entry = shared.entries[i];
      if (signer.keeps(entry.proof, folder / (entry.number + ".pdf"))) return;
      pdf::Document document({title + ' ' + entry.number + entry.mark, "", entry.person->name, entry.created},
                             shared.prepared);
      for (auto& page : shared.draw(entry, pen)) document.add_page(std::move(page));
      document.finish(bytes);
      signer.finish(entry.proof, bytes);
      writer.write(entry.number + ".pdf", bytes);
    };
  });
  writer.sync();
}

// One file of the certificates from `begin` on: the fonts hold the characters of all of them, once.
fs::path CertificateFiles::Shared::write_volume(const fs::path& target, size_t begin, size_t end) const {
  certificate::Pen pen(blank);
  for (size_t i = begin; i < end; ++i)
    pen.learn({*entries[i].person, entries[i].number, entries[i].proof, entries[i].mark});
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
    outline.push_back({1, entries[i].person->name + ' ' + entries[i].number, count, 0});
    for (auto& page : draw(entries[i], pen)) {
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
  const FileEntry &first = entries[begin], &last = entries[end - 1];
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
  const size_t all = shared_->entries.size(), volumes = (all + people - 1) / people;
  std::vector<fs::path> files;
  for (size_t volume = 0; volume < volumes; ++volume)
    files.push_back(shared_->write_volume(volume_path(target, volume, volumes), volume * people,
                                          std::min(all, (volume + 1) * people)));
  return files;
}

}  // namespace wenshu::app
