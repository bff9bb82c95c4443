#include "app/fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "app/data_file.h"
#include "app/sheet_data.h"
#include "app/sound_rows.h"
#include "app/text_files.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "base/pages.h"
#include "base/text.h"
#include "data/load.h"
#include "docx/fill.h"
#include "package/archive.h"
#include "template/formatter.h"
#include "template/mark.h"
#include "template/text.h"
#include "xlsx/write.h"

namespace wenshu::app {
namespace {

// Clerks' machines write .DOCX as well. Templates of Word are filled like documents; those with macros are refused
// when they are read.
bool is_word(const std::filesystem::path& path) {
  const auto extension = data::extension_of(path);
  return extension == ".docx" || extension == ".dotx" || extension == ".docm" || extension == ".dotm";
}

// The bytes of a template. A template that is not there is NotFound; what is no template is a finding.
std::optional<std::string> load_bytes(const std::filesystem::path& path, Diagnostics& findings) {
  std::error_code none;
  const Place where{data::display_name(path)};
  if (std::filesystem::is_directory(path, none)) {
    findings.error("not-a-file", where, "这是文件夹，不是文件");
    return std::nullopt;
  }
  const size_t limit = is_word(path) ? package::kMaxPackedBytes : data::kMaxTextBytes;
  if (const auto size = std::filesystem::file_size(path, none); !none && size > limit) {
    findings.error("file-too-large", where, fmt::format("模板过大，上限为 {} MiB", limit >> 20),
                   "核对文件；模板须是 .docx 或文本");
    return std::nullopt;
  }
  return read_file(path, limit);
}

std::optional<std::string> load_text(const std::filesystem::path& path, Diagnostics& findings) {
  const auto bytes = load_bytes(path, findings);
  if (!bytes) return std::nullopt;
  auto text = decode_text(*bytes);
  if (!text)
    findings.error("not-text", {data::display_name(path)}, "不是文本文件",
                   "模板须是 .docx，或 UTF-8、GB18030 文本");
  return text;
}

template <class Action>
auto without_findings(Action action) {
  Diagnostics findings;
  auto result = action(findings);
  if (findings.has_errors()) throw FaultyInput(findings);
  return result;
}

std::optional<docx::Template> load_word(const std::filesystem::path& path,
                                        const templates::Delimiters& delimiters, docx::Body body,
                                        Diagnostics& findings) {
  const auto bytes = load_bytes(path, findings);
  if (!bytes) return std::nullopt;
  return docx::load_template(*bytes, data::display_name(path), findings, delimiters, body);
}

// A sheet takes the place of nothing that was read, and its name says what it is.
void check_sheet_name(const std::filesystem::path& sheet, Diagnostics& findings) {
  if (!sheet.empty() && data::extension_of(sheet) != ".xlsx")
    findings.error("unknown-format", {data::display_name(sheet)}, "这张表是 .xlsx 工作簿",
                   "把文件名的后缀改为 .xlsx");
}

// The same of the result.
void check_output(const FillRequest& request, Diagnostics& findings) {
  std::error_code none;
  for (const auto& out : {request.out, request.who_lacks}) {
    if (out.empty()) continue;
    if (std::filesystem::equivalent(out, request.source, none) ||
        std::filesystem::equivalent(out, request.data, none))
      findings.error("overwrites-source", {data::display_name(out)}, "输出文件就是模板或数据文件，会把它盖掉",
                     "换一个输出文件名");
  }
  check_sheet_name(request.who_lacks, findings);
  if (request.each.empty() && std::filesystem::is_directory(request.out, none))
    findings.error("not-a-file", {data::display_name(request.out)}, "输出是文件夹，不是文件",
                   "写上文件名；每行一个文件时用 --each");
  if (!request.out.empty() && request.out.lexically_normal() == request.who_lacks.lexically_normal())
    findings.error("same-output", {data::display_name(request.out)}, "填好的文件和缺项表是同一个文件名",
                   "换一个缺项表的文件名");
  if (request.each.empty() && is_word(request.out) && !is_word(request.source))
    findings.error("unknown-format", {data::display_name(request.out)},
                   "文本模板填出来是文本，不是 Word 文件", "把输出文件名的后缀改为 .txt，或用 .docx 模板");
  if (request.each.empty() && is_word(request.source) && !request.out.empty() && !is_word(request.out))
    findings.error("unknown-format", {data::display_name(request.out)}, "Word 模板填出来是 Word 文件",
                   "把输出文件名的后缀改为 .docx");
  if (request.one_file && !is_word(request.source))
    findings.error("not-a-docx", {data::display_name(request.source)}, "--one-file 只用于 Word 模板",
                   "文本模板里用 {{#rows}} … {{/rows}} 逐条写出");
  if (!request.each.empty() && std::filesystem::is_regular_file(request.out, none))
    findings.error("not-a-folder", {data::display_name(request.out)}, "用 --each 时，输出应是文件夹",
                   "换一个文件夹名");
}

// A Word or a text template, checked once.
class Source {
 public:
  Source(const std::filesystem::path& path, const templates::Delimiters& delimiters, Diagnostics& findings,
         docx::Body body = docx::Body::once)
      : place_{data::display_name(path), 1, 1, {}}, delimiters_(delimiters) {
    Diagnostics here;
    if (is_word(path)) {
      word_ = load_word(path, delimiters, body, here);
    } else if ((text_ = load_text(path, here))) {
      options_.delimiters = delimiters;
      options_.html = writes_html(path);
      options_.partial = partials_beside(path);
      templates::check_text(*text_, place_, here, options_);
    }
    tell(here, findings);
  }

