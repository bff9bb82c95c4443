#include "docx/fill.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "docx/open.h"
#include "docx/package_edit.h"
#include "docx/program.h"
#include "docx/relations.h"
#include "docx/render.h"
#include "package/archive.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kBody = "word/document.xml";

// Parts without paragraphs: looked at only where they hold something like a
// tag.
bool may_hold_loose_tags(std::string_view name, std::string_view bytes,
                         const templates::Delimiters& delimiters) {
  const bool holds = name == "docProps/core.xml" || name == "docProps/app.xml" ||
                     name == "docProps/custom.xml" ||
                     (name.substr(0, 11) == "word/_rels/" && name.ends_with(".rels"));
  if (!holds) return false;
  for (const std::string_view open : {std::string_view(delimiters.open), std::string_view("｛"),
                                      std::string_view("%7B%7B"), std::string_view("%7b%7b")})
    if (bytes.find(open) != bytes.npos) return true;
  return false;
}

// word/document.xml, word/header1.xml, …: the parts that people write text
// into.
bool may_hold_tags(std::string_view name) {
  if (name == kBody || name == "word/footnotes.xml" || name == "word/endnotes.xml" ||
      name == "word/comments.xml")
    return true;
  const bool head_or_foot = name.substr(0, 11) == "word/header" || name.substr(0, 11) == "word/footer";
  return head_or_foot && name.size() > 4 && name.substr(name.size() - 4) == ".xml" &&
         name.find('/', 5) == std::string_view::npos;
}

std::set<std::string> known_relations(const package::Archive& archive, const std::string& part) {
  std::set<std::string> known;
  for (const auto& [id, relation] : read_relations(archive, part))
    if (relation.external || archive.has(relation.target)) known.insert(id);
  return known;
}

constexpr std::string_view kTemplateType = "wordprocessingml.template.main+xml",
                           kDocumentType = "wordprocessingml.document.main+xml";

// Word calls a file damaged whose package does not hold what it speaks of. Pictures and links are looked at where they
// are used (check_relations.cc).
void check_parts(const package::Archive& archive, const std::string& file, Diagnostics& findings) {
  constexpr std::string_view kNeeded[] = {"styles",    "numbering", "settings", "header", "footer",
                                          "footnotes", "endnotes",  "comments", "theme",  "fontTable"};
  if (!archive.has("_rels/.rels"))
    findings.error("not-a-docx", {file, 0, 0, ""}, "文件不完整（没有 _rels/.rels）",
                   "用 Word 或 WPS 另存为 .docx");
  for (const std::string& name : archive.names())
    if (name.ends_with(".rels") || name == kContentTypes)
      (void)xml::parse_part(archive.read(name), file, name, findings);
  for (const auto& [id, relation] : read_relations(archive, kBody)) {
    const bool needed = std::find(std::begin(kNeeded), std::end(kNeeded), relation.type) != std::end(kNeeded);
    if (needed && !relation.external && !archive.has(relation.target))
      findings.error("missing-part", {file, 0, 0, ""},
                     fmt::format("文件不完整：正文提到的 {} 不在里面", relation.target),
                     "用 Word 或 WPS 打开，另存一份");
  }
}

bool check_macros(const package::Archive& archive, const std::string& file, Diagnostics& findings) {
  const auto& names = archive.names();
  const bool has = std::any_of(names.begin(), names.end(),
                               [](const std::string& name) { return name.ends_with("vbaProject.bin"); });
  if (has)
    findings.error("has-macros", {file, 0, 0, ""}, "模板里有宏，填出来的文件会带上它",
                   "用 Word 另存为不带宏的 .docx");
  return !has;
}

}  // namespace

struct Template::Compiled {
  package::Archive archive;
  std::vector<Part> parts;  // those with tags, the body first
  bool is_template = false;
  UsedIds used;
  Notes notes;

