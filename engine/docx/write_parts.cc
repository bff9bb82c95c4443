#include "docx/write_parts.h"

#include <fmt/format.h>

#include "docx/write_element.h"
#include "xml/tree.h"

namespace wenshu::docx {
namespace {

constexpr const char* kHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006";
constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006";

// Word's own lists for Chinese do not hold the joining marks — ～ … ·; GB/T 15834 never begins a line with
// them.
constexpr const char* kNeverLast = "$([{£¥‘“〈《「『【〔〖（．［｛￡￥";
constexpr const char* kNeverFirst = "!%),.:;>?]}¢°·—’”…‰′″℃、。〃〉》」』】〕〗！）．：；？］｝～￠％，";

// The families offices have, what else they are called, and their PANOSE classes.
struct Font {
  const char* name;
  const char* other;
  const char* panose;
  const char* family;
};
constexpr Font kFonts[] = {
    {"仿宋_GB2312", "仿宋", "02010609030101010101", "modern"},
    {"楷体_GB2312", "楷体", "02010609030101010101", "modern"},
    {"黑体", "SimHei", "02010609060101010101", "modern"},
    {"方正小标宋简体", "方正小标宋_GBK", "02010601030101010101", "auto"},
    {"宋体", "SimSun", "02010600030101010101", "auto"},
};

}  // namespace

std::string settings_part() {
  return std::string(kHead) + "<w:settings xmlns:w=\"" + kMain +
         R"("><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>)"
         R"(<w:characterSpacingControl w:val="doNotCompress"/>)" +
         fmt::format(
             R"(<w:noLineBreaksAfter w:lang="zh-CN" w:val="{}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{}"/>)",
             kNeverLast, kNeverFirst) +
         R"(<w:compat><w:doNotExpandShiftReturn/>)"
         R"(<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>)"
         R"(</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>)"
         R"(<w:listSeparator w:val=","/></w:settings>)";
}

std::string font_table_part() {
  std::string fonts;
  for (const Font& font : kFonts)
    fonts += fmt::format(
        R"(<w:font w:name="{}"><w:altName w:val="{}"/><w:panose1 w:val="{}"/><w:charset w:val="86"/>)"
        R"(<w:family w:val="{}"/><w:pitch w:val="{}"/></w:font>)",
        font.name, font.other, font.panose, font.family,
        std::string_view(font.family) == "modern" ? "fixed" : "variable");
  return fmt::format(R"({}<w:fonts xmlns:w="{}">{}</w:fonts>)", kHead, kMain, fonts);
}

std::string core_properties_part(const document::Document& document) {
  pugi::xml_document part;
  pugi::xml_node core = part.append_child("cp:coreProperties");
  set_attribute(core, "xmlns:cp", std::string(kPackage) + "/metadata/core-properties");
  set_attribute(core, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
  set_attribute(core, "xmlns:dcterms", "http://purl.org/dc/terms/");
  set_attribute(core, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  add_element(core, "dc:title").text().set(document.title.c_str());
  add_element(core, "dc:subject").text().set(document.subject.c_str());
  add_element(core, "dc:creator").text().set(document.author.c_str());
  for (const char* name : {"dcterms:created", "dcterms:modified"}) {
    if (!document.date) continue;
    pugi::xml_node time = add_element(core, name);
    set_attribute(time, "xsi:type", "dcterms:W3CDTF");
    time.text().set((to_text(*document.date) + "T00:00:00Z").c_str());
  }
  return xml::to_bytes(part);
}

std::string app_properties_part() {
  return fmt::format(
      R"({}<Properties xmlns="{}/extended-properties"><Application>wenshu</Application></Properties>)", kHead,
      kOffice);
}

std::string content_types_part(const std::vector<PartName>& parts) {
  std::string types, pictures;
  for (const PartName& part : parts)
    if (part.relation == "image")
      pictures = R"(<Default Extension="png" ContentType="image/png"/>)";
    else
      types += fmt::format(R"(<Override PartName="/{}" ContentType="{}"/>)", part.path, part.content_type);
  return fmt::format(
      R"({}<Types xmlns="{}/content-types">)"
      R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
      R"(<Default Extension="xml" ContentType="application/xml"/>{}{}</Types>)",
      kHead, kPackage, pictures, types);
}

std::string package_relations_part() {
  return fmt::format(
      R"({0}<Relationships xmlns="{2}/relationships">)"
      R"(<Relationship Id="rId1" Type="{1}/relationships/officeDocument" Target="word/document.xml"/>)"
      R"(<Relationship Id="rId2" Type="{2}/relationships/metadata/core-properties" Target="docProps/core.xml"/>)"
      R"(<Relationship Id="rId3" Type="{1}/relationships/extended-properties" Target="docProps/app.xml"/>)"
      R"(</Relationships>)",
      kHead, kOffice, kPackage);
}

std::string document_relations_part(const std::vector<PartName>& parts) {
  std::string relations;
  for (size_t i = 0; i < parts.size(); ++i)
    relations += fmt::format(R"(<Relationship Id="rId{}" Type="{}/relationships/{}" Target="{}"/>)", i + 1,
                             kOffice, parts[i].relation, parts[i].path.substr(5));  // without "word/"
  return fmt::format(R"({}<Relationships xmlns="{}/relationships">{}</Relationships>)", kHead, kPackage,
                     relations);
}

}  // namespace wenshu::docx
