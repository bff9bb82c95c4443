// Packs the outlines of fonts, which hold nothing twice: as a zlib stream (RFC 1950, 1951) of Huffman codes without
// a search for repetitions. A third of the time of the quickest general packing, for one byte in twenty more.
#pragma once

#include <string>

#include "font/subset.h"

namespace wenshu::pdf {

// Outlines are packed by one code for all fonts of their kind, each of them once a thread; where the program names none,
// the bytes have a code of their own. REQUIRES: outlines_at + all sizes <= bytes.size().
std::string pack_outlines(const font::Program& program, font::Outlines kind = font::Outlines::cff);

}  // namespace wenshu::pdf
