#include "pdf/haru.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "pdf/syntax.h"

namespace wenshu::pdf {
namespace {

HPDF_STATUS write_entries(HPDF_Dict dictionary, HPDF_Stream out) {
  const auto& text = *static_cast<const std::string*>(dictionary->attr);
  return HPDF_Stream_Write(out, reinterpret_cast<const HPDF_BYTE*>(text.data()),
                           static_cast<HPDF_UINT>(text.size()));
}

// A stream that appends to a std::string.
HPDF_STATUS append(HPDF_Stream out, const HPDF_BYTE* bytes, HPDF_UINT size) {
  try {
    static_cast<std::string*>(out->attr)->append(reinterpret_cast<const char*>(bytes), size);
  } catch (...) {  // no exception may pass through libharu's C frames
    return HPDF_FAILD_TO_ALLOC_MEM;
  }
  return HPDF_OK;
}

const HPDF_BYTE* as_bytes(std::string_view text) { return reinterpret_cast<const HPDF_BYTE*>(text.data()); }

}  // namespace

void Haru::record(HPDF_STATUS code, HPDF_STATUS detail, void* fault) {
  auto& first = *static_cast<Fault*>(fault);
  if (first.code == 0) first = {code, detail};
}

Haru::Haru() {
  doc_ = HPDF_New(&Haru::record, &fault_);
  if (!doc_) throw Failure("无法生成 PDF（libharu 无法启动，内存不足）");
}
Haru::~Haru() { HPDF_Free(doc_); }

void Haru::check() const {
  if (fault_.code != 0)
    throw Failure(fmt::format("无法生成 PDF（libharu 错误 0x{:04X}，细节 {}）", fault_.code, fault_.detail));
}

void Haru::set_entries(HPDF_Dict dictionary, std::string entries) {
  texts_.push_back(std::move(entries) + "\n");
  dictionary->attr = &texts_.back();
  dictionary->write_fn = write_entries;
}

HPDF_Dict Haru::add_dictionary(std::string entries) {
  const HPDF_Dict dictionary = HPDF_Dict_New(doc_->mmgr);
  check();
  HPDF_Xref_Add(doc_->xref, dictionary);
  check();
  set_entries(dictionary, std::move(entries));
  return dictionary;
}

HPDF_Dict Haru::add_stream(std::string entries, std::string_view bytes) {
  const HPDF_Dict stream = HPDF_DictStream_New(doc_->mmgr, doc_->xref);
  check();
  HPDF_Stream_Write(stream->stream, as_bytes(bytes), static_cast<HPDF_UINT>(bytes.size()));
  check();
  set_entries(stream, std::move(entries));
  return stream;
}

void Haru::refer(HPDF_Dict parent, const char* key, HPDF_Dict object) {
  HPDF_Dict_Add(parent, key, object);
  check();
}

void Haru::refer_list(HPDF_Dict parent, const char* key, HPDF_Dict object) {
  const HPDF_Array list = HPDF_Array_New(doc_->mmgr);
  HPDF_Dict_Add(parent, key, list);
  HPDF_Array_Add(list, object);
  check();
}

HPDF_Page Haru::add_page(double width_pt, double height_pt, std::string_view contents) {
  const HPDF_Page page = HPDF_AddPage(doc_);
  check();
  HPDF_Page_SetWidth(page, static_cast<HPDF_REAL>(width_pt));
  HPDF_Page_SetHeight(page, static_cast<HPDF_REAL>(height_pt));
  const auto* attributes = static_cast<HPDF_PageAttr>(page->attr);
  HPDF_Stream_Write(attributes->stream, as_bytes(contents), static_cast<HPDF_UINT>(contents.size()));
  set_entries(attributes->contents, "/Filter /FlateDecode");
  check();
  return page;
}

void Haru::add_resource(HPDF_Page page, const char* category, const std::string& name, HPDF_Dict object) {
  const auto resources = static_cast<HPDF_Dict>(HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT));
  auto entries = static_cast<HPDF_Dict>(HPDF_Dict_GetItem(resources, category, HPDF_OCLASS_DICT));
  if (!entries) {
    entries = HPDF_Dict_New(doc_->mmgr);
    HPDF_Dict_Add(resources, category, entries);
  }
  HPDF_Dict_Add(entries, name.c_str(), object);
  check();
}

void Haru::refer_destination(HPDF_Dict item, HPDF_Page page, double y_pt) {
  const HPDF_Array destination = HPDF_Array_New(doc_->mmgr);
  HPDF_Dict_Add(item, "Dest", destination);
  HPDF_Array_Add(destination, page);
  HPDF_Array_AddName(destination, "XYZ");
  HPDF_Array_Add(destination, HPDF_Null_New(doc_->mmgr));
  HPDF_Array_AddReal(destination, static_cast<HPDF_REAL>(y_pt));
  HPDF_Array_Add(destination, HPDF_Null_New(doc_->mmgr));
  check();
}

void Haru::set_info(const char* key, std::string_view utf8) {
  std::string text = utf16_with_mark(to_characters(utf8));
  const HPDF_Binary value = HPDF_Binary_New(doc_->mmgr, reinterpret_cast<HPDF_BYTE*>(text.data()),
                                            static_cast<HPDF_UINT>(text.size()));
  HPDF_Dict_Add(doc_->info, key, value);
  check();
}

void Haru::set_created(std::string_view iso) {
  std::string digits;
  for (const char c : iso.substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  const std::string stamp = fmt::format("D:{}+08'00'", digits);
  for (const char* key : {"CreationDate", "ModDate"})
    HPDF_Dict_Add(doc_->info, key, HPDF_String_New(doc_->mmgr, stamp.c_str(), nullptr));
  check();
}

void Haru::set_language(const char* tag) {
  HPDF_Dict_Add(doc_->catalog, "Lang", HPDF_String_New(doc_->mmgr, tag, nullptr));
  check();
}

std::string Haru::write(std::string_view id) {
  const HPDF_Array ids = HPDF_Array_New(doc_->mmgr);
  std::string bytes(id);
  for (int i = 0; i < 2; ++i)
    HPDF_Array_Add(ids, HPDF_Binary_New(doc_->mmgr, reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                                        static_cast<HPDF_UINT>(bytes.size())));
  HPDF_Dict_Add(doc_->trailer, "ID", ids);
  HPDF_Dict_Add(doc_->trailer, "Root", doc_->catalog);
  HPDF_Dict_Add(doc_->trailer, "Info", doc_->info);
  check();

  std::string file = "%PDF-1.7\n%\xE6\x96\x87\xE6\x9E\xA2\n";  // bytes over 127 say that the file is not text
  HPDF_Stream_Rec out{};
  out.sig_bytes = HPDF_STREAM_SIG_BYTES;
  out.type = HPDF_STREAM_CALLBACK;
  out.mmgr = doc_->mmgr;
  out.error = &doc_->error;
  out.size = static_cast<HPDF_UINT>(file.size());
  out.write_fn = append;
  out.attr = &file;
  HPDF_Xref_WriteToStream(doc_->xref, &out, nullptr);
  check();
  return file;
}

}  // namespace wenshu::pdf
