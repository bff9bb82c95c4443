#include "docx/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "docx/read_parts.h"
#include "docx/read_story.h"

namespace wenshu::docx {
namespace {

using document::Observed;
using document::ObservedMargin;
using document::ObservedSection;

constexpr double kMmPerTwip = 25.4 / 1440;

double mm_of(const pugi::xml_attribute& twips, double fallback) {
  return twips ? twips.as_double() * kMmPerTwip : fallback;
}

ObservedSection read_section(const pugi::xml_node& node) {
  ObservedSection section;
  const pugi::xml_node size = node.child("w:pgSz"), margins = node.child("w:pgMar"),
                       grid = node.child("w:docGrid");
  document::Page& page = section.page;
  page.width_mm = mm_of(size.attribute("w:w"), 215.9);  // Word's own page where none is given: Letter
  page.height_mm = mm_of(size.attribute("w:h"), 279.4);
  page.landscape = page.width_mm > page.height_mm;
  page.top_mm = std::abs(mm_of(margins.attribute("w:top"), 25.4));
  page.bottom_mm = std::abs(mm_of(margins.attribute("w:bottom"), 25.4));
  page.left_mm = mm_of(margins.attribute("w:left"), 25.4);
  page.right_mm = mm_of(margins.attribute("w:right"), 25.4);
  section.gutter_mm = mm_of(margins.attribute("w:gutter"), 0);
  section.header_mm = mm_of(margins.attribute("w:header"), 12.7);
  section.footer_mm = mm_of(margins.attribute("w:footer"), 12.7);
  section.grid = grid.attribute("w:type").value();
  section.grid_pitch_pt = grid.attribute("w:linePitch").as_double() / 20;
  section.grid_tracking_pt = grid.attribute("w:charSpace").as_double() / 4096;
  section.columns = std::max(1, node.child("w:cols").attribute("w:num").as_int(1));
  section.own_first = is_on(node.child("w:titlePg"));
  section.restarts_numbers = static_cast<bool>(node.child("w:pgNumType").attribute("w:start"));
  return section;
}

class Reader {
 public:
  explicit Reader(Parts& parts)
      : parts_(parts), styles_(parts.styles(), parts.theme()), numbering_(parts.numbering()) {}

  Observed read() {
    Observed observed;
    observed.even_differs = is_on(parts_.settings().child("w:evenAndOddHeaders"));
    const pugi::xml_node body = parts_.body();
    const auto nodes = find_sections(body);
    for (const pugi::xml_node& node : nodes) observed.sections.push_back(read_section(node));
    if (observed.sections.empty()) observed.sections.push_back(read_section({}));
    read_margins(nodes, observed);
    StoryReader story({styles_, numbering_, observed.sections}, parts_.main_root(), "", 0);
    story.read(body);
    observed.paragraphs = std::move(story.paragraphs);
    observed.tables = std::move(story.tables);
    return observed;
  }

 private:
  // A section without a header of its own has that of the section before.
  void read_margins(const std::vector<pugi::xml_node>& nodes, Observed& observed) {
    for (size_t i = 0; i < nodes.size(); ++i) {
      ObservedSection& section = observed.sections[i];
      if (i > 0) {
        const ObservedSection& before = observed.sections[i - 1];
        section.header = before.header, section.header_even = before.header_even;
        section.header_first = before.header_first, section.footer = before.footer;
        section.footer_even = before.footer_even, section.footer_first = before.footer_first;
      }
      for (const pugi::xml_node& child : nodes[i].children()) {
        const std::string_view name = child.name(), type = child.attribute("w:type").value();
        if (name != "w:headerReference" && name != "w:footerReference") continue;
        const bool foot = name == "w:footerReference";
        auto& place = type == "even"    ? (foot ? section.footer_even : section.header_even)
                      : type == "first" ? (foot ? section.footer_first : section.header_first)
                                        : (foot ? section.footer : section.header);
        place = read_margin(child.attribute("r:id").value(), foot, i, observed.sections);
      }
    }
  }

  std::optional<ObservedMargin> read_margin(const std::string& id, bool foot, size_t section,
                                            const std::vector<ObservedSection>& sections) {
    const auto& [name, root] = parts_.related(id);
    if (!root) return std::nullopt;
    const std::string prefix =
        fmt::format("{}（{}）", foot ? "页脚" : "页眉", name.substr(name.rfind('/') + 1));
    StoryReader story({styles_, numbering_, sections}, root, prefix, section);
    story.read(root);
    return ObservedMargin{prefix, std::move(story.paragraphs)};
  }

  Parts& parts_;
  StyleSheet styles_;
  Numbering numbering_;
};

}  // namespace

std::optional<Observed> read_document(std::string_view bytes, std::string_view file, Diagnostics& findings) {
  Diagnostics here;
  std::optional<Observed> observed;
  if (auto parts = open_parts(bytes, file, here)) observed = Reader(*parts).read();
  const bool faulty = here.has_errors();
  findings.append(here);
  if (faulty) return std::nullopt;
  return observed;
}

}  // namespace wenshu::docx
