// What `wenshu fonts` tells: which file serves which role, what is missing and which package brings it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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

// Characters that a role's own face lacks and another of its chain draws.
class FallBacks {
 public:
  explicit FallBacks(const Faces& faces) : faces_(faces) {}
  // `face` draws the character of the role.
  void note(std::string_view role, char32_t character, const Face& face);
  // A hint `fallback-face` for each role and face with all their characters: `whose` + 楷体没有“𬱟”（U+2C27F），改用 ….
  void report(const std::string& whose, const Place& where, Diagnostics& findings) const;

 private:
  const Faces& faces_;
  std::map<std::pair<std::string, std::string>, std::set<char32_t>> noted_;  // by role and face
};

// The Debian package or script that brings a role's faces: 请安装软件包 fonts-lxgw-wenkai …
std::string how_to_get(const Faces& faces, std::string_view role);

}  // namespace wenshu::font
