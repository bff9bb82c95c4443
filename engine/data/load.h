// Text to a Value tree. Every loader collects all faults it can see and returns nothing when there is no
// tree. Limits (DESIGN 6, reference platform 6.3): 1 MiB YAML, depth 32, 20,000 nodes; no aliases, tags or
// duplicate keys. JSON: 64 MiB, depth 64, duplicate keys are errors. CSV: 64 MiB, 1,000 columns.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "data/value.h"

namespace wenshu::data {

constexpr size_t kMaxYamlBytes = 1u << 20;
constexpr size_t kMaxTextBytes = 5u << 20;  // of a text to fill or to judge: more is pasted by mistake

// `name` is the file name that places carry. The text must be UTF-8 (YAML, JSON): other bytes are one finding
// with line and column and the hint to save as UTF-8.
std::optional<Value> parse_yaml(std::string_view text, std::string_view name, Diagnostics& findings);
std::optional<Value> parse_json(std::string_view text, std::string_view name, Diagnostics& findings);

// A list of maps, keyed by the header row; UTF-8, UTF-8 with BOM or GB18030; RFC 4180 quoting, any line ends.
// Columns of a place count cells, from 1; `spot` says 第3行第2列. Blank lines are skipped, an empty cell is
// null.
std::optional<Value> parse_csv(std::string_view bytes, std::string_view name, Diagnostics& findings);

// By extension: .yaml .yml .json .csv. A file that is not there is a finding `no-such-file`.
std::optional<Value> load_file(const std::filesystem::path& path, Diagnostics& findings);

// What must hold before a file is read: no-such-file, not-a-file, file-too-large (`limit` in bytes).
bool check_path(const std::filesystem::path& path, size_t limit, Diagnostics& findings);

// ".csv": in small letters, since Windows machines also write ROSTER.CSV.
std::string extension_of(const std::filesystem::path& path);

// `path` as findings show it: as given, "./" removed.
std::string display_name(const std::filesystem::path& path);

}  // namespace wenshu::data
