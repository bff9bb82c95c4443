#include "app/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/notice_check.h"
#include "app/notice_files.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "data/load.h"
#include "docx/amend.h"
#include "docx/read.h"
#include "notice/compose.h"
#include "notice/lint/lint.h"
#include "notice/normalise_source.h"
#include "notice/notice.h"
#include "notice/pictures.h"
#include "notice/source_places.h"
#include "package/archive.h"
#include "store/store.h"

namespace wenshu::app {
namespace {

namespace fs = std::filesystem;

struct Judged {
  std::string bytes;
  std::vector<notice::Finding> findings;
  std::optional<notice::Text> number = {};  // 发文字号
};

Judged judged_draft(std::string bytes, const notice::Draft& draft) {
  Judged judged{std::move(bytes), notice::lint(draft), draft.number};
  if (draft.sight && judged.number) {  // in a Word file a place is a paragraph
    Place& where = judged.number->place;
    where = {where.file, 0, 0, draft.sight->spot(static_cast<size_t>(where.line))};
  }
  return judged;
}

// The faces, where they serve; that they do not is told by `wenshu fonts`.
std::optional<font::Faces> find_faces(const fs::path& home) {
  try {
    return load_house_faces(home);
  } catch (const FaultyInput&) {
    return std::nullopt;
  }
}

// What shows once the notice is laid out: whether page 1 has body text, where the signature and the 版记 stand, what no
// face draws. As `wenshu notice` makes it, of the clean text; a source with tags or faults is not made.
void check_pages(const data::Value& source, const notice::SourcePlaces& places, const fs::path& file,
                 const std::optional<fs::path>& home, Diagnostics& faults) {
  data::Value clean = source;
  notice::normalise_source(clean);
  Diagnostics told;  // by the caller
  const auto notice = notice::load_notice(clean, told);
  if (!notice) return;
  const auto document = notice::to_document(*notice, faults);
  const auto faces = home ? find_faces(*home) : std::nullopt;
  if (!faces) return;
  const auto locate = [&](char32_t character, const std::string& paragraph) {
    return places.find(source, character, paragraph);
  };
  try {
    tell_foot_alone(lay_out(document, *faces, locate, faults), file, faults);
  } catch (const FaultyInput& faulty) {
    faults.append(faulty.findings());
  }
}

std::optional<Judged> judge_source(std::string text, const std::string& name, const fs::path& beside,
                                   const std::optional<fs::path>& home, Diagnostics& faults) {
  const auto source = data::parse_yaml(text, name, faults);
  if (!source) return std::nullopt;
  if (!source->is_map() || !source->find("notice")) {
    faults.error("not-a-notice", source->place(), "不是公文源文件：第一个字段应当是 \"notice\"",
                 "其他文件请用 wenshu check");
    return std::nullopt;
  }
  Diagnostics loading;
  const notice::SourcePlaces places(text);
  const notice::Written written{places, *source};
  notice::check_notice(*source, loading, &written);
  const notice::Draft draft = notice::read_source(*source, text);
  Judged judged = judged_draft(std::move(text), draft);
  add_unsaid(loading, judged.findings, faults);
  notice::check_pictures(*source, pictures_beside(beside), faults);
  check_pages(*source, places, beside, home, faults);
  return judged;
}

// Where byte `at` of a text stands.
Place place_in(const std::string& text, size_t at, const std::string& name) {
  const std::string_view before = std::string_view(text).substr(0, at);
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {name, static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(count_characters(before.substr(line_start))) + 1};
}

// Every character that no document can hold; nothing when there is one.
bool check_characters(const std::string& text, const std::string& name, Diagnostics& faults) {
  constexpr size_t kMost = 20;  // more say nothing more
  size_t begin = 0;
  for (size_t found = 0; found < kMost; ++found) {
    const auto at = find_forbidden_character(std::string_view(text).substr(begin));
    if (!at) return found == 0;
    faults.error("forbidden-character", place_in(text, begin + *at, name), "有不能出现在文字里的控制字符",
                 "删去这个字符");
    begin += *at + 1;
  }
  return false;
}

std::optional<Judged> judge_pasted(const std::string& bytes, const std::string& name, Diagnostics& faults) {
  auto text = decode_text(bytes);
  if (!text) {
    const auto at = find_malformed_utf8(bytes);
    faults.error("not-text", place_in(bytes, at.value_or(0), name), "既不是 UTF-8 也不是 GB18030 文字",
                 "请另存为 UTF-8 纯文本");
    return std::nullopt;
  }
  if (!check_characters(*text, name, faults)) return std::nullopt;
  const notice::Draft draft = notice::read_pasted(*text, name);
  return judged_draft(*std::move(text), draft);
}

std::optional<Judged> judge_word(std::string bytes, const std::string& name, Diagnostics& faults) {
  auto observed = docx::read_document(bytes, name, faults);
  if (!observed) return std::nullopt;
  return judged_draft(std::move(bytes), notice::read_observed(*std::move(observed), name));
}

// `beside`: the file that was given; its pictures stand beside it.
std::optional<Judged> judge(std::string bytes, const std::string& extension, const std::string& name,
                            const fs::path& beside, const std::optional<fs::path>& home,
                            Diagnostics& faults) {
  if (extension == ".docx") return judge_word(std::move(bytes), name, faults);
  if (extension == ".txt") return judge_pasted(bytes, name, faults);
  return judge_source(std::move(bytes), name, beside, home, faults);
}

int count_mended(const Judged& judged) {
  return static_cast<int>(std::count_if(judged.findings.begin(), judged.findings.end(),
                                        [](const notice::Finding& each) { return each.is_mended(); }));
}

// One round of fixes.
std::string apply_once(const Judged& judged, const std::string& extension) {
  if (extension == ".docx") return docx::amend_document(judged.bytes, notice::amendments_of(judged.findings));
  return notice::apply_fixes(judged.bytes, judged.findings);
}

// What the corrected copy holds. One fix may let another rule see what it could not before, so that the copy is judged
// again until nothing is left to mend. Throws Failure where a fix would break the file.
std::string mend(Judged judged, const std::string& extension, const fs::path& file, const fs::path& out) {
  constexpr int kMostRounds = 6;
  const std::string name = data::display_name(out);
  for (int round = 0; round < kMostRounds && count_mended(judged) > 0; ++round) {
    std::string mended = apply_once(judged, extension);
    if (mended == judged.bytes) break;
    Diagnostics after;  // a source stays one: what the fixes did to its form is asked here
    auto again = judge(std::move(mended), extension, name, file, std::nullopt, after);
    if (!again)
      throw Failure(fmt::format("改后的文件不再合格式，没有写出 {}：{}", out.string(), to_text(after)));
    judged = *std::move(again);
  }
  return judged.bytes;
}

void check_number(const std::string& store, const notice::Text& number,
                  std::vector<notice::Finding>& findings) {
  Diagnostics issued;
  check_number_is_free(store::Store::open(store).db(), number.text, number.place, issued);
  for (const Diagnostic& finding : issued) findings.push_back({finding, {}, {}});
}

// The copy is another file than the one it is made of, and of the same kind.
void check_copy(const std::filesystem::path& file, const std::filesystem::path& copy,
                const std::string& extension, Diagnostics& findings) {
  std::error_code none;
  if (std::filesystem::equivalent(file, copy, none))
    findings.error("copy-onto-source", {data::display_name(copy)}, "改正后的文件会盖掉原文件",
                   "换一个文件名");
  if (data::extension_of(copy) != extension)
    findings.error(
        "copy-of-other-kind", {data::display_name(copy)},
        fmt::format("改正后的文件是 {} 文件，文件名却以“{}”结尾", extension, data::extension_of(copy)),
        fmt::format("文件名以 {} 结尾", extension));
}

}  // namespace

LintResult lint_file(const std::filesystem::path& file, const std::optional<std::filesystem::path>& fix,
                     const std::optional<std::string>& store, const std::optional<fs::path>& home) {
  LintResult result;
  const std::string extension = data::extension_of(file), name = data::display_name(file);
  std::error_code none;
  constexpr std::array kKinds = {".yaml", ".yml", ".docx", ".txt"};
  if (!std::filesystem::exists(file, none)) throw NotFound(fmt::format("没有这个文件: {}", file.string()));
  if (std::filesystem::is_directory(file, none)) {
    result.findings.error("not-a-file", {name}, "这是文件夹，不是文件");
  } else if (std::find(kKinds.begin(), kKinds.end(), extension) == kKinds.end()) {
    result.findings.error("unknown-format", {name}, "只能校核 .yaml 公文源文件、.docx 和 .txt 文字",
                          "把文件另存为 .docx，或把正文另存为 .txt");
  } else {
    const size_t limit = extension == ".docx"  ? package::kMaxPackedBytes
                         : extension == ".txt" ? data::kMaxTextBytes
                                               : data::kMaxYamlBytes;
    data::check_path(file, limit, result.findings);
    if (fix) check_copy(file, *fix, extension, result.findings);
  }
  if (result.findings.has_errors()) return result;
  auto judged = judge(read_file(file), extension, name, file, home, result.findings);
  if (!judged) return result;
  if (store && judged->number) check_number(*store, *judged->number, judged->findings);
  result.findings.append(notice::to_diagnostics(judged->findings));
  if (extension != ".docx") result.findings.sort();  // findings of a Word file are in reading order
  result.mended = count_mended(*judged);
  if (fix) {
    write_file(*fix, mend(*std::move(judged), extension, file, *fix));
    result.is_written = true;
  }
  return result;
}

std::string rules_page() { return notice::rules_table(); }

data::Value rules_value() { return notice::rules_value(); }

}  // namespace wenshu::app
