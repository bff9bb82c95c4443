#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace wenshu {
namespace {

// Length of the well-formed sequence at `at`, 0 when there is none (Unicode 15, table 3-7).
size_t sequence_length(std::string_view bytes, size_t at) {
  auto byte = [&](size_t i) {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u;
  };
  auto tail = [&](size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  unsigned lead = byte(0), next = byte(1);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    unsigned least = lead == 0xE0 ? 0xA0 : 0x80, most = lead == 0xED ? 0x9F : 0xBF;
    return next >= least && next <= most && tail(2) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  unsigned least = lead == 0xF0 ? 0x90 : 0x80, most = lead == 0xF4 ? 0x8F : 0xBF;
  return next >= least && next <= most && tail(2) && tail(3) ? 4 : 0;
}

constexpr uint64_t kEach = 0x0101010101010101;  // times a byte: eight of it

uint64_t eight_at(std::string_view bytes, size_t at) {
  uint64_t eight = 0;
  std::memcpy(&eight, bytes.data() + at, sizeof eight);
  return eight;
}

// Where the ASCII that begins at `at` may end: texts of programs, as in .xlsx, are little else.
size_t skip_ascii(std::string_view bytes, size_t at) {
  while (bytes.size() - at >= 8 && (eight_at(bytes, at) & kEach * 0x80) == 0) at += 8;
  return at;
}

// The same for ASCII from blank to tilde.
size_t skip_printable(std::string_view bytes, size_t at) {
  for (; bytes.size() - at >= 8; at += 8) {
    const uint64_t eight = eight_at(bytes, at);
    const uint64_t below_blank = eight - kEach * 0x20, above_tilde = eight + kEach;
    if (((eight | below_blank | above_tilde) & kEach * 0x80) != 0) break;
  }
  return at;
}

// As sequence_length, with the two forms first that Chinese text is made of.
inline size_t quick_length(std::string_view bytes, size_t at) {
  const auto lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0x80) return 1;
  const bool is_plain_three = lead > 0xE0 && lead < 0xF0 && lead != 0xED && bytes.size() - at >= 3;
  if (is_plain_three && (static_cast<unsigned char>(bytes[at + 1]) & 0xC0u) == 0x80u &&
      (static_cast<unsigned char>(bytes[at + 2]) & 0xC0u) == 0x80u)
    return 3;
  return sequence_length(bytes, at);
}

// Behind the three-byte characters that follow one another from `at`: all but the rare ones that want a closer look
// (leads E0 and ED, whose tails are bounded, and EF, which begins U+FFFE and U+FFFF).
inline size_t skip_plain_threes(std::string_view bytes, size_t at) {
  if constexpr (std::endian::native != std::endian::little) return at;
  for (; bytes.size() - at >= 4; at += 3) {
    uint32_t four = 0;
    std::memcpy(&four, bytes.data() + at, sizeof four);
    const uint32_t lead = four & 0xFF;
    if ((four & 0x00C0C0F0) != 0x008080E0 || lead == 0xE0 || lead == 0xED || lead == 0xEF) break;
  }
  return at;
}

char32_t decode(std::string_view utf8, size_t at, size_t length) {
  auto byte = [&](size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(utf8[at + i])); };
  if (length == 1) return byte(0);
  char32_t c = byte(0) & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) c = (c << 6) | (byte(i) & 0x3F);
  return c;
}

void append_utf8(std::string& utf8, char32_t c) {
  auto byte = [](char32_t b) { return static_cast<char>(static_cast<unsigned char>(b)); };
  auto tail = [&](int shift) { return byte(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    utf8 += byte(c);
  } else if (c < 0x800) {
    utf8.append({byte(0xC0 | (c >> 6)), tail(0)});
  } else if (c < 0x10000) {
    utf8.append({byte(0xE0 | (c >> 12)), tail(6), tail(0)});
  } else {
    utf8.append({byte(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)});
  }
}

bool is_forbidden(char32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  return c == 0x7F || c == 0xFFFE || c == 0xFFFF;
}

constexpr std::string_view kIdeographicSpace = "\u3000";

size_t blank_at_front(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\v\f").find(text.front()) != std::string_view::npos) return 1;
  return text.starts_with(kIdeographicSpace) ? kIdeographicSpace.size() : 0;
}

size_t blank_at_back(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view(" \t\r\n\v\f").find(text.back()) != std::string_view::npos) return 1;
  return text.ends_with(kIdeographicSpace) ? kIdeographicSpace.size() : 0;
}

}  // namespace

