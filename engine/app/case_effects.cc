#include "app/case_effects.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/case_data.h"
#include "app/notice_files.h"
#include "base/error.h"
#include "data/load.h"
#include "docx/fill.h"
#include "docx/write.h"
#include "notice/compose.h"
#include "notice/fill.h"
#include "notice/notice.h"
#include "notice/source_places.h"
#include "register/register.h"
#include "template/text.h"
#include "workflow/acts.h"
#include "workflow/rows.h"
#include "workflow/words.h"

namespace wenshu::app {

using data::Value;

namespace {

// One line of the history as templates see it.
Value opinion_of(const HistoryLine& line, const directory::Directory& office) {
  Value opinion = Value::map();
  opinion.set("step", line.step_title);
  opinion.set("person", line.person_name);
  opinion.set("action", line.action_title);
  opinion.set("opinion", line.opinion);
  const auto at = parse_time(line.at);
  opinion.set("date", at ? wenshu::to_text(china_date(*at)) : "");
  opinion.set("round", std::to_string(line.round));
  const auto* person = office.person(line.person);
  opinion.set("signature", person && !line.automatic ? person->signature : "");
  return opinion;
}

// What templates may say of the case itself, as {{case.initiator}} or {{#case.opinions}}.
Value facts_of(const CaseRecord& record, const EffectSurroundings& around) {
  Value facts = Value::map();
  facts.set("id", record.id);
  facts.set("title", record.title);
  facts.set("initiator", around.office.name_of(record.initiator));
  const auto* department = around.office.department_of(record.initiator);
  facts.set("department", department ? department->title : "");
  facts.set("person", around.office.name_of(around.person));
  facts.set("date", wenshu::to_text(around.date));
  Value& opinions = facts.set("opinions", Value::list());
  for (const HistoryLine& line : history_of(around.act.tx(), record.id, around.office)) {
    opinions.add(opinion_of(line, around.office));
  }
  // 意见分栏: by box, all rounds in their order.
  Value& boxes = facts.set("boxes", Value::map());
  for (const auto& step : record.published->definition.steps)
    if (!step.box.empty() && !boxes.find(step.box)) boxes.set(step.box, Value::list());
  for (const HistoryLine& line : history_of(around.act.tx(), record.id, around.office)) {
    Value* box = line.box.empty() ? nullptr : boxes.find(line.box);
    const bool consents =
        !workflow::find_act(line.action) && line.action != "start" && !line.action.starts_with('@');
    if (!box || !consents) continue;
    box->add(opinion_of(line, around.office));
  }
  return facts;
}

// Whether a row that stands in the register says what one without the facts of an act would say again. Columns that
// people fill in there are theirs.
bool is_same_row(const registers::Register& target, const Value& held, const Value& plain) {
  return std::all_of(target.columns.begin(), target.columns.end(), [&](const registers::Column& column) {
    const Value& wanted = plain[column.key];
    const bool of_the_act = wanted.is_null() && (column.key == "date" || column.key == "person");
    return column.by_hand || of_the_act || held[column.key].text() == wanted.text();
  });
}

class EffectRunner {
 public:
  EffectRunner(CaseRecord& record, const EffectSurroundings& around)
      : record_(record), around_(around), registers_(load_registers(around.act.tx())) {}

  void operator()(const workflow::NumberEffect& effect);
  void operator()(const workflow::RenderEffect& effect);
  void operator()(const workflow::AppendEffect& effect);
  std::vector<std::string> done() { return std::move(done_); }

 private:
  const registers::Series& series(const std::string& name) const;
  std::optional<std::string> number_held(const std::string& series);
  std::vector<Value> rows_held(const std::string& register_name);
  registers::Parameters parameters_of(const registers::Series& series, const std::string& into) const;
  void make_notice(const workflow::Document& document, const std::string& bytes, const Value& data);
  notice::ReadPicture pictures_of(const std::string& path) const;
  std::string fill_template(const std::string& bytes, const std::string& name, const Value& data);
  std::string fill_text(const std::string& bytes, const std::string& name, const Value& data);