  std::optional<std::string> fill(const data::Value& tree, const templates::Filling& filling,
                                  Diagnostics& findings) const {
    Diagnostics here;
    auto bytes = word_ ? word_->fill(tree, here, filling)
                       : templates::fill_text(*text_, tree, place_, here, filling, options_);
    tell(here, findings);
    return bytes;
  }

  std::vector<templates::TagPlace> tags() const {
    if (word_) return word_->tags();
    return text_ ? templates::list_tags(*text_, place_, options_) : std::vector<templates::TagPlace>();
  }

 private:
  // Tags as they are written in this template.
  void tell(const Diagnostics& here, Diagnostics& findings) const {
    const templates::Delimiters usual;
    const bool as_usual = delimiters_.open == usual.open;
    const auto written = [&](const std::string& text) {
      return replace_all(replace_all(text, usual.open, delimiters_.open), usual.close, delimiters_.close);
    };
    for (Diagnostic finding : here) {
      if (!as_usual) finding.message = written(finding.message), finding.hint = written(finding.hint);
      findings.add(std::move(finding));
    }
  }

  Place place_;
  templates::Delimiters delimiters_;
  std::optional<docx::Template> word_;
  std::optional<std::string> text_;
  templates::TextOptions options_;
};

std::string folded(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

// Names that Windows keeps for itself, whatever stands behind a dot.
bool is_device(const std::string& name) {
  const std::string stem = folded(name.substr(0, name.find('.')));
  const bool numbered = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) &&
                        stem.back() >= '1' && stem.back() <= '9';
  return stem == "con" || stem == "prn" || stem == "aux" || stem == "nul" || numbered;
}

// Fills the one document, or one for each row.
class Filler {
 public:
  Filler(const FillRequest& request, const Source& source, const data::Value& tree, Diagnostics& findings)
      : request_(request),
        source_(source),
        tree_(tree),
        findings_(findings),
        open_file_(open_beside(request.data)) {}

  Filled fill() {
    if (request_.one_file) {
      fill_together();
    } else if (request_.each.empty() && is_table_of_documents()) {
      fill_single_or_list();
    } else if (request_.each.empty()) {
      fill_one(tree_, "全部", {}, [&] { return request_.out; });
    } else {
      fill_rows();
    }
    tell_rows();
    // The list of who lacks what is for data that are not sound yet.
    const bool only_lists = request_.out.empty() && !request_.who_lacks.empty();
    if (findings_.has_errors() && !request_.set_aside && !only_lists) throw FaultyInput(findings_);
    write_files();
    filled_.lacks = lacks_.size();
    filled_.findings = findings_;
    return std::move(filled_);
  }

