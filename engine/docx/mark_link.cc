// {{网址 | link 报名入口}}: a link to follow. The data give the address, or {title, url}; the words behind the mark come before
// the title, the address itself is shown when there are neither.
#include <algorithm>

#include "base/text.h"
#include "docx/escape.h"
#include "docx/field_value.h"
#include "docx/mark_value.h"

namespace wenshu::docx {
namespace {

constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

class LinkHook : public Hook {
 public:
  explicit LinkHook(const MarkSite& site) : lifted_(site), words_(site.mark.argument) {}

  void run(Renderer& renderer, const Program&) const override {
    const data::Value* value = renderer.scope().find_value(lifted_.tag);
    std::string written, words = words_;
    if (value && value->is_map() && value->find("url") && (*value)["url"].is_scalar()) {
      written = (*value)["url"].text();
      if (words.empty() && (*value)["title"].is_scalar()) words = (*value)["title"].text();
    } else {
      const auto text = take_value(renderer, lifted_);
      if (!text) return;
      written = *text;
    }
    const std::string address = address_of(std::string(trim(written)));
    if (address.empty())
      return renderer.scope().report_value(lifted_.tag, lifted_.place, "not-an-address",
                                           "“" + written + "”不是网址或邮箱",
                                           "以 http://、https:// 或 mailto: 开头");
    const std::string id =
        renderer.package().relate(renderer.part().name, "hyperlink", address, PackageEdit::Target::outside);
    std::string& out = renderer.out();
    out += "<w:hyperlink xmlns:r=\"" + std::string(kRelations) + "\" r:id=\"" + id + "\" w:history=\"1\">";
    put_run(renderer, format_, words.empty() ? written : words);
    out += "</w:hyperlink>";
  }

  // Blue and underlined unless the tag has a look of its own; the order is the schema's.
  void set_format(const std::string& format) {
    lifted_.format = format_ = format;
    if (format.find("<w:color ") != std::string::npos || format.find("<w:u ") != std::string::npos) return;
    pugi::xml_document look;
    Diagnostics unheard;
    look.load_buffer(format.data(), format.size());
    pugi::xml_node properties = look.first_child();
    if (!properties) properties = look.append_child("w:rPr");
    add(properties, "w:color", "0563C1",
        {"w:spacing", "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:effect", "w:bdr",
         "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout",
         "w:specVanish", "w:oMath"});
    add(properties, "w:u", "single",
        {"w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang",
         "w:eastAsianLayout", "w:specVanish", "w:oMath"});
    format_ = to_xml(properties);
  }

  Lifted lifted_;

 private:
  static void add(pugi::xml_node properties, const char* name, const char* value,
                  std::initializer_list<std::string_view> later) {
    pugi::xml_node before;
    for (const pugi::xml_node& child : properties.children()) {
      if (std::find(later.begin(), later.end(), child.name()) != later.end()) {
        before = child;
        break;
      }
    }
    pugi::xml_node added =
        before ? properties.insert_child_before(name, before) : properties.append_child(name);
    added.append_attribute("w:val").set_value(value);
  }

  std::string words_, format_;
};

}  // namespace

void mark_link(const MarkSite& site, Marking& marking) {
  if (site.around("w:hyperlink"))
    return marking.refuse(site, "标签已经在一个超链接里", "在 Word 里取消那个超链接");
  const auto hook = std::make_shared<LinkHook>(site);
  hook->set_format(marking.lift(site, hook));
}

}  // namespace wenshu::docx
