#include "docx/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace wenshu::docx {
namespace {

constexpr size_t kMostBlocks = 10'000;

struct Free {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* walk) const { cmark_iter_free(walk); }
};

// Names of extensions' nodes are known at run time only.
bool is_a(cmark_node* node, std::string_view name) { return name == cmark_node_get_type_string(node); }

bool is_wide(char32_t c) { return c >= 0x2E80; }

// Walks the tree from front to back, without recursion.
class Reader {
 public:
  std::optional<std::vector<MarkdownBlock>> read(cmark_node* root) {
    const std::unique_ptr<cmark_iter, Free> walk(cmark_iter_new(root));
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
      cmark_node* node = cmark_iter_get_node(walk.get());
      event == CMARK_EVENT_ENTER ? enter(node) : leave(node);
      if (blocks_.size() > kMostBlocks) return std::nullopt;
    }
    return std::move(blocks_);
  }

 private:
  struct List {
    bool numbered = false;
    int id = 0, start = 1;
  };

  void begin(MarkdownBlock::Kind kind) {
    blocks_.emplace_back();
    MarkdownBlock& block = blocks_.back();
    block.kind = kind;
    block.depth = static_cast<int>(lists_.size()) + quotes_;
    soft_ = false;
  }

  void begin_paragraph() {
    if (!item_begins_ || lists_.empty()) return begin(MarkdownBlock::Kind::paragraph);
    item_begins_ = false;
    begin(MarkdownBlock::Kind::item);
    MarkdownBlock& block = blocks_.back();
    block.level = std::min(static_cast<int>(lists_.size()), kMostListLevels) - 1;
    block.numbered = lists_.back().numbered;
    block.list = lists_.back().id;
    block.start = lists_.back().start;
  }

  MarkdownText& text() {
    if (blocks_.empty()) begin(MarkdownBlock::Kind::paragraph);
    MarkdownBlock& block = blocks_.back();
    return block.kind == MarkdownBlock::Kind::table ? block.rows.back().back() : block.text;
  }

  void add(std::string_view words, bool code = false) {
    if (words.empty()) return;
    MarkdownText& to = text();
    if (soft_) {
      soft_ = false;
      const std::u32string before = to.empty() ? U"" : to_characters(to.back().text);
      const std::u32string after = to_characters(words);
      if (before.empty() || !is_wide(before.back()) || !is_wide(after.front())) append(to, " ", code);
    }
    append(to, words, code);
  }

  void append(MarkdownText& to, std::string_view words, bool code) {
    MarkdownRun run{std::string(words), bold_ > 0, italic_ > 0, strike_ > 0, code, link_, picture_};
    if (!to.empty() && to.back().same_look(run))
      to.back().text += run.text;
    else
      to.push_back(std::move(run));
  }

  void enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_LIST:
        lists_.push_back({cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, ++last_list_,
                          std::max(cmark_node_get_list_start(node), 1)});
        return;
      case CMARK_NODE_ITEM:
        item_begins_ = true;
        return;
      case CMARK_NODE_BLOCK_QUOTE:
        ++quotes_;
        return;
      case CMARK_NODE_PARAGRAPH:
        return begin_paragraph();
      case CMARK_NODE_HEADING:
        begin(MarkdownBlock::Kind::heading);
        blocks_.back().level = cmark_node_get_heading_level(node);
        return;
      case CMARK_NODE_THEMATIC_BREAK:
        return begin(MarkdownBlock::Kind::rule);
      case CMARK_NODE_CODE_BLOCK:
      case CMARK_NODE_HTML_BLOCK:
        begin_paragraph();
        return add_lines(node);
      default:
        return enter_inside(node);
    }
  }

  void add_lines(cmark_node* node) {
    std::string_view words = cmark_node_get_literal(node);
    while (words.ends_with('\n')) words.remove_suffix(1);
    add(words, true);
  }

  void enter_inside(cmark_node* node) {
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE)
      add(cmark_node_get_literal(node));
    else if (type == CMARK_NODE_CODE)
      add(cmark_node_get_literal(node), true);
    else if (type == CMARK_NODE_SOFTBREAK)
      soft_ = true;
    else if (type == CMARK_NODE_LINEBREAK)
      append(text(), "\n", false);
    else if (type == CMARK_NODE_STRONG)
      ++bold_;
    else if (type == CMARK_NODE_EMPH)
      ++italic_;
    else if (type == CMARK_NODE_LINK)
      link_ = cmark_node_get_url(node);
    else if (type == CMARK_NODE_IMAGE)
      enter_picture(node);
    else if (is_a(node, "strikethrough"))
      ++strike_;
    else if (is_a(node, "table"))
      begin(MarkdownBlock::Kind::table);
    else if (is_a(node, "table_row") || is_a(node, "table_header"))
      blocks_.back().rows.emplace_back();
    else if (is_a(node, "table_cell"))
      blocks_.back().rows.back().emplace_back();
  }

  void enter_picture(cmark_node* node) {
    picture_ = cmark_node_get_url(node);
    if (!cmark_node_first_child(node))
      append(text(), picture_, false);  // one without words is told of as well
  }

  void leave(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_LIST:
        lists_.pop_back();
        return;
      case CMARK_NODE_ITEM:
        if (item_begins_) begin_paragraph();  // an empty one
        item_begins_ = false;
        return;
      case CMARK_NODE_BLOCK_QUOTE:
        --quotes_;
        return;
      default:
        break;
    }
    const auto type = cmark_node_get_type(node);
    if (type == CMARK_NODE_STRONG) --bold_;
    if (type == CMARK_NODE_EMPH) --italic_;
    if (type == CMARK_NODE_LINK) link_.clear();
    if (type == CMARK_NODE_IMAGE) picture_.clear();
    if (is_a(node, "strikethrough")) --strike_;
  }

  std::vector<MarkdownBlock> blocks_;
  std::vector<List> lists_;
  int last_list_ = 0, quotes_ = 0, bold_ = 0, italic_ = 0, strike_ = 0;
  bool item_begins_ = false, soft_ = false;
  std::string link_, picture_;
};

}  // namespace

std::optional<std::vector<MarkdownBlock>> parse_markdown(std::string_view text) {
  if (text.size() > kLongestMarkdown) return std::nullopt;
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, Free> parser(
      cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE));
  for (const char* name : {"table", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, Free> root(cmark_parser_finish(parser.get()));
  return Reader().read(root.get());
}

}  // namespace wenshu::docx
