#include "font/cff.h"

namespace wenshu::font {
namespace {

// Reads big-endian numbers; once past the end it stays failed and gives zeros.
class Reader {
 public:
  Reader(std::string_view bytes, size_t at) : bytes_(bytes), at_(at), failed_(at > bytes.size()) {}

  uint32_t number(int size) {
    uint32_t value = 0;
    for (int i = 0; i < size; ++i) {
      if (failed_ || at_ >= bytes_.size()) {
        failed_ = true;
        return 0;
      }
      value = value << 8 | static_cast<uint8_t>(bytes_[at_++]);
    }
    return value;
  }
  void skip(size_t count) {
    failed_ = failed_ || count > bytes_.size() - at_;
    if (!failed_) at_ += count;
  }
  size_t at() const { return at_; }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  size_t at_;
  bool failed_;
};

// An INDEX: its first item, and where the next thing begins (5176, section 5).
struct Index {
  std::string_view first;
  size_t end = 0;
};

std::optional<Index> read_index(std::string_view table, size_t at) {
  Reader reader(table, at);
  const uint32_t count = reader.number(2);
  if (count == 0) return reader.failed() ? std::nullopt : std::optional(Index{{}, reader.at()});
  const int size = static_cast<int>(reader.number(1));
  if (size < 1 || size > 4) return std::nullopt;
  const uint32_t first = reader.number(size), second = reader.number(size);
  uint32_t last = second;
  if (count > 1) {
    reader.skip((count - 2) * static_cast<size_t>(size));
    last = reader.number(size);
  }
  const size_t data = reader.at() - 1;  // offsets count from 1
  if (reader.failed() || first != 1 || second < first || last < second || data + last > table.size())
    return std::nullopt;
  return Index{table.substr(data + first, second - first), data + last};
}

struct TopDict {
  uint32_t charset = 0;
  bool cid_keyed = false;
};

// Operands and operators of a DICT (5176, section 4); reals are skipped.
TopDict read_top_dict(std::string_view dict) {
  TopDict top;
  uint32_t operand = 0;
  for (Reader reader(dict, 0); reader.at() < dict.size() && !reader.failed();) {
    const uint32_t b = reader.number(1);
    if (b == 12) {
      if (reader.number(1) == 30) top.cid_keyed = true;
    } else if (b == 15) {
      top.charset = operand;
    } else if (b == 28) {
      operand = reader.number(2);
    } else if (b == 29) {
      operand = reader.number(4);
    } else if (b == 30) {
      while (!reader.failed() && (reader.number(1) & 15) != 15) {
      }
    } else if (b >= 32 && b <= 246) {
      operand = b - 139;
    } else if (b >= 247 && b <= 250) {
      operand = (b - 247) * 256 + reader.number(1) + 108;
    } else if (b >= 251 && b <= 254) {
      reader.number(1);
    }
  }
  return top;
}

}  // namespace

std::optional<std::vector<uint16_t>> read_cff_codes(std::string_view table, unsigned glyphs) {
  Reader header(table, 2);
  const auto names = read_index(table, header.number(1));
  const auto dicts = names ? read_index(table, names->end) : std::nullopt;
  if (!dicts) return std::nullopt;
  const TopDict top = read_top_dict(dicts->first);

  std::vector<uint16_t> codes;
  codes.reserve(glyphs);
  codes.push_back(0);  // .notdef is not in the charset
  if (!top.cid_keyed || top.charset <= 2) {
    for (unsigned glyph = 1; glyph < glyphs; ++glyph) codes.push_back(static_cast<uint16_t>(glyph));
    return codes;
  }
  Reader charset(table, top.charset);
  const uint32_t format = charset.number(1);
  while (codes.size() < glyphs && !charset.failed()) {
    uint32_t cid = charset.number(2);
    uint32_t more = format == 1 ? charset.number(1) : format == 2 ? charset.number(2) : 0;
    for (++more; more > 0 && codes.size() < glyphs; --more) codes.push_back(static_cast<uint16_t>(cid++));
  }
  if (charset.failed() || format > 2) return std::nullopt;
  return codes;
}

}  // namespace wenshu::font