 private:
  // All files or, where the disk is full, none.
  void write_files() {
    StagedFiles files;
    if (!request_.who_lacks.empty()) files.add(request_.who_lacks, lacks_sheet());
    for (const auto& [path, bytes] : made_) {
      files.add(path, bytes);
      filled_.files.push_back(path);
    }
    files.commit();
  }

  // A table for a template that knows nothing of `rows`: each of its rows is a document.
  bool is_table_of_documents() const {
    const auto& rows = tree_["rows"];
    if (!is_word(request_.source) || tree_.size() != 1 || !rows.is_list() || rows.size() == 0) return false;
    const auto tags = source_.tags();
    return !tags.empty() && std::none_of(tags.begin(), tags.end(), [](const auto& tag) {
      return tag.path == "rows" || tag.path.starts_with("rows.");
    });
  }

  void fill_single_or_list() {
    const auto& rows = tree_["rows"];
    if (rows.size() > 1 && !request_.out.empty()) {
      findings_.error(
          "many-rows", rows.place(),
          fmt::format("数据是一张表，有 {} 行，而模板里没有 {{{{#rows}}}}：一行填一份", rows.size()),
          "用 --each 栏目名 每行一个文件，或用 --one-file 都放进一个文件");
      return;
    }
    for (size_t i = 0; i < rows.size(); ++i) {
      const auto& entries = rows[i].entries();
      const bool named = !entries.empty() && entries[0].value.is_scalar() && !entries[0].value.is_null();
      const std::string name = rows.size() == 1 ? "全部" : named ? entries[0].value.text() : "";
      fill_one(record_of(rows[i], tree_), name, rows.size() == 1 ? Place() : Place(rows[i].place()),
               [&] { return request_.out; });
    }
  }

  const data::Value& rows_of_data() {
    const auto& rows = tree_["rows"];
    if (!rows.is_list() || rows.size() == 0) {
      findings_.error(
          "no-rows", tree_.place(),
          fmt::format("用 {} 时，数据应是一张有内容的表", request_.one_file ? "--one-file" : "--each"),
          "用 .xlsx、.csv，或写成列表 rows");
      request_faulty();
    }
    return rows;
  }

  // The tree of the one file for these rows. What all of them have in common may stand in headers and footers, which
  // all pages share.
  data::Value tree_of(data::Value rows) const {
    data::Value tree = tree_;
    for (const auto& entry : rows[0].entries()) {
      const bool common = std::all_of(rows.items().begin(), rows.items().end(), [&](const data::Value& row) {
        const auto* value = row.find(entry.key);
        return value && *value == entry.value;
      });
      if (common && !tree.find(entry.key)) tree.set(entry.key, entry.value);
    }
    tree.set("rows", std::move(rows));
    return tree;
  }

  // A tag in a header or a footer says one thing on all pages.
  void check_shared_tags(const data::Value& tree) {
    std::set<std::string> told;
    for (const auto& tag : source_.tags()) {
      const std::string name = tag.path.substr(0, tag.path.find('.'));
      const auto& rows = tree["rows"].items();
      const bool of_a_row = std::any_of(rows.begin(), rows.end(),
                                        [&](const data::Value& row) { return row.find(name) != nullptr; });
      const bool on_all_pages = tag.place.spot.starts_with("页眉") || tag.place.spot.starts_with("页脚");
      if (!on_all_pages || !tag.inside.empty() || !of_a_row || tree.find(name) || !told.insert(name).second)
        continue;
      findings_.error("differs-between-rows", tag.place,
                      fmt::format("{}：页眉、页脚各页共用，而各行的“{}”不一样", tag.tag, name),
                      "把这个标签移到正文里，或改用 --each 每行一个文件");
    }
    if (!told.empty()) request_faulty();
  }

