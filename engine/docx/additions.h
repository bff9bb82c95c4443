// What is put into a Word file beside what it holds already: parts, the relations that lead to them, their content
// types. The parts that say so are changed by insertion, all else in them stays as it was.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "package/archive.h"

namespace wenshu::docx {

// "/word/media/a.png", "media/a.png", "../a.png" as a relation of word/document.xml has them: the name in the container.
std::string resolve_target(const std::string& owner, std::string target);

class Additions {
 public:
  // The archive must outlive this.
  explicit Additions(const package::Archive& archive) : archive_(archive) {}

  // A part's bytes as they will be; nullptr when there is none.
  const std::string* find(const std::string& name) const;
  // Takes the place of a part, or is a new one (whose content type is add()'s business).
  void put(const std::string& name, std::string bytes);

  // `kind` is the last word of the relation's type and gives the name: word/media/image7.png, word/comments.xml. The id by
  // which `owner` (word/document.xml) refers to it. The same bytes are one part, and one id of an owner.
  std::string add_picture(const std::string& owner, const std::string& extension, const std::string& bytes);
  // A part of which a file has one, word/KIND.xml. `kind` in words of WordprocessingML: comments, numbering.
  std::string add_xml(const std::string& owner, const std::string& kind, std::string bytes);
  std::string add_link(const std::string& owner, const std::string& address);
  // A relation to a part that is there already.
  std::string relate(const std::string& owner, const std::string& kind, const std::string& name);
  // A part of a type that the caller knows, under a name that is free: word/STEM7.EXTENSION.
  std::string add_part(const std::string& stem, const std::string& extension, const std::string& content_type,
                       std::string bytes);

  // The part that `owner` has of this kind ("comments"); "" for none.
  std::string find_related(const std::string& owner, std::string_view kind) const;

  // Writes the relations and content types; nothing is added afterwards.
  void finish();
  // The bytes that a part of the container has got; nullptr for one that is carried over.
  const std::string* find_changed(const std::string& name) const;
  // The parts that the container does not have, in the order they came.
  const std::vector<std::string>& added() const { return added_; }

 private:
  std::string add_relation(const std::string& owner, const std::string& type, const std::string& target,
                           bool external);
  void add_type(std::string element, const std::string& key);
  std::string free_name(const std::string& stem, const std::string& extension) const;

  const package::Archive& archive_;
  std::map<std::string, std::string> changed_;
  std::vector<std::string> added_;
  std::map<std::string, std::string> pictures_;                       // bytes → name
  std::map<std::pair<std::string, std::string>, std::string> known_;  // owner and target → id
  std::map<std::string, std::string> relations_, types_;              // elements to insert, by owner, by key
};

}  // namespace wenshu::docx
