// wenshu certificates preview: one certificate of a sheet, before there is a class.
#pragma once

#include <filesystem>

#include "app/context.h"

namespace wenshu::app {

struct PreviewRequest {
  std::filesystem::path sheet, out;              // out: a PDF
  std::filesystem::path data = {}, roster = {};  // may be empty: the sheet's own samples stand in
  bool guides = false;                           // the boxes of the sheet, and a grid of centimetres
};

// The first person of the roster. Numbers nothing and opens no store. Throws FaultyInput.
void preview_certificate(const Context& context, const PreviewRequest& request);

}  // namespace wenshu::app
