#include "cli/invocation.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/usage.h"
#include "data/write.h"

namespace wenshu::cli {
namespace {

// The folder that holds templates/ and fonts/: $WENSHU_HOME, else the nearest one above the program.
std::filesystem::path find_home() {
  if (const char* home = std::getenv("WENSHU_HOME"); home != nullptr && *home != '\0') return home;
  std::error_code none;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", none);
  for (auto folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
    if (std::filesystem::exists(folder / "templates", none) &&
        std::filesystem::exists(folder / "fonts", none))
      return folder;
  return std::filesystem::current_path(none);
}

// The store writes years in four digits, and its times sort as text.
bool is_of_our_days(Time time) {
  const auto year = china_date(time).year();
  return year >= std::chrono::year(1900) && year <= std::chrono::year(9000);
}

std::string store_address(const std::string& option) {
  if (!option.empty()) return option;
  const char* from_environment = std::getenv("WENSHU_STORE");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : "wenshu.db";
}

}  // namespace

const std::filesystem::path& Invocation::home() {
  if (home_.empty()) home_ = find_home();
  return home_;
}

const app::Context& Invocation::context() {
  if (ready_) return context_;
  if (now.empty()) {
    clock_ = std::make_unique<SystemClock>();
  } else {
    const auto time = parse_time(now);
    if (!time || !is_of_our_days(*time))
      throw WrongUsage(fmt::format("--now 无法识别的时间：{}", now),
                       "写成 2020-07-27 或 2020-07-27T09:00:00+08:00");
    clock_ = std::make_unique<FixedClock>(*time);
  }
  context_.store = store_address(store);
  context_.clock = clock_.get();
  context_.home = home();
  context_.person = person;
  ready_ = true;
  return context_;
}

void print_findings(const Invocation& invocation, const Diagnostics& findings) {
  if (invocation.json) {
    print_json(data::to_value(findings));
  } else {
    std::cerr << to_text(findings);
  }
}

void print_blockers(const Invocation& invocation, const std::vector<Blocker>& blockers) {
  if (!invocation.json) {
    for (const auto& blocker : blockers)
      std::cerr << fmt::format("不能办理[{}]: {}\n", blocker.code, blocker.text);
    return;
  }
  auto list = data::Value::list();
  for (const auto& blocker : blockers) {
    auto item = data::Value::map();
    item.set("code", blocker.code);
    item.set("text", blocker.text);
    auto parameters = data::Value::map();
    for (const auto& [name, value] : blocker.parameters) parameters.set(name, value);
    item.set("parameters", std::move(parameters));
    list.add(std::move(item));
  }
  print_json(list);
}

void say(const Invocation& invocation, const std::string& line) {
  if (!invocation.json) std::cout << line << '\n';
}

void print_written(const Invocation& invocation, const std::string& file) {
  if (invocation.json) {
    auto value = data::Value::map();
    value.set("file", file);
    return print_json(value);
  }
  say(invocation, fmt::format("已写出 {}", file));
}

Exit exit_of(const Diagnostics& findings) {
  if (!findings.has_errors()) return Exit::ok;
  const bool absent = std::all_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
    return finding.code == "no-such-file" && finding.where.line == 0;
  });
  return absent ? Exit::not_found : Exit::faulty_input;
}

std::function<void(size_t, size_t)> progress_printer(const Invocation& invocation) {
  if (invocation.json) return {};
  const bool terminal = isatty(STDERR_FILENO) == 1;
  const auto began = std::chrono::steady_clock::now();
  return [terminal, began, tenth = size_t{0}, shown = size_t{0}](size_t done, size_t all) mutable {
    const size_t now = all == 0 ? 10 : done * 10 / all;
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const double rate = took > 0 ? static_cast<double>(done) / took : 0;
    const auto pace = [&] {
      if (rate <= 0 || took < 0.5) return std::string();
      const double left = static_cast<double>(all - done) / rate;
      return done < all ? fmt::format("，每秒 {:.0f}，约剩 {:.0f} 秒", rate, left)
                        : fmt::format("，每秒 {:.0f}", rate);
    };
    if (terminal && (done / 20 != shown / 20 || done == all)) {
      std::cerr << fmt::format("\r  [{:<20}] {}/{}{}   {}", std::string(now * 2, '#'), done, all, pace(),
                               done == all ? "\n" : "")
                << std::flush;
    } else if (!terminal && all >= 100 && now != tenth) {
      std::cerr << fmt::format("  已制作 {}/{}{}\n", done, all, pace());
    }
    shown = done;
    tenth = now;
  };
}

void print_json(const data::Value& value) { std::cout << data::to_pretty_json(value) << '\n'; }

}  // namespace wenshu::cli
