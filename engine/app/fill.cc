#include "app/fill.h"

#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "data/load.h"
#include "docx/fill.h"
#include "template/text.h"

namespace wenshu::app {
namespace {

constexpr size_t kTextTemplateLimit = 5u << 20;  // a text of 5 MiB is no letter

// The first key of a file that people write names its kind; of `data:` files templates see the values alone.
bool is_data_file(const data::Value& value) {
  return value.is_map() && value.size() > 0 && value.entries().front().key == "data" &&
         value.find("values") != nullptr;
}

std::string load_text(const std::filesystem::path& path, Diagnostics& findings) {
  auto text = decode_text(read_file(path, kTextTemplateLimit));
  if (!text)
    findings.error("not-text", {data::display_name(path)}, "不是文本文件",
                   "模板须是 .docx，或 UTF-8、GB18030 文本");
  return text.value_or("");
}

template <class Action>
auto without_findings(Action action) {
  Diagnostics findings;
  auto result = action(findings);
  if (findings.has_errors()) throw FaultyInput(findings);
  return result;
}

bool is_docx(const std::filesystem::path& path) { return path.extension() == ".docx"; }

}  // namespace

data::Value load_template_data(const std::filesystem::path& path) {
  return without_findings([&](Diagnostics& findings) {
    auto value = data::load_file(path, findings).value_or(data::Value());
    if (is_data_file(value)) return value["values"];
    if (!value.is_list()) return value;
    auto map = data::Value::map();
    map.set("rows", std::move(value));
    return map;
  });
}

void fill_file(const std::filesystem::path& source, const std::filesystem::path& data,
               const std::filesystem::path& out) {
  // The template is checked before the data is looked at, so that one run shows the faults of both.
  Diagnostics findings;
  std::optional<docx::Template> word;
  std::string text;
  if (is_docx(source)) {
    word = docx::load_template(read_file(source), data::display_name(source), findings);
  } else {
    text = load_text(source, findings);
    if (!findings.has_errors()) templates::check_text(text, {data::display_name(source), 1, 1}, findings);
  }
  data::Value tree;
  try {
    tree = load_template_data(data);
  } catch (const FaultyInput& faulty) {
    findings.append(faulty.findings());
  }
  if (findings.has_errors()) throw FaultyInput(findings);
  const auto filled = word ? word->fill(tree, findings)
                           : templates::fill_text(text, tree, {data::display_name(source), 1, 1}, findings);
  if (!filled || findings.has_errors()) throw FaultyInput(findings);
  write_file(out, *filled);
}

data::Value list_tags(const std::filesystem::path& source) {
  return without_findings([&](Diagnostics& findings) {
    std::vector<templates::TagPlace> tags;
    if (is_docx(source)) {
      if (const auto word = docx::load_template(read_file(source), data::display_name(source), findings))
        tags = word->tags();
    } else {
      tags = templates::list_tags(load_text(source, findings), {data::display_name(source), 1, 1});
    }
    auto list = data::Value::list();
    for (const auto& tag : tags) {
      auto item = data::Value::map();
      item.set("tag", tag.tag);
      item.set("place", to_text(tag.place));
      list.add(std::move(item));
    }
    return list;
  });
}

}  // namespace wenshu::app
