#include "pdf/haru.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/error.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

// A stream that appends to a std::string.
HPDF_STATUS append(HPDF_Stream out, const HPDF_BYTE* bytes, HPDF_UINT size) {
  try {
    static_cast<std::string*>(out->attr)->append(reinterpret_cast<const char*>(bytes), size);
  } catch (...) {  // no exception may pass through libharu's C frames
    return HPDF_FAILD_TO_ALLOC_MEM;
  }
  return HPDF_OK;
}

HPDF_STATUS append(HPDF_Stream out, std::string_view text) {
  return HPDF_Stream_Write(out, reinterpret_cast<const HPDF_BYTE*>(text.data()),
                           static_cast<HPDF_UINT>(text.size()));
}

// What libharu takes while one document is made: hundreds of small pieces that all go at once. Large ones (its
// lists, which grow by being taken anew) are given back as libharu frees them.
class Arena {
 public:
  ~Arena() { reset(); }

  void* take(size_t size) {
    if (size > kLarge) return take_large(size);
    const size_t whole = (size + kAlign - 1) / kAlign * kAlign + kAlign;
    if (block_ == blocks_.size() || used_ + whole > kBlock) {
      if (block_ < blocks_.size()) ++block_;
      if (block_ == blocks_.size()) {
        blocks_.emplace_back(new (std::nothrow) std::byte[kBlock]);
        if (!blocks_.back()) return blocks_.pop_back(), nullptr;
      }
      used_ = 0;
    }
    std::byte* piece = blocks_[block_].get() + used_;
    used_ += whole;
    *reinterpret_cast<size_t*>(piece) = kNone;
    return piece + kAlign;
  }

  void give_back(void* piece) {
    const size_t large = *reinterpret_cast<size_t*>(static_cast<std::byte*>(piece) - kAlign);
    if (large != kNone) large_[large].reset();
  }

  void reset() {
    large_.clear();
    if (blocks_.size() > kKept) blocks_.resize(kKept);
    block_ = used_ = 0;
  }

 private:
  static constexpr size_t kAlign = alignof(std::max_align_t), kBlock = 1 << 16, kLarge = 1 << 13, kKept = 8;
  static constexpr size_t kNone = static_cast<size_t>(-1);

  void* take_large(size_t size) {
    std::unique_ptr<std::byte[]> piece(new (std::nothrow) std::byte[size + kAlign]);
    if (!piece) return nullptr;
    *reinterpret_cast<size_t*>(piece.get()) = large_.size();
    large_.push_back(std::move(piece));
    return large_.back().get() + kAlign;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_, large_;
  size_t block_ = 0, used_ = 0;
};

Arena& arena() {
  thread_local Arena arena;
  return arena;
}

void* HPDF_STDCALL take(HPDF_UINT size) { return arena().take(size); }
void HPDF_STDCALL give_back(void* piece) { arena().give_back(piece); }

}  // namespace

void append_reference(std::string& out, const Object& object) {
  append_integer(out, object.id);
  out += " 0 R";
}

void Haru::record(HPDF_STATUS code, HPDF_STATUS detail, void* fault) {
  auto& first = *static_cast<Fault*>(fault);
  if (first.code == 0) first = {code, detail};
}

Haru::Haru() {
  arena().reset();
  HPDF_Error_Init(&error_, &fault_);
  error_.error_fn = &Haru::record;
  memory_ = HPDF_MMgr_New(&error_, 0, take, give_back);
  if (memory_) xref_ = HPDF_Xref_New(memory_, 0);
  if (!xref_) throw Failure("无法生成 PDF（libharu 无法启动，内存不足）");
}
Haru::~Haru() { arena().reset(); }

void Haru::check() const {
  if (fault_.code != 0)
    throw Failure(fmt::format("无法生成 PDF（libharu 错误 0x{:04X}，细节 {}）", fault_.code, fault_.detail));
}

HPDF_STATUS Haru::write_entries(HPDF_Dict dictionary, HPDF_Stream out) {
  Body& body = *static_cast<Body*>(dictionary->attr);
  body.out = out;
  return append(out, body.entries);
}

// After the dictionary's >>: libharu's own streams have their length in an object of its own, 80 bytes more each.
HPDF_STATUS Haru::write_bytes(HPDF_Dict dictionary) {
  const Body& body = *static_cast<Body*>(dictionary->attr);
  if (!body.is_stream) return HPDF_OK;
  HPDF_STATUS status = append(body.out, "\nstream\r\n");
  if (status == HPDF_OK) status = append(body.out, body.bytes);
  return status == HPDF_OK ? append(body.out, "\nendstream") : status;
}

Object Haru::add() {
  const HPDF_Dict dictionary = HPDF_Dict_New(memory_);
  check();
  HPDF_Xref_Add(xref_, dictionary);
  check();
  dictionary->attr = &bodies_.emplace_back();
  dictionary->write_fn = write_entries;
  dictionary->after_write_fn = write_bytes;
  return {dictionary, dictionary->header.obj_id & 0x00FFFFFF};  // above stands what kind of object it is
}

void Haru::set(const Object& object, std::string entries) {
  Body& body = *static_cast<Body*>(object.dictionary->attr);
  body.entries = std::move(entries);
  body.entries += '\n';
}

void Haru::set_stream(const Object& object, std::string entries, std::string_view bytes) {
  entries += " /Length ";
  append_integer(entries, bytes.size());
  set(object, std::move(entries));
  Body& body = *static_cast<Body*>(object.dictionary->attr);
  body.bytes = bytes;
  body.is_stream = true;
}

Object Haru::add_dictionary(std::string entries) {
  const Object object = add();
  set(object, std::move(entries));
  return object;
}

Object Haru::add_stream(std::string entries, std::string_view bytes) {
  const Object object = add();
  set_stream(object, std::move(entries), bytes);
  return object;
}

void Haru::write(const Object& catalog, const Object& info, std::string_view id, std::string& file) {
  std::string entries = "/Root ";
  append_reference(entries, catalog);
  entries += " /Info ";
  append_reference(entries, info);
  entries += " /ID [<";
  std::string digits;
  for (const char byte : id) append_hex_byte(digits, static_cast<uint8_t>(byte));
  entries += digits + "> <" + digits + ">]";
  Body& trailer = bodies_.emplace_back();
  trailer.entries = std::move(entries) + "\n";
  xref_->trailer->attr = &trailer;
  xref_->trailer->write_fn = write_entries;

  constexpr size_t kRoundAnObject = 80;  // its number, brackets and words, and its line of the table
  size_t size = 0;
  for (const Body& body : bodies_) size += body.entries.size() + body.bytes.size() + kRoundAnObject;
  file.reserve(size);
  file = "%PDF-1.7\n%\xE6\x96\x87\xE6\x9E\xA2\n";  // bytes over 127 say that the file is not text
  HPDF_Stream_Rec out{};
  out.sig_bytes = HPDF_STREAM_SIG_BYTES;
  out.type = HPDF_STREAM_CALLBACK;
  out.mmgr = memory_;
  out.error = &error_;
  out.size = static_cast<HPDF_UINT>(file.size());
  out.write_fn = append;
  out.attr = &file;
  HPDF_Xref_WriteToStream(xref_, &out, nullptr);
  check();
}

}  // namespace wenshu::pdf
