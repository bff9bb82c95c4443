#include "base/pages.h"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>

namespace wenshu {
namespace {

constexpr size_t kWorthIt = 1u << 20;

// Linux before 5.14 does not know the requests; then pages come one by one as ever.
void advise(char* begin, size_t size, std::initializer_list<int> requests) {
  constexpr std::uintptr_t kPage = 4096;
  const auto at = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t first = at / kPage * kPage, end = (at + size + kPage - 1) / kPage * kPage;
  for (const int request : requests) (void)madvise(begin - (at - first), end - first, request);
}

}  // namespace

void reserve_pages(std::string& bytes, size_t size) {
  bytes.reserve(size);
  if (size >= kWorthIt) advise(bytes.data(), size, {MADV_HUGEPAGE, MADV_POPULATE_WRITE});
}

void grow_heap(size_t size) {
  constexpr size_t kPiece = (32u << 20) - 4096;  // larger ones would not come from the heap
  constexpr size_t kMostPieces = 12;
  if (size < kWorthIt) return;
  // What is given back below stays with the allocator, for the small things to come.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  std::array<void*, kMostPieces> pieces{};
  for (void*& piece : pieces) {
    const size_t now = std::min(size, kPiece);
    piece = size > 0 ? std::malloc(now) : nullptr;
    if (!piece) break;
    if (&piece == pieces.data())
      advise(static_cast<char*>(piece), now, {MADV_HUGEPAGE, MADV_POPULATE_WRITE});
    else
      advise(static_cast<char*>(piece), now, {MADV_HUGEPAGE});
    size -= now;
  }
  for (void* piece : pieces) std::free(piece);
}

}  // namespace wenshu
