// Several threads on one list: each takes the next share of it, the first fault ends all.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace wenshu {

class Crew {
 public:
  static constexpr size_t kMostWorkers = 256;
  using Progress = std::function<void(size_t done, size_t all)>;  // may be empty; never called by two at once

  explicit Crew(size_t count, Progress progress = {}) : count_(count), progress_(std::move(progress)) {}

  // work(i) for each i below the count, by one of `workers` threads (the caller's among them). make() gives each its own
  // `work`, with what no two may share. Throws what the first fault threw.
  template <class Make>
  void run(size_t workers, const Make& make) {
    std::vector<std::thread> threads;
    try {
      for (size_t i = 1; i < std::min({workers, kMostWorkers, (count_ + kShare - 1) / kShare}); ++i)
        threads.emplace_back([&] { work(make); });
    } catch (const std::system_error&) {  // the machine gives no more threads: those that are there do it
    }
    work(make);
    for (std::thread& thread : threads) thread.join();
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  static constexpr size_t kShare = 16;

  template <class Make>
  void work(const Make& make) {
    try {
      auto worker = make();
      for (size_t from; !stop_ && (from = next_.fetch_add(kShare)) < count_;) {
        const size_t end = std::min(from + kShare, count_);
        for (size_t i = from; i < end; ++i) worker(i);
        tell(end - from);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      stop_ = true;
    }
  }

  void tell(size_t more) {
    if (!progress_) return;
    const std::lock_guard lock(mutex_);
    progress_(done_ += more, count_);
  }

  size_t count_;
  Progress progress_;
  std::atomic<size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::mutex mutex_;
  size_t done_ = 0;
  std::exception_ptr fault_;
};

}  // namespace wenshu
