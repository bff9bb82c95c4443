// libharu's object layer behind RAII. Of libharu we use the cross-reference table, the page tree and the
// writing of objects; its font, image and text code never runs (reference: it drops characters outside the
// BMP and aborts on bad pictures). Inside this room only.
#pragma once

#include <hpdf.h>

#include <deque>
#include <string>
#include <string_view>

namespace wenshu::pdf {

// Every call throws Failure when libharu reported an error: its handler only records, since it runs inside C
// frames.
class Haru {
 public:
  Haru();
  ~Haru();
  Haru(const Haru&) = delete;
  Haru& operator=(const Haru&) = delete;

  // An indirect dictionary whose entries are the given text, "/Type /Font /Subtype /Type0".
  HPDF_Dict add_dictionary(std::string entries);
  // An indirect stream; `bytes` are written as they are, so `entries` must name the filter they went through.
  HPDF_Dict add_stream(std::string entries, std::string_view bytes);
  // parent /key object R
  void refer(HPDF_Dict parent, const char* key, HPDF_Dict object);
  // parent /key [object R]
  void refer_list(HPDF_Dict parent, const char* key, HPDF_Dict object);

  // `contents` is deflated already.
  HPDF_Page add_page(double width_pt, double height_pt, std::string_view contents);
  // /category << /name object R >> in the page's resources.
  void add_resource(HPDF_Page page, const char* category, const std::string& name, HPDF_Dict object);

  // /Dest of a bookmark: the page's place `y_pt` above its lower edge, at the zoom the reader has.
  void refer_destination(HPDF_Dict item, HPDF_Page page, double y_pt);
  HPDF_Dict catalog() const { return doc_->catalog; }

  void set_info(const char* key, std::string_view utf8);
  void set_created(std::string_view iso);  // 2020-07-27T09:00:00+08:00
  void set_language(const char* tag);

  // The file. `id` is 16 bytes.
  std::string write(std::string_view id);

 private:
  void check() const;
  void set_entries(HPDF_Dict dictionary, std::string entries);

  struct Fault {
    HPDF_STATUS code = 0, detail = 0;
  };
  static void record(HPDF_STATUS code, HPDF_STATUS detail, void* fault);

  Fault fault_;
  HPDF_Doc doc_ = nullptr;
  std::deque<std::string> texts_;  // entries live until the file is written
};

}  // namespace wenshu::pdf
