// {{#names | separator 、}}{{.}}{{/names}}: a text between the rounds of a section inside a paragraph.
#include "docx/escape.h"
#include "docx/mark.h"

namespace wenshu::docx {
namespace {

class Separator : public SectionHook {
 public:
  explicit Separator(std::string run) : run_(std::move(run)) {}
  void before_round(Renderer& renderer, const templates::Rounds&, size_t round) const override {
    if (round > 0) renderer.out() += run_;
  }

 private:
  std::string run_;  // finished
};

}  // namespace

void mark_separator(const MarkSite& site, Marking& marking) {
  if (!site.around("w:p"))
    return marking.refuse(site, "各项不在同一段里，中间不能写文字", "把区段的两个标签写进同一段");
  const pugi::xml_node run = site.slot.next_sibling("w:r");
  std::string xml = "<w:r>" + to_xml(run.child("w:rPr")) + "<w:t xml:space=\"preserve\">";
  append_run_text(xml, site.mark.argument);
  xml += "</w:t></w:r>";
  marking.on_section(site, std::make_shared<Separator>(std::move(xml)));
}

}  // namespace wenshu::docx
