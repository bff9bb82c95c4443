#include "app/notice.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "app/fill.h"
#include "app/notice_check.h"
#include "app/notice_files.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "docx/write.h"
#include "notice/compose.h"
#include "notice/fill.h"
#include "notice/lint/lint.h"
#include "notice/normalise_source.h"
#include "notice/notice.h"
#include "notice/pictures.h"
#include "notice/source_places.h"
#include "store/store.h"
#include "svg/page.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormats[] = {"docx", "pdf", "svg"};

bool is_format(const std::string& name) {
  return std::find(std::begin(kFormats), std::end(kFormats), name) != std::end(kFormats);
}

// The files of one source, by format; a .svg of several pages gets more of them.
std::vector<fs::path> targets_of(const NoticeRequest& request, const fs::path& source) {
  if (request.formats.empty()) return {request.out};
  std::vector<fs::path> targets;
  for (const auto& format : request.formats)
    targets.push_back(request.out / fmt::format("{}.{}", source.stem().string(), format));
  return targets;
}

bool wants_pages(const NoticeRequest& request) {
  if (request.formats.empty()) return request.out.extension() != ".docx";
  return request.formats != std::vector<std::string>{"docx"};
}

void check_targets(const NoticeRequest& request, Diagnostics& findings) {
  if (request.formats.empty()) {
    const auto extension = request.out.extension().string();
    if (extension.empty() || !is_format(extension.substr(1)))
      findings.error("unknown-format", {request.out.string()}, "公文只能输出为 .docx、.pdf 或 .svg",
                     "把输出文件名的后缀改为其中一种");
    return;
  }
  const auto extension = request.out.extension().string();
  if (std::error_code none;
      !extension.empty() && is_format(extension.substr(1)) && !fs::is_directory(request.out, none))
    findings.error("not-a-folder", {data::display_name(request.out)},
                   "有多个源文件或给出 --format 时，输出是文件夹，这像是文件名", "换一个文件夹名，不带后缀");
  for (const auto& format : request.formats)
    if (!is_format(format))
      findings.error("unknown-format", {format}, "公文只能输出为 docx、pdf 或 svg", "如 --format docx,pdf");
  std::map<std::string, std::string> seen;  // name of the file -> its source
  for (const auto& source : request.sources) {
    const auto [entry, added] = seen.try_emplace(source.stem().string(), data::display_name(source));
    if (!added)
      findings.error("same-output", {data::display_name(source)},
                     fmt::format("与 {} 文件名相同，会写成同一个文件", entry->second),
                     "改名，或分次输出到不同的文件夹");
  }
}

// What the sources hold; those that cannot be read are told of when they are loaded.
std::set<char32_t> characters_of(const std::vector<fs::path>& sources) {
  std::vector<bool> seen(0x110000);
  for (const fs::path& source : sources) {
    try {
      for (const char32_t c : to_characters(read_file(source))) seen.at(c) = true;
    } catch (const std::runtime_error&) {
      continue;
    }
  }
  std::set<char32_t> characters;
  for (char32_t c = 0; c < seen.size(); ++c)
    if (seen[c]) characters.insert(characters.end(), c);
  return characters;
}

class Press {
 public:
  Press(const NoticeRequest& request, const fs::path& home) : request_(request), home_(home) {}

  MadeNotices make() {
    check_targets(request_, findings_);
    if (request_.data) data_ = load_template_data(*request_.data, findings_);
    if (request_.store) store_.emplace(store::Store::open(*request_.store));
    if (wants_pages(request_)) collect([&] { load_fonts(); });
    size_t done = 0;
    for (const auto& source : request_.sources) {
      collect([&] { made_.notices.push_back(make(source)); });
      if (request_.progress) request_.progress(++done, request_.sources.size());
    }
    if (findings_.has_errors()) throw FaultyInput(std::move(findings_));
    files_.commit();
    made_.warnings = std::move(findings_);
    return std::move(made_);
  }

 private:
  // What is wrong with one file does not hide what is wrong with the next.
  void collect(const std::function<void()>& act) {
    try {
      act();
    } catch (const FaultyInput& faulty) {
      findings_.append(faulty.findings());
    }
  }

  void load_fonts() {
    faces_ = load_house_faces(home_);
    writer_.emplace(*faces_,
                    request_.sources.size() > 1 ? characters_of(request_.sources) : std::set<char32_t>());
  }
  MadeNotice make(const fs::path& source);
  // A notice, and where its characters were written.
  struct Loaded {
    notice::Notice notice;
    data::Value source;
    notice::SourcePlaces places;
  };
  std::optional<Loaded> load(const fs::path& source, std::vector<std::string>& changes,
                             Diagnostics& findings);
  void write(const document::Document& document, const fs::path& source, const layout::Locate& locate,
             MadeNotice& made);
  void write_pictures(const layout::Layout& layout, const std::string& title, const fs::path& target,
                      MadeNotice& made);
  void add(const fs::path& file, const std::string& bytes, MadeNotice& made) {
    files_.add(file, bytes);
    made.files.push_back(file);
  }

