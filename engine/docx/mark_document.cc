// {{附件 | document}}: the body of another Word file in the place of the tag's paragraph.
#include <map>

#include "docx/mark_value.h"
#include "docx/sub_document.h"

namespace wenshu::docx {
namespace {

using Known = std::map<std::string, SubDocument>;
constexpr char kOwner = 0;

class DocumentHook : public Hook {
 public:
  DocumentHook(const MarkSite& site, bool in_cell) : lifted_(site), in_cell_(in_cell) {}

  // The body is the paragraph with the tag, as it is without its text.
  void run(Renderer& renderer, const Program& paragraph) const override {
    const size_t begin = renderer.out().size();
    const Renderer::Hold hold(renderer);
    const auto name = take_value(renderer, lifted_);
    const SubDocument* document = name ? find(renderer, *name) : nullptr;
    if (!document) {
      const std::string instead = renderer.out().substr(begin);  // a line to fill in by hand
      renderer.out().resize(begin);
      renderer.run(paragraph);
      if (!instead.empty() && renderer.out().ends_with("</w:p>"))
        renderer.out().insert(renderer.out().size() - std::string_view("</w:p>").size(), instead);
      return;
    }
    renderer.out() += document->merge_into(renderer);
    if (in_cell_ && !renderer.out().ends_with("</w:p>")) renderer.out() += "<w:p></w:p>";
  }

 private:
  const SubDocument* find(Renderer& renderer, const std::string& name) const {
    Known& known = renderer.state<Known>(&kOwner);
    const auto found = known.find(name);
    if (found != known.end()) return &found->second;
    const auto bytes = read_named_file(renderer, lifted_, name);
    if (!bytes) return nullptr;
    Diagnostics faults;
    auto document = load_sub_document(*bytes, name, faults);
    for (const Diagnostic& each : faults)
      renderer.scope().report_value(lifted_.tag, lifted_.place, each.code.c_str(), name + "：" + each.message,
                                    each.hint);
    return document ? &known.emplace(name, std::move(*document)).first->second : nullptr;
  }

  Lifted lifted_;
  bool in_cell_;
};

}  // namespace

void mark_document(const MarkSite& site, Marking& marking) {
  pugi::xml_node paragraph = paragraph_of_its_own(site);
  if (!paragraph) return marking.refuse(site, "插入文件的标签要独占一段", "把它写成单独的一段");
  for (const char* story : {"w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent"})
    for (pugi::xml_node around = paragraph.parent(); around; around = around.parent())
      if (std::string_view(around.name()) == story)
        return marking.refuse(site, "文件只能插在正文和表格里", "把标签移到正文里");
  const bool in_cell = std::string_view(paragraph.parent().name()) == "w:tc" || site.around("w:tc");
  pugi::xml_node text = site.slot.parent();
  text.remove_child(site.slot);
  if (paragraph.child("w:pPr").child("w:sectPr")) {  // the page of the section stays
    pugi::xml_node alone = paragraph.parent().insert_child_before("w:p", paragraph);
    alone.append_child("w:r").append_child("w:t");
    return marking.wrap(alone, alone, std::make_shared<DocumentHook>(site, in_cell));
  }
  marking.wrap(paragraph, paragraph, std::make_shared<DocumentHook>(site, in_cell));
}

}  // namespace wenshu::docx
