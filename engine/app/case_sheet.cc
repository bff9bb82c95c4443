#include "app/case_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/case.h"
#include "app/case_reading.h"
#include "app/case_record.h"
#include "app/notice_files.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "docx/write.h"
#include "store/event.h"
#include "workflow/acts.h"

namespace wenshu::app {

using data::Value;
using document::Align;
using document::Block;
using document::Cell;
using document::Paragraph;
using document::Row;
using document::Run;
using document::Table;

namespace {

constexpr double kWidthMm = 156;           // of the text area
constexpr double kTurnedWidthMm = 225;     // of a turned sheet
constexpr size_t kMostColumns = 7;         // wider tables go onto a turned sheet: below 20 mm no word fits
constexpr double kLabelMm = 32;            // first column of the sheet
constexpr double kSize = 12, kPitch = 18;  // 小四, in tables
constexpr double kSmallSize = 10.5, kSmallPitch = 15;  // 五号, for the history
constexpr double kPaddingMm = 0.8;
constexpr double kSignatureMm = 9;  // height of a picture of a signature

Run run(const std::string& text, document::Face face, double size) {
  Run run;
  run.text = text;
  run.face = face;
  run.size_pt = size;
  run.tracking_pt = 0;
  return run;
}

// 年度培训计划审批 is followed by 单 alone.
std::string title_of(const std::string& workflow) {
  return workflow + (workflow.ends_with("审批") ? "单" : "审批单");
}

Paragraph paragraph(const std::string& text, document::Face face, double size, double pitch, Align align) {
  Paragraph paragraph;
  paragraph.style = "审批单";
  paragraph.runs.push_back(run(text, face, size));
  paragraph.align = align;
  paragraph.line_pitch_pt = pitch;
  return paragraph;
}

Paragraph words(const std::string& text, Align align = Align::left) {
  return paragraph(text, document::Face::fangsong, kSize, kPitch, align);
}
Paragraph label(const std::string& text) {
  return paragraph(text, document::Face::heiti, kSize, kPitch, Align::centre);
}

Cell cell(Paragraph text, int columns = 1) {
  Cell cell;
  cell.paragraphs.push_back(std::move(text));
  cell.columns = columns;
  return cell;
}

Table table(std::vector<double> columns) {
  Table table;
  table.column_mm = std::move(columns);
  table.cell_padding_mm = kPaddingMm;
  table.cell_margin_mm = 1.5;
  return table;
}

// One line or several paragraphs, without the characters that make no sense on paper.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string& line : split(text, "\n"))
    if (!trim(line).empty()) lines.push_back(std::string(trim(line)));
  return lines;
}

class Sheet {
 public:
  Sheet(const CaseRecord& record, const std::vector<HistoryLine>& history, const directory::Directory& office,
        const std::map<std::string, std::shared_ptr<const picture::Pixels>>& pictures)
      : record_(record), history_(history), office_(office), pictures_(pictures) {}

  document::Document make() {
    document::Document sheet;
    sheet.title = title_of(record_.published->definition.title);
    sheet.subject = record_.title;
    sheet.author = office_.title;
    if (const auto at = parse_time(history_.back().at)) sheet.date = china_date(*at);
    document::Section section;
    add_head(section);
    add_fields(section);
    add_boxes(section);
    add_history(section);
    sheet.sections.push_back(std::move(section));
    if (!wide_.empty()) sheet.sections.push_back(turned());
    return sheet;
  }

 private:
  static void add(document::Section& section, Paragraph paragraph) {
    Block block;
    block.paragraph = std::move(paragraph);
    section.blocks.push_back(std::move(block));
  }
  static void add(document::Section& section, Table table) {
    if (table.rows.empty()) return;
    Block block;
    block.kind = Block::Kind::table;
    block.table = std::move(table);
    section.blocks.push_back(std::move(block));
  }

  static void add_heading(document::Section& section, const std::string& text) {
    Paragraph heading = paragraph(text, document::Face::heiti, 14, 28, Align::left);
    heading.keep_with_next = true;
    heading.space_before_pt = 6;
    heading.outline_level = 1;
    add(section, std::move(heading));
  }

