#include "docx/sub_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.h"
#include "docx/numbers.h"
#include "docx/open.h"
#include "docx/relations.h"
#include "docx/story.h"
#include "docx/style_merge.h"

namespace wenshu::docx {
namespace {

constexpr const char* kBody = "word/document.xml";
constexpr char kStylesOwner = 0;  // its address keeps what the renderer knows of styles

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What hangs on one document alone, or on a place that the other document does not have.
bool stays_behind(const pugi::xml_node& node) {
  return is_one_of(node.name(), {"w:sectPr", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference",
                                 "w:permStart", "w:permEnd", "w:proofErr", "w:lastRenderedPageBreak"});
}

// Nobody would fill them.
void check_no_tags(const pugi::xml_node& body, const std::string& file, Diagnostics& findings) {
  for (const Story& story : collect_stories(body, ""))
    for (const StoryParagraph& paragraph : story) {
      const std::string text = read_paragraph(paragraph.node).text;
      const size_t begin = text.find("{{");
      const size_t end = begin == text.npos ? text.npos : text.find("}}", begin);
      if (end == text.npos) continue;
      findings.error("tags-in-document", {file, 0, 0, paragraph.spot},
                     fmt::format("{}还有标签 {}", paragraph.spot, text.substr(begin, end + 2 - begin)),
                     "先用 wenshu fill 填好这个文件，再把填好的放进来");
      return;
    }
}

}  // namespace

// Changes a copy of the body until it fits the other package.
class SubDocument::Merger {
 public:
  Merger(std::shared_ptr<const Parts> from, Renderer& renderer)
      : kept_(std::move(from)),
        from_(*kept_),
        renderer_(renderer),
        into_(renderer.package()),
        styles_(from_.styles, from_.numbering, renderer.state<PackageStyles>(&kStylesOwner), into_),
        relations_(read_relations(from_.archive, kBody)) {}

  std::string merge() {
    owner_ = renderer_.part().name;
    copy_.reset(from_.body);
    const pugi::xml_node root = copy_.document_element();
    pugi::xml_node body = root.child("w:body");
    bookmarks_.clear();
    names_.clear();
    styles_.begin_piece();
    styles_.take(body);
    fit(body);
    std::string xml;
    for (pugi::xml_node block : body.children()) {
      declare_prefixes(root, block);
      xml += xml::to_bytes(block);
    }
    styles_.finish();
    return xml;
  }

 private:
  // Depth first, over what changes as it goes.
  void fit(pugi::xml_node node) {
    for (pugi::xml_node child = node.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      if (stays_behind(child)) {
        node.remove_child(child);
      } else {
        fit_element(child);
        fit(child);
      }
      child = next;
    }
  }

  void fit_element(pugi::xml_node node) {
    const std::string_view name = node.name();
    for (pugi::xml_attribute attribute = node.first_attribute(); attribute;) {
      const pugi::xml_attribute next = attribute.next_attribute();
      const std::string_view key = attribute.name();
      if (key.starts_with("w14:para") || key.starts_with("w14:text") || key.starts_with("w:rsid"))
        node.remove_attribute(attribute);
      else if (key.starts_with("r:"))
        attribute.set_value(relation_now(attribute.value()).c_str());
      attribute = next;
    }
    if (name == "wp:docPr")
      node.attribute("id").set_value(renderer_.fresh_id(Family::drawing).c_str());
    else if (name == "w:id" && std::string_view(node.parent().name()) == "w:sdtPr")
      node.attribute("w:val").set_value(renderer_.fresh_id(Family::control).c_str());
    else if (name == "w:bookmarkStart" || name == "w:bookmarkEnd")
      fit_bookmark(node);
    else if (name == "w:footnoteReference")
      fit_note(node, "footnote", from_.footnotes);
    else if (name == "w:endnoteReference")
      fit_note(node, "endnote", from_.endnotes);
    else if (name == "w:hyperlink" && node.attribute("w:anchor"))
      node.attribute("w:anchor").set_value(bookmark_name(node.attribute("w:anchor").value()).c_str());
    else if (name == "w:instrText")
      fit_field(node);
  }

  void fit_bookmark(pugi::xml_node node) {
    std::string& id = bookmarks_[node.attribute("w:id").value()];
    if (id.empty()) id = renderer_.fresh_id(Family::bookmark);
    node.attribute("w:id").set_value(id.c_str());
    if (node.attribute("w:name"))
      node.attribute("w:name").set_value(bookmark_name(node.attribute("w:name").value()).c_str());
  }

  // One name a document: what refers to it goes along. Word takes 40 characters.
  std::string bookmark_name(const std::string& name) {
    std::string& now = names_[name];
    if (now.empty()) {
      const std::string suffix = "_w" + renderer_.fresh_id(Family::bookmark);
      now = to_utf8(to_characters(name).substr(0, 40 - suffix.size())) + suffix;
    }
    return now;
  }

  // REF _Toc123 \h and the like.
  void fit_field(pugi::xml_node node) {
    std::vector<std::string> words = split(node.text().get(), " ");
    for (size_t i = 0; i + 1 < words.size(); ++i) {
      if (!is_one_of(words[i], {"REF", "PAGEREF", "NOTEREF"})) continue;
      words[i + 1] = bookmark_name(words[i + 1]);
      node.text().set(join(words, " ").c_str());
      return;
    }
  }

  std::string relation_now(const std::string& id) {
    const auto found = relations_.find(id);
    if (found == relations_.end()) return id;
    const Relation& relation = found->second;
    if (relation.external)
      return into_.relate(owner_, relation.type, relation.target, PackageEdit::Target::outside);
    return into_.relate(owner_, relation.type, "/" + carry(relation.target));
  }