  void fill_together() {
    const auto& rows = rows_of_data();
    data::Value good = data::Value::list();
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!request_.set_aside || is_sound(rows[i], i + 1)) good.add(rows[i]);
      if (request_.set_aside && request_.progress) request_.progress(i + 1, rows.size());
    }
    if (good.size() == 0) return;
    const data::Value tree = tree_of(std::move(good));
    check_shared_tags(tree);
    fill_one(tree, "全部", {}, [&] { return request_.out; });
  }

  // Filled alone, for its faults.
  bool is_sound(const data::Value& row, size_t number) {
    data::Value one = data::Value::list();
    one.add(row);
    const data::Value tree = tree_of(std::move(one));
    Diagnostics here;
    std::vector<templates::Lack> lacks;
    templates::Filling filling{request_.missing, &lacks};
    filling.open_file = open_file_;
    if (source_.fill(tree, filling, here)) {
      ++rows_tried_;
      return true;
    }
    const std::string place = to_text(row.place());
    for (auto finding : here) {
      // Alone, it was the first of the rows.
      finding.message = replace_all(finding.message, "（rows第1项，" + place + "）", "");
      finding.message = replace_all(finding.message, "rows第1项", fmt::format("rows第{}项", number));
      row_findings_.push_back({std::move(finding), "（" + place + "）"});
    }
    ++rows_tried_;
    ++filled_.set_aside;
    return false;
  }

  // A fault that each row has, like a column that is not there, is told once.
  void tell_rows() {
    const auto key = [](const Diagnostic& finding) {
      return finding.code + '\n' + to_text(finding.where) + '\n' + finding.message;
    };
    std::map<std::string, size_t> count;
    for (const RowFinding& each : row_findings_) ++count[key(each.finding)];
    for (RowFinding& each : row_findings_) {
      size_t& times = count[key(each.finding)];
      if (times == 0) continue;  // told
      const bool of_all = rows_tried_ > 1 && times >= rows_tried_;
      each.finding.message += of_all ? fmt::format("（{} 行都这样）", rows_tried_) : each.row;
      if (of_all) times = 0;
      findings_.add(std::move(each.finding));
    }
  }

  void fill_rows() {
    const auto& rows = rows_of_data();
    check_column(rows);
    size_t done = 0;
    for (const auto& row : rows.items()) {
      if (!row.is_map()) {
        findings_.error("wrong-type", row.place(), "每一行应当是栏目和内容");
        continue;
      }
      const auto record = record_of(row, tree_);
      const std::string name = row[request_.each].is_scalar() ? row[request_.each].text() : "";
      fill_one(record, name, row.place(), [&] { return request_.out / (name + ending()); });
      if (request_.progress) request_.progress(++done, rows.size());
    }
  }

  std::string ending() const {
    return is_word(request_.source) ? ".docx" : request_.source.extension().string();
  }

