// The people of a roster, packed: a county's have room in memory beside one another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/packed_texts.h"
#include "data/value.h"

namespace wenshu::certificate {

struct Sheet;

struct Person {
  std::string id;  // of the person column; the name when the roster gives none
  std::string name;
  data::Value row;          // by column id
  data::StoredPlace place;  // of the roster row
};

class People {
 public:
  People() = default;
  // REQUIRES: people of this sheet's columns.
  explicit People(const Sheet& sheet);

  void add(const Person& person);
  // Which columns the roster has, by their turn in the sheet; an empty cell of another one says nothing.
  void set_given(std::vector<bool> given) { given_ = std::move(given); }
  bool has_column(std::string_view id) const;
  // Those whose turn in `kept` says so.
  void keep(const std::vector<bool>& kept);

  size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }
  Person operator[](size_t index) const;  // made anew
  Person front() const { return (*this)[0]; }
  // Without making one; the id is empty when the roster gives none.
  std::string_view given_id(size_t index) const { return cell(index, id_); }
  std::string_view name(size_t index) const { return cell(index, name_); }
  const data::StoredPlace& place(size_t index) const { return places_[index]; }

 private:
  std::string_view cell(size_t index, size_t column) const;

  std::vector<std::string> columns_;
  std::vector<bool> given_;
  size_t id_ = 0, name_ = 0;  // columns
  PackedTexts rows_;          // cells, each behind its length
  std::vector<data::StoredPlace> places_;
};

}  // namespace wenshu::certificate
