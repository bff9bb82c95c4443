#include <fmt/format.h>

#include "data/file_name.h"
#include "data/schema.h"
#include "workflow/check_steps.h"
#include "workflow/definition.h"
#include "workflow/load_parts.h"
#include "workflow/scope.h"
#include "workflow/shape.h"

namespace wenshu::workflow {
namespace {

using data::Value;

Document read_document(const Value::Entry& entry, Diagnostics& findings) {
  const Value* notice = entry.value.find("notice");
  const Value* word = entry.value.find("template");
  Document document{entry.key,
                    entry.value["title"].text(),
                    notice ? Document::Kind::notice : Document::Kind::word_template,
                    {}};
  if (!notice == !word) {
    findings.error(notice ? "unexpected-field" : "missing-field", entry.key_place,
                   fmt::format("文书 “{}” 应有 notice 或 template 其中一个", entry.key));
  } else {
    document.path = read_reference(notice ? *notice : *word);
  }
  return document;
}

// From a tree of the right shape to a Definition; adds what the shape cannot say of one node alone.
Definition read(const Value& source, Diagnostics& findings) {
  Definition definition;
  definition.name = source["workflow"].text();
  definition.title = source["title"].text();
  definition.version = static_cast<int>(*data::to_integer(source["version"]));
  definition.form = read_reference(source["form"]);
  for (const auto& entry : source["documents"].entries())
    definition.documents.push_back(read_document(entry, findings));
  definition.managers = read_seat_list(source["managers"], findings);
  for (const auto& entry : source["steps"].entries()) definition.steps.push_back(read_step(entry, findings));
  return definition;
}

}  // namespace

std::optional<Definition> load_workflow(const Value& source, Diagnostics& findings) {
  Diagnostics own;
  std::optional<Definition> definition;
  if (data::check_shape(source, workflow_shape(), own)) {
    data::check_file_name(source["workflow"], own);
    definition = read(source, own);
    if (check_steps(*definition, source, own)) definition->scopes = find_scopes(*definition);
  }
  findings.append(own);
  if (own.has_errors()) return std::nullopt;
  return definition;
}

}  // namespace wenshu::workflow
