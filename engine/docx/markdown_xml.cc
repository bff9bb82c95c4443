#include "docx/markdown_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "docx/escape.h"
#include "docx/numbers.h"
#include "docx/schema_order.h"

namespace wenshu::docx {
namespace {

constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr int kIndent = 420;  // twips of a level: two characters of 五号

// What a document knows once.
struct Surroundings {
  bool loaded = false;
  std::map<int, std::string> headings;   // level → style id
  long long bullets = -1, numbers = -1;  // abstract lists
};
constexpr char kOwner = 0;

Surroundings& surroundings(Renderer& renderer) {
  Surroundings& known = renderer.state<Surroundings>(&kOwner);
  if (known.loaded) return known;
  known.loaded = true;
  Diagnostics unheard;
  const auto styles =
      xml::parse_part(renderer.package().original("word/styles.xml"), "", "word/styles.xml", unheard);
  if (!styles) return known;
  for (const pugi::xml_node& style : styles->document_element().children("w:style")) {
    const std::string_view name = style.child("w:name").attribute("w:val").value();
    for (int level = 1; level <= 6; ++level)
      if (name == "heading " + std::to_string(level) || name == "Heading " + std::to_string(level))
        known.headings[level] = style.attribute("w:styleId").value();
  }
  return known;
}

// Elements of w:rPr that must come before and after those put in (CT_RPr as Word writes it).
pugi::xml_node add_property(pugi::xml_node properties, const char* name) {
  constexpr std::array<std::string_view, 9> kOrder = {"w:rStyle", "w:rFonts", "w:b",         "w:bCs",   "w:i",
                                                      "w:iCs",    "w:caps",   "w:smallCaps", "w:strike"};
  const auto rank = [&](std::string_view element) {
    return std::find(kOrder.begin(), kOrder.end(), element) - kOrder.begin();
  };
  if (properties.child(name)) return properties.child(name);
  for (const pugi::xml_node& child : properties.children())
    if (rank(child.name()) > rank(name)) return properties.insert_child_before(name, child);
  return properties.append_child(name);
}

pugi::xml_node parse(pugi::xml_document& document, const std::string& xml, const char* name) {
  if (!xml.empty()) document.load_buffer(xml.data(), xml.size());
  return document.first_child() ? document.first_child() : document.append_child(name);
}

class Writer {
 public:
  Writer(Renderer& renderer, const MarkdownLook& look) : renderer_(renderer), look_(look) {}

  std::string blocks(const std::vector<MarkdownBlock>& blocks) {
    std::string xml;
    for (const MarkdownBlock& block : blocks) xml += write(block);
    return xml;
  }

  std::string runs(const MarkdownText& text, bool bold = false) {
    std::string xml;
    for (const MarkdownRun& run : text) xml += write(run, bold);
    return xml;
  }

 private:
  std::string write(const MarkdownBlock& block) {
    switch (block.kind) {
      case MarkdownBlock::Kind::table:
        return table(block);
      case MarkdownBlock::Kind::heading:
        return heading(block);
      case MarkdownBlock::Kind::rule:
        return paragraph(R"(<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>)",
                         "");
      case MarkdownBlock::Kind::item:
        return item(block);
      case MarkdownBlock::Kind::paragraph:
        break;
    }
    if (block.depth == 0) return "<w:p>" + look_.paragraph + runs(block.text) + "</w:p>";
    return paragraph(
        fmt::format(R"(<w:ind w:left="{0}" w:leftChars="0" w:firstLine="0" w:firstLineChars="0"/>)",
                    kIndent * block.depth),
        runs(block.text));
  }

  // The look of the tag's paragraph, but for the elements given.
  std::string paragraph(const std::string& elements, const std::string& content,
                        const char* style = nullptr) {
    pugi::xml_document document;
    pugi::xml_node properties = parse(document, look_.paragraph, "w:pPr");
    pugi::xml_document more;
    more.load_buffer(elements.data(), elements.size(), pugi::parse_default | pugi::parse_fragment);
    for (const pugi::xml_node& element : more.children()) {
      properties.remove_child(element.name());
      const pugi::xml_node behind = find_behind(properties, element.name(), kParagraphOrder);
      behind ? properties.insert_copy_before(element, behind) : properties.append_copy(element);
    }
    if (style) {
      properties.remove_child("w:pStyle");
      properties.prepend_child("w:pStyle").append_attribute("w:val").set_value(style);
    }
    return "<w:p>" + xml::to_bytes(properties) + content + "</w:p>";
  }

  std::string heading(const MarkdownBlock& block) {
    const auto& headings = surroundings(renderer_).headings;
    const auto style = headings.find(block.level);
    if (style == headings.end())
      return paragraph(fmt::format(R"(<w:keepNext/><w:outlineLvl w:val="{}"/>)", block.level - 1),
                       runs(block.text, true));
    const MarkdownLook plain{"", ""};
    return fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>{}</w:p>)", escaped(style->second),
                       Writer(renderer_, plain).runs(block.text));
  }

