#include "docx/numbers.h"

#include <fmt/format.h>

namespace wenshu::docx {
namespace {

constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

}  // namespace

void need_numbering(PackageEdit& package) {
  package.need_part(kNumbering, fmt::format("{}numbering+xml", kType), "numbering",
                    fmt::format("{}<w:numbering xmlns:w=\"{}\"></w:numbering>", kHead, kMain));
}

void need_notes(PackageEdit& package, const std::string& kind) {
  // The two lines that Word draws above notes; their numbers are -1 and 0 by its own habit.
  const auto line = [&](int id, const char* type, const char* element) {
    return fmt::format(
        "<w:{0} w:type=\"{2}\" w:id=\"{1}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" "
        "w:lineRule=\"auto\"/></w:pPr><w:r><w:{3}/></w:r></w:p></w:{0}>",
        kind, id, type, element);
  };
  package.need_part(fmt::format("word/{}s.xml", kind), fmt::format("{}{}s+xml", kType, kind), kind + "s",
                    fmt::format("{}<w:{}s xmlns:w=\"{}\">{}{}</w:{}s>", kHead, kind, kMain,
                                line(-1, "separator", "separator"),
                                line(0, "continuationSeparator", "continuationSeparator"), kind));
}

}  // namespace wenshu::docx
