// A sheet with all that a whole class has in common already filled, composed and placed, and the pen that draws one
// person's certificate on it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certificate/batch.h"
#include "document/placed.h"
#include "font/subset.h"

namespace wenshu::certificate {

using Pictures = std::map<std::string, std::shared_ptr<const picture::Pixels>>;  // by id of the field

class Blank {
 public:
  // REQUIRES: the sheet and the faces outlive the blank. `values` are checked; a picture that is not given is left out.
  // `number_characters` are those of the numbers that follow from the class, digits left out. Findings of what all have
  // in common (`uncovered-character`, `text-too-long`) stand at `where`, the data file.
  Blank(const Sheet& sheet, data::Value values, const font::Faces& faces, Pictures pictures,
        std::string_view number_characters, const Place& where, Diagnostics& findings);
  ~Blank();
  Blank(Blank&&) noexcept;

  const Sheet& sheet() const;
  const data::Value& values() const;
  // What every certificate shows: the words and frames of each side, drawn once.
  const std::vector<std::shared_ptr<const document::PlacedPage>>& grounds() const;
  std::vector<std::shared_ptr<const picture::Pixels>> pictures() const;
  // The characters of the sheet's own words, the data's values, and what numbers are made of. They make the subset
  // that all certificates share, and depend on nothing but the sheet and the data.
  const font::Characters& fixed_characters() const;

  struct Inside;  // for pen.cc alone
  const Inside& inside() const { return *inside_; }

 private:
  std::unique_ptr<Inside> inside_;
};

// What one certificate says besides.
struct Entry {
  const Person& person;
  std::string number;
  std::string proof = {};  // what the QR code says when the sheet certifies
  std::string mark = {};   // （补发）
  std::shared_ptr<const picture::Pixels> photo = nullptr;
  bool draws_code = true;
};

// Keeps what it learned of characters and faces; one for each thread.
class Pen {
 public:
  explicit Pen(const Blank& blank);
  ~Pen();
  Pen(Pen&&) noexcept;

  // One page a side, into `pages`. Findings (`uncovered-character`, `text-too-long`, `qr-too-long`, hints
  // `fallback-face`) stand at the roster row and name the person; false when there was an error.
  bool draw(const Entry& entry, std::vector<document::PlacedPage>& pages, Diagnostics& findings);

  // Looks at the characters alone, for characters().
  void learn(const Entry& entry);
  // All characters drawn or learned so far, with those of the blank.
  font::Characters characters() const;

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace wenshu::certificate
