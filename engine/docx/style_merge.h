// The styles and numbers that a piece of one Word file needs in the package of another.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "docx/package_edit.h"
#include "xml/tree.h"

namespace wenshu::docx {

// The styles that a package has, those of earlier pieces too.
struct PackageStyles {
  pugi::xml_document template_styles;
  std::set<std::string> ids, names;
  bool loaded = false;

  void load(const PackageEdit& package);  // once
};

class StyleMerge {
 public:
  // The trees of the file that the piece comes from (empty where it has no such part). All must outlive this.
  StyleMerge(const pugi::xml_document& styles, const pugi::xml_document& numbering, PackageStyles& theirs,
             PackageEdit& into);

  // A piece that comes in once more begins its lists at the beginning.
  void begin_piece();
  // Makes every style and number below `node` one of the other package; paragraphs without a style get the look that
  // they had.
  void take(pugi::xml_node node);
  // Puts the styles and numbers into the package.
  void finish();

 private:
  std::string style_now(const std::string& id);
  std::string number_now(const std::string& id);
  std::string default_paragraph_now();
  void adopt(pugi::xml_node style, const std::string& id, const std::string& name);
  bool is_shared(const pugi::xml_node& mine, const pugi::xml_node& theirs) const;
  pugi::xml_node find_style(const pugi::xml_document& styles, const std::string& id) const;
  std::string free_id(const std::string& id);
  std::string free_name(const std::string& name);

  const pugi::xml_document& styles_;
  const pugi::xml_document& numbering_;
  PackageStyles& taken_;
  PackageEdit& into_;
  std::map<std::string, std::string> known_;    // id → id there
  std::map<std::string, std::string> numbers_;  // the same of w:num
  std::map<std::string, long long> abstracts_;
  std::set<std::string> begun_;  // lists of this piece
  std::string new_styles_, new_abstracts_, new_numbers_;
  std::string default_;
  int depth_ = 0;
};

}  // namespace wenshu::docx