  // Which column names the files: reported once, not for each row.
  void check_column(const data::Value& rows) {
    std::vector<std::string> known;
    for (const auto& row : rows.items()) {
      if (row.find(request_.each)) return;
      for (const auto& entry : row.entries())
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) known.push_back(entry.key);
    }
    const auto near = near_name_hint(request_.each, known);
    findings_.error("unknown-column", rows.place(),
                    fmt::format("数据里没有“{}”这一列，不能用来命名文件", request_.each),
                    near.empty() ? "栏目有：" + join(known, "、") : near);
    request_faulty();
  }

  [[noreturn]] void request_faulty() {
    tell_rows();
    throw FaultyInput(findings_);
  }

  template <class PathOf>
  void fill_one(const data::Value& record, const std::string& name, const Place& place, PathOf path_of) {
    Diagnostics here;
    std::vector<templates::Lack> lacks;
    if (!request_.each.empty()) check_name(name, place, here);
    const auto missing = request_.out.empty() ? templates::Missing::blank : request_.missing;
    templates::Filling filling{missing, &lacks};
    filling.open_file = open_file_;
    const auto bytes = source_.fill(record, filling, here);
    for (const auto& lack : lacks) lacks_.push_back({name, to_text(place) + lack.record, lack.path});
    ++rows_tried_;
    const std::string row = place.file.empty() ? ""
                            : name.empty()     ? fmt::format("（{}）", to_text(place))
                                               : fmt::format("（{}，{}）", name, to_text(place));
    for (auto finding : here) row_findings_.push_back({std::move(finding), row});
    if (here.has_errors() || !bytes) {
      ++filled_.set_aside;
    } else if (!request_.out.empty()) {
      made_.emplace_back(path_of(), *bytes);
    }
  }

  // What every system takes for a file's name; two rows of one name would be one file.
  void check_name(const std::string& name, const Place& place, Diagnostics& findings) {
    constexpr size_t kLongest =
        200;  // bytes; systems take 255 with the ending and our mark of an unfinished file
    if (name.empty() || name.size() > kLongest || is_device(name) || name.front() == '.' ||
        name.back() == '.' || trim(name) != name ||
        name.find_first_of("/\\:*?\"<>|\n\t") != std::string::npos)
      findings.error(
          "bad-file-name", place, fmt::format("“{}”不能作文件名", name),
          fmt::format("核对“{}”这一列：不能空着，不能有 / \\ : * ? \" < > |、首尾的空格和点", request_.each));
    else if (!names_.insert(folded(name)).second)  // Windows takes A and a for one
      findings.error("duplicate-file-name", place, fmt::format("前面已有一行叫“{}”，文件会互相盖掉", name),
                     "换一列没有重复的来命名");
  }

  std::string lacks_sheet() {
    auto bytes =
        xlsx::write_table({"缺项", {request_.each.empty() ? "文件" : request_.each, "位置", "缺少"}, lacks_},
                          data::display_name(request_.who_lacks), findings_);
    if (!bytes) throw FaultyInput(findings_);
    return std::move(*bytes);
  }

  struct RowFinding {
    Diagnostic finding;
    std::string row;  // （王芳，a.csv:3: 第3行）
  };

  const FillRequest& request_;
  const Source& source_;
  const data::Value& tree_;
  Diagnostics& findings_;
  templates::OpenFile open_file_;
  Filled filled_;
  std::vector<std::pair<std::filesystem::path, std::string>> made_;
  std::vector<std::vector<std::string>> lacks_;
  std::set<std::string> names_;
  std::vector<RowFinding> row_findings_;
  size_t rows_tried_ = 0;  // filled, or found faulty
};

}  // namespace

templates::OpenFile open_beside(const std::filesystem::path& data_file) {
  constexpr size_t kLargest = 32u << 20, kMostKept = 64u << 20;
  struct Kept {
    std::map<std::string, std::string> files;
    size_t bytes = 0;
  };
  return [folder = data_file.parent_path(), kept = std::make_shared<Kept>()](
             const std::string& name, std::string& fault) -> std::optional<std::string> {
    const auto known = kept->files.find(name);
    if (known != kept->files.end()) return known->second;
    const std::filesystem::path path(name);
    const bool leads_out =
        path.is_absolute() || name.find('\\') != std::string::npos ||
        std::any_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
    std::error_code none;
    if (leads_out) {
      fault = "“" + name + "”不在数据文件所在的文件夹里";
    } else if (!std::filesystem::is_regular_file(folder / path, none)) {
      fault = "没有文件“" + name + "”";
    } else if (std::filesystem::file_size(folder / path, none) > kLargest) {
      fault = "文件“" + name + "”太大，上限为 32 MiB";
    } else {
      std::string bytes = read_file(folder / path, kLargest);
      if ((kept->bytes += bytes.size()) <= kMostKept) kept->files.emplace(name, bytes);
      return bytes;
    }
    return std::nullopt;
  };
}

data::Value record_of(const data::Value& row, const data::Value& tree) {
  data::Value record = row;
  for (const auto& entry : tree.entries())
    if (entry.key != "rows" && !record.find(entry.key)) record.entries().push_back(entry);
  return record;
}

