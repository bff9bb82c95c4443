#include "docx/field_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "docx/escape.h"

namespace wenshu::docx {
namespace {

// What was asked to stay (--missing keep, line) is no address and need not be one.
bool says_nothing(Renderer& renderer, const templates::Tag& tag) {
  const data::Value* value = renderer.scope().find_value(tag);
  return !tag.allows_missing() &&
         (!value || value->is_null() || (value->is_scalar() && value->text().empty()));
}

void refuse(Renderer& renderer, const templates::Tag& tag, const Place& place, const std::string& written) {
  renderer.scope().report_value(tag, place, "not-an-address", "“" + written + "”不是网址或邮箱",
                                "以 http://、https:// 或 mailto: 开头");
}

// Is the end of the code inside quotes? Word takes curly ones for quotes as well.
bool ends_in_quotes(const std::string& code) {
  bool inside = false;
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '\\')
      ++i;
    else if (code[i] == '"')
      inside = !inside;
  }
  return inside;
}

class FieldValue : public Hook {
 public:
  FieldValue(const templates::Tag& tag, const Place& place, const std::string& code)
      : tag_(tag), place_(place), in_quotes_(ends_in_quotes(code)) {
    const std::string before(trim(replace_all(code, "\"", " ")));
    is_address_ = before == "HYPERLINK";
  }

  void run(Renderer& renderer, const Program&) const override {
    std::string text = renderer.scope().value(tag_, place_);
    if (is_address_ && !text.empty() && !says_nothing(renderer, tag_)) {
      const std::string address = address_of(std::string(trim(text)));
      if (address.empty()) return refuse(renderer, tag_, place_, text);
      text = address;
    }
    for (const char* end : {"\r\n", "\n", "\r", "\t"}) text = replace_all(text, end, " ");
    const bool needs_quotes = !in_quotes_ && text.find_first_of(" \"\\<>=") != std::string::npos;
    text = replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"");
    if (needs_quotes) text = '"' + text + '"';
    append_escaped(renderer.out(), text);
  }

 private:
  const templates::Tag tag_;
  const Place place_;
  bool in_quotes_ = false, is_address_ = false;
};

class LinkTarget : public Hook {
 public:
  LinkTarget(const templates::Tag& tag, const Place& place, bool has_scheme)
      : tag_(tag), place_(place), has_scheme_(has_scheme) {}

  void run(Renderer& renderer, const Program& body) const override {
    const Renderer::Hold hold(renderer);
    std::string& out = renderer.out();
    const size_t begin = out.size();
    renderer.run(body);
    const std::string written = unescaped(out.substr(begin));
    if (written.empty() || says_nothing(renderer, tag_)) return;
    const std::string address = has_scheme_ ? without_forbidden(written) : address_of(written);
    if (address.empty()) return refuse(renderer, tag_, place_, written);
    out.resize(begin);
    append_escaped(out, address);
  }

 private:
  static std::string unescaped(std::string text) {
    constexpr std::array<std::pair<const char*, const char*>, 8> kNames = {{{"&lt;", "<"},
                                                                            {"&gt;", ">"},
                                                                            {"&quot;", "\""},
                                                                            {"&#9;", "\t"},
                                                                            {"&#10;", "\n"},
                                                                            {"&#13;", "\r"},
                                                                            {"&apos;", "'"},
                                                                            {"&amp;", "&"}}};
    for (const auto& [name, character] : kNames) text = replace_all(text, name, character);
    return text;
  }

  // Where the template says what kind of address it is, values are words in it: ?q=张 三.
  static std::string without_forbidden(const std::string& written) {
    std::string text;
    for (const char c : std::string(trim(written)))
      if (std::string_view(" \t\r\n\"<>\\^`{|}").find(c) != std::string_view::npos)
        text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      else
        text += c;
    return text;
  }

  const templates::Tag tag_;
  const Place place_;
  bool has_scheme_;
};

}  // namespace

std::string address_of(const std::string& text) {
  constexpr std::array<std::string_view, 4> kSchemes = {"https://", "http://", "mailto:", "tel:"};
  if (text.find_first_of(" \t\r\n\"<>") != std::string::npos) return {};
  std::string low = text.substr(0, 8);  // schemes are told by their letters, large or small (RFC 3986, 3.1)
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const std::string_view scheme : kSchemes)
    if (low.starts_with(scheme)) return text.size() > scheme.size() ? text : "";
  if (text.find(':') != std::string::npos) return {};
  if (text.starts_with("www.")) return "http://" + text;
  const size_t at = text.find('@');
  return at != std::string::npos && at > 0 && text.find('.', at) != std::string::npos ? "mailto:" + text : "";
}

std::string code_before(const pugi::xml_node& slot) {
  std::string code;
  for (pugi::xml_node node = slot; node && std::string_view(node.name()) != "w:p";) {
    const pugi::xml_node before = node.previous_sibling();
    if (!before) {
      node = node.parent();
      continue;
    }
    node = before;
    if (node.type() != pugi::node_element) {
      code.insert(0, node.value());
    } else if (std::string_view(node.name()) == "w:r") {
      for (pugi::xml_node part = node.last_child(); part; part = part.previous_sibling()) {
        if (std::string_view(part.name()) == "w:fldChar") return code;
        if (std::string_view(part.name()) != "w:instrText") continue;
        for (pugi::xml_node text = part.last_child(); text; text = text.previous_sibling())
          code.insert(0, text.type() == pugi::node_element ? "x" : text.value());
      }
    } else if (std::string_view(node.name()) == "w:fldChar") {
      return code;
    } else if (std::string_view(node.name()) == kSlot) {
      code.insert(0, "x");  // another value
    }
  }
  return code;
}

std::shared_ptr<const Hook> field_value(const templates::Tag& tag, const Place& place,
                                        std::string_view code) {
  const std::string plain = replace_all(replace_all(std::string(code), "“", "\""), "”", "\"");
  return std::make_shared<FieldValue>(tag, place, plain);
}

std::shared_ptr<const Hook> link_target(const templates::Tag& tag, const Place& place,
                                        const std::string& before) {
  return std::make_shared<LinkTarget>(tag, place, before.find(':') != std::string::npos);
}

}  // namespace wenshu::docx
