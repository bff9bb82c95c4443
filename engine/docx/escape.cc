#include "docx/escape.h"

namespace wenshu::docx {
namespace {

constexpr std::string_view kTextBreak = "</w:t><w:br/><w:t xml:space=\"preserve\">";
constexpr std::string_view kTextTab = "</w:t><w:tab/><w:t xml:space=\"preserve\">";

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

void append_run_text(std::string& out, std::string_view text) {
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    std::string_view instead;
    switch (text[i]) {
      case '&':
        instead = "&amp;";
        break;
      case '<':
        instead = "&lt;";
        break;
      case '>':
        instead = "&gt;";
        break;
      case '\t':
        instead = kTextTab;
        break;
      case '\r':
        if (i + 1 >= text.size() || text[i + 1] != '\n') instead = kTextBreak;
        break;
      case '\n':
        instead = kTextBreak;
        break;
      default:
        continue;
    }
    out += text.substr(from, i - from);
    out += instead;
    from = i + 1;
  }
  out += text.substr(from);
}

}  // namespace wenshu::docx
