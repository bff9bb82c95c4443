// The Word files that the rules of the lint give as examples: a line a paragraph, in 〈〉 how it differs from what
// the standard wants. See the head of engine/notice/RULES.md.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "package/archive.h"

namespace wenshu::app::testing {

class WordExample {
 public:
  static std::string to_docx(const std::string& description) { return WordExample().make(description); }

 private:
  using Words = std::vector<std::string>;

  struct Run {
    std::string face = "仿宋_GB2312", narrow, colour;
    double size = 16, tracking = -0.25;
    bool bold = false;
  };
  struct Paragraph {
    std::string align = "both", rule;  // rule: colour of the line below, "" for none
    double first = 2, left = 0, right = 0, pitch = 28.95, before = 0, rule_gap = 8;
    bool breaks_page = false, kinsoku = true, double_rule = false;
    std::optional<double> seal_mm;
    Run run;
  };
  struct Row {
    Paragraph paragraph;
    std::string text;
    bool ruled = true, fixed = true;
    double rule_pt = 0;
  };

  static double number_in(const std::string& word) {
    const size_t at = word.find_first_of("-0123456789.");
    return at == word.npos ? 0 : std::strtod(word.c_str() + at, nullptr);
  }
  static std::string twips(double points) { return fmt::format("{}", std::lround(points * 20)); }
  static std::string mm(double length) { return twips(length * 72 / 25.4); }

  // What the standard wants of each element.
  static Paragraph style(const std::string& name) {
    Paragraph made;
    if (name.empty() || name == "正文") return made;
    made.first = 0;
    if (name == "标志")
      made.align = "center", made.run = {"方正小标宋简体", "", "FF0000", 36, 0}, made.pitch = 39.6,
      made.before = 35 * 72 / 25.4;
    else if (name == "字号")
      made.align = "center", made.before = 2 * 28.95, made.rule = "FF0000";
    else if (name == "标题" || name == "附件题")
      made.align = "center", made.run = {"方正小标宋简体", "", "", 22, 0}, made.pitch = 34,
      made.before = (name == "标题" ? 2 : 1) * 28.95;
    else if (name == "主送")
      made.before = 28.95;
    else if (name == "附件")
      made.before = 28.95, made.first = 2;
    else if (name == "署名" || name == "日期")
      made.align = "right", made.right = 4, made.before = name == "署名" ? 28.95 : 0;
    else if (name == "附件号")
      made.align = "left", made.run.face = "黑体", made.breaks_page = true;
    else if (name == "版记")
      made.align = "left", made.left = made.right = 1, made.run.size = 14, made.run.tracking = 0,
      made.pitch = 24;
    else
      throw std::runtime_error("unknown element " + name);
    return made;
  }

  static bool is_style(const std::string& word) {
    for (const char* name :
         {"标志", "字号", "标题", "主送", "正文", "附件", "附件号", "附件题", "署名", "日期", "版记"})
      if (word == name) return true;
    return false;
  }

  static bool apply(const std::string& word, Run& run) {
    static const std::map<std::string, std::string> kFaces = {{"宋体", "宋体"},
                                                              {"黑体", "黑体"},
                                                              {"楷体", "楷体_GB2312"},
                                                              {"仿宋", "仿宋_GB2312"},
                                                              {"小标宋", "方正小标宋简体"}};
    if (const auto face = kFaces.find(word); face != kFaces.end())
      run.face = face->second;
    else if (word.ends_with("磅"))
      run.size = number_in(word);
    else if (word == "红色")
      run.colour = "FF0000";
    else if (word == "黑色")
      run.colour = "";
    else if (word == "加粗")
      run.bold = true;
    else if (word.starts_with("字距"))
      run.tracking = number_in(word);
    else if (word.starts_with("西文"))
      run.narrow = word.substr(6);
    else
      return false;
    return true;
  }

