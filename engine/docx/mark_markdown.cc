// {{正文 | markdown}}: a field written in Markdown. A tag that has its paragraph to itself becomes paragraphs, lists, headings and
// tables; one in a line becomes runs.
#include <fmt/format.h>

#include <algorithm>

#include "docx/mark_value.h"
#include "docx/markdown_xml.h"

namespace wenshu::docx {
namespace {

class MarkdownHook : public Hook {
 public:
  explicit MarkdownHook(const MarkSite& site) : lifted_(site) {}

 protected:
  std::optional<std::vector<MarkdownBlock>> parse(Renderer& renderer, const std::string& text) const {
    auto blocks = parse_markdown(text);
    if (!blocks)
      renderer.scope().report_value(lifted_.tag, lifted_.place, "markdown-too-long", "文字太长，最多 64 KiB",
                                    "分成几个字段，或另存为 Word 文件，用 document 插入");
    if (blocks) report_pictures(renderer, *blocks);
    return blocks;
  }

 private:
  void report_pictures(Renderer& renderer, const std::vector<MarkdownBlock>& blocks) const {
    const auto report = [&](const MarkdownText& text) {
      for (const MarkdownRun& run : text)
        if (!run.picture.empty())
          renderer.scope().report_value(lifted_.tag, lifted_.place, "markdown-picture",
                                        fmt::format("文字里的图片“{}”放不进来", run.picture),
                                        "图片另设一栏，用 {{照片 | picture}} 放进文件");
    };
    for (const MarkdownBlock& block : blocks) {
      report(block.text);
      for (const auto& row : block.rows) std::for_each(row.begin(), row.end(), report);
    }
  }

 protected:
  Lifted lifted_;
};

class LineHook : public MarkdownHook {
 public:
  using MarkdownHook::MarkdownHook;

  void run(Renderer& renderer, const Program&) const override {
    const auto text = take_value(renderer, lifted_);
    const auto blocks = text ? parse(renderer, *text) : std::nullopt;
    if (!blocks || blocks->empty()) return;
    if (blocks->size() > 1 || blocks->front().kind != MarkdownBlock::Kind::paragraph)
      return renderer.scope().report_value(lifted_.tag, lifted_.place, "markdown-in-a-line",
                                           "内容有几段，或有标题、列表、表格，放不进一行", "让标签独占一段");
    renderer.out() += to_runs(renderer, blocks->front().text, {"", lifted_.format});
  }

  void set_format(std::string format) { lifted_.format = std::move(format); }
};

class BlockHook : public MarkdownHook {
 public:
  BlockHook(const MarkSite& site, MarkdownLook look)
      : MarkdownHook(site), look_(std::move(look)), in_cell_(!site.around("w:tc").empty()) {
    lifted_.format = look_.run;
  }

  void run(Renderer& renderer, const Program&) const override {
    const Renderer::Hold hold(renderer);
    const size_t begin = renderer.out().size();
    const auto text = take_value(renderer, lifted_);
    const auto blocks = text ? parse(renderer, *text) : std::nullopt;
    if (!blocks || blocks->empty()) {
      const std::string instead = renderer.out().substr(begin);
      renderer.out().resize(begin);
      renderer.out() += "<w:p>" + look_.paragraph + instead + "</w:p>";
      return;
    }
    renderer.out() += to_blocks(renderer, *blocks, look_);
    if (in_cell_ && !renderer.out().ends_with("</w:p>"))
      renderer.out() += "<w:p>" + look_.paragraph + "</w:p>";
  }

 private:
  MarkdownLook look_;
  bool in_cell_;  // where a paragraph must stand last
};

}  // namespace

void mark_markdown(const MarkSite& site, Marking& marking) {
  pugi::xml_node paragraph = paragraph_of_its_own(site);
  if (!paragraph || paragraph.child("w:pPr").child("w:sectPr")) {
    const auto hook = std::make_shared<LineHook>(site);
    hook->set_format(marking.lift(site, hook));
    return;
  }
  MarkdownLook look{to_xml(paragraph.child("w:pPr")), to_xml(site.around("w:r").child("w:rPr"))};
  marking.wrap(paragraph, paragraph, std::make_shared<BlockHook>(site, std::move(look)));
}

}  // namespace wenshu::docx
