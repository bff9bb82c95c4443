// {{说明 | footnote}}: a note at the foot of the page, its number where the tag stands.
#include <fmt/format.h>

#include "docx/escape.h"
#include "docx/mark_value.h"
#include "docx/numbers.h"

namespace wenshu::docx {
namespace {

constexpr const char* kNotes = "word/footnotes.xml";
// A raised number in the text's own look, whatever styles the template has.
constexpr const char* kRaised = "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>";

class FootnoteHook : public Hook {
 public:
  explicit FootnoteHook(const MarkSite& site) : lifted_(site) {}

  void run(Renderer& renderer, const Program&) const override {
    const auto text = take_value(renderer, lifted_);
    if (!text) return;
    PackageEdit& package = renderer.package();
    need_notes(package, "footnote");
    const long long id = package.next_number(kNotes, "w:id", 0);
    std::string words;
    append_run_text(words, *text);
    package.append(
        kNotes,
        fmt::format(
            "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:jc w:val=\"left\"/></w:pPr>"
            "<w:r><w:rPr><w:sz w:val=\"18\"/><w:vertAlign "
            "w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr>"
            "<w:t xml:space=\"preserve\"> {}</w:t></w:r></w:p></w:footnote>",
            id, words));
    renderer.out() += fmt::format("<w:r>{}<w:footnoteReference w:id=\"{}\"/></w:r>", kRaised, id);
  }

  Lifted lifted_;
};

}  // namespace

void mark_footnote(const MarkSite& site, Marking& marking) {
  for (const char* story : {"w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent", "w:comment"}) {
    for (pugi::xml_node around = site.slot.parent(); around; around = around.parent())
      if (std::string_view(around.name()) == story)
        return marking.refuse(site, "脚注只能写在正文里", "把标签移出页眉、页脚、文本框或注释");
  }
  const auto hook = std::make_shared<FootnoteHook>(site);
  hook->lifted_.format = marking.lift(site, hook);
}

}  // namespace wenshu::docx