  void add_head(document::Section& section) const {
    Paragraph title = paragraph(title_of(record_.published->definition.title), document::Face::xiaobiaosong,
                                22, 36, Align::centre);
    title.space_after_pt = 8;
    add(section, std::move(title));
    Table head = table({kLabelMm, 46, kLabelMm, 46});
    auto row = [&](const std::string& a, const std::string& b, const std::string& c, const std::string& d) {
      Row one;
      one.cells = {cell(label(a)), cell(words(b)), cell(label(c)), cell(words(d))};
      head.rows.push_back(std::move(one));
    };
    const auto* department = office_.department_of(record_.initiator);
    const auto started = parse_time(record_.started_at);
    row("办件编号", record_.id, "办理情况", std::string(workflow::to_chinese(record_.marking.status)));
    row("经办人", office_.name_of(record_.initiator), "经办部门", department ? department->title : "");
    row("发起日期", started ? to_chinese_date(china_date(*started)) : "", "流程版本",
        fmt::format("第 {} 版", record_.version));
    add(section, std::move(head));
  }

  static std::string to_chinese_date(Date date) {
    return fmt::format("{}年{}月{}日", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }

  std::string text_of(const form::Field& field, const Value& value) const {
    if (value.is_null()) return "";
    if (field.type == form::FieldType::person) return office_.name_of(value.text());
    if (field.type == form::FieldType::boolean) return value.text() == "true" ? "是" : "否";
    if (field.type == form::FieldType::money) return value.text() + " 元";
    if (field.type == form::FieldType::department) {
      const auto* department = office_.department(value.text());
      return department ? department->title : value.text();
    }
    if (field.type == form::FieldType::file && value.is_map())
      return fmt::format("{}（{} 字节，{}…）", value["name"].text(), value["size"].text(),
                         value["hash"].text().substr(0, 12));
    if (value.is_list()) {
      std::vector<std::string> parts;
      for (const Value& item : value.items()) parts.push_back(item.is_scalar() ? item.text() : "");
      return join(parts, "、");
    }
    return value.is_scalar() ? value.text() : "";
  }

  // A row for each field that is filled in; a table of rows of its own after them.
  void add_fields(document::Section& section) {
    add_heading(section, "申请内容");
    Table fields = table({kLabelMm, kWidthMm - kLabelMm});
    std::vector<std::pair<const form::Field*, const Value*>> tables;
    collect(record_.published->form.fields, record_.data, fields, tables);
    add(section, std::move(fields));
    for (const auto& [field, value] : tables) add_table(section, *field, *value);
  }

  // Tables of many columns behind the sheet, on pages that are turned.
  document::Section turned() const {
    document::Section section;
    section.page.landscape = true;
    section.page.width_mm = 297;
    section.page.height_mm = 210;
    section.page.top_mm = 28;
    section.page.bottom_mm = 26;
    section.page.left_mm = 35;
    section.page.right_mm = 37;
    for (const auto& [field, rows] : wide_) {
      add_heading(section, field.title);
      add(section, rows_table(columns_of(field, *rows), *rows, kTurnedWidthMm));
    }
    return section;
  }

  // Those with something in them.
  static std::vector<const form::Field*> columns_of(const form::Field& field, const Value& rows) {
    std::vector<const form::Field*> columns;
    for (const form::Field& column : field.fields) {
      const bool plain = column.type != form::FieldType::table && column.type != form::FieldType::group;
      if (plain && std::any_of(rows.items().begin(), rows.items().end(),
                               [&](const Value& row) { return !row[column.key].is_null(); }))
        columns.push_back(&column);
    }
    return columns;
  }

  // What a column needs that no number or code in it is torn, and what it would like.
  struct Wish {
    double least_mm = 13, mm = 13;
    void add(const std::string& text) {
      constexpr double kChineseMm = 3.7, kOtherMm = 2.1, kMarginsMm = 4, kMostMm = 48;
      double all = kMarginsMm, together = kMarginsMm;
      for (char32_t c : to_characters(text)) {
        const bool chinese = c >= 0x2E80;
        all += chinese ? kChineseMm : kOtherMm;
        together = chinese || c == U' ' ? kMarginsMm : together + kOtherMm;
        least_mm = std::clamp(together, least_mm, kMostMm);
      }
      mm = std::max({mm, least_mm, std::min(all, kMostMm)});
    }
  };

  // Each column what it needs, and of the rest in proportion to what it would like.
  Table rows_table(const std::vector<const form::Field*>& columns, const Value& rows, double width_mm) const {
    constexpr double kNumberMm = 12;
    constexpr size_t kLongestHead = 4;  // characters; longer ones may stand in two lines
    std::vector<Wish> wishes;
    double least = 0, liked = 0;
    for (const auto* column : columns) {
      Wish wish;
      if (to_characters(column->title).size() <= kLongestHead) wish.add(column->title);
      for (const Value& row : rows.items()) wish.add(text_of(*column, row[column->key]));
      least += wish.least_mm;
      liked += wish.mm;
      wishes.push_back(wish);
    }
    const double room = width_mm - kNumberMm, more = room - least, wanted = liked - least;
    std::vector<double> widths = {kNumberMm};
    for (const Wish& wish : wishes) {
      if (more <= 0)
        widths.push_back(room * wish.least_mm / least);
      else if (wanted <= 0)
        widths.push_back(wish.least_mm + more / static_cast<double>(columns.size()));
      else
        widths.push_back(wish.least_mm + more * (wish.mm - wish.least_mm) / wanted);
    }
    Table sheet = table(std::move(widths));
    Row head;
    head.repeats = true;
    head.cells.push_back(cell(small("序号", Align::centre, document::Face::heiti)));
    for (const auto* column : columns)
      head.cells.push_back(cell(small(column->title, Align::centre, document::Face::heiti)));
    sheet.rows.push_back(std::move(head));
    size_t number = 0;
    for (const Value& row : rows.items()) {
      Row line;
      line.cells.push_back(cell(small(std::to_string(++number), Align::centre)));
      for (const auto* column : columns)
        line.cells.push_back(cell(small(text_of(*column, row[column->key]))));
      sheet.rows.push_back(std::move(line));
    }
    return sheet;
  }

  void collect(const std::vector<form::Field>& fields, const Value& record, Table& into,
               std::vector<std::pair<const form::Field*, const Value*>>& tables) const {
    for (const form::Field& field : fields) {
      const Value* value = record.find(field.key);
      if (!value || value->is_null()) continue;
      if (field.type == form::FieldType::group) {
        collect(field.fields, *value, into, tables);
      } else if (field.type == form::FieldType::table) {
        if (value->size() > 0) tables.emplace_back(&field, value);
      } else {
        Row row;
        row.cells.push_back(cell(label(field.title)));
        Cell text;
        for (const std::string& line : lines_of(text_of(field, *value)))
          text.paragraphs.push_back(words(line));
        if (text.paragraphs.empty()) text.paragraphs.push_back(words(""));
        row.cells.push_back(std::move(text));
        into.rows.push_back(std::move(row));
      }
    }
  }

  void add_table(document::Section& section, const form::Field& field, const Value& rows) {
    const std::vector<const form::Field*> columns = columns_of(field, rows);
    const bool wide = columns.size() > kMostColumns;
    Paragraph caption = paragraph(field.title, document::Face::kaiti, kSize, 24, Align::left);
    if (wide) {
      wide_.emplace_back(field, &rows);
      wide_.back().first.title = fmt::format("附表{}  {}", wide_.size(), field.title);
      caption.runs.front().text += fmt::format("（共 {} 行，见附表{}）", rows.size(), wide_.size());
    }
    caption.keep_with_next = !wide;
    add(section, std::move(caption));
    if (!wide && !columns.empty()) add(section, rows_table(columns, rows, kWidthMm));
    // Tables inside rows, each after the row that holds it.
    size_t number = 0;
    for (const Value& row : rows.items()) {
      ++number;
      for (const form::Field& inner : field.fields) {
        const Value* below = row.find(inner.key);
        if (inner.type != form::FieldType::table || !below || below->size() == 0) continue;
        form::Field named = inner;
        named.title = fmt::format("{} 第 {} 行 / {}", field.title, number, inner.title);
        add_table(section, named, *below);
      }
    }
  }

  static Paragraph small(const std::string& text, Align align = Align::left,
                         document::Face face = document::Face::fangsong) {
    return paragraph(text, face, kSmallSize, kSmallPitch, align);
  }

  static bool is_consent(const HistoryLine& line) {
    return line.action != "start" && !line.action.starts_with('@') && line.action != "clock" &&
           !workflow::find_act(line.action);
  }

  // 意见分栏: the boxes that the workflow names, in the order of its steps; without any, one for each step of people.
  void add_boxes(document::Section& section) const {
    const auto& steps = record_.published->definition.steps;
    const bool named =
        std::any_of(steps.begin(), steps.end(), [](const auto& step) { return !step.box.empty(); });
    std::vector<std::string> boxes;
    std::vector<std::vector<const HistoryLine*>> lines;
    for (const auto& step : steps) {
      const bool first = &step == &steps.front();
      if (step.kind != workflow::StepKind::human || (named ? step.box.empty() : first)) continue;
      const std::string name = named ? step.box : step.title;
      const auto found = std::find(boxes.begin(), boxes.end(), name);
      const size_t at = static_cast<size_t>(found - boxes.begin());
      if (found == boxes.end()) {
        boxes.push_back(name);
        lines.emplace_back();
      }
      for (const HistoryLine& line : history_)
        if (line.step == step.id && is_consent(line)) lines[at].push_back(&line);
    }
    add_heading(section, "审批意见");
    Table sheet = table({kLabelMm, kWidthMm - kLabelMm});
    for (size_t i = 0; i < boxes.size(); ++i) {
      std::stable_sort(lines[i].begin(), lines[i].end(),
                       [](const auto* a, const auto* b) { return a->seq < b->seq; });
      Row row;
      row.cells.push_back(cell(label(boxes[i])));
      Cell text;
      for (const HistoryLine* line : lines[i]) add_opinion(*line, text);
      if (text.paragraphs.empty()) text.paragraphs.push_back(words(""));
      row.cells.push_back(std::move(text));
      sheet.rows.push_back(std::move(row));
    }
    add(section, std::move(sheet));
  }

  void add_opinion(const HistoryLine& line, Cell& text) const {
    const std::string round = line.round > 1 ? fmt::format("（第 {} 轮）", line.round) : "";
    const std::vector<std::string> opinion = lines_of(line.opinion);
    text.paragraphs.push_back(
        words(line.action_title + round + (opinion.empty() ? "" : "：" + opinion.front())));
    for (size_t i = 1; i < opinion.size(); ++i) text.paragraphs.push_back(words(opinion[i]));
    const auto at = parse_time(line.at);
    std::string name = line.automatic ? "（自动）" : line.person_name;
    for (const std::string& fact : line.facts)
      if (const auto stands = fact.find("，代 "); !line.automatic && stands != std::string::npos)
        name += "（代 " +
                fact.substr(stands + std::string("，代 ").size(),
                            fact.find("）", stands) - stands - std::string("，代 ").size()) +
                "）";
    Paragraph signature = words(name + "  " + (at ? to_chinese_date(china_date(*at)) : ""), Align::right);
    if (const auto picture = pictures_.find(line.automatic ? "" : line.person); picture != pictures_.end()) {
      signature.space_before_pt = kSignatureMm * 2;  // room above the line for half of the picture
      document::Floating floating;
      floating.pixels = picture->second;
      floating.height_mm = kSignatureMm;
      floating.width_mm =
          kSignatureMm * static_cast<double>(picture->second->width) /
          static_cast<double>(std::max<size_t>(1, static_cast<size_t>(picture->second->height)));
      floating.centre_x_mm = kWidthMm - kLabelMm - 60;
      floating.centre_y_mm = kPitch * 0.353 / 2;
      floating.description = name + "签名";
      signature.floating.push_back(std::move(floating));
    }
    text.paragraphs.push_back(std::move(signature));
  }

  void add_history(document::Section& section) const {
    add_heading(section, "办理经过");
    Table sheet = table({10, 30, 26, 20, kWidthMm - 86});
    Row head;
    head.repeats = true;
    for (const char* title : {"序号", "时间", "环节", "办理人", "办理及意见"})
      head.cells.push_back(cell(small(title, Align::centre, document::Face::heiti)));
    sheet.rows.push_back(std::move(head));
    size_t number = 0;
    for (const HistoryLine& line : history_) {
      Row row;
      const auto at = parse_time(line.at);
      row.cells.push_back(cell(small(std::to_string(++number), Align::centre)));
      row.cells.push_back(cell(small(at ? to_china_text(*at) : line.at, Align::centre)));
      row.cells.push_back(cell(small(line.step_title)));
      row.cells.push_back(cell(small(line.person_name)));
      Cell what;
      what.paragraphs.push_back(small(line.action_title));
      for (const std::string& opinion : lines_of(line.opinion)) what.paragraphs.push_back(small(opinion));
      for (const std::string& fact : line.facts)
        for (const std::string& part : lines_of(fact)) what.paragraphs.push_back(small("· " + part));
      for (const std::string& change : line.changes)
        for (const std::string& part : lines_of("改 " + change))
          what.paragraphs.push_back(small("· " + part));
      for (const std::string& effect : line.effects) what.paragraphs.push_back(small("· " + effect));
      row.cells.push_back(std::move(what));
      sheet.rows.push_back(std::move(row));
    }
    add(section, std::move(sheet));
  }

  const CaseRecord& record_;
  const std::vector<HistoryLine>& history_;
  const directory::Directory& office_;
  const std::map<std::string, std::shared_ptr<const picture::Pixels>>& pictures_;
  std::vector<std::pair<form::Field, const Value*>> wide_;  // tables for turned sheets, with their captions
};

// What the chain says of the sheet: who has a copy of it can hold it against the store later.
Paragraph chain_line(store::Tx& tx, const HistoryLine& last) {
  const auto event = store::find_event(tx, last.seq);
  return paragraph(fmt::format("本单依据第 {} 号事件，哈希 {}", last.seq, event ? event->hash : ""),
                   document::Face::fangsong, 9, 14, Align::left);
}

}  // namespace

void write_case_sheet(const Context& context, const std::string& id, const std::filesystem::path& out) {
  const std::string extension = out.extension().string();
  if (extension != ".docx" && extension != ".pdf") {
    Diagnostics findings;
    findings.error("unknown-format", {out.string()}, "审批单只能输出为 .docx 或 .pdf",
                   "把输出文件名的后缀改为其中一种");
    throw FaultyInput(std::move(findings));
  }
  document::Document sheet;
  {
    store::Store store = open_store(context);
    store::Tx tx(store.db(), store::Access::read);
    CaseRecord record = load_case(tx, id);
    const directory::Directory office = load_office(tx);
    std::vector<HistoryLine> history = history_of(tx, id, office);
    leave_out_hidden(context, office, record, history);
    sheet = Sheet(record, history, office, load_signature_pictures(tx, office)).make();
    Block block;
    block.paragraph = chain_line(tx, history.back());
    sheet.sections.front().blocks.push_back(std::move(block));
  }
  if (extension == ".docx") return write_file(out, docx::write_document(sheet));
  const font::Faces faces = load_house_faces(context.home);
  Diagnostics hints;
  write_file(out, write_pdf(sheet, lay_out(sheet, faces, "审批单 " + id, hints), faces));
}

}  // namespace wenshu::app