  CaseRecord& record_;
  const EffectSurroundings& around_;
  std::map<std::string, registers::Register> registers_;
  std::vector<std::string> done_;
};

const registers::Series& EffectRunner::series(const std::string& name) const {
  for (const auto& [register_name, ledger] : registers_)
    if (const auto* found = ledger.find_series(name)) return *found;
  throw Failure(fmt::format("无法编号（库中没有编号序列 {}）", name));
}

std::optional<std::string> EffectRunner::number_held(const std::string& name) {
  store::Stmt rows =
      around_.act.tx().query("SELECT number FROM numbers WHERE series = ? AND subject = ?", name, record_.id);
  if (!rows.next()) return {};
  return rows.row().text(0);
}

// What this case has written into the register before.
std::vector<Value> EffectRunner::rows_held(const std::string& name) {
  std::vector<Value> held;
  store::Stmt rows = around_.act.tx().query(
      "SELECT cells FROM register_rows WHERE register = ? AND subject = ? ORDER BY position", name,
      record_.id);
  while (rows.next()) {
    Diagnostics findings;
    if (auto cells = data::parse_json(rows.row().text(0), name, findings)) held.push_back(std::move(*cells));
  }
  return held;
}

// `year` is that of the act; others are fields beside the number, or at the top of the data.
registers::Parameters EffectRunner::parameters_of(const registers::Series& series,
                                                  const std::string& into) const {
  registers::Parameters parameters;
  const auto dot = into.rfind('.');
  for (const std::string& name : registers::parameter_names(series)) {
    if (name == "year") {
      parameters[name] = std::to_string(static_cast<int>(around_.date.year()));
      continue;
    }
    const Value* value =
        dot == std::string::npos ? nullptr : record_.data.find_path(into.substr(0, dot + 1) + name);
    if (!value) value = record_.data.find_path(name);
    if (value && value->is_scalar()) parameters[name] = value->text();
  }
  return parameters;
}

void EffectRunner::operator()(const workflow::NumberEffect& effect) {
  const registers::Series& from = series(effect.series.name);
  if (const auto held = number_held(from.name)) {
    record_.data.set_path(effect.into.name, *held);
    calculate_again(record_);
    done_.push_back("沿用编号 " + *held);
    return;
  }
  const registers::Parameters parameters = parameters_of(from, effect.into.name);
  Diagnostics findings;
  // A number that lacks a parameter is found before the scope is asked for: scope_key requires them all.
  if (!registers::format_number(from, parameters, 1, effect.into.place, findings))
    throw FaultyInput(std::move(findings));
  const store::Number taken =
      around_.act.take_number(from.name, registers::scope_key(from, parameters), [&](int64_t serial) {
        auto number = registers::format_number(from, parameters, serial, effect.into.place, findings);
        if (!number) throw FaultyInput(findings);
        return *number;
      });
  record_.data.set_path(effect.into.name, taken.number);
  if (effect.date) record_.data.set_path(effect.date->name, wenshu::to_text(around_.date));
  calculate_again(record_);
  done_.push_back("编号 " + taken.number);
}

// Published together with the notice that names them.
notice::ReadPicture EffectRunner::pictures_of(const std::string& path) const {
  return [this, folder = std::filesystem::path(path).parent_path()](
             const std::string& file) -> std::optional<std::string> {
    const std::string picture = (folder / file).generic_string();
    if (!record_.published->documents.contains(picture)) return std::nullopt;
    return load_document(around_.act.tx(), *record_.published, picture);
  };
}

// For keeping and changing as DOCX, for sending out as PDF.
void EffectRunner::make_notice(const workflow::Document& document, const std::string& bytes,
                               const Value& data) {
  Diagnostics findings;
  const std::string& path = document.path.name;
  const auto source = data::parse_yaml(bytes, path, findings);
  const auto filled = source ? notice::fill_notice(*source, data, findings) : std::nullopt;
  auto notice = filled ? notice::load_notice(*filled, findings) : std::nullopt;
  if (notice) notice::load_pictures(*notice, pictures_of(path), findings);
  if (!notice || findings.has_errors()) throw FaultyInput(std::move(findings));
  findings = {};  // hints of the template were told when it was published
  const auto made = notice::to_document(*notice, findings);
  const font::Faces faces = load_house_faces(around_.home);
  around_.act.add_file(document.id + ".docx", docx::write_document(made));
  const notice::SourcePlaces places(bytes);
  const auto layout = lay_out(
      made, faces,
      [&](char32_t character, const std::string& paragraph) {
        return places.find(*filled, character, paragraph);
      },
      findings);
  around_.act.add_file(document.id + ".pdf", write_pdf(made, layout, faces));
  done_.push_back(fmt::format("生成《{0}》{1}.docx、{1}.pdf", document.title, document.id));
  for (const Diagnostic& finding : findings)
    done_.push_back(fmt::format("《{}》{}[{}]：{}", document.title,
                                finding.severity == Severity::hint ? "提示" : "注意", finding.code,
                                finding.message));
}

std::string EffectRunner::fill_template(const std::string& bytes, const std::string& name,
                                        const Value& data) {
  Diagnostics findings;
  const auto compiled = docx::load_template(bytes, name, findings);
  auto filled = compiled ? compiled->fill(data, findings) : std::nullopt;
  if (!filled) throw FaultyInput(std::move(findings));
  return std::move(*filled);
}

std::string EffectRunner::fill_text(const std::string& bytes, const std::string& name, const Value& data) {
  Diagnostics findings;
  auto filled = templates::fill_text(bytes, data, {name, 1, 1}, findings);
  if (!filled) throw FaultyInput(std::move(findings));
  return std::move(*filled);
}

void EffectRunner::operator()(const workflow::RenderEffect& effect) {
  Value data = record_.data;
  if (!data.find("case")) data.set("case", facts_of(record_, around_));
  for (const auto& reference : effect.documents) {
    const workflow::Document& document = *record_.published->definition.find_document(reference.name);
    const std::string bytes = load_document(around_.act.tx(), *record_.published, document.path.name);
    if (document.kind == workflow::Document::Kind::notice) {
      make_notice(document, bytes, data);
      continue;
    }
    const std::string name = workflow::files_of(document).front();
    around_.act.add_file(name, workflow::is_plain_text(document)
                                   ? fill_text(bytes, document.path.name, data)
                                   : fill_template(bytes, document.path.name, data));
    done_.push_back(fmt::format("生成《{}》{}", document.title, name));
  }
}

void EffectRunner::operator()(const workflow::AppendEffect& effect) {
  const auto target = registers_.find(effect.target.name);
  if (target == registers_.end())
    throw Failure(fmt::format("无法登记（库中没有台账 {}）", effect.target.name));
  const std::map<std::string, std::string> built_in = {{"case", record_.id},
                                                       {"date", wenshu::to_text(around_.date)},
                                                       {"person", around_.office.name_of(around_.person)}};
  const auto rules = record_.rules(around_.office);
  auto rows = workflow::make_rows(effect, rules, target->second, record_.data, built_in);
  // The day and the person of the act differ whenever a case comes by again: they make no other row.
  const auto plain = workflow::make_rows(effect, rules, target->second, record_.data, {{"case", record_.id}});
  std::vector<Value> held = rows_held(target->first);
  size_t written = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto same = std::find_if(held.begin(), held.end(), [&](const Value& row) {
      return is_same_row(target->second, row, plain[i]);
    });
    if (same != held.end()) {
      held.erase(same);
      continue;
    }
    around_.act.add_row(target->first, std::move(rows[i]));
    ++written;
  }
  if (written > 0 || rows.empty())
    done_.push_back(fmt::format("登记 {} 行到{}", written, target->second.title));
  if (written < rows.size())
    done_.push_back(fmt::format("{}已登记过 {} 行，不再登记", target->second.title, rows.size() - written));
}

}  // namespace

std::vector<std::string> run_effects(const std::vector<workflow::Effect>& effects, CaseRecord& record,
                                     const EffectSurroundings& surroundings) {
  if (effects.empty()) return {};
  EffectRunner runner(record, surroundings);
  for (const workflow::Effect& effect : effects) std::visit(runner, effect);
  return runner.done();
}

}  // namespace wenshu::app
