// {{#people | new-page}}, {{#people | new-section}}: between the rounds of a section a new page begins, or a new section with the
// page, headers and footers of the one around (its page numbers begin anew where the template says so).
#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "docx/mark.h"
#include "docx/place_tags.h"

namespace wenshu::docx {
namespace {

// A paragraph that takes no room to speak of.
constexpr const char* kSpeck =
    "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"0\"/>";

// Writes before each round but the first.
class BreakHook : public SectionHook {
 public:
  explicit BreakHook(std::string xml) : xml_(std::move(xml)) {}
  void before_round(Renderer& renderer, const templates::Rounds&, size_t round) const override {
    if (round > 0) renderer.out() += xml_;
  }

 private:
  std::string xml_;
};

// Says in the first paragraph of a round that it begins a page: no blank line stands before it.
class PageBeginHook : public Hook {
 public:
  explicit PageBeginHook(const SectionHook* section) : section_(section) {}
  struct Round {
    bool breaks = false;
  };
  void run(Renderer& renderer, const Program&) const override {
    Round& round = renderer.state<Round>(section_);
    if (round.breaks) renderer.out() += "<w:pageBreakBefore/>";
    round.breaks = false;
  }

 private:
  const SectionHook* section_;
};
class PageRoundHook : public SectionHook {
 public:
  void before_round(Renderer& renderer, const templates::Rounds&, size_t round) const override {
    renderer.state<PageBeginHook::Round>(this).breaks = round > 0;
  }
};

bool precedes_page_break(std::string_view name) {  // CT_PPrBase is a sequence
  constexpr std::array kBefore = {"w:pStyle", "w:keepNext", "w:keepLines"};
  return std::find(kBefore.begin(), kBefore.end(), name) != kBefore.end();
}

// The paragraph that a round begins with; null when that depends on the data or is a table.
pugi::xml_node first_paragraph(const MarkSite& site) {
  pugi::xml_node first = site.slot.next_sibling();
  while (first && first != site.end_slot && std::string_view(first.name()) == kHook)
    first = first.first_child();
  if (std::string_view(first.name()) == "w:tr") first = first.child("w:tc").child("w:p");
  return std::string_view(first.name()) == "w:p" ? first : pugi::xml_node();
}

// The first paragraphs of all rows of a round: which of the rows comes first may depend on the data (inner sections).
std::vector<pugi::xml_node> row_beginnings(pugi::xml_node first, const pugi::xml_node& end) {
  std::vector<pugi::xml_node> found;
  for (pugi::xml_node node = first; node && node != end; node = node.next_sibling()) {
    if (std::string_view(node.name()) == kHook) {
      const auto inner = row_beginnings(node.first_child(), end);
      found.insert(found.end(), inner.begin(), inner.end());
    } else if (std::string_view(node.name()) == "w:tr") {
      const auto cell =
          node.find_node([](const pugi::xml_node& each) { return std::string_view(each.name()) == "w:tc"; });
      if (const pugi::xml_node paragraph = cell.child("w:p")) found.push_back(paragraph);
    }
  }
  return found;
}

bool is_among_paragraphs(const MarkSite& site) {
  const std::string_view around = site.slot.parent().name();
  return around != "w:p" && around != "w:r" && around != "w:t" && around != "w:hyperlink";
}

void plant_page_begin(pugi::xml_node& paragraph, const std::shared_ptr<PageBeginHook>& begin,
                      Marking& marking) {
  pugi::xml_node properties = paragraph.child("w:pPr");
  if (!properties) properties = paragraph.prepend_child("w:pPr");
  properties.remove_child("w:pageBreakBefore");
  pugi::xml_node behind;
  for (const pugi::xml_node& child : properties.children())
    if (precedes_page_break(child.name())) behind = child;
  behind ? marking.plant_behind(behind, begin) : marking.plant_first(properties, begin);
}

}  // namespace

void mark_new_page(const MarkSite& site, Marking& marking) {
  if (!is_among_paragraphs(site))
    return marking.refuse(site, "各项在同一段里，不能分页", "把区段的两个标签各写成单独的一段");
  const bool among_rows = std::string_view(site.slot.parent().name()) == "w:tbl";
  std::vector<pugi::xml_node> beginnings;
  if (among_rows)
    beginnings = row_beginnings(site.slot.next_sibling(), site.end_slot);
  else if (const pugi::xml_node paragraph = first_paragraph(site))
    beginnings.push_back(paragraph);
  if (beginnings.empty() && among_rows)
    return marking.refuse(site, "表格的这几行里没有可以分页的文字", "在这几行的第一格留一个段落");
  if (beginnings.empty()) {
    const std::string xml =
        std::string("<w:p><w:pPr>") + kSpeck + "</w:pPr><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    return marking.on_section(site, std::make_shared<BreakHook>(xml));
  }
  const auto round = std::make_shared<PageRoundHook>();
  marking.on_section(site, round);
  const auto begin = std::make_shared<PageBeginHook>(round.get());
  for (pugi::xml_node paragraph : beginnings) plant_page_begin(paragraph, begin, marking);
}

void mark_new_section(const MarkSite& site, Marking& marking) {
  if (std::string_view(site.slot.parent().name()) != "w:body")
    return marking.refuse(site, "只有正文里单独成段的区段能分节",
                          "把区段的两个标签各写成正文里单独的一段，或用 new-page");
  pugi::xml_document copy;
  for (pugi::xml_node node = site.end_slot.next_sibling(); node; node = node.next_sibling()) {
    const pugi::xml_node section =
        std::string_view(node.name()) == "w:sectPr" ? node : node.child("w:pPr").child("w:sectPr");
    if (!section) continue;
    copy.append_copy(section);
    break;
  }
  pugi::xml_node section = copy.first_child();
  if (!section) section = copy.append_child("w:sectPr");
  const std::string_view type = section.child("w:type").attribute("w:val").value();
  if (type == "continuous" || type == "nextColumn") section.remove_child("w:type");  // the next page it is
  section.remove_child("w:sectPrChange");
  for (const char* name : {"w:rsidR", "w:rsidRPr", "w:rsidSect", "w:rsidDel"}) section.remove_attribute(name);
  const std::string xml = std::string("<w:p><w:pPr>") + kSpeck + to_xml(section) + "</w:pPr></w:p>";
  marking.on_section(site, std::make_shared<BreakHook>(xml));
}

}  // namespace wenshu::docx