  std::string item(const MarkdownBlock& block) {
    return paragraph(
        fmt::format(
            R"(<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr><w:ind w:left="{}" w:leftChars="0" w:hanging="{}" w:hangingChars="0"/>)",
            block.level, list_of(block), kIndent * (block.level + 1), kIndent),
        runs(block.text));
  }

  // Each list counts by itself; all lists of a kind look alike.
  const std::string& list_of(const MarkdownBlock& block) {
    std::string& id = lists_[block.list];
    if (!id.empty()) return id;
    PackageEdit& package = renderer_.package();
    need_numbering(package);
    Surroundings& known = surroundings(renderer_);
    long long& abstract = block.numbered ? known.numbers : known.bullets;
    if (abstract < 0) {
      abstract = package.next_number(kNumbering, "w:abstractNumId", -1);
      package.append(kNumbering, abstract_list(abstract, block.numbered), "w:num");
    }
    id = std::to_string(package.next_number(kNumbering, "w:numId", 0));
    package.append(
        kNumbering,
        fmt::format(R"(<w:num w:numId="{}"><w:abstractNumId w:val="{}"/><w:lvlOverride w:ilvl="{}">)"
                    R"(<w:startOverride w:val="{}"/></w:lvlOverride></w:num>)",
                    id, abstract, block.level, block.start),
        "w:numIdMacAtCleanup");
    return id;
  }

  static std::string abstract_list(long long id, bool numbered) {
    constexpr std::array kBullets = {"●", "○", "■"};
    constexpr std::array kFormats = {"decimal", "lowerLetter", "lowerRoman"};
    std::string xml = fmt::format(
        R"(<w:abstractNum w:abstractNumId="{}"><w:multiLevelType w:val="hybridMultilevel"/>)", id);
    for (int level = 0; level < kMostListLevels; ++level) {
      const auto kind = static_cast<size_t>(level % 3);
      xml += fmt::format(
          R"(<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/><w:lvlJc w:val="left"/>)"
          R"(<w:pPr><w:ind w:left="{3}" w:hanging="{4}"/></w:pPr></w:lvl>)",
          level, numbered ? kFormats[kind] : "bullet",
          numbered ? fmt::format("%{}.", level + 1) : std::string(kBullets[kind]), kIndent * (level + 1),
          kIndent);
    }
    return xml + "</w:abstractNum>";
  }

  std::string table(const MarkdownBlock& block) {
    constexpr long long kRoom = 8300;  // twips; Word makes the table as wide as its text wants
    size_t columns = 1;
    for (const auto& row : block.rows) columns = std::max(columns, row.size());
    const long long width = kRoom / static_cast<long long>(columns);
    std::string xml =
        R"(<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblBorders>)";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
      xml += fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="auto"/>)", side);
    xml += "</w:tblBorders></w:tblPr><w:tblGrid>";
    for (size_t i = 0; i < columns; ++i) xml += fmt::format(R"(<w:gridCol w:w="{}"/>)", width);
    xml += "</w:tblGrid>";
    for (size_t r = 0; r < block.rows.size(); ++r) {
      xml += r == 0 ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr>";
      for (size_t c = 0; c < columns; ++c) {
        const std::string cell = c < block.rows[r].size() ? runs(block.rows[r][c], r == 0) : "";
        xml += fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc>)", width,
                           paragraph(R"(<w:ind w:firstLine="0" w:firstLineChars="0"/>)", cell));
      }
      xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
  }

  std::string write(const MarkdownRun& run, bool bold) {
    pugi::xml_document document;
    pugi::xml_node properties = parse(document, look_.run, "w:rPr");
    if (run.bold || bold) add_property(properties, "w:b"), add_property(properties, "w:bCs");
    if (run.italic) add_property(properties, "w:i"), add_property(properties, "w:iCs");
    if (run.strike) add_property(properties, "w:strike");
    std::string xml = "<w:r>";
    if (properties.first_child()) xml += xml::to_bytes(properties);
    xml += "<w:t xml:space=\"preserve\">";
    append_run_text(xml, run.text);
    xml += "</w:t></w:r>";
    if (!run.link.starts_with("http://") && !run.link.starts_with("https://") &&
        !run.link.starts_with("mailto:"))
      return xml;
    const std::string id = renderer_.package().relate(renderer_.part().name, "hyperlink", run.link,
                                                      PackageEdit::Target::outside);
    return fmt::format(R"(<w:hyperlink xmlns:r="{}" r:id="{}">{}</w:hyperlink>)", kRelations, id, xml);
  }

  Renderer& renderer_;
  const MarkdownLook& look_;
  std::map<int, std::string> lists_;
};

}  // namespace

std::string to_blocks(Renderer& renderer, const std::vector<MarkdownBlock>& blocks,
                      const MarkdownLook& look) {
  return Writer(renderer, look).blocks(blocks);
}

std::string to_runs(Renderer& renderer, const MarkdownText& text, const MarkdownLook& look) {
  return Writer(renderer, look).runs(text);
}

}  // namespace wenshu::docx
