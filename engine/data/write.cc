#include "data/write.h"

#include <fmt/format.h>

#include "base/decimal.h"

namespace wenshu::data {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

class JsonWriter {
 public:
  explicit JsonWriter(bool pretty) : pretty_(pretty) {}

  void write(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::null:
        out_ += "null";
        break;
      case Value::Kind::boolean:
      case Value::Kind::number:
        out_ += value.text();
        break;
      case Value::Kind::text:
        append_string(out_, value.text());
        break;
      case Value::Kind::list:
        write_list(value);
        break;
      case Value::Kind::map:
        write_map(value);
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_list(const Value& list) {
    begin('[');
    for (const Value& item : list.items()) {
      next();
      write(item);
    }
    end(']');
  }

  void write_map(const Value& map) {
    begin('{');
    for (const Value::Entry& entry : map.entries()) {
      next();
      append_string(out_, entry.key);
      out_ += pretty_ ? ": " : ":";
      write(entry.value);
    }
    end('}');
  }

  void begin(char bracket) {
    out_ += bracket;
    ++depth_;
    is_first_ = true;
  }

  void next() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    new_line();
  }

  void end(char bracket) {
    --depth_;
    if (!is_first_) new_line();
    is_first_ = false;
    out_ += bracket;
  }

  void new_line() {
    if (pretty_) out_.append("\n").append(depth_ * 2, ' ');
  }

  bool pretty_;
  bool is_first_ = true;
  size_t depth_ = 0;
  std::string out_;
};

// OWASP, CSV injection: a spreadsheet would run such a cell.
bool looks_like_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos &&
         !Decimal::parse(cell);
}

void append_cell(std::string& out, const std::string& text) {
  std::string cell = looks_like_formula(text) ? "'" + text : text;
  bool needs_quotes =
      cell.find_first_of(",\"\r\n") != std::string::npos || cell.starts_with(' ') || cell.ends_with(' ');
  if (!needs_quotes) {
    out += cell;
    return;
  }
  out += '"';
  for (char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_record(std::string& out, const std::vector<std::string>& cells) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_cell(out, cells[i]);
  }
  out += "\r\n";
}

}  // namespace

std::string to_json(const Value& value) {
  JsonWriter writer(false);
  writer.write(value);
  return writer.take();
}

std::string to_pretty_json(const Value& value) {
  JsonWriter writer(true);
  writer.write(value);
  return writer.take();
}

Value to_value(const Diagnostics& findings) {
  Value list = Value::list();
  for (const Diagnostic& finding : findings) {
    Value& item = list.add(Value::map());
    item.set("severity", std::string(to_text(finding.severity)));
    item.set("code", finding.code);
    item.set("file", finding.where.file);
    item.set("line", Value::number(static_cast<long long>(finding.where.line)));
    item.set("column", Value::number(static_cast<long long>(finding.where.column)));
    item.set("spot", finding.where.spot);
    item.set("message", finding.message);
    item.set("hint", finding.hint);
  }
  return list;
}

std::string to_csv(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows) {
  std::string out = "\xEF\xBB\xBF";
  append_record(out, header);
  for (const auto& row : rows) append_record(out, row);
  return out;
}

}  // namespace wenshu::data
