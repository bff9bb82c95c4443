#include "notice/normalise_source.h"

#include <fmt/format.h>

#include <algorithm>

namespace wenshu::notice {
namespace {

class Collector {
 public:
  void add(std::string title, data::Value* value, bool is_body = false, Form form = Form::prose) {
    if (value != nullptr && value->kind() == data::Value::Kind::text)
      fields_.push_back({std::move(title), value, is_body, form});
  }
  void add_all(const std::string& title, data::Value* list) {
    if (list == nullptr) return;
    for (size_t i = 0; i < list->items().size(); ++i)
      add(fmt::format("{}{}", title, i + 1), &list->items()[i]);
  }
  void add_document(const std::string& owner, data::Value& map) {
    add(owner + "标题", map.find("title"));
    add(owner + "正文", map.find("body"), true);
    add_all(owner + "附件说明", map.find("attachments"));
  }
  // Rows are counted without the heads, which are 表头.
  void add_table(const std::string& owner, data::Value& table) {
    const auto add_head = [&](data::Value& head) {
      add(owner + "表格表头", head.find("title"), false, Form::cell);
    };
    if (data::Value* columns = table.find("columns"))
      for (data::Value& head : columns->items()) {
        add_head(head);
        if (data::Value* below = head.find("columns"))
          for (data::Value& each : below->items()) add_head(each);
      }
    if (data::Value* merged = table.find("merge"))
      for (data::Value& title : merged->items()) add(owner + "合并的表头", &title, false, Form::cell);
    data::Value* rows = table.find("rows");
    if (rows == nullptr) return;
    for (size_t row = 0; row < rows->items().size(); ++row)
      for (size_t column = 0; column < rows->items()[row].items().size(); ++column)
        add(fmt::format("{}表格第{}行第{}列", owner, row + 1, column + 1),
            &rows->items()[row].items()[column], false, Form::cell);
  }
  std::vector<TextField> take() { return std::move(fields_); }

 private:
  std::vector<TextField> fields_;
};

}  // namespace

std::vector<TextField> text_fields(data::Value& source) {
  Collector all;
  all.add("主送机关", source.find("to"));
  all.add_document("", source);
  all.add("附注", source.find("note"));
  all.add("抄送机关", source.find("copy_to"));
  if (data::Value* issued = source.find("issued")) all.add_document("所印发文件的", *issued);
  if (data::Value* annexes = source.find("annexes"))
    for (size_t i = 0; i < annexes->items().size(); ++i) {
      data::Value& annex = annexes->items()[i];
      all.add_document(fmt::format("附件{}的", i + 1), annex);
      if (data::Value* table = annex.find("table")) all.add_table(fmt::format("附件{}", i + 1), *table);
    }
  return all.take();
}

std::vector<FieldChange> normalise_source(data::Value& source) {
  const auto fields = text_fields(source);
  std::string all;
  for (const TextField& field : fields)
    if (field.form == Form::prose) all += field.value->text() + '\n';
  const Neighbours document(std::move(all));
  std::vector<FieldChange> changes;
  for (const TextField& field : fields) {
    const CleanText clean = normalise(field.value->text(), document, field.form);
    const bool breaks = std::any_of(clean.changes.begin(), clean.changes.end(), [](const Change& change) {
      return change.after.find('\n') != std::string::npos;
    });
    if (clean.changes.empty() || (breaks && !field.is_body)) continue;
    data::Value text(clean.text());
    text.set_place(field.value->place());
    *field.value = std::move(text);
    for (const Change& change : clean.changes) changes.push_back({field.title, change, field.form});
  }
  return changes;
}

std::string to_text(const FieldChange& changed) {
  return changed.field + " " +
         (changed.form == Form::cell ? to_text_of_cell(changed.change) : to_text(changed.change));
}

}  // namespace wenshu::notice
