// A value that is nearly always the default one, and costs a null pointer then.
#pragma once

#include <memory>
#include <utility>

namespace wenshu {

template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(T value)  // NOLINT: it is its value
      : value_(value == none() ? nullptr : std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) {
    if (this != &other) value_ = other.value_ ? std::make_unique<T>(*other.value_) : nullptr;
    return *this;
  }
  Rare& operator=(Rare&&) noexcept = default;
  ~Rare() = default;

  explicit operator bool() const { return value_ != nullptr; }  // false: it is the default one
  const T& operator*() const { return value_ ? *value_ : none(); }
  const T* operator->() const { return &**this; }
  T& edit() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }
  void reset() { value_.reset(); }
  friend bool operator==(const Rare& a, const Rare& b) { return (!a.value_ && !b.value_) || *a == *b; }

 private:
  static const T& none() {
    static const T kNone{};
    return kNone;
  }
  std::unique_ptr<T> value_;
};

}  // namespace wenshu