  const Part* find(std::string_view name) const {
    const auto part =
        std::find_if(parts.begin(), parts.end(), [name](const Part& p) { return p.name == name; });
    return part == parts.end() ? nullptr : &*part;
  }
};

Template::Template(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

std::vector<templates::TagPlace> Template::tags() const {
  std::vector<templates::TagPlace> list;
  for (const Part& part : compiled_->parts) {
    for (auto& tag : templates::list_tags(part.tags, part.places)) list.push_back(std::move(tag));
  }
  return list;
}

std::optional<std::string> Template::fill(const data::Value& data, Diagnostics& findings,
                                          const templates::Filling& filling) const {
  Diagnostics here;
  templates::Scope scope(data, here, filling);
  Renderer renderer(scope, compiled_->used, compiled_->notes, compiled_->archive);
  const std::vector<Part>& parts = compiled_->parts;
  std::optional<package::Packed> body;
  std::vector<std::string> filled(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].name == kBody)
      body = renderer.render_packed(parts[i]);
    else
      filled[i] = renderer.render(parts[i]);
  }
  findings.append(here);
  if (here.has_errors()) return std::nullopt;

  const PackageEdit& edit = renderer.package();
  package::ArchiveWriter writer;
  const auto add = [&](const std::string& name) {
    const Part* part = compiled_->find(name);
    if (part && name == kBody) return writer.add(name, *body);
    if (part)
      return writer.add(name, edit.apply(name, std::move(filled[static_cast<size_t>(part - parts.data())])));
    if (name == kContentTypes && compiled_->is_template)  // .dotx: of it a document is made
      return writer.add(
          name, replace_all(edit.apply(name, compiled_->archive.read(name)), kTemplateType, kDocumentType));
    if (edit.changes(name)) return writer.add(name, edit.apply(name, compiled_->archive.read(name)));
    writer.add(name, compiled_->archive.packed(name));
  };
  add(kContentTypes);
  for (const std::string& name : compiled_->archive.names()) {
    if (name != kContentTypes) add(name);
  }
  for (const PackageEdit::Added& added : edit.added())
    writer.add(added.name, edit.apply(added.name, added.bytes));
  return writer.finish();
}

std::optional<Template> load_template(std::string_view bytes, std::string_view display_name,
                                      Diagnostics& findings, const templates::Delimiters& delimiters,
                                      Body body) {
  Diagnostics here;
  const std::string file(display_name);
  auto archive = open_word(bytes, file, here);
  auto compiled = std::make_shared<Template::Compiled>();
  if (archive && !(archive->has(kBody) && archive->has(kContentTypes))) {
    here.error("not-a-docx", {file, 0, 0, ""}, "这不是 Word 文件（里面没有 word/document.xml）",
               "用 Word 或 WPS 另存为 .docx");
  } else if (archive && check_macros(*archive, file, here)) {
    check_parts(*archive, file, here);
    std::vector<std::string> names;
    std::copy_if(archive->names().begin(), archive->names().end(), std::back_inserter(names),
                 [&](const std::string& name) {
                   return may_hold_tags(name) || may_hold_loose_tags(name, archive->read(name), delimiters);
                 });
    std::sort(names.begin(), names.end());
    std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return name == kBody; });
    for (const std::string& name : names) {
      const bool repeats = body == Body::each_row && name == kBody;
      const bool is_body = name == kBody;
      auto part = compile_part(archive->read(name), file, name,
                               {delimiters, repeats, known_relations(*archive, name),
                                is_body ? read_style_numbers(*archive) : StyleNumbers()},
                               compiled->used, here);
      if (part && !(part->tags.empty() && part->program.empty())) compiled->parts.push_back(std::move(*part));
    }
    compiled->notes = find_notes(compiled->parts);
    compiled->is_template = archive->read(kContentTypes).find(kTemplateType) != std::string::npos;
    compiled->archive = std::move(*archive);
  }
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  return Template(std::move(compiled));
}

}  // namespace wenshu::docx
