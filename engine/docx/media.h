// Pictures that the data of a document name, each read, judged and packed once a document.
#pragma once

#include <string>

#include "docx/mark_value.h"
#include "docx/picture_xml.h"

namespace wenshu::docx {

struct Media {
  std::string target;  // for PackageEdit::relate
  PictureBox size;     // its own
};

enum class Ink { as_it_is, clear_paper };  // of a scanned seal: white becomes clear (picture/decode.h)

// nullptr after a finding: no-such-file, bad-picture, picture-too-large; for clear_paper the file must be PNG.
const Media* find_media(Renderer& renderer, const Lifted& lifted, const std::string& name,
                        Ink ink = Ink::as_it_is);

}  // namespace wenshu::docx
