#include "certificate/people.h"

#include <cstring>

#include "certificate/sheet.h"

namespace wenshu::certificate {
namespace {

// Most cells are short: a length of one byte, and behind kLong four more.
constexpr unsigned char kLong = 255;

void append_cell(std::string& row, std::string_view text) {
  const auto length = static_cast<uint32_t>(text.size());
  row += static_cast<char>(length < kLong ? length : kLong);
  if (length >= kLong) {
    char bytes[sizeof length];
    std::memcpy(bytes, &length, sizeof length);
    row.append(bytes, sizeof length);
  }
  row += text;
}

std::string_view take_cell(std::string_view& row) {
  uint32_t length = static_cast<unsigned char>(row.front());
  row.remove_prefix(1);
  if (length == kLong) {
    std::memcpy(&length, row.data(), sizeof length);
    row.remove_prefix(sizeof length);
  }
  const auto text = row.substr(0, length);
  row.remove_prefix(length);
  return text;
}

}  // namespace

People::People(const Sheet& sheet) : id_(sheet.columns.size()), name_(sheet.columns.size()) {
  for (const Column& column : sheet.columns) {
    if (column.id == sheet.person) id_ = columns_.size();
    if (column.id == sheet.holder) name_ = columns_.size();
    columns_.push_back(column.id);
  }
}

void People::add(const Person& person) {
  std::string row;
  for (const std::string& column : columns_) append_cell(row, person.row[column].text());
  rows_.add(row);
  places_.push_back(person.place);
}

bool People::has_column(std::string_view id) const {
  for (size_t i = 0; i < given_.size(); ++i)
    if (given_[i] && columns_[i] == id) return true;
  return false;
}

void People::keep(const std::vector<bool>& kept) {
  PackedTexts rows;
  size_t count = 0;
  for (size_t i = 0; i < kept.size(); ++i) {
    if (!kept[i]) continue;
    rows.add(rows_[i]);
    places_[count++] = places_[i];
  }
  places_.resize(count);
  rows_ = std::move(rows);
}

std::string_view People::cell(size_t index, size_t column) const {
  if (column >= columns_.size()) return {};
  std::string_view row = rows_[index];
  for (; column > 0; --column) take_cell(row);
  return take_cell(row);
}

Person People::operator[](size_t index) const {
  Person person;
  person.row = data::Value::map();
  person.row.entries().reserve(columns_.size());
  std::string_view row = rows_[index];
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view text = take_cell(row);
    if (i == id_) person.id = text;
    if (i == name_) person.name = text;
    person.row.entries().push_back(
        {columns_[i], data::StoredPlace(), text.empty() ? data::Value() : data::Value(std::string(text))});
  }
  if (person.id.empty()) person.id = person.name;
  person.place = places_[index];
  return person;
}

}  // namespace wenshu::certificate
