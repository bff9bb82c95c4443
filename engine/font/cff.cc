#include "font/cff.h"

#include <algorithm>

#include "font/bytes.h"

namespace wenshu::font {
namespace {

// Operators of DICTs (5176, appendix H); those of two bytes as 0x0Cxx.
enum Operator : unsigned {
  kFontBBox = 5,
  kCharStrings = 17,
  kPrivate = 18,
  kSubrs = 19,
  kCharset = 15,
  kFontMatrix = 0x0C07,
  kRos = 0x0C1E,
  kCidCount = 0x0C22,
  kFdArray = 0x0C24,
  kFdSelect = 0x0C25,
  kFdFontName = 0x0C26,
};

// The items of an INDEX and where the next thing begins (5176, section 5).
struct Index {
  std::vector<std::string_view> items;
  size_t end = 0;
};

std::optional<Index> read_index(std::string_view table, size_t at) {
  Reader reader(table, at);
  const uint32_t count = reader.number(2);
  if (reader.failed()) return std::nullopt;
  if (count == 0) return Index{{}, reader.at()};
  const int size = static_cast<int>(reader.number(1));
  if (size < 1 || size > 4) return std::nullopt;
  const size_t data = reader.at() + (count + 1) * static_cast<size_t>(size) - 1;  // offsets count from 1
  Index index;
  index.items.reserve(count);
  uint32_t from = reader.number(size);
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t to = reader.number(size);
    if (reader.failed() || from < 1 || to < from || data + to > table.size()) return std::nullopt;
    index.items.push_back(table.substr(data + from, to - from));
    from = to;
  }
  index.end = data + from;
  return index;
}

struct Entry {
  unsigned operation = 0;
  std::string_view bytes;          // operands and operator
  std::vector<uint32_t> operands;  // reals count as 0
};

// The entries of a DICT (5176, section 4).
std::vector<Entry> read_dict(std::string_view dict) {
  std::vector<Entry> entries;
  Entry entry;
  size_t begin = 0;
  for (Reader reader(dict, 0); reader.at() < dict.size() && !reader.failed();) {
    const uint32_t b = reader.number(1);
    if (b <= 21) {
      entry.operation = b == 12 ? 0x0C00 | reader.number(1) : b;
      entry.bytes = dict.substr(begin, reader.at() - begin);
      entries.push_back(std::move(entry));
      entry = {};
      begin = reader.at();
    } else if (b == 28) {
      entry.operands.push_back(reader.number(2));
    } else if (b == 29) {
      entry.operands.push_back(reader.number(4));
    } else if (b == 30) {
      while (!reader.failed() && (reader.number(1) & 15) != 15) {
      }
      entry.operands.push_back(0);
    } else if (b >= 32 && b <= 246) {
      entry.operands.push_back(b - 139);
    } else if (b >= 247 && b <= 250) {
      entry.operands.push_back((b - 247) * 256 + reader.number(1) + 108);
    } else if (b >= 251 && b <= 254) {
      entry.operands.push_back(0 - (b - 251) * 256 - reader.number(1) - 108);
    }
  }
  return entries;
}

const Entry* find(const std::vector<Entry>& dict, unsigned operation, size_t operands) {
  for (const Entry& entry : dict)
    if (entry.operation == operation && entry.operands.size() >= operands) return &entry;
  return nullptr;
}

// The Private DICT that a top or font DICT points to, without its subroutines.
std::optional<std::string> read_private(std::string_view table, const std::vector<Entry>& dict) {
  const Entry* place = find(dict, kPrivate, 2);
  if (!place) return std::string();
  const size_t size = place->operands[0], offset = place->operands[1];
  if (offset > table.size() || size > table.size() - offset) return std::nullopt;
  std::string kept;
  for (const Entry& entry : read_dict(table.substr(offset, size)))
    if (entry.operation != kSubrs) kept += entry.bytes;
  return kept;
}

std::optional<std::vector<uint8_t>> read_fd_select(std::string_view table, size_t at, size_t glyphs,
                                                   size_t dicts) {
  Reader reader(table, at);
  std::vector<uint8_t> select;
  const uint32_t format = reader.number(1);
  if (format == 0) {
    while (select.size() < glyphs && !reader.failed())
      select.push_back(static_cast<uint8_t>(reader.number(1)));
  } else if (format == 3) {
    const uint32_t ranges = reader.number(2);
    uint32_t from = reader.number(2);
    for (uint32_t i = 0; i < ranges && !reader.failed(); ++i) {
      const auto dict = static_cast<uint8_t>(reader.number(1));
      const uint32_t to = reader.number(2);
      if (to < from || to > glyphs) return std::nullopt;
      select.resize(to, dict);
      from = to;
    }
  }
  const bool known = std::all_of(select.begin(), select.end(), [&](uint8_t dict) { return dict < dicts; });
  if (reader.failed() || select.size() != glyphs || !known) return std::nullopt;
  return select;
}

// The dicts of a CID-keyed font.
bool read_font_dicts(std::string_view table, const std::vector<Entry>& top, CffFont& font) {
  const Entry *array = find(top, kFdArray, 1), *select = find(top, kFdSelect, 1);
  const auto dicts = array ? read_index(table, array->operands[0]) : std::nullopt;
  if (!dicts || !select) return false;
  for (const std::string_view bytes : dicts->items) {
    const auto dict = read_dict(bytes);
    auto private_dict = read_private(table, dict);
    if (!private_dict) return false;
    const Entry* matrix = find(dict, kFontMatrix, 6);
    font.dicts.push_back({matrix ? std::string(matrix->bytes) : "", std::move(*private_dict)});
  }
  auto dict_of = read_fd_select(table, select->operands[0], font.charstrings.size(), font.dicts.size());
  if (!dict_of) return false;
  font.dict_of = std::move(*dict_of);
  return true;
}

void append_offset(std::string& dict, uint32_t value) {  // always five bytes, so that sizes are known before
  dict += '\x1D';
  append_number(dict, value, 4);
}
void append_operator(std::string& dict, unsigned operation) {
  append_number(dict, operation, operation > 0xFF ? 2 : 1);
}

template <class Items>
void append_index(std::string& out, const Items& items) {
  append_number(out, static_cast<uint32_t>(items.size()), 2);
  if (items.empty()) return;
  size_t all = 1;
  for (const auto& item : items) all += item.size();
  const int size = all < 0x100 ? 1 : all < 0x10000 ? 2 : 3;
  out.reserve(out.size() + static_cast<size_t>(size) * (items.size() + 1) + all);
  append_number(out, static_cast<uint32_t>(size), 1);
  size_t offset = 1;
  append_number(out, 1, size);
  for (const auto& item : items) append_number(out, static_cast<uint32_t>(offset += item.size()), size);
  for (const auto& item : items) out += item;
}

constexpr uint32_t kFirstOwnString = 391;  // below stand the standard strings (appendix A)

struct Offsets {
  size_t charset = 0, select = 0, charstrings = 0, array = 0;
};

std::string top_dict(const CffFont& font, size_t glyphs, const Offsets& at) {
  std::string dict;
  for (const uint32_t operand : {kFirstOwnString, kFirstOwnString + 1, uint32_t{0}})
    append_offset(dict, operand);
  append_operator(dict, kRos);  // stands first
  dict += font.head;
  append_offset(dict, static_cast<uint32_t>(glyphs));
  append_operator(dict, kCidCount);
  const std::pair<size_t, unsigned> places[] = {
      {at.charset, kCharset}, {at.select, kFdSelect}, {at.charstrings, kCharStrings}, {at.array, kFdArray}};
  for (const auto& [offset, operation] : places) {
    append_offset(dict, static_cast<uint32_t>(offset));
    append_operator(dict, operation);
  }
  return dict;
}

// Which of the font's dicts serve the glyphs, numbered in the order of their first glyph, as FDSelect of format 3.
std::string fd_select(const CffFont& font, const std::vector<uint16_t>& glyphs, std::vector<uint8_t>& dicts) {
  std::string ranges;
  uint32_t count = 0;
  int last = -1;
  for (size_t i = 0; i <= glyphs.size(); ++i) {
    const uint8_t dict = font.dict_of.at(i == 0 ? 0 : glyphs[i - 1]);
    if (dict == last) continue;
    last = dict;
    auto known = std::find(dicts.begin(), dicts.end(), dict);
    if (known == dicts.end()) known = dicts.insert(known, dict);
    append_number(ranges, static_cast<uint32_t>(i), 2);
    append_number(ranges, static_cast<uint32_t>(known - dicts.begin()), 1);
    ++count;
  }
  std::string select;
  append_number(select, 3, 1);
  append_number(select, count, 2);
  select += ranges;
  append_number(select, static_cast<uint32_t>(glyphs.size() + 1), 2);
  return select;
}

}  // namespace

