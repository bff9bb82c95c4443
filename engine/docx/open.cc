#include "docx/open.h"

#include <string>

#include "base/text.h"
#include "docx/relations.h"

namespace wenshu::docx {
namespace {

constexpr const char* kUsual = "word/document.xml";
constexpr const char* kContentTypes = "[Content_Types].xml";
constexpr const char* kPackageRelations = "_rels/.rels";

// "" when there is none to rename.
std::string other_main_part(const package::Archive& archive) {
  if (archive.has(kUsual) || !archive.has(kContentTypes)) return {};
  for (const auto& [id, relation] : read_relations(archive, "")) {
    const std::string& name = relation.target;
    const bool is_main = relation.type == "officeDocument" && !relation.external && archive.has(name);
    if (is_main && name.starts_with("word/") && name.find('/', 5) == std::string::npos) return name;
  }
  return {};
}

std::string relations_of(const std::string& part) { return "word/_rels/" + part.substr(5) + ".rels"; }

std::string renamed(const package::Archive& archive, const std::string& main) {
  package::ArchiveWriter writer;
  for (const std::string& name : archive.names()) {
    if (name == kContentTypes || name == kPackageRelations)
      writer.add(name, replace_all(archive.read(name), main + "\"", std::string(kUsual) + "\""));
    else
      writer.add(name == main                 ? kUsual
                 : name == relations_of(main) ? relations_of(kUsual)
                                              : name,
                 archive.packed(name));
  }
  return writer.finish();
}

}  // namespace

std::optional<package::Archive> open_word(std::string_view bytes, std::string_view file,
                                          Diagnostics& findings) {
  auto archive = package::open_archive(bytes, file, findings);
  if (!archive) return archive;
  const std::string main = other_main_part(*archive);
  if (main.empty() || archive->has(relations_of(kUsual))) return archive;
  return package::open_archive(renamed(*archive, main), file, findings);
}

}  // namespace wenshu::docx
