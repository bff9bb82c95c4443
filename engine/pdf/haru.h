// libharu's object layer behind RAII: its memory manager, dictionaries, cross-reference table and trailer, and its
// writing of objects. Its font, image, text and page code never runs (reference: it drops characters outside the BMP,
// aborts on bad pictures, and keeps 8.6 kB a page). Inside this room only.
#pragma once

#include <hpdf.h>

#include <deque>
#include <string>
#include <string_view>

namespace wenshu::pdf {

// An indirect object of the file.
struct Object {
  HPDF_Dict dictionary = nullptr;
  unsigned id = 0;
};

// "12 0 R"
void append_reference(std::string& out, const Object& object);

// Every call throws Failure when libharu reported an error: its handler only records, since it runs inside C
// frames. One Haru at a time on a thread: all that libharu takes comes from an arena of the thread, which is
// emptied when the Haru goes.
class Haru {
 public:
  Haru();
  ~Haru();
  Haru(const Haru&) = delete;
  Haru& operator=(const Haru&) = delete;

  // Known by its number from now on; set() says later what it is.
  Object add();
  // `entries` is text as it stands in the file: "/Type /Font /Subtype /Type0".
  void set(const Object& object, std::string entries);
  // `bytes` are written as they are, so `entries` must name the filter they went through. They are not copied:
  // they outlive write().
  void set_stream(const Object& object, std::string entries, std::string_view bytes);
  Object add_dictionary(std::string entries);
  Object add_stream(std::string entries, std::string_view bytes);

  // The file, in place of what `file` held; its room serves again. `id` is 16 bytes. REQUIRES: each object was set.
  void write(const Object& catalog, const Object& info, std::string_view id, std::string& file);

 private:
  struct Fault {
    HPDF_STATUS code = 0, detail = 0;
  };
  struct Body {  // what a dictionary of libharu points to
    std::string entries;
    std::string_view bytes;
    bool is_stream = false;
    HPDF_Stream out = nullptr;
  };
  static void record(HPDF_STATUS code, HPDF_STATUS detail, void* fault);
  static HPDF_STATUS write_entries(HPDF_Dict dictionary, HPDF_Stream out);
  static HPDF_STATUS write_bytes(HPDF_Dict dictionary);
  void check() const;

  Fault fault_;
  HPDF_Error_Rec error_{};
  HPDF_MMgr memory_ = nullptr;
  HPDF_Xref xref_ = nullptr;
  std::deque<Body> bodies_;
};

}  // namespace wenshu::pdf
