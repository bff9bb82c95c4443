#include "xlsx/reference.h"

namespace wenshu::xlsx {
namespace {

constexpr int kLastRow = 1'048'576;
constexpr int kColumns = 16'384;

}  // namespace

std::optional<CellAt> parse_cell(std::string_view text) {
  CellAt cell;
  size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    cell.column = cell.column * 26 + (text[at] - 'A' + 1);
    if (cell.column > kColumns) return std::nullopt;
  }
  if (at == 0 || at == text.size()) return std::nullopt;
  --cell.column;
  for (; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    cell.row = cell.row * 10 + (text[at] - '0');
    if (cell.row > kLastRow) return std::nullopt;
  }
  if (cell.row == 0) return std::nullopt;
  return cell;
}

std::optional<Area> parse_area(std::string_view text) {
  const size_t colon = text.find(':');
  const auto first = parse_cell(text.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : parse_cell(text.substr(colon + 1));
  if (!first || !last || last->row < first->row || last->column < first->column) return std::nullopt;
  return Area{*first, *last};
}

}  // namespace wenshu::xlsx
