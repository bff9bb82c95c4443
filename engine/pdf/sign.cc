#include "pdf/sign.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace wenshu::pdf {
namespace {

constexpr std::string_view kRoom = "/Contents <";
constexpr std::string_view kRange = "/ByteRange [";
constexpr size_t kRangeWidth = 48;  // four numbers of a file below 10 GB, padded

[[noreturn]] void fail(const std::string& why) { throw Failure("无法给 PDF 签名（" + why + "）"); }

size_t number_at(std::string_view text, size_t at) {
  while (at < text.size() && text[at] == ' ') ++at;
  size_t value = 0;
  const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  if (fault != std::errc()) fail("文件结构不是预期的");
  return value;
}

// A file of our own as text: its one cross-reference table tells where objects begin; what is put in moves those behind it.
class Editor {
 public:
  explicit Editor(std::string pdf) : pdf_(std::move(pdf)) {
    const size_t word = pdf_.rfind("startxref");
    if (word == std::string::npos) fail("没有 startxref");
    table_ = number_at(pdf_, pdf_.find('\n', word) + 1);
    if (table_ >= word || pdf_.compare(table_, 4, "xref") != 0) fail("没有交叉引用表");
    size_t line = pdf_.find("0 ", table_);
    const size_t count = number_at(pdf_, line + 2);
    line = pdf_.find('\n', line) + 1;
    if (count > (pdf_.size() - table_) / 20) fail("交叉引用表不完整");
    for (size_t i = 0; i < count; ++i) offsets_.push_back(number_at(pdf_, line + 20 * i));
    const size_t trailer = pdf_.find("trailer", table_), end = pdf_.rfind(">>");
    if (trailer == std::string::npos || end < trailer) fail("没有 trailer");
    trailer_ = pdf_.substr(trailer, end + 2 - trailer);
    pdf_.resize(table_);
  }

  size_t root() const { return number_at(trailer_, find_in(trailer_, "/Root") + 5); }
  // The first page in the file's order.
  size_t first_page() const {
    for (size_t i = 1; i < offsets_.size(); ++i) {
      const auto object = std::string_view(pdf_).substr(offsets_[i], body_end(i) - offsets_[i]);
      const size_t type = object.find("/Type /Page");
      if (type != std::string_view::npos && object.substr(type + 11, 1) != "s") return i;
    }
    fail("没有页面");
  }

  size_t next_number() const { return offsets_.size(); }
  void add(const std::string& body) {
    offsets_.push_back(pdf_.size());
    pdf_ += fmt::format("{} 0 obj\n{}\nendobj\n", offsets_.size() - 1, body);
  }
  // Into the dictionary of an object, at its end.
  void put_in(size_t object, const std::string& entries) {
    const size_t at = pdf_.rfind(">>", body_end(object));
    if (object >= offsets_.size() || at == std::string::npos || at < offsets_[object]) fail("对象不是词典");
    pdf_.insert(at, entries);
    for (size_t& offset : offsets_)
      if (offset > at) offset += entries.size();
  }

  std::string finish() {
    const size_t table = pdf_.size();
    pdf_ += fmt::format("xref\n0 {}\n0000000000 65535 f\r\n", offsets_.size());
    for (size_t i = 1; i < offsets_.size(); ++i) pdf_ += fmt::format("{:010} 00000 n\r\n", offsets_[i]);
    const size_t size = find_in(trailer_, "/Size") + 5, end = trailer_.find_first_not_of(" 0123456789", size);
    trailer_.replace(size, end - size, fmt::format(" {}", offsets_.size()));
    return pdf_ + trailer_ + fmt::format("\nstartxref\n{}\n%%EOF\n", table);
  }

 private:
  static size_t find_in(const std::string& text, std::string_view word) {
    const size_t at = text.find(word);
    if (at == std::string::npos) fail("trailer 里没有 " + std::string(word));
    return at;
  }
  size_t body_end(size_t object) const {
    const size_t end = pdf_.find("endobj", offsets_.at(object));
    if (end == std::string::npos) fail("对象没有结尾");
    return end;
  }

  std::string pdf_, trailer_;
  size_t table_ = 0;
  std::vector<size_t> offsets_;
};

std::string pdf_date(Time at) {
  const auto text = to_china_text(at);  // 2020-07-27 09:00
  const auto seconds = (at.time_since_epoch().count() % 60 + 60) % 60;
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return fmt::format("D:{}{:02}+08'00'", digits, seconds);
}

struct Room {
  size_t at = 0, size = 0;  // of the digits
};

std::optional<Room> find_room(std::string_view pdf) {
  const size_t head = pdf.rfind(std::string(kRoom) + std::string(64, '0'));
  if (head == std::string_view::npos) return std::nullopt;
  const size_t at = head + kRoom.size(), end = pdf.find('>', at);
  if (end == std::string_view::npos || pdf.find_first_not_of('0', at) != end) return std::nullopt;
  return Room{at, end - at};
}

}  // namespace

std::string reserve_signature(std::string pdf, Time at, size_t room) {
  Editor editor(std::move(pdf));
  const size_t page = editor.first_page(), field = editor.next_number(), signature = field + 1;
  editor.put_in(editor.root(), fmt::format("/AcroForm << /Fields [{} 0 R] /SigFlags 3 >>\n", field));
  editor.put_in(page, fmt::format("/Annots [{} 0 R]\n", field));
  // Printed and locked, of no size: PDF/A-2 (6.3.3) asks no appearance of such a field.
  editor.add(
      fmt::format("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /Rect [0 0 0 0] /F 132 /P {} 0 R "
                  "/V {} 0 R >>",
                  page, signature));
  editor.add(fmt::format(
      "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M ({}) {}{}] {}{}> >>",
      pdf_date(at), kRange, std::string(kRangeWidth, ' '), kRoom, std::string(2 * room, '0')));
  return editor.finish();
}

bool is_signed(std::string_view pdf) {
  const size_t at = pdf.rfind("/SubFilter /ETSI.CAdES.detached");
  return at != std::string_view::npos && pdf.find(std::string(kRoom) + "30", at) != std::string_view::npos;
}

void set_covered(std::string& pdf) {
  const auto room = find_room(pdf);
  if (!room) return;
  const size_t at = pdf.rfind(kRange, room->at);
  if (at == std::string::npos) fail("签名域没有 ByteRange");
  const size_t behind = room->at + room->size + 1;
  auto range = fmt::format("0 {} {} {}", room->at - 1, behind, pdf.size() - behind);
  range.resize(kRangeWidth, ' ');
  pdf.replace(at + kRange.size(), kRangeWidth, range);
}

std::string sign_file(std::string pdf, const Signer& signer) {
  set_covered(pdf);
  const auto room = find_room(pdf);
  if (!room) fail("没有给签名留位置");
  const auto cms = signer(pdf.substr(0, room->at - 1) + pdf.substr(room->at + room->size + 1));
  auto digits = crypto::to_hex(cms);
  if (digits.empty() || digits.size() > room->size)
    fail(fmt::format("签名有 {} 字节，留的位置只有 {} 字节", cms.size(), room->size / 2));
  digits.resize(room->size, '0');
  pdf.replace(room->at, room->size, digits);
  return pdf;
}

}  // namespace wenshu::pdf
