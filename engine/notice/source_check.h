// What the checks of a notice source share; inside this room only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "data/value.h"
#include "notice/notice.h"
#include "notice/source_places.h"

namespace wenshu::notice {

// A source under check. `tagged`: its texts may hold tags; what holds one cannot be judged yet.
struct SourceCheck {
  const data::Value& source;
  bool tagged;
  Diagnostics& findings;
  const Written* written = nullptr;  // where its file is at hand

  void error(const char* code, const data::Value& at, std::string message, std::string hint = {}) const {
    findings.error(code, at.place(), std::move(message), std::move(hint));
  }
  void warn(const char* code, const data::Value& at, std::string message, std::string hint = {}) const {
    findings.warning(code, at.place(), std::move(message), std::move(hint));
  }
  // A text that is there and can be judged now.
  const std::string* known(const data::Value& value) const;
  const std::string* known(const char* field) const { return known(source[field]); }
  std::string kind() const;
};

bool has_tag(const std::string& text);
std::string trimmed(const data::Value& value);                // "" for what is no text
bool has_form(const std::string& text, const char* pattern);  // a short text, against a regular expression
// One text or a list of them as a list.
std::vector<const data::Value*> each_of(const data::Value& value);

// 2020-07-27, 2020-7-27, 2020/7/27, 2020.7.27 or 2020年7月27日; nothing when it is not a real day.
std::optional<Date> parse_day(std::string_view text);
std::optional<Date> day_of(const data::Value& value);  // nothing for what is no text, either

// As written, else that of the kind: 命令（令） and 纪要 have formats of their own.
Format format_of(const data::Value& source);
bool goes_up(const std::string& kind);  // 上行文 by its kind

// Every check of a source without tags. True when there was no error.
bool check_filled(const data::Value& source, Diagnostics& findings, const Written* written);

void check_wanted(const SourceCheck& check);    // what kind and format need, and what they have no place for
void check_elements(const SourceCheck& check);  // the form of each element
void check_annexes(const SourceCheck& check);   // 附件说明, annexes and their tables

}  // namespace wenshu::notice
