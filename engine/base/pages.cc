#include "base/pages.h"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace wenshu {
namespace {

constexpr size_t kWorthIt = 1u << 20;

// Linux before 5.14 does not know the request; then pages come one by one as ever.
void touch(char* begin, size_t size) {
  constexpr std::uintptr_t kPage = 4096;
  const auto at = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t first = (at + kPage - 1) / kPage * kPage, end = (at + size) / kPage * kPage;
  if (first >= end) return;
  (void)madvise(begin + (first - at), end - first, MADV_HUGEPAGE);
  (void)madvise(begin + (first - at), end - first, MADV_POPULATE_WRITE);
}

}  // namespace

void reserve_pages(std::string& bytes, size_t size) {
  bytes.reserve(size);
  if (size >= kWorthIt) touch(bytes.data(), size);
}

void grow_heap(size_t size) {
  constexpr int kMost = 32 << 20;
  if (size < kWorthIt) return;
  // What is given back below stays with the allocator, for the small things to come.
  mallopt(M_MMAP_THRESHOLD, kMost);
  mallopt(M_TRIM_THRESHOLD, 2 * kMost);
  size = std::min(size, static_cast<size_t>(kMost) - 4096);
  auto* const room = static_cast<char*>(std::malloc(size));
  if (!room) return;
  touch(room, size);
  std::free(room);
}

}  // namespace wenshu
