// The certificates of ../shared/bench/certificates by wenshu's own engine, with the peers' command line:
//
//   bench_certificates FONT records.json N OUTDIR [--faces one|three] [--jobs N] [--merged] [--sign FILE.pem] [--part NAME]
//
// FONT is one TrueType file (the one that serves 楷体); with `--faces three` the title is 小标宋, the body 仿宋, the name 楷体, as
// fonts/fonts.yaml finds them. `--merged` makes one file of all. `--part` stops early, to see where the time goes: draw (no
// file made), make (no file written). `--sign` puts a PDF signature into each, by the P-256 key and certificate of FILE.pem.
#include <fmt/format.h>
#include <sys/resource.h>
#include <time.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/crew.h"
#include "base/error.h"
#include "base/file.h"
#include "base/folder_writer.h"
#include "base/text.h"
#include "certificate/blank.h"
#include "crypto/cms.h"
#include "data/load.h"
#include "pdf/document.h"
#include "pdf/prepared.h"
#include "pdf/sign.h"

namespace {

using namespace wenshu;
namespace fs = std::filesystem;

struct Options {
  fs::path font, out, identity;
  std::string part;
  size_t jobs = 1;
  bool three = false, merged = false;
};

double seconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class T>
T must(std::optional<T> value, const Diagnostics& findings) {
  if (value && !findings.has_errors()) return std::move(*value);
  std::fputs(to_text(findings).c_str(), stderr);
  std::exit(1);
}

struct Record {
  certificate::Person person;
  std::string number;
};

std::vector<Record> read_records(const char* path, size_t count) {
  Diagnostics findings;
  const auto rows = must(data::parse_json(read_file(path, 256u << 20), path, findings), findings);
  std::vector<Record> records;
  for (const auto& row : rows.items()) {
    if (records.size() == count) break;
    certificate::Person person{row["no"].text(), row["name"].text(), data::Value::map(), {}};
    for (const char* key : {"name", "url"}) person.row.set(key, row[key].text());
    records.push_back({std::move(person), row["no"].text()});
  }
  return records;
}

certificate::Sheet load_bench_sheet(bool three) {
  std::string yaml = read_file(fs::path(WENSHU_SOURCE_DIR) / "tests/bench/certificates/sheet.yaml");
  for (const auto& [mark, face] :
       std::map<std::string, std::string>{{"TITLE", three ? "xiaobiaosong" : "kaiti"},
                                          {"BODY", three ? "fangsong" : "kaiti"},
                                          {"NAME", "kaiti"}})
    yaml = replace_all(yaml, "face: " + mark, "face: " + face);
  Diagnostics findings;
  const auto source = must(data::parse_yaml(yaml, "sheet.yaml", findings), findings);
  return must(certificate::load_sheet(source, findings), findings);
}

constexpr size_t kPagesAVolume = 5'000;  // as `certificates issue` without --pages-a-volume

const Time kCreated = *parse_time("2025-10-15");

pdf::Document document_of(const Record& record, std::vector<document::PlacedPage>& pages,
                          const pdf::Prepared& prepared) {
  pdf::Document document({"结业证书 " + record.number, "", record.person.name, kCreated}, prepared);
  for (auto& page : pages) document.add_page(std::move(page));
  return document;
}

class Bench {
 public:
  Bench(const Options& options, const std::vector<Record>& records, const font::Faces& faces,
        const certificate::Blank& blank)
      : options_(options), records_(records), faces_(faces), blank_(blank) {
    if (options.identity.empty()) return;
    crypto::Identity::Fault fault{};
    identity_ = crypto::Identity::open(read_file(options.identity), "", fault);
    if (!identity_) throw Failure("--sign: no key and certificate");
  }

  size_t files() {
    certificate::Pen pen(blank_);
    for (const Record& record : records_) pen.learn({record.person, record.number});
    const pdf::Prepared prepared(faces_, blank_.fixed_characters(), pen.characters(), common());
    const FolderWriter folder(options_.out);
    Crew(records_.size()).run(options_.jobs, [&] { return Worker(*this, prepared, folder); });
    return bytes_;
  }

  size_t merged() {
    certificate::Pen pen(blank_);
    for (const Record& record : records_) pen.learn({record.person, record.number});
    const pdf::Prepared prepared(faces_, blank_.fixed_characters(), pen.characters(), common());
    fs::create_directories(options_.out);
    size_t bytes = 0;
    for (size_t from = 0; from < records_.size(); from += kPagesAVolume)
      bytes += volume(prepared, from, std::min(records_.size(), from + kPagesAVolume));
    return bytes;
  }