  // A part and all that it refers to; its name in the other package.
  std::string carry(const std::string& name) {
    const auto known = carried_.find(name);
    if (known != carried_.end()) return known->second;
    const std::string* bytes = from_.archive.find(name);
    if (!bytes) return carried_[name] = name;
    const size_t dot = name.rfind('.');
    const std::string extension = dot == std::string::npos ? "bin" : name.substr(dot + 1);
    if (name.find("/media/") != std::string::npos &&
        is_one_of(extension, {"png", "jpg", "jpeg", "gif", "bmp", "svg", "emf", "wmf"}))
      return carried_[name] = "word/" + into_.add_media(*bytes, extension);
    const std::string stem = name.substr(0, name.find_last_not_of("0123456789", dot - 1) + 1);
    const std::string now = into_.add_part(stem, extension, *bytes, type_of(name, extension));
    carried_[name] = now;
    for (const auto& [id, relation] : read_relations(from_.archive, name)) carry_relation(now, id, relation);
    return now;
  }

  // The part's own text names the ids, so they stay.
  void carry_relation(const std::string& owner, const std::string& id, const Relation& relation) {
    into_.relate_as(owner, id, relation.full_type,
                    relation.external ? relation.target : "/" + carry(relation.target),
                    relation.external ? PackageEdit::Target::outside : PackageEdit::Target::inside);
  }

  std::string type_of(const std::string& name, const std::string& extension) const {
    for (const std::string& key : {"/" + name, extension})
      if (const auto found = from_.content_types.find(key); found != from_.content_types.end())
        return found->second;
    return "application/octet-stream";
  }

  void fit_note(pugi::xml_node reference, const char* kind, const pugi::xml_document& notes) {
    for (const pugi::xml_node& each : notes.document_element().children()) {
      if (std::string_view(each.attribute("w:id").value()) != reference.attribute("w:id").value()) continue;
      pugi::xml_document note;
      pugi::xml_node copy = note.append_copy(each);
      styles_.take(copy);
      drop_relations(copy);
      const std::string part = fmt::format("word/{}s.xml", kind);
      need_notes(into_, kind);
      const long long id = into_.next_number(part, "w:id", 0);
      copy.attribute("w:id").set_value(id);
      declare_prefixes(notes.document_element(), copy);
      into_.append(part, xml::to_bytes(copy));
      reference.attribute("w:id").set_value(id);
      return;
    }
  }

  // Links and pictures inside of notes: their text stays.
  static void drop_relations(pugi::xml_node node) {
    for (pugi::xml_node child = node.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      if (is_one_of(child.name(), {"w:drawing", "w:pict", "w:object", "mc:AlternateContent"}))
        node.remove_child(child);
      else
        drop_relations(child), child.remove_attribute("r:id"), child.remove_attribute("w14:paraId"),
            child.remove_attribute("w14:textId");
      child = next;
    }
  }

  // The other part's root may know other prefixes.
  static void declare_prefixes(const pugi::xml_node& root, pugi::xml_node block) {
    if (block.type() != pugi::node_element) return;
    for (const pugi::xml_attribute& each : root.attributes()) {
      const std::string_view name = each.name();
      if ((name.starts_with("xmlns:") || name == "mc:Ignorable") && name != "xmlns:w" &&
          !block.attribute(each.name()))
        block.append_attribute(each.name()).set_value(each.value());
    }
  }

  std::shared_ptr<const Parts> kept_;
  const Parts& from_;
  Renderer& renderer_;
  PackageEdit& into_;
  std::string owner_;
  pugi::xml_document copy_;
  StyleMerge styles_;
  std::map<std::string, Relation> relations_;
  std::map<std::string, std::string> carried_, bookmarks_, names_;
};

// A file that comes in again and again brings its styles, numbers and pictures once.
std::string SubDocument::merge_into(Renderer& renderer) const {
  auto& merger = renderer.state<std::unique_ptr<Merger>>(parts_.get());
  if (!merger) merger = std::make_unique<Merger>(parts_, renderer);
  return merger->merge();
}

std::optional<SubDocument> load_sub_document(std::string_view bytes, std::string_view display_name,
                                             Diagnostics& findings) {
  Diagnostics here;
  const std::string file(display_name);
  auto archive = open_word(bytes, file, here);
  auto parts = std::make_shared<SubDocument::Parts>();
  if (archive && !archive->has(kBody))
    here.error("not-a-docx", {file, 0, 0, ""}, "这不是 Word 文件（里面没有 word/document.xml）",
               "用 Word 或 WPS 另存为 .docx");
  if (!archive || here.has_errors()) {
    findings.append(here);
    return std::nullopt;
  }
  const auto parse = [&](const char* name, pugi::xml_document& into) {
    const std::string* part = archive->find(name);
    auto tree = part ? xml::parse_part(*part, file, name, here) : std::nullopt;
    if (tree) into = std::move(*tree);
  };
  pugi::xml_document types;
  parse(kBody, parts->body);
  parse("word/styles.xml", parts->styles);
  parse("word/numbering.xml", parts->numbering);
  parse("word/footnotes.xml", parts->footnotes);
  parse("word/endnotes.xml", parts->endnotes);
  parse("[Content_Types].xml", types);
  for (const pugi::xml_node& each : types.document_element().children()) {
    const bool one = std::string_view(each.name()) == "Override";
    parts->content_types[each.attribute(one ? "PartName" : "Extension").value()] =
        each.attribute("ContentType").value();
  }
  parts->archive = std::move(*archive);
  check_no_tags(parts->body, file, here);
  findings.append(here);
  if (here.has_errors()) return std::nullopt;
  SubDocument document;
  document.parts_ = std::move(parts);
  return document;
}

}  // namespace wenshu::docx