std::optional<data::Value> load_template_data(const std::filesystem::path& path, Diagnostics& findings,
                                              const TableChoice& choice) {
  auto value = load_table_file(path, findings, choice);
  if (!value) return std::nullopt;
  if (!value->is_list()) return values_in(*value);
  auto map = data::Value::map();
  map.set("rows", std::move(*value));
  return map;
}

void check_template(const std::filesystem::path& path, const templates::Delimiters& delimiters,
                    Diagnostics& findings) {
  const Source source(path, delimiters, findings);
}

namespace {

// What a filling takes: the program of the template and the packer, and the tree of the data.
void ask_for_memory(const std::filesystem::path& data) {
  constexpr size_t kAlways = 4u << 20, kTreeToText = 8;
  std::error_code none;
  const auto size = std::filesystem::file_size(data, none);
  grow_heap(kAlways + (none ? 0 : std::min<size_t>(size, kAlways) * kTreeToText));
}

}  // namespace

namespace {

// Of a workbook, all sheets that the template knows by name.
std::optional<data::Value> load_data(const FillRequest& request, const Source& source, Diagnostics& findings,
                                     Aside& aside) {
  if (request.set_aside && is_table(request.data))
    return load_sound_rows(request.data, request.choice, findings, aside);
  Diagnostics here;
  auto tree = load_template_data(request.data, here, request.choice);
  const bool one_document = request.each.empty() && !request.one_file && !request.choice.given();
  const bool all_taken = tree && !here.has_errors() && one_document &&
                         take_sheets(request.data, sheets_of(source.tags()), *tree, findings);
  for (const auto& finding : here)
    if (!all_taken || finding.code != "other-sheets") findings.add(finding);
  return tree;
}

}  // namespace

Filled fill_file(const FillRequest& request) {
  ask_for_memory(request.data);
  // The template is checked before the data is looked at, so that one run shows the faults of both.
  Diagnostics findings;
  check_output(request, findings);
  const Source source(request.source, request.delimiters, findings,
                      request.one_file ? docx::Body::each_row : docx::Body::once);
  Aside aside;
  auto tree = load_data(request, source, findings, aside);
  if (!tree || findings.has_errors()) {
    findings.append(aside.faults);
    throw FaultyInput(findings);
  }
  findings.append(aside.faults);
  auto filled = Filler(request, source, *tree, findings).fill();
  filled.set_aside += aside.rows;
  return filled;
}

std::vector<std::string> write_blank_sheet(const std::filesystem::path& source,
                                           const std::filesystem::path& out, Diagnostics& findings,
                                           const templates::Delimiters& delimiters) {
  std::error_code none;
  if (std::filesystem::equivalent(source, out, none))
    findings.error("overwrites-source", {data::display_name(out)}, "数据表就是模板，会把它盖掉",
                   "换一个文件名");
  check_sheet_name(out, findings);
  const auto tags = Source(source, delimiters, findings).tags();
  if (findings.has_errors()) throw FaultyInput(findings);
  const TemplateSheets wanted = sheets_of(tags);
  std::vector<std::string> columns;
  std::vector<xlsx::Sheet> sheets;
  for (const TemplateSheet& sheet : wanted.sheets) {
    if (sheet.columns.empty()) continue;
    columns.insert(columns.end(), sheet.columns.begin(), sheet.columns.end());
    sheets.push_back({sheet.title, sheet.columns, {}});
  }
  const Place where{data::display_name(source)};
  if (columns.empty()) {
    findings.error("no-columns", where, "模板里没有能列成一张表的标签",
                   "数据表对应的标签写在 {{#rows}} 与 {{/rows}} 之间，或不写在区段里");
    throw FaultyInput(findings);
  }
  if (!wanted.left_out.empty())
    findings.warning("fields-left-out", where, "这些标签不能放进表格：" + join(wanted.left_out, "、"),
                     "它们的内容用 .yaml 或 .json 给出");
  const auto bytes = xlsx::write_tables(sheets, data::display_name(out), findings);
  if (!bytes) throw FaultyInput(findings);
  write_file(out, *bytes);
  return columns;
}

