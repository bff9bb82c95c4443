// The faces a document names by role (fangsong 仿宋, kaiti 楷体, heiti 黑体, xiaobiaosong 小标宋, songti
// 宋体), and the installed files that serve them in order of preference, as fonts/fonts.yaml says.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace wenshu::font {

// One entry of `faces:` in fonts.yaml.
struct Source {
  std::string id;               // fandol-fang
  std::string file;             // FandolFang-Regular.otf
  unsigned index = 0;           // the face inside a .ttc
  std::string postscript_name;  // FandolFang-Regular
  std::string package;          // Debian package that holds it; empty for an office's own licensed file
  std::string script;           // that takes it out of the package; empty: install the package
  std::string licence;
  std::string sha256;  // of the file; empty: any file of that name
};

struct Role {
  std::string id;                  // fangsong
  std::string title;               // 仿宋
  std::vector<std::string> chain;  // ids of faces, best first; the last resort stands at the end of each
};

// An installed face. Its file is mapped at the first question about it; safe to ask from several threads.
class Face {
 public:
  Face(Source source, std::filesystem::path path);
  ~Face();
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  const Source& source() const { return source_; }
  const std::string& id() const { return source_.id; }
  const std::filesystem::path& path() const { return path_; }

  bool has(char32_t character) const;
  double advance(char32_t character) const;  // of the em; 0 when the face has no such character

  struct Loaded;  // HarfBuzz objects, for subset.cc alone
  const Loaded& loaded() const;

 private:
  Source source_;
  std::filesystem::path path_;
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

class Faces {
 public:
  // The best installed face of the role that has the character; nullptr when no font has it.
  // REQUIRES: find_role(role).
  const Face* find_face(std::string_view role, char32_t character) const;
  // The best installed face of the role itself; nullptr when nothing but the last resort is there.
  const Face* find_main_face(std::string_view role) const;
  const Face* find(std::string_view id) const;  // nullptr when not installed
  const Role* find_role(std::string_view role) const;

  const std::vector<Role>& roles() const { return roles_; }
  const std::vector<Source>& sources() const { return sources_; }
  const std::set<std::string>& last_resort() const { return last_resort_; }

 private:
  friend std::optional<Faces> load_faces(const std::filesystem::path&, Diagnostics&);
  struct Chain;
  std::vector<Role> roles_;
  std::vector<Source> sources_;
  std::set<std::string> last_resort_;
  std::vector<std::unique_ptr<Face>> faces_;          // the installed ones
  std::vector<std::vector<const Face*>> role_faces_;  // parallel to roles_
};

// Reads fonts.yaml and looks for the files: in its folders (relative ones beside it), the first hit wins.
// A file that is not installed is no finding here; see report.h. Nothing when fonts.yaml itself is faulty.
std::optional<Faces> load_faces(const std::filesystem::path& fonts_yaml, Diagnostics& findings);

}  // namespace wenshu::font