 private:
  pdf::Common common() const { return {blank_.pictures(), blank_.grounds()}; }

  size_t volume(const pdf::Prepared& prepared, size_t from, size_t end) const {
    certificate::Pen pen(blank_);
    for (size_t i = from; i < end; ++i) pen.learn({records_[i].person, records_[i].number});
    const pdf::Prepared all = prepared.for_volume(pen.characters());
    pdf::Volume volume(all);
    Diagnostics findings;
    std::vector<document::PlacedPage> pages;
    std::vector<document::OutlineEntry> outline;
    for (size_t i = from; i < end; ++i) {
      outline.push_back({1, records_[i].person.name, i - from, 0});
      pen.draw({records_[i].person, records_[i].number}, pages, findings);
      for (const auto& page : pages) volume.add_page(page);
    }
    const std::string file = volume.finish({"结业证书", "", "", kCreated}, outline);
    write_file(options_.out / fmt::format("all-{}.pdf", from / kPagesAVolume + 1), file, Durability::later);
    return file.size();
  }

  struct Worker {
    Worker(Bench& its_bench, const pdf::Prepared& its_prepared, const FolderWriter& its_folder)
        : bench(its_bench), prepared(its_prepared), folder(its_folder), pen(its_bench.blank_) {}
    ~Worker() { bench.bytes_ += bytes; }

    void operator()(size_t i) {
      const Record& record = bench.records_[i];
      pen.draw({record.person, record.number}, pages, findings);
      if (bench.options_.part == "draw") return;
      document_of(record, pages, prepared).finish(file);
      if (const auto& identity = bench.identity_)
        file = pdf::sign_file(pdf::reserve_signature(std::move(file), kCreated, identity->signature_room()),
                              [&](std::string_view covered) { return identity->sign(covered); });
      bytes += file.size();
      if (bench.options_.part != "make") folder.write(record.number + ".pdf", file);
    }

    Bench& bench;
    const pdf::Prepared& prepared;
    const FolderWriter& folder;
    certificate::Pen pen;
    Diagnostics findings;
    std::vector<document::PlacedPage> pages;
    std::string file;
    size_t bytes = 0;
  };

  const Options& options_;
  const std::vector<Record>& records_;
  const font::Faces& faces_;
  const certificate::Blank& blank_;
  std::optional<crypto::Identity> identity_;
  std::atomic<size_t> bytes_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 5) {
    std::fputs("FONT records.json N OUTDIR [--faces one|three] [--jobs N] [--merged] [--part NAME]\n",
               stderr);
    return 2;
  }
  Options options{arguments[1], arguments[4], "", "", 1, false, false};
  for (int i = 5; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--merged") options.merged = true;
    if (i + 1 == count) break;
    if (option == "--faces") options.three = std::string(arguments[i + 1]) == "three";
    if (option == "--sign") options.identity = arguments[i + 1];
    if (option == "--jobs") options.jobs = std::stoul(arguments[i + 1]);
    if (option == "--part") options.part = arguments[i + 1];
  }
  Diagnostics findings;
  const auto faces =
      must(font::load_faces(fs::path(WENSHU_SOURCE_DIR) / "fonts/fonts.yaml", findings), findings);
  const auto sheet = load_bench_sheet(options.three);
  const auto records = read_records(arguments[2], std::stoul(arguments[3]));
  auto values = data::Value::map();
  values.set("issuer", "某某市人才培训中心");
  values.set("date", "2025-10-15");
  const font::Face* main_face = faces.find_main_face("kaiti");
  if (!main_face || main_face->path().filename() != options.font.filename()) {
    std::fprintf(stderr, "FONT is not the file that serves 楷体\n");
    return 2;
  }

  const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  const certificate::Blank blank(sheet, values, faces, {}, "PX", {}, findings);
  must(std::optional(0), findings);
  Bench bench(options, records, faces, blank);
  const size_t bytes = options.merged ? bench.merged() : bench.files();
  const double took = seconds(CLOCK_MONOTONIC) - wall, used = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto number = static_cast<double>(records.size());
  std::printf(
      "wenshu: %zu files, wall %.3f s, cpu %.3f s, %.1f certificates/s of cpu, %.0f B/file, %ld MB "
      "resident\n",
      records.size(), took, used, number / used, static_cast<double>(bytes) / number, usage.ru_maxrss / 1024);
  return 0;
}