std::string formatters_page() { return templates::formatters_page(); }

data::Value formatters_value() { return templates::formatters_value(); }

std::string marks_page() { return templates::marks_page(); }

data::Value marks_value() { return templates::marks_value(); }

namespace {

// {{#学时 >= 24}}: a condition that holds the field against a number.
bool is_held_against_number(const templates::TagPlace& tag) {
  constexpr std::string_view kSigns = "<>=! ";
  for (size_t at = tag.tag.find(tag.path); at != std::string::npos; at = tag.tag.find(tag.path, at + 1)) {
    const std::string_view behind = std::string_view(tag.tag).substr(at + tag.path.size());
    const size_t other = std::min(behind.find_first_not_of(kSigns), behind.size());
    if (behind.substr(0, other).find_first_not_of(' ') == std::string_view::npos || other == behind.size())
      continue;
    if ((behind[other] >= '0' && behind[other] <= '9') || behind[other] == '-') return true;
  }
  return false;
}

// What the data should say there, by the words of the tag.
std::string type_of(const templates::TagPlace& tag, const std::vector<templates::TagPlace>& tags) {
  static const std::map<std::string, std::string> kTypes = {{"date", "日期"},
                                                            {"date-cn", "日期"},
                                                            {"date-bill", "日期"},
                                                            {"weekday", "日期"},
                                                            {"chinese", "数字"},
                                                            {"decimals", "数字"},
                                                            {"chinese-capital", "数字"},
                                                            {"chinese-digits", "数字"},
                                                            {"ChineseNum1", "数字"},
                                                            {"ChineseNum2", "数字"},
                                                            {"ChineseNum3", "数字"},
                                                            {"money-cn", "金额"},
                                                            {"thousands", "数字"},
                                                            {"percent", "数字"},
                                                            {"pad", "数字"},
                                                            {"sum", "各项的数字"},
                                                            {"min", "各项的数字"},
                                                            {"max", "各项的数字"},
                                                            {"count", "列表"},
                                                            {"yes-no", "是否"},
                                                            {"check", "是否"},
                                                            {"picture", "图片文件名"},
                                                            {"seal", "图片文件名"},
                                                            {"qr", "文字或网址"},
                                                            {"link", "网址"},
                                                            {"document", "Word 文件名"},
                                                            {"mask-id", "身份证号"},
                                                            {"mask-phone", "电话号码"}};
  if (tag.opens) {
    const bool has_fields = std::any_of(tags.begin(), tags.end(), [&](const auto& inner) {
      return inner.inside == tag.path && inner.path != tag.path;
    });
    return has_fields ? "列表" : "是否有";
  }
  const std::vector<std::string> words = split(replace_all(replace_all(tag.tag, "{{", ""), "}}", ""), "|");
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string word(trim(words[i]));
    const std::string name = word.substr(0, word.find(' '));
    if (name == "check" && word != name) return "文字";  // one of several words
    if (const auto found = kTypes.find(name); found != kTypes.end()) return found->second;
  }
  if (is_held_against_number(tag)) return "数字";
  return tag.path.front() == '@' ? "自动" : "文字";
}

}  // namespace

data::Value list_tags(const std::filesystem::path& source, const templates::Delimiters& delimiters) {
  return without_findings([&](Diagnostics& findings) {
    const auto tags = Source(source, delimiters, findings).tags();
    auto list = data::Value::list();
    for (const auto& tag : tags) {
      // A condition that reads two fields is one tag.
      if (list.size() > 0 && list.items().back()["tag"].text() == tag.tag && !tag.opens &&
          list.items().back()["place"].text() == to_text(tag.place) && tag.tag.starts_with("{{#"))
        continue;
      auto item = data::Value::map();
      item.set("tag", tag.tag);
      item.set("type", type_of(tag, tags));
      item.set("place", to_text(tag.place));
      list.add(std::move(item));
    }
    return list;
  });
}

}  // namespace wenshu::app