  static bool apply(const std::string& word, Paragraph& made) {
    const double n = number_in(word);
    if (apply(word, made.run)) return true;
    if (word == "居中") return made.align = "center", true;
    if (word == "居左") return made.align = "left", true;
    if (word == "居右") return made.align = "right", true;
    if (word == "另页") return made.breaks_page = true, true;
    if (word == "不另页") return made.breaks_page = false, true;
    if (word == "不控标点") return made.kinsoku = false, true;
    if (word == "双线") return made.double_rule = true, true;
    if (word == "无线") return made.rule.clear(), true;
    if (word == "黑线") return made.rule = "000000", true;
    if (word.starts_with("线距")) return made.rule_gap = n, true;
    if (word.starts_with("首行")) return made.first = n, true;
    if (word.starts_with("左空")) return made.left = n, true;
    if (word.starts_with("右空")) return made.right = n, true;
    if (word.starts_with("段前")) return made.before = n * 28.95, true;
    if (word.starts_with("行距")) return made.pitch = n, true;
    if (word.starts_with("印章")) return made.seal_mm = n, true;
    return false;
  }

  static std::string run_xml(const Run& run, const std::string& text) {
    const std::string narrow = run.narrow.empty() ? run.face : run.narrow;
    std::string xml = fmt::format(
        R"(<w:r><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{1}"/>{2}{3}<w:spacing w:val="{4}"/>)"
        R"(<w:sz w:val="{5}"/></w:rPr>)",
        narrow, run.face, run.bold ? "<w:b/>" : "",
        run.colour.empty() ? "" : fmt::format(R"(<w:color w:val="{}"/>)", run.colour), twips(run.tracking),
        std::lround(run.size * 2));
    std::string piece;
    const auto flush = [&] {
      if (!piece.empty()) xml += "<w:t xml:space=\"preserve\">" + piece + "</w:t>";
      piece.clear();
    };
    for (const char32_t c : to_characters(text)) {
      if (c == U'⇥' || c == U'↵') {
        flush();
        xml += c == U'⇥' ? "<w:tab/>" : "<w:br/>";
      } else {
        piece += to_utf8(c);
      }
    }
    flush();
    return xml + "</w:r>";
  }

  static std::string shape_xml(const std::string& from, double x, double y, double width, double height,
                               const std::string& graphic) {
    const auto emu = [](double length) { return std::lround(length * 36000); };
    return fmt::format(
        R"(<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="page"><wp:posOffset>{}</wp:posOffset></wp:positionH>)"
        R"(<wp:positionV relativeFrom="{}"><wp:posOffset>{}</wp:posOffset></wp:positionV>)"
        R"(<wp:extent cx="{}" cy="{}"/><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></wp:anchor>)"
        R"(</w:drawing></w:r>)",
        emu(x), from, emu(y), emu(width), emu(height), graphic);
  }

  static std::string paragraph_xml(const Paragraph& made, const std::string& runs,
                                   const std::string& section = "") {
    const double unit = made.run.size + made.run.tracking;
    const std::string border =
        made.rule.empty()
            ? ""
            : fmt::format(
                  R"(<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="{}" w:color="{}"/></w:pBdr>)",
                  made.rule_gap, made.rule);
    std::string shapes;
    const std::string line =
        R"(<wps:wsp><wps:spPr><a:prstGeom prst="line"/><a:ln w="28575"><a:srgbClr val="FF0000"/></a:ln></wps:spPr></wps:wsp>)";
    if (made.double_rule)
      shapes = shape_xml("page", 20, 50, 170, 0, line) + shape_xml("page", 20, 277, 170, 0, line);
    if (made.seal_mm) shapes += shape_xml("paragraph", 120, *made.seal_mm, 40, 40, "<pic:pic/>");
    return fmt::format(
        R"(<w:p><w:pPr>{}{}<w:kinsoku w:val="{}"/><w:spacing w:before="{}" w:line="{}" w:lineRule="exact"/>)"
        R"(<w:ind w:left="{}" w:right="{}" {}="{}"/><w:jc w:val="{}"/>{}</w:pPr>{}{}</w:p>)",
        made.breaks_page ? "<w:pageBreakBefore/>" : "", border, made.kinsoku ? 1 : 0, twips(made.before),
        twips(made.pitch), twips(made.left * unit), twips(made.right * unit),
        made.first < 0 ? "w:hanging" : "w:firstLine", twips(std::abs(made.first) * unit), made.align, section,
        shapes, runs);
  }

