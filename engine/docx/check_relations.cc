// What a part names by a relationship (a picture, a link, a header) must be there: Word does not open the file otherwise.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "docx/story.h"
#include "docx/tree_passes.h"

namespace wenshu::docx {
namespace {

class RelationCheck {
 public:
  RelationCheck(const std::set<std::string>& known, const Place& part, Diagnostics& findings)
      : known_(known), part_(part), findings_(findings) {}

  void enter_paragraphs(const pugi::xml_node& root, const std::string& prefix) {
    for (const Story& story : collect_stories(root, prefix))
      for (const StoryParagraph& paragraph : story) spots_[paragraph.node] = paragraph.spot;
  }

  void walk(const pugi::xml_node& node, const std::string& spot) {
    for (const pugi::xml_node& child : node.children()) {
      const auto paragraph = spots_.find(child);
      const std::string& here = paragraph == spots_.end() ? spot : paragraph->second;
      for (const char* name : {"r:id", "r:embed", "r:link", "r:pict"}) {
        const std::string id = child.attribute(name).value();
        if (!id.empty() && !known_.count(id)) report(child.name(), id, here);
      }
      walk(child, here);
    }
  }

 private:
  void report(const char* element, const std::string& id, const std::string& spot) {
    findings_.error("dangling-relationship", {part_.file, 0, 0, spot.empty() ? part_.spot : spot},
                    fmt::format("{} 所指的图片、链接或页眉页脚（{}）不在文件里", element, id),
                    "在 Word 里删去它重新插入，或另存一份");
  }

  const std::set<std::string>& known_;
  const Place& part_;
  Diagnostics& findings_;
  std::map<pugi::xml_node, std::string> spots_;
};

}  // namespace

void check_relations(const pugi::xml_node& root, const std::string& prefix,
                     const std::set<std::string>& known, const Place& part, Diagnostics& findings) {
  RelationCheck check(known, part, findings);
  check.enter_paragraphs(root, prefix);
  check.walk(root, "");
}

}  // namespace wenshu::docx