std::optional<size_t> find_malformed_utf8(std::string_view bytes) {
  for (size_t at = skip_ascii(bytes, 0); at < bytes.size();) {
    at = skip_plain_threes(bytes, at);
    size_t length = quick_length(bytes, at);
    if (length == 0) return at;
    at += length;
    if (length == 1) at = skip_ascii(bytes, at);
  }
  return std::nullopt;
}

std::optional<size_t> find_forbidden_character(std::string_view utf8) {
  for (size_t at = skip_printable(utf8, 0); at < utf8.size();) {
    at = skip_plain_threes(utf8, at);
    size_t length = quick_length(utf8, at);
    if (length == 0) return at;
    const bool may_be = length == 1 || utf8[at] == '\xEF';  // U+FFFE and U+FFFF begin with EF
    if (may_be && is_forbidden(decode(utf8, at, length))) return at;
    at += length;
    if (length == 1) at = skip_printable(utf8, at);
  }
  return std::nullopt;
}

std::u32string to_characters(std::string_view utf8) {
  std::u32string characters(count_characters(utf8), U'\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(utf8.data());
  char32_t* to = characters.data();
  for (size_t at = 0; at < utf8.size();) {
    const char32_t lead = bytes[at];
    if (lead < 0x80) {
      *to++ = lead;
      ++at;
      continue;
    }
    const size_t length = quick_length(utf8, at);
    if (length == 3) {  // most of Chinese
      *to++ = (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3Fu) << 6 | (bytes[at + 2] & 0x3Fu);
    } else if (length > 0) {
      *to++ = decode(utf8, at, length);
    } else {
      // Malformed bytes, which the caller should have refused, show as U+FFFD instead of reading past the end; they may be
      // more than were counted.
      const auto done = static_cast<size_t>(to - characters.data()), left = utf8.size() - at;
      if (characters.size() < done + left) characters.resize(done + left);
      to = characters.data() + done;
      *to++ = U'\uFFFD';
    }
    at += std::max<size_t>(length, 1);
  }
  characters.resize(static_cast<size_t>(to - characters.data()));
  return characters;
}

std::string to_utf8(char32_t c) {
  std::string utf8;
  append_utf8(utf8, c);
  return utf8;
}

std::string to_utf8(std::u32string_view characters) {
  std::string utf8;
  utf8.reserve(characters.size() * 3);
  for (char32_t c : characters) append_utf8(utf8, c);
  return utf8;
}

size_t count_characters(std::string_view utf8) {
  size_t at = 0, tails = 0;
  // Of eight bytes at once: the lowest bit of each that goes on with a character.
  for (; utf8.size() - at >= 8; at += 8) {
    const uint64_t eight = eight_at(utf8, at);
    tails += ((eight >> 7 & ~eight >> 6 & kEach) * kEach) >> 56;
  }
  for (; at < utf8.size(); ++at) tails += (static_cast<unsigned char>(utf8[at]) & 0xC0u) == 0x80u ? 1 : 0;
  return utf8.size() - tails;
}

std::string code_point_name(char32_t character) {
  return fmt::format("U+{:04X}", static_cast<uint32_t>(character));
}

std::string_view trim(std::string_view text) {
  while (size_t blank = blank_at_front(text)) text.remove_prefix(blank);
  while (size_t blank = blank_at_back(text)) text.remove_suffix(blank);
  return text;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    size_t at = separator.empty() ? std::string_view::npos : text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) return text;
  std::string result;
  size_t begin = 0;
  for (size_t at; (at = text.find(from, begin)) != std::string::npos; begin = at + from.size()) {
    result.append(text, begin, at - begin).append(to);
  }
  if (begin == 0) return text;
  return result.append(text, begin);
}

}  // namespace wenshu
