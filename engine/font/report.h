// What `wenshu fonts` tells: which file serves which role, what is missing and which package brings it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "font/faces.h"

namespace wenshu::font {

enum class FileState { found, missing, altered };  // altered: its SHA-256 is not the one in fonts.yaml

struct FileReport {
  std::string face;  // id
  std::string file, package, licence;
  std::string path;  // empty when missing
  FileState state = FileState::missing;
};

struct RoleReport {
  std::string role, title;
  std::string face;  // id of the serving face; empty when the role has none but the last resort
  std::string file, path, package, licence;
  // The best free face of the chain serves (an office's own file counts as first too).
  bool first_choice = false;
};

std::vector<RoleReport> report_roles(const Faces& faces);
// Without `verify` no file is hashed and none is `altered`.
std::vector<FileReport> report_files(const Faces& faces, bool verify);

// The characters that the face has not; that no face of the role has.
std::u32string find_missing(const Face& face, std::u32string_view characters);
std::u32string find_missing(const Faces& faces, std::string_view role, std::u32string_view characters);

// `missing-font` (error when a role has no face but the last resort, else a warning) and `altered-font`
// (error).
void check_files(const Faces& faces, Diagnostics& findings);
// `missing-font` for each of the roles that nothing but the last resort serves.
void check_roles(const Faces& faces, const std::vector<std::string>& roles, Diagnostics& findings);

// The Debian package or script that brings a role's faces: 请安装软件包 fonts-lxgw-wenkai …
std::string how_to_get(const Faces& faces, std::string_view role);

}  // namespace wenshu::font
