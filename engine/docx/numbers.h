// The part of a package that says how lists count (word/numbering.xml), and the notes beside the text.
#pragma once

#include <string>

#include "docx/package_edit.h"

namespace wenshu::docx {

constexpr const char* kNumbering = "word/numbering.xml";

// Sees to it that the package has the part.
void need_numbering(PackageEdit& package);
// `kind`: footnote or endnote.
void need_notes(PackageEdit& package, const std::string& kind);

}  // namespace wenshu::docx
