// What is wrong with a person's file or data: a list of findings, each with a place and a way out.
// All faults of one run are collected; nothing here throws.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wenshu {

enum class Severity { hint, warning, error };

// Where a finding is. Lines and columns count from 1, columns in characters; 0 means unknown.
// `spot` says it in words where lines do not exist, e.g. 第2个表格第3行第4列 inside a .docx.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string spot = {};
};

// `code` is stable English for programs (unknown-field); `message` and `hint` are Chinese for clerks.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  Place where;
  std::string message;
  std::string hint;
};

class Diagnostics {
 public:
  void error(std::string code, Place where, std::string message, std::string hint = {});
  void warning(std::string code, Place where, std::string message, std::string hint = {});
  void hint(std::string code, Place where, std::string message, std::string hint = {});
  void add(Diagnostic finding);
  void append(const Diagnostics& other);

  bool has_errors() const;
  bool empty() const { return list_.empty(); }
  size_t size() const { return list_.size(); }
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  const std::vector<Diagnostic>& list() const { return list_; }
  void sort();  // by file, line, column; equal findings at one place are kept once

 private:
  std::vector<Diagnostic> list_;
};

// `templates/notice.yaml:12:5: error[unknown-field]: 未知字段 "titel"` and, under it, `  建议: …`.
std::string to_text(const Diagnostic& finding);
std::string to_text(const Diagnostics& findings);
std::string to_text(const Place& place);
std::string_view to_text(Severity severity);

// The candidate nearest to `wanted` by edit distance over characters, or "" when none is near
// (at most one edit in three characters, at least one edit allowed).
std::string near_name(std::string_view wanted, const std::vector<std::string>& candidates);
// 是否为 "title"? or "" when nothing is near.
std::string near_name_hint(std::string_view wanted, const std::vector<std::string>& candidates);

}  // namespace wenshu
