// Memory asked of the system at one go. A page that is first written costs a visit to the kernel, and in a virtual
// machine that is most of what a large file costs to read; pages asked for together cost a tenth.
#pragma once

#include <cstddef>
#include <string>

namespace wenshu {

// Room for `size` bytes that are about to be written from end to end. Small sizes are left alone.
void reserve_pages(std::string& bytes, size_t size);

// The same for the many small things that are about to be made, `size` bytes together. The first 32 MiB are taken at
// once; what is beyond them, up to 256 MiB, is only promised, and costs nothing while it is not used.
void grow_heap(size_t size);

}  // namespace wenshu