std::optional<CffFont> parse_cff(std::string_view table) {
  Reader header(table, 2);
  const auto names = read_index(table, header.number(1));
  const auto tops = names ? read_index(table, names->end) : std::nullopt;
  if (!tops || tops->items.empty()) return std::nullopt;
  const auto top = read_dict(tops->items.front());
  const Entry* place = find(top, kCharStrings, 1);
  auto charstrings = place ? read_index(table, place->operands[0]) : std::nullopt;
  if (!charstrings || charstrings->items.empty()) return std::nullopt;
  CffFont font;
  font.charstrings = std::move(charstrings->items);
  for (const Entry& entry : top)
    if (entry.operation == kFontMatrix || entry.operation == kFontBBox) font.head += entry.bytes;
  if (find(top, kRos, 3)) {
    if (!read_font_dicts(table, top, font)) return std::nullopt;
    return font;
  }
  auto private_dict = read_private(table, top);
  if (!private_dict) return std::nullopt;
  font.dicts.push_back({"", std::move(*private_dict)});
  font.dict_of.assign(font.charstrings.size(), 0);
  return font;
}

Program assemble_cff(const CffFont& font, const std::vector<uint16_t>& glyphs, std::string_view name) {
  std::vector<uint8_t> dicts;
  const std::string select = fd_select(font, glyphs, dicts);
  const auto count = static_cast<uint32_t>(glyphs.size() + 1);
  std::string charset;  // the glyphs in their order, as one range
  append_number(charset, count > 1 ? 2 : 0, 1);
  if (count > 1) append_number(charset, 1, 2), append_number(charset, count - 2, 2);
  std::vector<std::string_view> charstrings = {font.charstrings.front()};
  charstrings.reserve(glyphs.size() + 1);
  for (const uint16_t glyph : glyphs) charstrings.push_back(font.charstrings.at(glyph));
  Program made;
  size_t all = 0;
  made.outline_sizes.reserve(charstrings.size());
  for (const std::string_view charstring : charstrings) {
    made.outline_sizes.push_back(static_cast<uint32_t>(charstring.size()));
    all += charstring.size();
  }
  std::string outlines;
  append_index(outlines, charstrings);

  const auto array = [&](size_t privates) {
    std::vector<std::string> items;
    for (const uint8_t dict : dicts) {
      std::string& item = items.emplace_back();
      append_offset(item, kFirstOwnString + 2);
      append_operator(item, kFdFontName);
      item += font.dicts[dict].matrix;
      append_offset(item, static_cast<uint32_t>(font.dicts[dict].private_.size()));
      append_offset(item, static_cast<uint32_t>(privates));
      append_operator(item, kPrivate);
      privates += font.dicts[dict].private_.size();
    }
    std::string index;
    append_index(index, items);
    return index;
  };
  const auto head = [&](const Offsets& at) {
    std::string bytes("\x01\x00\x04\x04", 4);
    append_index(bytes, std::vector<std::string_view>{name});
    append_index(bytes, std::vector<std::string>{top_dict(font, count, at)});
    append_index(bytes, std::vector<std::string_view>{"Adobe", "Identity", name});
    append_index(bytes, std::vector<std::string_view>{});  // no subroutines
    return bytes;
  };
  Offsets at;
  at.charset = head(at).size();
  at.select = at.charset + charset.size();
  at.charstrings = at.select + select.size();
  at.array = at.charstrings + outlines.size();
  made.outlines_at = at.array - all;
  std::string& table = made.bytes;
  table = head(at);
  table.reserve(at.array + 256);
  table += charset;
  table += select;
  table += outlines;
  table += array(at.array + array(0).size());
  for (const uint8_t dict : dicts) table += font.dicts[dict].private_;
  return made;
}

}  // namespace wenshu::font
