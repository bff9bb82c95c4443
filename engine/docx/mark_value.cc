#include "docx/mark_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "docx/escape.h"
#include "docx/story.h"
#include "picture/measure.h"

namespace wenshu::docx {
namespace {

constexpr long long kEmuPerTwip = 635;

// Hundredths of a millimetre of "25", "2.5"; nothing for what is no number.
std::optional<long long> hundredths(std::string_view text) {
  const size_t dot = text.find('.');
  const std::string whole(text.substr(0, dot));
  std::string part(dot == std::string_view::npos ? "" : text.substr(dot + 1));
  const auto digits = [](const std::string& s, size_t most) {
    return s.size() <= most && s.find_first_not_of("0123456789") == std::string::npos;
  };
  if (whole.empty() || !digits(whole, 5) || !digits(part, 2) ||
      (dot != std::string_view::npos && part.empty()))
    return std::nullopt;
  part.resize(2, '0');
  return std::stoll(whole) * 100 + std::stoll(part);
}

std::optional<long long> length_of(std::string_view token) {
  for (const auto& [unit, factor] :
       {std::pair<std::string_view, long long>{"mm", 1}, {"毫米", 1}, {"cm", 10}, {"厘米", 10}, {"", 1}}) {
    if (!token.ends_with(unit)) continue;
    const auto number = hundredths(token.substr(0, token.size() - unit.size()));
    if (number) return *number * factor * (picture::kEmuPerMm / 100);
  }
  return std::nullopt;
}

// The section that a place belongs to is described behind it.
pugi::xml_node section_around(pugi::xml_node node) {
  while (node && std::string_view(node.parent().name()) != "w:body") node = node.parent();
  for (; node; node = node.next_sibling()) {
    if (std::string_view(node.name()) == "w:sectPr") return node;
    if (const auto section = node.child("w:pPr").child("w:sectPr")) return section;
  }
  return {};
}

}  // namespace

void put_run(Renderer& renderer, const std::string& format, std::string_view text) {
  std::string& out = renderer.out();
  out += "<w:r>";
  out += format;
  out += "<w:t xml:space=\"preserve\">";
  append_run_text(out, text);
  out += "</w:t></w:r>";
}

std::optional<std::string> take_value(Renderer& renderer, const Lifted& lifted) {
  const data::Value* value = renderer.scope().find_value(lifted.tag);
  const bool nothing =
      !value || value->is_null() || (value->is_scalar() ? value->text().empty() : value->size() == 0);
  std::string text = renderer.scope().value(lifted.tag, lifted.place);
  if (text.empty()) return std::nullopt;
  const auto& formatters = lifted.tag.formatters;
  const bool by_hand =
      std::any_of(formatters.begin(), formatters.end(), [](const auto& each) { return each.name == "line"; });
  if (!nothing || (lifted.tag.allows_missing() && !by_hand)) return text;
  put_run(renderer, lifted.format, text);
  return std::nullopt;
}

std::optional<std::string> read_named_file(Renderer& renderer, const Lifted& lifted,
                                           const std::string& name) {
  std::string fault = "这里读不到文件";
  const auto& open = renderer.scope().filling().open_file;
  std::optional<std::string> bytes = open ? open(name, fault) : std::nullopt;
  if (!bytes)
    renderer.scope().report_value(lifted.tag, lifted.place, "no-such-file", fault,
                                  "文件名从数据文件所在的文件夹算起");
  return bytes;
}

std::optional<Lengths> read_lengths(const std::string& argument, std::string& fault) {
  constexpr long long kLongest = 1000 * picture::kEmuPerMm, kShortest = picture::kEmuPerMm;
  Lengths lengths;
  std::string text = argument;
  for (const char* between : {"×", "*", "　", "\u00A0", "，", ","}) text = replace_all(text, between, " ");
  // 25x35, but not the x of a word.
  for (size_t i = 1; i + 1 < text.size(); ++i)
    if ((text[i] == 'x' || text[i] == 'X') && text[i + 1] >= '0' && text[i + 1] <= '9') text[i] = ' ';
  for (const std::string& token : split(text, " ")) {
    if (token.empty()) continue;
    const auto length = length_of(token);
    if (length && (*length < kShortest || *length > kLongest)) {
      fault = fmt::format("长度“{}”不对，应在 1 到 1000 毫米之间", token);
      return std::nullopt;
    }
    if (length)
      lengths.emu.push_back(*length);
    else
      lengths.words.push_back(token);
  }
  return lengths;
}

long long room_around(const MarkSite& site) {
  constexpr long long kCellMargins = 2 * 108;  // twips, what Word begins with
  constexpr long long kA4Room = 150 * picture::kEmuPerMm;
  const pugi::xml_node width = site.around("w:tc").child("w:tcPr").child("w:tcW");
  if (std::string_view(width.attribute("w:type").value()) == "dxa" &&
      width.attribute("w:w").as_llong() > kCellMargins)
    return (width.attribute("w:w").as_llong() - kCellMargins) * kEmuPerTwip;
  const pugi::xml_node section = section_around(site.slot);
  const pugi::xml_node margins = section.child("w:pgMar");
  const long long page = section.child("w:pgSz").attribute("w:w").as_llong();
  const long long room =
      page - margins.attribute("w:left").as_llong() - margins.attribute("w:right").as_llong();
  return page > 0 && room > 0 ? room * kEmuPerTwip : kA4Room;
}

pugi::xml_node paragraph_of_its_own(const MarkSite& site) {
  const pugi::xml_node paragraph = site.around("w:p");
  const pugi::xml_node text = site.slot.parent();
  if (text.first_child() != site.slot || text.last_child() != site.slot || !paragraph) return {};
  const ParagraphText read = read_paragraph(paragraph);
  if (read.text.find_first_not_of(" \u00A0\u3000") != std::string::npos) return {};
  const auto holds_more = [&](const Segment& segment) {
    return segment.text != text && segment.text.find_child([](const pugi::xml_node& child) {
      return child.type() == pugi::node_element;  // another tag
    });
  };
  return std::any_of(read.segments.begin(), read.segments.end(), holds_more) ? pugi::xml_node() : paragraph;
}

}  // namespace wenshu::docx