  const NoticeRequest& request_;
  const fs::path& home_;
  std::optional<data::Value> data_;
  std::optional<font::Faces> faces_;  // when pages are wanted
  std::optional<PdfWriter> writer_;
  std::optional<store::Store> store_;
  StagedFiles files_;
  Diagnostics findings_;
  MadeNotices made_;
};

// What `wenshu lint` says of the source: its errors and warnings. Hints are left to the lint, and so is what cleaning
// mends: --normalise lists it, --keep wants it as it is.
std::vector<notice::Finding> judge(const data::Value& source, const data::Value& clean,
                                   const std::string& bytes) {
  const auto graver_than_hints = [](const notice::Draft& draft) {
    std::vector<notice::Finding> findings = notice::lint(draft);
    std::erase_if(findings, [](const notice::Finding& finding) {
      return finding.diagnostic.severity == Severity::hint;
    });
    return findings;
  };
  if (!source.is_map() || graver_than_hints(notice::read_clean_source(clean)).empty()) return {};
  notice::Draft draft = notice::read_source(source, bytes);  // where each stands
  draft.changes.clear();
  return graver_than_hints(draft);
}

MadeNotice Press::make(const fs::path& source) {
  Diagnostics findings;
  MadeNotice made;
  const auto loaded = load(source, made.changes, findings);
  findings_.append(findings);
  if (!loaded || findings.has_errors()) return made;
  const auto document = notice::to_document(loaded->notice, findings_);
  write(
      document, source,
      [&](char32_t character, const std::string& paragraph) {
        return loaded->places.find(loaded->source, character, paragraph);
      },
      made);
  return made;
}

std::optional<Press::Loaded> Press::load(const fs::path& source, std::vector<std::string>& changes,
                                         Diagnostics& findings) {
  auto value = data::load_file(source, findings);
  if (!value || findings.has_errors()) return std::nullopt;
  if (request_.data) {
    notice::check_notice(*value, findings);
    if (!data_) return std::nullopt;  // itself faulty
    if (!findings.has_errors()) value = notice::fill_notice(*value, *data_, findings);
    if (!value || findings.has_errors()) return std::nullopt;
  }
  auto clean = *value;
  for (const auto& changed : notice::normalise_source(clean)) changes.push_back(to_text(changed));
  if (request_.text == Text::keep) clean = *value;
  const std::string bytes = read_file(source);
  notice::SourcePlaces places(bytes);
  Diagnostics loading;
  const notice::Written written{places, *value};
  auto notice = notice::load_notice(clean, loading, &written);
  const auto judged = judge(*value, clean, bytes);
  add_unsaid(loading, judged, findings);
  findings.append(notice::to_diagnostics(judged));
  if (const data::Value& number = (*value)["number"]; store_ && number.is_scalar())
    check_number_is_free(store_->db(), number.text(), number.place(), findings);
  if (!notice) return std::nullopt;
  notice::load_pictures(*notice, pictures_beside(source), findings);
  return Loaded{*std::move(notice), *std::move(value), std::move(places)};
}

void Press::write(const document::Document& document, const fs::path& source, const layout::Locate& locate,
                  MadeNotice& made) {
  std::optional<layout::Layout> layout;
  const std::vector<fs::path> targets = targets_of(request_, source);
  for (const fs::path& target : targets) {
    const auto format = target.extension();
    if (format != ".docx" && faces_ && !layout) {
      layout = lay_out(document, *faces_, locate, findings_);
      tell_foot_alone(*layout, source, findings_);
    }
    if (findings_.has_errors()) continue;  // something else is faulty: this one is only checked
    if (format == ".docx") add(target, docx::write_document(document), made);
    if (format == ".svg") write_pictures(*layout, document.title, target, made);
    if (format != ".pdf") continue;
    const bool is_last = target == targets.back();  // nobody reads the pages after it
    add(target, writer_->write(document, is_last ? *std::move(layout) : *layout), made);
  }
}

// One page as NAME.svg, several as NAME-1.svg … What a longer or shorter run left beside them is told, not deleted: who
// knows what else bears such a name.
void Press::write_pictures(const layout::Layout& layout, const std::string& title, const fs::path& target,
                           MadeNotice& made) {
  const auto page_file = [&](size_t number) {
    fs::path file = target;
    return file.replace_filename(fmt::format("{}-{}.svg", target.stem().string(), number));
  };
  const size_t count = layout.pages.size();
  const fs::path stale = count > 1 && fs::exists(target) ? target : page_file(count > 1 ? count + 1 : 1);
  if (fs::exists(stale))
    findings_.warning("stale-page", {data::display_name(stale)},
                      fmt::format("以前输出的页面还在，这一次的公文只有{}页", count), "核对后自行删除");
  size_t number = 0;
  for (const auto& page : layout.pages) {
    ++number;
    const fs::path file = count > 1 ? page_file(number) : target;
    add(file, svg::draw_page(page, *faces_, fmt::format("{} {}", title, number)), made);
  }
}

}  // namespace

MadeNotices make_notices(const NoticeRequest& request, const fs::path& home) {
  return Press(request, home).make();
}

}  // namespace wenshu::app
