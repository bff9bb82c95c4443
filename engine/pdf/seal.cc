#include "pdf/seal.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "crypto/hash.h"
#include "pdf/sign.h"

namespace wenshu::pdf {
namespace {

constexpr std::string_view kMark = "%wenshu-seal-1 ";
constexpr std::string_view kDomain{"wenshu-seal-1\0", 14};
constexpr std::string_view kHoleHead = "/Contents <";
constexpr size_t kSpelled = 86;  // base64url of 64 bytes
constexpr size_t kLongestLine = 16'384;

struct Span {
  size_t at = 0, size = 0;
};

std::optional<size_t> parse_size(std::string_view digits) {
  size_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

// The zeros that a PDF signature will fill.
std::optional<Span> find_hole(std::string_view pdf) {
  const size_t head = pdf.find(std::string(kHoleHead) + std::string(512, '0'));
  if (head == std::string_view::npos) return std::nullopt;
  const size_t at = head + kHoleHead.size(), end = pdf.find_first_not_of('0', at);
  if (end == std::string_view::npos || pdf[end] != '>') return std::nullopt;
  return Span{at, end - at};
}

// Only the digits between the brackets of /Contents may go unsigned, and they stand before the seal.
bool is_hole(std::string_view pdf, const Span& hole, size_t seal_at) {
  if (hole.at < kHoleHead.size() || hole.at > seal_at || hole.size > seal_at - hole.at) return false;
  const auto digits = pdf.substr(hole.at, hole.size);
  return pdf.substr(hole.at - kHoleHead.size(), kHoleHead.size()) == kHoleHead &&
         pdf[hole.at + hole.size] == '>' &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// REQUIRES: is_hole. Covered is all but the room with its brackets, which is what set_covered wrote down and the seal holds fast.
FileSignature signature_in(std::string_view pdf, const Span& hole) {
  FileSignature found;
  const auto digit = [&](size_t at) {
    const char c = pdf[hole.at + at];
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
  };
  for (size_t at = 0; at + 1 < hole.size; at += 2)
    found.cms += static_cast<char>(digit(at) << 4 | digit(at + 1));
  found.covered.reserve(pdf.size());
  found.covered += pdf.substr(0, hole.at - 1);
  found.covered += pdf.substr(hole.at + hole.size + 1);
  return found;
}

std::string message_of(std::string_view pdf, const std::optional<Span>& hole, const Span& signature) {
  std::string rest;
  rest.reserve(pdf.size());
  if (hole) {
    rest += pdf.substr(0, hole->at);
    rest += pdf.substr(hole->at + hole->size, signature.at - hole->at - hole->size);
  } else {
    rest += pdf.substr(0, signature.at);
  }
  rest += pdf.substr(signature.at + signature.size);
  return std::string(kDomain) + crypto::sha256(rest);
}

}  // namespace

std::string seal_file(std::string pdf, std::string_view proof, const crypto::PrivateKey& key,
                      std::string_view signer) {
  constexpr std::string_view kWord = "startxref";
  const size_t word = pdf.rfind(kWord);
  const auto tail = word == std::string::npos ? "" : std::string(trim(pdf.substr(word + kWord.size())));
  const auto table = parse_size(tail.substr(0, tail.find_first_not_of("0123456789")));
  if (!table || *table >= word || pdf.compare(*table, 4, "xref") != 0)
    throw Failure("无法给 PDF 加上证明（没有找到交叉引用表）");
  const auto hole = find_hole(pdf);
  auto place = hole ? fmt::format("{}+{}", hole->at, hole->size) : "-";
  if (hole && !signer.empty()) place += "+" + crypto::to_base64url(signer);
  const auto head = fmt::format("{}{} {} {} ", kMark, proof, place, key.public_key().id());
  const Span signature{*table + head.size(), kSpelled};
  const std::string line = head + std::string(kSpelled, '-') + "\n";
  pdf.replace(word, std::string::npos, fmt::format("startxref\n{}\n%%EOF\n", *table + line.size()));
  pdf.insert(*table, line);
  set_covered(pdf);
  const auto spelled = crypto::to_base64url(key.sign(message_of(pdf, hole, signature)));
  pdf.replace(signature.at, signature.size, spelled);
  return pdf;
}

std::optional<FileSeal> find_seal(std::string_view pdf) {
  const size_t at = pdf.rfind(kMark);
  if (at == std::string_view::npos || at == 0 || pdf[at - 1] != '\n') return std::nullopt;
  const size_t end = pdf.find('\n', at);
  if (end == std::string_view::npos || end - at > kLongestLine) return std::nullopt;
  const auto words = split(pdf.substr(at + kMark.size(), end - at - kMark.size()), " ");
  if (words.size() != 4 || words[3].size() != kSpelled) return std::nullopt;
  const auto signature = crypto::from_base64url(words[3]);
  if (!signature) return std::nullopt;
  std::optional<Span> hole;
  std::string signer;
  if (words[1] != "-") {
    const auto parts = split(words[1], "+");
    const auto from = parse_size(parts[0]);
    const auto size = parts.size() < 2 ? std::nullopt : parse_size(parts[1]);
    const auto print = parts.size() < 3 ? std::optional<std::string>("") : crypto::from_base64url(parts[2]);
    if (!from || !size || !print || parts.size() > 3) return std::nullopt;
    hole = Span{*from, *size};
    signer = *print;
  }
  FileSeal seal{words[0], words[2], "", *signature};
  // A hole that is none leaves the message empty: no signature is good for it.
  if (hole && !is_hole(pdf, *hole, at)) return seal;
  seal.message = message_of(pdf, hole, {end - kSpelled, kSpelled});
  if (hole) seal.pdf_signature = signature_in(pdf, *hole);
  if (hole) seal.pdf_signature->signer = signer;
  return seal;
}

}  // namespace wenshu::pdf
