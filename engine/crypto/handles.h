// OpenSSL's objects, each freed in its own way; inside this room only.
#pragma once

#include <openssl/bio.h>

#include <memory>

namespace wenshu::crypto {

template <auto function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    function(object);
  }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;

}  // namespace wenshu::crypto