  // 〈attributes〉text〈attributes〉text as pairs.
  static std::vector<std::pair<Words, std::string>> parse(std::string line) {
    std::vector<std::pair<Words, std::string>> parts;
    while (!line.empty()) {
      Words words;
      if (line.starts_with("〈")) {
        const size_t end = line.find("〉");
        for (const std::string& word : split(line.substr(3, end - 3), " "))
          if (!word.empty()) words.push_back(word);
        line.erase(0, end + 3);
      }
      const size_t next = line.find("〈");
      parts.emplace_back(words, line.substr(0, next));
      line.erase(0, std::min(next, line.size()));
      if (next == line.npos) break;
    }
    return parts;
  }

  void add_line(const std::string& text) {
    auto parts = parse(text);
    Paragraph made;
    Row row;
    std::string name;
    for (const std::string& word : parts[0].first)
      if (is_style(word)) made = style(name = word);
    for (const std::string& word : parts[0].first) {
      if (is_style(word)) continue;
      if (name == "版记" && word == "无线")
        row.ruled = false;
      else if (word == "不固定")
        row.fixed = false;
      else if (word.starts_with("线粗"))
        row.rule_pt = number_in(word);
      else if (!apply(word, made))
        throw std::runtime_error("unknown word " + word);
    }
    if (name == "版记") {
      row.paragraph = made;
      row.text = parts[0].second;
      rows_.push_back(row);
      return;
    }
    flush_rows();
    Run run = made.run;
    std::string runs;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i > 0)
        for (const std::string& word : parts[i].first)
          if (!apply(word, run)) throw std::runtime_error("unknown word " + word);
      runs += run_xml(run, parts[i].second);
    }
    body_ += paragraph_xml(made, runs);
  }

  void flush_rows() {
    if (rows_.empty()) return;
    const Row& head = rows_[0];
    std::string xml = "<w:tbl><w:tblPr>";
    if (head.fixed)
      xml += R"(<w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="1588" w:tblpYSpec="bottom"/>)";
    xml += "<w:tblBorders>";
    for (const auto& [side, pt] : {std::pair{"top", 1.0}, {"bottom", 1.0}, {"insideH", 0.75}})
      xml +=
          fmt::format(R"(<w:{} w:val="{}" w:sz="{}" w:space="0" w:color="auto"/>)", side,
                      head.ruled ? "single" : "nil", std::lround((head.rule_pt > 0 ? head.rule_pt : pt) * 8));
    xml += "</w:tblBorders></w:tblPr>";
    for (const Row& row : rows_) {
      xml += "<w:tr>";
      const auto cells = split(row.text, "｜");
      for (size_t i = 0; i < cells.size(); ++i) {
        Paragraph cell = row.paragraph;
        if (i > 0) cell.align = "right";
        xml += "<w:tc><w:tcPr/>" + paragraph_xml(cell, run_xml(cell.run, cells[i])) + "</w:tc>";
      }
      xml += "</w:tr>";
    }
    body_ += xml + "</w:tbl>";
    rows_.clear();
  }

  static bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }
  static double length(const Words& words, const std::string& name, double usual) {
    for (const std::string& word : words)
      if (word.starts_with(name) && word.size() > name.size() &&
          std::string("-0123456789.").find(word[name.size()]) != std::string::npos)
        return number_in(word);
    return usual;
  }

  std::string number_xml(const Words& words, bool even, bool turned) {
    const std::string face = has(words, "页码仿宋") ? "仿宋_GB2312" : "宋体";
    const std::string dash = has(words, "页码无线") ? "" : "—";
    const Run run{face, "", "", 14, 0};
    const auto field = [&](const std::string& inside) {
      return fmt::format(
          R"(<w:r><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}"/><w:sz w:val="28"/></w:rPr>{1}</w:r>)",
          face, inside);
    };
    Paragraph made;
    made.run = run;
    made.first = 0;
    made.pitch = 15.4;
    made.align = has(words, "页码居中") ? "center" : even ? "left" : "right";
    (even ? made.left : made.right) = has(words, "页码居中") ? 0 : 1;
    std::string xml =
        paragraph_xml(made, run_xml(run, dash + " ") + field(R"(<w:fldChar w:fldCharType="begin"/>)") +
                                field("<w:instrText> PAGE </w:instrText>") +
                                field(R"(<w:fldChar w:fldCharType="separate"/>)") + field("<w:t>1</w:t>") +
                                field(R"(<w:fldChar w:fldCharType="end"/>)") + run_xml(run, " " + dash));
    if (turned)
      xml.replace(xml.find("<w:pPr>"), 7,
                  R"(<w:pPr><w:framePr w:hAnchor="page" w:vAnchor="page" w:x="900" w:y="1600"/>)");
    return xml;
  }

  std::string add_part(const std::string& kind, const std::string& inside) {
    const std::string id = fmt::format("rId{}", parts_.size() + 1);
    parts_.push_back({kind, inside});
    return id;
  }

  std::string section_xml(const Words& words) {
    std::string xml = "<w:sectPr>";
    const bool turned = has(words, "页码转向");
    if (!has(words, "无页码"))
      for (const bool even : {false, true})
        xml += fmt::format(R"(<w:{0}Reference w:type="{1}" r:id="{2}"/>)", turned ? "header" : "footer",
                           even ? "even" : "default",
                           add_part(turned ? "header" : "footer", number_xml(words, even, turned)));
    const double width = length(words, "宽", 210), height = length(words, "高", 297);
    xml += fmt::format(R"(<w:pgSz w:w="{}" w:h="{}"/>)", mm(width), mm(height));
    xml += fmt::format(
        R"(<w:pgMar w:top="{}" w:bottom="{}" w:left="{}" w:right="{}" w:header="850" w:footer="{}"/>)",
        mm(length(words, "上", 37)), mm(length(words, "下", 35)), mm(length(words, "左", 28)),
        mm(length(words, "右", 26)), mm(length(words, "页脚距", 25.04)));
    if (has(words, "页码重编")) xml += R"(<w:pgNumType w:start="1"/>)";
    if (has(words, "首页不同")) xml += "<w:titlePg/>";
    return xml + R"(<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>)";
  }

  std::string make(const std::string& description) {
    Words page;
    for (const std::string& line : split(description, "\n")) {
      if (!line.starts_with("〈页")) {
        add_line(line);
        continue;
      }
      flush_rows();
      if (!body_.empty()) body_ += "<w:p><w:pPr>" + section_xml(page) + "</w:pPr></w:p>";
      page = parse(line)[0].first;
      page.erase(page.begin());
    }
    flush_rows();
    body_ += section_xml(page);
    return pack();
  }

  std::string pack() const {
    constexpr const char* kNames =
        R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
        R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
        R"(xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" )"
        R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" )"
        R"(xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" )"
        R"(xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape")";
    constexpr const char* kTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string relations =
        fmt::format(R"(<Relationship Id="rIdS" Type="{}settings" Target="settings.xml"/>)", kTypes);
    package::ArchiveWriter archive;
    archive.add("[Content_Types].xml",
                R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)");
    for (size_t i = 0; i < parts_.size(); ++i) {
      const auto& [kind, inside] = parts_[i];
      relations += fmt::format(R"(<Relationship Id="rId{}" Type="{}{}" Target="part{}.xml"/>)", i + 1, kTypes,
                               kind, i + 1);
      const char* root = kind == "header" ? "w:hdr" : "w:ftr";
      archive.add(fmt::format("word/part{}.xml", i + 1),
                  fmt::format("<{0} {1}>{2}</{0}>", root, kNames, inside));
    }
    archive.add("word/_rels/document.xml.rels",
                R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
                    relations + "</Relationships>");
    archive.add("word/settings.xml",
                fmt::format("<w:settings {}><w:evenAndOddHeaders/></w:settings>", kNames));
    archive.add("word/document.xml",
                fmt::format("<w:document {}><w:body>{}</w:body></w:document>", kNames, body_));
    return archive.finish();
  }

  std::string body_;
  std::vector<Row> rows_;
  std::vector<std::pair<std::string, std::string>> parts_;  // kind, inside
};

}  // namespace wenshu::app::testing
