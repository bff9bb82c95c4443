// Marks whose sense only what stands around them tells: of levels, thousands, times of day, titles within titles, names of
// files; for the cleaning of a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "notice/line_view.h"

namespace wenshu::notice {

enum class MarkerKind { circled, bracketed_numeral, numeral, bracketed_figure, figure };
struct Marker {
  MarkerKind kind;
  int number;
  size_t end;  // where the text behind it begins
};

// One of 一、 （一） 1. （1） ① that begins there, with a character of text behind it.
std::optional<Marker> find_marker(const LineView& view, size_t i);

// The full-width comma of ￥1，200 and 12，500.00元.
bool parts_thousands(const LineView& view, size_t i);

// The full-width colon of 上午8：30 and 17：00前; a bare 8：30 may be a ratio.
bool is_colon_of_time(const LineView& view, size_t i);

// 《<教师法>实施办法》: where the half-width < and > stand, in pairs.
std::vector<std::pair<size_t, size_t>> find_inner_titles(std::u32string_view line);

// Where the name begins of a file whose suffix stands from `dot` to `end` before a closing quote: “附件1-报名表(2025).xlsx”;
// `dot` when it is not quoted.
size_t find_file_name(std::u32string_view line, size_t dot, size_t end);

}  // namespace wenshu::notice
