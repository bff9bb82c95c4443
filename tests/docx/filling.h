// Filling small templates and reading what came out.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "data/load.h"
#include "docx/fill.h"
#include "package/archive.h"
#include "tests/docx/small_docx.h"
#include "xml/tree.h"

namespace wenshu::docx::testing {

inline data::Value yaml(const std::string& text) {
  Diagnostics findings;
  const auto value = data::parse_yaml(text, "data.yaml", findings);
  EXPECT_TRUE(value) << to_text(findings);
  return value ? *value : data::Value();
}

// The text of a part: paragraphs end with /, cells with |, rows with ;.
inline void read(const pugi::xml_node& node, std::string& text) {
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_pcdata && std::string_view(node.name()) == "w:t") text += child.value();
    if (name == "w:br") text += "↵";
    if (name == "w:tab") text += "→";
    read(child, text);
    if (name == "w:p") text += "/";
    if (name == "w:tc") text += "|";
    if (name == "w:tr") text += ";";
  }
}

struct Filled {
  std::string bytes, body, text, faults;
};

inline Filled fill_bytes(const std::string& bytes, const data::Value& data,
                         const std::string& part = "word/document.xml") {
  Diagnostics findings;
  Filled filled;
  const auto loaded = load_template(bytes, "t.docx", findings);
  const auto result = loaded ? loaded->fill(data, findings) : std::nullopt;
  filled.faults = to_text(findings);
  EXPECT_EQ(result.has_value(), filled.faults.empty());
  if (!result) return filled;
  filled.bytes = *result;
  const auto archive = package::open_archive(*result, "out.docx", findings);
  filled.body = archive->read(part);
  const auto tree = xml::parse_part(filled.body, "out.docx", part, findings);
  EXPECT_TRUE(tree) << to_text(findings);
  if (tree) read(*tree, filled.text);
  return filled;
}

inline Filled fill(const std::string& body, const std::string& data) {
  return fill_bytes(docx(body), yaml(data));
}

// code@spot of each finding of a template that is refused.
inline std::vector<std::string> load_faults(const std::string& body) {
  Diagnostics findings;
  EXPECT_FALSE(load_template(docx(body), "t.docx", findings));
  std::vector<std::string> list;
  for (const Diagnostic& finding : findings) list.push_back(finding.code + "@" + finding.where.spot);
  return list;
}

inline int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace wenshu::docx::testing
